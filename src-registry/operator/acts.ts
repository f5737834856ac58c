import { addDays } from '#domain/days.ts';
import { PROBATION_DAYS } from '#domain/registry/visibility.ts';
import type { Identifier } from '#domain/registry/subjects.ts';
import { releaseHeld } from '../batches/release-held.ts';
import { keyOfToken } from '../ids.ts';
import { openedMember, sealedMember } from '../members/contacts.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { lockMember, revokeDevices } from '../store/devices.ts';
import { addChange } from '../store/feed.ts';
import { memberNoOfPan, memberOf, setStatus, takePan, type MemberRow } from '../store/members.ts';
import {
  addAct,
  setAdmitted,
  setRestored,
  setVoid,
  spoilSummariesOf,
  unregisterContact,
  type Act,
} from '../store/operator.ts';

// What whoever runs the registry does: no call of the wire does any of it (docs/registry.md 9).

/** What he asked for makes no sense as things stand; told to him as it is. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

async function known(tx: Tx, memberNo: number): Promise<MemberRow> {
  const member = await memberOf(tx, memberNo);
  if (member === null) throw new OperatorError('There is no such member.');
  if (member.void_on !== null)
    throw new OperatorError('The PAN was taken from this member. It can only join anew.');
  return member;
}

/**
 * Lets a member in who waits: the operator has looked the GSTIN up and called the mobile that the tax portal shows. One whom
 * he knows is spared the probation; that can be said later, too.
 */
export async function admit(
  registry: Registry,
  memberNo: number,
  { isKnown }: { readonly isKnown: boolean },
): Promise<void> {
  const { store, today } = registry;
  const before = await known(store, memberNo);
  const isWaiting = before.status === 'pending';
  if (!isWaiting && !(isKnown && before.status === 'probation'))
    throw new OperatorError(`This member does not wait to be admitted: it is ${before.status}.`);
  const { contact, applied } = await openedMember(registry, before);
  const sealed = await sealedMember(registry, memberNo, contact);
  const [token] =
    applied === null ? [] : await registry.blinder.blind([{ kind: 'gstin', value: applied.gstin }]);
  await store.transaction(async (tx) => {
    await lockMember(tx, memberNo);
    const now = await known(tx, memberNo);
    if (now.status !== before.status || !now.contact_ct.equals(before.contact_ct))
      throw new OperatorError('Something has changed just now. Look again.');
    if (!(await takePan(tx, now.pan_key, memberNo)) && (await memberNoOfPan(tx, now.pan_key)) !== memberNo)
      throw new OperatorError(
        'Another member has this PAN. If it is not the owner’s, release it there first.',
      );
    await setAdmitted(tx, {
      memberNo,
      gstinKey: token ? keyOfToken(token) : now.gstin_key,
      legalName: applied?.legal_name ?? now.legal_name,
      contact: sealed,
      status: isKnown ? 'active' : 'probation',
      probationUntil: isKnown ? today() : addDays(today(), PROBATION_DAYS),
      today: today(),
    });
    await note(registry, tx, { memberNo, what: isKnown ? 'admitted-known' : 'admitted' });
  });
}

/** He may read, settle and answer; what he reported is hidden, and his word about contacts counts nothing. */
export async function suspend(registry: Registry, memberNo: number): Promise<void> {
  await registry.store.transaction(async (tx) => {
    await lockMember(tx, memberNo);
    const member = await known(tx, memberNo);
    if (member.status === 'suspended') throw new OperatorError('This member is suspended already.');
    await setStatus(tx, memberNo, 'suspended');
    await spoilSummariesOf(tx, memberNo);
    await note(registry, tx, { memberNo, what: 'suspended' });
  });
}

/** Ends a suspension, and the holding of what he newly says; dues that were held go their way, notice first. */
export async function restore(registry: Registry, memberNo: number): Promise<void> {
  await registry.store.transaction(async (tx) => {
    await lockMember(tx, memberNo);
    const member = await known(tx, memberNo);
    if (member.status !== 'suspended' && member.stopped_on === null)
      throw new OperatorError('This member is not suspended, and nothing of it is held.');
    await setRestored(tx, memberNo);
    await spoilSummariesOf(tx, memberNo);
    await note(registry, tx, { memberNo, what: 'restored' });
  });
  await releaseHeld(registry, memberNo);
}

/** Somebody took another's PAN: he is out with all that he said, and the owner can join. */
export async function releasePan(registry: Registry, memberNo: number): Promise<void> {
  const { store, today, now } = registry;
  const before = await known(store, memberNo);
  const { contact } = await openedMember(registry, before);
  const sealed = await sealedMember(registry, memberNo, contact);
  await store.transaction(async (tx) => {
    await lockMember(tx, memberNo);
    const { pan_key: panKey } = await known(tx, memberNo);
    await setVoid(tx, { memberNo, panKey, today: today(), contact: sealed });
    await revokeDevices(tx, { memberNo, at: now() });
    await spoilSummariesOf(tx, memberNo);
    await note(registry, tx, { memberNo, what: 'pan-released' });
  });
}

export type Forgetting = {
  readonly identifier: Identifier;
  /** A mobile as +91… or a mail address. */
  readonly contact: string;
};

/** The contact decides nothing for this subject any more, until it is believed anew. False where it did not before. */
export async function forgetContact(registry: Registry, of: Forgetting): Promise<boolean> {
  const [token = null] = await registry.blinder.blind([of.identifier]);
  if (token === null) throw new OperatorError('This is no PAN, GSTIN or mobile.');
  const key = keyOfToken(token);
  const contactKey = registry.contacts.keyOf(of.contact);
  return await registry.store.transaction(async (tx) => {
    const was = await unregisterContact(tx, { subjectKey: key, contactKey });
    if (was) await note(registry, tx, { memberNo: null, what: 'contact-forgotten' });
    return was;
  });
}

type Noted = { readonly memberNo: number | null; readonly what: Act };

/** His machines hear of it when they next ask. */
export async function note(registry: Registry, tx: Tx, { memberNo, what }: Noted): Promise<void> {
  const at = registry.now();
  await addAct(tx, { id: registry.newId(), at, what, memberNo });
  if (memberNo !== null)
    await addChange(tx, { memberNo, at, change: { type: 'policy.changed', note: what } });
  registry.log(`operator.${what}`);
}
