import { OUR_HEADER } from './compose.ts';
import { classOf, saidBy } from './smtp-outcome.ts';
import type { StatusNews } from '../message-ports.ts';
import type { ParsedMail } from 'mailparser';

/** What a bounce or a success report says of one mail of ours. */
export type DeliveryReport = {
  readonly uid: string | null;
  readonly messageIds: readonly string[];
  readonly news: StatusNews;
};

type Fields = ReadonlyMap<string, string>;

const TEXT_CHARS_MOST = 20_000;

/**
 * Reads a delivery status notification (RFC 3464), or a bounce of the old kind that is only prose. Null = it is neither.
 * `at` in UTC milliseconds.
 */
export function readReport(mail: ParsedMail, at: number): DeliveryReport | null {
  const status = mail.attachments.find((one) =>
    /^message\/(?:global-)?delivery-status$/.test(one.contentType),
  );
  const returned = mail.attachments.find((one) =>
    /^(?:message|text)\/(?:rfc822|global)(?:-headers)?$/.test(one.contentType),
  );
  const headers = fieldsOf(returned?.content.toString('utf8') ?? '');
  if (!status) return isProseBounce(mail) ? readProse(mail, { headers, at }) : null;
  // First the fields of the message, then a block for each recipient; we send to one.
  const [perMessage = '', ...recipients] = status.content.toString('utf8').split(/\r?\n[ \t]*\r?\n/);
  const last = fieldsOf(recipients.find((block) => /^action:/im.test(block)) ?? '');
  const uid =
    fieldsOf(perMessage).get('original-envelope-id') ?? headers.get(OUR_HEADER.toLowerCase()) ?? null;
  return {
    uid,
    messageIds: idsIn(headers),
    news: newsOf({ uid, at, fields: last }),
  };
}

function newsOf(of: {
  readonly uid: string | null;
  readonly at: number;
  readonly fields: Fields;
}): StatusNews {
  const enhanced = /[245]\.\d{1,3}\.\d{1,3}/.exec(of.fields.get('status') ?? '')?.[0] ?? null;
  const diagnostic = (of.fields.get('diagnostic-code') ?? '').replace(/^smtp;\s*/i, '');
  const status = Number(/^\d{3}/.exec(diagnostic)?.[0] ?? 0);
  const base = {
    uid: of.uid,
    providerId: null,
    at: of.at,
    code: [status || null, enhanced].filter(Boolean).join(' ') || null,
    detail: saidBy(diagnostic),
    parts: null,
    costMicros: null,
  };
  switch ((of.fields.get('action') ?? '').toLowerCase()) {
    case 'delivered':
      return { ...base, state: 'delivered', errorClass: null };
    // Handed to a server that reports no further.
    case 'relayed':
    case 'expanded':
      return { ...base, state: 'sent', errorClass: null };
    case 'delayed':
      return { ...base, state: 'sent', errorClass: 'recipient-temporary' };
    default:
      return { ...base, state: 'bounced', errorClass: classOfBounce(status, enhanced) };
  }
}

/** A mail that came back is over for now, whatever the last answer was: nothing of it is tried again by itself. */
function classOfBounce(status: number, enhanced: string | null): StatusNews['errorClass'] {
  const found = classOf({ status, enhanced, isSender: false });
  return found === 'throttled' || found === 'transient-before-send' ? 'recipient-temporary' : found;
}

function isProseBounce(mail: ParsedMail): boolean {
  const subject = mail.subject ?? '';
  // The server goes on trying: nothing has come back yet.
  if (/delay|warning/i.test(subject)) return false;
  return (
    isMachine(mail) &&
    /undeliver|returned|failure|failed|delivery status|not delivered|rejected/i.test(subject)
  );
}

/** A mail server and no person. */
export function isMachine(mail: ParsedMail): boolean {
  const sender = mail.from?.value[0]?.address?.toLowerCase() ?? '';
  return /^(?:mailer-daemon|postmaster|mail-daemon)@/.test(sender);
}

function readProse(
  mail: ParsedMail,
  known: { readonly headers: Fields; readonly at: number },
): DeliveryReport {
  const text = (mail.text ?? '').slice(0, TEXT_CHARS_MOST);
  const uid =
    known.headers.get(OUR_HEADER.toLowerCase()) ??
    new RegExp(`^${OUR_HEADER}:\\s*(\\S{1,36})\\s*$`, 'im').exec(text)?.[1] ??
    null;
  const quoted = /^Message-I[Dd]:\s*(<[^\s<>]+>)/m.exec(text)?.[1];
  const answer = /\b([45]\d\d)[ -](?:([45]\.\d{1,3}\.\d{1,3})\b)?/.exec(text);
  const fields = new Map([
    ['action', 'failed'],
    ['status', answer?.[2] ?? ''],
    ['diagnostic-code', answer ? text.slice(answer.index, answer.index + 200) : ''],
  ]);
  return {
    uid,
    messageIds: [...idsIn(known.headers), ...(quoted ? [quoted] : [])],
    news: newsOf({ uid, at: known.at, fields }),
  };
}

function idsIn(headers: Fields): readonly string[] {
  const id = /<[^\s<>]+>/.exec(headers.get('message-id') ?? '')?.[0];
  return id ? [id] : [];
}

/** Header fields with their folded lines joined; names in small letters, the first of a name counts. */
function fieldsOf(block: string): Fields {
  const head = (block.split(/\r?\n\r?\n/, 1)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ');
  const fields = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
