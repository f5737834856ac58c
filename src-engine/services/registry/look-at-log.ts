import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import { membershipRow, patchMembership } from '../../storage/registry.ts';
import { anyReceived, patchBatch } from '../../storage/registry-batches.ts';
import type { BookContext } from '../door.ts';
import type { Membered } from './link.ts';

export type Looked =
  | { readonly kind: 'ok' }
  /** The log does not go on from what it said before. */
  | { readonly kind: 'broken'; readonly code: string }
  | RegistryTrouble;

/** The log goes on from where this desktop knew it, and one receipt of ours, whichever, is in it. */
export async function lookAtLog(context: BookContext, { row, link, log }: Membered): Promise<Looked> {
  const { db, registry, now } = context;
  const read = await registry.readLog(link, log, row.checkpoint);
  if (!('kind' in read) || read.kind === 'broken') return read;
  const { checkpoint } = read;
  const batch = db.read((tx) => anyReceived(tx, registry.below));
  if (batch) {
    const { batchId, header } = batch;
    const proof = await registry.proveBatch(link, log, { batchId, header, kept: checkpoint });
    if ('kind' in proof && proof.kind === 'broken') return proof;
    // 'not_found': received, and not in the log yet; a day is allowed for that.
    if (!('kind' in proof) && proof.code !== 'not_found') return proof;
    if ('kind' in proof) db.write((tx) => patchBatch(tx, batch.id, { verifiedAt: now() }));
  }
  if (!db.isOpen() || db.read(membershipRow) === undefined) return { kind: 'ok' };
  db.write((tx) => patchMembership(tx, { checkpoint, checkpointAt: now() }));
  return { kind: 'ok' };
}
