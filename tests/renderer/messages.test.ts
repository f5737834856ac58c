// What the outbox decides by itself: how far a message is, why it was sent or not, what is kept of a call.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { messageEventKinds, messageShape, type MessageRow } from '#contract/engine/messages.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { channels, errorClasses, messageStates, phases } from '#domain/reminders/words.ts';
import { callOutcomes, callResultOf } from '#features/messages/call-outcome.ts';
import { eventDetailsOf, isWritten } from '#features/messages/event-details.ts';
import { handViews, workedOn } from '#features/messages/hand-views.ts';
import { instantWords } from '#kit/instant-text.ts';
import { outboxViewOf, outboxViews, standingOf } from '#features/messages/message-views.ts';
import { phoneWords } from '#kit/phone-words.ts';
import { whySent } from '#features/messages/why-sent.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '../architecture/read-tree.ts';

const made = { purpose: 'reminder', cadenceName: 'Gentle', stepNumber: 2, approvedAt: null } as const;

describe('why a message was sent or not', () => {
  it('names the step, and who let it go', () => {
    expect(whySent({ ...made, state: 'delivered', approvedAt: 5 })).toEqual({
      because: 'step',
      lead: 'left',
      approval: 'by-person',
    });
    expect(whySent({ ...made, state: 'delivered' }).approval).toBe('by-itself');
  });

  it('says of one that never left that it was planned, and of one that waits that it is to leave', () => {
    expect(whySent({ ...made, state: 'skipped' })).toEqual({
      because: 'step',
      lead: 'not-sent',
      approval: null,
    });
    expect(whySent({ ...made, state: 'scheduled', approvedAt: 5 })).toMatchObject({
      lead: 'waiting',
      approval: 'by-person',
    });
  });

  it('does not say of an unclear one that it was sent', () => {
    expect(whySent({ ...made, state: 'unknown' }).lead).toBe('waiting');
    expect(whySent({ ...made, state: 'bounced' }).lead).toBe('left');
  });

  it('knows a message by hand, a thank-you and an answer from a step', () => {
    const alone = { ...made, cadenceName: null, stepNumber: null, state: 'sent' } as const;
    expect(whySent(alone)).toEqual({ because: 'by-hand', lead: 'left', approval: null });
    // Whoever wrote it needs nobody's approval, and is not told of one.
    expect(whySent({ ...alone, approvedAt: 5 }).approval).toBeNull();
    expect(whySent({ ...alone, purpose: 'thanks' }).because).toBe('thanks');
    expect(whySent({ ...alone, purpose: 'reply' }).because).toBe('reply');
  });
});

it('puts every state where a person looks for it, and what is held or unclear where he is needed', () => {
  expect(messageStates.filter((state) => standingOf(state) === 'needs-you')).toEqual([
    'held',
    'unknown',
    'needs-person',
    'handed-to-user',
  ]);
  expect(messageStates.filter((state) => standingOf(state) === 'failed')).toEqual([
    'undelivered',
    'bounced',
    'rejected',
  ]);
});

it('opens the view of the address, and all of them where it names none of the outbox', () => {
  expect(outboxViewOf('failed')).toBe('failed');
  expect(outboxViewOf('to-print')).toBe('all');
  expect(outboxViewOf(null)).toBe('all');
});

describe('what is kept of a call', () => {
  const today = day('2026-11-22');

  it('is nothing before something was chosen', () => {
    expect(callResultOf({ outcome: null, note: 'x', promiseDay: undefined }, today)).toBeUndefined();
  });

  it('needs a day for a promise, and none that is past', () => {
    const promise = { outcome: 'promise', note: ' ', promiseDay: undefined } as const;
    expect(callResultOf(promise, today)).toBeUndefined();
    expect(callResultOf({ ...promise, promiseDay: day('2026-11-21') }, today)).toBeUndefined();
    expect(callResultOf({ ...promise, promiseDay: today }, today)).toEqual({
      isDone: true,
      outcome: 'promise',
      note: null,
      promiseDay: today,
    });
  });

  it('keeps no day where nothing was promised', () => {
    const draft = { outcome: 'no-answer', note: ' rang twice ', promiseDay: today } as const;
    expect(callResultOf(draft, today)).toEqual({
      isDone: true,
      outcome: 'no-answer',
      note: 'rang twice',
      promiseDay: null,
    });
  });
});

it('tells of an event its reason, what came of the call, the day, the number and the words, and no more', () => {
  const values = { reason: 'promised', outcome: 'promise', promiseDay: '2026-11-30', stepNumber: 2 };
  expect(eventDetailsOf({ values, detail: 'on Monday' }).map(({ key }) => key)).toEqual([
    'reason',
    'outcome',
    'promiseDay',
    'own',
  ]);
  expect(eventDetailsOf({ values: { postalNumber: 'RM1' }, detail: '' })).toEqual([
    { key: 'postalNumber', value: 'RM1' },
  ]);
  expect(eventDetailsOf({ values: {}, detail: null })).toEqual([]);
});

