import type { MessageState } from '#domain/reminders/words.ts';
import { problem } from '../../transport/checks.ts';
import { findIn, type Found, type LogRow } from '../../transport/finding.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, listAt, numberAt, textAt, type Json } from '../../transport/read-json.ts';
import type {
  InboundMessage,
  OutgoingMessage,
  Problem,
  Pulled,
  SendOutcome,
  SentMark,
  StatusNews,
} from '../message-ports.ts';
import { accountUrl, ask, type Account } from './account.ts';
import { classOf } from './errors.ts';

/** SMS and WhatsApp are one resource at Twilio; WhatsApp's addresses begin with 'whatsapp:'. */
export type Line = { readonly account: Account; readonly prefix: '' | 'whatsapp:' };

const CHARS_MOST = 1600;
const PAGE = '1000';
const DAY_MS = 86_400_000;
const OVERLAP_MS = 10 * 60_000;
const LOOK_BACK_DAYS = 400;

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  sent: 'sent',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
  undelivered: 'undelivered',
  failed: 'rejected',
  canceled: 'rejected',
};

export function preflight({ prefix }: Line, message: OutgoingMessage, now: number): readonly Problem[] {
  const problems: Problem[] = [];
  if (message.text.length > CHARS_MOST) {
    problems.push(
      problem('too-long', {
        en: `The text has ${message.text.length} characters; Twilio takes ${CHARS_MOST}.`,
        hi: `संदेश में ${message.text.length} अक्षर हैं; Twilio ${CHARS_MOST} लेता है।`,
      }),
    );
  }
  const isOpen = message.windowUntil !== null && message.windowUntil > now;
  if (prefix !== '' && !isOpen && message.ids.vendorTemplateId === null) {
    problems.push(
      problem('whatsapp-template-missing', {
        en: 'Outside 24 hours after the customer wrote, WhatsApp takes only approved templates: give this text its ContentSid.',
        hi: 'ग्राहक के लिखने के 24 घंटे बाद WhatsApp सिर्फ़ मंज़ूर टेम्पलेट लेता है: इस संदेश में उसका ContentSid डालें।',
      }),
    );
  }
  return problems;
}

export async function send(line: Line, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
  const { account, prefix } = line;
  const service = account.from.startsWith('MG');
  const sender: Record<string, string> = service
    ? { MessagingServiceSid: account.from }
    : { From: `${prefix}${account.from}` };
  const template = prefix === '' ? null : message.ids.vendorTemplateId;
  const variables = Object.fromEntries(message.values.map(({ value }, place) => [String(place + 1), value]));
  const content: Record<string, string> =
    template === null
      ? { Body: message.text }
      : { ContentSid: template, ContentVariables: JSON.stringify(variables) };
  const answer = await ask(
    account,
    {
      url: accountUrl(account, '/Messages.json'),
      form: { To: `${prefix}${message.to}`, ...sender, ...content },
      hidden: [message.text, message.to, message.toName, ...message.values.map(({ value }) => value)],
    },
    signal,
  );
  if (!answer.ok) return answer;
  const providerId = textAt(answer.json, 'sid');
  if (providerId === null) return badAnswer('Twilio took the request and gave no id.');
  return {
    ok: true,
    providerId,
    state: 'accepted',
    parts: numberAt(answer.json, 'num_segments'),
    costMicros: priceOf(answer.json),
  };
}

export function pull(
  { account }: Line,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent, async (mark) => {
    const url = accountUrl(account, `/Messages/${encodeURIComponent(mark.providerId)}.json`);
    const answer = await ask(account, { url, hidden: [mark.to] }, signal);
    if (!answer.ok) return notPulled(answer);
    const state = STATES[textAt(answer.json, 'status') ?? ''];
    const isOurs = textAt(answer.json, 'sid') === mark.providerId;
    return { ok: true, value: state && isOurs ? newsOf(answer.json, mark, state) : null };
  });
}

