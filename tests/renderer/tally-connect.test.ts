// What the Tally screen decides by itself: which book a company goes into, what a look tells, how far back is read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SyncStatus, TallyLook } from '#contract/engine/sync.ts';
import { syncLights, syncRunKinds, syncStages, tallyFailureCodes } from '#contract/engine/sync-words.ts';
import { day } from '#domain/days.ts';
import { percentOf } from '#features/sync/durations.ts';
import { freshFrom } from '#features/sync/fresh-from.ts';
import { bookNameOf, goesInto } from '#features/sync/goes-into.ts';
import { choiceOf, historyChoices, historyFromOf } from '#features/sync/history-choice.ts';
import { isOnlyHistory } from '#features/sync/only-history.ts';
import { tellingLook } from '#features/sync/telling-look.ts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '../architecture/read-tree.ts';

describe('the book that a company goes into', () => {
  const empty = { name: 'Office', isDemo: false, customerCount: 0, billCount: 0 };

  it('is the open one only while that is empty', () => {
    expect(goesInto(empty, 'Sharma Traders')).toBe(true);
    expect(goesInto({ ...empty, customerCount: 1 }, 'Sharma Traders')).toBe(false);
    expect(goesInto({ ...empty, billCount: 1 }, 'Sharma Traders')).toBe(false);
    expect(goesInto(null, 'Sharma Traders')).toBe(false);
  });

  it('is its own one again after it was disconnected', () => {
    const own = { ...empty, name: 'Sharma Traders', customerCount: 40, billCount: 900 };
    expect(goesInto(own, ' Sharma Traders ')).toBe(true);
  });

  it('is never the demo company', () => {
    expect(goesInto({ ...empty, isDemo: true }, 'Sharma Traders')).toBe(false);
  });

  it('has a name that a book may bear, however long the company calls itself', () => {
    expect(bookNameOf('x'.repeat(300))).toHaveLength(120);
  });
});

describe('how far back vouchers are read', () => {
  it('counts financial years from April', () => {
    expect(historyFromOf('year', day('2026-11-22'))).toBe('2026-04-01');
    expect(historyFromOf('year', day('2027-03-31'))).toBe('2026-04-01');
    expect(historyFromOf('year', day('2027-04-01'))).toBe('2027-04-01');
    expect(historyFromOf('two-years', day('2027-01-05'))).toBe('2025-04-01');
    expect(historyFromOf('all', day('2027-01-05'))).toBeNull();
    expect(historyFromOf('none', day('2027-01-05'))).toBe('2027-01-05');
  });

  it('knows each of its choices again on the same day', () => {
    const today = day('2026-11-22');
    for (const choice of historyChoices) expect(choiceOf(historyFromOf(choice, today), today)).toBe(choice);
  });

  it('takes a day of no choice for what it is', () => {
    expect(choiceOf(day('2019-07-15'), day('2026-11-22'))).toBeUndefined();
  });
});

describe('what several looks tell', () => {
  const look = (
    port: number,
    code: (typeof tallyFailureCodes)[number] | null,
    isTally = false,
  ): TallyLook => ({
    host: '127.0.0.1',
    port,
    product: isTally ? 'prime' : null,
    companies: [],
    failure: code === null ? null : { code, sentence: code, retryable: true },
  });

  it('is what a Tally that answers says, before silent ports', () => {
    const looks = [look(9000, 'tally-not-running'), look(9001, 'tally-no-company', true)];
    expect(tellingLook(looks)?.port).toBe(9001);
  });

  it('is a box on the screen rather than a port where nothing listens', () => {
    expect(tellingLook([look(9000, 'tally-not-running'), look(9002, 'tally-dialog')])?.port).toBe(9002);
  });

  it('is nothing where nothing failed', () => {
    expect(tellingLook([look(9000, null, true)])).toBeUndefined();
  });
});

