import { addDays } from '#domain/days.ts';
import { ENTITY_KEEP_DAYS, LEFT_CONTACT_KEEP_DAYS } from '#domain/registry/visibility.ts';
import { sealKeyOfMember } from '../members/contacts.ts';
import type { Registry } from '../registry.ts';
import { dropIdleKeys, idleKeys, keepKeys, usedKeys } from '../store/contact-vault.ts';
import { dropLeftContacts, leftMembers } from '../store/left-members.ts';
import { dropEntities, keepEntities, keysInUse, oldEntities } from '../store/subject-entities.ts';

// What is kept of subjects beside what is said of them goes once nothing is said any more, and of members once they have
// left. Each gives how many it looked at.

/** A key is made before what is sealed with it is written down. */
const KEY_IDLE_DAYS = 2;

export async function forgetEntities({ store, today }: Registry, most: number): Promise<number> {
  const until = addDays(today(), -ENTITY_KEEP_DAYS);
  return await store.transaction(async (tx) => {
    const old = await oldEntities(tx, { until, most });
    const used = new Set((await keysInUse(tx, old)).map((key) => key.toString('hex')));
    const isUsed = (key: Buffer): boolean => used.has(key.toString('hex'));
    await keepEntities(tx, old.filter(isUsed), today());
    await dropEntities(
      tx,
      old.filter((key) => !isUsed(key)),
      until,
    );
    return old.length;
  });
}

export async function forgetIdleKeys({ store, today }: Registry, most: number): Promise<number> {
  const until = addDays(today(), -KEY_IDLE_DAYS);
  return await store.transaction(async (tx) => {
    const keys = await idleKeys(tx, { until, most });
    const used = await usedKeys(tx, keys);
    await keepKeys(tx, used, until);
    await dropIdleKeys(tx, keys, until);
    return keys.length;
  });
}

/** How a member was reached who left. */
export async function forgetLeft({ store, contacts, today }: Registry, most: number): Promise<number> {
  const until = addDays(today(), -LEFT_CONTACT_KEEP_DAYS);
  const left = await leftMembers(store, { until, most });
  for (const memberNo of await dropLeftContacts(store, left, until))
    await contacts.forget(sealKeyOfMember(memberNo));
  return left.length;
}
