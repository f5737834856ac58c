import { addDays, day, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { Cadence, CadenceStep } from '#domain/reminders/cadence.ts';
import type {
  PlanCustomer,
  PlanFacts,
  PlanGateway,
  PlanItem,
  PlanSent,
} from '#domain/reminders/plan-facts.ts';
import { USUAL_POLICY, type SendingPolicy } from '#domain/reminders/policy.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import type { Channel, Tone } from '#domain/reminders/words.ts';

// Facts of a plan, said in a few words. Amounts in rupees, days as numbers from D.

/** A Monday. */
export const D = day('2026-06-15');
export const at = (days: number): Day => addDays(D, days);

export function aStep(more: Partial<CadenceStep> & { readonly days: number }): CadenceStep {
  return {
    stepId: `${more.anchor ?? 'due'}${more.days}`,
    anchor: 'due',
    channels: ['sms'],
    tone: 'plain',
    templateKey: 'bill-due',
    repeatEveryDays: null,
    repeatMost: null,
    needsPerson: false,
    attaches: null,
    ...more,
  };
}

export function aCadence(steps: readonly CadenceStep[], more: Partial<Cadence> = {}): Cadence {
  return {
    cadenceId: 1,
    name: 'Standard',
    isOn: true,
    activeFrom: at(-2000),
    steps,
    minimumPaise: paise(0),
    gapDays: 3,
    graceDays: 0,
    mostPerBill: null,
    stopAfterDays: null,
    isAutomatic: true,
    ...more,
  };
}

export function anItem(
  billId: number,
  rupees: number,
  dueIn: number,
  more: Partial<PlanItem> = {},
): PlanItem {
  return {
    billId,
    customerId: 1,
    kind: 'invoice',
    number: `INV-${billId}`,
    billDay: at(dueIn - 30),
    dueDay: at(dueIn),
    openPaise: paise(Math.round(rupees * 100)),
    currency: null,
    foreignMinor: null,
    doNotChaseReason: null,
    ...more,
  };
}

export function aCustomer(customerId = 1, more: Partial<PlanCustomer> = {}): PlanCustomer {
  const toName = `Customer ${customerId}`;
  const phone = `+9198000${String(customerId).padStart(5, '0')}`;
  return {
    customerId,
    name: toName,
    language: 'en',
    tags: [],
    doNotChaseReason: null,
    addresses: {
      sms: [{ address: phone, toName }],
      whatsapp: [{ address: phone, toName }],
      email: [{ address: `c${customerId}@example.in`, toName }],
    },
    optedOut: [],
    consented: ['whatsapp'],
    suppressed: [],
    pauses: [],
    hasOpenReply: false,
    lastMoneyDay: null,
    unallocatedPaise: paise(0),
    tiesOut: null,
    ...more,
  };
}

export function aSent(billIds: readonly number[], days: number, more: Partial<PlanSent> = {}): PlanSent {
  return {
    customerId: 1,
    billIds,
    purpose: 'reminder',
    channel: 'sms',
    address: '+919800000001',
    cadenceId: 1,
    stepId: 'due1',
    isAutomatic: true,
    day: at(days),
    state: 'delivered',
    changedAt: 0,
    ...more,
  };
}

export function aGateway(channel: Channel, more: Partial<PlanGateway> = {}): PlanGateway {
  return {
    gatewayId: 10 + ['sms', 'whatsapp', 'email', 'voice', 'letter', 'call'].indexOf(channel),
    channel,
    isPaused: false,
    pricePerPartMicros: 200_000,
    needsDlt: false,
    needsWhatsappTemplate: false,
    ...more,
  };
}

export function aTemplate(channel: Channel, more: Partial<MessageTemplate> = {}): MessageTemplate {
  return {
    templateId: ['sms', 'whatsapp', 'email', 'voice', 'letter', 'call'].indexOf(channel) + 1,
    key: 'bill-due',
    purpose: 'reminder',
    channel,
    language: 'en',
    tone: 'plain' satisfies Tone,
    name: 'Due',
    subject: channel === 'email' || channel === 'letter' ? 'Bill {{bill_number}}' : null,
    body: '{{customer_name}}: {{bill_list}}, {{amount}}. {{business_name}}',
    dlt: null,
    vendorTemplateId: null,
    whatsapp: null,
    isPaused: false,
    version: 1,
    ...more,
  };
}

const everyChannel = ['sms', 'whatsapp', 'email', 'voice', 'letter', 'call'] as const;

/** One customer, all channels, one step on the first day late; the caps out of the way of what a test is about. */
export function planFacts(more: Partial<PlanFacts> = {}): PlanFacts {
  return {
    day: D,
    minute: 0,
    baseCurrency: 'INR',
    business: {
      name: 'Asha Traders',
      phone: '+919811111111',
      vpa: 'asha@okbank',
      payeeName: 'Asha Traders',
      payLinkChars: null,
    },
    policy: USUAL_POLICY,
    cadences: [aCadence([aStep({ days: 1 })])],
    assignments: [{ assignmentId: 1, scope: 'company', scopeKey: '', cadenceId: 1, activeFrom: at(-2000) }],
    customers: [aCustomer()],
    items: [],
    sent: [],
    templates: everyChannel.map((channel) => aTemplate(channel)),
    gateways: everyChannel.map((channel) => aGateway(channel)),
    ...more,
  };
}

const EVERY_DAY = [true, true, true, true, true, true, true] as const;

/** Open on Sundays too, and without caps. */
export function openPolicy(more: Partial<SendingPolicy> = {}): SendingPolicy {
  const { sms, whatsapp, email, voice, letter, call } = USUAL_POLICY.hours;
  const open = (hours: SendingPolicy['hours'][Channel]) => ({ ...hours, weekdays: EVERY_DAY });
  return {
    ...USUAL_POLICY,
    hours: {
      sms: open(sms),
      whatsapp: open(whatsapp),
      email: open(email),
      voice: open(voice),
      letter: open(letter),
      call: open(call),
    },
    perChannelDayMost: 9,
    perDayMost: 9,
    perWeekMost: 90,
    ...more,
  };
}
