import { addDays, laterDay, type Day } from '#domain/days.ts';
import type { ErrorClass, MessageState } from '#domain/reminders/words.ts';
import { dltFailureIn } from '../../transport/dlt-codes.ts';
import { findIn, type Found, type LogRow } from '../../transport/finding.ts';
import { callHttp, urlOf } from '../../transport/http.ts';
import { indianDay, indianInstant } from '../../transport/indian-time.ts';
import { furthest } from '../../transport/news.ts';
import { badAnswer, brokenOff, byStatus, notPulled, saidNo, type Failed } from '../../transport/outcomes.ts';
import { at, listAt, readJson, textAt, type Json } from '../../transport/read-json.ts';
import type { Pulled, SentMark, StatusNews } from '../message-ports.ts';
import { LOOK_BACK_DAYS } from './describe.ts';
import type { Msg91 } from './send.ts';

// The delivery log: the only pull of MSG91, and the only place that surely tells a wrong key (the sending endpoint says
// success to any). Range of three days at most, pages by token (docs/gateways.md 2.1).

const PAGES_MOST = 50;

type Meaning = { readonly state: StatusNews['state']; readonly errorClass: ErrorClass | null };

/** Words of the log and numbers of the webhook, in small letters. What is not here is no news. */
const meanings: Readonly<Record<string, Meaning>> = {
  delivered: { state: 'delivered', errorClass: null },
  '1': { state: 'delivered', errorClass: null },
  sent: { state: 'sent', errorClass: null },
  submitted: { state: 'sent', errorClass: null },
  '8': { state: 'sent', errorClass: null },
  failed: { state: 'undelivered', errorClass: 'recipient-temporary' },
  undelivered: { state: 'undelivered', errorClass: 'recipient-temporary' },
  expired: { state: 'undelivered', errorClass: 'recipient-temporary' },
  'auto failed': { state: 'undelivered', errorClass: 'recipient-temporary' },
  '2': { state: 'undelivered', errorClass: 'recipient-temporary' },
  ndnc: { state: 'rejected', errorClass: 'policy' },
  '9': { state: 'rejected', errorClass: 'policy' },
  blocked: { state: 'rejected', errorClass: 'policy' },
  '17': { state: 'rejected', errorClass: 'policy' },
  rejected: { state: 'rejected', errorClass: 'policy' },
  '16': { state: 'rejected', errorClass: 'policy' },
  '25': { state: 'rejected', errorClass: 'policy' },
};

type Rows =
  | { readonly ok: true; readonly rows: readonly Json[]; readonly isWhole: boolean }
  | { readonly ok: false; readonly failed: Failed };

/** Rows of a range of days in India, both ends included. */
export async function readLog(
  account: Msg91,
  range: { readonly first: Day; readonly last: Day },
  signal: AbortSignal,
): Promise<Rows> {
  const rows: Json[] = [];
  let token: string | null = null;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const query: Record<string, string> = { startDate: range.first, endDate: range.last };
    if (token !== null) query['paginationToken'] = token;
    const read = await readPage(account, query, signal);
    if (!read.ok) return read;
    rows.push(...read.rows);
    if (read.token === null || read.token === token) return { ok: true, rows, isWhole: true };
    token = read.token;
  }
  return { ok: true, rows, isWhole: false };
}

type Page = { readonly ok: true; readonly rows: readonly Json[]; readonly token: string | null };

