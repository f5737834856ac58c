import type { Day } from '../days.ts';
import { sumOf, type Paise } from '../money.ts';
import { windowFrom, windowOn } from './hours.ts';
import { gatewayOf, personStop, plainAddress, templateStop } from './ladder.ts';
import { billsNow, customerNow, isDue, leadOf, type CustomerNow } from './plan-bills.ts';
import { capStop } from './plan-customer.ts';
import type { PlanFacts, PlanItem, PlannedMessage } from './plan-facts.ts';
import { isContact } from './plan-history.ts';
import { indexFacts } from './plan-index.ts';
import { customerStop, mostTelling, stop, type Stop } from './plan-stops.ts';
import { writeText, type Written } from './plan-text.ts';
import type { MessageTemplate } from './template-facts.ts';
import type { Channel, Purpose, SilenceReason } from './words.ts';

/** A message as it was when it was made. */
export type FrozenMessage = {
  readonly customerId: number;
  readonly purpose: Purpose;
  /** Null for what a person sent by hand: it passes what the law and the customer demand, not the cadence. */
  readonly cadenceId: number | null;
  readonly stepId: string | null;
  readonly channel: Channel;
  readonly address: string;
  readonly templateId: number;
  /** What its text was made of; null = of no template. */
  readonly templateVersion: number | null;
  readonly day: Day;
  readonly items: readonly Pick<PlanItem, 'billId' | 'dueDay' | 'openPaise'>[];
  readonly balancePaise: Paise;
  readonly creditPaise: Paise;
};

/** 'changed': it may go once it says these amounts, or the text of now; `written` is its text with them. */
export type Verdict =
  | { readonly kind: 'go' }
  | ({ readonly kind: 'stop' } & Stop)
  | {
      readonly kind: 'changed';
      readonly why: Extract<SilenceReason, 'amount-changed' | 'text-changed'>;
      readonly items: readonly PlanItem[];
      readonly balancePaise: Paise;
      readonly overduePaise: Paise;
      readonly creditPaise: Paise;
      readonly written: Written;
    };

export function frozenOf(message: PlannedMessage): FrozenMessage {
  const { step, template } = message;
  const { templateId, version: templateVersion } = template;
  return { ...message, stepId: step.stepId, templateId, templateVersion };
}

/**
 * The check at the last moment, inside the claim (docs/gateways.md 8.6), by the planner's own rules. `fresh` are the
 * facts of that very minute; its `sent` holds every other message but not this one. It may be given one customer's
 * facts only, with the day's messages of all others.
 */
export function revalidate(message: FrozenMessage, fresh: PlanFacts): Verdict {
  const index = indexFacts(fresh);
  const customer = index.customers.get(message.customerId);
  if (customer === undefined) return stopped(stop('withdrawn'));
  const now = customerNow(index, customer, { day: fresh.day, minute: fresh.minute });
  const late = dayStop(message, fresh);
  if (late !== null) return stopped(late);
  const left = survivors(message, now.items);
  if (message.items.length > 0 && left.length === 0) return stopped(stop('paid'));
  const named =
    message.purpose === 'reminder' && message.cadenceId !== null ? byRule(message, now, left) : left;
  if ('reason' in named) return stopped(named);
  const kept = ownerStop(message, now) ?? channelStop(message, now) ?? hoursStop(message, fresh);
  if (kept !== null) return stopped(kept);
  return compared(message, now, named);
}

function stopped(why: Stop): Verdict {
  return { kind: 'stop', ...why };
}

/** What was planned for a day is not sent on another: the step is planned anew. */
function dayStop({ day, purpose }: FrozenMessage, fresh: PlanFacts): Stop | null {
  if (purpose === 'reply' || purpose === 'test') return null;
  if (fresh.day > day) return stop('stale', null, { day });
  return fresh.day < day ? stop('outside-hours', day) : null;
}

/** Open parts that the message names and that are still open. */
function survivors(message: FrozenMessage, items: readonly PlanItem[]): readonly PlanItem[] {
  const named = new Set(message.items.map(partKey));
  return items.filter((item) => named.has(partKey(item)));
}

function partKey({ billId, dueDay }: Pick<PlanItem, 'billId' | 'dueDay'>): string {
  return `${billId}|${dueDay}`;
}

/** What the planner would still name of them, with the same step; else why it would not. */
function byRule(
  message: FrozenMessage,
  now: CustomerNow,
  left: readonly PlanItem[],
): readonly PlanItem[] | Stop {
  const { policy, day } = now.index.facts;
  const whole = customerStop(now.customer, now.balancePaise, { policy, day });
  if (whole !== null) return whole;
  const own = new Set(left);
  const bills = billsNow(now).filter(({ item }) => own.has(item));
  const due = bills.filter(isDue);
  const lead = leadOf(due);
  if (lead === undefined) return mostTelling(bills.flatMap(({ silent }) => silent ?? []));
  const { stepId } = lead.due.step;
  // The bill that the firm words were for is paid: what is left deserves its own.
  if (stepId !== message.stepId || lead.ruling.cadence.cadenceId !== message.cadenceId)
    return stop('withdrawn', null, { stepId });
  return bills.filter((bill) => bill.stop === null).map(({ item }) => item);
}

