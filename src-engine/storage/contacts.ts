import { and, eq, isNull } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { contacts } from './schema-by-hand.ts';

export type ContactRow = typeof contacts.$inferSelect;
export type NewContact = Omit<typeof contacts.$inferInsert, 'id' | 'removedAt'>;
export type ContactFacts = Pick<ContactRow, 'role' | 'name' | 'phone' | 'email'>;

/** Those who are not removed, in the order in which they were added. */
export function contactsOf(tx: ReadTx, customerId: number): readonly ContactRow[] {
  return tx.orm
    .select()
    .from(contacts)
    .where(and(eq(contacts.customerId, customerId), isNull(contacts.removedAt)))
    .orderBy(contacts.id)
    .all();
}

export function contactById(tx: ReadTx, contactId: number): ContactRow | undefined {
  return tx.orm.select().from(contacts).where(eq(contacts.id, contactId)).get();
}

export function insertContact(tx: WriteTx, facts: NewContact): number {
  return tx.orm.insert(contacts).values(facts).returning({ id: contacts.id }).get().id;
}

export function updateContact(tx: WriteTx, contactId: number, facts: ContactFacts): void {
  tx.orm.update(contacts).set(facts).where(eq(contacts.id, contactId)).run();
}

/** Null brings a removed contact back. */
export function setContactRemoved(tx: WriteTx, contactId: number, removedAt: number | null): void {
  tx.orm.update(contacts).set({ removedAt }).where(eq(contacts.id, contactId)).run();
}
