import type { PublishedDue } from '#contract/engine/registry.ts';
import { dueSaidOf, dueViewOf, dueViews, type DueView } from '#domain/registry/due-said.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useTranslation } from 'react-i18next';

/** Returns how to say what others see of a due just now, in a sentence. */
export function useDueSentence(): (due: PublishedDue) => string {
  const { t } = useTranslation('registry');
  return (due) => {
    const said = dueSaidOf(due);
    if (said === 'refused' && due.errorCode !== null) return t(`itemError.${due.errorCode}`);
    // The day is told by the registry once the notice is out; until then there is a sentence without it.
    const key = said === 'notice-running' && due.visibleFrom === null ? 'notice-sent' : said;
    return t(`said.${key}`, {
      day: due.visibleFrom === null ? '' : dayWords(due.visibleFrom),
      reason: due.dispute === null ? '' : t(`reason.${due.dispute.reason}`),
    });
  };
}

export const publishedViews = ['all', ...dueViews] as const;
export type PublishedView = (typeof publishedViews)[number];

export function isPublishedShown(
  due: PublishedDue,
  { view, text }: { readonly view: PublishedView; readonly text: string },
): boolean {
  if (view !== 'all' && dueViewOf(due) !== view) return false;
  const whole = `${due.customerName} ${due.number ?? ''}`.toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => whole.includes(word));
}

export function viewCounts(dues: readonly PublishedDue[]): Readonly<Record<PublishedView, number>> {
  const counts: Record<PublishedView, number> = {
    all: dues.length,
    undo: 0,
    waiting: 0,
    visible: 0,
    hidden: 0,
    ended: 0,
  };
  for (const due of dues) counts[dueViewOf(due) satisfies DueView] += 1;
  return counts;
}

/** What can still be said otherwise: everything that is not over. */
export function canWithdraw(due: PublishedDue): boolean {
  return due.state !== 'withdrawn' && due.visibility !== 'gone';
}

/** Not sent yet, or never taken by the registry. */
export function isUnheard({ undoUntil, errorCode, sentAt }: PublishedDue): boolean {
  return undoUntil !== null || (errorCode !== null && sentAt === null);
}

/** What the registry has as open can be told as given up. */
export function canWriteOff({ state, sentAt, writtenOffAt, visibility }: PublishedDue): boolean {
  const isOpen = state === 'open' || state === 'part' || state === 'reopened';
  return isOpen && sentAt !== null && writtenOffAt === null && visibility !== 'gone';
}

/** Of what is taken back nobody has heard; of the rest the debtor is told that it was withdrawn. */
export function splitWithdrawal(dues: readonly PublishedDue[]): {
  readonly unheard: readonly number[];
  readonly heard: readonly number[];
} {
  const open = dues.filter(canWithdraw);
  const idsOf = (wished: readonly PublishedDue[]): readonly number[] => wished.map(({ billId }) => billId);
  return {
    unheard: idsOf(open.filter(isUnheard)),
    heard: idsOf(open.filter((due) => !isUnheard(due))),
  };
}
