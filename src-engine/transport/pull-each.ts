import type { ErrorClass } from '#domain/reminders/words.ts';
import type { Pulled, SentMark, StatusNews } from '../adapters/message-ports.ts';
import { furthest } from './news.ts';

/** A message of which the other side has told its id. */
export type KnownMark = SentMark & { readonly providerId: string };

/** Failures that the next question would meet too; any other may be of this one message ("no such id"). */
const ofAll: ReadonlySet<ErrorClass> = new Set([
  'transient-before-send',
  'transient-after-send',
  'throttled',
  'auth',
  'balance',
]);

/**
 * Asks about each message by its id, one after another. A message of which the other side knows nothing does not keep
 * the others from being asked about; what was told before a failure is worth keeping.
 */
export async function pullEach(
  sent: readonly SentMark[],
  ask: (mark: KnownMark) => Promise<Pulled<StatusNews | null>>,
): Promise<Pulled<readonly StatusNews[]>> {
  const news: StatusNews[] = [];
  let refused: Extract<Pulled<never>, { readonly ok: false }> | null = null;
  for (const mark of sent) {
    const { providerId } = mark;
    if (providerId === null) continue;
    const answer = await ask({ ...mark, providerId });
    if (answer.ok) {
      if (answer.value) news.push(answer.value);
      continue;
    }
    refused ??= answer;
    if (ofAll.has(answer.errorClass)) break;
  }
  return refused !== null && news.length === 0 ? refused : { ok: true, value: furthest(news) };
}
