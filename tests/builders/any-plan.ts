import { addDays } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { USUAL_POLICY, type Hours, type SendingPolicy } from '#domain/reminders/policy.ts';
import { channels, messageStates, pauseKinds, purposes, tones } from '#domain/reminders/words.ts';
import fc from 'fast-check';
import {
  aCadence,
  aCustomer,
  aGateway,
  anItem,
  aSent,
  aStep,
  aTemplate,
  at,
  D,
  planFacts,
} from './plan-facts.ts';

const CUSTOMERS = 4;
const BILLS = 10;

const chance = (percent: number) =>
  fc.noBias(fc.integer({ min: 1, max: 100 })).map((thrown) => thrown > 100 - percent);
/** Null but for so many in a hundred. */
const rarely = <T>(percent: number, some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.tuple(chance(percent), some).map(([is, one]) => (is ? one : null));
const someChannels = fc.uniqueArray(fc.constantFrom(...channels), { minLength: 1, maxLength: 4 });
const rarelyMore = <T>(percent: number, some: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  rarely(percent, some).map((one) => (one === null ? [] : [one]));
const between = (min: number, max: number) => fc.integer({ min, max });
/** Few, so that customers share them. */
const anyAddress = between(1, 6).map((n) => ({ address: `${n}@example.in`, toName: `N${n}` }));

const anyStep = fc
  .record({
    anchor: fc.constantFrom(
      'due' as const,
      'due' as const,
      'bill' as const,
      'month-end' as const,
      'previous' as const,
    ),
    days: between(0, 40),
    channels: someChannels,
    tone: fc.constantFrom(...tones),
    repeatEveryDays: rarely(40, between(1, 20)),
    repeatMost: fc.option(between(1, 4)),
    needsPerson: fc.boolean(),
  })
  .map((one) => aStep({ ...one, days: one.anchor === 'due' ? one.days - 12 : one.days }));

const anyCadence = fc
  .record({
    steps: fc.array(anyStep, { minLength: 1, maxLength: 5 }),
    isOn: chance(95),
    active: between(-150, 2),
    minimum: fc.constantFrom(0, 0, 5000),
    gapDays: between(0, 9),
    graceDays: fc.constantFrom(0, 0, 3),
    mostPerBill: rarely(30, between(1, 6)),
    stopAfterDays: rarely(30, between(20, 200)),
  })
  .map(({ steps, active, minimum, ...one }) =>
    aCadence(
      steps.map((step, n) => ({ ...step, stepId: `s${n}` })),
      { ...one, activeFrom: at(active), minimumPaise: paise(minimum) },
    ),
  );

const anyHours: fc.Arbitrary<Hours> = fc.record({
  fromMinute: between(0, 700),
  toMinute: between(600, 1440),
  weekdays: fc.tuple(chance(95), chance(90), chance(90), chance(90), chance(90), chance(60), chance(30)),
});

const anyPolicy: fc.Arbitrary<SendingPolicy> = fc
  .record({
    hours: fc.tuple(anyHours, anyHours),
    holidays: fc.array(between(0, 30), { maxLength: 3 }),
    perChannelDayMost: between(1, 3),
    perDayMost: between(1, 3),
    perWeekMost: between(1, 5),
    gapDaysLeast: between(0, 5),
    quietDaysAfterReceipt: between(0, 3),
    onUnmatchedMoney: fc.constantFrom('hold' as const, 'warn' as const),
    needsConsent: rarelyMore(40, fc.constantFrom(...channels)),
    nextChannelHours: between(1, 72),
  })
  .map(({ hours: [one, other], holidays, ...rest }) => ({
    ...USUAL_POLICY,
    ...rest,
    holidays: [...new Set(holidays)].map((days) => ({ day: at(days), name: 'Holiday' })),
    hours: { sms: one, whatsapp: other, email: one, voice: other, letter: one, call: other },
  }));

const anyCustomer = fc.record({
  tags: fc.subarray(['slow', 'big']),
  doNotChaseReason: rarely(8, fc.constant('asked')),
  addresses: fc.dictionary(
    fc.constantFrom(...channels),
    fc.array(anyAddress, { minLength: 1, maxLength: 2 }),
    {
      minKeys: 2,
    },
  ),
  optedOut: rarelyMore(25, fc.constantFrom(...channels)),
  consented: someChannels,
  suppressed: rarelyMore(
    25,
    anyAddress.map(({ address }) => address),
  ),
  pauses: rarelyMore(
    25,
    fc.record({
      billId: fc.oneof(fc.constant(null), between(1, BILLS)),
      kind: fc.constantFrom(...pauseKinds),
      until: fc.option(between(-3, 20).map(at)),
    }),
  ),
  hasOpenReply: chance(8),
  lastMoneyDay: rarely(25, between(-9, 0).map(at)),
  unallocatedPaise: fc.constantFrom(0, 0, 0, 0, 7000, 900_000).map(paise),
  tiesOut: fc.constantFrom(null, true, true, true, true, true, false),
});

/** Any book, any rules, any history of up to five months. */
export const anyPlanFacts: fc.Arbitrary<PlanFacts> = fc
  .record({
    cadences: fc.tuple(anyCadence, anyCadence),
    policy: anyPolicy,
    customers: fc.array(anyCustomer, { minLength: CUSTOMERS, maxLength: CUSTOMERS }),
    bills: fc.array(
      fc.record({
        customerId: between(1, CUSTOMERS),
        paise: between(0, 300_000),
        due: between(-120, 25),
        terms: between(0, 45),
        isForeign: chance(15),
        isStopped: chance(10),
        isInParts: chance(15),
      }),
      { minLength: 3, maxLength: BILLS },
    ),
    history: fc.array(
      fc.record({
        customerId: between(1, CUSTOMERS),
        billId: between(1, BILLS),
        days: between(-40, 0),
        channel: fc.constantFrom(...channels),
        state: fc.constantFrom(...messageStates),
        purpose: fc.constantFrom('reminder' as const, 'reminder' as const, ...purposes),
        stepId: fc.constantFrom('s0', 's1', 's2'),
        isByHand: chance(15),
      }),
      { maxLength: 8 },
    ),
    assigned: fc.array(
      fc.record({
        scope: between(0, 3),
        cadence: fc.constantFrom(1, 2, null),
        from: between(-150, 5),
        key: between(1, 4),
      }),
      { maxLength: 4 },
    ),
    pausedGateways: rarelyMore(30, fc.constantFrom(...channels)),
    missingTexts: rarelyMore(30, fc.constantFrom(...channels)),
    minute: fc.constantFrom(0, 0, 0, 600, 1000, 1139),
  })
  .map(({ cadences: [first, second], policy, customers, bills, history, assigned, ...rest }) => {
    const parts = bills.flatMap((one, n) =>
      (one.isInParts ? [0, 25] : [0]).map((later) => ({ ...one, n, later })),
    );
    const items = parts.map(({ n, later, ...one }) =>
      anItem(n + 1, 0, one.due + later, {
        customerId: one.customerId,
        openPaise: paise(one.paise),
        billDay: addDays(at(one.due), 0 - one.terms),
        currency: one.isForeign ? 'USD' : null,
        foreignMinor: one.isForeign ? 1 + one.paise : null,
        doNotChaseReason: one.isStopped ? 'gift' : null,
      }),
    );
    const scopes = ['company', 'tag', 'customer', 'bill'] as const;
    const keyOf = (scope: number, key: number) =>
      ['', key > 2 ? 'slow' : 'big', String(key), String(key)][scope];
    return planFacts({
      day: D,
      minute: rest.minute,
      policy,
      cadences: [first, { ...second, cadenceId: 2, name: 'Other' }],
      assignments: [
        { assignmentId: 1, scope: 'company', scopeKey: '', cadenceId: 1, activeFrom: at(-150) },
        ...assigned.map((one, n) => ({
          assignmentId: n + 2,
          scope: scopes[one.scope] ?? 'company',
          scopeKey: keyOf(one.scope, one.key) ?? '',
          cadenceId: one.cadence,
          activeFrom: at(one.from),
        })),
      ],
      customers: customers.map((one, n) => aCustomer(n + 1, one)),
      items: items.toSorted((a, b) => a.customerId - b.customerId),
      sent: history.map(({ billId, days, isByHand, ...one }) =>
        aSent([billId], days, { ...one, ...(isByHand ? { cadenceId: null, stepId: null } : {}) }),
      ),
      gateways: channels.map((channel) =>
        aGateway(channel, { isPaused: rest.pausedGateways.includes(channel), pricePerPartMicros: 150_000 }),
      ),
      templates: channels
        .filter((channel) => !rest.missingTexts.includes(channel))
        .map((channel) => aTemplate(channel, { body: '{{customer_name}} {{amount}} {{balance_lines}}' })),
    });
  });
