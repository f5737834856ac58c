import { and, eq, isNull } from 'drizzle-orm';
import type { CadenceScope } from '#domain/reminders/words.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { cadenceAssignments, cadences } from './schema-reminders.ts';
import { rowReader } from './statements.ts';

export type CadenceRow = typeof cadences.$inferSelect;
export type CadenceWords = Omit<typeof cadences.$inferInsert, 'id' | 'createdAt' | 'removedAt'>;
export type AssignmentRow = typeof cadenceAssignments.$inferSelect;

const everyCadence = rowReader(cadences, 'where removed_at is null order by id');
const everyAssignment = rowReader(cadenceAssignments, 'where removed_at is null order by id');

/** Those that are not removed, in the order in which they were added. */
export function cadenceRows(tx: ReadTx): readonly CadenceRow[] {
  return everyCadence(tx);
}

/** A removed one too. */
export function cadenceById(tx: ReadTx, cadenceId: number): CadenceRow | undefined {
  return tx.orm.select().from(cadences).where(eq(cadences.id, cadenceId)).get();
}

export function insertCadence(tx: WriteTx, words: CadenceWords & { readonly createdAt: number }): number {
  return tx.orm.insert(cadences).values(words).returning({ id: cadences.id }).get().id;
}

export function updateCadence(tx: WriteTx, cadenceId: number, words: Partial<CadenceWords>): void {
  tx.orm.update(cadences).set(words).where(eq(cadences.id, cadenceId)).run();
}

/** Null brings a removed one back. */
export function setCadenceRemoved(tx: WriteTx, cadenceId: number, removedAt: number | null): void {
  tx.orm.update(cadences).set({ removedAt }).where(eq(cadences.id, cadenceId)).run();
}

/** Those that hold, oldest first. */
export function assignmentRows(tx: ReadTx): readonly AssignmentRow[] {
  return everyAssignment(tx);
}

export type NewAssignment = Pick<AssignmentRow, 'scopeKey' | 'cadenceId' | 'activeFrom' | 'createdAt'> & {
  readonly scope: CadenceScope;
};

/** Puts an assignment in the place of the one that held there. */
export function putAssignment(tx: WriteTx, wish: NewAssignment): number {
  const { scope, scopeKey, createdAt } = wish;
  tx.orm
    .update(cadenceAssignments)
    .set({ removedAt: createdAt })
    .where(
      and(
        eq(cadenceAssignments.scope, scope),
        eq(cadenceAssignments.scopeKey, scopeKey),
        isNull(cadenceAssignments.removedAt),
      ),
    )
    .run();
  return tx.orm.insert(cadenceAssignments).values(wish).returning({ id: cadenceAssignments.id }).get().id;
}

/** Whether there was one that held. */
export function removeAssignment(tx: WriteTx, assignmentId: number, removedAt: number): boolean {
  return (
    tx.orm
      .update(cadenceAssignments)
      .set({ removedAt })
      .where(and(eq(cadenceAssignments.id, assignmentId), isNull(cadenceAssignments.removedAt)))
      .run().changes > 0
  );
}

/** Numbers of some bills, for the names of assignments. */
export function billNumbers(tx: ReadTx, billIds: readonly number[]): ReadonlyMap<number, string> {
  const rows = tx.sqlite
    .prepare<[string], { readonly billId: number; readonly number: string | null }>(
      'select id as billId, number from bills where id in (select value from json_each(?))',
    )
    .all(JSON.stringify(billIds));
  return new Map(rows.map((row) => [row.billId, row.number ?? String(row.billId)]));
}
