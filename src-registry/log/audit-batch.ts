import { receiptShape, type Receipt } from '#contract/registry/batches.ts';
import { batchRoot } from '#domain/registry/batches.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import type { Stated } from '#domain/registry/merge.ts';
import { receiptLine } from '#domain/registry/receipts.ts';
import { readKeptBody } from '../batches/item-proof.ts';
import { readItems } from '../batches/read-batch.ts';
import { instant } from '../clock.ts';
import { isSigned, publicKeyOf, sha256 } from '../crypto.ts';
import { deviceIdOf, memberIdOf } from '../members/member-id.ts';
import type { AuditBatch } from '../store/audit.ts';
import type { AuditKeys, Faults } from './audit.ts';

/** What a batch says of one due, and at which place. */
export type Said = Pick<Stated, 'due' | 'subject' | 'ver' | 'content'> & { readonly itemAt: number };

type BatchAudit = {
  readonly memberNo: number;
  readonly keys: ReadonlyMap<number, Buffer>;
  readonly wish: AuditKeys;
  readonly faults: Faults;
};

/** One batch: its header, its device's signature, the receipt that was given for it, and the items under its root. */
export function auditBatch(
  row: AuditBatch,
  { memberNo, keys, wish, faults }: BatchAudit,
): { readonly said: readonly Said[]; readonly hasBody: boolean } {
  const line = Buffer.from(row.header, 'utf8');
  if (!isOwnHeader(row, memberNo, wish.origin)) faults.add('batch-header');
  const key = keys.get(row.device_no);
  if (key === undefined || !isSigned(publicKeyOf(key), line, row.signature)) faults.add('batch-signature');
  const receipt = readReceipt(row);
  if (receipt === null || !isOwnReceipt(row, receipt, wish)) faults.add('batch-receipt');
  if (row.body === null) return { said: [], hasBody: false };
  const items = readBody(row);
  if (items === null || batchRoot(sha256, items.leaves) !== row.root.toString('base64url')) {
    faults.add('batch-body');
    return { said: [], hasBody: true };
  }
  const refused = new Set(receipt?.errors.map(({ i }) => i));
  const said = items.stated
    .filter(({ at }) => !refused.has(at))
    .map(({ at, ...one }) => ({ ...one, itemAt: at }));
  return { said, hasBody: true };
}

/** The columns are what the signed line says, and the hashes are those of it. */
function isOwnHeader(row: AuditBatch, memberNo: number, origin: string): boolean {
  const [title, ownOrigin, member, device, epoch, seq, , kind, fullId, , , , root] = row.header.split('|');
  const line = Buffer.from(row.header, 'utf8');
  return (
    title === 'reg/batch/v1' &&
    ownOrigin === origin &&
    member === memberIdOf(memberNo) &&
    device === deviceIdOf(row.device_no) &&
    epoch === String(row.epoch) &&
    seq === String(row.seq) &&
    kind === row.kind &&
    fullId === (row.full_id ?? '') &&
    root === row.root.toString('base64url') &&
    row.leaf.equals(leafHash(sha256, line)) &&
    row.digest.equals(sha256(Buffer.concat([line, row.signature])))
  );
}

function readReceipt({ receipt }: AuditBatch): Receipt | null {
  try {
    return receiptShape.parse(JSON.parse(receipt));
  } catch {
    return null;
  }
}

function isOwnReceipt(row: AuditBatch, receipt: Receipt, { origin, receiptKey }: AuditKeys): boolean {
  const { batch_id, counts, errors, questioned, root, received_at, log, sig, status } = receipt;
  const leaf = row.leaf.toString('base64url');
  const line = receiptLine({
    origin,
    batchId: batch_id,
    leaf,
    status,
    counts,
    errors,
    questioned,
    receivedAt: received_at,
    withinSeconds: log.mmd_s,
  });
  return (
    batch_id === row.batch_id &&
    log.origin === origin &&
    log.index === null &&
    !receipt.replayed &&
    root === row.root.toString('base64url') &&
    received_at === instant(row.received_at) &&
    isSigned(publicKeyOf(receiptKey), Buffer.from(line, 'utf8'), Buffer.from(sig, 'base64url'))
  );
}

/** Of this batch, and of no other one with the same items. */
function readBody({ body, batch_id, signature }: AuditBatch): ReturnType<typeof readItems> | null {
  if (body === null) return null;
  try {
    const kept = readKeptBody(body);
    const isOwn = kept.batch_id === batch_id && kept.sig === signature.toString('base64url');
    return isOwn ? readItems(kept) : null;
  } catch {
    return null;
  }
}
