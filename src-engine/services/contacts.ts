import { tidyReach } from '#domain/customers.ts';
import { ok, refuse, type Refusal, type Result } from '#domain/result.ts';
import {
  contactById,
  insertContact,
  setContactRemoved,
  updateContact,
  type ContactFacts,
  type ContactRow,
} from '../storage/contacts.ts';
import { customerById } from '../storage/customers.ts';
import type { WriteTx } from '../storage/database.ts';
import { fieldChanges, insertEdits, type FieldChange } from '../storage/edits.ts';
import { customerGone } from './customers/save.ts';
import { bookDoor, refused, type BookContext } from './door.ts';

type Saved = { readonly contactId: number; readonly warnings: Refusal[] };
type ContactAt = { readonly contactId: number; readonly customerId: number; readonly now: number };

const save = bookDoor.contacts.save.handler(({ context, input: { contactId, customerId, ...wish } }) => {
  const { phone, warnings } = tidyReach(wish);
  const facts = { ...wish, phone, email: wish.email === '' ? null : wish.email };
  const now = context.now();
  const made = context.db.write((tx): Result<Saved> => {
    if (!customerById(tx, customerId)) return customerGone();
    if (facts.name === '' && facts.phone === null && facts.email === null) return contactEmpty();
    if (contactId === undefined) {
      const id = insertContact(tx, { ...facts, customerId, createdAt: now });
      keep(tx, { contactId: id, customerId, now }, [
        { field: 'contact', before: null, after: inWords(facts) },
      ]);
      return ok({ contactId: id, warnings: [...warnings] });
    }
    const before = contactById(tx, contactId);
    if (before?.customerId !== customerId) return contactGone();
    const { role, name, phone: phoneBefore, email } = before;
    keep(
      tx,
      { contactId, customerId, now },
      fieldChanges<ContactFacts>({ role, name, phone: phoneBefore, email }, facts),
    );
    updateContact(tx, contactId, facts);
    return ok({ contactId, warnings: [...warnings] });
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed('contacts', 'customers');
  return made.value;
});

const remove = bookDoor.contacts.remove.handler(({ context, input: { contactId } }) => {
  putAway(context, contactId, context.now());
  return {};
});

const restore = bookDoor.contacts.restore.handler(({ context, input: { contactId } }) => {
  putAway(context, contactId, null);
  return {};
});

/** Removes a contact at an instant, or brings him back; to do what is done already changes nothing. */
function putAway(context: BookContext, contactId: number, removedAt: number | null): void {
  const now = context.now();
  const made = context.db.write((tx): Result<null> => {
    const contact = contactById(tx, contactId);
    if (!contact) return contactGone();
    if ((contact.removedAt === null) === (removedAt === null)) return ok(null);
    setContactRemoved(tx, contactId, removedAt);
    const words = inWords(contact);
    const change = removedAt === null ? { before: null, after: words } : { before: words, after: null };
    keep(tx, { contactId, customerId: contact.customerId, now }, [{ field: 'contact', ...change }]);
    return ok(null);
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed('contacts', 'customers');
}

function keep(tx: WriteTx, { contactId, customerId, now }: ContactAt, changes: readonly FieldChange[]): void {
  const of = { noun: 'contact', rowId: contactId, customerId, editedAt: now, importBatchId: null } as const;
  insertEdits(tx, of, changes);
}

/** A contact in one line, e.g. 'Ravi, +91 98765 43210'. */
function inWords({ name, phone, email }: Pick<ContactRow, 'name' | 'phone' | 'email'>): string {
  return [name, phone, email].filter((part) => part !== null && part !== '').join(', ');
}

function contactGone(): ReturnType<typeof refuse> {
  return refuse('contact-gone', 'This contact is no longer in the book.');
}

function contactEmpty(): ReturnType<typeof refuse> {
  const sentence = 'A contact needs a name, a phone number or an e-mail address.';
  return refuse('contact-empty', sentence, { field: 'name' });
}

export const contacts = { save, remove, restore };
