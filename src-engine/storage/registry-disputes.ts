import type { InferSelectModel } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { registryDisputes } from './schema-registry.ts';
import { rowPatcher, rowReader } from './statements.ts';

export type DisputeRow = InferSelectModel<typeof registryDisputes>;
export type NewDispute = Omit<typeof registryDisputes.$inferInsert, 'id'>;

const byId = rowReader<typeof registryDisputes, [string]>(registryDisputes, 'where dispute_id = ?');

export function disputeById(tx: ReadTx, disputeId: string): DisputeRow | undefined {
  return byId(tx, disputeId)[0];
}

/** Told twice is told once. */
export function putDispute(tx: WriteTx, dispute: NewDispute): void {
  tx.orm
    .insert(registryDisputes)
    .values(dispute)
    .onConflictDoUpdate({
      target: registryDisputes.disputeId,
      set: { state: dispute.state, answerBy: dispute.answerBy ?? null },
    })
    .run();
}

export const patchDispute: (tx: WriteTx, id: number, fields: Partial<NewDispute>) => number =
  rowPatcher<Partial<NewDispute>>(registryDisputes);

export type DisputeLine = DisputeRow & {
  readonly billId: number | null;
  readonly number: string | null;
  readonly customerName: string | null;
};

/** Those that wait for an answer first, then the newest. */
export function disputeLines(tx: ReadTx): readonly DisputeLine[] {
  return tx.sqlite
    .prepare<[], DisputeLine>(
      `select x.id, x.dispute_id as disputeId, x.due_id as dueId, x.reason, x.state, x.opened_at as openedAt,
              x.answer_by as answerBy, b.id as billId, b.number, c.name as customerName
         from registry_disputes x left join registry_dues d on d.id = x.due_id
         left join bills b on b.id = d.bill_id left join customers c on c.id = b.customer_id
        order by x.state = 'open' desc, x.opened_at desc, x.id desc`,
    )
    .all();
}

/** Those that wait for an answer; a contested one waits for its day. */
export function openDisputeCount(tx: ReadTx): number {
  return Number(
    tx.sqlite.prepare(`select count(*) from registry_disputes where state = 'open'`).pluck().get(),
  );
}
