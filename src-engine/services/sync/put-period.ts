import type { Day } from '#domain/days.ts';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import { tallyNameKey } from '#domain/tally/groups.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { connectionRow } from '../../storage/tally-connection.ts';
import { ledgerRows } from '../../storage/tally-masters.ts';
import { forgetVouchers, marksOf, putVouchers } from '../../storage/tally-vouchers.ts';

export type PeriodRead = {
  readonly from: Day;
  readonly to: Day;
  /** All vouchers of the period. */
  readonly vouchers: readonly TallyVoucher[];
};

/** The vouchers of a period in place of what the mirror had of it; answers the ledgers that they touch. */
export function putPeriod(tx: WriteTx, { from, to, vouchers }: PeriodRead): ReadonlySet<number> {
  const companyGuid = connectionRow(tx)?.companyGuid;
  if (companyGuid === undefined) throw new Error('This book is not tied to a Tally.');
  const read = new Set(vouchers.map((voucher) => voucher.guid));
  const gone = [...marksOf(tx, { from, to, companyGuid })].filter(([guid]) => !read.has(guid));
  const touched = new Set(
    forgetVouchers(
      tx,
      gone.map(([, mark]) => mark.id),
    ),
  );
  const { ledgerIds } = putVouchers(tx, vouchers, { companyGuid, ledgerIdOf: ledgerIdsByName(tx) });
  for (const ledgerId of ledgerIds) touched.add(ledgerId);
  return touched;
}

/** Ledgers that are kept, by the name they bore when the masters were read. */
export function ledgerIdsByName(tx: ReadTx): (name: string) => number | null {
  const ids = new Map(
    ledgerRows(tx)
      .filter((row) => row.goneAt === null)
      .map((row) => [row.nameKey, row.ledgerId]),
  );
  return (name) => ids.get(tallyNameKey(name)) ?? null;
}
