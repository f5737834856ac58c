import type { CustomerFace } from '#domain/customer-groups.ts';
import type { ReadTx } from './database.ts';

/** Of every customer what he is known and put together by. */
export function customerFaces(tx: ReadTx): readonly CustomerFace[] {
  return tx.sqlite
    .prepare<[], CustomerFace>(
      `select id as customerId, name, code, parent_id as parentId, salesperson, territory, group_path as groupPath
         from customers order by id`,
    )
    .all();
}
