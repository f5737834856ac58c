import type { ErrorClass } from '#domain/reminders/words.ts';
import { dltFailureIn } from '../../transport/dlt-codes.ts';
import { findIn, type Found, type LogRow } from '../../transport/finding.ts';
import { indianInstant } from '../../transport/indian-time.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, listAt, numberAt, textAt, type Json } from '../../transport/read-json.ts';
import type { Pulled, SentMark, StatusNews } from '../message-ports.ts';
import { ask, type Textlocal } from './account.ts';
import { LOOK_BACK_DAYS } from './send.ts';

/** One question each: the rest is asked about the next time. */
const QUESTIONS_MOST = 100;
const HISTORY_ROWS_MOST = '1000';
const HOUR_S = 3600;

type Meaning = { readonly state: StatusNews['state']; readonly errorClass: ErrorClass | null };

const meanings: Readonly<Record<string, Meaning>> = {
  D: { state: 'delivered', errorClass: null },
  S: { state: 'sent', errorClass: null },
  U: { state: 'undelivered', errorClass: 'recipient-temporary' },
  E: { state: 'undelivered', errorClass: 'recipient-temporary' },
  I: { state: 'undelivered', errorClass: 'recipient-permanent' },
};

export function pull(
  account: Textlocal,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent.slice(0, QUESTIONS_MOST), async (mark) => {
    const told = await ask(account, '/status_message/', { message_id: mark.providerId }, signal);
    if (!told.ok) return notPulled(told.failed);
    return { ok: true, value: newsOf(at(told.json, 'message') ?? null, mark) };
  });
}

function newsOf(row: Json, mark: SentMark): StatusNews | null {
  const letter = textAt(row, 'status') ?? '';
  const meaning = meanings[letter];
  if (!meaning) return null;
  const hasFailed = meaning.errorClass !== null;
  const dlt = hasFailed
    ? dltFailureIn(`${textAt(row, 'error_code') ?? ''} ${textAt(row, 'reason') ?? ''}`)
    : null;
  return {
    uid: mark.uid,
    providerId: mark.providerId,
    state: dlt ? 'rejected' : meaning.state,
    at: indianInstant(textAt(row, 'date') ?? ''),
    errorClass: dlt?.errorClass ?? meaning.errorClass,
    code: dlt?.code ?? (hasFailed ? letter : null),
    detail: dlt?.detail ?? `Textlocal: ${letter}.`,
    parts: null,
    costMicros: null,
  };
}

/** The history tells the text too, so that it is found whatever the clocks say. */
export async function find(
  account: Textlocal,
  mark: SentMark & { readonly text: string },
  signal: AbortSignal,
): Promise<Found> {
  const seconds = Math.floor(mark.sentAt / 1000);
  const range = {
    min_time: String(seconds - 12 * HOUR_S),
    max_time: String(seconds + 12 * HOUR_S),
    limit: HISTORY_ROWS_MOST,
  };
  const told = await ask(account, '/get_history_api/', range, signal);
  if (!told.ok) return notPulled(told.failed);
  if (!Array.isArray(at(told.json, 'messages'))) return notPulled(badAnswer());
  const rows = listAt(told.json, 'messages').map(rowOf);
  const isWhole = numberAt(told.json, 'total') === rows.length;
  return findIn(rows, mark, { now: account.now(), lookBackDays: LOOK_BACK_DAYS, isWhole });
}

function rowOf(row: Json): LogRow {
  return {
    providerId: textAt(row, 'id'),
    to: textAt(row, 'number') ?? '',
    at: indianInstant(textAt(row, 'datetime') ?? ''),
    text: textAt(row, 'content'),
    state: meanings[textAt(row, 'status') ?? '']?.state ?? 'accepted',
  };
}
