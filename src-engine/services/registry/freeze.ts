import type { BatchBody } from '#contract/registry/batches.ts';
import type { Day } from '#domain/days.ts';
import type { Due } from '#domain/registry/dues.ts';
import { isLive } from '#domain/registry/merge.ts';
import { nextStatement, type Statement } from '#domain/registry/statements.ts';
import type { Identifier, Subject } from '#domain/registry/subjects.ts';
import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import type { WriteTx } from '../../storage/database.ts';
import { membershipRow, patchMembership, type MembershipRow } from '../../storage/registry.ts';
import { insertBatch, openBatch, type BatchDues } from '../../storage/registry-batches.ts';
import { patchDue, readyDues, unqueueDues, type DueRow } from '../../storage/registry-dues.ts';
import type { BookContext } from '../door.ts';
import { unmatchedNow, weigh, type Weighed } from './candidates.ts';
import { blindAll, isOtherNow, subjectOf } from './identity.ts';
import { contactOf, dueOf, lastOf, subjectIn } from './items.ts';
import { keepKeys, type Membered } from './link.ts';

// What waits becomes a batch of fixed bytes: whatever happens on the way, the same bytes are sent again.

export type Frozen = { readonly kind: 'frozen' } | { readonly kind: 'nothing' } | RegistryTrouble;

/** Freezes the next batch, unless one is on its way already. */
export async function freezeNext(
  context: BookContext,
  member: Membered,
  /** Nothing new is taken today: only what was paid or is taken back. */
  isEndingOnly = false,
): Promise<Frozen> {
  const trouble = await blindWhoIsNew(context, member);
  // Whoever has his tokens goes; the others wait for theirs.
  const isFrozen = freeze(context, member, isEndingOnly);
  if (!isFrozen) return trouble ?? { kind: 'nothing' };
  const { epoch, seq } = context.db.read(membershipRow) ?? member.row;
  await keepKeys(context, { keys: member.kept.keys, epoch, seq });
  return { kind: 'frozen' };
}

async function blindWhoIsNew(context: BookContext, { row, link }: Membered): Promise<RegistryTrouble | null> {
  const { db, today, now } = context;
  const identifiers = db.read((tx): readonly Identifier[] => {
    if (openBatch(tx)) return [];
    const nobodys = readyDues(tx, now(), row.batchSize).filter((due) => subjectIn(due) === null);
    const billIds = nobodys.flatMap(({ billId }) => (billId === null ? [] : [billId]));
    const heard = new Set(
      nobodys.flatMap(({ billId, rev, sentRev }) => (rev > 0 || sentRev !== null ? [billId] : [])),
    );
    const found = weigh(tx, { billIds, asOf: today, unmatched: new Map() });
    const leaving = found.filter(({ bill, bars }) => heard.has(bill.billId) || !isBarred(bars));
    return leaving.flatMap((one) => one.identifiers);
  });
  return await blindAll(context, link, { identifiers, keyVersion: row.keyVersion });
}

type Item = {
  readonly row: DueRow;
  readonly due: Due;
  readonly statement: Statement;
  readonly contact: NonNullable<BatchBody['contacts']>[number] | null;
};

function freeze(context: BookContext, member: Membered, isEndingOnly: boolean): boolean {
  const { db, registry, now, today } = context;
  const unmatched = unmatchedNow(context);
  return db.write((tx) => {
    const row = membershipRow(tx);
    if (!row?.memberId || row.deviceId === null || openBatch(tx)) return false;
    const all = itemsOf(tx, {
      ready: readyDues(tx, now(), row.batchSize),
      row,
      asOf: today,
      unmatched,
      now: now(),
    });
    // By itself: what a quota or a suspension keeps from being said does not keep a payment back.
    const ending = all.filter(({ statement }) => !isLive(statement.state));
    const items = isEndingOnly || ending.length > 0 ? ending : all;
    if (items.length === 0) return false;
    const batchId = registry.newBatchId(now());
    const { memberId, deviceId, epoch, seq } = row;
    const terms = {
      origin: row.origin,
      member: memberId,
      device: deviceId,
      epoch,
      seq,
      prev: row.previousRoot,
    };
    const sealed = registry.seal({
      batchId,
      header: { ...terms, kind: 'incremental', fullId: null, asOf: today, keyVersion: row.keyVersion },
      items: items.map(({ due }) => due),
      contacts: contactsOf(items),
      seed: member.kept.keys.seed,
    });
    const dues: BatchDues = items.map((item) => [item.row.id, item.due.rev]);
    insertBatch(tx, {
      batchId,
      epoch,
      seq,
      kind: 'incremental',
      body: Buffer.from(sealed.body),
      root: sealed.root,
      header: sealed.header,
      itemCount: items.length,
      dues: JSON.stringify(dues),
      state: 'frozen',
      frozenAt: now(),
    });
    patchMembership(tx, { rev: row.rev + all.length, seq: seq + 1, previousRoot: sealed.root });
    for (const item of items) settle(tx, item, epoch);
    return true;
  });
}

