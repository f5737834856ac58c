import type { Receipt } from '#contract/registry/batches.ts';
import { isLive } from '#domain/registry/merge.ts';
import { isOfItems } from '#domain/registry/receipts.ts';
import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import type { WriteTx } from '../../storage/database.ts';
import { membershipRow, patchMembership } from '../../storage/registry.ts';
import { duesOf, openBatch, patchBatch, type BatchRow } from '../../storage/registry-batches.ts';
import { duesById, patchDue, queueDues, type DueRow } from '../../storage/registry-dues.ts';
import { dropTokens } from '../../storage/registry-tokens.ts';
import type { BookContext } from '../door.ts';
import { OLD_TOKEN } from './freeze.ts';
import { subjectIn } from './items.ts';
import type { Membered } from './link.ts';
import { takeFull } from './reconcile.ts';

const SIZE_LEAST = 25;
const SIZE_MOST = 500;
/** Codes after which the same bytes would be refused for ever. */
const FINAL: ReadonlySet<string> = new Set(['bad_request', 'bad_root', 'idempotency_mismatch', 'too_large']);
/** Refusals of whatever is said against somebody; what takes it back is taken. */
export const OF_NEWS: ReadonlySet<string> = new Set(['suspended', 'too_many']);
const SLOW: ReadonlySet<string> = new Set(['TIMEOUT', 'ECONNRESET', 'EPIPE', 'BROKEN']);

export type Sent =
  | { readonly kind: 'received' }
  | { readonly kind: 'nothing' }
  /** The registry knows newer words of this member than this book does: a copy of it, or what it was before a backup. */
  | { readonly kind: 'other-epoch' }
  | RegistryTrouble;

/** Sends the batch that is on its way, byte for byte what it was the last time, and keeps its receipt. */
export async function sendOpen(context: BookContext, { link, row, kept }: Membered): Promise<Sent> {
  const { db, registry } = context;
  const batch = db.write((tx) => {
    const open = openBatch(tx);
    if (open) patchBatch(tx, open.id, { state: 'sending', tries: open.tries + 1 });
    return open;
  });
  if (!batch?.body) return { kind: 'nothing' };
  const frozen = new Uint8Array(batch.body);
  const asked = await registry.call(link, 'sendBatch', { frozen, idempotencyKey: batch.batchId });
  if (asked.ok) {
    const { value, text, clockOffsetMs } = asked;
    const of = { receiptKey: row.receiptKey, origin: row.origin, header: batch.header };
    if (value.batch_id !== batch.batchId || !registry.isReceipt(of, value))
      return { ok: false, reason: 'foreign', code: 'BAD-SIGNATURE', retryAfterSeconds: null };
    if (!isOfItems(value, batch.itemCount))
      return { ok: false, reason: 'foreign', code: 'BAD-ANSWER', retryAfterSeconds: null };
    db.write((tx) => {
      const taken = { batch, receipt: value, text, at: context.now() };
      if (batch.kind === 'incremental') takeReceipt(tx, taken);
      else takeFull(tx, context, { ...taken, refSecret: kept.keys.refSecret });
      closeBatch(tx, taken);
      patchMembership(tx, { clockOffsetMs });
    });
    if (value.errors.some(({ code }) => code === 'wrong_kv')) await renewKeyVersion(context, link);
    context.changed('registry');
    return { kind: value.counts.stale > 0 ? 'other-epoch' : 'received' };
  }
  if (asked.reason === 'refused' && asked.code === 'conflict') return { kind: 'other-epoch' };
  db.write((tx) => noteFailure(tx, batch, asked));
  return asked;
}

export type Taken = {
  readonly batch: BatchRow;
  readonly receipt: Receipt;
  readonly text: string;
  readonly at: number;
};

