import type { InferSelectModel } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { registryBatches } from './schema-registry.ts';
import { oncePrepared, rowInserter, rowPatcher, rowReader } from './statements.ts';

export type BatchRow = InferSelectModel<typeof registryBatches>;
export type NewBatch = typeof registryBatches.$inferInsert;

/** Which due stands at which place, with the rev that was frozen. */
export type BatchDues = readonly (readonly [dueId: number, rev: number])[];

const open = rowReader(registryBatches, `where state in ('frozen', 'sending') order by seq limit 1`);

/** The one that is on its way: there is no second before its receipt is here. */
export function openBatch(tx: ReadTx): BatchRow | undefined {
  return open(tx)[0];
}

const add = rowInserter<NewBatch>(registryBatches);

export function insertBatch(tx: WriteTx, batch: NewBatch): void {
  if (add(tx, batch) === null) throw new Error('A batch with this id is there already.');
}

export const patchBatch: (tx: WriteTx, id: number, fields: Partial<NewBatch>) => number =
  rowPatcher<Partial<NewBatch>>(registryBatches);

/** A new epoch makes what was frozen before worth nothing: its dues are stated anew. */
export function dropOpenBatches(tx: WriteTx): void {
  tx.sqlite.prepare(`delete from registry_batches where state in ('frozen', 'sending')`).run();
}

const received = rowReader<typeof registryBatches, [number]>(
  registryBatches,
  `where state = 'received' order by id limit 1 offset ?`,
);

const receivedCount = oncePrepared((sqlite) =>
  sqlite.prepare<[], number>(`select count(*) from registry_batches where state = 'received'`).pluck(),
);

/** One of those with a receipt, chosen by whoever chooses; undefined while there is none. */
export function anyReceived(tx: ReadTx, below: (end: number) => number): BatchRow | undefined {
  const count = receivedCount(tx).get() ?? 0;
  return count === 0 ? undefined : received(tx, below(count))[0];
}

export function duesOf(batch: Pick<BatchRow, 'dues'>): BatchDues {
  const list: unknown = JSON.parse(batch.dues);
  if (!Array.isArray(list)) throw new Error('A batch does not say what is in it.');
  return list.map((one: unknown) => pairOf(one));
}

function pairOf(one: unknown): readonly [number, number] {
  if (!Array.isArray(one) || typeof one[0] !== 'number' || typeof one[1] !== 'number')
    throw new Error('A batch does not say what is in it.');
  return [one[0], one[1]];
}
