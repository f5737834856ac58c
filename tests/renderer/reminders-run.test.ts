// What the run and the calendar of the reminders decide by themselves: what is shown, ticked, counted, said.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PlannedRow, SendingStatus, SilenceShown } from '#contract/engine/reminders.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { channels, purposes, silenceReasons, tones } from '#domain/reminders/words.ts';
import { paiseOfMicros } from '#kit/micros.ts';
import { spanWords } from '#kit/instant-text.ts';
import { nothingOf, nothings, setupOf } from '#features/reminders-run/nothing.ts';
import { runDayOf } from '#features/reminders-run/run-day.ts';
import {
  chosenOf,
  countsOf,
  itemsOf,
  marksOf,
  moveOf,
  NO_FILTER,
  standingOn,
  tickAll,
  tickOne,
  totalsOf,
  untestedOf,
} from '#features/reminders-run/run-items.ts';
import { byHandCount, lampOf, sendingStateOf, sendingStates } from '#features/reminders-run/sending-state.ts';
import { silenceGroups } from '#features/reminders-run/silences.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '../architecture/read-tree.ts';

function rowOf(given: Partial<PlannedRow>): PlannedRow {
  return {
    rowKey: 'a',
    customerId: 1,
    customerName: 'Sharma Traders',
    purpose: 'reminder',
    channel: 'sms',
    gatewayId: 1,
    gatewayName: 'MSG91',
    address: '+919812345678',
    toName: 'Mr Sharma',
    language: 'en',
    tone: 'friendly',
    templateId: 1,
    templateName: 'Gentle',
    cadenceId: 1,
    cadenceName: 'Gentle',
    stepId: 's1',
    stepNumber: 1,
    subject: null,
    text: 'Bill 7 is due.',
    attaches: null,
    parts: 1,
    costMicros: 150_000,
    bills: [],
    balancePaise: paise(100_00),
    overduePaise: paise(50_00),
    creditPaise: paise(0),
    notBefore: 0,
    expiresAt: 1,
    why: { code: 'step-due', values: {} },
    warnings: [],
    problems: [],
    needsPerson: false,
    isEdited: false,
    ...given,
  };
}

const blocking = { code: 'dlt-differs', detail: { en: 'It differs.', hi: 'अलग है।' }, isBlocking: true };
const warning = { ...blocking, isBlocking: false };

describe('the list of a run', () => {
  const rows = [
    rowOf({ rowKey: 'a', customerId: 1, channel: 'sms' }),
    rowOf({ rowKey: 'b', customerId: 2, channel: 'email', warnings: ['books-old'] }),
    rowOf({ rowKey: 'c', customerId: 1, channel: 'email', problems: [warning] }),
  ];

  it('keeps a customer’s messages together, and only the first bears his name', () => {
    const items = itemsOf(rows, NO_FILTER);
    expect(items.map(({ row, isFirst }) => [row.rowKey, isFirst])).toEqual([
      ['a', true],
      ['c', false],
      ['b', true],
    ]);
  });

  it('shows only a channel, or only what has a mark; the first shown of a customer bears his name', () => {
    expect(
      itemsOf(rows, { channel: 'email', mark: null }).map(({ row, isFirst }) => [row.rowKey, isFirst]),
    ).toEqual([
      ['b', true],
      ['c', true],
    ]);
    expect(itemsOf(rows, { channel: null, mark: 'books-old' })).toHaveLength(1);
    expect(itemsOf(rows, { channel: 'sms', mark: 'problem' })).toHaveLength(0);
  });

  it('counts each channel and each mark that there is', () => {
    const { channels: byChannel, marks } = countsOf(rows);
    expect([...byChannel]).toEqual([
      ['sms', 1],
      ['email', 2],
    ]);
    expect([...marks]).toEqual([
      ['books-old', 1],
      ['problem', 1],
    ]);
  });

  it('names everything of a row that wants a second look', () => {
    const row = rowOf({ warnings: ['in-credit'], problems: [warning], needsPerson: true, isEdited: true });
    expect(marksOf(row)).toEqual(['in-credit', 'problem', 'needs-person', 'edited']);
  });

  it('loses no row and doubles none, whatever the filter', () => {
    const row = fc.record({
      rowKey: fc.uuid(),
      customerId: fc.integer({ min: 1, max: 5 }),
      channel: fc.constantFrom(...channels),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ rowKey }) => rowKey }), (made) => {
        const all = made.map(rowOf);
        expect(new Set(itemsOf(all, NO_FILTER).map(({ row: one }) => one.rowKey))).toEqual(
          new Set(all.map(({ rowKey }) => rowKey)),
        );
        const parts = channels.flatMap((channel) => itemsOf(all, { channel, mark: null }));
        expect(parts).toHaveLength(all.length);
      }),
    );
  });
});

