import type { SendingStatus } from '#contract/engine/reminders.ts';

export type SendingNews = { readonly key: 'replies' | 'claims' | 'approve'; readonly count: number };

type Counts = Pick<SendingStatus, 'repliesCount' | 'claimsCount' | 'toApproveCount'>;

/** What is worth a note of the system: a count that rose, or a run that now waits. Nothing is news at the start. */
export function newsSince(before: Counts | null, now: Counts): readonly SendingNews[] {
  if (before === null) return [];
  const news: SendingNews[] = [];
  if (now.repliesCount > before.repliesCount) news.push({ key: 'replies', count: now.repliesCount });
  if (now.claimsCount > before.claimsCount) news.push({ key: 'claims', count: now.claimsCount });
  if (now.toApproveCount > 0 && before.toApproveCount === 0) {
    news.push({ key: 'approve', count: now.toApproveCount });
  }
  return news;
}
