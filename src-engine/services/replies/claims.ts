import type { Claim } from '#contract/engine/replies.ts';
import type { Day } from '#domain/days.ts';
import { paise, type Paise } from '#domain/money.ts';
import { enterReceipt } from '#domain/receipts.ts';
import { refuse } from '#domain/result.ts';
import { claimById, claimLines, endPausesOfClaim, patchClaim, type ClaimRow } from '../../storage/claims.ts';
import type { WriteTx } from '../../storage/database.ts';
import { linkById } from '../../storage/pay-links.ts';
import { insertReceipt } from '../../storage/receipts.ts';
import { applyOnEntry } from '../allocations/write.ts';
import { accepted, byHand, customerOf } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { openPartsOf } from '../reminders/open-parts.ts';

export function claimsNow({ db }: BookContext, isOpenOnly: boolean): Claim[] {
  return db
    .read((tx) => claimLines(tx, isOpenOnly))
    .map(({ id, createdAt, ...claim }) => ({ ...claim, claimId: id, at: createdAt }));
}

export type ConfirmWish = {
  readonly claimId: number;
  readonly amountPaise: number;
  readonly receiptDay: Day;
  readonly reference: string | null;
};

/**
 * A person has looked: the claim becomes a receipt, entered as every other. What came through a payment link pays that
 * link's bills, the oldest first; all else waits on account until somebody says what it pays.
 */
export function confirmClaim(context: BookContext, wish: ConfirmWish): number {
  const { db, book, now } = context;
  const receiptId = db.write((tx) => {
    const claim = openClaim(tx, wish.claimId);
    customerOf(tx, claim.customerId);
    const entry = {
      customerId: claim.customerId,
      number: null,
      receiptDay: wish.receiptDay,
      chequeDay: null,
      amountPaise: paise(wish.amountPaise),
      foreign: null,
      mode: claim.source === 'pay-link' ? 'other' : null,
      reference: wish.reference ?? claim.reference,
      narration: null,
    };
    const receipt = accepted(enterReceipt(entry, book.baseCurrency));
    const id = insertReceipt(tx, { ...receipt, ...byHand(context) });
    const allocate = partsFor(tx, context, { claim, amountPaise: receipt.amountPaise });
    const documentDay = receipt.receiptDay;
    applyOnEntry(tx, context, { money: { kind: 'receipt', id }, allocate, documentDay });
    settle(tx, claim, { state: 'confirmed', receiptId: id, at: now() });
    return id;
  });
  context.changed('receipts', 'bills', 'customers', 'aging', 'replies', 'reminders');
  return receiptId;
}

export function dismissClaim(context: BookContext, claimId: number): void {
  context.db.write((tx) => {
    const claim = openClaim(tx, claimId);
    settle(tx, claim, { state: 'dismissed', receiptId: null, at: context.now() });
  });
  context.changed('replies', 'reminders');
}

function openClaim(tx: WriteTx, claimId: number): ClaimRow {
  const claim = claimById(tx, claimId);
  if (!claim) throw refused(refuse('claim-gone', 'This payment is no longer in the book.').refusal);
  if (claim.state === 'to-confirm') return claim;
  const sentence = 'Somebody has said already what became of this payment.';
  throw refused(refuse('claim-settled-before', sentence).refusal);
}

type Settled = {
  readonly state: 'confirmed' | 'dismissed';
  readonly receiptId: number | null;
  readonly at: number;
};

/** Reminders that rested for this payment go on, or have nothing left to remind of. */
function settle(tx: WriteTx, claim: ClaimRow, { state, receiptId, at }: Settled): void {
  patchClaim(tx, claim.id, { state, receiptId, settledAt: at });
  const { customerId, replyId } = claim;
  endPausesOfClaim(tx, { customerId, replyId, reason: claimReason(claim.sourceKey), at });
}

/** What a pause says that stands until a payment of a link is confirmed. */
export function claimReason(sourceKey: string): string {
  return `Paid through a link, to be confirmed (${sourceKey.slice(sourceKey.lastIndexOf(':') + 1)}).`;
}

type Part = { readonly billId: number; readonly amountPaise: Paise };

function partsFor(
  tx: WriteTx,
  { today }: BookContext,
  { claim, amountPaise }: { readonly claim: ClaimRow; readonly amountPaise: Paise },
): 'none' | readonly Part[] {
  const link = claim.linkId === null ? undefined : linkById(tx, claim.linkId);
  if (!link) return 'none';
  const own = new Set(link.billIds);
  const open = openPartsOf(tx, [link.customerId], today).items.filter((item) => own.has(item.billId));
  const parts: Part[] = [];
  let left: number = amountPaise;
  for (const item of open) {
    const part = Math.min(left, item.openPaise);
    if (part <= 0) continue;
    parts.push({ billId: item.billId, amountPaise: paise(part) });
    left -= part;
  }
  return parts.length === 0 ? 'none' : parts;
}
