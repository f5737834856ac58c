import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { registryLooks, registryMembership } from './schema-registry.ts';
import { oncePrepared, rowPatcher, rowReader } from './statements.ts';

export type MembershipRow = InferSelectModel<typeof registryMembership>;
export type NewMembership = InferInsertModel<typeof registryMembership>;

const membershipRows = rowReader(registryMembership, 'where id = 1');

/** Undefined: this book never had to do with a registry. */
export function membershipRow(tx: ReadTx): MembershipRow | undefined {
  return membershipRows(tx)[0];
}

/** A new application takes the place of whatever was before; counters of statements go on, never back. */
export function putMembership(tx: WriteTx, row: Omit<NewMembership, 'id' | 'rev'>): void {
  const rev = membershipRow(tx)?.rev ?? 0;
  tx.sqlite.prepare('delete from registry_membership').run();
  tx.orm
    .insert(registryMembership)
    .values({ ...row, id: 1, rev })
    .run();
}

const patch = rowPatcher<Partial<NewMembership>>(registryMembership);

export function patchMembership(tx: WriteTx, fields: Partial<NewMembership>): void {
  patch(tx, 1, fields);
}

const waiting = oncePrepared((sqlite) =>
  sqlite
    .prepare<[], number>(
      `select (select count(*) from registry_outbox)
            + (select coalesce(sum(item_count), 0) from registry_batches where state in ('frozen', 'sending'))
            + (select count(*) from registry_consents where state = 'queued')`,
    )
    .pluck(),
);

/** What is not with the registry yet. */
export function waitingCount(tx: ReadTx): number {
  return waiting(tx).get() ?? 0;
}

type Look = typeof registryLooks.$inferInsert;

export function addLook(tx: WriteTx, look: Omit<Look, 'id'>): void {
  tx.orm.insert(registryLooks).values(look).run();
}

const lookRows = rowReader(registryLooks, 'order by at desc, id desc limit 1000');

export function looksKept(tx: ReadTx): readonly InferSelectModel<typeof registryLooks>[] {
  return lookRows(tx);
}

/**
 * Another registry knows nothing of what the one before was told: what was published there is no longer told of, and
 * goes to the new one only when the owner publishes it there. The counter of statements goes on.
 */
export function forgetOtherRegistry(tx: WriteTx, now: number): void {
  tx.sqlite
    .prepare<[number]>(
      `update registry_dues set undone_at = coalesce(undone_at, ?), rev = 0, stated = null, subject = '', sent_rev = null,
         sent_at = null, visibility = null, visible_from = null, notice = null, error_code = null, written_off_at = null`,
    )
    .run(now);
  tx.sqlite.exec(`delete from registry_outbox; delete from registry_batches; delete from registry_disputes;
    delete from registry_tokens;
    update registry_consents set state = 'expired' where state in ('queued', 'sent', 'held', 'granted');`);
}

/** Everything that names somebody by a token goes; what was said stays, as the book's own memory. */
export function forgetTokens(tx: WriteTx): void {
  tx.sqlite.exec(`delete from registry_tokens; delete from registry_outbox;
    delete from registry_batches where state in ('frozen', 'sending');
    update registry_batches set body = null;
    update registry_dues set subject = '';
    update registry_consents set subject = null, artefact = null;`);
}
