import { paise } from '../money.ts';
import { documentOf, minorOf } from './drafted.ts';
import type { Refusal } from '../result.ts';
import { cellText } from './cells.ts';
import { countForCustomer, countUntaken, rowNumber, type CustomerTally } from './customer-sums.ts';
import type { ImportedDocument } from './imported.ts';
import type { RowNote } from './map.ts';
import type { Reading, Row } from './reading.ts';
import { moneyText, reasons } from './reasons.ts';
import type { RowAmounts } from './row-amounts.ts';
import type { Draft, RowResult } from './rows.ts';
import { sumsAbove, sumsBelow } from './totals-check.ts';
import { numberedKey, unnumberedKey } from './source-keys.ts';
import { count, newTally, type Tally } from './tie-out.ts';
import { noSums, startSection, type Running } from './totals.ts';
import type { RowWarning, TotalsCheck } from './reading-doubts.ts';

const EXCERPT_CELLS = 6;
const EXCERPT_MOST = 160;
const CELL_TEXT_MOST = 500;
const WARNINGS_MOST = 10_000;

/** What the loop over the rows gathers. */
export type Gathered = {
  /** What is taken, as it will be handed on: a file's drafts side by side would take up twice as much. */
  readonly documents: ImportedDocument[];
  /** What the file says is still open of each of them; null where it does not say. */
  readonly openMinors: (number | null)[];
  /** Places of the documents by their keys. */
  readonly places: Map<string, number>;
  readonly equals: Map<string, number>;
  readonly notes: RowNote[];
  readonly tally: Tally;
  readonly customers: CustomerTally;
  readonly running: Running;
  readonly totals: TotalsCheck[];
  readonly warnings: RowWarning[];
  readonly warned: Set<string>;
  /** Numbers of rows that were refused: nobody knows what the file says of those bills. */
  readonly refusedNumbers: Set<string>;
};

export function newGathered(): Gathered {
  return {
    documents: [],
    openMinors: [],
    places: new Map(),
    equals: new Map(),
    notes: [],
    tally: newTally(),
    customers: new Map(),
    running: noSums(),
    totals: [],
    warnings: [],
    warned: new Set(),
    refusedNumbers: new Set(),
  };
}

export type Taken = {
  readonly reading: Reading;
  readonly row: Row;
  readonly at: number;
  readonly result: RowResult;
};

export function takeIn(gathered: Gathered, taken: Taken): void {
  if (taken.result.outcome === 'taken') takeDraft(gathered, taken, taken.result.draft);
  else leaveOut(gathered, taken, taken.result);
}

function takeDraft(gathered: Gathered, taken: Taken, draft: Draft): void {
  const { tally, running, customers } = gathered;
  keepWarnings(gathered, draft);
  const later = earlierOf(gathered, draft, taken.reading);
  const { currency, measureMinor } = draft.amounts;
  // A further line of a bill says its total again; the file's sum has it once.
  const isAgain = later?.outcome === 'left-out';
  if (!isAgain) {
    const share = later === undefined ? null : 'refused';
    count(tally, currency, measureMinor, share);
    const { key, facts } = draft.customer;
    countForCustomer(customers, { key, facts, currency, minor: measureMinor, share });
  }
  if (later !== undefined) note(gathered, taken, later);
  addUp(running, draft.amounts, isAgain ? 0 : measureMinor);
  running.basePaise += draft.money.amountPaise;
}

function leaveOut(gathered: Gathered, taken: Taken, result: Exclude<RowResult, { outcome: 'taken' }>): void {
  const { tally, running, totals, customers } = gathered;
  const { reading, row, at } = taken;
  const { amounts, heading, outcome } = result;
  note(gathered, taken, result);
  if (heading !== null || result.isTotals) {
    if (amounts !== null) {
      const saysMinor = amounts.columnMinor;
      const sums = heading === null ? sumsAbove(reading, running, saysMinor) : sumsBelow(reading, heading);
      const isRight = sums.includes(saysMinor);
      totals.push({ row: at + 1, saysMinor, sumMinor: sums[0] ?? 0, isRight });
    }
    startSection(running);
    return;
  }
  if (amounts === null) return;
  const share = outcome === 'refused' ? 'refused' : 'leftOut';
  count(tally, amounts.currency, amounts.measureMinor, share);
  countUntaken(customers, { reading, row, at }, { amounts, share });
  addUp(running, amounts, amounts.measureMinor);
}

type Later = { readonly outcome: 'refused' | 'left-out'; readonly reason: Refusal };

function note(gathered: Gathered, { reading, row, at }: Taken, { outcome, reason }: Later): void {
  const excerpt = excerptOf(reading, row);
  if (outcome === 'refused') {
    gathered.notes.push({ row: at + 1, outcome, reason, excerpt, cells: mappedCells(reading, row) });
    gathered.refusedNumbers.add(rowNumber(reading, row));
    return;
  }
  if (reason.code === 'draft') gathered.refusedNumbers.add(rowNumber(reading, row));
  gathered.notes.push({ row: at + 1, outcome, reason, excerpt });
}

