import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diceOf, type Dice } from '#domain/demo-dice.ts';
import { startCounting, type CountingServer, type Play } from '#tests/fakes/gateways/counting.ts';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  aGateway,
  aMessage,
  aWorld,
  HOUR,
  MINUTE,
  MONDAY,
  states,
  unsettled,
  VAULT_KEY,
  type World,
} from '../outbox-world.ts';
import { buildKilling, type Killing, type Moment } from './killing.ts';
import type { ChildPoint } from './sending-child.ts';

// Whenever the engine dies, nobody gets a message twice, none is lost, and each comes to an end with a reason.

/** Some seconds' worth; the long form asks for more. */
const KILLS = Number(process.env['BAAKI_KILLS'] ?? 8);
const TRIES_MOST = 3 * KILLS;
const TIME_MOST = 150;
const MESSAGES_A_KILL = 12;

const OWN_POINTS: readonly ChildPoint[] = [
  'lease',
  'claim',
  'claim-commit',
  'preflight',
  'phase-commit',
  'send',
  'connected',
  'half',
  'written',
  'answered',
  'outcome-commit',
  'outcome-done',
];
const SERVER_POINTS = ['connected', 'half', 'taken', 'answered'] as const;
const PLAYS: readonly Play[] = [
  'throttled',
  'recipient-permanent',
  'policy',
  'reset-before-answer',
  'reset-after-request',
];

let killing: Killing;
beforeAll(async () => {
  killing = await buildKilling();
}, 60_000);
afterAll(() => killing.end());

type Bench = {
  readonly server: CountingServer;
  /** Without the vault: it puts messages into the outbox and never sends. */
  readonly world: World;
  readonly dataFolder: string;
  readonly clock: { now: number };
  readonly canFind: boolean;
};

async function aBench(canFind: boolean): Promise<Bench> {
  const server = await startCounting();
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-killed-sending-'));
  const clock = { now: MONDAY };
  onTestFinished(async () => {
    await server.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const world = await aWorld({ dataFolder, clock, hasVault: false });
  world.db.write((tx) => aGateway(tx, { port: server.port }));
  return { server, world, dataFolder, clock, canFind };
}

function addMessages({ world, clock }: Bench, count: number): void {
  world.db.write((tx) => {
    for (let added = 0; added < count; added += 1) {
      const times = { notBefore: clock.now, expiresAt: clock.now + 8 * HOUR, createdAt: clock.now };
      aMessage(tx, { gatewayId: 1, purpose: 'test', ...times });
    }
  });
}

async function run({ server, dataFolder, clock, canFind }: Bench, moment: Moment | null): Promise<boolean> {
  const wish = { dataFolder, now: clock.now, vaultKey: [...VAULT_KEY], canFind };
  const ended = await killing.run(wish, moment, server);
  expect(ended.bugs).toEqual([]);
  // The lease of whoever was killed has to run out.
  clock.now += MINUTE;
  return ended.wasKilled;
}

/** A message of which nothing is heard is asked about more and more seldom, for three days. */
const ROUNDS_MOST = 80;

/** Goes on until nothing waits any more but for people. */
async function untilQuiet(bench: Bench): Promise<void> {
  bench.server.plays.length = 0;
  for (let rounds = 0; rounds < ROUNDS_MOST && unsettled(bench.world.db).length > 0; rounds += 1) {
    await run(bench, null);
    for (const { id } of bench.server.taken) bench.server.news.set(id, 'delivered');
    bench.clock.now += 70 * MINUTE;
  }
}

/** Nobody got one twice; what stands in the book is what the other side has. */
function expectOnceAndWhole({ server, world, canFind }: Bench): void {
  const uids = server.taken.map(({ uid }) => uid);
  expect(uids.length - new Set(uids).size).toBe(0);
  expect(unsettled(world.db)).toEqual([]);
  const rows = world.db.read(({ sqlite }) =>
    sqlite.prepare<[], { uid: string; state: string }>('select uid, state from messages').all(),
  );
  const taken = new Set(uids);
  const arrived = new Set(['delivered', 'accepted', 'no-report', 'needs-person']);
  const lost = rows.filter(({ uid, state }) => taken.has(uid) && !arrived.has(state));
  const claimed = rows.filter(({ uid, state }) => !taken.has(uid) && state === 'delivered');
  expect({ lost, claimed }).toEqual({ lost: [], claimed: [] });
  if (canFind) expect(states(world.db)['needs-person'] ?? 0).toBe(0);
  expect(world.bugs).toEqual([]);
}

it.each([true, false])(
  'sends nothing twice and loses nothing when it is killed at each point of a message; the gateway can be asked: %s',
  async (canFind) => {
    const bench = await aBench(canFind);
    const killed: string[] = [];
    // Where nobody can be asked afterwards, only the points at which something may have left make a difference.
    const own = canFind ? OWN_POINTS : OWN_POINTS.slice(OWN_POINTS.indexOf('phase-commit'), -1);
    const moments: readonly Moment[] = [
      ...own.map((at) => ({ kind: 'own', at, nth: 1 }) as const),
      ...(canFind ? SERVER_POINTS : []).map((at) => ({ kind: 'server', at, nth: 1 }) as const),
    ];
    for (const moment of moments) {
      addMessages(bench, 2);
      if (await run(bench, moment)) killed.push(`${moment.kind}:${'at' in moment ? moment.at : ''}`);
    }
    // A kill from outside may come after the very last step.
    expect(killed.length).toBeGreaterThanOrEqual(own.length);
    await untilQuiet(bench);
    expectOnceAndWhole(bench);
  },
  120_000,
);

function momentOf(dice: Dice, statements: number): Moment {
  const kind = dice.between(0, 9);
  const nth = dice.between(1, MESSAGES_A_KILL);
  if (kind < 3) return { kind: 'own', at: dice.pick(OWN_POINTS), nth };
  if (kind < 5) return { kind: 'server', at: dice.pick(SERVER_POINTS), nth };
  if (kind < 9) return { kind: 'statement', nth: dice.between(1, statements) };
  return { kind: 'time', ms: dice.between(1, TIME_MOST) };
}

it(
  `sends nothing twice and loses nothing after ${KILLS} kills at any moment under load`,
  async () => {
    const dice = diceOf(Number(process.env['BAAKI_SEED'] ?? 20_261_122));
    const bench = await aBench(true);
    addMessages(bench, MESSAGES_A_KILL);
    const wish = {
      dataFolder: bench.dataFolder,
      now: bench.clock.now,
      vaultKey: [...VAULT_KEY],
      canFind: true,
    };
    const { statements } = await killing.run(wish, null, bench.server);
    expect(statements).toBeGreaterThan(10 * MESSAGES_A_KILL);
    let kills = 0;
    for (let tries = 0; kills < KILLS && tries < TRIES_MOST; tries += 1) {
      addMessages(bench, dice.between(1, MESSAGES_A_KILL));
      if (dice.between(0, 2) === 0) bench.server.plays.push(dice.pick(PLAYS));
      bench.clock.now += dice.between(1, 3) * MINUTE;
      if (await run(bench, momentOf(dice, statements))) kills += 1;
    }
    expect(kills).toBe(KILLS);
    await untilQuiet(bench);
    expectOnceAndWhole(bench);
    expect(bench.server.taken.length).toBeGreaterThan(KILLS);
  },
  60_000 + KILLS * 5000,
);
