import { isBlankRow, type Cell, type SheetGrid } from './cells.ts';
import { customerSums } from './customer-sums.ts';
import { newGathered, takeIn, type Gathered } from './gathering.ts';
import type { BookFacts, CustomerFacts, ImportedDocument, ReadRows } from './imported.ts';
import type { CellFix, ImportMap } from './map.ts';
import { makeReading, type Reading } from './reading.ts';
import { mergedFacts } from './row-customer.ts';
import { readRow } from './rows.ts';
import { readingDoubts } from './reading-doubts.ts';
import { tieOut } from './tie-out.ts';

export type {
  BookFacts,
  CurrencySum,
  CustomerFacts,
  DocumentKind,
  ImportedDocument,
  PaidPart,
  ReadRows,
} from './imported.ts';

const ROWS_PER_STEP = 4000;

/**
 * Turns the rows below the header into documents. Every row that is not blank becomes documents or one note (a row of
 * an aging summary one document for each aged column), and the sums per currency tie out to the minor unit.
 */
export function readDocuments(grid: SheetGrid, map: ImportMap, book: BookFacts): ReadRows {
  const steps = readInSteps(grid, map, book);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of some thousand rows, so that whoever reads can rest in between; yields the rows done. */
export function* readInSteps(
  grid: SheetGrid,
  map: ImportMap,
  book: BookFacts,
): Generator<number, ReadRows, void> {
  const reading = makeReading(withFixes(grid, map.fixes), map, book);
  const gathered = newGathered();
  const aged = agedReadings(reading);
  let fileRowCount = 0;
  for (let at = reading.firstRow; at < reading.grid.rows.length; at += 1) {
    const row = reading.grid.rows[at] ?? [];
    if (at % ROWS_PER_STEP === 0) yield at;
    if (isBlankRow(row)) continue;
    fileRowCount += 1;
    if (aged === null) takeIn(gathered, { reading, row, at, result: readRow(reading, at, gathered.running) });
    else takeAged(gathered, aged, { row, at });
  }
  const documents = withWholeFacts(gathered.documents);
  yield reading.grid.rows.length;
  return finished({ reading, gathered, documents, fileRowCount });
}

type Finished = {
  readonly reading: Reading;
  readonly gathered: Gathered;
  readonly documents: readonly ImportedDocument[];
  readonly fileRowCount: number;
};

function finished({ reading, gathered, documents, fileRowCount }: Finished): ReadRows {
  const { notes, totals, warnings, tally, customers, refusedNumbers } = gathered;
  const { map, book } = reading;
  const { baseCurrency } = book;
  return {
    documents,
    notes,
    fileRowCount,
    currencies: tieOut(tally, documents, baseCurrency),
    customers: customerSums(customers, documents, baseCurrency),
    refusedNumbers,
    doubts: readingDoubts({
      notes,
      totals,
      warnings,
      map,
      book,
      isBalanceList: reading.isBalanceList,
      unclear: reading.headings?.unclear ?? null,
    }),
  };
}

/** The sheet with the user's corrections in place; the sheet itself is not touched. */
function withFixes(grid: SheetGrid, fixes: readonly CellFix[]): SheetGrid {
  if (fixes.length === 0) return grid;
  const rows = [...grid.rows];
  for (const { row, column, text } of fixes) {
    const fixed: Cell[] = [...(rows[row] ?? [])];
    while (fixed.length < column) fixed.push(null);
    fixed[column] = text.trim() === '' ? null : text;
    if (row < rows.length) rows[row] = fixed;
  }
  return { ...grid, rows };
}

/** Of an aging summary: the sheet as it reads with each of the aged columns for its amounts. */
function agedReadings(reading: Reading): readonly Reading[] | null {
  return (
    reading.aged?.map((agedColumn) => {
      const { openAmount: _, ...columns } = reading.map.columns;
      const map = { ...reading.map, columns: { ...columns, amount: agedColumn.column } };
      return { ...reading, map, agedColumn };
    }) ?? null
  );
}

const NOTHING_THERE: readonly string[] = ['no-amount', 'zero-amount'];

/** One row of an aging summary. A column in which nothing stands says nothing; a row that is no customer is told once. */
function takeAged(
  gathered: Gathered,
  readings: readonly Reading[],
  { row, at }: { readonly row: readonly Cell[]; readonly at: number },
): void {
  const results = readings.map((reading) => ({
    reading,
    row,
    at,
    result: readRow(reading, at, gathered.running),
  }));
  const telling = results.filter(
    ({ result }) => result.outcome === 'taken' || !NOTHING_THERE.includes(result.reason.code),
  );
  const whole =
    telling.find(({ result }) => result.outcome !== 'taken') ??
    (telling.length === 0 ? results[0] : undefined);
  // Half a row is worse than none: what one column lacks is told for the row as it stands.
  if (whole !== undefined) takeIn(gathered, whole);
  else for (const one of telling) takeIn(gathered, one);
}

/** All documents of one customer bear what the file says of him in all its rows. */
function withWholeFacts(documents: readonly ImportedDocument[]): readonly ImportedDocument[] {
  const facts = new Map<string, CustomerFacts>();
  for (const { customerKey, customer } of documents) {
    const first = facts.get(customerKey);
    if (first !== customer)
      facts.set(customerKey, first === undefined ? customer : mergedFacts(first, customer));
  }
  return documents.map((document) => {
    const customer = facts.get(document.customerKey) ?? document.customer;
    return customer === document.customer ? document : { ...document, customer };
  });
}
