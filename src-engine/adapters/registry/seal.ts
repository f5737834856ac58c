import { gzipSync } from 'node:zlib';
import type { BatchBody, Receipt } from '#contract/registry/batches.ts';
import { batchRoot, headerLine, itemLeaf, plainLeaf, type FullItem } from '#domain/registry/batches.ts';
import { toBase64Url, utf8 } from '#domain/registry/bytes.ts';
import { dueItem, type Due } from '#domain/registry/dues.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import { receiptLine } from '#domain/registry/receipts.ts';
import type { SealedBatch, SealWish } from '../registry-port.ts';
import { bytesOf, isGood, sha256, signed } from './crypto.ts';

/** Items, root and signature as one body, packed once: a retry sends these very bytes. */
export function seal({ batchId, header: terms, items, contacts, seed }: SealWish): SealedBatch {
  const root = batchRoot(
    sha256,
    items.map((item) => ('dueRef' in item ? itemLeaf(sha256, item) : plainLeaf(sha256, item))),
  );
  const header = headerLine({ ...terms, itemCount: items.length, root });
  const body: BatchBody = {
    schema: 'dues.v1',
    batch_id: batchId,
    device: terms.device,
    epoch: terms.epoch,
    seq: terms.seq,
    prev: terms.prev,
    kind: terms.kind,
    full_id: terms.fullId,
    as_of: terms.asOf,
    kv: terms.keyVersion,
    items: items.map(rowOf),
    root,
    ...(contacts.length > 0 && { contacts }),
    sig: toBase64Url(signed(seed, header)),
  };
  const text = JSON.stringify(body);
  return { body: gzipSync(text), text, header, root };
}

function rowOf(item: Due | FullItem): unknown[] {
  return 'dueRef' in item ? [...dueItem(item)] : [...item];
}

type Receipted = { readonly receiptKey: string; readonly origin: string; readonly header: string };

/** The receipt binds the leaf of the very header that this device signed. */
export function isReceipt({ receiptKey, origin, header }: Receipted, receipt: Receipt): boolean {
  const { batch_id: batchId, status, counts, received_at: receivedAt, errors, questioned, log } = receipt;
  const line = receiptLine({
    origin,
    batchId,
    leaf: toBase64Url(leafHash(sha256, utf8(header))),
    status,
    counts,
    receivedAt,
    withinSeconds: log.mmd_s,
    errors,
    questioned,
  });
  return isGood(bytesOf(receiptKey), line, bytesOf(receipt.sig));
}
