import type { DryRun, ImportBatch, ImportMap, RowNote } from '#contract/engine/imports.ts';
import { refusalField } from '#contract/fields.ts';
import { planImport, type ImportPlan } from '#domain/import-plan.ts';
import { readDocuments, type ReadRows } from '#domain/imports/documents.ts';
import { headerLabels } from '#domain/imports/header-row.ts';
import { layoutOf } from '#domain/imports/layouts.ts';
import { understandSheet } from '#domain/imports/understand.ts';
import { paise, type Paise } from '#domain/money.ts';
import { refuse } from '#domain/result.ts';
import {
  batchRows,
  insertBatch,
  insertNotes,
  lastImportedAt,
  noteRows,
  type BatchRow,
  type NewBatch,
} from '../storage/imports.ts';
import { bookDoor, failed, refused, type BookContext } from './door.ts';
import { draftOf, dropDraft, keepDraft, type Draft } from './imports/drafts.ts';
import { knownFacts } from './imports/known.ts';
import { revertBatch } from './imports/revert.ts';
import { writePlan } from './imports/write.ts';

const NOTES_SHOWN_MOST = 1000;
const SAMPLES_SHOWN = 8;

const read = bookDoor.imports.read.handler(async ({ context, input, signal }) => {
  const file = await context.workbooks.read(input.path, signal);
  if (!file.ok) throw failed(file.failure);
  const draft = { draftId: context.newId(), bookId: context.bookId, file: file.value };
  keepDraft(draft);
  const { fileName, byteCount, sheets } = file.value;
  const { baseCurrency } = context.book;
  return {
    draftId: draft.draftId,
    fileName,
    byteCount,
    sheets: sheets.map(({ name, rows }, index) => {
      const columnCount = rows.reduce((most, row) => Math.max(most, row.length), 0);
      return { index, name, rowCount: rows.length, columnCount };
    }),
    understood: understandSheet(sheets, { sheet: null, headerRow: null, baseCurrency }),
  };
});

const understand = bookDoor.imports.understand.handler(({ context, input }) => {
  const { draftId, sheet, headerRow } = input;
  const draft = draftOf(draftId, context.bookId);
  sheetOf(draft, sheet);
  const { baseCurrency } = context.book;
  return understandSheet(draft.file.sheets, { sheet, headerRow, baseCurrency });
});

function sheetOf(draft: Draft, at: number): Draft['file']['sheets'][number] {
  const sheet = draft.file.sheets[at];
  if (!sheet) {
    const sentence = `The file has ${draft.file.sheets.length} sheets; there is no sheet ${at + 1}.`;
    throw refused(refuse('no-sheet', sentence, { field: 'sheet', values: { sheet: at + 1 } }).refusal);
  }
  return sheet;
}

type Planned = { readonly rows: ReadRows; readonly plan: ImportPlan };

/** Reads the rows by the map and holds them against the book; nothing is written. */
function planOf(context: BookContext, draft: Draft, map: ImportMap): Planned {
  const { baseCurrency } = context.book;
  const rows = readDocuments(sheetOf(draft, map.sheet), map, { baseCurrency, today: context.today });
  const plan = context.db.read((tx) => planImport(rows.documents, knownFacts(tx), baseCurrency));
  return { rows, plan };
}

function notesOf({ rows, plan }: Planned): readonly RowNote[] {
  return [...rows.notes, ...plan.refused].toSorted((a, b) => a.row - b.row);
}

const preview = bookDoor.imports.preview.handler(({ context, input }): DryRun => {
  const planned = planOf(context, draftOf(input.draftId, context.bookId), input.map);
  const { rows, plan } = planned;
  const notes = notesOf(planned);
  const { billPaise, receiptPaise, creditPaise } = plan;
  return {
    fileRowCount: rows.fileRowCount,
    rowCounts: rowCounts(planned),
    ...mutableCounts(plan),
    currencies: currenciesOf(planned, context.book.baseCurrency),
    billPaise,
    receiptPaise,
    creditPaise,
    openPaise: openOf(plan),
    notes: notes.slice(0, NOTES_SHOWN_MOST),
    samples: plan.documents.slice(0, SAMPLES_SHOWN).map(({ document }) => sampleOf(document)),
    doubts: [...rows.doubts],
  };
});

function mutableCounts({ counts }: ImportPlan): Pick<DryRun, 'customers' | 'bills' | 'receipts' | 'credits'> {
  return {
    customers: counts.customers,
    bills: counts.bills,
    receipts: counts.receipts,
    credits: counts.credits,
  };
}

function rowCounts({ rows, plan }: Planned): DryRun['rowCounts'] {
  const refusedRows = rows.notes.filter((note) => note.outcome === 'refused').length + plan.refused.length;
  const leftOut = rows.notes.filter((note) => note.outcome === 'left-out').length;
  return { taken: rows.fileRowCount - refusedRows - leftOut, refused: refusedRows, leftOut };
}

