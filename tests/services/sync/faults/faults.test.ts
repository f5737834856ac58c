import { isDeepStrictEqual } from 'node:util';
import { tallyFailureCodes } from '#contract/engine/sync-words.ts';
import { NOON } from '#tests/builders/temp-engine.ts';
import refusals from '#renderer/words/en/refusals.json';
import en from '#renderer/words/en/sync.json';
import { expect, it } from 'vitest';
import { connect, expectEqual, idle, owedInTally, type Owed, type World } from '../tally-world.ts';
import { factsOf } from '../killed/book-facts.ts';
import { faultModes, type FaultMode } from './fault-modes.ts';
import {
  aFake,
  alterOne,
  anEngineOf,
  close,
  codeOf,
  CUSTOMERS,
  faultWorldOf,
  freshFactsOf,
  heal,
  see,
  type Seen,
} from './fault-world.ts';

// Whatever goes wrong at whichever request: what stands on the screen is what stood there or what Tally says, the reason has
// its sentence, and the next healthy sync repairs everything.

/** All of the matrix takes minutes; a run that nobody asked for takes a part of it, another one for each mode. */
const IS_WHOLE = process.env['BAAKI_FAULTS'] === 'all';
const ONLY = process.env['BAAKI_FAULT'];
/** Puts the modes of a part run at other requests in each scenario, so that each is tried in one at least. */
const SPREAD = 7;

type Scenario = {
  readonly name: string;
  /** What people do in Tally, or what is forgotten here, so that there is something to read. */
  readonly prepare: (world: World) => Promise<void>;
  /** Reads it, and answers the code it failed with. */
  readonly act: (world: World) => Promise<string | null>;
  /** A part run takes every n-th request; above their number not every mode has one. */
  readonly every: number;
  /** Each case has a book of its own into which nothing was read. */
  readonly isFirst?: boolean;
  /** It moves no figure, only what explains it. */
  readonly explains?: boolean;
};

async function check(world: World): Promise<string | null> {
  const { failure } = await world.engine.client.sync.check();
  const after = await idle(world);
  return after.failure?.code ?? failure?.code ?? null;
}

/** As a person does: looks what is open there, and chooses his company. */
async function connectTo({ engine, tally, company }: World): Promise<string | null> {
  const { client } = engine;
  const { companies, failure } = await client.sync.look({ ...tally.address });
  const ours = companies.find(({ guid }) => guid === company.guid);
  if (!ours) return failure?.code ?? 'tally-other-company';
  const wish = { ...tally.address, company: ours, options: { speed: 'normal' as const } };
  return await codeOf(client.sync.connect(wish));
}

let added = 0;

const scenarios: readonly Scenario[] = [
  {
    name: 'a first sync',
    every: 61,
    isFirst: true,
    prepare: () => Promise.resolve(),
    act: async (world) => {
      const code = await connectTo(world);
      return code ?? (await idle(world)).failure?.code ?? null;
    },
  },
  {
    name: 'an incremental sync with a changed voucher',
    every: 26,
    prepare: ({ company }) => Promise.resolve(alterOne(company)),
    act: check,
  },
  {
    name: 'a census after a deletion',
    every: 40,
    prepare: async (world) => {
      const { company } = world;
      added += 1;
      const [party] = CUSTOMERS;
      const { masterId } = company.createVoucher({
        type: 'Receipt',
        date: '2026-10-20',
        lines: [
          { ledger: party, amount: -500 - added },
          { ledger: 'HDFC Bank', amount: 500 + added },
        ],
      });
      await check(world);
      company.deleteVoucher(masterId);
    },
    act: check,
  },
  {
    name: 'a window of the history',
    every: 18,
    explains: true,
    prepare: async (world) => {
      await world.engine.client.sync.saveOptions({ historyFrom: '2026-11-01' as never });
      await idle(world);
    },
    act: async (world) => {
      await world.engine.client.sync.saveOptions({ historyFrom: null });
      return (await idle(world)).failure?.code ?? null;
    },
  },
  {
    name: 'one party',
    every: 10,
    prepare: ({ company }) => Promise.resolve(alterOne(company)),
    act: async ({ engine }) => {
      const { rows } = await engine.client.customers.list({});
      const customerId = rows.find((row) => row.name === CUSTOMERS[0])?.customerId ?? 0;
      return await codeOf(engine.client.sync.refreshParty({ customerId }));
    },
  },
];

type Case = { readonly mode: FaultMode; readonly at: number; readonly where: string };

function owed(world: World): readonly Owed[] {
  return owedInTally(world, CUSTOMERS);
}

/** One party may have been read anew and the others not. */
function partly(before: readonly Owed[], truth: readonly Owed[]): readonly (readonly Owed[])[] {
  return truth.map((now) => before.map((was) => (was.name === now.name ? now : was)));
}

/** Right figures or the old ones, and the right reason; wrong ones never. */
function judge({ mode, where }: Case, seen: Seen, was: Seen, told: Told): void {
  const { code, truths } = told;
  const isRight = isDeepStrictEqual(seen.owed, truths.at(-1));
  const isOld = isDeepStrictEqual(seen.owed, was.owed);
  const isKnown = [was.owed, ...truths, ...truths.flatMap((truth) => partly(was.owed, truth))].some((one) =>
    isDeepStrictEqual(seen.owed, one),
  );
  if (!isKnown)
    expect(seen.owed, `${where}: neither the old figures nor the new ones`).toEqual(truths.at(-1));
  // The history changes how money on account is explained, and no more.
  const [now, then] = told.explains ? [seen.sums, was.sums] : [seen.screen, was.screen];
  if (isOld && !isRight) expect(now, `${where}: another screen with the old figures`).toBe(then);
  if (code !== null) {
    expect(mode.codes, `${where}: ${code} ${seen.status.failure?.sentence ?? ''}`).toContain(code);
    expect(code in refusals || tallyFailureCodes.some((one) => one === code), code).toBe(true);
    expect(code in refusals ? refusals : en.failure).toHaveProperty(code);
  } else if (mode.codes.length === 0 || !told.movesTally) {
    expect(isRight, `${where}: no reason, and not what Tally says`).toBe(true);
  }
  if (seen.status.failure) expect(seen.status.light, where).not.toBe('green');
  expect(seen.notes, `${where}: a note is lost`).toEqual(was.notes);
}

