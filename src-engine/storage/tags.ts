import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';

const own = oncePrepared((sqlite) =>
  sqlite
    .prepare<[number], string>(
      'select tag from customer_tags where customer_id = ? order by tag collate nocase, tag',
    )
    .pluck(),
);

/** The tags of one customer, by name. */
export function tagsOf(tx: ReadTx, customerId: number): readonly string[] {
  return own(tx).all(customerId);
}

/** The tags of every customer who has any. */
export function tagsByCustomer(tx: ReadTx): ReadonlyMap<number, readonly string[]> {
  const rows = tx.sqlite
    .prepare<[], { readonly customerId: number; readonly tag: string }>(
      'select customer_id as customerId, tag from customer_tags order by customer_id, tag collate nocase, tag',
    )
    .all();
  const byCustomer = Map.groupBy(rows, (row) => row.customerId);
  return new Map([...byCustomer].map(([customerId, own]) => [customerId, own.map(({ tag }) => tag)]));
}

/** Every tag that is on a customer, by name. */
export function knownTags(tx: ReadTx): readonly string[] {
  return tx.sqlite
    .prepare<[], string>('select distinct tag from customer_tags order by tag collate nocase, tag')
    .pluck()
    .all();
}

export type TagWriter = {
  /** Whether the customer did not bear the tag before; customers who are not in the book are passed over. */
  readonly put: (customerId: number, tag: string) => boolean;
  readonly take: (customerId: number, tag: string) => boolean;
};

/** Statements prepared once for many customers. A tag is the same in any case: “VIP” is taken off by “vip”. */
export function tagWriter(tx: WriteTx): TagWriter {
  const put = tx.sqlite.prepare<{ customerId: number; tag: string }>(
    `insert into customer_tags (customer_id, tag)
     select id, @tag from customers where id = @customerId
        and not exists (select 1 from customer_tags where customer_id = @customerId and tag = @tag collate nocase)`,
  );
  const take = tx.sqlite.prepare<{ customerId: number; tag: string }>(
    'delete from customer_tags where customer_id = @customerId and tag = @tag collate nocase',
  );
  return {
    put: (customerId, tag) => put.run({ customerId, tag }).changes > 0,
    take: (customerId, tag) => take.run({ customerId, tag }).changes > 0,
  };
}