function newsOf(json: Json, mark: SentMark, state: StatusNews['state']): StatusNews {
  const code = numberAt(json, 'error_code');
  const hasFailed = state === 'undelivered' || state === 'rejected';
  return {
    uid: mark.uid,
    providerId: mark.providerId,
    state,
    at: instantAt(json, 'date_updated') ?? instantAt(json, 'date_sent'),
    errorClass: hasFailed ? classOf(code) : null,
    code: code === null ? null : String(code),
    detail: '',
    parts: numberAt(json, 'num_segments'),
    costMicros: priceOf(json),
  };
}

/** Twilio's prices are negative, in the account's currency; only rupees mean anything here. */
function priceOf(json: Json): number | null {
  const price = numberAt(json, 'price');
  return price === null || textAt(json, 'price_unit') !== 'INR'
    ? null
    : Math.round(Math.abs(price) * 1_000_000);
}

/** RFC 2822: 'Sun, 22 Nov 2026 11:30:00 +0000'. */
function instantAt(json: Json, key: string): number | null {
  const instant = Date.parse(textAt(json, key) ?? '');
  return Number.isNaN(instant) ? null : instant;
}

const isoDay = (instant: number): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant);

/** Replies stand in the same list as what was sent. The cursor is the newest instant seen. */
export async function pullInbound(
  { account, prefix }: Line,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>> {
  const since = cursor === null ? account.now() - DAY_MS : Number(cursor);
  const query: Record<string, string> = { 'DateSent>': isoDay(since - OVERLAP_MS), PageSize: PAGE };
  if (!account.from.startsWith('MG')) query['To'] = `${prefix}${account.from}`;
  const answer = await ask(account, { url: accountUrl(account, '/Messages.json', query) }, signal);
  if (!answer.ok) return notPulled(answer);
  if (!Array.isArray(at(answer.json, 'messages'))) return notPulled(badAnswer());
  const messages = listAt(answer.json, 'messages').flatMap((one) =>
    inboundOf(one, prefix, since - OVERLAP_MS),
  );
  const newest = Math.max(since, ...messages.map((one) => one.at));
  return { ok: true, value: { messages, cursor: String(newest) } };
}

function inboundOf(json: Json, prefix: string, since: number): readonly InboundMessage[] {
  const externalId = textAt(json, 'sid');
  const from = textAt(json, 'from');
  const instant = instantAt(json, 'date_sent') ?? instantAt(json, 'date_created');
  if (textAt(json, 'direction') !== 'inbound' || !externalId || !from?.startsWith(prefix)) return [];
  // The list goes by whole days; what was seen before comes again and is known by its id.
  if (prefix === '' && from.startsWith('whatsapp:')) return [];
  if (instant === null || instant < since) return [];
  return [
    {
      externalId,
      kind: 'reply',
      from: from.slice(prefix.length),
      at: instant,
      subject: null,
      text: textAt(json, 'body') ?? '',
      about: { uid: null, providerId: null, messageIds: [] },
      attachments: [],
      news: null,
    },
  ];
}

export async function find(
  { account, prefix }: Line,
  mark: SentMark & { readonly text: string },
  signal: AbortSignal,
): Promise<Found> {
  const query = { To: `${prefix}${mark.to}`, 'DateSent>': isoDay(mark.sentAt - DAY_MS), PageSize: PAGE };
  const answer = await ask(
    account,
    { url: accountUrl(account, '/Messages.json', query), hidden: [mark.to] },
    signal,
  );
  if (!answer.ok) return notPulled(answer);
  if (!Array.isArray(at(answer.json, 'messages'))) return notPulled(badAnswer());
  const all = listAt(answer.json, 'messages');
  const rows = all.filter((one) => textAt(one, 'direction') !== 'inbound').map(rowOf);
  const isWhole = textAt(answer.json, 'next_page_uri') === null && all.length < Number(PAGE);
  return findIn(rows, mark, { now: account.now(), lookBackDays: LOOK_BACK_DAYS, isWhole });
}

function rowOf(json: Json): LogRow {
  const state: MessageState = STATES[textAt(json, 'status') ?? ''] ?? 'accepted';
  return {
    providerId: textAt(json, 'sid'),
    to: textAt(json, 'to') ?? '',
    at: instantAt(json, 'date_sent') ?? instantAt(json, 'date_created'),
    text: textAt(json, 'body'),
    state,
  };
}
