// A day's plan of 10,000 messages over a book of 50,000 open bills with a history of 30,000 messages, beside what the
// same run takes to write the same 10,000 texts alone, so that the machine's speed cancels out.
// Run: node tests/bench/planning.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { diceOf } from '#domain/demo-dice.ts';
import { paise } from '#domain/money.ts';
import type { CadenceStep } from '#domain/reminders/cadence.ts';
import type { PlanCustomer, PlanFacts, PlanItem, PlanSent } from '#domain/reminders/plan-facts.ts';
import { planAhead } from '#domain/reminders/plan-ahead.ts';
import { planDays, planReminders } from '#domain/reminders/plan.ts';
import { writeText } from '#domain/reminders/plan-text.ts';
import { USUAL_POLICY } from '#domain/reminders/policy.ts';

const CUSTOMERS = 12_500;
const BILLS = 50_000;
const SENT = 30_000;
const MESSAGES_LEAST = 10_000;
const ROUNDS = 7;
/** Planning beside writing alone; a month ahead beside a month planned day by day; the limit of the issue, by processor. */
const LIMITS = { planToTexts: 8, monthToDays: 0.6, planCpuMsOf10000: 1000 };
const MONTH_DAYS = 31;
const TODAY = day('2026-06-15');
const dice = diceOf(5);

function step(number: number, days: number): CadenceStep {
  return {
    stepId: `step-${number}`,
    anchor: 'due',
    days,
    channels: ['whatsapp', 'sms', 'email'],
    tone: number > 3 ? 'firm' : 'plain',
    templateKey: 'bill-due',
    repeatEveryDays: number === 5 ? 7 : null,
    repeatMost: null,
    needsPerson: false,
    attaches: null,
  };
}

function customer(customerId: number): PlanCustomer {
  const toName = `Sharma Traders ${customerId}`;
  const phone = { address: `+9198${String(customerId).padStart(8, '0')}`, toName };
  const email = { address: `accounts${customerId}@example.in`, toName };
  return {
    customerId,
    name: toName,
    language: customerId % 4 === 0 ? 'hi' : 'en',
    tags: customerId % 7 === 0 ? ['slow'] : [],
    doNotChaseReason: customerId % 97 === 0 ? 'family' : null,
    addresses: { sms: [phone], whatsapp: [phone], email: [email] },
    optedOut: customerId % 50 === 0 ? ['sms'] : [],
    consented: customerId % 3 === 0 ? ['whatsapp'] : [],
    suppressed: [],
    pauses: customerId % 40 === 0 ? [{ billId: null, kind: 'promise', until: null }] : [],
    hasOpenReply: customerId % 120 === 0,
    lastMoneyDay: addDays(TODAY, 0 - dice.between(1, 200)),
    unallocatedPaise: paise(0),
    tiesOut: null,
  };
}

function item(billId: number): PlanItem {
  const dueDay = addDays(TODAY, dice.between(-100, 5));
  return {
    billId,
    customerId: 1 + Math.floor(((billId - 1) * CUSTOMERS) / BILLS),
    kind: 'invoice',
    number: `INV/26-27/${billId}`,
    billDay: addDays(dueDay, -30),
    dueDay,
    openPaise: paise(dice.between(10_000, 50_000_000)),
    currency: null,
    foreignMinor: null,
    doNotChaseReason: null,
  };
}

function sent(): PlanSent {
  const billId = dice.between(1, BILLS);
  return {
    customerId: 1 + Math.floor(((billId - 1) * CUSTOMERS) / BILLS),
    billIds: [billId],
    purpose: 'reminder',
    channel: 'sms',
    address: `+91${billId}`,
    cadenceId: 1,
    stepId: 'step-1',
    isAutomatic: true,
    day: addDays(TODAY, 0 - dice.between(8, 90)),
    state: 'delivered',
    changedAt: 0,
  };
}

const range = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n + 1));
const words = {
  en: 'Dear {{customer_name}}, {{bill_list}} of {{amount}} is overdue by {{days_late}} days. {{business_name}}',
  hi: 'प्रिय {{customer_name}}, {{bill_list}} के {{amount}} बाकी हैं। {{business_name}}',
} as const;