it('tells what a person did right after the planning as writing, and later as saying what became of it', () => {
  const events = [
    { kind: 'planned' },
    { kind: 'by-person' },
    { kind: 'unknown' },
    { kind: 'by-person' },
  ] as const;
  expect(events.map((_event, at) => isWritten(events, at))).toEqual([false, true, false, false]);
});

it('parts an Indian number as it is read aloud, and leaves any other as it is', () => {
  expect(phoneWords('+919876500011')).toBe('+91 98765 00011');
  expect(phoneWords('+14155550123')).toBe('+14155550123');
  expect(phoneWords('7 Station Road')).toBe('7 Station Road');
});

describe('the message that is worked on', () => {
  const rows = [7, 8, 9].map((messageId): MessageRow => ({
    messageId,
    customerId: 1,
    customerName: 'Sharma Traders',
    purpose: 'reminder',
    channel: 'call',
    gatewayName: null,
    address: '+919812345678',
    state: 'needs-person',
    reason: null,
    values: {},
    balancePaise: paise(1),
    costMicros: null,
    createdAt: 0,
    notBefore: 0,
    changedAt: 0,
    billCount: 1,
    excerpt: '',
  }));

  it('is the first until one is chosen', () => {
    expect(workedOn(rows, undefined)?.messageId).toBe(7);
    expect(workedOn(rows, { messageId: 9, at: 2 })?.messageId).toBe(9);
    expect(workedOn([], undefined)).toBeUndefined();
  });

  it('is the one that moved up once the chosen one is done, and the last one at the end', () => {
    expect(workedOn(rows, { messageId: 5, at: 1 })?.messageId).toBe(8);
    expect(workedOn(rows, { messageId: 5, at: 3 })?.messageId).toBe(9);
    expect(workedOn([], { messageId: 5, at: 0 })).toBeUndefined();
  });
});

it('writes an instant by the clock of the book, with its seconds where they matter', () => {
  const at = Date.UTC(2026, 10, 29, 19, 30, 7);
  expect(instantWords(at, { zone: 'Asia/Kolkata' })).toBe('30-11-2026, 01:00');
  expect(instantWords(at, { zone: 'Asia/Kolkata', withSeconds: true })).toBe('30-11-2026, 01:00:07');
  expect(instantWords(at, { zone: 'America/New_York' })).toBe('29-11-2026, 14:30');
});

it('writes an instant by the clock of this computer where no book has a say', () => {
  expect(instantWords(0)).toMatch(/^\d\d-\d\d-19(?:69|70), \d\d:\d\d$/);
});

const sayings = z.record(z.string(), z.string().min(2));
const titled = z.record(z.string(), z.object({ title: z.string(), next: z.string().min(20) }));
const said = z.object({
  state: sayings,
  came: sayings,
  handed: sayings,
  event: sayings,
  phase: sayings,
  errorClass: sayings,
  action: sayings,
  outcome: sayings,
  view: sayings,
  empty: titled,
  handEmpty: titled,
});
const actions = messageShape.shape.actions.element.options;

it.each(['en', 'hi'])(
  'has words for every state, event, phase, failure, action and outcome in %s',
  (language) => {
    const file = path.join(repository, 'src-renderer/words', language, 'messages.json');
    const words = said.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(Object.keys(words.state).toSorted()).toEqual([...messageStates].toSorted());
    expect(Object.keys(words.came).toSorted()).toEqual([...messageStates].toSorted());
    expect(Object.keys(words.handed).toSorted()).toEqual([...channels].toSorted());
    expect(Object.keys(words.event).toSorted()).toEqual([...messageEventKinds].toSorted());
    expect(Object.keys(words.phase)).toEqual(
      expect.arrayContaining([...phases, 'prepared', 'request-may-have-left', 'done']),
    );
    expect(Object.keys(words.errorClass).toSorted()).toEqual([...errorClasses].toSorted());
    expect(Object.keys(words.action).toSorted()).toEqual([...actions].toSorted());
    expect(Object.keys(words.outcome).toSorted()).toEqual([...callOutcomes].toSorted());
    expect(Object.keys(words.view)).toEqual(expect.arrayContaining([...outboxViews]));
    expect(Object.keys(words.empty).toSorted()).toEqual([...outboxViews].toSorted());
    expect(Object.keys(words.handEmpty).toSorted()).toEqual([...handViews].toSorted());
  },
);
