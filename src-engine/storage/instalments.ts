import type { InstalmentChange } from '#domain/bills.ts';
import type { Instalment } from '#domain/ledger.ts';
import type { ReadTx, WriteTx } from './database.ts';

/** A bill's instalments in order of due day; none for a bill due in one sum. */
export function instalmentsOfBill(tx: ReadTx, billId: number): readonly Instalment[] {
  return tx.sqlite
    .prepare<[number], Instalment>(
      `select id as instalmentId, position, due_day as dueDay, amount_paise as amountPaise
         from instalments where bill_id = ? order by due_day, position`,
    )
    .all(billId);
}

/** Rows that stay keep their ids, so that allocations that name them still do. */
export function writeInstalments(tx: WriteTx, billId: number, change: InstalmentChange): void {
  const { kept, added, removedIds } = change;
  const remove = tx.sqlite.prepare('delete from instalments where id = ?');
  for (const instalmentId of removedIds) remove.run(instalmentId);
  // Positions are unique at every moment, also while rows change places: first all of them move out of the way.
  tx.sqlite.prepare('update instalments set position = position + 100000 where bill_id = ?').run(billId);
  const update = tx.sqlite.prepare(
    `update instalments set position = @position, due_day = @dueDay, amount_paise = @amountPaise,
            foreign_minor = @foreignMinor where id = @instalmentId`,
  );
  for (const one of kept) update.run(one);
  const insert = tx.sqlite.prepare(
    `insert into instalments (bill_id, position, due_day, amount_paise, foreign_minor)
     values (@billId, @position, @dueDay, @amountPaise, @foreignMinor)`,
  );
  for (const { position, dueDay, amountPaise, foreignMinor } of added) {
    insert.run({ billId, position, dueDay, amountPaise, foreignMinor });
  }
}
