import { addDays, laterDay } from '#domain/days.ts';
import type { ErrorClass } from '#domain/reminders/words.ts';
import { dltFailureIn } from '../../transport/dlt-codes.ts';
import { findIn, type Found, type LogRow } from '../../transport/finding.ts';
import { indianDay, indianInstant } from '../../transport/indian-time.ts';
import { furthest } from '../../transport/news.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { at, listAt, textAt, type Json } from '../../transport/read-json.ts';
import type { Pulled, SentMark, StatusNews } from '../message-ports.ts';
import { ask, type Fast2sms } from './account.ts';
import { LOOK_BACK_DAYS } from './describe.ts';

// The log of the last three days (docs/gateways.md 2.4). Its parameters are documented, the names in its rows are not
// in what we could read: the likely ones are tried in turn, and a row that has none of them is no news.

const PAGES_MOST = 50;

const keys = {
  id: ['request_id', 'requestId'],
  to: ['number', 'numbers', 'mobile'],
  status: ['status', 'delivery_status', 'sms_status'],
  sentAt: ['sent_time', 'sent_at', 'created_at', 'date'],
  doneAt: ['delivered_time', 'delivery_time', 'updated_at'],
  reason: ['status_description', 'reason', 'error_code', 'status_code'],
} as const;

type Meaning = { readonly state: StatusNews['state']; readonly errorClass: ErrorClass | null };

const meanings: Readonly<Record<string, Meaning>> = {
  delivered: { state: 'delivered', errorClass: null },
  delivrd: { state: 'delivered', errorClass: null },
  sent: { state: 'sent', errorClass: null },
  submitted: { state: 'sent', errorClass: null },
  failed: { state: 'undelivered', errorClass: 'recipient-temporary' },
  undelivered: { state: 'undelivered', errorClass: 'recipient-temporary' },
  undeliv: { state: 'undelivered', errorClass: 'recipient-temporary' },
  expired: { state: 'undelivered', errorClass: 'recipient-temporary' },
  rejected: { state: 'rejected', errorClass: 'policy' },
  rejectd: { state: 'rejected', errorClass: 'policy' },
  blocked: { state: 'rejected', errorClass: 'policy' },
  dnd: { state: 'rejected', errorClass: 'policy' },
};

/** All rows from the day of `instant` on, three days at most, page by page while pages are full of something new. */
async function readLog(
  account: Fast2sms,
  instant: number,
  signal: AbortSignal,
): Promise<Pulled<{ readonly rows: readonly Json[]; readonly isWhole: boolean }>> {
  const last = indianDay(account.now());
  const first = laterDay(addDays(indianDay(instant), -1), addDays(last, 1 - LOOK_BACK_DAYS));
  const rows: Json[] = [];
  for (let page = 1; page <= PAGES_MOST; page += 1) {
    const told = await ask(account, {
      method: 'GET',
      path: account.logsPath,
      query: { from_date: first, to_date: last, page: String(page) },
      signal,
    });
    if (!told.ok) return notPulled(told.failed);
    if (!Array.isArray(at(told.json, 'data'))) return notPulled(badAnswer());
    rows.push(...listAt(told.json, 'data'));
    // Without a word of more pages there is one; asking on for ever would only repeat it.
    if (page >= Number(textAt(told.json, 'last_page') ?? '1'))
      return { ok: true, value: { rows, isWhole: true } };
  }
  return { ok: true, value: { rows, isWhole: false } };
}

export async function pull(
  account: Fast2sms,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  const byId = new Map(sent.flatMap((mark) => (mark.providerId === null ? [] : [[mark.providerId, mark]])));
  if (byId.size === 0) return { ok: true, value: [] };
  const log = await readLog(account, Math.min(...[...byId.values()].map(({ sentAt }) => sentAt)), signal);
  if (!log.ok) return log;
  const news = log.value.rows.flatMap((row) => {
    const mark = byId.get(first(row, keys.id) ?? '');
    const one = mark ? newsOf(row, mark) : null;
    return one ? [one] : [];
  });
  return { ok: true, value: furthest(news) };
}

export async function find(
  account: Fast2sms,
  mark: SentMark & { readonly text: string },
  signal: AbortSignal,
): Promise<Found> {
  const log = await readLog(account, mark.sentAt, signal);
  if (!log.ok) return log;
  const { rows, isWhole } = log.value;
  return findIn(rows.map(rowOf), mark, { now: account.now(), lookBackDays: LOOK_BACK_DAYS, isWhole });
}

function newsOf(row: Json, mark: SentMark): StatusNews | null {
  const word = statusOf(row);
  const meaning = meanings[word];
  if (!meaning) return null;
  const hasFailed = meaning.errorClass !== null;
  const dlt = hasFailed ? dltFailureIn(keys.reason.map((key) => textAt(row, key) ?? '').join(' ')) : null;
  return {
    uid: mark.uid,
    providerId: mark.providerId,
    state: dlt ? 'rejected' : meaning.state,
    at: instantOf(row, keys.doneAt) ?? instantOf(row, keys.sentAt),
    errorClass: dlt?.errorClass ?? meaning.errorClass,
    code: dlt?.code ?? (hasFailed ? word : null),
    detail: dlt?.detail ?? `Fast2SMS: ${word}.`,
    parts: null,
    costMicros: null,
  };
}

function rowOf(row: Json): LogRow {
  return {
    providerId: first(row, keys.id),
    to: first(row, keys.to) ?? '',
    at: instantOf(row, keys.sentAt),
    // What stands under "message" may be the text or only the id of it.
    text: null,
    state: meanings[statusOf(row)]?.state ?? 'accepted',
  };
}

function statusOf(row: Json): string {
  return (first(row, keys.status) ?? '').trim().toLowerCase();
}

function instantOf(row: Json, names: readonly string[]): number | null {
  const text = first(row, names) ?? '';
  // A day alone is no instant: midnight would be taken for the time of sending.
  return text.includes(':') ? indianInstant(text) : null;
}

function first(row: Json, names: readonly string[]): string | null {
  return names.map((name) => textAt(row, name)).find((text) => text !== null) ?? null;
}
