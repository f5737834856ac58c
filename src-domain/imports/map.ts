import type { Day } from '../days.ts';
import type { Refusal } from '../result.ts';

/** What a column can mean. */
export type ImportField =
  | 'customerName'
  | 'customerCode'
  | 'billNumber'
  | 'billDay'
  | 'dueDay'
  | 'amount'
  | 'openAmount'
  | 'debit'
  | 'credit'
  | 'voucherType'
  | 'status'
  | 'currency'
  | 'rate'
  | 'lastReceiptDay'
  | 'creditDays'
  | 'phone'
  | 'email'
  | 'gstin'
  | 'salesperson'
  | 'group'
  | 'pan'
  | 'address'
  | 'territory'
  | 'narration';

export type DateOrder = 'day-first' | 'month-first' | 'year-first';

/** Which field stands in which column, counted from 0. */
export type Columns = Partial<Record<ImportField, number>>;

/** How a sheet is to be read. Rows and columns count from 0. */
export type ImportMap = {
  readonly sheet: number;
  readonly headerRow: number;
  readonly columns: Columns;
  readonly dateOrder: DateOrder | null;
  readonly creditDays: number | null;
  readonly balancesDay: Day | null;
  readonly currency: string | null;
  readonly rates: Record<string, string>;
  /** Whether rows that their program calls drafts are taken as bills. */
  readonly takeDrafts: boolean;
  /** 'heading': the customer stands in a row of his own above his bills. A mapped customer column wins over it. */
  readonly customerFrom?: 'column' | 'heading' | undefined;
  /** The file lists every open bill: what earlier lists of its kind brought and it lacks is settled. */
  readonly isCompleteList: boolean;
  /** Name key of the file → customer of the book. */
  readonly sameCustomers: Record<string, number>;
  /** Cells corrected in the dry run. */
  readonly fixes: CellFix[];
};

/** A cell as the user corrected it; row and column count from 0. */
export type CellFix = { readonly row: number; readonly column: number; readonly text: string };

export type Guess = { readonly field: ImportField; readonly column: number; readonly confidence: number };

/** What was understood of one sheet. Its arrays are made anew for each answer, so the caller may keep them. */
export type Understood = {
  readonly sheet: number;
  readonly headerRow: number;
  readonly headers: string[];
  readonly layout: string;
  readonly isRemembered: boolean;
  readonly guesses: Guess[];
  readonly map: ImportMap;
  readonly doubts: Refusal[];
  readonly currencies: string[];
  readonly grid: string[][];
  readonly dataRowCount: number;
};

/** Why a row of the sheet (counted from 1) was not taken. */
export type RowNote = {
  readonly row: number;
  readonly outcome: 'added' | 'changed' | 'same' | 'refused' | 'left-out';
  readonly reason: Refusal | null;
  readonly excerpt: string;
  /** Of a refused row: its mapped cells, to be corrected in place. */
  readonly cells?: { column: number; text: string }[] | undefined;
};
