import type { Refusal } from '../result.ts';
import { cellText, isBlankRow, type SheetGrid } from './cells.ts';
import type { BookFacts, CustomerFacts, ImportedDocument, ReadRows } from './imported.ts';
import type { ImportMap, RowNote } from './map.ts';
import { makeReading, type Reading, type Row } from './reading.ts';
import { moneyText, reasons } from './reasons.ts';
import { mergedFacts } from './row-customer.ts';
import { readRow, type Draft, type RowResult } from './rows.ts';
import { sumsAbove, sumsBelow } from './totals-check.ts';
import { readingDoubts, type TotalsCheck } from './reading-doubts.ts';
import { numberedKey, unnumberedKey } from './source-keys.ts';
import { count, newTally, tieOut, type Tally } from './tie-out.ts';
import type { RowAmounts } from './row-amounts.ts';
import { noSums, startSection, type Running } from './totals.ts';

export type {
  BookFacts,
  CurrencySum,
  CustomerFacts,
  DocumentKind,
  ImportedDocument,
  PaidPart,
  ReadRows,
} from './imported.ts';

const EXCERPT_CELLS = 6;
const EXCERPT_MOST = 160;

/** What the loop over the rows gathers. */
type Gathered = {
  readonly drafts: Map<string, Draft>;
  readonly equals: Map<string, number>;
  readonly notes: RowNote[];
  readonly tally: Tally;
  readonly running: Running;
  readonly totals: TotalsCheck[];
  readonly lostPhones: string[];
};

/**
 * Turns the rows below the header into documents. Every row that is not blank becomes exactly one document or one
 * note, and the sums per currency tie out to the minor unit.
 */
export function readDocuments(grid: SheetGrid, map: ImportMap, book: BookFacts): ReadRows {
  const reading = makeReading(grid, map, book);
  const gathered: Gathered = {
    drafts: new Map(),
    equals: new Map(),
    notes: [],
    tally: newTally(),
    running: noSums(),
    totals: [],
    lostPhones: [],
  };
  let fileRowCount = 0;
  for (let at = reading.firstRow; at < grid.rows.length; at += 1) {
    const row = grid.rows[at] ?? [];
    if (isBlankRow(row)) continue;
    fileRowCount += 1;
    takeIn(gathered, { reading, row, at, result: readRow(reading, at, gathered.running) });
  }
  const documents = documentsOf(gathered.drafts);
  const { notes, totals, lostPhones } = gathered;
  return {
    documents,
    notes,
    fileRowCount,
    currencies: tieOut(gathered.tally, documents, book.baseCurrency),
    doubts: readingDoubts({
      notes,
      totals,
      lostPhones,
      map,
      baseCurrency: book.baseCurrency,
      unclear: reading.headings?.unclear ?? null,
    }),
  };
}

type Taken = {
  readonly reading: Reading;
  readonly row: Row;
  readonly at: number;
  readonly result: RowResult;
};

function takeIn(gathered: Gathered, { reading, row, at, result }: Taken): void {
  const { notes, tally, running, totals } = gathered;
  const note = (outcome: 'refused' | 'left-out', reason: Refusal): void => {
    notes.push({ row: at + 1, outcome, reason, excerpt: excerptOf(reading, row) });
  };
  if (result.outcome === 'taken') {
    const later = earlierOf(gathered, result.draft);
    const { amounts } = result.draft;
    const { currency, measureMinor } = amounts;
    if (later === undefined) count(tally, currency, measureMinor, null);
    else if (later.outcome === 'refused') count(tally, currency, measureMinor, 'refused');
    // A further line of a bill says its total again; the file's sum has it once.
    if (later !== undefined) note(later.outcome, later.reason);
    addUp(running, amounts, later?.outcome === 'left-out' ? 0 : measureMinor);
    running.basePaise += result.draft.money.amountPaise;
    return;
  }
  note(result.outcome, result.reason);
  const { amounts, heading } = result;
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
  count(tally, amounts.currency, amounts.measureMinor, result.outcome === 'refused' ? 'refused' : 'leftOut');
  addUp(running, amounts, amounts.measureMinor);
}

type Later = { readonly outcome: 'refused' | 'left-out'; readonly reason: Refusal };

/** Keeps the draft, or tells why it is no document of its own: its number was there before. */
function earlierOf(gathered: Gathered, draft: Draft): Later | undefined {
  const { drafts, equals, lostPhones } = gathered;
  if (draft.customer.lostPhone !== null) lostPhones.push(draft.customer.lostPhone);
  const numbered = numberedKey(draft);
  if (numbered === null) {
    const key = unnumberedKey(draft);
    const ordinal = (equals.get(key) ?? 0) + 1;
    equals.set(key, ordinal);
    drafts.set(`${key}|${ordinal}`, draft);
    return undefined;
  }
  const before = drafts.get(numbered);
  if (before === undefined) {
    drafts.set(numbered, draft);
    return undefined;
  }
  const number = draft.number ?? '';
  if (isSameTotal(before, draft)) {
    return { outcome: 'left-out', reason: reasons.lineOfBill(number, before.row) };
  }
  const amounts = { here: totalText(draft), there: totalText(before) };
  return { outcome: 'refused', reason: reasons.duplicateNumber(number, before.row, amounts) };
}

function isSameTotal(a: Draft, b: Draft): boolean {
  return (
    a.amounts.currency === b.amounts.currency &&
    a.amounts.minor === b.amounts.minor &&
    a.amounts.openMinor === b.amounts.openMinor &&
    a.days.day === b.days.day
  );
}

function totalText({ amounts }: Draft): string {
  return moneyText(amounts.minor, amounts.currency);
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

function documentsOf(drafts: ReadonlyMap<string, Draft>): ImportedDocument[] {
  const facts = new Map<string, CustomerFacts>();
  for (const { customer } of drafts.values()) {
    const first = facts.get(customer.key);
    facts.set(customer.key, first === undefined ? customer.facts : mergedFacts(first, customer.facts));
  }
  return [...drafts].map(([sourceKey, draft]) => ({
    row: draft.row,
    customerKey: draft.customer.key,
    customer: facts.get(draft.customer.key) ?? draft.customer.facts,
    kind: draft.kind,
    number: draft.number,
    day: draft.days.day,
    dueDay: draft.amounts.measureMinor > 0 ? draft.days.dueDay : null,
    amountPaise: draft.money.amountPaise,
    currency: draft.money.currency,
    foreignMinor: draft.money.foreignMinor,
    rateE6: draft.money.rateE6,
    sourceKey,
    paid: draft.paid,
  }));
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
