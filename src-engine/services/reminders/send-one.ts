import type { PlannedRow } from '#contract/engine/reminders.ts';
import { isStruckOut } from '../outbox/claim.ts';
import { nextWithinHours } from '../outbox/clock.ts';
import type { Day } from '#domain/days.ts';
import { sumOf, type Paise } from '#domain/money.ts';
import { windowOn } from '#domain/reminders/hours.ts';
import { gatewayOf, personStop, plainAddress, templateStop } from '#domain/reminders/ladder.ts';
import { capStop } from '#domain/reminders/plan-customer.ts';
import type { PlanCustomer, PlanFacts, PlanItem, PlannedMessage } from '#domain/reminders/plan-facts.ts';
import { indexFacts, templateFor, type PlanIndex } from '#domain/reminders/plan-index.ts';
import { balanceOf, customerStop } from '#domain/reminders/plan-stops.ts';
import { writeText, type TextWish, type Written } from '#domain/reminders/plan-text.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';
import { refuse } from '#domain/result.ts';
import { insertRun } from '../../storage/messages.ts';
import { customerGone } from '../customers/save.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { addressNotValid } from '../consents.ts';
import { planChanged } from './approve.ts';
import { minuteNow } from './calendar.ts';
import { enqueue } from './enqueue.ts';
import { planFacts } from './facts.ts';
import { rowWorld } from './plan-now.ts';
import { rowOf, type RowWorld } from './plan-row.ts';
import { tidyAddress } from './reach.ts';

/** One message by hand (RM18): it passes what the law, the customer and the caps demand, but needs no step of a cadence. */
export const sendOne = bookDoor.reminders.sendOne.handler(({ context, input }) => {
  const { db, today, changed } = context;
  const facts = planFacts(context, {
    day: today,
    minute: minuteNow(context),
    customerIds: [input.customerId],
  });
  const made = draftOf(context, facts, input);
  const { row, silence, message } = made;
  // Words typed over an older draft would name an amount that is no longer owed.
  if (input.balancePaise !== undefined && input.balancePaise !== row.balancePaise) {
    throw refused(planChanged().refusal);
  }
  if (input.isDraft || silence !== null || row.problems.some((one) => one.isBlocking))
    return { row, messageId: null, silence };
  const messageId = db.write((tx) => {
    const kind = row.purpose === 'reply' ? 'reply' : 'single';
    const runId = insertRun(tx, { kind, runDay: today, createdAt: context.now(), approvedAt: context.now() });
    return enqueue(tx, context, {
      runId,
      row,
      made: message,
      isAutomatic: false,
      event: { kind: 'by-person' },
    });
  });
  changed('reminders', 'messages');
  return { row, messageId, silence: messageId === null ? ('duplicate' as const) : null };
});

type Wish = Parameters<Parameters<typeof bookDoor.reminders.sendOne.handler>[0]>[0]['input'];
type Draft = {
  readonly row: PlannedRow;
  readonly message: PlannedMessage;
  readonly silence: SilenceReason | null;
};

function draftOf(context: BookContext, facts: PlanFacts, wish: Wish): Draft {
  const index = indexFacts(facts);
  const message = messageFor(index, wish);
  const world = editedWorld(rowWorld(context, facts), message, wish);
  const row = {
    ...rowOf(message, world),
    cadenceId: null,
    cadenceName: null,
    stepId: null,
    stepNumber: null,
  };
  const isStruck = context.db.read((tx) => isStruckOut(tx, message));
  const silence = silenceFor(index, message) ?? (isStruck ? ('suppressed' as const) : null);
  return { row: { ...row, ...hoursOf(context, facts, row) }, message, silence };
}

function messageFor(index: PlanIndex, wish: Wish): PlannedMessage {
  const { facts } = index;
  const { day } = facts;
  const customer = index.customers.get(wish.customerId);
  if (!customer) throw refused(customerGone().refusal);
  const template = templateIn(index, facts, wish);
  const chosen = wish.billIds === undefined ? null : new Set(wish.billIds);
  const items = facts.items.filter((item) =>
    chosen === null
      ? template.purpose !== 'reminder' || isChased(customer, item, day)
      : chosen.has(item.billId),
  );
  const found = gatewayOf(index, wish.channel);
  const gateway = typeof found === 'string' ? null : found;
  const balancePaise = balanceOf(customer, facts.items);
  return {
    ...textFor({ facts, customer, items, balancePaise, template, gateway, day }, wish),
    ...byHand(wish, template),
    ...addressOf(wish, customer.addresses[wish.channel] ?? []),
    ...minutesOf(facts, wish.channel),
    dedupeKey: keyOf(wish, template, { items, day }),
    customerId: wish.customerId,
    purpose: template.purpose,
    channel: wish.channel,
    gatewayId: gateway?.gatewayId ?? null,
    template,
    language: template.language,
    items,
    balancePaise,
    overduePaise: overdueOf(items, facts),
    creditPaise: customer.unallocatedPaise,
    day,
    warnings: customer.unallocatedPaise > 0 ? ['unmatched-money'] : [],
    needsPerson: false,
  };
}

/** A bill that rests is named only by somebody who chooses it. */
function isChased({ pauses }: PlanCustomer, { billId, doNotChaseReason }: PlanItem, day: Day): boolean {
  const isPaused = pauses.some((one) => one.billId === billId && (one.until === null || one.until >= day));
  return doNotChaseReason === null && !isPaused;
}

