import type { DryRun, RowNote } from '#contract/engine/imports.ts';
import type { ImportPlan } from '#domain/import-plan.ts';
import type { CurrencySum, CustomerSum } from '#domain/imports/imported.ts';
import type { ReadRows } from '#domain/imports/documents.ts';
import { isBill } from '#domain/imports/vouchers.ts';
import { paise, sumOf, type Paise } from '#domain/money.ts';
import type { Planned } from './plan.ts';

const NOTES_SHOWN_MOST = 1000;
const CUSTOMERS_SHOWN_MOST = 1000;
const SAMPLES_SHOWN = 8;

/** A plan as the user is shown it before anything is written. */
export function dryRunOf(planned: Planned, baseCurrency: string): DryRun {
  const { rows, plan, map, vanished, suggestions } = planned;
  const { billPaise, receiptPaise, creditPaise, counts } = plan;
  const settledCount = map.isCompleteList ? vanished.length : 0;
  return {
    fileRowCount: rows.fileRowCount,
    rowCounts: rowCounts(planned),
    customers: counts.customers,
    bills: counts.bills,
    receipts: { ...counts.receipts, added: counts.receipts.added + settledCount },
    credits: counts.credits,
    currencies: currenciesOf(planned, baseCurrency),
    customerTotals: customerTotalsOf(planned, baseCurrency),
    suggestions: [...suggestions],
    vanished: { billCount: vanished.length, openPaise: sumOf(vanished, (bill) => bill.openPaise) },
    billPaise,
    receiptPaise,
    creditPaise,
    openPaise: openOf(plan),
    notes: notesOf(planned).slice(0, NOTES_SHOWN_MOST),
    samples: plan.documents.slice(0, SAMPLES_SHOWN).map(({ document }) => sampleOf(document)),
    doubts: [...rows.doubts],
  };
}

export function rowCounts({ rows, plan }: Planned): DryRun['rowCounts'] {
  const refusedRows = new Set(
    [...rows.notes.filter((note) => note.outcome === 'refused'), ...plan.refused].map(({ row }) => row),
  ).size;
  const leftOut = rows.notes.filter((note) => note.outcome === 'left-out').length;
  return { taken: rows.fileRowCount - refusedRows - leftOut, refused: refusedRows, leftOut };
}

export function notesOf({ rows, plan }: Pick<Planned, 'rows' | 'plan'>): RowNote[] {
  return [...rows.notes, ...plan.refused].toSorted((a, b) => a.row - b.row);
}

/** What the documents of a file leave open: its bills less its receipts and credits. */
export function openOf({ billPaise, receiptPaise, creditPaise }: ImportPlan): Paise {
  return paise(billPaise - receiptPaise - creditPaise);
}

type Sum = Pick<CurrencySum, 'takenMinor' | 'refusedMinor'>;

/** Documents that the book itself refuses move from taken to refused, so that the tie-out stays exact. */
function movedBy(
  { rows, plan }: Planned,
  placeOf: (document: ReadRows['documents'][number]) => string,
): <T extends Sum>(sum: T, place: string) => T {
  const refusedRows = new Set(plan.refused.map((note) => note.row));
  const moved = new Map<string, number>();
  if (refusedRows.size > 0) {
    for (const document of rows.documents) {
      if (!refusedRows.has(document.row)) continue;
      const minor = document.foreignMinor ?? document.amountPaise;
      const place = placeOf(document);
      moved.set(place, (moved.get(place) ?? 0) + (isBill(document.kind) ? minor : 0 - minor));
    }
  }
  return (sum, place) => {
    const minor = moved.get(place) ?? 0;
    return { ...sum, takenMinor: sum.takenMinor - minor, refusedMinor: sum.refusedMinor + minor };
  };
}

function currenciesOf(planned: Planned, baseCurrency: string): DryRun['currencies'] {
  const move = movedBy(planned, ({ currency }) => currency ?? baseCurrency);
  return planned.rows.currencies.map((sum) => move(sum, sum.currency));
}

function customerTotalsOf(planned: Planned, baseCurrency: string): DryRun['customerTotals'] {
  const move = movedBy(planned, ({ currency, customerKey }) => `${currency ?? baseCurrency}|${customerKey}`);
  const ids = new Map(planned.plan.customers.map(({ key, customerId }) => [key, customerId]));
  const shown = (sum: CustomerSum): DryRun['customerTotals'][number] => {
    const { currency, customerName, fileMinor, leftOutMinor, customerKey, takenMinor, refusedMinor } = sum;
    const { takenMinor: taken, refusedMinor: refused } = move(
      { takenMinor, refusedMinor },
      `${currency}|${customerKey}`,
    );
    const sums = { fileMinor, takenMinor: taken, refusedMinor: refused, leftOutMinor };
    return { customerName, customerId: ids.get(customerKey) ?? null, currency, ...sums };
  };
  const differs = (total: { readonly fileMinor: number; readonly takenMinor: number }): number =>
    total.fileMinor === total.takenMinor ? 1 : 0;
  return planned.rows.customers
    .map(shown)
    .toSorted((a, b) => differs(a) - differs(b) || Math.abs(b.fileMinor) - Math.abs(a.fileMinor))
    .slice(0, CUSTOMERS_SHOWN_MOST);
}

function sampleOf(document: ReadRows['documents'][number]): DryRun['samples'][number] {
  const { row, kind, customer, number, day, dueDay, amountPaise, paid } = document;
  const openPaise = paise(amountPaise - (paid?.amountPaise ?? 0));
  return { row, kind, customerName: customer.name, number, day, dueDay, amountPaise, openPaise };
}
