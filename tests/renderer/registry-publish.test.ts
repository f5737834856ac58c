// What the lists of dues decide by themselves: which rows are shown, what a press is about, what others are said to see.
import type { Candidate, PublishedDue } from '#contract/engine/registry.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { dueSaidOf, dueSaids, dueViewOf, dueViews, type DueSaidFacts } from '#domain/registry/due-said.ts';
import { publishBars, type PublishBar } from '#domain/registry/publish.ts';
import { bytesParts } from '#features/registry-publish/bytes-text.ts';
import {
  canProve,
  evidenceWish,
  fileNameOf,
  gradesInOrder,
} from '#features/registry-publish/evidence-values.ts';
import {
  barCounts,
  barRank,
  BILLS_MOST,
  canPublish,
  fixOf,
  isCandidateShown,
  toPublish,
} from '#features/registry-publish/fixes.ts';
import {
  canWithdraw,
  isPublishedShown,
  splitWithdrawal,
  viewCounts,
} from '#features/registry-publish/published-say.ts';
import { describe, expect, it } from 'vitest';
import {
  disputeReasons,
  disputeStates,
  dueStates,
  entityKinds,
  evidenceGrades,
  itemErrorCodes,
  visibilities,
} from '../../src-domain/registry/words.ts';
import words from '../../src-renderer/words/en/registry.json' with { type: 'json' };

const candidate = (billId: number, bars: readonly PublishBar[] = []): Candidate => ({
  billId,
  number: `INV-${billId}`,
  customerId: billId % 3,
  customerName: 'Sharma Traders',
  billDay: day('2026-06-01'),
  dueDay: day('2026-07-01'),
  daysLate: 144,
  amountPaise: paise(1_000_00),
  openPaise: paise(1_000_00),
  entity: 'C',
  evidence: 'doc',
  bars: [...bars],
  doNotPublish: bars.includes('do-not-publish') ? 'customer' : null,
  isCorrected: false,
});

const due = (change: Partial<PublishedDue> = {}): PublishedDue => ({
  billId: 1,
  number: 'INV-1',
  customerId: 1,
  customerName: 'Sharma Traders',
  dueDay: day('2026-07-01'),
  openPaise: paise(1_000_00),
  state: 'open',
  visibility: 'visible',
  visibleFrom: day('2026-12-14'),
  publishedAt: 1,
  undoUntil: null,
  sentAt: 2,
  notice: null,
  writtenOffAt: null,
  errorCode: null,
  dispute: null,
  ...change,
});