/** Words of one's own need no field to have a value. */
function textFor(facts: TextWish, { text }: Wish): Written {
  const written = writeText(facts);
  if (written.ok) return written.value;
  if (text === undefined) throw refused(written.refusal);
  return { subject: null, text, values: [], parts: null, costMicros: null };
}

function templateIn(index: PlanIndex, facts: PlanFacts, wish: Wish): MessageTemplate {
  const named = facts.templates.find((one) => one.templateId === wish.templateId);
  if (!named) {
    throw refused(
      refuse('template-gone', 'This text is no longer in the book.', { field: 'templateId' }).refusal,
    );
  }
  const { key, purpose } = named;
  if (named.channel === wish.channel && (wish.language ?? named.language) === named.language) return named;
  return (
    templateFor(
      index,
      { key, purpose, channel: wish.channel, language: wish.language ?? named.language },
      (one) => !one.isPaused,
    ) ?? {
      ...named,
      channel: wish.channel,
    }
  );
}

function addressOf(
  { channel, address }: Wish,
  known: readonly { readonly address: string; readonly toName: string }[],
): { readonly address: string; readonly toName: string } {
  if (address === undefined) return known[0] ?? { address: '', toName: '' };
  const tidy = tidyAddress(channel, address);
  if (tidy === null) throw refused(addressNotValid(channel, address).refusal);
  return known.find((one) => one.address === tidy) ?? { address: tidy, toName: '' };
}

function byHand(
  wish: Wish,
  template: MessageTemplate,
): Pick<PlannedMessage, 'cadenceId' | 'step' | 'stepNumber' | 'why'> {
  const code = 'step-due';
  return {
    cadenceId: 0,
    stepNumber: 0,
    step: {
      stepId: 'by-hand',
      anchor: 'due',
      days: 0,
      channels: [wish.channel],
      tone: template.tone,
      templateKey: template.key,
      repeatEveryDays: null,
      repeatMost: null,
      needsPerson: false,
      attaches: wish.attaches ?? null,
    },
    why: { code, values: { byHand: 1 } },
  };
}

function keyOf(
  { customerId, channel, text }: Wish,
  { key, purpose }: MessageTemplate,
  { items, day }: { readonly items: readonly PlanItem[]; readonly day: string },
): string {
  const billIds = items.map((item) => item.billId).join(',');
  // An answer is free text: two different ones on a day are two messages.
  const words = purpose === 'reply' ? (text ?? '') : '';
  return [customerId, channel, 'by-hand', key, billIds, day, words].join('|');
}

function overdueOf(items: readonly PlanItem[], { day }: PlanFacts): Paise {
  return sumOf(
    items.filter((item) => item.dueDay < day),
    (item) => item.openPaise,
  );
}

function minutesOf(
  { policy, day }: PlanFacts,
  channel: Wish['channel'],
): Pick<PlannedMessage, 'fromMinute' | 'toMinute'> {
  return windowOn(policy, channel, day) ?? { fromMinute: 0, toMinute: 1439 };
}

const DAY_MS = 24 * 3_600_000;

/** An answer to somebody who wrote may go at any hour; all else within the hours. */
function hoursOf(
  { now, book, dayAt }: BookContext,
  { policy }: PlanFacts,
  row: PlannedRow,
): Pick<PlannedRow, 'notBefore' | 'expiresAt'> {
  const at = now();
  if (row.purpose === 'reply') return { notBefore: at, expiresAt: at + DAY_MS };
  const open = nextWithinHours(policy, row.channel, at, { timeZone: book.timeZone, dayAt }) ?? at;
  return { notBefore: Math.max(open, at), expiresAt: row.expiresAt };
}

/** What was typed stands for an edit of the row. */
function editedWorld(world: RowWorld, message: PlannedMessage, wish: Wish): RowWorld {
  const { subject = null, text = null }: { subject?: string | null; text?: string | null } = wish;
  if (subject === null && text === null) return world;
  const edit = {
    rowKey: '',
    forDay: message.day,
    customerId: message.customerId,
    subject: subject === message.subject ? null : subject,
    body: text === message.text ? null : text,
    declinedReason: null,
  };
  return { ...world, edits: { get: () => edit } };
}

/** Why it may not go at all; a step, a gap and the owner's wish to look first are no matter of a message by hand. */
function silenceFor(index: PlanIndex, message: PlannedMessage): SilenceReason | null {
  const { facts } = index;
  const customer = index.customers.get(message.customerId);
  if (!customer) return 'withdrawn';
  const { channel, purpose, day, template } = message;
  if (message.address === '') return 'no-address';
  const said = personStop(index, customer, { channel, purpose });
  if (said !== null && !(purpose === 'reply' && said === 'no-consent')) return said;
  if (customer.suppressed.some((one) => plainAddress(one) === plainAddress(message.address)))
    return 'suppressed';
  const gateway = gatewayOf(index, channel);
  if (typeof gateway === 'string') return gateway;
  if (purpose === 'reply') return null;
  const unusable = templateStop(template, gateway);
  if (unusable !== null) return unusable;
  const stopped =
    purpose === 'reminder'
      ? customerStop(customer, message.balancePaise, { policy: facts.policy, day })
      : null;
  if (stopped !== null) return stopped.reason;
  const window = windowOn(facts.policy, channel, day);
  if (window === null || facts.minute >= window.toMinute) return 'outside-hours';
  const sent = index.sent.get(message.customerId) ?? [];
  return capStop({ index, at: facts, sent }, channel, [])?.reason ?? null;
}