/** Documents that the book itself refuses move from taken to refused, so that the tie-out stays exact. */
function currenciesOf({ rows, plan }: Planned, baseCurrency: string): DryRun['currencies'] {
  const refusedRows = new Set(plan.refused.map((note) => note.row));
  const moved = new Map<string, number>();
  for (const { row, currency, foreignMinor, amountPaise } of rows.documents) {
    if (!refusedRows.has(row)) continue;
    const code = currency ?? baseCurrency;
    moved.set(code, (moved.get(code) ?? 0) + (foreignMinor ?? amountPaise));
  }
  return rows.currencies.map((sum) => {
    const minor = moved.get(sum.currency) ?? 0;
    return { ...sum, takenMinor: sum.takenMinor - minor, refusedMinor: sum.refusedMinor + minor };
  });
}

function openOf({ billPaise, receiptPaise, creditPaise }: ImportPlan): Paise {
  return paise(billPaise - receiptPaise - creditPaise);
}

function sampleOf(document: ReadRows['documents'][number]): DryRun['samples'][number] {
  const { row, kind, customer, number, day, dueDay, amountPaise, paid } = document;
  const openPaise = paise(amountPaise - (paid?.amountPaise ?? 0));
  return { row, kind, customerName: customer.name, number, day, dueDay, amountPaise, openPaise };
}

const commit = bookDoor.imports.commit.handler(async function* ({ context, input, signal }) {
  const draft = draftOf(input.draftId, context.bookId);
  const of = sheetOf(draft, input.map.sheet).rows.length;
  yield { phase: 'checking' as const, done: 0, of };
  const planned = planOf(context, draft, input.map);
  if (planned.plan.documents.length === 0) {
    const sentence = `None of the ${planned.rows.fileRowCount} rows can be taken. See the reasons beside the rows.`;
    throw refused(
      refuse('nothing-to-take', sentence, { values: { rows: planned.rows.fileRowCount } }).refusal,
    );
  }
  yield { phase: 'writing' as const, done: 0, of };
  // The last moment to stop: from here on it is one transaction, all of it or nothing.
  signal?.throwIfAborted();
  const batch = writeBatch(context, draft, { map: input.map, planned });
  dropDraft(draft.draftId);
  context.changed('customers', 'bills', 'receipts', 'credits', 'imports', 'aging', 'books');
  context.log('import.done', { taken: batch.takenRowCount, refused: batch.refusedRowCount, batch: batch.id });
  yield { phase: 'done' as const, done: of, of, batch: showBatch(batch) };
});

type Chosen = { readonly map: ImportMap; readonly planned: Planned };

function writeBatch(context: BookContext, draft: Draft, { map, planned }: Chosen): BatchRow {
  return context.db.write((tx) => {
    // Every batch has an instant of its own, so that what it added can be told from what it changed.
    const now = Math.max(context.now(), (lastImportedAt(tx) ?? 0) + 1);
    const batch = insertBatch(tx, { ...batchFacts(draft, { map, planned }), importedAt: now });
    writePlan(tx, planned.plan, { importBatchId: batch.id, now });
    const notes = notesOf(planned).map(({ row, outcome, reason, excerpt }) => ({
      row,
      outcome: outcome === 'left-out' ? outcome : ('refused' as const),
      reasonJson: JSON.stringify(reason),
      excerpt,
    }));
    insertNotes(tx, batch.id, notes);
    return batch;
  });
}

function batchFacts(draft: Draft, { map, planned }: Chosen): Omit<NewBatch, 'importedAt'> {
  const { plan } = planned;
  const counts = rowCounts(planned);
  const { fileName, sha256 } = draft.file;
  return {
    fileName,
    fileSha256: sha256,
    layout: layoutOf(headerLabels(sheetOf(draft, map.sheet), map.headerRow)).name,
    mapJson: JSON.stringify(map),
    takenRowCount: counts.taken,
    refusedRowCount: counts.refused,
    leftOutRowCount: counts.leftOut,
    addedBillCount: plan.counts.bills.added,
    changedBillCount: plan.counts.bills.changed,
    billPaise: plan.billPaise,
    receiptPaise: plan.receiptPaise,
    creditPaise: plan.creditPaise,
    openPaise: openOf(plan),
  };
}

function showBatch(row: BatchRow): ImportBatch {
  const { id, fileSha256: _sha, mapJson: _map, ...shown } = row;
  return {
    ...shown,
    batchId: id,
    billPaise: paise(row.billPaise),
    receiptPaise: paise(row.receiptPaise),
    creditPaise: paise(row.creditPaise),
    openPaise: paise(row.openPaise),
  };
}

const discard = bookDoor.imports.discard.handler(({ input }) => {
  dropDraft(input.draftId);
  return {};
});

const list = bookDoor.imports.list.handler(({ context: { db } }) => db.read(batchRows).map(showBatch));

const notes = bookDoor.imports.notes.handler(({ context: { db }, input }) =>
  db
    .read((tx) => noteRows(tx, input.batchId))
    .map(({ row, outcome, reasonJson, excerpt }) => ({
      row,
      outcome,
      reason: refusalField.nullable().parse(JSON.parse(reasonJson)),
      excerpt,
    })),
);

const revert = bookDoor.imports.revert.handler(({ context, input }) =>
  showBatch(revertBatch(context, input.batchId)),
);

export const imports = { read, understand, preview, commit, discard, list, notes, revert };
