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
  editWriter(tx)(of, changes);
}

export type EditWriter = (
  of: EditOf & { readonly byTally?: boolean },
  changes: readonly FieldChange[],
) => void;

/** The same for many rows: prepared once. */
export function editWriter(tx: WriteTx): EditWriter {
  const insert = tx.sqlite.prepare<EditOf & FieldChange & { byTally: number }>(
    `insert into edits (noun, row_id, customer_id, field, before, after, edited_at, import_batch_id, by_tally)
     values (@noun, @rowId, @customerId, @field, @before, @after, @editedAt, @importBatchId, @byTally)`,
  );
  return ({ byTally = false, ...of }, changes) => {
    for (const { field, before, after } of changes) {
      if (before !== after) insert.run({ ...of, field, before, after, byTally: Number(byTally) });
    }
  };
}

/** Whether the last word on a field is a person's, so that no file and no Tally may say otherwise. */
export function handWatch(tx: ReadTx): (noun: EditNoun, rowId: number, field: string) => boolean {
  const last = tx.sqlite
    .prepare<[EditNoun, number, string], 0 | 1>(
      `select import_batch_id is null and by_tally = 0 from edits
        where noun = ? and row_id = ? and field = ? order by id desc limit 1`,
    )
    .pluck();
  return (noun, rowId, field) => last.get(noun, rowId, field) === 1;
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
