import type { Channel } from '#domain/reminders/words.ts';
import type {
  ApprovedTemplate,
  Gateway,
  InboundMessage,
  OutgoingMessage,
  Pulled,
} from '#engine/adapters/message-ports.ts';

// A gateway whose customers write what a test lets them write. Its cursor is how many it has told.

export type Scripted = {
  readonly gateway: Gateway;
  /** What has come in there, in the order in which it tells it. */
  readonly inbound: InboundMessage[];
  /** What left through it. */
  readonly sent: OutgoingMessage[];
  /** What it says of templates; null = it cannot be reached. */
  templates: readonly ApprovedTemplate[] | null;
  /** Cursors it was asked with. */
  readonly asked: (string | null)[];
  /** The next pulls are answered with this instead; taken one by one. */
  readonly failures: Extract<Pulled<unknown>, { ok: false }>[];
  /** Told after it has answered a pull and before anybody has written it down. */
  onAnswered: (() => void) | null;
  /** Of one pull. */
  pageMost: number;
  /** Who listens to it now; `end` ends the listening as if the connection were gone. Null = it cannot tell by itself. */
  listeners: Listener[] | null;
  /** It tells all of it again, whatever the cursor says. */
  forgetsCursor: boolean;
};

export type Listener = {
  readonly told: () => void;
  readonly end: (how: 'lost' | 'never') => void;
};

const both = (text: string) => ({ en: text, hi: text });

export function scriptedGateway(kind: string, channel: Channel): Scripted {
  const script: Scripted = {
    gateway: {
      describe: {
        kind,
        channel,
        name: both('Scripted'),
        about: both('Scripted.'),
        fields: [],
        capabilities: {
          charsMost: null,
          pullsStatus: 'no',
          pullsInbound: true,
          isIdempotent: false,
          canFind: false,
          takesAttachments: true,
          lookBackDays: null,
          perMinute: 6000,
          perDay: null,
          dlt: 'none',
          needsInternet: channel === 'whatsapp',
        },
      },
      open: () => ({
        check: () => Promise.resolve([]),
        preflight: () => [],
        send: (message) => {
          script.sent.push(message);
          const providerId = `sent-${script.sent.length}`;
          return Promise.resolve({ ok: true, providerId, state: 'accepted', parts: 1, costMicros: 0 });
        },
        pullTemplates: () =>
          Promise.resolve(
            script.templates === null
              ? { ok: false, errorClass: 'transient-before-send', code: 'ECONNREFUSED', detail: '' }
              : { ok: true, value: script.templates },
          ),
        pullInbound: (cursor) => {
          script.asked.push(cursor);
          const failure = script.failures.shift();
          if (failure) return Promise.resolve(failure);
          const from = script.forgetsCursor ? 0 : Number(cursor ?? 0);
          const messages = script.inbound.slice(from, from + script.pageMost);
          const answer = { ok: true, value: { messages, cursor: String(from + messages.length) } } as const;
          script.onAnswered?.();
          return Promise.resolve(answer);
        },
        ...(script.listeners === null
          ? {}
          : { watchInbound: (told, signal) => listen(script.listeners ?? [], told, signal) }),
        close: () => Promise.resolve(),
      }),
    },
    inbound: [],
    templates: [],
    sent: [],
    asked: [],
    failures: [],
    onAnswered: null,
    listeners: null,
    pageMost: 100,
    forgetsCursor: false,
  };
  return script;
}

function listen(listeners: Listener[], told: () => void, signal: AbortSignal): Promise<'lost' | 'never'> {
  return new Promise((resolve) => {
    const end = (how: 'lost' | 'never'): void => {
      listeners.splice(listeners.indexOf(listener), 1);
      signal.removeEventListener('abort', abort);
      resolve(how);
    };
    const abort = (): void => end('lost');
    const listener = { told, end };
    listeners.push(listener);
    signal.addEventListener('abort', abort);
    told();
  });
}

let ids = 0;

/** Something that came in; a reply that names nothing of ours, where nothing else is said. */
export function cameIn(
  fields: Partial<Omit<InboundMessage, 'about'>> & { readonly about?: Partial<InboundMessage['about']> },
): InboundMessage {
  ids += 1;
  const { about, ...own } = fields;
  return {
    externalId: `in-${ids}`,
    kind: 'reply',
    from: '+919876510001',
    at: 0,
    subject: null,
    text: '',
    attachments: [],
    news: null,
    ...own,
    about: { uid: null, providerId: null, messageIds: [], ...about },
  };
}
