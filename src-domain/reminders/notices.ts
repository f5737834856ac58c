import { billsNow, customerNow, type CustomerNow } from './plan-bills.ts';
import { courtesyOf, courtesyPlan, type Courtesy, type CourtesyPlan } from './plan-courtesy.ts';
import type { PlanCustomer, PlanFacts, PlannedMessage } from './plan-facts.ts';
import { weightOf } from './plan-history.ts';
import { indexFacts, type PlanIndex } from './plan-index.ts';
import { customerStop, type Stop } from './plan-stops.ts';

/**
 * Notices of how a due stands (RM17): once for each due, ever, and only what is true: a bill that is late, that a
 * reminder has gone out for, that nothing keeps from being chased and that is still open to the paisa the notice says. It
 * tells what stands in this book and nothing of what others could see. A customer who gets a reminder today gets his
 * notice another day. Nothing at all when the policy sends none.
 */
export function planNotices(facts: PlanFacts, reminders: readonly PlannedMessage[] = []): CourtesyPlan {
  if (!facts.policy.sendsNotices) return { messages: [], silences: [] };
  const index = indexFacts(facts);
  const reminded = new Set(reminders.map(({ customerId }) => customerId));
  const answers: { readonly now: CustomerNow; readonly answer: Courtesy | Stop }[] = [];
  for (const customer of facts.customers) {
    if (reminded.has(customer.customerId)) continue;
    const now = customerNow(index, customer, facts);
    const answer = noticeFor(index, customer, now);
    if (answer !== null) answers.push({ now, answer });
  }
  return courtesyPlan(answers);
}

/** Null where there is nothing to tell. */
function noticeFor(index: PlanIndex, customer: PlanCustomer, now: CustomerNow): Courtesy | Stop | null {
  const { policy, day } = index.facts;
  const told = new Set(
    now.sent
      .filter((one) => one.purpose === 'notice' && weightOf(one, { day, ...policy }) !== 'nothing')
      .flatMap(({ billIds }) => billIds),
  );
  const items = billsNow(now)
    .filter(({ item, past, stop }) => item.dueDay < day && past.reminded.length > 0 && stop === null)
    .map(({ item }) => item)
    .filter(({ billId }) => !told.has(billId));
  if (items.length === 0) return null;
  const whole = customerStop(customer, now.balancePaise, { policy, day });
  if (whole !== null) return whole;
  const billIds = [...new Set(items.map(({ billId }) => billId))].toSorted((a, b) => a - b);
  return courtesyOf(now, {
    purpose: 'notice',
    dedupeKey: `${customer.customerId}|notice|${billIds.join(',')}`,
    items,
    why: { code: 'notice', values: { count: billIds.length } },
    made: [],
  });
}
