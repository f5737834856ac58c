import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';

/** Which process may send from this book, and the place it sends from. `until` is UTC milliseconds. */
export type LeaseRow = {
  readonly owner: string;
  readonly ownerName: string;
  readonly until: number;
  readonly home: string;
};

const lease = oncePrepared((sqlite) =>
  sqlite.prepare<[], LeaseRow>('select owner, owner_name as ownerName, until, home from outbox_lease'),
);

/** Undefined: nobody has ever sent from this book. */
export function leaseRow(tx: ReadTx): LeaseRow | undefined {
  return lease(tx).get();
}

export function putLease(tx: WriteTx, row: LeaseRow): void {
  tx.sqlite
    .prepare<LeaseRow>(
      `insert into outbox_lease (id, owner, owner_name, until, home) values (1, @owner, @ownerName, @until, @home)
       on conflict (id) do update set owner = excluded.owner, owner_name = excluded.owner_name,
         until = excluded.until, home = excluded.home`,
    )
    .run(row);
}
