import type { Day } from '#domain/days.ts';
import type { VoucherShape } from '#domain/tally/facts.ts';
import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { tallyConnection } from './schema-tally.ts';

/** The company this book is tied to, how, and how far it was read. Instants are UTC milliseconds. */
export type ConnectionRow = {
  readonly origin: 'live' | 'files';
  readonly host: string;
  readonly port: number;
  readonly product: string;
  readonly companyGuid: string;
  readonly companyNumber: string | null;
  readonly companyName: string;
  readonly booksFrom: Day | null;
  readonly isEducational: boolean;
  readonly isConnected: boolean;
  /** What the user chose; its shape is the services'. */
  readonly optionsJson: string;
  readonly isPaused: boolean;
  /** Counters up to which masters, and vouchers from `historyFrom` on, are in the book. */
  readonly masterCounter: number | null;
  readonly voucherCounter: number | null;
  readonly voucherShape: VoucherShape | null;
  /** The day of the bills reports and of all closing balances. */
  readonly asOfDay: Day | null;
  readonly syncedAt: number | null;
  readonly inStepAt: number | null;
  /** All vouchers from this day on are here; null = none yet. */
  readonly historyFrom: Day | null;
  readonly isHistoryShown: boolean;
  readonly failureJson: string | null;
};

const ONE_ROW = 1;

/** Null: this book has nothing to do with a Tally. */
export function connectionRow(tx: ReadTx): ConnectionRow | null {
  type Row = Omit<ConnectionRow, 'isEducational' | 'isConnected' | 'isPaused' | 'isHistoryShown'> &
    Readonly<Record<'isEducational' | 'isConnected' | 'isPaused' | 'isHistoryShown', 0 | 1>>;
  const row = tx.sqlite
    .prepare<[], Row>(
      `select origin, host, port, product, company_guid as companyGuid, company_number as companyNumber,
              company_name as companyName, books_from as booksFrom, is_educational as isEducational,
              is_connected as isConnected, options_json as optionsJson, is_paused as isPaused,
              master_counter as masterCounter, voucher_counter as voucherCounter, voucher_shape as voucherShape,
              as_of_day as asOfDay, synced_at as syncedAt, in_step_at as inStepAt, history_from as historyFrom,
              is_history_shown as isHistoryShown, failure_json as failureJson
         from tally_connection`,
    )
    .get();
  if (!row) return null;
  return {
    ...row,
    isEducational: row.isEducational === 1,
    isConnected: row.isConnected === 1,
    isPaused: row.isPaused === 1,
    isHistoryShown: row.isHistoryShown === 1,
  };
}

/** Ties the book to a company, in place of whatever it was tied to. */
export function putConnection(tx: WriteTx, row: ConnectionRow): void {
  tx.orm
    .insert(tallyConnection)
    .values({ id: ONE_ROW, ...row })
    .onConflictDoUpdate({ target: tallyConnection.id, set: row })
    .run();
}

/** Changes what is named and leaves the rest. Without a connection there is nothing to change, and that is a bug. */
export function patchConnection(tx: WriteTx, fields: Partial<ConnectionRow>): void {
  if (Object.keys(fields).length === 0) return;
  const { changes } = tx.orm.update(tallyConnection).set(fields).where(eq(tallyConnection.id, ONE_ROW)).run();
  if (changes === 0) throw new Error('This book is not tied to a Tally.');
}
