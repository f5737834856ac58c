import { dayOf, type Day } from '#domain/days.ts';

/** How far back vouchers are read: they explain the open bills and show who pays when. */
export const historyChoices = ['all', 'two-years', 'year', 'none'] as const;
export type HistoryChoice = (typeof historyChoices)[number];

const APRIL = 4;

/** The first day of the financial year in which a day lies, or of one some years before. */
function yearStart(of: Day, yearsBefore: number): Day {
  const month = Number(of.slice(5, 7));
  const year = Number(of.slice(0, 4)) - (month < APRIL ? 1 : 0) - yearsBefore;
  return dayOf(year, APRIL, 1) ?? of;
}

/** The day from which vouchers are read; null = from the beginning of the books. */
export function historyFromOf(choice: HistoryChoice, today: Day): Day | null {
  switch (choice) {
    case 'all':
      return null;
    case 'two-years':
      return yearStart(today, 1);
    case 'year':
      return yearStart(today, 0);
    case 'none':
      return today;
  }
}

/** Which choice a day is; undefined for a day that none of them gives today. */
export function choiceOf(from: Day | null, today: Day): HistoryChoice | undefined {
  return historyChoices.find((choice) => historyFromOf(choice, today) === from);
}
