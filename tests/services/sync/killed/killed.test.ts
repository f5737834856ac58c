import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { diceOf, type Dice } from '#domain/demo-dice.ts';
import { NOON } from '#tests/builders/temp-engine.ts';
import type { FakeCompany } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeTally } from '#tests/fakes/tally/index.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aCompany, anEngine, connect, idle, receive, sell, TODAY, type World } from '../tally-world.ts';
import { factsOf, leftOpen, noteTexts } from './book-facts.ts';
import { buildKilling, momentOf, type Extent, type Killing } from './killing.ts';

// A sync is made of small truths: whenever the engine dies, what is in the book is whole, and the next engine comes to the
// very book that a fresh sync makes.

/** Half a minute's worth; the long form asks for more. */
const KILLS = Number(process.env['BAAKI_KILLS'] ?? 24);
const KILLS_A_BOOK = 10;
const FIRST_KILLS = Math.ceil(0.4 * KILLS);
/** Kills that came too late for their moment are made up for, within reason. */
const TRIES_MOST = 4 * KILLS;
const TIME_MOST = 600;
const NAMES = ['Asha Stores', 'Bharat & Sons', 'Chetan Traders'] as const;

let killing: Killing;
beforeAll(async () => {
  killing = await buildKilling();
}, 60_000);
afterAll(() => killing.end());

/** Bills and payments of a year, enough for several windows of the history. */
function aYear(): FakeCompany {
  const company = aCompany();
  for (let at = 0; at < 80; at += 1) {
    const on = addDays(day('2025-04-01'), at * 7);
    const party = NAMES[at % NAMES.length] ?? '';
    const ref = sell(company, party, on, 1_000_00 + at, `Y-${at}`);
    if (at % 2 === 0) receive(company, party, on, 700_00 + at, ref);
    if (at % 9 === 0) receive(company, 'Walk-in', on, 5_00 + at);
  }
  return company;
}

/** Something that people do in Tally meanwhile. */
function happens(company: FakeCompany, dice: Dice): void {
  const vouchers = company.vouchers().filter((voucher) => !voucher.cancelled);
  const { masterId, optional } = dice.pick(vouchers);
  const party = dice.pick(NAMES);
  const on = addDays(day(TODAY), 0 - dice.between(0, 500));
  const amount = dice.between(1, 900) * 100;
  switch (dice.between(0, 6)) {
    case 0:
      return company.deleteVoucher(masterId);
    case 1:
      return void company.cancelVoucher(masterId);
    case 2:
      return void company.makeOptional(masterId, !optional);
    case 3:
      return void company.alterVoucher(masterId, { date: on });
    case 4:
      return void receive(company, party, on, amount);
    default:
      return void sell(company, party, on, amount);
  }
}

type Bench = {
  readonly tally: FakeTally;
  readonly company: FakeCompany;
  readonly clock: { now: number };
  /** Kills in the middle of work so far, by how they were made. */
  readonly killed: Map<string, number>;
  tries: number;
};

async function newBook(clock: Bench['clock']): Promise<string> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-killed-'));
  const engine = await anEngine(clock, dataFolder);
  await engine.client.books.create({ name: 'Test Traders' });
  await engine.close();
  return dataFolder;
}

/** Kills the engine of one book several times over, whatever it is at; answers the notes that were written meanwhile. */
async function killRepeatedly(
  bench: Bench,
  dataFolder: string,
  { dice, extent, meanwhile }: { readonly dice: Dice; readonly extent: Extent; readonly meanwhile: boolean },
): Promise<readonly string[]> {
  const { tally, clock, killed } = bench;
  const notes: string[] = [];
  for (let kills = 0; kills < KILLS_A_BOOK;) {
    bench.tries += 1;
    if (bench.tries > TRIES_MOST)
      throw new Error('Most kills came too late: their moments have to be chosen anew.');
    if (meanwhile) for (let times = dice.between(1, 3); times > 0; times -= 1) happens(bench.company, dice);
    const moment = momentOf(dice, extent);
    const ended = await killing.run({ dataFolder, now: clock.now, address: tally.address }, moment, tally);
    expect(ended.bugs).toEqual([]);
    notes.push(...ended.notes);
    if (!ended.wasKilled) {
      // All was done already: there is nothing more to be killed at until something changes.
      if (!meanwhile) break;
      continue;
    }
    kills += 1;
    killed.set(moment.kind, (killed.get(moment.kind) ?? 0) + 1);
  }
  return notes;
}

