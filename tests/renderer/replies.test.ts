// What the inbox decides by itself: order, keys, what a form says, on which channel an answer can leave.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Thread } from '#contract/engine/replies.ts';
import { day } from '#domain/days.ts';
import { paise, ZERO } from '#domain/money.ts';
import { inboundKinds, replyMarks } from '#domain/reminders/words.ts';
import { claimDraftOf, readClaim } from '#features/claims/claim-draft.ts';
import { CARDS_MOST, todayCards } from '#features/reminders-today/today-cards.ts';
import { answerWays, minutesLeft, wayShown } from '#features/replies/answer-ways.ts';
import { saveKindOf, sizeWords } from '#features/replies/attachment-files.ts';
import {
  isAsking,
  markDraftOf,
  markKeys,
  markOfCode,
  readMark,
  UNMARK_KEY,
} from '#features/replies/marks.ts';
import { quickAnswers } from '#features/replies/quick-texts.ts';
import {
  activeReplyOf,
  askedKeyOf,
  keptOrder,
  movedTo,
  shownThreads,
  threadKeyOf,
  type ThreadLine,
} from '#features/replies/threads.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '../architecture/read-tree.ts';

const today = day('2026-11-22');
const asked = { today, currency: 'INR' };

function thread(customerId: number | null, openCount = 1): Thread {
  return {
    customerId,
    customerName: `Customer ${customerId}`,
    address: '+919812345678',
    channel: 'sms',
    lastAt: 1,
    lastText: 'ok',
    openCount,
    attachmentCount: 0,
    outstandingPaise: ZERO,
    oldestDays: 0,
    windowUntil: null,
  };
}

function line(replyId: number | null, more: Partial<ThreadLine> = {}): ThreadLine {
  return {
    key: `line-${replyId}-${more.kind ?? 'reply'}`,
    at: 1,
    isOurs: false,
    channel: 'sms',
    kind: 'reply',
    subject: null,
    text: 'ok',
    state: null,
    messageId: null,
    replyId,
    mark: null,
    hint: null,
    isOpen: false,
    attachments: [],
    ...more,
  };
}

describe('the list of conversations', () => {
  it('leaves what is shown in its place, brings new ones on top, and takes out what is gone', () => {
    expect(keptOrder([], ['a', 'b'])).toEqual(['a', 'b']);
    expect(keptOrder(['a', 'b', 'c'], ['c', 'new', 'a'])).toEqual(['new', 'a', 'c']);
  });

  it('is the same list where only the order of the engine changed', () => {
    const shown = ['a', 'b'];
    expect(keptOrder(shown, ['b', 'a'])).toBe(shown);
  });

  it('keeps the answered one in sight while it is looked at', () => {
    const threads = [thread(1), thread(2, 0), thread(3, 0)];
    const order = threads.map(threadKeyOf);
    const shown = shownThreads(threads, { order, filter: 'open', activeKey: 'customer:2' });
    expect(shown.map(({ customerId }) => customerId)).toEqual([1, 2]);
    expect(shownThreads(threads, { order, filter: 'all', activeKey: undefined })).toHaveLength(3);
  });

  it('knows a customer and a stranger by the address of the screen', () => {
    expect(askedKeyOf({ customer: '7', address: null })).toBe(threadKeyOf(thread(7)));
    expect(askedKeyOf({ customer: null, address: '+919812345678' })).toBe(threadKeyOf(thread(null)));
    expect(askedKeyOf({ customer: null, address: null })).toBeUndefined();
  });

  it('moves by arrows and pages and stops at both ends', () => {
    const list = { count: 10, page: 4 };
    expect(
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map((key) => movedTo(key, 1, list)),
    ).toEqual([2, 0, 5, 0, 0, 9]);
    expect(movedTo('ArrowDown', 9, list)).toBe(9);
    expect(movedTo('p', 1, list)).toBeUndefined();
  });
});

describe('the reply that is marked', () => {
  it('is the newest that waits, unless another is chosen', () => {
    const lines = [line(1, { isOpen: true }), line(2, { isOpen: true }), line(3)];
    expect(activeReplyOf(lines, undefined)?.replyId).toBe(2);
    expect(activeReplyOf(lines, 1)?.replyId).toBe(1);
  });

  it('is the newest of all where none waits, and never a report of a machine or a line of ours', () => {
    const lines = [
      line(1),
      line(2, { kind: 'key-press' }),
      line(3, { kind: 'bounce' }),
      line(4, { kind: 'auto-reply' }),
      line(null, { kind: 'message', isOurs: true }),
    ];
    expect(activeReplyOf(lines, undefined)?.replyId).toBe(2);
    expect(activeReplyOf([line(3, { kind: 'bounce' })], undefined)).toBeUndefined();
  });
});

