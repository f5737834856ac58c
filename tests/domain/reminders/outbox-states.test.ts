import {
  afterNews,
  canBeStopped,
  finalStates,
  isFinal,
  mayFollow,
  newsStates,
  transitions,
} from '#domain/reminders/outbox-states.ts';
import { afterFailure, DAY_MS, nextPollAt } from '#domain/reminders/retry.ts';
import { errorClasses, messageStates, phases, type MessageState } from '#domain/reminders/words.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const MINUTE = 60_000;

it('knows where every state leads, and only to states that there are', () => {
  expect(Object.keys(transitions).toSorted()).toEqual([...messageStates].toSorted());
  for (const [from, to] of Object.entries(transitions)) {
    expect(to.every((state) => messageStates.includes(state))).toBe(true);
    expect(to).not.toContain(from);
  }
});

it('leads from every state to an end', () => {
  const ends = (state: MessageState, seen = new Set<MessageState>()): boolean => {
    if (isFinal(state)) return true;
    if (seen.has(state)) return false;
    seen.add(state);
    return transitions[state].some((next) => ends(next, seen));
  };
  expect(messageStates.filter((state) => !ends(state))).toEqual([]);
});

it('lets no end go back into the queue', () => {
  const queue = messageStates.filter(
    (state) => canBeStopped.has(state) || state === 'sending' || state === 'unknown',
  );
  for (const end of finalStates)
    expect(transitions[end].filter((state) => queue.includes(state))).toEqual([]);
});

it('never brings an unknown one back to be scheduled', () => {
  expect(mayFollow('unknown', 'scheduled')).toBe(false);
  expect(mayFollow('needs-person', 'scheduled')).toBe(false);
  expect(mayFollow('needs-person', 'retry-wait')).toBe(false);
});

it('takes news in any order and any number to the same side of the line', () => {
  const order = ['accepted', 'sent', 'delivered', 'read'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...newsStates), { maxLength: 12 }), (all) => {
      let state: MessageState = 'accepted';
      for (const news of all) {
        const next = afterNews(state, news);
        if (next === null) continue;
        const isForward = !order.includes(next) || order.indexOf(next) > order.indexOf(state);
        expect(isForward).toBe(true);
        state = next;
        expect(afterNews(state, news)).toBeNull();
      }
    }),
  );
});

const tried = { now: 1_000_000, attemptCount: 1, firstAttemptAt: 1_000_000, jitter: 0, isIdempotent: false };

it('waits one, five, fifteen and sixty minutes between five attempts', () => {
  const failed = {
    errorClass: 'transient-before-send',
    phase: 'not-connected',
    retryAfterSeconds: null,
  } as const;
  const waits = [1, 2, 3, 4, 5].map((attemptCount) => {
    const next = afterFailure(failed, { ...tried, attemptCount });
    return next.to === 'retry-wait' ? (next.at - tried.now) / MINUTE : next.to;
  });
  expect(waits).toEqual([1, 5, 15, 60, 'not-sent']);
});

it('waits as long as a throttled gateway asks for, and gives up after a day', () => {
  const failed = { errorClass: 'throttled', phase: 'response-read', retryAfterSeconds: 3600 } as const;
  expect(afterFailure(failed, tried)).toEqual({ to: 'retry-wait', at: tried.now + 60 * MINUTE });
  const late = { ...tried, firstAttemptAt: tried.now - DAY_MS };
  expect(afterFailure(failed, late)).toEqual({ to: 'not-sent' });
});

it('never tries again by itself what may have left, unless the same key makes no second message', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...errorClasses),
      fc.constantFrom(...phases),
      fc.integer({ min: 1, max: 6 }),
      (errorClass, phase, attemptCount) => {
        const next = afterFailure({ errorClass, phase, retryAfterSeconds: null }, { ...tried, attemptCount });
        const mayHaveLeft = errorClass === 'transient-after-send' || errorClass === 'unknown';
        if (mayHaveLeft && phase !== 'not-connected') expect(next.to).toBe('unknown');
        const idempotent = afterFailure(
          { errorClass, phase, retryAfterSeconds: null },
          { ...tried, attemptCount, isIdempotent: true },
        );
        if (mayHaveLeft) expect(['retry-wait', 'unknown', 'not-sent']).toContain(idempotent.to);
      },
    ),
  );
});

it('asks after thirty seconds, two and ten minutes, an hour, six hours, then daily, and at the very end', () => {
  const asked = Array.from({ length: 9 }, (_unused, pollCount) =>
    nextPollAt({ sentAt: 0, pollCount, lookBackDays: 3 }),
  );
  const minutes = asked.map((at) => (at === null ? null : at / MINUTE));
  expect(minutes).toEqual([0.5, 2.5, 12.5, 72.5, 432.5, 1872.5, 3312.5, 4320, null]);
});
