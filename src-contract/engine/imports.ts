import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { bulk, call, currencyField, dayField, idField, paiseField, refusalField } from '../fields.ts';
import { importFields } from './import-fields.ts';

export const importField = z.enum(importFields);

export const dateOrders = ['day-first', 'month-first', 'year-first'] as const;

/** How a sheet is to be read. Rows and columns count from 0. */
export const importMapShape = z.object({
  sheet: z.int().min(0).max(255),
  headerRow: z.int().min(0).max(100_000),
  columns: z.partialRecord(importField, z.int().min(0).max(16_383)),
  /** For text dates such as 1/2/2013; null = not decided: rows that need it are refused. */
  dateOrder: z.enum(dateOrders).nullable().default(null),
  /** Used where a bill has no due day of its own; null = due on its own day. */
  creditDays: z.int().min(0).max(3650).nullable().default(null),
  /** The day the open amounts of the file hold for, when the file names no receipt day; null = today. */
  balancesDay: dayField.nullable().default(null),
  /** The currency of rows that name none; null = the book's own. */
  currency: currencyField.nullable().default(null),
  /** Exchange rates as text, base per one foreign unit: { "USD": "83.25" }. */
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().max(20)).default({}),
  /** Bills that their program still calls drafts are left out, for they are not owed; true takes them as bills. */
  takeDrafts: z.boolean().default(false),
  /** 'heading': the customer stands in a row of his own above his bills. Absent = 'column'; a mapped customer column wins. */
  customerFrom: z.enum(['column', 'heading']).optional(),
  /** The file lists every open bill: bills that earlier lists of this kind brought and that it lacks are settled since. */
  isCompleteList: z.boolean().default(false),
  /** Name key of the file → customer of the book: "the same customer", remembered for later files. */
  sameCustomers: z.record(z.string().max(400), idField).default({}),
  /** Cells corrected in the dry run; the file itself is not touched. */
  fixes: z
    .array(
      z.object({
        row: z.int().min(0).max(2_000_000),
        column: z.int().min(0).max(16_383),
        text: z.string().max(500),
      }),
    )
    .max(10_000)
    .default([]),
});
export type ImportMap = z.infer<typeof importMapShape>;

export const guessShape = z.object({
  field: importField,
  column: z.int(),
  /** 0–100; below 60 is shown as a doubt. */
  confidence: z.int(),
});

export const sheetShape = z.object({
  index: z.int(),
  name: z.string(),
  rowCount: z.int(),
  columnCount: z.int(),
});

/** What was understood of one sheet with its header in one row. */
export const understoodShape = z.object({
  sheet: z.int(),
  headerRow: z.int(),
  headers: z.array(z.string()),
  /** The program the layout is known of, e.g. 'tally-day-book', 'zoho-invoices'; 'list' for any other. */
  layout: z.string(),
  /** The map is the one that the user confirmed for a list with these headings before. */
  isRemembered: z.boolean(),
  guesses: z.array(guessShape),
  map: importMapShape,
  /** Codes of what the user must look at, e.g. 'date-order-ambiguous', 'no-amount', 'no-customer', 'rate-missing'. */
  doubts: z.array(refusalField),
  currencies: z.array(z.string()),
  /** The first rows from the top of the sheet as text, for the drawn grid; index 0 = row 0. */
  grid: z.array(z.array(z.string())),
  dataRowCount: z.int(),
});
export type Understood = z.infer<typeof understoodShape>;

export const importDraftShape = z.object({
  draftId: z.string(),
  fileName: z.string(),
  byteCount: z.int(),
  sheets: z.array(sheetShape),
  understood: understoodShape,
});
export type ImportDraft = z.infer<typeof importDraftShape>;

export const rowOutcome = z.enum(['added', 'changed', 'same', 'refused', 'left-out']);

export const rowNote = z.object({
  /** Row of the sheet as the spreadsheet numbers it (from 1). */
  row: z.int(),
  outcome: rowOutcome,
  reason: refusalField.nullable(),
  /** Some cells of the row as text, so that it can be found again. */
  excerpt: z.string(),
  /** Of a refused row in a dry run: its mapped cells, to be corrected in place. */
  cells: z.array(z.object({ column: z.int(), text: z.string() })).optional(),
});
export type RowNote = z.infer<typeof rowNote>;

export const currencyTotal = z.object({
  currency: z.string(),
  /** Sums in the currency's minor unit. The file's sum of the mapped columns beside what would be taken. */
  fileMinor: z.int(),
  takenMinor: z.int(),
  refusedMinor: z.int(),
  leftOutMinor: z.int(),
});