describe('what is ticked', () => {
  const free = rowOf({ rowKey: 'free' });
  const other = rowOf({ rowKey: 'other' });
  const held = rowOf({ rowKey: 'held', problems: [blocking] });
  const nothing: ReadonlySet<string> = new Set();

  it('is everything at first, but never a message that a rule holds back', () => {
    expect(chosenOf([free, held, other], nothing).map(({ rowKey }) => rowKey)).toEqual(['free', 'other']);
  });

  it('goes and comes back with each press, and a held one does not come at all', () => {
    const without = tickOne(nothing, free);
    expect(chosenOf([free, other], without)).toEqual([other]);
    expect(chosenOf([free, other], tickOne(without, free))).toEqual([free, other]);
    expect(chosenOf([held], tickOne(nothing, held))).toEqual([]);
  });

  it('is none of the shown rows after all of them were ticked, and leaves the hidden ones alone', () => {
    const none = tickAll(nothing, [free, held]);
    expect(chosenOf([free, held, other], none)).toEqual([other]);
    expect(chosenOf([free, held, other], tickAll(none, [free, held]))).toEqual([free, other]);
    const partly = tickOne(nothing, free);
    expect(chosenOf([free, other], tickAll(partly, [free, other]))).toEqual([free, other]);
  });

  it('costs what its messages cost; what has no price is counted apart, and hands cost nothing', () => {
    const rows = [
      free,
      rowOf({ rowKey: 'b', customerId: 2, costMicros: null }),
      rowOf({ rowKey: 'c', customerId: 2, channel: 'letter', costMicros: null }),
    ];
    expect(totalsOf(rows)).toEqual({
      messageCount: 3,
      customerCount: 2,
      costMicros: 150_000,
      unpricedCount: 1,
    });
  });
});

describe('the keys of the list', () => {
  const wish = { count: 10, page: 4 };

  it('move within it and stop at its ends', () => {
    expect([moveOf('ArrowDown', 9, wish), moveOf('ArrowUp', 0, wish), moveOf('PageDown', 8, wish)]).toEqual([
      9, 0, 9,
    ]);
    expect([moveOf('End', 0, wish), moveOf('Home', 7, wish), moveOf('PageUp', 7, wish)]).toEqual([9, 0, 3]);
  });

  it('stand on the row that moved up where theirs is gone', () => {
    const items = itemsOf(
      ['a', 'b', 'c'].map((rowKey, at) => rowOf({ rowKey, customerId: at + 1 })),
      NO_FILTER,
    );
    const on = (rowKey: string, at: number): string | undefined =>
      standingOn(items, { rowKey, at })?.row.rowKey;
    expect([on('b', 0), on('gone', 1), on('gone', 3), on('', 0)]).toEqual(['b', 'b', 'c', 'a']);
    expect(standingOn([], { rowKey: 'a', at: 0 })).toBeUndefined();
  });

  it('leave every other key to whoever wants it', () => {
    expect(moveOf('x', 3, wish)).toBeUndefined();
  });
});

it('shows the day of the address, and today where it names none', () => {
  const today = day('2026-11-22');
  expect(runDayOf(null, today)).toEqual({ day: today, kind: 'today' });
  expect(runDayOf('2026-11-22', today).kind).toBe('today');
  expect(runDayOf('2026-11-23', today)).toEqual({ day: '2026-11-23', kind: 'tomorrow' });
  expect(runDayOf('2026-12-31', today)).toEqual({ day: '2026-12-31', kind: 'other' });
  expect(runDayOf('2026-02-30', today).kind).toBe('today');
});

