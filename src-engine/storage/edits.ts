import type { ReadTx, WriteTx } from './database.ts';

export type EditNoun = 'customer' | 'contact' | 'bill' | 'receipt' | 'credit';

export type EditOf = {
  readonly noun: EditNoun;
  readonly rowId: number;
  readonly customerId: number;
  /** UTC milliseconds. */
  readonly editedAt: number;
  /** Null = by hand. */
  readonly importBatchId: number | null;
};

/**
 * One field of a row: what it said and what it says now, as plain text (paise as digits, days as YYYY-MM-DD).
 * `voidReason` tells of voiding (before null) and restoring (after null).
 */
export type FieldChange = {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
};

export type Edit = EditOf & FieldChange & { readonly editId: number };

/** Keeps the old values of a row; one edit for each field that differs. */
export function insertEdits(tx: WriteTx, of: EditOf, changes: readonly FieldChange[]): void {
  const insert = tx.sqlite.prepare<EditOf & FieldChange>(
    `insert into edits (noun, row_id, customer_id, field, before, after, edited_at, import_batch_id)
     values (@noun, @rowId, @customerId, @field, @before, @after, @editedAt, @importBatchId)`,
  );
  for (const { field, before, after } of changes) {
    if (before !== after) insert.run({ ...of, field, before, after });
  }
}

type FieldValue = string | number | null;

/** Fields of `after` that say something else than in `before`; what is left out of `after` stays as it is. */
export function fieldChanges<T extends Readonly<Record<string, FieldValue>>>(
  before: T,
  after: Partial<T>,
): readonly FieldChange[] {
  const text = (value: FieldValue | undefined): string | null =>
    value === null || value === undefined ? null : String(value);
  return Object.keys(after)
    .map((field) => ({ field, before: text(before[field]), after: text(after[field]) }))
    .filter((change) => change.before !== change.after);
}

const COLUMNS = `id as editId, noun, row_id as rowId, customer_id as customerId, field, before, after,
  edited_at as editedAt, import_batch_id as importBatchId`;

/** Newest first. */
export function editsOfCustomer(tx: ReadTx, customerId: number, most: number): readonly Edit[] {
  return tx.sqlite
    .prepare<[number, number], Edit>(
      `select ${COLUMNS} from edits where customer_id = ? order by edited_at desc, id desc limit ?`,
    )
    .all(customerId, most);
}
