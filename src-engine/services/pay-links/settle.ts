import { isNeverMade, nextLinkLookAt, paymentsOf, wholeKey } from '#domain/reminders/inbox-links.ts';
import { paise } from '#domain/money.ts';
import type { PaymentLinkState } from '../../adapters/message-ports.ts';
import { claimBySourceKey, insertClaim } from '../../storage/claims.ts';
import type { WriteTx } from '../../storage/database.ts';
import { linkById, patchLink, remindedAt, type LinkRow } from '../../storage/pay-links.ts';
import { insertPause } from '../../storage/pauses.ts';
import { claimReason } from '../replies/claims.ts';

/**
 * Writes down what the gateway says of a link: its payments become claims, each once, and its bills are not reminded of
 * until a person has confirmed them. Nothing is ever marked as paid here. Answers whether money is new.
 */
export function applyLinkState(tx: WriteTx, linkId: number, state: PaymentLinkState, now: number): boolean {
  const link = linkById(tx, linkId);
  if (!link) return false;
  const isFinal = link.status === 'paid';
  const status = isFinal ? 'paid' : state.status;
  const since = Math.max(link.createdAt, remindedAt(tx, link.billIds) ?? 0);
  patchLink(tx, linkId, {
    externalId: state.externalId,
    url: state.url,
    status,
    // What was paid once stays paid, whatever an older answer says.
    paidPaise: paise(Math.max(link.paidPaise, state.paidPaise)),
    lookedAt: now,
    nextLookAt: nextLinkLookAt({ status, since, now }),
  });
  if (claimBySourceKey(tx, wholeKey(link.reference))) return false;
  const news = paymentsOf(link.reference, state).filter((payment) =>
    claimPayment(tx, link, { ...payment, now }),
  );
  return news.length > 0;
}

/** False: it is claimed already. */
function claimPayment(
  tx: WriteTx,
  link: LinkRow,
  payment: {
    readonly sourceKey: string;
    readonly amountPaise: number;
    readonly reference: string | null;
    readonly now: number;
  },
): boolean {
  const { sourceKey, amountPaise, reference, now } = payment;
  const { customerId, id: linkId } = link;
  const claim = { customerId, source: 'pay-link', sourceKey, replyId: null, linkId, reference } as const;
  if (insertClaim(tx, { ...claim, amountPaise: paise(amountPaise), createdAt: now }) === null) return false;
  const reason = claimReason(sourceKey);
  for (const billId of link.billIds) {
    insertPause(tx, {
      customerId,
      billId,
      kind: 'reply',
      untilDay: null,
      reason,
      replyId: null,
      createdAt: now,
    });
  }
  return true;
}

/** The gateway does not know the link: soon after it was made that means little, later that it was never made. */
export function applyNoLink(tx: WriteTx, link: LinkRow, now: number): void {
  const isOver = link.status !== 'making' && link.status !== 'unknown';
  const isNever = isOver || isNeverMade(link.createdAt, now);
  const status = isNever ? 'cancelled' : 'unknown';
  const nextLookAt = nextLinkLookAt({ status, since: link.createdAt, now });
  patchLink(tx, link.id, { status, lookedAt: now, nextLookAt });
}

/** It could not be asked: the next look is as after any other. */
export function applyNoAnswer(tx: WriteTx, link: LinkRow, now: number): void {
  const since = Math.max(link.createdAt, remindedAt(tx, link.billIds) ?? 0);
  patchLink(tx, link.id, { nextLookAt: nextLinkLookAt({ status: link.status, since, now }) });
}
