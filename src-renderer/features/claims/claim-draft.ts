import type { Claim } from '#contract/engine/replies.ts';
import type { Day } from '#domain/days.ts';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { moneyInput } from '#kit/money-field.tsx';
import { readMoney } from '#kit/money-input.ts';
import type { Client } from '../../client.ts';

/** A payment that is to be confirmed, as its form holds it. */
export type ClaimDraft = { readonly amount: string; readonly day: string; readonly reference: string };
export type ClaimFaults = { readonly [Field in keyof ClaimDraft]?: string };

/** What was claimed stands in the form; the day is today's until somebody says which one it was. */
export function claimDraftOf(
  claim: Pick<Claim, 'amountPaise' | 'reference'>,
  { today, currency }: { readonly today: Day; readonly currency: string },
): ClaimDraft {
  return {
    amount: moneyInput(claim.amountPaise, currency),
    day: dayWords(today),
    reference: claim.reference ?? '',
  };
}

type ConfirmWish = Omit<Parameters<Client['replies']['confirmClaim']>[0], 'claimId'>;
export type ClaimRead =
  | { readonly wish: ConfirmWish; readonly faults: undefined }
  | { readonly wish: undefined; readonly faults: ClaimFaults };

/** The receipt of a form, or what is wrong with it by field (keys of the words). */
export function readClaim(
  draft: ClaimDraft,
  { today, currency }: { readonly today: Day; readonly currency: string },
): ClaimRead {
  const amountPaise = readMoney(draft.amount, currency);
  const receiptDay = readDay(draft.day, today);
  const hasAmount = amountPaise !== undefined && amountPaise !== null && amountPaise > 0;
  const hasDay = receiptDay !== undefined && receiptDay <= today;
  if (!hasAmount || !hasDay) {
    return {
      wish: undefined,
      faults: {
        ...(hasAmount ? {} : { amount: 'claims.fault.amount' }),
        ...(hasDay ? {} : { day: receiptDay === undefined ? 'claims.fault.day' : 'claims.fault.ahead' }),
      },
    };
  }
  const reference = draft.reference.trim() === '' ? null : draft.reference.trim();
  return { wish: { amountPaise, receiptDay, reference }, faults: undefined };
}
