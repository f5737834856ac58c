import type { Day } from '#domain/days.ts';
import type { Registry } from '../registry.ts';
import { countAll, nextMember } from '../store/audit.ts';
import type { Tx } from '../store/database.ts';
import { forgottenOf, queuedLeaves } from '../store/log.ts';
import { auditMember } from './audit-member.ts';
import { auditTree } from './audit-tree.ts';

// Reads the whole database and proves again what was promised: that members said what stands there, that nothing of it was
// changed, left out or added, and that the log has no other past than the one that was told. What the registry itself decides
// (notices, disputes, what is held) nobody signed, and it is not looked at here.

export const auditFaults = [
  'log-gap',
  'log-tile',
  'log-root',
  'log-signature',
  'log-history',
  'leaf-unexplained',
  'batch-header',
  'batch-signature',
  'batch-receipt',
  'batch-body',
  'batch-unlogged',
  'due-changed',
  'due-missing',
  'due-unexplained',
] as const;
export type AuditFault = (typeof auditFaults)[number];

export type Faults = { readonly add: (fault: AuditFault) => void };

/** Public halves of the keys, which need not be at hand where the audit runs. */
export type AuditKeys = {
  readonly origin: string;
  readonly logKey: Uint8Array;
  readonly receiptKey: Uint8Array;
};

export type AuditWish = AuditKeys & {
  readonly today: Day;
  /** Checkpoints that members and others keep: the log must continue every one of them. */
  readonly told?: readonly string[];
};

const QUEUED_MOST = 1_000_000;

/** Codes of what is wrong, each once; none where all of it can be proved. */
export async function auditDatabase(tx: Tx, wish: AuditWish): Promise<readonly AuditFault[]> {
  const found = new Set<AuditFault>();
  const faults: Faults = { add: (fault) => found.add(fault) };
  const tree = await auditTree(tx, wish, wish.told ?? [], faults);
  const queued = (await queuedLeaves(tx, QUEUED_MOST)).map((leaf) => leaf.toString('hex'));
  const known = new Set([...tree.leaves, ...queued]);
  const unexplained = new Set(known);
  const seen = { batches: 0, dues: 0, memberDues: 0 };
  for (let member = await nextMember(tx, 0); member !== null; member = await nextMember(tx, member)) {
    const audited = await auditMember(tx, member, wish, faults);
    for (const leaf of audited.leaves) {
      if (!known.has(leaf)) faults.add('batch-unlogged');
      unexplained.delete(leaf);
    }
    seen.batches += audited.batchCount;
    seen.dues += audited.dueCount;
    seen.memberDues += audited.memberDueCount;
  }
  const forgotten = await forgottenOf(
    tx,
    [...unexplained].map((leaf) => Buffer.from(leaf, 'hex')),
  );
  if (forgotten.length !== unexplained.size) faults.add('leaf-unexplained');
  const all = await countAll(tx);
  if (all.batches !== seen.batches) faults.add('batch-header');
  if (all.dues !== seen.dues || all.member_dues !== seen.memberDues) faults.add('due-unexplained');
  if (all.leaves !== tree.leaves.size) faults.add('log-gap');
  if (all.tiles !== tree.tileCount) faults.add('log-tile');
  return [...found].toSorted();
}

/** The same as a job runs it: over one state of the database, while others go on writing. */
export async function audit(
  registry: Registry,
  told: readonly string[] = [],
): Promise<readonly AuditFault[]> {
  const { store, origin, logKey, receiptKey, today } = registry;
  const found = await store.transaction(async (tx) => {
    await tx.rows({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY' });
    const keys = { origin, logKey: logKey.publicKey, receiptKey: receiptKey.publicKey };
    return await auditDatabase(tx, { ...keys, today: today(), told });
  });
  registry.log('log.audited', { faults: found.length });
  return found;
}
