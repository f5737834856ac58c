import { dltFailureIn } from '../../transport/dlt-codes.ts';
import { callHttp } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, notPulled } from '../../transport/outcomes.ts';
import { redacted } from '../../transport/redact.ts';
import type { Pulled, SentMark, StatusNews } from '../message-ports.ts';
import { accountValues, filled, inUrl } from './placeholders.ts';
import { keepKeys } from './keys.ts';
import { found, isGoodStatus, wordsOf } from './rules.ts';
import { headersFor, hiddenOf } from './send.ts';
import type { Settings } from './settings.ts';

/** One question each: the rest is asked about the next time. */
const QUESTIONS_MOST = 100;

export async function pull(
  settings: Settings,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  const news: StatusNews[] = [];
  for (const mark of sent.filter(({ providerId }) => providerId !== null).slice(0, QUESTIONS_MOST)) {
    const asked = await ask(settings, mark, signal);
    // What was told before the failure is worth keeping; the others are asked about again.
    if (!asked.ok) return news.length > 0 ? { ok: true, value: news } : asked;
    if (asked.value) news.push(asked.value);
  }
  return { ok: true, value: news };
}

async function ask(
  settings: Settings,
  mark: SentMark,
  signal: AbortSignal,
): Promise<Pulled<StatusNews | null>> {
  const values = { ...accountValues(settings), id: mark.providerId ?? '', uid: mark.uid };
  const answer = await callHttp({
    ...settings.limits,
    method: 'GET',
    url: filled(settings.statusUrl, values, inUrl),
    headers: headersFor(settings, values),
    signal,
  });
  if (!answer.ok) return notPulled(brokenOff(answer));
  if (!isGoodStatus(settings.successStatus, answer.status)) return notPulled(byStatus(answer));
  const word = found(settings.statusAt, answer.text);
  if (word === null) return notPulled(badAnswer());
  keepKeys(settings, mark, found(settings.keysAt, answer.text));
  return { ok: true, value: newsOf(settings, mark, { word, answer: answer.text }) };
}

function newsOf(
  settings: Settings,
  mark: SentMark,
  told: { readonly word: string; readonly answer: string },
): StatusNews | null {
  const word = told.word.toLowerCase();
  const base = {
    uid: mark.uid,
    providerId: mark.providerId,
    at: null,
    parts: null,
    costMicros: null,
    detail: redacted(`The gateway says: ${told.word}.`, hiddenOf(settings, null)),
  };
  if (wordsOf(settings.statusDelivered).includes(word))
    return { ...base, state: 'delivered', errorClass: null, code: null };
  if (wordsOf(settings.statusSent).includes(word))
    return { ...base, state: 'sent', errorClass: null, code: null };
  if (!wordsOf(settings.statusFailed).includes(word)) return null;
  const reason = found(settings.statusErrorAt, told.answer);
  const dlt = reason === null ? null : dltFailureIn(reason);
  if (dlt) return { ...base, state: 'rejected', ...dlt };
  const given = reason === null ? undefined : settings.errorClasses.get(reason.toLowerCase());
  const code = redacted(reason ?? told.word, hiddenOf(settings, null)).slice(0, 60);
  return { ...base, state: 'undelivered', errorClass: given ?? 'recipient-temporary', code };
}