async function readPage(
  account: Msg91,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Page | Extract<Rows, { readonly ok: false }>> {
  const answer = await callHttp({
    ...account.limits,
    method: 'POST',
    url: urlOf(account.baseUrl, '/api/v5/report/logs/p/sms', query),
    headers: { authkey: account.authKey, 'content-type': 'application/json', accept: 'application/json' },
    body: '{}',
    signal,
  });
  if (!answer.ok) return { ok: false, failed: brokenOff(answer) };
  if (answer.status !== 200) return { ok: false, failed: byStatus(answer) };
  const json = readJson(answer.text);
  if (at(json, 'hasError') === true || textAt(json, 'type') === 'error')
    return { ok: false, failed: saidNo('unknown', 'LOG-ERROR', 'MSG91 did not give its log.') };
  if (!Array.isArray(at(json, 'data'))) return { ok: false, failed: badAnswer() };
  return { ok: true, rows: listAt(json, 'data'), token: textAt(json, 'metadata', 'paginationToken') };
}

/** One call for all that wait, over the days they were sent on; what is older than three days is lost. */
export async function pull(
  account: Msg91,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  const byId = new Map(sent.flatMap((mark) => (mark.providerId === null ? [] : [[mark.providerId, mark]])));
  if (byId.size === 0) return { ok: true, value: [] };
  const earliest = Math.min(...[...byId.values()].map(({ sentAt }) => sentAt));
  const log = await readLog(account, rangeSince(earliest, account.now()), signal);
  if (!log.ok) return notPulled(log.failed);
  const news = log.rows.flatMap((row) => {
    const mark = byId.get(textAt(row, 'requestId') ?? '');
    const one = mark ? newsOf(row, mark) : null;
    return one ? [one] : [];
  });
  return { ok: true, value: furthest(news) };
}

export async function find(
  account: Msg91,
  mark: SentMark & { readonly text: string },
  signal: AbortSignal,
): Promise<Found> {
  const log = await readLog(account, rangeSince(mark.sentAt, account.now()), signal);
  if (!log.ok) return notPulled(log.failed);
  return findIn(log.rows.map(rowOf), mark, {
    now: account.now(),
    lookBackDays: LOOK_BACK_DAYS,
    isWhole: log.isWhole,
  });
}

/** From the day before (clocks differ) to today, three days at most. */
function rangeSince(instant: number, now: number): { readonly first: Day; readonly last: Day } {
  const last = indianDay(now);
  return { first: laterDay(addDays(indianDay(instant), -1), addDays(last, 1 - LOOK_BACK_DAYS)), last };
}

function newsOf(row: Json, mark: SentMark): StatusNews | null {
  const word = (textAt(row, 'status') ?? '').trim().toLowerCase();
  const meaning = meanings[word];
  if (!meaning) return null;
  const hasFailed = meaning.errorClass !== null;
  const reasons = ['failureReason', 'failedReason', 'reportStatusDesc', 'smppErrorCode'];
  const dlt = hasFailed ? dltFailureIn(reasons.map((key) => textAt(row, key) ?? '').join(' ')) : null;
  return {
    uid: mark.uid,
    providerId: mark.providerId,
    state: dlt ? 'rejected' : meaning.state,
    at: deliveredAt(row) ?? instantOf(row),
    errorClass: dlt?.errorClass ?? meaning.errorClass,
    code: dlt?.code ?? (hasFailed ? word : null),
    detail: dlt?.detail ?? `MSG91: ${word}.`,
    parts: null,
    costMicros: null,
  };
}

function rowOf(row: Json): LogRow {
  const word = (textAt(row, 'status') ?? '').trim().toLowerCase();
  const state: MessageState = meanings[word]?.state ?? 'accepted';
  return {
    providerId: textAt(row, 'requestId'),
    to: textAt(row, 'telNum') ?? '',
    at: instantOf(row),
    text: null,
    state,
  };
}

function deliveredAt(row: Json): number | null {
  const day = textAt(row, 'deliveryDate');
  const time = textAt(row, 'deliveryTime');
  return day === null ? null : timed(time === null ? day : `${day} ${time}`);
}

function instantOf(row: Json): number | null {
  return timed(textAt(row, 'sentDateTime') ?? '') ?? timed(textAt(row, 'requestDate') ?? '');
}

/** A day alone is no instant: midnight would be taken for the time of sending. */
function timed(text: string): number | null {
  return text.includes(':') ? indianInstant(text) : null;
}