/** The next engine goes on, asked or by itself. */
async function goOn(bench: Bench, dataFolder: string, isAsked: boolean): Promise<World> {
  const { tally, company, clock } = bench;
  const engine = await anEngine(clock, dataFolder);
  const world = { engine, tally, company, clock };
  const { connection } = await engine.client.sync.status();
  if (connection === null) await connect(world, { speed: 'normal' });
  else if (isAsked) await engine.client.sync.run({});
  else await expect.poll(() => leftOpen(engine), { timeout: 5000 }).toBe(0);
  await idle(world);
  await engine.client.sync.check();
  await idle(world);
  return world;
}

async function freshFacts({ tally, company, clock }: Bench): Promise<object> {
  const engine = await anEngine(clock);
  await engine.client.books.create({ name: 'Test Traders' });
  const world = { engine, tally, company, clock };
  await connect(world, { speed: 'normal' });
  await idle(world);
  const facts = await factsOf(engine);
  await engine.close();
  return facts;
}

/** The killed book is the fresh one, with all that people wrote, and nothing seems to go on. */
async function expectWhole({ engine }: World, fresh: object, notes: readonly string[]): Promise<void> {
  expect(await factsOf(engine)).toEqual(fresh);
  expect(leftOpen(engine)).toBe(0);
  expect(noteTexts(engine)).toEqual(expect.arrayContaining([...notes]));
  expect(engine.bugs).toEqual([]);
  await engine.close();
}

async function aBench(): Promise<Bench> {
  const company = aYear();
  const tally = await startFakeTally({ books: [company], today: TODAY, cost: 'none' });
  return { tally, company, clock: { now: NOON }, killed: new Map(), tries: 0 };
}

it(
  `comes to the book of a fresh sync after ${KILLS} kills in first, history and incremental syncs`,
  async () => {
    const dice = diceOf(Number(process.env['BAAKI_SEED'] ?? 20_261_122));
    const bench = await aBench();
    const { tally, clock, killed } = bench;
    const kills = (): number => [...killed.values()].reduce((sum, count) => sum + count, 0);
    const folders: string[] = [];
    const whole = await newBook(clock);
    folders.push(whole);
    const startedAt = performance.now();
    const once = await killing.run(
      { dataFolder: whole, now: clock.now, address: tally.address },
      null,
      tally,
    );
    const extent = {
      requests: tally.requests.length,
      statements: once.statements,
      ms: Math.min(TIME_MOST, Math.round(performance.now() - startedAt)),
    };
    expect(once.bugs).toEqual([]);
    const fresh = await freshFacts(bench);
    for (let book = 0; kills() < FIRST_KILLS; book += 1) {
      const dataFolder = await newBook(clock);
      folders.push(dataFolder);
      const notes = await killRepeatedly(bench, dataFolder, { dice, extent, meanwhile: false });
      const world = await goOn(bench, dataFolder, book % 4 !== 0);
      await expectWhole(world, fresh, notes);
    }
    const ofFirst = kills();
    const shorter = { requests: 24, statements: 400, ms: 250 };
    for (let batch = 0; kills() < KILLS; batch += 1) {
      const notes = await killRepeatedly(bench, whole, { dice, extent: shorter, meanwhile: true });
      const world = await goOn(bench, whole, batch % 4 !== 0);
      await expectWhole(world, await freshFacts(bench), notes);
    }
    process.stderr.write(`${JSON.stringify({ extent, ofFirst, tries: bench.tries, killed: [...killed] })}\n`);
    expect(kills()).toBeGreaterThanOrEqual(KILLS);
    expect(killed.size).toBe(3);
    await tally.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
  Math.max(200_000, 5000 * KILLS),
);
