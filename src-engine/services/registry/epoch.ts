import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import { membershipRow, patchMembership } from '../../storage/registry.ts';
import { dropOpenBatches } from '../../storage/registry-batches.ts';
import { liveDues, patchDue, queueDues } from '../../storage/registry-dues.ts';
import type { BookContext } from '../door.ts';
import { keepKeys, type Membered } from './link.ts';

/** What this book counts may be behind what was counted before: after a backup, or because it is a copy. */
export function standOf(context: BookContext, { row, kept }: Membered): 'as-it-was' | 'restored' | 'copied' {
  if (row.home !== context.homeOf(context.bookId).home) return 'copied';
  const isBehind = kept.epoch > row.epoch || (kept.epoch === row.epoch && kept.seq > row.seq);
  return isBehind ? 'restored' : 'as-it-was';
}

/**
 * Asks for a new epoch, in which whatever is counted is newer than anything before, and says everything anew. What was
 * frozen under the old one is worth nothing; if it had arrived after all, saying it again changes nothing.
 */
export async function beginEpoch(
  context: BookContext,
  { link, row, kept }: Membered,
): Promise<RegistryTrouble | null> {
  const { db, registry, bookId, homeOf } = context;
  const asked = await registry.call(link, 'epoch', {
    body: { schema: 'epoch.v1', device_id: row.deviceId ?? '', reason: 'restored' },
  });
  if (!asked.ok) return asked;
  const { epoch, next_seq: seq } = asked.value;
  db.write((tx) => {
    if (membershipRow(tx) === undefined) return;
    dropOpenBatches(tx);
    const counters = { epoch, seq, previousRoot: '', fullAt: 0, fullId: null, fullAfter: 0 };
    patchMembership(tx, { ...counters, home: homeOf(bookId).home, clockOffsetMs: asked.clockOffsetMs });
    const dues = liveDues(tx).filter(({ rev }) => rev > 0);
    for (const { id } of dues) patchDue(tx, id, { sentRev: null });
    queueDues(
      tx,
      dues.map(({ id }) => id),
    );
  });
  await keepKeys(context, { keys: kept.keys, epoch, seq });
  return null;
}