describe('a mark', () => {
  it('has a key of its own each, by its place on the keyboard', () => {
    expect(markKeys.map(([mark]) => mark).toSorted()).toEqual([...replyMarks].toSorted());
    const keys = [...markKeys.map(([, key]) => key), UNMARK_KEY];
    expect(new Set(keys).size).toBe(keys.length);
    expect(markOfCode('KeyP')).toBe('promise');
    expect(markOfCode('KeyZ')).toBeUndefined();
    expect(replyMarks.filter(isAsking)).toEqual(['promise', 'dispute', 'paid']);
  });

  it('begins a promise with the day that the reply seems to name', () => {
    const hint = { mark: 'promise', day: day('2026-12-05'), reference: null } as const;
    expect(markDraftOf('promise', hint).day).toBe('05-12-2026');
    expect(markDraftOf('dispute', hint).day).toBe('');
  });

  it('needs a day from today on for a promise', () => {
    const promise = { mark: 'promise', ...asked } as const;
    const draft = { day: '', amount: '', note: '' };
    expect(readMark(draft, promise).faults).toEqual({ day: 'mark.fault.day' });
    expect(readMark({ ...draft, day: '21-11-2026' }, promise).faults).toEqual({ day: 'mark.fault.past' });
    expect(readMark({ ...draft, day: 'soon' }, promise).faults).toEqual({ day: 'mark.fault.noDay' });
    expect(readMark({ ...draft, day: '5 dec', amount: '1.5L', note: ' by cheque ' }, promise).wish).toEqual({
      mark: 'promise',
      day: '2026-12-05',
      amountPaise: 15_000_000,
      note: 'by cheque',
    });
  });

  it('lets a dispute stand without a day and a payment without an amount, but not with a wrong one', () => {
    const empty = { day: '', amount: '', note: '' };
    expect(readMark(empty, { mark: 'dispute', ...asked }).wish).toEqual({
      mark: 'dispute',
      day: null,
      amountPaise: null,
      note: null,
    });
    expect(readMark(empty, { mark: 'paid', ...asked }).wish?.amountPaise).toBeNull();
    expect(readMark({ ...empty, amount: '1,50' }, { mark: 'paid', ...asked }).faults).toEqual({
      amount: 'mark.fault.amount',
    });
    expect(readMark({ ...empty, amount: '0' }, { mark: 'paid', ...asked }).faults).toEqual({
      amount: 'mark.fault.nothing',
    });
  });
});

describe('the channel of an answer', () => {
  const gateway = { kind: 'sms-http', channel: 'sms', isOn: true, pause: null } as const;
  const cloud = { kind: 'whatsapp-cloud', channel: 'whatsapp', isOn: true, pause: null } as const;
  const own = { ...cloud, kind: 'whatsapp-link' } as const;

  it('is closed on WhatsApp once a day has passed, and open on one’s own phone', () => {
    expect(answerWays([cloud, gateway], null, 1000)).toEqual([
      { channel: 'whatsapp', isClosed: true },
      { channel: 'sms', isClosed: false },
    ]);
    expect(answerWays([cloud], 1000, 1000)).toEqual([{ channel: 'whatsapp', isClosed: true }]);
    expect(answerWays([cloud], 1001, 1000)).toEqual([{ channel: 'whatsapp', isClosed: false }]);
    expect(answerWays([cloud, own], null, 1000)).toEqual([{ channel: 'whatsapp', isClosed: false }]);
  });

  it('is none without a gateway that is on', () => {
    expect(answerWays([{ ...gateway, isOn: false }], null, 0)).toEqual([]);
  });

  it('is the chosen one, else his own though it is closed: then the way out is told', () => {
    const ways = answerWays([cloud, gateway], null, 1000);
    expect(wayShown(ways, undefined, 'whatsapp')).toEqual({ channel: 'whatsapp', isClosed: true });
    expect(wayShown(ways, 'sms', 'whatsapp')?.channel).toBe('sms');
    expect(wayShown(ways, undefined, 'voice')?.channel).toBe('sms');
    expect(wayShown([], undefined, 'sms')).toBeUndefined();
  });

  it('counts a begun minute as one that is left', () => {
    expect([minutesLeft(null, 5), minutesLeft(4, 5), minutesLeft(60_001, 0), minutesLeft(1, 0)]).toEqual([
      0, 0, 2, 1,
    ]);
  });
});