/** Receipt and what follows from it in one transaction: told twice it is taken once. */
function takeReceipt(tx: WriteTx, { batch, receipt, at }: Taken): void {
  const errors = new Map(receipt.errors.map(({ i, code }) => [i, code]));
  const isStale = receipt.counts.stale > 0;
  // Nothing more leaves by itself until somebody says that this is the book: as with one that was copied.
  if (isStale) patchMembership(tx, { home: '' });
  const rows = new Map(
    duesById(
      tx,
      duesOf(batch).map(([dueId]) => dueId),
    ).map((row) => [row.id, row]),
  );
  duesOf(batch).forEach(([dueId, rev], place) => {
    const errorCode = errors.get(place) ?? null;
    const isTaken = errorCode === null;
    const before = rows.get(dueId);
    if (before === undefined) return;
    patchDue(tx, dueId, { sentRev: rev, errorCode, ...(isTaken && { sentAt: at }) });
    // Which of them counted for nothing is not told: each is said again.
    if (isStale && isTaken) {
      patchDue(tx, dueId, { sentRev: null });
      queueDues(tx, [dueId]);
    }
    if (errorCode !== null && OLD_TOKEN.has(errorCode) && before.errorCode !== errorCode)
      retoken(tx, before, errorCode);
    // Somebody counted as far as this under the same epoch: the next count is another one.
    if (errorCode === 'ver_conflict') {
      patchDue(tx, dueId, { sentRev: null });
      queueDues(tx, [dueId]);
    }
  });
}

/** The registry makes tokens with another key by now. */
async function renewKeyVersion({ db, registry }: BookContext, link: Membered['link']): Promise<void> {
  const meta = await registry.call({ ...link, signer: null }, 'meta');
  const keyVersion = meta.ok ? meta.value.key_versions[0] : undefined;
  if (keyVersion !== undefined) db.write((tx) => patchMembership(tx, { keyVersion }));
}

/** Once: a registry that knows no new token either is not asked for ever. */
function retoken(tx: WriteTx, due: DueRow, code: string): void {
  const { pan, gstin, mobile } = subjectIn(due) ?? { pan: null, gstin: null, mobile: null };
  // Those of another key version stay: dues that were told of under them are known by them.
  if (code === 'token_unknown')
    dropTokens(
      tx,
      [pan, gstin, mobile].filter((token) => token !== null),
    );
  patchDue(tx, due.id, { subject: '', sentRev: null });
  queueDues(tx, [due.id]);
}

function closeBatch(tx: WriteTx, { batch, receipt, text }: Taken): void {
  patchBatch(tx, batch.id, {
    state: 'received',
    receipt: text,
    logIndex: receipt.log.index,
    // The bytes are with the registry, and their root is signed for.
    body: null,
  });
  const size = membershipRow(tx)?.batchSize ?? SIZE_LEAST;
  patchMembership(tx, { batchSize: Math.min(SIZE_MOST, size * 2) });
}

/** What speaks against debtors is refused for today, or while the member is suspended: it does not stand in a payment's way. */
function isOnlyNews(tx: WriteTx, batch: BatchRow, code: string): boolean {
  if (batch.kind !== 'incremental' || !OF_NEWS.has(code)) return false;
  return duesById(
    tx,
    duesOf(batch).map(([dueId]) => dueId),
  ).some(({ state }) => isLive(state));
}

/** The registry took nothing of it, and knew nothing before: it may still be taken back unheard, and is weighed again. */
function unsay(tx: WriteTx, { id, sentAt, sentRev }: DueRow): void {
  if (sentAt === null && sentRev !== 0) patchDue(tx, id, { rev: 0, stated: null, subject: '' });
}

function noteFailure(tx: WriteTx, batch: BatchRow, { reason, code }: RegistryTrouble): void {
  const size = membershipRow(tx)?.batchSize ?? SIZE_LEAST;
  if (SLOW.has(code)) patchMembership(tx, { batchSize: Math.max(SIZE_LEAST, Math.floor(size / 2)) });
  if (reason !== 'refused' || !(FINAL.has(code) || isOnlyNews(tx, batch, code))) return;
  patchBatch(tx, batch.id, { state: 'refused', body: null });
  if (batch.kind !== 'incremental') return;
  const dueIds = duesOf(batch).map(([dueId]) => dueId);
  for (const due of duesById(tx, dueIds)) unsay(tx, due);
  queueDues(tx, dueIds);
  patchMembership(tx, { batchSize: Math.max(SIZE_LEAST, Math.floor(size / 2)) });
}