export const documentCounts = z.object({ added: z.int(), changed: z.int(), same: z.int() });

export const dryRunShape = z.object({
  fileRowCount: z.int(),
  rowCounts: z.object({ taken: z.int(), refused: z.int(), leftOut: z.int() }),
  customers: documentCounts,
  bills: documentCounts,
  receipts: documentCounts,
  credits: documentCounts,
  currencies: z.array(currencyTotal),
  /** The same tie-out by customer: those with a difference first, then the largest; at most 1,000. */
  customerTotals: z.array(
    currencyTotal.extend({
      customerName: z.string(),
      /** Null: a new customer. */
      customerId: idField.nullable(),
    }),
  ),
  /** "Same customer?": new names of the file that are close to a customer of the book, and why. */
  suggestions: z.array(
    z.object({
      name: z.string(),
      nameKey: z.string(),
      customerId: idField,
      customerName: z.string(),
      why: z.enum(['spelling', 'gstin', 'phone', 'pan']),
    }),
  ),
  /** Open bills of earlier lists of this kind that the file lacks: settled by a complete list, else left open. */
  vanished: z.object({ billCount: z.int(), openPaise: paiseField }),
  /** Base-currency sum of the bills, receipts and credits of the file, and what stays open of them. */
  billPaise: paiseField,
  receiptPaise: paiseField,
  creditPaise: paiseField,
  openPaise: paiseField,
  /** Refused and left-out rows (at most 1,000 here; all of them are kept with the batch). */
  notes: z.array(rowNote),
  /** The first taken documents as they will be stored. */
  samples: z.array(
    z.object({
      row: z.int(),
      kind: z.string(),
      customerName: z.string(),
      number: z.string().nullable(),
      day: dayField,
      dueDay: dayField.nullable(),
      amountPaise: paiseField,
      openPaise: paiseField,
    }),
  ),
  doubts: z.array(refusalField),
});
export type DryRun = z.infer<typeof dryRunShape>;

export const importBatchShape = z.object({
  batchId: idField,
  fileName: z.string(),
  layout: z.string(),
  importedAt: z.int(),
  takenRowCount: z.int(),
  refusedRowCount: z.int(),
  leftOutRowCount: z.int(),
  addedBillCount: z.int(),
  changedBillCount: z.int(),
  billPaise: paiseField,
  receiptPaise: paiseField,
  creditPaise: paiseField,
  openPaise: paiseField,
  /** When it was taken back; null while it stands. */
  revertedAt: z.int().nullable(),
});
export type ImportBatch = z.infer<typeof importBatchShape>;

export const commitProgress = z.object({
  phase: z.enum(['checking', 'writing', 'done']),
  /** Rows. */
  done: z.int(),
  of: z.int(),
  batch: importBatchShape.optional(),
});

export const readProgress = z.object({
  /** Bytes. */
  done: z.int(),
  of: z.int(),
  draft: importDraftShape.optional(),
});

const draft = z.object({ draftId: z.string().max(64) });

export const imports = {
  /**
   * Reads a workbook or CSV from a path of this machine, or cells that were pasted (tab-separated text), into a draft
   * kept in memory; writes nothing. Streams progress in bytes; the last event bears the draft. Ends on abort.
   */
  read: call
    .input(
      z.union([
        z.object({ path: z.string().min(1).max(4096) }),
        z.object({ pastedText: z.string().min(1).max(50_000_000) }),
      ]),
    )
    .output(eventIterator(readProgress)),
  /** The guesses for another sheet or another header row. */
  understand: call
    .input(
      draft.extend({ sheet: z.int().min(0).max(255), headerRow: z.int().min(0).max(100_000).nullable() }),
    )
    .output(understoodShape),
  /** Dry run: what would be added, changed, left as it is and refused, with totals. Writes nothing. */
  preview: call.input(draft.extend({ map: importMapShape })).output(bulk(dryRunShape)),
  /** One transaction: all of the taken rows or nothing. Streams progress; the last event bears the batch. */
  commit: call.input(draft.extend({ map: importMapShape })).output(eventIterator(commitProgress)),
  discard: call.input(draft).output(z.object({})),
  list: call.output(z.array(importBatchShape)),
  /** Rows of a batch that were not taken, with the reason. */
  notes: call.input(z.object({ batchId: idField })).output(bulk(z.array(rowNote))),
  /** Takes back all that a batch added, in one transaction; refused once later work touches any of it. */
  revert: call.input(z.object({ batchId: idField })).output(importBatchShape),
};