it('offers the texts that answer on the channel, those in the window’s language first', () => {
  const text = { purpose: 'reply', channel: 'sms', isPaused: false, language: 'en', name: 'B' } as const;
  const texts = [
    text,
    { ...text, name: 'A' },
    { ...text, language: 'hi', name: 'C' } as const,
    { ...text, isPaused: true, name: 'paused' },
    { ...text, channel: 'email', name: 'mail' } as const,
    { ...text, purpose: 'reminder', name: 'reminder' } as const,
  ];
  expect(quickAnswers(texts, 'sms', 'hi').map(({ name }) => name)).toEqual(['C', 'A', 'B']);
});

it('says the size of a file, and which files the save dialog knows', () => {
  expect([840, 52_100, 3_200_000].map(sizeWords)).toEqual(['840 B', '52 kB', '3 MB']);
  expect(saveKindOf('NEFT advice.PDF')).toBe('pdf');
  expect(saveKindOf('UTR photo.jpeg')).toBe('jpeg');
  expect(saveKindOf('setup.exe')).toBeUndefined();
});

describe('a payment that is to be confirmed', () => {
  it('stands in the form as it was claimed', () => {
    const claim = { amountPaise: paise(12_613_227), reference: 'HDFC1' };
    expect(claimDraftOf(claim, asked)).toEqual({
      amount: '1,26,132.27',
      day: '22-11-2026',
      reference: 'HDFC1',
    });
    expect(claimDraftOf({ amountPaise: null, reference: null }, asked).amount).toBe('');
  });

  it('becomes a receipt only with an amount and a day that has come', () => {
    const draft = { amount: '', day: '23-11-2026', reference: ' ' };
    expect(readClaim(draft, asked).faults).toEqual({
      amount: 'claims.fault.amount',
      day: 'claims.fault.ahead',
    });
    expect(readClaim({ ...draft, amount: '0', day: '' }, asked).faults).toEqual({
      amount: 'claims.fault.amount',
      day: 'claims.fault.day',
    });
    expect(readClaim({ ...draft, amount: '500', day: '21-11-2026' }, asked).wish).toEqual({
      amountPaise: 50_000,
      receiptDay: '2026-11-21',
      reference: null,
    });
  });
});

describe('what to do today', () => {
  const nothing = {
    claimsCount: 0,
    repliesCount: 0,
    heldCount: 0,
    unknownCount: 0,
    toApproveCount: 0,
    toCallCount: 0,
    toPrintCount: 0,
    toHandCount: 0,
  };

  it('is nothing where nothing waits, and five at most, money first', () => {
    expect(todayCards(nothing)).toEqual([]);
    const all = todayCards({
      claimsCount: 1,
      repliesCount: 2,
      heldCount: 3,
      unknownCount: 4,
      toApproveCount: 5,
      toCallCount: 6,
      toPrintCount: 7,
      toHandCount: 8,
    });
    expect(all).toHaveLength(CARDS_MOST);
    expect(all.map(({ kind }) => kind)).toEqual(['claims', 'replies', 'needsYou', 'run', 'hand']);
    expect(all[2]?.count).toBe(7);
  });

  it('opens the place of what waits', () => {
    expect(todayCards({ ...nothing, toPrintCount: 1 })).toEqual([
      { kind: 'print', count: 1, href: '/reminders?tab=by-hand' },
    ]);
  });
});

const sayings = z.record(z.string(), z.string().min(2));
const said = z.object({
  kind: sayings,
  marked: sayings,
  mark: z.object({ is: sayings, button: sayings, about: sayings, keep: sayings, fault: sayings }),
  claims: z.object({ source: sayings, told: sayings, state: sayings, became: sayings }),
});

it.each(['en', 'hi'])('has words for every mark, kind of reply and claim in %s', (language) => {
  const file = path.join(repository, 'src-renderer/words', language, 'replies.json');
  const { kind, marked, mark, claims } = said.parse(JSON.parse(readFileSync(file, 'utf8')));
  const keysOf = (words: Readonly<Record<string, string>>): readonly string[] =>
    Object.keys(words).toSorted();
  expect(keysOf(kind)).toEqual([...inboundKinds, 'message'].toSorted());
  for (const words of [marked, mark.is, mark.button])
    expect(keysOf(words)).toEqual([...replyMarks].toSorted());
  for (const words of [mark.about, mark.keep]) {
    expect(keysOf(words)).toEqual(replyMarks.filter(isAsking).toSorted());
  }
  expect(keysOf(claims.source)).toEqual(['key-press', 'pay-link', 'reply']);
  expect(keysOf(claims.told)).toEqual(keysOf(claims.source));
  expect(keysOf(claims.became)).toEqual(keysOf(claims.state));
});
