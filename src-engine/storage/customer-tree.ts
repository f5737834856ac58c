import type { CustomerFacts } from './customers.ts';
import type { ReadTx } from './database.ts';

/** The ids of a customer's payer, that payer's own payer and so on, nearest first. */
export function payersOf(tx: ReadTx, customerId: number): readonly number[] {
  return tx.sqlite
    .prepare<[number], number>(
      `with recursive payers (id, depth) as (
         select parent_id, 1 from customers where id = ? and parent_id is not null
         union
         select parent_id, depth + 1 from customers join payers on customers.id = payers.id
          where parent_id is not null and depth < 100)
       select id from payers order by depth`,
    )
    .pluck()
    .all(customerId);
}

/** How many levels of customers stand below one: 0 = he pays for nobody. */
export function levelsBelow(tx: ReadTx, customerId: number): number {
  const levels = tx.sqlite
    .prepare<[number], number>(
      `with recursive below (id, depth) as (
         select id, 1 from customers where parent_id = ?
         union
         select customers.id, depth + 1 from customers join below on customers.parent_id = below.id
          where depth < 100)
       select coalesce(max(depth), 0) from below`,
    )
    .pluck()
    .get(customerId);
  return levels ?? 0;
}

/** Those whom a customer pays for, by name. */
export function childrenOf(
  tx: ReadTx,
  customerId: number,
): readonly Pick<CustomerFacts, 'customerId' | 'name'>[] {
  return tx.sqlite
    .prepare<[number], Pick<CustomerFacts, 'customerId' | 'name'>>(
      'select id as customerId, name from customers where parent_id = ? order by name_key, id',
    )
    .all(customerId);
}
