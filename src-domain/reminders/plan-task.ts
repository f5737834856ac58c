import { balanceOf, customerStop, pauseStop, stop, type Stop } from './plan-stops.ts';
import type { FrozenMessage } from './plan-check.ts';
import type { PlanFacts, PlanItem } from './plan-facts.ts';
import type { SilenceReason } from './words.ts';

/** What ends a task for good. What passes by itself (a reply, money that is not matched yet) leaves it where it is. */
const ending: ReadonlySet<SilenceReason> = new Set([
  'paid',
  'in-credit',
  'do-not-chase',
  'promised',
  'disputed',
  'on-plan',
  'paused',
]);

/**
 * Why a reminder that waits for a person (a call to make, a letter to print, a chat to open) is not needed any more; null
 * while it is. It waits for days, so that neither its day nor the hours matter. `fresh` may be of its customer only.
 */
export function taskStop(
  message: Pick<FrozenMessage, 'customerId' | 'cadenceId' | 'items'>,
  fresh: PlanFacts,
): Stop | null {
  const { policy, day } = fresh;
  const customer = fresh.customers.find((one) => one.customerId === message.customerId);
  if (customer === undefined) return stop('withdrawn');
  const named = new Set(message.items.map((item) => `${item.billId}|${item.dueDay}`));
  const own = fresh.items.filter((item) => item.customerId === customer.customerId);
  const left = own.filter((item) => named.has(`${item.billId}|${item.dueDay}`));
  if (named.size > 0 && left.length === 0) return stop('paid');
  const whole = customerStop(customer, balanceOf(customer, own), { policy, day });
  if (whole !== null && ending.has(whole.reason)) return whole;
  // Whoever wrote by hand chose bills that rest.
  if (message.cadenceId === null || left.length === 0) return null;
  const rests = (item: PlanItem): Stop | null =>
    item.doNotChaseReason === null
      ? pauseStop(
          customer.pauses.filter(({ billId }) => billId === item.billId),
          day,
        )
      : stop('bill-do-not-chase', null, { why: item.doNotChaseReason });
  const [first, ...others] = left.map(rests);
  return first !== undefined && others.every((one) => one !== null) ? first : null;
}
