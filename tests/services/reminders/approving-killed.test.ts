import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contextOf } from '#engine/services/sync/keeper.ts';
import { tidyApprovals } from '#engine/services/reminders/approving.ts';
import type { Engine } from '#engine/open-engine.ts';
import { dueMessages } from '#engine/storage/outbox.ts';
import { repository } from '#tests/architecture/read-tree.ts';
import { bundleSources } from '#tests/builders/bundle.ts';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { fileOf, MONDAY } from '../../bench/reminders-book.ts';
import type { ApprovingWish } from './approving-child.ts';
import { aBookToApprove, approveAll, approvedIn, CUSTOMERS } from './approving-book.ts';

// Whenever the engine dies while a run is approved, the whole run is approved or nothing of it.

const HOUR = 3_600_000;
let built = '';
beforeAll(async () => {
  const results = path.join(repository, 'test-results');
  mkdirSync(results, { recursive: true });
  built = mkdtempSync(path.join(results, 'killed-approving-'));
  await bundleSources(built, { child: path.join(import.meta.dirname, 'approving-child.ts') });
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

/** How often it wrote down for good, where it came to its end; null where it was killed before. */
async function approveIn(wish: ApprovingWish): Promise<number | null> {
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(built, 'cache') };
  const child = fork(path.join(built, 'child.js'), { env, execArgv: [] });
  let commits: number | null = null;
  child.on('message', (said: { commits: number }) => (commits = said.commits));
  // What it said last may come after the news of its end, and always before its line is closed.
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  child.send(wish);
  await gone;
  return commits;
}

function aFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-killed-approving-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Left = { readonly runs: readonly string[]; readonly messages: number; readonly due: number };

function leftIn(engine: Engine): Left {
  return fileOf(engine).read((tx) => {
    const ask = { gatewayId: 1, now: MONDAY + HOUR, skip: [], notTo: [], most: 1000 };
    return { ...approvedIn(tx), due: dueMessages(tx, ask).length };
  });
}

const WHOLE: Left = { runs: ['open'], messages: CUSTOMERS, due: CUSTOMERS };
const NOTHING: Left = { runs: [], messages: 0, due: 0 };

it('leaves a whole run or nothing when it is killed before any of its commits', async () => {
  const dataFolder = aFolder();
  await (await aBookToApprove(dataFolder)).close();
  const found: Left[] = [];
  let dieBefore = 1;
  for (let commits: number | null = null; commits === null; dieBefore += 1) {
    commits = await approveIn({ dataFolder, dieBefore });
    const engine = await aBookToApprove(dataFolder);
    const left = leftIn(engine);
    found.push(left);
    const open = engine.context.shelf.current();
    const book = open ? contextOf(engine.context, open.db) : null;
    if (book) await tidyApprovals(book);
    expect(leftIn(engine)).toEqual(commits === null ? NOTHING : WHOLE);
    await engine.close();
  }
  // Some died with a part of the run in the book, of which nothing could have left.
  const parts = found.filter(({ messages }) => messages > 0 && messages < CUSTOMERS);
  expect(parts.length).toBeGreaterThanOrEqual(2);
  expect(parts.every(({ runs, due }) => runs.join() === 'approving' && due === 0)).toBe(true);
  // Once with all of it there, and only the last word missing.
  expect(found).toContainEqual({ runs: ['approving'], messages: CUSTOMERS, due: 0 });
}, 60_000);

it('can be approved anew at once after it was killed', async () => {
  const dataFolder = aFolder();
  await (await aBookToApprove(dataFolder)).close();
  expect(await approveIn({ dataFolder, dieBefore: 3 })).toBeNull();
  const engine = await aBookToApprove(dataFolder);
  const { messages } = leftIn(engine);
  expect(messages).toBeGreaterThan(0);
  expect(messages).toBeLessThan(CUSTOMERS);
  // The plan that is looked at holds only what is not there yet; the first approval puts that right and asks to look again.
  await expect(approveAll(engine)).rejects.toMatchObject({ data: { code: 'plan-changed' } });
  expect(await approveAll(engine)).toMatchObject({ approvedCount: CUSTOMERS });
  expect(leftIn(engine)).toEqual(WHOLE);
  await engine.close();
}, 60_000);
