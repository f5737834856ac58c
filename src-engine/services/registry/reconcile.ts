import type { Receipt } from '#contract/registry/batches.ts';
import { ITEMS_MOST, type FullItem } from '#domain/registry/batches.ts';
import { versionOf } from '#domain/registry/dues.ts';
import { refText } from '#domain/registry/statements.ts';
import type { WriteTx } from '../../storage/database.ts';
import { billsOfDebtors } from '../../storage/registry-candidates.ts';
import { membershipRow, patchMembership } from '../../storage/registry.ts';
import {
  duesOf,
  insertBatch,
  openBatch,
  type BatchDues,
  type BatchRow,
} from '../../storage/registry-batches.ts';
import {
  dueOfRef,
  duesOfBills,
  insertDue,
  numberedBills,
  patchDue,
  queueDues,
  toldDues,
  type DueRow,
  type NumberedBill,
} from '../../storage/registry-dues.ts';
import type { BookContext } from '../door.ts';
import { refEnd } from './publish.ts';
import { keepKeys, type Membered } from './link.ts';

// Once a month, and after a backup was restored, both sides tell each other what they have: nothing is left at the registry
// that this book has forgotten, and nothing is taken for told that did not arrive.

const EVERY_MS = 30 * 24 * 3_600_000;

/** Freezes the next part where a reconcile is due; false where none is. */
export async function freezeFull(context: BookContext, member: Membered): Promise<boolean> {
  const { db, registry, now, today } = context;
  const isFrozen = db.write((tx) => {
    const row = membershipRow(tx);
    if (!row?.memberId || row.deviceId === null || openBatch(tx)) return false;
    if (row.fullId === null && now() - row.fullAt < EVERY_MS) return false;
    const dues = toldDues(tx, row.fullAfter, ITEMS_MOST);
    // Who never told anything has nothing to compare, unless he may have forgotten it.
    if (dues.length === 0 && row.fullId === null && row.fullAt > 0) {
      patchMembership(tx, { fullAt: now() });
      return false;
    }
    const kind = dues.length < ITEMS_MOST ? 'full_end' : 'full_part';
    const batchId = registry.newBatchId(now());
    const fullId = row.fullId ?? registry.newBatchId(now());
    const { memberId, deviceId, epoch, seq, origin, keyVersion } = row;
    const terms = { origin, member: memberId, device: deviceId, epoch, seq, prev: row.previousRoot };
    const sealed = registry.seal({
      batchId,
      header: { ...terms, kind, fullId, asOf: today, keyVersion },
      items: dues.map(fullItem),
      contacts: [],
      seed: member.kept.keys.seed,
    });
    const places: BatchDues = dues.map(({ id, rev }) => [id, rev]);
    const { root, header } = sealed;
    const body = Buffer.from(sealed.body);
    const of = { batchId, epoch, seq, kind, body, root, header, itemCount: dues.length } as const;
    insertBatch(tx, { ...of, dues: JSON.stringify(places), state: 'frozen', frozenAt: now() });
    const fullAfter = dues.at(-1)?.id ?? row.fullAfter;
    patchMembership(tx, { seq: seq + 1, previousRoot: root, fullId, fullAfter });
    return true;
  });
  if (!isFrozen) return false;
  const { epoch, seq } = db.read(membershipRow) ?? member.row;
  await keepKeys(context, { keys: member.kept.keys, epoch, seq });
  return true;
}

function fullItem({ dueRef, epoch, rev, state, statedOpenPaise }: DueRow): FullItem {
  return [dueRef, versionOf(epoch, rev), state, statedOpenPaise];
}

type Taken = {
  readonly batch: BatchRow;
  readonly receipt: Receipt;
  readonly at: number;
  readonly refSecret: string;
};

/** What the registry has otherwise is said once more; what it has and this book does not is taken up again. */
export function takeFull(tx: WriteTx, context: BookContext, { batch, receipt, at, refSecret }: Taken): void {
  const places = duesOf(batch);
  for (const { i } of receipt.errors) {
    const [dueId] = places[i] ?? [];
    if (dueId === undefined) continue;
    patchDue(tx, dueId, { sentRev: null });
    queueDues(tx, [dueId]);
  }
  if (batch.kind !== 'full_end') return;
  adopt(tx, context, { refs: receipt.questioned, at, refSecret });
  patchMembership(tx, { fullAt: at, fullId: null, fullAfter: 0 });
}

type Adopting = { readonly refs: readonly string[]; readonly at: number; readonly refSecret: string };

function adopt(tx: WriteTx, context: BookContext, { refs, at, refSecret }: Adopting): void {
  const strangers = new Set(refs);
  for (const ref of refs) {
    const due = dueOfRef(tx, ref);
    if (!due) continue;
    strangers.delete(ref);
    // One on its way to its next word is only late.
    if (due.rev === 0) patchDue(tx, due.id, { undoneAt: null, sentRev: 0 });
    queueDues(tx, [due.id]);
  }
  if (strangers.size === 0) return;
  const bills = numberedBills(tx);
  for (let again = 0; again < ENDS_TRIED && strangers.size > 0; again += 1)
    for (const bill of bills) {
      const refAt = (end: number): string =>
        context.registry.refOf(refSecret, refText(bill) + refEnd(bill.billId, end));
      const ref = refAt(again);
      if (!strangers.has(ref)) continue;
      const before = Array.from({ length: again }, (_, end) => refAt(end));
      // What the book has of this bill is older only where it was told under an earlier name.
      if (!duesOfBills(tx, [bill.billId]).every(({ dueRef }) => before.includes(dueRef))) continue;
      strangers.delete(ref);
      take(tx, context, { bill, ref, at, refSecret });
    }
}

/** So often a bill is looked for under what it would be called after a correction. */
const ENDS_TRIED = 4;

type Taking = Omit<Adopting, 'refs'> & { readonly bill: NumberedBill; readonly ref: string };

function take(tx: WriteTx, context: BookContext, { bill, ref, at, refSecret }: Taking): void {
  // It was corrected after the backup was made: what the book knows of it is what was withdrawn then.
  for (const { id } of duesOfBills(tx, [bill.billId])) {
    patchDue(tx, id, { billId: null, formerBillId: bill.billId });
    queueDues(tx, [id]);
  }
  const salt = context.registry.refOf(refSecret, `salt|${ref}`);
  const [known] = billsOfDebtors(tx, { billIds: [bill.billId], asOf: context.today });
  const dueId = insertDue(tx, {
    billId: bill.billId,
    dueRef: ref,
    salt,
    subject: '',
    state: 'open',
    statedOpenPaise: 0,
    evidence: known?.grade ?? 'claim',
    evidenceHash: known?.evidenceHash ?? null,
    consentId: known?.consentId ?? null,
    publishedAt: at,
    holdUntil: at,
    sentRev: 0,
  });
  if (dueId !== null) queueDues(tx, [dueId]);
}