/**
 * What stops a customer as a whole stops a reminder by hand and a notice too; then the owner's rules for what goes by
 * itself: the caps, and one message a day to an address.
 */
function ownerStop(message: FrozenMessage, now: CustomerNow): Stop | null {
  const { purpose, cadenceId, channel } = message;
  const isByHand = purpose === 'reminder' && cadenceId === null;
  if (isByHand || purpose === 'notice') {
    const { policy, day } = now.index.facts;
    const whole = customerStop(now.customer, now.balancePaise, { policy, day });
    if (whole !== null) return whole;
  }
  if (isByHand || (purpose !== 'reminder' && purpose !== 'thanks' && purpose !== 'notice')) return null;
  const capped = capStop(now, channel, []);
  if (capped !== null) return capped;
  const address = plainAddress(message.address);
  const isTaken = now.index.facts.sent.some(
    (one) =>
      one.day === now.at.day &&
      one.customerId !== message.customerId &&
      isContact(one) &&
      plainAddress(one.address) === address,
  );
  return isTaken ? stop('same-address') : null;
}

function channelStop(message: FrozenMessage, { index, customer }: CustomerNow): Stop | null {
  const { channel, purpose } = message;
  const gateway = gatewayOf(index, channel);
  if (typeof gateway === 'string') return stop(gateway, null, { channel });
  if (purpose === 'test') return null;
  const said = personStop(index, customer, { channel, purpose });
  // An answer to somebody who wrote needs no agreement beyond that; a stop holds for it, too.
  if (said !== null && !(purpose === 'reply' && said === 'no-consent')) return stop(said, null, { channel });
  const address = plainAddress(message.address);
  if (customer.suppressed.some((one) => plainAddress(one) === address))
    return stop('suppressed', null, { channel });
  if (purpose === 'reply') return null;
  const known = customer.addresses[channel] ?? [];
  const isKnown = known.some((one) => plainAddress(one.address) === address);
  // A person may have typed another address; what goes by itself goes to one that is his now.
  const mayBeTyped = message.cadenceId === null && purpose !== 'thanks' && purpose !== 'notice';
  if (!isKnown && !mayBeTyped) return stop('contact-changed', null, { channel });
  const unusable = templateStop(templateOf(message, index.facts), gateway);
  return unusable === null ? null : stop(unusable, null, { channel });
}

function templateOf({ templateId }: FrozenMessage, facts: PlanFacts): MessageTemplate | null {
  return facts.templates.find((one) => one.templateId === templateId) ?? null;
}

function hoursStop({ channel, purpose }: FrozenMessage, fresh: PlanFacts): Stop | null {
  if (purpose === 'reply' || purpose === 'test') return null;
  const whole = windowOn(fresh.policy, channel, fresh.day);
  if (whole === null) return stop('outside-hours', null, { channel });
  const rest = windowFrom(fresh.policy, channel, fresh);
  if (rest === null) return stop('window-missed', null, { channel });
  if (rest.fromMinute > fresh.minute)
    return stop('outside-hours', fresh.day, { channel, fromMinute: rest.fromMinute });
  return null;
}

function compared(message: FrozenMessage, now: CustomerNow, named: readonly PlanItem[]): Verdict {
  const { customer, balancePaise, at, index } = now;
  const creditPaise = customer.unallocatedPaise;
  const was = amountsText(message.items);
  const isSame =
    amountsText(named) === was &&
    creditPaise === message.creditPaise &&
    balancePaise === message.balancePaise;
  const template = templateOf(message, index.facts);
  // A thank-you, an answer and a test name no bills; what they say does not grow old.
  if (message.items.length === 0 || template === null) return { kind: 'go' };
  if (isSame && !isOtherRegistered(message, template)) return { kind: 'go' };
  const gateway = gatewayOf(index, message.channel);
  const wish = { facts: index.facts, customer, items: named, balancePaise, template, day: at.day };
  const written = writeText({ ...wish, gateway: typeof gateway === 'string' ? null : gateway });
  if (!written.ok) return stopped(stop('text-refused', null, { code: written.refusal.code }));
  const late = named.filter((item) => item.dueDay < at.day);
  const overduePaise = sumOf(late, (item) => item.openPaise);
  const why = isSame ? 'text-changed' : 'amount-changed';
  return {
    kind: 'changed',
    why,
    items: named,
    balancePaise,
    overduePaise,
    creditPaise,
    written: written.value,
  };
}

/** It goes out under the ids that its template has now, which may stand for other words by now. */
function isOtherRegistered({ templateVersion }: FrozenMessage, template: MessageTemplate): boolean {
  const { dlt, vendorTemplateId, whatsapp, version } = template;
  if (templateVersion === null || templateVersion === version) return false;
  return dlt !== null || vendorTemplateId !== null || whatsapp !== null;
}

function amountsText(items: FrozenMessage['items']): string {
  return items
    .map((item) => `${partKey(item)}|${item.openPaise}`)
    .toSorted()
    .join();
}
