import type { Consent, Pause, Suppression } from '#contract/engine/consents.ts';

export const consentLists = ['suppressions', 'consents', 'pauses'] as const;
export type ConsentList = (typeof consentLists)[number];

/** Purposes for which a customer's word is asked; answers and tests need none. */
export const consentPurposes = ['reminder', 'notice', 'statement', 'thanks'] as const;

type Searched = Suppression | Consent | Pause;

/** What one may look for in a row: names, addresses, reasons. */
function wordsOf(row: Searched): readonly (string | null)[] {
  if ('suppressionId' in row) return [row.address, row.customerName, row.detail];
  if ('consentId' in row) return [row.customerName, row.how, row.proof];
  return [row.customerName, row.billNumber, row.reason];
}

/** Whether every typed word stands somewhere in the row; digits are found however a number is grouped. */
export function isFound(row: Searched, typed: string): boolean {
  const whole = wordsOf(row)
    .map((words) => words?.toLocaleLowerCase() ?? '')
    .join(' ');
  const digits = whole.replace(/[^\d]/gu, '');
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .every(
      (word) =>
        whole.includes(word) || (/^[\d+-]{4,}$/u.test(word) && digits.includes(word.replace(/\D/gu, ''))),
    );
}

/** Words that count, newest first; `withOld` leaves the ones in that a later word replaced. */
export function consentsShown(rows: readonly Consent[], withOld: boolean): readonly Consent[] {
  return withOld ? rows : rows.filter(({ isCurrent }) => isCurrent);
}
