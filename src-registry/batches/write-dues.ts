import { isLive, type Written } from '#domain/registry/merge.ts';
import { CONTACTS_OF_MEMBER } from '../consents/contact-words.ts';
import { keyOfToken, tokenOfKey } from '../ids.ts';
import type { Registry } from '../registry.ts';
import { addAliases } from '../store/aliases.ts';
import { COUNTED_EVERY_MS } from '../checks/summaries.ts';
import { hastenSummaries } from '../store/checks.ts';
import { addContacts, keepLastContacts, retryNotices } from '../store/batch-contacts.ts';
import type { Tx } from '../store/database.ts';
import { upsertDues, upsertMemberDues, type EndedDue, type DueWrite } from '../store/dues.ts';
import { freeEvidence } from '../store/evidence.ts';
import type { NewChange } from '../store/feed.ts';
import { takeHeld } from '../store/held-dues.ts';
import { memberOf } from '../store/members.ts';
import { queueNotices, type QueuedNotice } from '../store/notice-queue.ts';
import { closePaidDisputes } from '../store/paid-disputes.ts';
import { subjectDigest } from './entities.ts';
import { bytesOf, type ApplyWish } from './sent-batch.ts';

type WriteWish = ApplyWish & { readonly written: readonly Written[]; readonly isHeld: boolean };

/** What was decided, into every table that it touches. What the member is told besides his receipt. */
export async function writeDues(registry: Registry, tx: Tx, wish: WriteWish): Promise<readonly NewChange[]> {
  const { caller, read, written, at, isHeld } = wish;
  const { memberNo } = caller;
  if (written.length === 0) return [];
  const dues = written.map((one) => dueWrite(one, isHeld));
  const ended = await upsertDues(tx, { memberNo, batchId: read.body.batch_id, at, dues });
  await endDues(registry, tx, wish, ended);
  await upsertMemberDues(tx, { memberNo, at, dues });
  await addAliases(tx, { memberNo, seenOn: registry.today(), aliases: aliasesOf(written) });
  await freeWithdrawn(tx, memberNo, written);
  await writeContacts(registry, tx, wish);
  if (!isHeld) await queueNotices(tx, { memberNo, at, notices: noticesOf(registry, written) });
  const closed = await closedDisputes(registry, tx, wish, ended);
  return [...(isHeld ? heldChanges(written) : []), ...closed];
}

/** Those that were owed until now: what was held is held no longer, and what the debtor was told of he is told the end of. */
async function endDues(
  registry: Registry,
  tx: Tx,
  { caller: { memberNo }, written, at }: WriteWish,
  all: readonly EndedDue[],
): Promise<void> {
  const keyOf = (dueRef: string, subject: string): string => `${dueRef} ${subject}`;
  const over = new Set(
    written.flatMap(({ stated: { due, subject }, before }) =>
      before !== null && isLive(before.state) && !isLive(due.state) ? [keyOf(due.dueRef, subject)] : [],
    ),
  );
  if (over.size === 0) return;
  const ended = all.filter((row) => over.has(keyOf(refIn(row), tokenOfKey(row.subject_key))));
  const held = ended.filter((row) => row.held);
  if (held.length > 0) await takeHeld(tx, memberNo, held.length);
  await hastenSummaries(
    tx,
    ended.map((row) => row.subject_key),
    at - COUNTED_EVERY_MS,
  );
  const told = ended.filter((row) => row.notice_on !== null);
  const notices = [...Map.groupBy(told, (row) => tokenOfKey(row.subject_key))].map(([subject, rows]) => ({
    id: registry.newId(),
    subjectKey: keyOfToken(subject),
    dueRefs: rows.map(refIn),
    kind: 'ended' as const,
  }));
  await queueNotices(tx, { memberNo, at, notices });
}

function refIn({ due_ref }: EndedDue): string {
  return due_ref.toString('base64url');
}