/** What was frozen is what was said: only what differs from it is news. */
function settle(tx: WriteTx, { row, due, statement, contact }: Item, epoch: number): void {
  patchDue(tx, row.id, {
    subject: JSON.stringify(due.subject),
    state: statement.state,
    stated: JSON.stringify(statement),
    statedOpenPaise: statement.openPaise,
    rev: due.rev,
    epoch,
    ...(contact !== null && { notice: null }),
  });
  unqueueDues(tx, [row.id]);
}

type Wish = {
  readonly ready: readonly DueRow[];
  readonly row: MembershipRow;
  readonly asOf: Day;
  readonly unmatched: ReadonlyMap<number, number>;
  readonly now: number;
};

function itemsOf(tx: WriteTx, { ready, row, asOf, unmatched, now }: Wish): readonly Item[] {
  const billIds = ready.flatMap(({ billId }) => (billId === null ? [] : [billId]));
  const weighed = new Map(weigh(tx, { billIds, asOf, unmatched }).map((one) => [one.bill.billId, one]));
  const items: Item[] = [];
  for (const due of ready) {
    const own = partedFrom(tx, due, weighed.get(due.billId ?? 0) ?? null);
    const made = itemOf(tx, { due, own, row, asOf, rev: row.rev + items.length + 1 });
    if (made === 'later') continue;
    if (made === 'never') patchDue(tx, due.id, { undoneAt: now });
    if (made === 'never' || made === 'said') unqueueDues(tx, [due.id]);
    else items.push(made);
  }
  return items;
}

/** Told of as somebody else's: it is withdrawn there, and its bill waits for its owner to publish it anew. */
function partedFrom(tx: WriteTx, due: DueRow, own: Weighed | null): Weighed | null {
  const told = subjectIn(due);
  if (own === null || told === null || due.state === 'settled' || !isOtherNow(tx, own.identifiers, told))
    return own;
  patchDue(tx, due.id, { billId: null, formerBillId: due.billId });
  return null;
}

type One = Pick<Wish, 'row' | 'asOf'> & {
  readonly due: DueRow;
  readonly own: Weighed | null;
  readonly rev: number;
};

/** 'never': nobody has heard of it, and it may not be published any more. 'later': a token is missing still. */
function itemOf(tx: WriteTx, { due, own, row, asOf, rev }: One): Item | 'never' | 'said' | 'later' {
  // The registry has it, though this book says it was never sent: it was restored from a backup.
  const isForgotten = due.rev === 0 && due.sentRev === 0;
  const isNew = due.rev === 0 && !isForgotten;
  if (due.errorCode !== null && due.sentAt === null && !isTriedAgain(due)) return 'said';
  if (isNew && (own === null || isBarred(own.bars))) return 'never';
  const last = lastOf(due);
  const isUnconfirmed = due.rev > 0 && due.sentRev !== due.rev;
  const standing = own?.standing ?? null;
  const { withdrawnAt, writtenOffAt } = due;
  const news = nextStatement({
    standing,
    last,
    isWithdrawn: withdrawnAt !== null,
    isWrittenOff: writtenOffAt !== null,
    asOf,
  });
  // Nobody was told of it: said once more, with where he is reached by now.
  const isUntold = due.notice === 'failed' && own !== null;
  const statement = news ?? (isUnconfirmed || isUntold ? last : null);
  if (statement === null) return 'said';
  const subject = subjectIn(due) ?? (own && subjectOf(tx, own, row.keyVersion));
  if (subject === null) return 'later';
  // Until something of it was taken, the registry may not know how he is reached.
  const contact = (due.sentAt === null || isUntold) && own ? contactOf(own, subject) : null;
  // His leave may have been given anew since.
  const said = { ...due, consentId: own?.bill.consentId ?? due.consentId };
  return { row: due, due: dueOf(said, { subject, rev, statement }), statement, contact };
}

/** Refused for its tokens, which are made anew: it is said once more. */
function isTriedAgain({ errorCode, sentRev }: DueRow): boolean {
  return sentRev === null && errorCode !== null && OLD_TOKEN.has(errorCode);
}

/** Refusals that a new token heals. */
export const OLD_TOKEN: ReadonlySet<string> = new Set(['wrong_kv', 'token_unknown']);

/** Looked at once more before it leaves: what spoke against it may have come since. */
function isBarred(bars: Weighed['bars']): boolean {
  return bars.some((bar) => bar !== 'already-published');
}

/** One for each debtor. */
export function contactsOf(items: readonly Pick<Item, 'contact'>[]): NonNullable<BatchBody['contacts']> {
  const all = items.flatMap(({ contact }) => (contact === null ? [] : [contact]));
  return [...new Map(all.map((one) => [one.subject, one])).values()];
}

/** What an item would be if it were frozen now, for whoever wants to see it before. */
export function draftOf(
  one: Weighed,
  wish: {
    readonly marks: { readonly dueRef: string; readonly salt: string };
    readonly subject: Subject;
    readonly rev: number;
  },
): Due {
  const { currency: _, ...standing } = one.standing;
  const state = standing.openPaise === standing.amountPaise ? 'open' : 'part';
  const { grade: evidence, evidenceHash, consentId } = one.bill;
  const row = { ...wish.marks, evidence, evidenceHash, consentId };
  return dueOf(row, { subject: wish.subject, rev: wish.rev, statement: { ...standing, state } });
}
