import type { Paise } from '#domain/money.ts';
import type { ReadTx, WriteTx } from './database.ts';

/** A party of the last tie-out that differs; whoever is not here ties out. */
export type DifferenceRow = {
  readonly ledgerId: number;
  /** Tally's balance less the book's. */
  readonly differencePaise: Paise;
  /** Bills that are not the same here and there. */
  readonly billCount: number;
  /** Most likely first; which words there are is the contract's. */
  readonly causes: readonly string[];
};

/** What a tie-out found, in place of the one before; or only of one ledger. */
export function replaceDifferences(
  tx: WriteTx,
  rows: readonly DifferenceRow[],
  only: { readonly ledgerId: number } | 'all' = 'all',
): void {
  if (only === 'all') tx.sqlite.prepare('delete from tally_differences').run();
  else tx.sqlite.prepare('delete from tally_differences where ledger_id = ?').run(only.ledgerId);
  const insert = tx.sqlite.prepare(
    `insert into tally_differences (ledger_id, difference_paise, bill_count, causes_json)
     values (@ledgerId, @differencePaise, @billCount, @causesJson)`,
  );
  for (const { ledgerId, differencePaise, billCount, causes } of rows) {
    insert.run({ ledgerId, differencePaise, billCount, causesJson: JSON.stringify(causes) });
  }
}

const COLUMNS = `ledger_id as ledgerId, difference_paise as differencePaise, bill_count as billCount,
  causes_json as causesJson`;

type Stored = Omit<DifferenceRow, 'causes'> & { readonly causesJson: string };

/** By ledger. */
export function differenceRows(tx: ReadTx): readonly DifferenceRow[] {
  return tx.sqlite
    .prepare<[], Stored>(`select ${COLUMNS} from tally_differences order by ledger_id`)
    .all()
    .map(rowOf);
}

/** Null: the party ties out. */
export function differenceOf(tx: ReadTx, ledgerId: number): DifferenceRow | null {
  const row = tx.sqlite
    .prepare<[number], Stored>(`select ${COLUMNS} from tally_differences where ledger_id = ?`)
    .get(ledgerId);
  return row ? rowOf(row) : null;
}

function rowOf({ causesJson, ...row }: Stored): DifferenceRow {
  const causes: unknown = JSON.parse(causesJson);
  return { ...row, causes: Array.isArray(causes) ? causes.map(String) : [] };
}