type Told = {
  readonly code: string | null;
  /** What Tally said when it began to be read, and at the end. */
  readonly truths: readonly (readonly Owed[])[];
  /** The fault is something that people did in Tally: it may come after the last look. */
  readonly movesTally: boolean;
  readonly explains: boolean;
};

async function repaired(world: World, where: string): Promise<void> {
  const { connection } = await world.engine.client.sync.status();
  if (connection === null) expect(await connectTo(world), `${where}: connected afterwards`).toBeNull();
  for (let times = 0; times < 2; times += 1) expect(await check(world), `${where}: afterwards`).toBeNull();
  try {
    await expectEqual(world, CUSTOMERS);
  } catch (error) {
    throw new Error(`${where}: is not repaired`, { cause: error });
  }
}

async function aSynced(): Promise<World> {
  const { tally, company } = await aFake();
  const engine = await anEngineOf();
  const world = { engine, tally, company, clock: { now: NOON } };
  await connect(world, { speed: 'normal' });
  await idle(world);
  const { rows } = await engine.client.customers.list({});
  for (const { customerId } of rows)
    await engine.client.notes.add({ customerId, text: `Note of ${customerId}.` });
  await engine.client.customers.save({
    customerId: rows[0]?.customerId ?? 0,
    name: rows[0]?.name ?? '',
    phone: '98765 43210',
  });
  await repaired(world, 'at the start');
  return world;
}

const found: string[] = [];

/** In a whole run everything wrong is collected, so that one fault does not hide another. */
async function tried(where: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!IS_WHOLE) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    found.push(
      `${where}: ${error instanceof Error ? error.message.slice(0, 500) : String(error)} ${cause.slice(0, 1500)}`,
    );
    return false;
  }
}

async function oneCase(synced: World, scenario: Scenario, one: Case): Promise<void> {
  if (scenario.isFirst !== true) return await oneFault(synced, scenario, one);
  const engine = await anEngineOf();
  try {
    await oneFault({ ...synced, engine }, scenario, one);
    expect(engine.bugs).toEqual([]);
  } finally {
    await close(engine);
  }
}

async function oneFault(world: World, scenario: Scenario, one: Case): Promise<void> {
  const { tally } = world;
  const { mode, at, where } = one;
  const faults = faultWorldOf(world);
  await scenario.prepare(world);
  const was = await see(world);
  const began = owed(world);
  tally.faults.clear();
  tally.faults.at(at, mode.fault(faults));
  const code = await scenario.act(world);
  const seen = await see(world);
  const truths = [began, owed(world)];
  const movesTally = /closed|switched|second|restored|edited/.test(mode.name);
  await heal(tally);
  mode.mend?.(faults);
  judge(one, seen, was, { code, truths, movesTally, explains: scenario.explains === true });
  await repaired(world, where);
}

async function requestsOf(synced: World, scenario: Scenario): Promise<number> {
  const engine = scenario.isFirst === true ? await anEngineOf() : synced.engine;
  const world = { ...synced, engine };
  await scenario.prepare(world);
  world.tally.faults.clear();
  expect(await scenario.act(world)).toBeNull();
  const count = world.tally.faults.count();
  await repaired(world, scenario.name);
  if (engine !== synced.engine) await close(engine);
  return count;
}

for (const scenario of scenarios) {
  it(`shows what was or what is, at every fault in ${scenario.name}`, { timeout: 900_000 }, async () => {
    let world = await aSynced();
    const requests = await requestsOf(world, scenario);
    const startedAt = performance.now();
    let cases = 0;
    for (const [place, mode] of faultModes.entries()) {
      if (ONLY !== undefined && mode.name !== ONLY) continue;
      const every = IS_WHOLE ? 1 : scenario.every * (mode.isSlow ? 4 : 1);
      for (let at = 1 + (IS_WHOLE ? 0 : (place * SPREAD) % every); at <= requests; at += every) {
        const where = `${mode.name} at request ${at} of ${requests} in ${scenario.name}`;
        cases += 1;
        const current = world;
        const isFine = await tried(where, () => oneCase(current, scenario, { mode, at, where }));
        if (isFine) continue;
        await close(world.engine);
        await world.tally.stop();
        world = await aSynced();
      }
    }
    await tried(scenario.name, async () => {
      // Its book has seen none of what the cases did, not even that a backup was restored.
      if (scenario.isFirst === true) await world.engine.client.sync.run({ isFull: true });
      await idle(world);
      expect(await factsOf(world.engine, { hasNumbers: false })).toEqual(await freshFactsOf(world));
    });
    expect(world.engine.bugs).toEqual([]);
    process.stderr.write(
      `${scenario.name}: ${requests} requests, ${cases} cases, ${Math.round(performance.now() - startedAt)} ms\n`,
    );
    await close(world.engine);
    await world.tally.stop();
    const wrong = found.splice(0);
    if (wrong.length > 0) process.stderr.write(`${wrong.length} WRONG:\n${wrong.join('\n---\n')}\n`);
    expect(wrong).toEqual([]);
  });
}