/** Keeps what the draft becomes, or tells why it is no document of its own: its number was there before. */
function earlierOf(gathered: Gathered, draft: Draft, reading: Reading): Later | undefined {
  const { documents, places, equals } = gathered;
  const numbered = numberedKey(draft);
  if (numbered === null) {
    const key = unnumberedKey(draft);
    let ordinal = (equals.get(key) ?? 0) + 1;
    // A number of anyone's making may read like such a key.
    while (places.has(`${key}|${ordinal}`)) ordinal += 1;
    equals.set(key, ordinal);
    keep(gathered, draft, `${key}|${ordinal}`);
    return undefined;
  }
  const place = places.get(numbered);
  if (reading.linesAddUp && withLine(gathered, draft, place)) return undefined;
  const before = place === undefined ? undefined : documents[place];
  if (place === undefined || before === undefined) {
    keep(gathered, draft, numbered);
    return undefined;
  }
  const number = draft.number ?? '';
  const { baseCurrency } = reading.book;
  if (isSameTotal(before, draft, baseCurrency) && gathered.openMinors[place] === draft.amounts.openMinor) {
    return { outcome: 'left-out', reason: reasons.lineOfBill(number, before.row) };
  }
  const { minor, currency } = draft.amounts;
  const here = moneyText(minor, currency);
  const there = moneyText(minorOf(before), before.currency ?? baseCurrency);
  return { outcome: 'refused', reason: reasons.duplicateNumber(number, before.row, { here, there }) };
}

function keep({ documents, openMinors, places }: Gathered, draft: Draft, sourceKey: string): void {
  places.set(sourceKey, documents.length);
  documents.push(documentOf(draft, sourceKey));
  openMinors.push(draft.amounts.openMinor);
}

/** Adds an item to its bill; an item of a negative amount (a discount) takes its amount off the bill. */
function withLine({ documents, places }: Gathered, line: Draft, own: number | undefined): boolean {
  const isOff = line.kind === 'credit-note' && own === undefined;
  const place = isOff ? places.get(numberedKey({ ...line, kind: 'invoice' }) ?? '') : own;
  const bill = place === undefined ? undefined : documents[place];
  if (place === undefined || bill === undefined || bill.paid !== null || line.paid !== null) return false;
  if (bill.day !== line.days.day || bill.currency !== line.money.currency) return false;
  const sign = isOff ? -1 : 1;
  const minor = minorOf(bill) + sign * line.amounts.minor;
  const amountPaise = bill.amountPaise + sign * line.money.amountPaise;
  if (minor <= 0 || amountPaise <= 0) return false;
  const foreignMinor = bill.foreignMinor === null ? null : minor;
  documents[place] = { ...bill, amountPaise: paise(amountPaise), foreignMinor };
  return true;
}

function isSameTotal(before: ImportedDocument, { amounts, days }: Draft, baseCurrency: string): boolean {
  return (
    (before.currency ?? baseCurrency) === amounts.currency &&
    minorOf(before) === amounts.minor &&
    before.day === days.day
  );
}

function keepWarnings({ warnings, warned }: Gathered, draft: Draft): void {
  for (const refusal of draft.customer.warnings) {
    const key = `${refusal.code}|${refusal.values?.['text'] ?? ''}`;
    if (warned.has(key) || warnings.length >= WARNINGS_MOST) continue;
    warned.add(key);
    warnings.push({ row: draft.row, refusal });
  }
}

function addUp(running: Running, amounts: RowAmounts, measureMinor: number): void {
  const { columnMinor, openColumnMinor } = amounts;
  running.columnMinor += columnMinor;
  running.openColumnMinor += openColumnMinor;
  running.sectionMinor += columnMinor;
  running.measureMinor += measureMinor;
  running.absoluteMinor += Math.max(Math.abs(columnMinor), Math.abs(measureMinor));
  running.rowCount += 1;
}

function mappedCells({ map }: Reading, row: Row): { column: number; text: string }[] {
  return Object.values(map.columns)
    .toSorted((a, b) => a - b)
    .map((column) => ({ column, text: cellText(row[column]).slice(0, CELL_TEXT_MOST) }));
}

/** Some cells of the row, the understood ones first, so that the user finds it again. */
function excerptOf({ map }: Reading, row: Row): string {
  const mapped = Object.values(map.columns);
  const rest = row.map((_, column) => column).filter((column) => !mapped.includes(column));
  return [...mapped, ...rest]
    .map((column) => cellText(row[column]))
    .filter((text) => text !== '')
    .slice(0, EXCERPT_CELLS)
    .join(' · ')
    .slice(0, EXCERPT_MOST);
}