describe('what might be published', () => {
  const all = { view: 'all', text: '', customerId: undefined, bar: null } as const;
  const ready = candidate(1);
  const barred = candidate(2, ['no-proof', 'consent-missing']);

  it('shows the ready, those that are not, or all', () => {
    expect([ready, barred].filter((row) => isCandidateShown(row, { ...all, view: 'ready' }))).toEqual([
      ready,
    ]);
    expect([ready, barred].filter((row) => isCandidateShown(row, { ...all, view: 'barred' }))).toEqual([
      barred,
    ]);
    expect([ready, barred].every((row) => isCandidateShown(row, all))).toBe(true);
  });

  it('finds words in any order, one customer, and one reason', () => {
    expect(isCandidateShown(ready, { ...all, text: 'inv-1 sharma' })).toBe(true);
    expect(isCandidateShown(ready, { ...all, text: 'gupta' })).toBe(false);
    expect(isCandidateShown(ready, { ...all, customerId: 2 })).toBe(false);
    expect(isCandidateShown(barred, { ...all, bar: 'consent-missing' })).toBe(true);
    expect(isCandidateShown(ready, { ...all, bar: 'consent-missing' })).toBe(false);
  });

  it('forgets a chosen reason beside the ready ones, where it cannot be seen', () => {
    expect(isCandidateShown(ready, { ...all, view: 'ready', bar: 'consent-missing' })).toBe(true);
    expect(isCandidateShown(barred, { ...all, view: 'ready', bar: 'consent-missing' })).toBe(false);
  });

  it('counts each reason, the most frequent first', () => {
    expect(barCounts([ready, barred, candidate(3, ['no-proof'])])).toEqual([
      ['no-proof', 2],
      ['consent-missing', 1],
    ]);
  });

  it('publishes the ready among the selected, all the ready ones where none is selected, and never one with a reason', () => {
    expect(toPublish([barred], [ready])).toEqual([]);
    expect(toPublish([], [ready, barred])).toEqual([ready]);
    expect(toPublish([ready, barred], [])).toEqual([ready]);
    const many = Array.from({ length: BILLS_MOST + 1 }, (_, at) => candidate(at + 1));
    expect(toPublish([], many)).toHaveLength(BILLS_MOST);
  });

  it('sorts what is ready before what can be put right, and that before what only time heals', () => {
    const late = candidate(4, ['not-overdue-long-enough']);
    expect([late, barred, ready].toSorted((a, b) => barRank(a) - barRank(b))).toEqual([ready, barred, late]);
  });

  it('is not offered to a member who only checks, nor to one who is suspended', () => {
    expect(canPublish({ status: 'member', purpose: 'both' })).toBe(true);
    expect(canPublish({ status: 'pending', purpose: 'both' })).toBe(true);
    expect(canPublish({ status: 'member', purpose: 'check' })).toBe(false);
    expect(canPublish({ status: 'suspended', purpose: 'both' })).toBe(false);
    expect(canPublish(undefined)).toBe(false);
  });

  it('has a word, a way and a sentence for every reason', () => {
    expect(Object.keys(words.bar).toSorted()).toEqual(publishBars.toSorted());
    expect(Object.keys(words.barFix).toSorted()).toEqual(publishBars.toSorted());
    const fixes = new Set(publishBars.map((bar) => fixOf(bar, { doNotPublish: 'customer' })));
    expect([...fixes].filter((fix) => fix !== 'wait').toSorted()).toEqual(Object.keys(words.fix).toSorted());
    // A mark that the registry did not set is taken off where it stands.
    expect(fixOf('do-not-publish', { doNotPublish: 'not-chased' })).toBe('customer');
  });
});

