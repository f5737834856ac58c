import type { PublishedDue } from '#contract/engine/registry.ts';
import { notices } from '#contract/engine/registry.ts';
import { isDay, day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { confirmationWord, type PublishBar } from '#domain/registry/publish.ts';
import { refText } from '#domain/registry/statements.ts';
import { UNDO_HOURS } from '#domain/registry/visibility.ts';
import { disputeReasons, disputeStates, itemErrorCodes, visibilities } from '#domain/registry/words.ts';
import { refuse } from '#domain/result.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { patchMembership } from '../../storage/registry.ts';
import { duesOf, openBatch } from '../../storage/registry-batches.ts';
import {
  dueOfRef,
  duesOfBills,
  insertDue,
  patchDue,
  publishedRows,
  queueDues,
  unqueueDues,
  type DueRow,
  type PublishedRow,
} from '../../storage/registry-dues.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { unmatchedNow, weigh, type Weighed } from './candidates.ts';
import { membered, type Membered } from './link.ts';

const HOUR_MS = 3_600_000;

type PublishWish = { readonly billIds: readonly number[]; readonly confirmation: string | null };
type Published = {
  publishedCount: number;
  refused: { billId: number; bars: PublishBar[] }[];
  undoUntil: number;
};

/** Puts what nothing speaks against into the outbox, where it waits out the hours in which it may be taken back. */
async function publish(context: BookContext, wish: PublishWish): Promise<Published> {
  const { confirmation } = wish;
  const billIds = [...new Set(wish.billIds)];
  const member = await publisher(context);
  const { db, now, today } = context;
  const unmatched = unmatchedNow(context);
  const undoUntil = now() + UNDO_HOURS * HOUR_MS;
  const made = db.write((tx) => {
    const all = weigh(tx, { billIds, asOf: today, unmatched });
    const ready = all.filter(({ bars }) => bars.length === 0);
    const isFirst = !member.row.hasConfirmed;
    if (isFirst && ready.length > 0 && confirmation !== wordOf(ready)) return null;
    const known = duesOfBills(tx, billIds);
    const before = new Map(known.map((due) => [due.billId, due.id]));
    const dueIds = ready.map((one) => putDue(tx, context, { one, member, undoUntil, before }));
    queueDues(tx, dueIds);
    if (isFirst && ready.length > 0) patchMembership(tx, { hasConfirmed: true });
    const found = new Set(all.map(({ bill }) => bill.billId));
    const gone = billIds.filter((billId) => !found.has(billId));
    return {
      publishedCount: ready.length,
      refused: [
        ...all.flatMap(({ bill, bars }) =>
          bars.length > 0 ? [{ billId: bill.billId, bars: [...bars] }] : [],
        ),
        ...gone.map((billId) => ({ billId, bars: ['nothing-open' as const] })),
      ],
      undoUntil,
    };
  });
  if (made === null) throw refused(NOT_CONFIRMED.refusal);
  context.changed('registry');
  return made;
}

const NOT_CONFIRMED = refuse(
  'registry-not-confirmed',
  'The number that you typed is not the one shown. Nothing was published.',
  { field: 'confirmation' },
);

/** What the owner types before his first publication: the whole rupees of all of it. */
export function wordOf(ready: readonly Weighed[]): string {
  return confirmationWord(ready.reduce((sum, { standing }) => sum + standing.openPaise, 0));
}

export async function publisher(context: BookContext): Promise<Membered> {
  const member = await membered(context);
  if (member.row.purpose === 'check') {
    const sentence = 'This membership is for checks only. Join again to publish: you stay the same member.';
    throw refused(refuse('registry-checks-only', sentence).refusal);
  }
  return member;
}

type Putting = {
  readonly one: Weighed;
  readonly member: Membered;
  readonly undoUntil: number;
  /** Ids of dues that were published once and taken back, by bill. */
  readonly before: ReadonlyMap<number | null, number>;
};

function putDue(tx: WriteTx, context: BookContext, { one, member, undoUntil, before }: Putting): number {
  const { bill, standing } = one;
  const fields = {
    statedOpenPaise: standing.openPaise,
    state: standing.openPaise === standing.amountPaise ? 'open' : 'part',
    evidence: bill.grade,
    evidenceHash: bill.evidenceHash,
    consentId: bill.consentId,
    publishedAt: context.now(),
    holdUntil: undoUntil,
    withdrawnAt: null,
    writtenOffAt: null,
    undoneAt: null,
    errorCode: null,
    sentRev: null,
    // Nothing of it was ever taken: it is as new as any, and is looked at once more before it leaves.
    rev: 0,
    stated: null,
    subject: '',
  } as const;
  const again = before.get(bill.billId);
  if (again !== undefined) {
    patchDue(tx, again, fields);
    return again;
  }
  const { dueRef, salt } = marksOf(tx, context, { one, member });
  const dueId = insertDue(tx, { billId: bill.billId, dueRef, salt, ...fields });
  if (dueId === null) throw new Error('Two bills have one reference.');
  return dueId;
}

/** So often one bill may turn out to be somebody else's. */
const CORRECTIONS_MOST = 52;

/** What is put behind a bill's name where that is taken: by another bill of one number, or by itself before a correction. */
export function refEnd(billId: number, again: number): string {
  return again === 0 ? '' : again === 1 ? `|${billId}` : `|${billId}|${again}`;
}

/** Both follow from the bill and the secret alone, so that what is shown before is what leaves later. */
export function marksOf(
  tx: ReadTx,
  { registry }: Pick<BookContext, 'registry'>,
  { one: { bill, standing }, member }: Pick<Putting, 'one' | 'member'>,
): { readonly dueRef: string; readonly salt: string } {
  const { refSecret } = member.kept.keys;
  const facts = { number: bill.number, billDay: standing.invoiceDay, billId: bill.billId };
  const text = refText(facts);
  // Two bills with one number in one year, or one that was told of as somebody else's: what comes later is another due.
  for (let again = 0; again < CORRECTIONS_MOST; again += 1) {
    const dueRef = registry.refOf(refSecret, text + refEnd(bill.billId, again));
    const known = dueOfRef(tx, dueRef);
    if (known === undefined || known.billId === bill.billId)
      return { dueRef, salt: registry.refOf(refSecret, `salt|${dueRef}`) };
  }
  throw new Error('A due was told of under another name too often.');
}

function withdraw(
  context: BookContext,
  billIds: readonly number[],
): { undoneCount: number; withdrawnCount: number } {
  const { db, now } = context;
  const counts = db.write((tx) => {
    const dues = duesOfBills(tx, billIds).filter((due) => due.undoneAt === null && due.withdrawnAt === null);
    const open = openBatch(tx);
    const onTheirWay = new Set(open && open.kind === 'incremental' ? duesOf(open).map(([id]) => id) : []);
    const unheard = dues.filter((due) => isUnheard(due) && !onTheirWay.has(due.id));
    const heard = dues.filter((due) => !unheard.includes(due));
    unqueueDues(
      tx,
      unheard.map(({ id }) => id),
    );
    for (const { id } of unheard) patchDue(tx, id, { undoneAt: now() });
    for (const { id } of heard) patchDue(tx, id, { withdrawnAt: now() });
    queueDues(
      tx,
      heard.map(({ id }) => id),
    );
    return { undoneCount: unheard.length, withdrawnCount: heard.length };
  });
  context.changed('registry');
  return counts;
}

/** Only what the registry has can be told as given up; what is not there yet is simply taken back. */
function writeOff(context: BookContext, billIds: readonly number[]): { writtenOffCount: number } {
  const { db, now } = context;
  const writtenOffCount = db.write((tx) => {
    const dues = duesOfBills(tx, billIds).filter(
      ({ sentAt, state, undoneAt, withdrawnAt, writtenOffAt }) =>
        sentAt !== null &&
        undoneAt === null &&
        withdrawnAt === null &&
        writtenOffAt === null &&
        state !== 'settled',
    );
    for (const { id } of dues) patchDue(tx, id, { writtenOffAt: now() });
    queueDues(
      tx,
      dues.map(({ id }) => id),
    );
    return dues.length;
  });
  context.changed('registry');
  return { writtenOffCount };
}

/** Nothing of it ever left, or the registry never took it. */
function isUnheard({ rev, sentAt, sentRev, errorCode }: DueRow): boolean {
  return sentAt === null && sentRev !== 0 && (rev === 0 || errorCode !== null);
}

function shown(row: PublishedRow, now: number): PublishedDue {
  const { billId, number, customerId, customerName, state, openPaise, publishedAt, holdUntil, sentAt } = row;
  return {
    billId,
    number,
    customerId,
    customerName,
    dueDay: day(row.dueDay),
    openPaise: paise(openPaise),
    state,
    visibility: wordIn(visibilities, row.visibility),
    visibleFrom: row.visibleFrom !== null && isDay(row.visibleFrom) ? row.visibleFrom : null,
    publishedAt,
    undoUntil: sentAt === null && holdUntil > now ? holdUntil : null,
    sentAt,
    notice: wordIn(notices, row.notice),
    writtenOffAt: row.writtenOffAt,
    errorCode: wordIn(itemErrorCodes, row.errorCode),
    dispute: disputeOf(row),
  };
}

function disputeOf({ disputeId, ...row }: PublishedRow): PublishedDue['dispute'] {
  const reason = wordIn(disputeReasons, row.disputeReason);
  const state = wordIn(disputeStates, row.disputeState);
  if (disputeId === null || reason === null || state === null) return null;
  const answerBy = row.answerBy !== null && isDay(row.answerBy) ? row.answerBy : null;
  return { disputeId, reason, state, answerBy };
}

/** A word that this version knows; null for one that it does not. */
export function wordIn<T extends string>(words: readonly T[], word: string | null): T | null {
  return words.find((one) => one === word) ?? null;
}

export const publishCalls = {
  publish: bookDoor.registry.publish.handler(({ context, input }) => publish(context, input)),
  withdraw: bookDoor.registry.withdraw.handler(({ context, input: { billIds } }) =>
    withdraw(context, billIds),
  ),
  writeOff: bookDoor.registry.writeOff.handler(({ context, input: { billIds } }) =>
    writeOff(context, billIds),
  ),
  published: bookDoor.registry.published.handler(({ context: { db, now }, input }) => {
    const { customerId = null, billId = null } = input;
    return db.read((tx) => publishedRows(tx, { customerId, billId })).map((row) => shown(row, now()));
  }),
};