describe('the past beside the present', () => {
  const status: SyncStatus = {
    connection: null,
    light: 'amber',
    failure: null,
    isReading: true,
    progress: { stage: 'history', done: 5, of: 9, rowsPerSecond: null, secondsLeft: null, startedAt: 1 },
    asOf: day('2026-11-22'),
    syncedAt: 1,
    inStepAt: 1,
    nextAt: null,
    history: {
      from: null,
      wantedFrom: null,
      voucherCount: 5,
      windowsDone: 1,
      windowCount: 3,
      state: 'reading',
    },
    tieOut: null,
    offerCount: 0,
    files: null,
  };

  it('is quiet while only vouchers of the past are read: the figures are complete', () => {
    expect(isOnlyHistory(status)).toBe(true);
  });

  it('is not quiet before the first figures, nor while what changed is read', () => {
    expect(isOnlyHistory({ ...status, syncedAt: null })).toBe(false);
    expect(isOnlyHistory({ ...status, progress: { ...first(status), stage: 'changes' } })).toBe(false);
    expect(isOnlyHistory({ ...status, isReading: false })).toBe(false);
  });
});

describe('where the figures come from', () => {
  const nothing: SyncStatus = {
    connection: null,
    files: null,
    light: 'off',
    failure: null,
    isReading: false,
    progress: null,
    asOf: null,
    syncedAt: null,
    inStepAt: null,
    nextAt: null,
    history: null,
    tieOut: null,
    offerCount: 0,
  };
  const files = { companyName: 'Sharma Traders', asOf: day('2026-11-22'), readAt: 700 };
  const connection: SyncStatus['connection'] = {
    host: 'localhost',
    port: 9000,
    product: 'prime',
    companyName: 'Sharma Traders',
    booksFrom: null,
    isEducational: false,
    options: { scope: 'debtors', historyFrom: null, speed: 'normal', everyMinutes: 5 },
  };

  it('is the files a book was read from, and not a Tally that is not connected', () => {
    expect(freshFrom({ ...nothing, files, syncedAt: 700 })).toEqual({ from: 'files', at: 700 });
  });

  it('is Tally once one is connected, and where one was', () => {
    expect(freshFrom({ ...nothing, files, connection, inStepAt: 900 })).toEqual({ from: 'tally', at: 900 });
    expect(freshFrom({ ...nothing, syncedAt: 800 })).toEqual({ from: 'tally', at: 800 });
    expect(freshFrom({ ...nothing, connection })).toEqual({ from: 'tally', at: null });
  });
});

function first({ progress }: SyncStatus): NonNullable<SyncStatus['progress']> {
  if (!progress) throw new Error('Nothing is being read.');
  return progress;
}

it('shows no progress beyond the whole, and none of an unknown whole', () => {
  expect([percentOf(1, 3), percentOf(7, 5), percentOf(5, null), percentOf(0, 0)]).toEqual([33, 100, 0, 0]);
});

const sayings = z.record(z.string(), z.unknown());
const said = z.object({
  failure: z.record(z.string(), z.union([z.string(), z.object({ title: z.string(), next: z.string() })])),
  light: sayings,
  stage: sayings,
  runs: z.object({ kinds: sayings }),
});

it.each(['en', 'hi'])(
  'has a sentence and a next step for every failure, light, stage and run in %s',
  (language) => {
    const file = path.join(repository, 'src-renderer/words', language, 'sync.json');
    const words = said.parse(JSON.parse(readFileSync(file, 'utf8')));
    const full = tallyFailureCodes.filter((code) => {
      const one = words.failure[code];
      return typeof one === 'object' && one.title.length > 5 && one.next.length > 20;
    });
    expect(full).toEqual([...tallyFailureCodes]);
    expect(Object.keys(words.light)).toEqual(expect.arrayContaining([...syncLights]));
    expect(Object.keys(words.stage)).toEqual(expect.arrayContaining([...syncStages]));
    expect(Object.keys(words.runs.kinds)).toEqual(expect.arrayContaining([...syncRunKinds]));
  },
);