it('groups who gets nothing by reason, the most frequent first, the largest balance first in it', () => {
  const silence = (customerId: number, reason: SilenceShown['reason'], rupees: number): SilenceShown => ({
    customerId,
    customerName: `Customer ${customerId}`,
    billIds: [],
    balancePaise: paise(rupees * 100),
    reason,
    values: {},
    until: null,
  });
  const groups = silenceGroups([
    silence(1, 'paid', 1),
    silence(2, 'gap', 5),
    silence(3, 'gap', 9),
    silence(4, 'cap-day', 2),
  ]);
  expect(groups.map(({ reason, silences, balancePaise }) => [reason, silences.length, balancePaise])).toEqual(
    [
      ['gap', 2, 14_00],
      ['cap-day', 1, 2_00],
      ['paid', 1, 1_00],
    ],
  );
  expect(groups[0]?.silences.map(({ customerId }) => customerId)).toEqual([3, 2]);
});

it('names the gateways that never reached their owner, of those that the messages go through', () => {
  const gateway = (gatewayId: number, hasReachedOwner: boolean) => ({
    gatewayId,
    name: `Gateway ${gatewayId}`,
    hasReachedOwner,
  });
  const rows = [{ gatewayId: 1 }, { gatewayId: 1 }, { gatewayId: 2 }, { gatewayId: null }];
  expect(untestedOf(rows, [gateway(1, false), gateway(2, true), gateway(3, false)])).toEqual(['Gateway 1']);
});

describe('an empty run', () => {
  const ours = { phone: '+919811111111' };
  const [on, off] = [
    { cadenceId: 1, name: 'Standard', isOn: true },
    { cadenceId: 2, name: 'Firm', isOn: false },
  ];
  const mail = { channel: 'email', isOn: true, hasReachedOwner: true };
  const everybody = [{ cadenceId: 1 }];
  const whole = { business: ours, gateways: [mail], cadences: [on, off], assignments: everybody };

  it.each([
    ['no cadence', { cadences: [] }],
    ['a cadence that is off', { cadences: [off] }],
    ['a cadence for nobody', { assignments: [] }],
    ['an assignment that reminds nobody', { assignments: [{ cadenceId: null }] }],
    ['no gateway', { gateways: [] }],
    ['a gateway that is off', { gateways: [{ ...mail, isOn: false }] }],
    ['only payment links', { gateways: [{ ...mail, channel: 'payment' }] }],
  ])('with %s shows what is to be set up', (_, change) => {
    expect(nothingOf({ ...whole, ...change })).toBe('setup');
  });

  it('of a book that is set up says that nothing is due, and blames nothing before it is known', () => {
    const untested = [{ ...mail, hasReachedOwner: false }];
    expect(nothingOf(whole)).toBe('nothing-due');
    expect(nothingOf({ ...whole, business: { phone: null }, gateways: untested })).toBe('nothing-due');
    expect(nothingOf(undefined)).toBe('nothing-due');
  });

  it('says how far each step is, and offers the one cadence that is on to everybody', () => {
    const bare = { business: { phone: null }, gateways: [], cadences: [], assignments: [] };
    const saysOf = (known: Parameters<typeof setupOf>[0]): readonly string[] =>
      setupOf(known).map(({ step, says }) => `${step} ${says}`);
    expect(saysOf(bare)).toEqual(['business none', 'gateway none', 'cadence none', 'whom none']);
    const begun = { ...bare, gateways: [{ ...mail, hasReachedOwner: false }], cadences: [off] };
    expect(saysOf(begun)).toEqual(['business none', 'gateway untested', 'cadence off', 'whom none']);
    expect(setupOf(whole).every(({ isDone }) => isDone)).toBe(true);
    expect(setupOf({ ...whole, assignments: [] }).at(-1)).toMatchObject({ isDone: false, only: on });
    const two = [on, { ...off, isOn: true }];
    expect(setupOf({ ...whole, cadences: two }).at(-1)).toMatchObject({ only: undefined });
  });
});

