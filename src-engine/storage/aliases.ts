import type { ReadTx, WriteTx } from './database.ts';

/** Other names under which files bring a customer, by name key. */
export function aliases(tx: ReadTx): ReadonlyMap<string, number> {
  const rows = tx.sqlite
    .prepare<[], { nameKey: string; customerId: number }>(
      'select name_key as nameKey, customer_id as customerId from customer_aliases',
    )
    .all();
  return new Map(rows.map(({ nameKey, customerId }) => [nameKey, customerId]));
}

/** The user's last word on a name stands. */
export function saveAlias(
  tx: WriteTx,
  alias: { readonly nameKey: string; readonly customerId: number; readonly createdAt: number },
): void {
  tx.sqlite
    .prepare<typeof alias>(
      `insert into customer_aliases (name_key, customer_id, created_at) values (@nameKey, @customerId, @createdAt)
       on conflict (name_key) do update set customer_id = excluded.customer_id, created_at = excluded.created_at
        where customer_id <> excluded.customer_id`,
    )
    .run(alias);
}

/** Forgets the names that one import taught the book; no two imports share an instant. */
export function deleteAliasesOf(tx: WriteTx, createdAt: number): void {
  tx.sqlite.prepare('delete from customer_aliases where created_at = ?').run(createdAt);
}
