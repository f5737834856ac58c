import { createHash } from 'node:crypto';
import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { OUR_HEADER } from './compose.ts';
import { isMachine, readReport } from './delivery-report.ts';
import { replyText } from './reply-text.ts';
import type { InboundAttachment, InboundMessage } from '../message-ports.ts';

export type ReceivedMail = {
  readonly source: Buffer;
  /** When the server took it in, UTC milliseconds; the sender's own date may be anything. */
  readonly at: number;
};

const ATTACHMENT_BYTES_MOST = 10 * 1024 * 1024;
const ATTACHMENTS_MOST = 20;
const REFERENCES_MOST = 50;
const HTML_CHARS_MOST = 200_000;

/** Reads one mail of the inbox; null = it is our own, or nobody's. `ownAddresses` in small letters. */
export async function classify(
  mail: ReceivedMail,
  ownAddresses: ReadonlySet<string>,
): Promise<InboundMessage | null> {
  // Without keepDeliveryStatus the machine's part of a bounce is lost.
  const parsed = await simpleParser(mail.source, { keepDeliveryStatus: true, skipImageLinks: true });
  const from = parsed.from?.value[0]?.address?.toLowerCase() ?? '';
  const externalId = parsed.messageId ?? `sha256:${createHash('sha256').update(mail.source).digest('hex')}`;
  const subject = parsed.subject ?? null;
  const report = readReport(parsed, mail.at);
  if (report) {
    const { uid, messageIds, news } = report;
    return {
      externalId,
      kind: news.state === 'bounced' ? 'bounce' : 'delivery-report',
      from,
      at: mail.at,
      subject,
      text: '',
      about: { uid, providerId: null, messageIds },
      attachments: [],
      news,
    };
  }
  if (!from || ownAddresses.has(from) || parsed.headers.has(OUR_HEADER.toLowerCase())) return null;
  const stop = /^(STOP)\s+([A-Za-z0-9_.-]{1,36})$/i.exec(subject?.trim() ?? '');
  return {
    externalId,
    // A "stop" link that a mail program presses by itself is still his wish.
    kind: stop === null && isAutomatic(parsed) ? 'auto-reply' : 'reply',
    from,
    at: mail.at,
    subject,
    // The mail that a "stop" link of the mail program makes has no text of its own.
    text: replyText(await textOf(parsed)) || (stop?.[1]?.toUpperCase() ?? ''),
    about: { uid: stop?.[2] ?? null, providerId: null, messageIds: threadOf(parsed) },
    attachments: attachmentsOf(parsed.attachments),
    news: null,
  };
}

/**
 * The text; where a mail has only HTML within several parts the reader makes none of it, so that the HTML is read once
 * more as a mail of its own. Its quotes become lines with '>'.
 */
async function textOf({ text, html }: ParsedMail): Promise<string> {
  if (text?.trim() || !html) return text ?? '';
  const head = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const body = Buffer.from(html.slice(0, HTML_CHARS_MOST)).toString('base64');
  return (await simpleParser(head + body)).text ?? '';
}

/** What the mail answers to, the nearest first. */
function threadOf(parsed: ParsedMail): readonly string[] {
  const { references = [], inReplyTo = '' } = parsed;
  const ids = [...inReplyTo.split(/\s+/), ...[references].flat().toReversed()];
  return [...new Set(ids.filter((id) => /^<[^\s<>]+>$/.test(id)))].slice(0, REFERENCES_MOST);
}

/** RFC 3834, and the marks of those who came before it. */
function isAutomatic(parsed: ParsedMail): boolean {
  const value = (name: string): string => {
    const held = parsed.headers.get(name);
    return typeof held === 'string' ? held.trim().toLowerCase() : '';
  };
  const submitted = value('auto-submitted');
  if (submitted && submitted !== 'no') return true;
  if (isReceipt(parsed) || isMachine(parsed)) return true;
  if (/^(?:bulk|auto_reply|junk)$/.test(value('precedence'))) return true;
  if (AUTOMATIC_HEADERS.some((name) => parsed.headers.has(name))) return true;
  return AUTOMATIC_SUBJECT.test(parsed.subject ?? '');
}

/** Outlook's own mark stands in its replies of people who are away. */
const AUTOMATIC_HEADERS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-response-suppress',
] as const;

const AUTOMATIC_SUBJECT =
  /\b(?:auto(?:matic)?[- ]?(?:reply|response|responder)|out of (?:the )?office|vacation (?:reply|response|message)|abwesenheit\w*)\b|^(?:i am )?on (?:annual |earned |sick )?leave\b|स्वचालित उत्तर|स्वतः उत्तर/iu;

/** "Your message was read" (RFC 8098): nobody wrote it. */
function isReceipt({ attachments }: ParsedMail): boolean {
  return attachments.some((one) => one.contentType === 'message/disposition-notification');
}

function attachmentsOf(attachments: readonly Attachment[]): readonly InboundAttachment[] {
  return attachments
    .filter((one) => !one.related && one.content.length <= ATTACHMENT_BYTES_MOST)
    .filter((one) => one.contentType !== 'message/disposition-notification')
    .slice(0, ATTACHMENTS_MOST)
    .map((one, at) => ({
      fileName: one.filename ?? `attachment-${at + 1}`,
      mime: one.contentType,
      bytes: one.content,
    }));
}