describe('whether messages leave', () => {
  const status: SendingStatus = {
    isKilled: false,
    stopFile: null,
    isDryRun: false,
    heldElsewhere: null,
    isOnline: true,
    canSend: true,
    scheduledCount: 0,
    sendingCount: 0,
    heldCount: 0,
    unknownCount: 0,
    toPrintCount: 1,
    toCallCount: 2,
    toHandCount: 4,
    repliesCount: 0,
    claimsCount: 0,
    sentTodayCount: 0,
    spentTodayMicros: 0,
    spentMonthMicros: 0,
    nextAt: null,
    roundAt: null,
    toApproveCount: 0,
  };
  const elsewhere = { owner: 'Office PC', until: 1, isCopy: false };

  it('is told by the owner’s own button before anything else, then by what stands in the way', () => {
    expect(sendingStateOf(status)).toBe('on');
    expect(sendingStateOf({ ...status, isKilled: true, isDryRun: true, isOnline: false })).toBe('killed');
    expect(sendingStateOf({ ...status, isKilled: true, stopFile: 'STOP-SENDING' })).toBe('stop-file');
    expect(sendingStateOf({ ...status, heldElsewhere: elsewhere, isOnline: false })).toBe('elsewhere');
    expect(sendingStateOf({ ...status, heldElsewhere: { ...elsewhere, isCopy: true } })).toBe('copy');
    expect(sendingStateOf({ ...status, canSend: false, isOnline: false })).toBe('cannot');
    expect(sendingStateOf({ ...status, isDryRun: true, isOnline: false })).toBe('dry-run');
    expect(sendingStateOf({ ...status, isOnline: false })).toBe('offline');
  });

  it('is green only where nothing waits for a person', () => {
    expect(lampOf(status)).toBe('green');
    expect(lampOf({ ...status, unknownCount: 1 })).toBe('amber');
    expect(lampOf({ ...status, isOnline: false })).toBe('amber');
    expect(lampOf({ ...status, isKilled: true })).toBe('red');
    expect(lampOf({ ...status, isKilled: true, stopFile: 'STOP-SENDING' })).toBe('red');
  });

  it('counts letters, calls and WhatsApp messages as work by hand', () => {
    expect(byHandCount(status)).toBe(7);
  });
});

it('says millionths of a rupee in paise, half up', () => {
  expect([paiseOfMicros(129_800), paiseOfMicros(125_000), paiseOfMicros(1_000_000)]).toEqual([13, 13, 100]);
});

it('says from when to when a message may leave, with the days where they differ', () => {
  const [from, hour] = [Date.UTC(2026, 10, 30, 3, 30), 3_600_000];
  expect(spanWords(from, from + 10 * hour, 'Asia/Kolkata')).toEqual({ from: '09:00', to: '19:00' });
  expect(spanWords(from, from + 24 * hour, 'Asia/Kolkata')).toEqual({
    from: '30-11-2026, 09:00',
    to: '01-12-2026, 09:00',
  });
});

const sayings = z.record(z.string(), z.unknown());
const silent = z.object({ label: z.string().min(3), sentence: z.string().min(10) });
const said = z.object({
  silence: z.record(z.string(), silent),
  channel: sayings,
  tone: sayings,
  purpose: sayings,
  language: sayings,
  sending: sayings,
  nothing: sayings,
  approve: z.object({ after: sayings }),
});

it.each(['en', 'hi'])(
  'has words for every reason, channel, tone, purpose, language and state in %s',
  (language) => {
    const file = path.join(repository, 'src-renderer/words', language, 'reminders.json');
    const words = said.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(Object.keys(words.silence).toSorted()).toEqual([...silenceReasons].toSorted());
    expect(Object.keys(words.channel).toSorted()).toEqual([...channels].toSorted());
    expect(Object.keys(words.tone).toSorted()).toEqual([...tones].toSorted());
    expect(Object.keys(words.purpose).toSorted()).toEqual([...purposes].toSorted());
    expect(Object.keys(words.language).toSorted()).toEqual([...messageLanguages].toSorted());
    expect(Object.keys(words.sending)).toEqual(expect.arrayContaining([...sendingStates]));
    expect(Object.keys(words.approve.after).toSorted()).toEqual([...sendingStates].toSorted());
    const empty = nothings.filter((one) => one !== 'setup');
    expect(Object.keys(words.nothing)).toEqual(expect.arrayContaining(empty));
  },
);
