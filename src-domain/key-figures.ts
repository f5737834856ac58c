import { DEFAULT_VIEW } from './aging.ts';
import { largest, openTotal, sumsByCustomer } from './aging-columns.ts';
import { totalsOf } from './aging-totals.ts';
import { addDays, dayNumber, type Day } from './days.ts';
import { eventsUpTo, type LedgerColumns } from './ledger-columns.ts';
import { BILLED } from './ledger-events.ts';
import { mulDiv, paise, ZERO, type Paise } from './money.ts';

/** A part of a whole in hundredths of a percent; null where the whole is nothing. */
export type Share = { readonly bps: number | null; readonly partPaise: Paise; readonly wholePaise: Paise };

export type KeyFigures = {
  readonly dso: {
    readonly tenths: number | null;
    readonly receivablesPaise: Paise;
    readonly salesPaise: Paise;
  };
  readonly averageDaysLate: { readonly tenths: number | null; readonly settledPaise: Paise };
  readonly collectionEffectiveness: Share;
  readonly ninetyPlus: Share;
  readonly topTen: Share;
};

const LARGEST = 10;

/**
 * The figures that look back over the days (asOf − periodDays, asOf]. Sales are the bills of these days, by bill day;
 * receivables are open bills, before unallocated receipts and credits.
 */
export function keyFiguresOf(
  columns: LedgerColumns,
  asked: { readonly asOf: Day; readonly today: Day; readonly periodDays: number },
): KeyFigures {
  const { asOf, today, periodDays } = asked;
  const until = dayNumber(asOf);
  const from = until - periodDays;
  const question = { asOf, today, view: { ...DEFAULT_VIEW, credits: 'gross' } as const };
  const { figures, overNinetyPaise } = totalsOf(columns, question);
  const closing = figures.outstandingPaise;
  const notDue = closing - figures.overduePaise;
  const opening = openTotal(columns, from, false);
  const sales = billedBetween(columns, from, until);
  const settled = totalLateness(latenessByCustomer(columns, from, until));
  return {
    dso: {
      tenths: sales > 0 ? mulDiv(closing, 10 * periodDays, sales) : null,
      receivablesPaise: closing,
      salesPaise: sales,
    },
    averageDaysLate: settled,
    collectionEffectiveness: shareOf(opening + sales - closing, opening + sales - notDue),
    ninetyPlus: shareOf(overNinetyPaise, closing),
    topTen: shareOf(largestTogether(columns, question), closing),
  };
}

function shareOf(part: number, whole: number): Share {
  const bps = whole > 0 ? mulDiv(part, 10_000, whole) : null;
  return { bps, partPaise: paise(part), wholePaise: paise(whole) };
}

function largestTogether(columns: LedgerColumns, question: Parameters<typeof sumsByCustomer>[1]): number {
  const { outstanding } = sumsByCustomer(columns, question);
  let sum = 0;
  const places = largest(outstanding, LARGEST, { isIn: () => true, before: (a, b) => a - b });
  for (const place of places) sum += outstanding[place] ?? 0;
  return sum;
}

function billedBetween({ events, laterEvents }: LedgerColumns, from: number, until: number): Paise {
  let sum = 0;
  for (const { length, days, paidDays, paise: amounts } of [events, laterEvents]) {
    for (let at = 0; at < length; at += 1) {
      const day = days[at] ?? 0;
      if (day > from && day <= until && paidDays[at] === BILLED) sum += amounts[at] ?? 0;
    }
  }
  return paise(sum);
}

export type Lateness = {
  /** By place: what receipts settled, and the same weighted with its days late. */
  readonly settled: Float64Array;
  readonly weighted: Float64Array;
};

/** What receipts of the days (from, until] settled by then, and how late; money paid early counts below 0. */
function latenessByCustomer(columns: LedgerColumns, from: number, until: number): Lateness {
  const settled = new Float64Array(columns.customers.ids.length);
  const weighted = new Float64Array(columns.customers.ids.length);
  for (const events of [columns.events, columns.laterEvents]) {
    const { length, days, dueDays, paidDays, rows, paise: amounts } = events;
    // What counts on a day was paid by then: the sorted ones before the period cannot be of it.
    const start = events === columns.events ? eventsUpTo(days, from) : 0;
    const end = events === columns.events ? eventsUpTo(days, until) : length;
    for (let at = start; at < end; at += 1) {
      const paidDay = paidDays[at] ?? 0;
      if (paidDay <= from || paidDay > until || (days[at] ?? 0) > until) continue;
      const customer = (rows[at] ?? 0) >> 1;
      const amount = 0 - (amounts[at] ?? 0);
      settled[customer] = (settled[customer] ?? 0) + amount;
      weighted[customer] = (weighted[customer] ?? 0) + amount * (paidDay - (dueDays[at] ?? 0));
    }
  }
  return { settled, weighted };
}

const YEAR_DAYS = 365;

/** Tenths of a day late by place, over the year up to a day; null for whom nothing was settled. */
export function averageDaysLate(columns: LedgerColumns, asOf: Day): (place: number) => number | null {
  const until = dayNumber(asOf);
  const { settled, weighted } = latenessByCustomer(columns, dayNumber(addDays(asOf, 0 - YEAR_DAYS)), until);
  return (place) => tenthsOf(weighted[place] ?? 0, settled[place] ?? 0);
}

function tenthsOf(weighted: number, settled: number): number | null {
  return settled > 0 ? mulDiv(weighted, 10, settled) : null;
}

// Paise times days of a whole book may pass 2^53; of one customer they do not.
function totalLateness({ settled, weighted }: Lateness): KeyFigures['averageDaysLate'] {
  let [sum, product] = [0, 0n];
  for (const amount of settled) sum += amount;
  for (const amount of weighted) product += BigInt(amount);
  const tenths = sum > 0 ? mulDiv(10, product, sum) : null;
  return { tenths, settledPaise: sum > 0 ? paise(sum) : ZERO };
}
