import type { Day } from '../days.ts';
import type { Paise } from '../money.ts';
import { customerNow, type CustomerNow } from './plan-bills.ts';
import { courtesyOf, courtesyPlan, type Courtesy, type CourtesyPlan } from './plan-courtesy.ts';
import type { PlanFacts } from './plan-facts.ts';
import { indexFacts } from './plan-index.ts';
import { stop, type Stop } from './plan-stops.ts';

/** A receipt that nobody has been thanked for. Bounced or cancelled ones are not handed in. */
export type NewReceipt = {
  readonly receiptId: number;
  readonly customerId: number;
  readonly amountPaise: Paise;
  readonly receiptDay: Day;
};

/**
 * Thank-you messages (RM14): one for a receipt, ever. The key has neither day nor channel in it, so that the outbox takes
 * each once; `newReceipts` are those without such a message. Nobody who is left alone by his owner's wish is written to.
 * Nothing at all when the policy does not thank.
 */
export function planThanks(facts: PlanFacts, newReceipts: readonly NewReceipt[]): CourtesyPlan {
  if (!facts.policy.sendsThanks) return { messages: [], silences: [] };
  const index = indexFacts(facts);
  const made = new Map<number, Courtesy[]>();
  const seen = new Set<number>();
  const answers: { readonly now: CustomerNow; readonly answer: Courtesy | Stop }[] = [];
  for (const receipt of newReceipts.toSorted((a, b) => a.receiptId - b.receiptId)) {
    const customer = index.customers.get(receipt.customerId);
    if (customer === undefined || receipt.amountPaise <= 0 || seen.has(receipt.receiptId)) continue;
    seen.add(receipt.receiptId);
    const now = customerNow(index, customer, facts);
    const own = made.get(receipt.customerId) ?? [];
    const answer = thankFor(now, receipt, own);
    if (!('reason' in answer)) made.set(receipt.customerId, [...own, answer]);
    answers.push({ now, answer });
  }
  return courtesyPlan(answers);
}

/** What a thank-you for a receipt is known by. */
export function thanksKeyOf({ customerId, receiptId }: Pick<NewReceipt, 'customerId' | 'receiptId'>): string {
  return `${customerId}|thanks|${receiptId}`;
}

function thankFor(now: CustomerNow, receipt: NewReceipt, made: readonly Courtesy[]): Courtesy | Stop {
  const { doNotChaseReason, customerId } = now.customer;
  const { amountPaise, receiptDay, receiptId } = receipt;
  if (doNotChaseReason !== null) return stop('do-not-chase', null, { why: doNotChaseReason });
  // A cheque that is not yet due is no payment; it is thanked for on its day.
  if (receiptDay > now.at.day) return stop('not-yet', receiptDay);
  return courtesyOf(now, {
    purpose: 'thanks',
    dedupeKey: thanksKeyOf({ customerId, receiptId }),
    items: [],
    receipt: { amountPaise, receiptDay },
    why: { code: 'receipt', values: { receiptId, receiptDay, amountPaise } },
    made,
  });
}
