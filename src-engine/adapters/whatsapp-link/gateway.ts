import type { Gateway, MessageChannel, OutgoingMessage, Problem } from '../message-ports.ts';

// The free way: WhatsApp opens with the text in it and the user presses send. Baaki learns nothing of what he did, so the
// message is handed to him and he says himself whether it went (docs/gateways.md 3.6).

const LINK_CHARS_MOST = 2000;

/** Opens the chat in WhatsApp's app or in the browser, whichever the machine has. */
function whatsappLink(to: string, text: string): string {
  const chat = `https://wa.me/${to.replace(/\D/g, '')}`;
  return text === '' ? chat : `${chat}?text=${encodeURIComponent(text)}`;
}

function preflight(message: OutgoingMessage): readonly Problem[] {
  if (message.attachments.length > 0)
    return [
      {
        code: 'link-no-attachment',
        detail: {
          en: 'A WhatsApp link cannot carry a file. Attach the PDF in WhatsApp yourself.',
          hi: 'WhatsApp लिंक के साथ फ़ाइल नहीं जा सकती। PDF को WhatsApp में स्वयं जोड़ें।',
        },
        isBlocking: false,
      },
    ];
  return [];
}

const channel: MessageChannel = {
  check: () =>
    Promise.resolve([
      {
        step: 'settings',
        outcome: 'ok',
        detail: {
          en: 'Nothing to set up: WhatsApp opens with the text, and you press send.',
          hi: 'कुछ सेट नहीं करना है: WhatsApp लिखे हुए संदेश के साथ खुलेगा, भेजें आप दबाएँगे।',
        },
      },
    ]),
  preflight,
  send: (message) => {
    const url = whatsappLink(message.to, message.text);
    // Windows opens no longer address: then the chat opens empty, and the text is pasted from the clipboard.
    const providerId = url.length > LINK_CHARS_MOST ? whatsappLink(message.to, '') : url;
    return Promise.resolve({ ok: true, providerId, state: 'handed-to-user', parts: null, costMicros: 0 });
  },
  close: () => Promise.resolve(),
};

export const gateways: readonly Gateway[] = [
  {
    describe: {
      kind: 'whatsapp-link',
      channel: 'whatsapp',
      name: { en: 'WhatsApp by hand', hi: 'WhatsApp, अपने हाथ से' },
      about: {
        en: 'Free. Baaki writes the message and opens the chat; you press send and tell Baaki that it went.',
        hi: 'मुफ़्त। Baaki संदेश लिखकर चैट खोल देता है; भेजें आप दबाते हैं और Baaki को बताते हैं।',
      },
      fields: [],
      capabilities: {
        charsMost: null,
        pullsStatus: 'no',
        pullsInbound: false,
        isIdempotent: true,
        canFind: false,
        takesAttachments: false,
        lookBackDays: null,
        perMinute: 600,
        perDay: null,
        dlt: 'none',
        needsInternet: false,
      },
    },
    open: () => channel,
  },
];
