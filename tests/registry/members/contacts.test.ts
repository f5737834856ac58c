import { randomBytes } from 'node:crypto';
import { contactSeal } from '#registry/notifier/contact-seal.ts';
import { contactOfMember, notifyMember } from '#registry/members/contacts.ts';
import { memberOf } from '#registry/store/members.ts';
import { member } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const subject = (): Uint8Array => new Uint8Array(randomBytes(32));

it('opens what it sealed, and seals the same contact another way each time', async () => {
  const { contacts } = registry.registry;
  const who = subject();
  const [one, other] = [await contacts.seal(who, '+919876543210'), await contacts.seal(who, '+919876543210')];
  expect(Buffer.from(one)).not.toEqual(Buffer.from(other));
  expect(await contacts.open(who, one)).toBe('+919876543210');
  expect(await contacts.open(who, other)).toBe('+919876543210');
});

it('opens nothing that was changed by a bit, or moved to another subject', async () => {
  const { contacts } = registry.registry;
  const [who, another] = [subject(), subject()];
  const sealed = await contacts.seal(who, 'a@example.com');
  await contacts.seal(another, 'b@example.com');
  await expect(contacts.open(another, sealed)).rejects.toThrow();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    await expect(contacts.open(who, changed), `byte ${at}`).rejects.toThrow();
  }
});

it('can open nothing any more once a subject is forgotten, though the sealed bytes are still there', async () => {
  const { contacts } = registry.registry;
  const who = subject();
  const sealed = await contacts.seal(who, 'a@example.com');
  await contacts.forget(who);
  await expect(contacts.open(who, sealed)).rejects.toThrow('forgotten');
  // Nor after the subject is there again.
  await contacts.seal(who, 'new@example.com');
  await expect(contacts.open(who, sealed)).rejects.toThrow();
});

it('can open nothing with the database alone: the key file is another’s', async () => {
  const who = subject();
  const sealed = await registry.registry.contacts.seal(who, 'a@example.com');
  const thief = contactSeal(registry.registry.store, new Uint8Array(32).fill(7), registry.registry.today);
  await expect(thief.open(who, sealed)).rejects.toThrow();
});

it('uses one key where a subject is sealed by many at once', async () => {
  const { contacts } = registry.registry;
  const who = subject();
  const sealed = await Promise.all(Array.from({ length: 8 }, (_one, at) => contacts.seal(who, `c${at}`)));
  const opened = await Promise.all(sealed.map((one) => contacts.open(who, one)));
  expect(opened).toEqual(Array.from({ length: 8 }, (_one, at) => `c${at}`));
});

it('finds equal contacts by a key that nobody can try out without the file', () => {
  const { contacts, store } = registry.registry;
  const other = contactSeal(store, new Uint8Array(32), registry.registry.today);
  expect(contacts.keyOf(' A@Example.com ')).toEqual(contacts.keyOf('a@example.com'));
  expect(contacts.keyOf('a@example.com')).not.toEqual(contacts.keyOf('b@example.com'));
  expect(contacts.keyOf('a@example.com')).not.toEqual(other.keyOf('a@example.com'));
});

it('tells a member in his language, at the contact that he registered', async () => {
  const one = await member(registry, { mobile: '+919812300000', email: 'one@example.com', lang: 'hi' });
  const row = await memberOf(registry.registry.store, one.memberNo);
  if (row === null) throw new Error('no member');
  const contact = { mobile: '+919812300000', email: 'one@example.com' };
  expect(await contactOfMember(registry.registry, row)).toEqual(contact);
  const notice = { kind: 'dispute', template: 'dispute-answer', subject: 'S', text: 'T' } as const;
  expect(await notifyMember(registry.registry, row, notice)).toBe('sent');
  expect(registry.sent.at(-1)).toEqual({ ...notice, to: contact, lang: 'hi' });
});
