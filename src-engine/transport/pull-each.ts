import type { Pulled, SentMark, StatusNews } from '../adapters/message-ports.ts';
import { furthest } from './news.ts';

/** A message of which the other side has told its id. */
export type KnownMark = SentMark & { readonly providerId: string };

/**
 * Asks about each message by its id, one after another. What was told before a failure is worth keeping: the others are
 * asked about the next time.
 */
export async function pullEach(
  sent: readonly SentMark[],
  ask: (mark: KnownMark) => Promise<Pulled<StatusNews | null>>,
): Promise<Pulled<readonly StatusNews[]>> {
  const news: StatusNews[] = [];
  for (const mark of sent) {
    const { providerId } = mark;
    if (providerId === null) continue;
    const answer = await ask({ ...mark, providerId });
    if (!answer.ok) return news.length > 0 ? { ok: true, value: furthest(news) } : answer;
    if (answer.value) news.push(answer.value);
  }
  return { ok: true, value: furthest(news) };
}