describe('what others are said to see', () => {
  const facts: DueSaidFacts = due();
  const open = { state: 'open' } as const;

  it.each<readonly [Partial<DueSaidFacts>, string]>([
    [{ state: 'withdrawn', undoUntil: 9 }, 'withdrawn'],
    [{ errorCode: 'not_overdue', sentAt: 1 }, 'refused'],
    [{ undoUntil: 9, sentAt: null, visibility: null }, 'undo'],
    [{ sentAt: null, visibility: null }, 'to-send'],
    [{ visibility: null }, 'not-told'],
    [{ dispute: open, visibility: 'masked' }, 'disputed'],
    [{ dispute: open, state: 'settled' }, 'disputed'],
    [{ dispute: { state: 'resolved_for_reporter' } }, 'visible'],
    [{ state: 'settled' }, 'settled'],
    [{ state: 'settled', visibility: 'gone' }, 'gone'],
    [{ state: 'written_off' }, 'written-off'],
    [{ visibility: 'notice-pending', notice: 'failed' }, 'notice-failed'],
    [{ visibility: 'notice-running', notice: 'failed' }, 'notice-running'],
    [{ state: 'reopened', visibility: 'notice-running' }, 'notice-running'],
    [{}, 'visible'],
  ])('of %o is said: %s', (change, said) => {
    expect(dueSaidOf({ ...facts, ...change })).toBe(said);
  });

  it('puts each under one heading, and counts them all', () => {
    const dues = [
      due({ undoUntil: 9, sentAt: null }),
      due({ visibility: 'notice-pending' }),
      due(),
      due({ visibility: 'stale' }),
      due({ state: 'settled' }),
    ];
    expect(dues.map(dueViewOf)).toEqual([...dueViews]);
    expect(viewCounts(dues)).toEqual({ all: 5, undo: 1, waiting: 1, visible: 1, hidden: 1, ended: 1 });
    expect(dues.filter((one) => isPublishedShown(one, { view: 'hidden', text: 'sharma' }))).toEqual([
      dues[3],
    ]);
  });

  it('takes back what nobody heard of, withdraws the rest, and leaves what is over', () => {
    const dues = [
      due({ billId: 1, undoUntil: 9, sentAt: null }),
      due({ billId: 2 }),
      due({ billId: 3, state: 'withdrawn' }),
      due({ billId: 4, visibility: 'gone' }),
    ];
    expect(splitWithdrawal(dues)).toEqual({ unheard: [1], heard: [2] });
    expect(dues.map(canWithdraw)).toEqual([true, true, false, false]);
  });

  it('has words for all that can be said of a due', () => {
    const { 'notice-sent': extra, ...said } = words.said;
    expect(extra).not.toBe('');
    expect(Object.keys(said).toSorted()).toEqual(dueSaids.toSorted());
    expect(Object.keys(words.saidShort).toSorted()).toEqual(dueSaids.toSorted());
    expect(dueSaids).toEqual(expect.arrayContaining([...visibilities]));
    expect(Object.keys(words.itemError).toSorted()).toEqual(itemErrorCodes.toSorted());
    expect(Object.keys(words.itemErrorNext).toSorted()).toEqual(itemErrorCodes.toSorted());
    expect(Object.keys(words.dueState).toSorted()).toEqual(dueStates.toSorted());
    expect(Object.keys(words.entity).toSorted()).toEqual(entityKinds.toSorted());
    for (const part of [words.reason, words.reasonSays])
      expect(Object.keys(part).toSorted()).toEqual(disputeReasons.toSorted());
    for (const part of [words.disputeState, words.disputeStateNote])
      expect(Object.keys(part).toSorted()).toEqual(disputeStates.toSorted());
  });
});

describe('a proof', () => {
  it('needs the text of an e-invoice or a file, and nothing to be taken away', () => {
    expect(canProve({ grade: 'irp', text: ' ', filePath: 'a.pdf' })).toBe(false);
    expect(canProve({ grade: 'irp', text: 'eyJ', filePath: null })).toBe(true);
    expect(canProve({ grade: 'doc', text: 'eyJ', filePath: null })).toBe(false);
    expect(canProve({ grade: 'ack', text: '', filePath: 'a.pdf' })).toBe(true);
    expect(canProve({ grade: 'claim', text: '', filePath: null })).toBe(true);
  });

  it('sends only what its grade needs', () => {
    const values = { text: ' eyJ ', filePath: '/bills/7.pdf' };
    expect(evidenceWish(7, { ...values, grade: 'irp' })).toEqual({
      billId: 7,
      grade: 'irp',
      text: 'eyJ',
      filePath: null,
    });
    expect(evidenceWish(7, { ...values, grade: 'doc' })).toMatchObject({
      text: null,
      filePath: '/bills/7.pdf',
    });
    expect(evidenceWish(7, { ...values, grade: 'claim' })).toMatchObject({ text: null, filePath: null });
  });

  it('is called by its file name on any system', () => {
    expect(fileNameOf('C:\\Bills\\INV 7.pdf')).toBe('INV 7.pdf');
    expect(fileNameOf('/home/a/INV 7.pdf')).toBe('INV 7.pdf');
  });

  it('has words for every grade, strongest first', () => {
    expect(gradesInOrder).toEqual(evidenceGrades);
    expect(Object.keys(words.grade)).toEqual([...evidenceGrades]);
    expect(Object.keys(words.gradeNote)).toEqual([...evidenceGrades]);
  });
});

it.each([
  [812, '812', 'B'],
  [1_024, '1.0', 'KB'],
  [14_336, '14', 'KB'],
  [146_432, '143', 'KB'],
  [1_572_864, '1.5', 'MB'],
])('says %i bytes as %s %s', (count, figure, unit) => {
  expect(bytesParts(count)).toEqual({ figure, unit });
});
