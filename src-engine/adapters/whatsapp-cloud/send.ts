import { randomUUID } from 'node:crypto';
import { problem } from '../../transport/checks.ts';
import { badAnswer, type Failed } from '../../transport/outcomes.ts';
import { digitsOf } from '../../transport/phones.ts';
import { listAt, textAt } from '../../transport/read-json.ts';
import type { Attachment, OutgoingMessage, Problem, SendOutcome } from '../message-ports.ts';
import { askGraph, type Account } from './graph.ts';

const JSON_TYPE = 'application/json';
const CHARS_MOST = 1024;

export function preflight(message: OutgoingMessage, now: number): readonly Problem[] {
  const problems: Problem[] = [];
  const isOpen = message.windowUntil !== null && message.windowUntil > now;
  if (message.ids.whatsappName === null && !isOpen) {
    problems.push(
      problem('whatsapp-template-missing', {
        en: 'Outside 24 hours after the customer wrote, WhatsApp takes only approved templates, and this text has none.',
        hi: 'ग्राहक के लिखने के 24 घंटे बाद WhatsApp सिर्फ़ मंज़ूर टेम्पलेट लेता है, और इस संदेश का कोई टेम्पलेट नहीं है।',
      }),
    );
  }
  if (digitsOf(message.to) === null) {
    problems.push(problem('bad-number', { en: 'This is not a phone number.', hi: 'यह फ़ोन नंबर नहीं है।' }));
  }
  if (message.text.length > CHARS_MOST) {
    problems.push(
      problem('too-long', {
        en: `The text has ${message.text.length} characters; WhatsApp takes ${CHARS_MOST}.`,
        hi: `संदेश में ${message.text.length} अक्षर हैं; WhatsApp ${CHARS_MOST} लेता है।`,
      }),
    );
  }
  return problems;
}

export async function send(
  account: Account,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const documents: { readonly id: string; readonly fileName: string }[] = [];
  for (const attachment of message.ids.whatsappName === null ? [] : message.attachments.slice(0, 1)) {
    const uploaded = await upload(account, attachment, signal);
    if (typeof uploaded !== 'string') return uploaded;
    documents.push({ id: uploaded, fileName: attachment.fileName });
  }
  const hidden = [message.text, message.to, message.toName, ...message.values.map(({ value }) => value)];
  const answer = await askGraph(
    account,
    {
      path: `/${account.phoneNumberId}/messages`,
      body: { type: JSON_TYPE, bytes: JSON.stringify(bodyOf(message, documents[0])) },
      hidden,
    },
    signal,
  );
  if (!answer.ok) return answer;
  const [first] = listAt(answer.json, 'messages');
  const providerId = textAt(first, 'id');
  if (providerId === null) return badAnswer('Meta took the request and gave no message id.');
  return { ok: true, providerId, state: 'accepted', parts: null, costMicros: null };
}

function bodyOf(message: OutgoingMessage, document: { id: string; fileName: string } | undefined): unknown {
  const to = digitsOf(message.to) ?? '';
  const base = { messaging_product: 'whatsapp', recipient_type: 'individual', to };
  const { whatsappName, whatsappLanguage } = message.ids;
  const echo = { biz_opaque_callback_data: message.uid };
  if (whatsappName === null) {
    return { ...base, ...echo, type: 'text', text: { preview_url: false, body: message.text } };
  }
  const header = document && {
    type: 'header',
    parameters: [{ type: 'document', document: { id: document.id, filename: document.fileName } }],
  };
  const body = message.values.length > 0 && {
    type: 'body',
    // Meta takes no line breaks, tabs or runs of spaces inside a parameter.
    parameters: message.values.map(({ value }) => ({
      type: 'text',
      text: value.replaceAll(/\s+/gu, ' ').trim(),
    })),
  };
  return {
    ...base,
    ...echo,
    type: 'template',
    template: {
      name: whatsappName,
      language: { code: whatsappLanguage ?? message.language },
      components: [header, body].filter((one) => one !== undefined && one !== false),
    },
  };
}

/** The id of an uploaded file. Until the message itself is sent nothing can have reached the customer. */
async function upload(
  account: Account,
  { fileName, mime, bytes }: Attachment,
  signal: AbortSignal,
): Promise<string | Failed> {
  const boundary = `baaki-${randomUUID()}`;
  const quoted = fileName.replaceAll(/["\r\n]/g, '_');
  const head = [
    `--${boundary}\r\ncontent-disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n`,
    `--${boundary}\r\ncontent-disposition: form-data; name="type"\r\n\r\n${mime}\r\n`,
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted}"\r\ncontent-type: ${mime}\r\n\r\n`,
  ].join('');
  const answer = await askGraph(
    account,
    {
      path: `/${account.phoneNumberId}/media`,
      body: {
        type: `multipart/form-data; boundary=${boundary}`,
        bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
      },
    },
    signal,
  );
  const id = answer.ok ? textAt(answer.json, 'id') : null;
  if (id !== null) return id;
  const failed = answer.ok ? badAnswer('Meta took the file and gave no id.') : answer;
  return failed.errorClass === 'transient-after-send'
    ? { ...failed, errorClass: 'transient-before-send' }
    : failed;
}
