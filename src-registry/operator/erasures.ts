import { shredItems } from '../batches/shred-items.ts';
import { withdrawIfOpen } from '../consents/answering.ts';
import { forgetArtefact } from '../consents/forget-artefact.ts';
import { deliver } from '../notices/deliver.ts';
import { erasedWords, erasureRefusedWords, type ErasureWish } from '../notices/erasure-texts.ts';
import type { Lang, Words } from '../notices/texts.ts';
import type { Notified } from '../notifier/notifier.ts';
import type { Registry } from '../registry.ts';
import { consentsOfSubject } from '../store/consents.ts';
import type { Tx } from '../store/database.ts';
import { eraseDues, type DueKeyRow } from '../store/erase-dues.ts';
import {
  closeErased,
  closeRefused,
  dropContactsOf,
  dropKeptOf,
  erasureOf,
  isPersonsKey,
  lockedDuesOf,
  setErased,
  standingUnder,
  type ErasableDue,
  type ErasureRow,
  type RefusalCode,
} from '../store/erasures.ts';
import { addChange } from '../store/feed.ts';
import { dropConsentsOf } from '../store/purges.ts';
import { note, OperatorError } from './acts.ts';

// What a debtor asked to be erased is erased, or he is told why not. Looks at him, what became of his objections and the hashes
// in the log stay their time: they prove what was done, and name nobody.

async function open(registry: Registry, requestId: string): Promise<ErasureRow> {
  const row = await erasureOf(registry.store, requestId);
  if (row === null) throw new OperatorError('There is no such request.');
  if (row.closed_at !== null) throw new OperatorError('This request is answered already.');
  return row;
}

type Carrying = { readonly requestId: string; readonly isChecked: boolean };

/**
 * Erases in one step, tells the debtor, and erases last how he is reached: cut off between, the same command goes on. Gives
 * the lines to say.
 */
export async function carryOut(
  registry: Registry,
  { requestId, isChecked }: Carrying,
): Promise<readonly string[]> {
  const row = await open(registry, requestId);
  const { subject_key: subjectKey } = row;
  if (!row.is_whole && !isChecked)
    throw new OperatorError(
      'This was asked from a number that is not known as the debtor’s own. Make sure who asked, then add --checked.',
    );
  const count = row.outcome === 'erased' ? 0 : await eraseNow(registry, subjectKey);
  const outcome = await tell(registry, subjectKey, erasedWords);
  if (outcome === 'failed')
    throw new OperatorError(
      `${count} dues are erased. The debtor could not be told just now: say the same again later.`,
    );
  const isAllGone = await registry.store.transaction(async (tx) => {
    // What is still said of him he is to hear of.
    const isAll = (await standingUnder(tx, subjectKey)).dues === 0;
    if (isAll) await dropContactsOf(tx, subjectKey);
    await closeErased(tx, subjectKey, registry.now());
    return isAll;
  });
  return [
    `${count} dues are erased${isAllGone ? ', and how the debtor is reached' : '; others that need no consent of his stand'}.`,
    outcome === 'sent' ? 'The debtor was told.' : 'There was no way to tell the debtor.',
  ];
}

/** How many dues went. */
async function eraseNow(registry: Registry, subjectKey: Buffer): Promise<number> {
  const isPerson = await isPersonsKey(registry.store, subjectKey);
  // Whoever reported him may not do it again: it rests on a consent that is over.
  if (isPerson !== false) await withdrawPublications(registry, subjectKey);
  return await registry.store.transaction(async (tx) => {
    const dues = await lockedDuesOf(tx, subjectKey);
    const going = erasable(dues, isPerson);
    if (going === null)
      throw new OperatorError(
        'This is a company, and no due of it rests on a consent that was taken back. See refuse-erasure.',
      );
    await shredItems(tx, await eraseDues(tx, going));
    for (const artefact of await dropConsentsOf(tx, { subjectKey, now: registry.now() }))
      await forgetArtefact(tx, artefact);
    await dropKeptOf(tx, subjectKey);
    await tellMembers(registry, tx, going);
    await setErased(tx, subjectKey);
    await note(registry, tx, { memberNo: null, what: 'erased' });
    return going.length;
  });
}

/** All that is said of a natural person; of a company what he allowed and took back. Null where nothing of it may go. */
function erasable(dues: readonly ErasableDue[], isPerson: boolean | null): readonly ErasableDue[] | null {
  const isOwnOnly = isPerson ?? dues.every(({ entity }) => entity === 'P' || entity === 'unknown');
  if (isOwnOnly) return dues;
  const withdrawn = dues.filter(({ is_withdrawn }) => is_withdrawn);
  return withdrawn.length === 0 ? null : withdrawn;
}

async function withdrawPublications(registry: Registry, subjectKey: Buffer): Promise<void> {
  const standing = (await consentsOfSubject(registry.store, subjectKey)).filter(
    ({ purpose, state }) =>
      purpose === 'TC02' && (state === 'sent' || state === 'held' || state === 'granted'),
  );
  for (const { member_no, consent_id } of standing) await withdrawIfOpen(registry, member_no, consent_id);
}

/** In the order of members, so that two never wait for each other's counters. */
async function tellMembers(registry: Registry, tx: Tx, dues: readonly DueKeyRow[]): Promise<void> {
  for (const { member_no: memberNo, due_ref } of dues)
    await addChange(tx, {
      memberNo,
      at: registry.now(),
      change: {
        type: 'due.visibility',
        due_ref: due_ref.toString('base64url'),
        visibility: 'gone',
        visible_from: null,
        note: 'erased',
      },
    });
}

async function tell(
  registry: Registry,
  subjectKey: Buffer,
  words: (wish: ErasureWish) => Words,
): Promise<Notified> {
  const { name: registryName, publicUrl } = registry;
  const wordsIn = (lang: Lang): Words => words({ registryName, url: `${publicUrl}/login`, lang });
  return (await deliver(registry, { subjectKey, kind: 'erasure', wordsIn })).outcome;
}

type Refusing = { readonly requestId: string; readonly code: RefusalCode };

/** Nothing is erased, and the debtor is told why. Gives the lines to say. */
export async function refuseErasure(
  registry: Registry,
  { requestId, code }: Refusing,
): Promise<readonly string[]> {
  const { subject_key: subjectKey, outcome: before } = await open(registry, requestId);
  if (before === 'erased')
    throw new OperatorError('It is erased already; only the debtor was not told. See erase.');
  if (code === 'still-owed-company' && (await isPersonsKey(registry.store, subjectKey)) === true)
    throw new OperatorError('This is a natural person and no company.');
  await registry.store.transaction(async (tx) => {
    const at = registry.now();
    if (!(await closeRefused(tx, { subjectKey, requestId, outcome: code, at })))
      throw new OperatorError('This request is answered already.');
    await note(registry, tx, { memberNo: null, what: 'erasure-refused' });
  });
  const outcome = await tell(registry, subjectKey, (wish) => erasureRefusedWords(code, wish));
  return [
    `The request is refused: ${code}.`,
    outcome === 'sent' ? 'The debtor was told.' : 'The debtor could not be told: call or write to him.',
  ];
}
