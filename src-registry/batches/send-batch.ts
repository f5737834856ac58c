import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { isLive } from '#domain/registry/merge.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import type { Call } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import { isSigned, publicKeyOf, sha256 } from '../crypto.ts';
import { timeOfUuid } from '../ids.ts';
import { appendLeaf } from '../log/append-leaf.ts';
import { deviceNoOf } from '../members/member-id.ts';
import { spendQuota } from '../members/spend-quota.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { addChanges } from '../store/feed.ts';
import { setBody } from '../store/kept-bodies.ts';
import {
  addSubmission,
  lockedSender,
  receiptOf,
  setLastSeq,
  setReceipt,
  type SenderRow,
} from '../store/submissions.ts';
import { applyDues } from './apply-dues.ts';
import { applyFull } from './apply-full.ts';
import { readBatch, type ReadBatch } from './read-batch.ts';
import { signedReceipt, storedReceipt } from './receipts.ts';
import { sealedContacts } from './sealed-contacts.ts';
import { withoutRefused } from './shred-items.ts';
import type { Applied, Sent } from './sent-batch.ts';

/** What a machine signed before it was taken off the membership may still come in this long after, by another one. */
const LATE_MS = 24 * 3_600_000;

/**
 * Takes a batch, once. All of it is one transaction with the receipt: whoever has the receipt has it for good, and whoever
 * lost it sends the same again and gets the same receipt.
 */
export async function sendBatch(
  registry: Registry,
  { caller, body, bytes, idempotencyKey }: Call<'sendBatch'>,
): Promise<AnswerOf<'sendBatch'>> {
  if (idempotencyKey !== body.batch_id)
    throw new ProblemError('bad_request', 'The Idempotency-Key is the batch’s id.', { at: 'body/batch_id' });
  const read = readBatch(registry, caller, body);
  const contacts = await sealedContacts(registry, read);
  const kept = await keptBody(body, bytes);
  const sent = { caller, read, bytes: kept, contacts, at: registry.now() };
  return await registry.store.transaction((tx) => take(registry, tx, sent));
}

const zip = promisify(gzip);

/** What is kept for the proofs: as it was sent, but for contacts, which stand nowhere in plain text. */
async function keptBody(body: BodyOf<'sendBatch'>, bytes: Uint8Array): Promise<Uint8Array> {
  const { contacts, ...rest } = body;
  return contacts === undefined ? bytes : await zip(JSON.stringify(rest), { level: 1 });
}

async function take(registry: Registry, tx: Tx, sent: Sent): Promise<AnswerOf<'sendBatch'>> {
  const { caller, read, at } = sent;
  const { memberNo } = caller;
  const sender = await senderOf(tx, sent);
  const leaf = leafHash(sha256, read.line);
  if (!(await isNewBatch(tx, sent, leaf))) return await replay(tx, sent);
  await refuseOrSpend(registry, tx, sent);
  const isOwnEpoch = read.body.epoch === sender.epoch;
  const isWhole = isOwnEpoch && read.body.seq === sender.last_seq + 1;
  const wish = { ...sent, sender, isWhole };
  const apply = read.body.kind === 'incremental' ? applyDues : applyFull;
  const applied = await apply(registry, tx, wish);
  if (read.body.kind === 'incremental' && applied.errors.length > 0) {
    const kept = await withoutRefused(read.body, applied.errors);
    await setBody(tx, { memberNo, batchId: read.body.batch_id, body: kept });
  }
  await setLastSeq(tx, { memberNo, deviceNo: deviceOf(read), epoch: read.body.epoch, seq: read.body.seq });
  const isGap = isOwnEpoch && read.body.seq > sender.last_seq + 1;
  await addChanges(tx, { memberNo, at, changes: changesOf(read, applied, isGap) });
  await appendLeaf(registry, tx, read.line);
  const receipt = signedReceipt(registry, {
    batchId: read.body.batch_id,
    root: read.body.root,
    leaf,
    receivedAt: at,
    counts: {
      applied: applied.appliedCount,
      stale: applied.staleCount,
      rejected: applied.errors.length,
    },
    errors: [...applied.errors],
    questioned: [...applied.questioned],
  });
  await setReceipt(tx, { memberNo, batchId: read.body.batch_id, receipt: JSON.stringify(receipt) });
  return receipt;
}

function deviceOf({ body }: ReadBatch): number {
  return deviceNoOf(body.device) ?? 0;
}

/** The device that made the batch, which need not be the one that brings it; it must have signed it. */
async function senderOf(tx: Tx, { caller, read, at }: Sent): Promise<SenderRow> {
  const { body, line, signature } = read;
  const sender = await lockedSender(tx, caller.memberNo, deviceOf(read));
  if (sender === null)
    throw new ProblemError('unknown_key', 'The membership has no such device.', { at: 'body/device' });
  if (!isSigned(publicKeyOf(sender.public_key), line, signature))
    throw new ProblemError('bad_signature', 'The device did not sign this batch.', { at: 'body/sig' });
  const { revoked_at } = sender;
  const isTaken =
    revoked_at === null || (timeOfUuid(body.batch_id) < revoked_at && at - revoked_at <= LATE_MS);
  if (!isTaken)
    throw new ProblemError('revoked_key', 'The device was taken off the membership before this batch.');
  if (body.epoch > sender.epoch)
    throw new ProblemError('bad_request', `The epoch of this device is ${sender.epoch}.`, {
      at: 'body/epoch',
    });
  return sender;
}

async function isNewBatch(tx: Tx, { caller, read, bytes, at }: Sent, leaf: Uint8Array): Promise<boolean> {
  const { batch_id, epoch, seq, kind, full_id, root } = read.body;
  return await addSubmission(tx, {
    memberNo: caller.memberNo,
    batchId: batch_id,
    deviceNo: deviceOf(read),
    epoch,
    seq,
    kind,
    fullId: full_id,
    digest: read.digest,
    root: Buffer.from(root, 'base64url'),
    header: read.line.toString('utf8'),
    signature: read.signature,
    body: bytes,
    receivedAt: at,
    leaf,
  });
}

async function replay(tx: Tx, { caller, read }: Sent): Promise<AnswerOf<'sendBatch'>> {
  const stored = await receiptOf(tx, caller.memberNo, read.body.batch_id);
  if (stored === null) throw new Error('A batch that is there cannot be read.');
  if (!stored.digest.equals(read.digest))
    throw new ProblemError('idempotency_mismatch', 'Another batch has this id.', { at: 'body/batch_id' });
  return await storedReceipt(tx, stored, true);
}

/** To say something against somebody has a limit; to take it back has none but the number of batches. */
async function refuseOrSpend(registry: Registry, tx: Tx, { caller, read }: Sent): Promise<void> {
  const asked = read.stated.filter(({ due }) => isLive(due.state)).length;
  if (asked > 0 && (caller.status === 'suspended' || caller.status === 'left'))
    throw new ProblemError('suspended', 'This membership is suspended: it may settle and withdraw only.');
  await spendQuota(registry, tx, { caller, kind: 'batches', asked: 1 });
  if (asked > 0) await spendQuota(registry, tx, { caller, kind: 'items', asked });
}

function changesOf({ body }: ReadBatch, applied: Applied, isGap: boolean): Applied['changes'] {
  const note = isGap ? { note: 'seq_gap' } : {};
  return [{ type: 'batch.applied', batch_id: body.batch_id, ...note }, ...applied.changes];
}