function dueWrite({ stated, before }: Written, isHeld: boolean): DueWrite {
  const { due, subject, ver, at, content } = stated;
  const { pan, gstin, mobile, entity } = due.subject;
  const { state, invoiceDay, dueDay, amountPaise, openPaise, settledDay } = due;
  return {
    ver,
    state,
    entity,
    invoiceDay,
    dueDay,
    amountPaise,
    openPaise,
    settledDay,
    subjectKey: keyOfToken(subject),
    dueRef: bytesOf(due.dueRef),
    evidence: due.evidence.g,
    evidenceHash: due.evidence.h === null ? null : bytesOf(due.evidence.h),
    consentId: due.basis.basis === 'consent' ? due.basis.id : null,
    subject: JSON.stringify({
      pan,
      gstin,
      mobile,
      entity,
    }),
    salt: bytesOf(due.salt),
    itemAt: at,
    content: bytesOf(content),
    judged: isLive(state) ? subjectDigest(due.subject) : null,
    isHeld: isHeld && before === null && state !== 'withdrawn',
  };
}

/** Dues that were not there before, and are to be told of. */
function newOnes(written: readonly Written[]): readonly Written[] {
  return written.filter(({ stated, before }) => before === null && stated.due.state !== 'withdrawn');
}

function aliasesOf(
  written: readonly Written[],
): { readonly otherKey: Buffer; readonly subjectKey: Buffer }[] {
  return newOnes(written).flatMap(({ stated: { due, subject } }) => {
    const { pan, gstin, mobile } = due.subject;
    const others = [pan, gstin, mobile].filter((token) => token !== null && token !== subject);
    return others.flatMap((token) =>
      token === null ? [] : [{ otherKey: keyOfToken(token), subjectKey: keyOfToken(subject) }],
    );
  });
}

function noticesOf(registry: Registry, written: readonly Written[]): QueuedNotice[] {
  const bySubject = Map.groupBy(newOnes(written), ({ stated }) => stated.subject);
  return [...bySubject].map(([subject, of]) => ({
    id: registry.newId(),
    subjectKey: keyOfToken(subject),
    dueRefs: of.map(({ stated }) => stated.due.dueRef),
    kind: 'publication',
  }));
}

function heldChanges(written: readonly Written[]): readonly NewChange[] {
  return newOnes(written).map(({ stated }) => ({
    type: 'due.visibility',
    due_ref: stated.due.dueRef,
    visibility: 'held',
    visible_from: null,
  }));
}

/** An invoice stays claimed where its due goes on under another subject. */
async function freeWithdrawn(tx: Tx, memberNo: number, written: readonly Written[]): Promise<void> {
  const live = new Set(
    written.flatMap(({ stated: { due } }) => (due.state === 'withdrawn' ? [] : [due.dueRef])),
  );
  const freed = written.flatMap(({ stated: { due } }) => {
    const { g, h } = due.evidence;
    const isFreed = due.state === 'withdrawn' && g === 'irp' && !live.has(due.dueRef);
    return isFreed && h !== null ? [{ hash: bytesOf(h), dueRef: bytesOf(due.dueRef) }] : [];
  });
  await freeEvidence(tx, memberNo, freed);
}

async function writeContacts(
  registry: Registry,
  tx: Tx,
  { caller: { memberNo }, contacts, written }: WriteWish,
): Promise<void> {
  const subjects = new Set(written.map(({ stated }) => stated.subject));
  const wanted = contacts.filter(({ subject }) => subjects.has(subject));
  if (wanted.length === 0) return;
  const own = (await memberOf(tx, memberNo))?.lang ?? 'en';
  const fresh = await addContacts(tx, {
    memberNo,
    day: registry.today(),
    at: registry.now(),
    contacts: wanted.map((contact) => ({ ...contact, lang: contact.lang ?? own })),
  });
  await keepLastContacts(tx, { memberNo, subjectKeys: fresh, most: CONTACTS_OF_MEMBER });
  await retryNotices(tx, fresh);
}

/** Settling wins over everything: what was disputed is closed at once. */
async function closedDisputes(
  registry: Registry,
  tx: Tx,
  { caller: { memberNo }, written }: WriteWish,
  ended: readonly EndedDue[],
): Promise<readonly NewChange[]> {
  const settled = new Set(
    written.flatMap(({ stated: { due } }) => (due.state === 'settled' ? [due.dueRef] : [])),
  );
  const paid = ended.filter(
    (row) => row.dispute === 'resolved_paid' && settled.has(row.due_ref.toString('base64url')),
  );
  const closed = await closePaidDisputes(tx, memberNo, { dues: paid, day: registry.today() });
  return closed.map(({ dispute_id, due_ref }) => ({
    type: 'dispute.closed',
    dispute_id,
    due_ref: due_ref.toString('base64url'),
    dispute_state: 'resolved_paid',
  }));
}