const facts: PlanFacts = {
  day: TODAY,
  minute: 0,
  baseCurrency: 'INR',
  business: {
    name: 'Asha Traders',
    phone: '+919811111111',
    vpa: 'asha@okbank',
    payeeName: null,
    payLinkChars: null,
  },
  policy: USUAL_POLICY,
  cadences: [
    {
      cadenceId: 1,
      name: 'Standard',
      isOn: true,
      activeFrom: day('2025-01-01'),
      steps: [-3, 1, 7, 15, 30].map((days, n) => step(n + 1, days)),
      minimumPaise: paise(10_000),
      gapDays: 3,
      graceDays: 0,
      mostPerBill: 30,
      stopAfterDays: null,
      isAutomatic: true,
    },
  ],
  assignments: [
    { assignmentId: 1, scope: 'company', scopeKey: '', cadenceId: 1, activeFrom: day('2025-01-01') },
  ],
  customers: range(CUSTOMERS, customer),
  items: range(BILLS, item),
  sent: range(SENT, sent),
  templates: (['sms', 'whatsapp', 'email'] as const).flatMap((channel, n) =>
    (['en', 'hi'] as const).map((language, other) => ({
      templateId: n * 2 + other + 1,
      key: 'bill-due',
      purpose: 'reminder',
      channel,
      language,
      tone: 'plain',
      name: 'Due',
      subject: channel === 'email' ? 'Bill {{bill_number}}' : null,
      body: channel === 'sms' ? words[language] : `${words[language]}\n{{balance_lines}}\n{{upi_link}}`,
      dlt: null,
      vendorTemplateId: null,
      whatsapp: null,
      isPaused: false,
      version: 1,
    })),
  ),
  gateways: (['sms', 'whatsapp', 'email'] as const).map((channel, n) => ({
    gatewayId: n + 1,
    channel,
    isPaused: false,
    pricePerPartMicros: 180_000,
    needsDlt: false,
    needsWhatsappTemplate: false,
  })),
};

/** Of the clock and of the processor: where others use the machine, too, only the second says what it costs. */
function timed(run: () => unknown): { readonly ms: number; readonly cpuMs: number } {
  const before = process.cpuUsage();
  const begun = performance.now();
  run();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1000 };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const round = (value: number): number => Math.round(value * 100) / 100;

const customers = new Map(facts.customers.map((one) => [one.customerId, one]));
const gateways = new Map(facts.gateways.map((one) => [one.channel, one]));
const first = planReminders(facts);
const plans: ReturnType<typeof timed>[] = [];
const texts: ReturnType<typeof timed>[] = [];
for (let count = 0; count < ROUNDS; count += 1) {
  plans.push(timed(() => planReminders(facts)));
  texts.push(
    timed(() => {
      let letters = 0;
      for (const { customerId, items, balancePaise, template, channel } of first.messages) {
        const to = customers.get(customerId);
        const gateway = gateways.get(channel) ?? null;
        if (to === undefined) throw new Error('A message to nobody.');
        const written = writeText({
          facts,
          customer: to,
          items,
          balancePaise,
          template,
          gateway,
          day: TODAY,
        });
        letters += written.ok ? written.value.text.length : 0;
      }
      return letters;
    }),
  );
}
const lastDay = addDays(TODAY, MONTH_DAYS - 1);
const month = timed(() => [...planAhead(facts, lastDay, ({ costMicros }) => costMicros)].length);
const naiveMonth = timed(() => planDays(facts, TODAY, lastDay).length);
const planMs = median(plans.map(({ ms }) => ms));
const planCpuMs = median(plans.map(({ cpuMs }) => cpuMs));
const textsMs = median(texts.map(({ ms }) => ms));
const report = {
  messages: first.messages.length,
  silences: first.silences.length,
  planMs: round(planMs),
  planCpuMs: round(planCpuMs),
  textsMs: round(textsMs),
  planToTexts: round(planMs / textsMs),
  planCpuMsOf10000: round((planCpuMs * 10_000) / first.messages.length),
  monthCpuMs: round(month.cpuMs),
  naiveMonthCpuMs: round(naiveMonth.cpuMs),
  monthToDays: round(month.cpuMs / naiveMonth.cpuMs),
  loadAverage: loadavg(),
  limits: LIMITS,
};
const folder = path.resolve(import.meta.dirname, '../../test-results/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'planning.json'), JSON.stringify(report, null, 2));
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
if (report.messages < MESSAGES_LEAST) throw new Error(`Only ${report.messages} messages were planned.`);
if (report.planToTexts > LIMITS.planToTexts || report.monthToDays > LIMITS.monthToDays)
  throw new Error('Planning is slower than its limit (see above).');
// A machine that is shared says little by absolute figures: told, and held only where it is asked for.
if (process.env['BAAKI_BENCH_ABSOLUTE'] === '1' && report.planCpuMsOf10000 > LIMITS.planCpuMsOf10000)
  throw new Error('Ten thousand messages take longer than the issue allows (see above).');
