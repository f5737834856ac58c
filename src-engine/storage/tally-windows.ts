import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';

/** A part of the history that is read in one go. Both days belong to it. */
export type WindowPlan = {
  /** Reading goes by position: the newest window first. */
  readonly position: number;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly expectedCount: number;
};

export type WindowRead = {
  /** UTC milliseconds. */
  readonly readAt: number;
  readonly voucherCount: number;
  /** What it took Tally. */
  readonly milliseconds: number;
};

/** One that is not read yet has nulls. */
export type WindowRow = WindowPlan & { readonly [K in keyof WindowRead]: WindowRead[K] | null };

/** A new plan, in place of the one before. */
export function replaceWindows(tx: WriteTx, windows: readonly WindowPlan[]): void {
  tx.sqlite.prepare('delete from tally_windows').run();
  const insert = tx.sqlite.prepare<WindowPlan>(
    `insert into tally_windows (position, from_day, to_day, expected_count)
     values (@position, @fromDay, @toDay, @expectedCount)`,
  );
  for (const { position, fromDay, toDay, expectedCount } of windows) {
    insert.run({ position, fromDay, toDay, expectedCount });
  }
}

/** By position. */
export function windowRows(tx: ReadTx): readonly WindowRow[] {
  return tx.sqlite
    .prepare<[], WindowRow>(
      `select position, from_day as fromDay, to_day as toDay, expected_count as expectedCount, read_at as readAt,
              voucher_count as voucherCount, milliseconds
         from tally_windows order by position`,
    )
    .all();
}

/** Says that a window was read whole. */
export function markWindow(tx: WriteTx, position: number, read: WindowRead): void {
  const { changes } = tx.sqlite
    .prepare<WindowRead & { position: number }>(
      `update tally_windows set read_at = @readAt, voucher_count = @voucherCount, milliseconds = @milliseconds
        where position = @position`,
    )
    .run({ ...read, position });
  if (changes === 0) throw new Error(`No window at position ${position}.`);
}
