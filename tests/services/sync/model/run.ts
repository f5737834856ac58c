import type { SyncStatus } from '#contract/engine/sync.ts';
import { addDays, day } from '#domain/days.ts';
import { fileOf } from '#tests/builders/facts.ts';
import type { Fault, RequestKind } from '#tests/fakes/tally/faults.ts';
import { ORPCError } from '@orpc/server';
import { bookOn, documentsByKey, wholeBook } from './book-side.ts';
import { checkAll, holds, same, Wrong } from './checks.ts';
import { randomFrom, stepsOf, type Random, type Step, type Weights } from './steps.ts';
import { BOOKS_FROM, forgetRefs } from './entry-acts.ts';
import { isTallyAct, tallyActs } from './tally-acts.ts';
import { truthOf } from './truth.ts';
import { isUserAct, userActs } from './user-acts.ts';
import {
  atRest,
  closeModel,
  engineOn,
  newCompany,
  openModel,
  passDays,
  tieTo,
  todayOf,
  type ModelWorld,
} from './world.ts';

/** How often each act comes; much is entered, some is changed, little is odd. */
export const WEIGHTS: Weights = {
  sell: 14,
  receive: 10,
  onAccount: 6,
  advance: 4,
  debitAgain: 5,
  setOff: 4,
  journal: 3,
  note: 4,
  changeAmount: 4,
  changePeriod: 3,
  changeDay: 5,
  cancel: 3,
  delete: 4,
  optional: 4,
  renumber: 2,
  createParty: 3,
  renameParty: 3,
  swapNames: 1,
  renameGroup: 1,
  moveGroup: 2,
  moveParty: 3,
  deleteParty: 2,
  billWise: 2,
  opening: 1,
  openingBill: 2,
  ledgerTerms: 1,
  contact: 1,
  renameCompany: 1,
  backup: 3,
  restore: 2,
  writeNote: 2,
  correctPhone: 2,
  putTag: 2,
  doNotChase: 3,
  applyByHand: 7,
  oldestFirst: 1,
  undo: 3,
  check: 22,
  run: 2,
  runFull: 2,
  refresh: 4,
  pause: 2,
  resume: 2,
  historyFrom: 2,
  faulty: 5,
  midway: 4,
  daysPass: 5,
  restart: 2,
  close: 2,
  open: 3,
  twin: 2,
  split: 1,
};

type Doing = { readonly world: ModelWorld; readonly random: Random };

/** Takes every step in turn and looks at everything after each sync; throws where something is wrong. */
export async function runModel(seed: number, steps: readonly Step[]): Promise<void> {
  forgetRefs();
  const random = randomFrom(seed + 1);
  const world = await openModel(random(1000));
  const doing = { world, random };
  try {
    const before = stepsOf(random, random(25), { ...WEIGHTS });
    for (const step of before) {
      if (!isTallyAct(step.act)) continue;
      tallyAct(doing, step);
      world.log.push(`${step.act} ${step.n.join(',')}`);
    }
    const historyFrom = random(4) === 0 ? addDays(day(BOOKS_FROM), random(600)) : null;
    world.log.push(`history from ${historyFrom}`);
    await tieTo(world, historyFrom);
    if (random(4) === 0) await stopEarly(doing);
    await synced(doing);
    for (const step of steps) await take(doing, step);
    await lastLook(doing);
  } catch (error) {
    if (error instanceof Error) error.message += `\nseed ${seed}\n${world.log.slice(-40).join('\n')}`;
    throw error;
  } finally {
    await closeModel(world);
  }
}

async function stopEarly({ world }: Doing): Promise<void> {
  const stop = new AbortController();
  for await (const { history, syncedAt } of await world.engine.client.sync.watch(undefined, {
    signal: stop.signal,
  })) {
    if (syncedAt !== null && history !== null) break;
  }
  stop.abort();
  await world.engine.client.sync.pause();
  world.isPaused = true;
}

function tallyAct({ world }: Doing, { act, n }: Step): void {
  if (!isTallyAct(act)) return;
  const { company, backups } = world;
  tallyActs[act]({ company, backups, today: () => todayOf(world) }, n);
}

async function take(doing: Doing, step: Step): Promise<void> {
  const { world } = doing;
  const { act, n } = step;
  world.log.push(`${act} ${n.join(',')}`);
  if (act === 'restore') return await restoreNow(doing, step);
  if (isTallyAct(act)) return tallyAct(doing, step);
  if (isUserAct(act)) return await userAct(doing, step);
  const own = otherActs[act];
  if (!own) throw new Error(`Nobody knows how to ${act}.`);
  await own(doing, n);
}

/**
 * A backup is followed by a look at once: where as much is entered behind it as was lost, the counters stand where they
 * stood, and no look can tell.
 */
async function restoreNow(doing: Doing, step: Step): Promise<void> {
  if (!isReachable(doing.world)) return;
  await synced(doing);
  tallyAct(doing, step);
  await synced(doing);
}

/** What is refused is refused: the model asks for much that cannot be. */
async function userAct({ world }: Doing, { act, n }: Step): Promise<void> {
  if (!isUserAct(act)) return;
  const { client } = world.engine;
  const { rows } = await client.customers.list({});
  const customer = rows.toSorted((a, b) => a.customerId - b.customerId)[
    (n[0] ?? 0) % Math.max(1, rows.length)
  ];
  if (!customer) return;
  try {
    await userActs[act](client, world.written, { customerId: customer.customerId, n });
  } catch (error) {
    if (!(error instanceof ORPCError && error.code === 'REFUSED')) throw error;
    world.log.push(`  refused: ${JSON.stringify(error.data)}`);
  }
}

function isReachable({ isClosed, twin }: ModelWorld): boolean {
  return !isClosed && twin === null;
}

/** A look at Tally, by whichever call, and everything held against everything. */
async function synced(doing: Doing, how?: () => Promise<SyncStatus>): Promise<void> {
  const { world } = doing;
  const { sync } = world.engine.client;
  const before = fileOf(world.engine).read(wholeBook);
  await (how ?? (() => sync.check()))();
  await atRest(world.engine);
  const status = await sync.status();
  world.log.push(`  ${status.asOf} ${status.history?.state} ${status.failure?.code ?? ''}`);
  if (isReachable(world)) {
    same('no failure', status.failure, null);
    await checkAll(world, status, someDays(doing));
    return;
  }
  holds('a failure is said', status.failure !== null);
  same('a failed sync changes nothing', fileOf(world.engine).read(wholeBook), before);
}

function someDays({ world, random }: Doing): readonly string[] {
  const span = 605;
  return [0, 1, 2].map(() => addDays(day(BOOKS_FROM), random(span))).filter((one) => one <= todayOf(world));
}

const FAULTS: readonly (readonly [RequestKind | 'any', Fault])[] = [
  ['groups', { kind: 'unknown-request' }],
  ['ledgers', { kind: 'cut', afterBytes: 900, how: 'clean' }],
  ['ledgers', { kind: 'cut', afterBytes: 5000, how: 'broken' }],
  ['bills-receivable', { kind: 'empty-envelope' }],
  ['bills-receivable', { kind: 'cut', afterBytes: 300, how: 'clean' }],
  ['bills-payable', { kind: 'cut', afterBytes: 20, how: 'broken' }],
  ['bills-payable', { kind: 'unknown-request' }],
  ['companies', { kind: 'login' }],
  ['companies', { kind: 'unknown-request' }],
  ['vouchers', { kind: 'cut', afterBytes: 4000, how: 'clean' }],
  ['vouchers', { kind: 'empty-envelope' }],
  ['voucher-counts', { kind: 'unknown-request' }],
  ['bills-receivable', { kind: 'third-party-tags' }],
  ['any', { kind: 'raw-control', code: 5 }],
  ['any', { kind: 'undeclared-udf' }],
  ['any', { kind: 'bare-ampersand' }],
  ['any', { kind: 'chunked' }],
];

/** Whatever stands between: the book is as it was, or it is as Tally is. */
async function faulty(doing: Doing, n: readonly number[]): Promise<void> {
  const { world } = doing;
  const { client } = world.engine;
  const [kind, fault] = FAULTS[(n[0] ?? 0) % FAULTS.length] ?? ['any', { kind: 'chunked' }];
  const file = fileOf(world.engine);
  const before = file.read(wholeBook);
  const times = (n[2] ?? 0) % 2 === 0 ? 1 : 50;
  world.tally.faults.when(kind, fault, { times, skip: (n[1] ?? 0) % 3 });
  await client.sync.check();
  const status = await atRest(world.engine);
  world.tally.faults.clear();
  world.log.push(`  ${kind} ${fault.kind}: ${status.failure?.code ?? 'in spite of it'}`);
  if (file.read(wholeBook) === before) return;
  if (!isReachable(world)) throw new Wrong('A book changed that could not be read.');
  const asOf = status.asOf ?? '';
  const truth = truthOf(world.company, asOf);
  for (const { guid, name, closing } of file.read((tx) => bookOn(tx, asOf)).values()) {
    same(`${name}: owed after a fault`, closing, truth.get(guid)?.closing ?? 0);
  }
  await synced(doing);
}

/** Something is entered while the books are being read; the look after it finds it all. */
async function midway(doing: Doing, n: readonly number[]): Promise<void> {
  const { world, random } = doing;
  const kinds: readonly RequestKind[] = [
    'ledgers',
    'bills-receivable',
    'bills-payable',
    'vouchers',
    'companies',
    'groups',
    'voucher-counts',
  ];
  const [inside, ahead] = [stepsOf(random, 2, WEIGHTS), stepsOf(random, 2, WEIGHTS)];
  const isSafe = ({ act }: Step): boolean => act !== 'restore';
  for (const step of ahead.filter(isSafe)) tallyAct(doing, step);
  const act = (): void => inside.filter(isSafe).forEach((step) => tallyAct(doing, step));
  const kind = kinds[(n[0] ?? 0) % kinds.length] ?? 'ledgers';
  world.log.push(`  at ${kind}: ${JSON.stringify(inside)} after ${JSON.stringify(ahead)}`);
  world.tally.faults.when(kind, { kind: 'before', act }, { skip: (n[1] ?? 0) % 2 });
  await world.engine.client.sync.check();
  await atRest(world.engine);
  world.tally.faults.clear();
  await synced(doing);
}

async function refresh(doing: Doing, n: readonly number[]): Promise<void> {
  const { world } = doing;
  const { client } = world.engine;
  const file = fileOf(world.engine);
  const customers = [...file.read((tx) => bookOn(tx, todayOf(world))).values()];
  const one = customers[(n[0] ?? 0) % Math.max(1, customers.length)];
  if (!one) return;
  const before = file.read(wholeBook);
  try {
    const state = await client.sync.refreshParty({ customerId: one.customerId });
    holds('a company that is away cannot be read', isReachable(world));
    await atRest(world.engine);
    const should = truthOf(world.company, state.asOf).get(one.guid);
    same(`${one.name}: refreshed`, state.tallyPaise, should?.closing ?? 0);
    const book = file.read((tx) => bookOn(tx, state.asOf)).get(one.guid);
    same(`${one.name}: owed after a refresh`, book?.closing, should?.closing ?? 0);
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    world.log.push(`  ${JSON.stringify(error.data)}`);
    same('a refresh that failed changes nothing', file.read(wholeBook), before);
    holds(`a refresh of one who is there: ${JSON.stringify(error.data)}`, !isReachable(world));
  }
}

const otherActs: Readonly<Record<string, (doing: Doing, n: readonly number[]) => Promise<void>>> = {
  check: (doing) => synced(doing),
  run: (doing) => synced(doing, () => doing.world.engine.client.sync.run({})),
  runFull: (doing) => synced(doing, () => doing.world.engine.client.sync.run({ isFull: true })),
  refresh,
  faulty,
  midway,
  pause: async ({ world }) => {
    await world.engine.client.sync.pause();
    world.isPaused = true;
    await atRest(world.engine);
  },
  resume: async (doing) => {
    const { world } = doing;
    world.isPaused = false;
    await synced(doing, () => world.engine.client.sync.resume());
  },
  historyFrom: async (doing, n) => {
    const { world } = doing;
    const historyFrom = (n[0] ?? 0) % 3 === 0 ? null : addDays(day(BOOKS_FROM), (n[1] ?? 0) % 600);
    await world.engine.client.sync.saveOptions({ historyFrom });
    await atRest(world.engine);
    await synced(doing);
  },
  daysPass: async ({ world }, n) => {
    passDays(world, ((n[0] ?? 0) % 5) + 1);
    await Promise.resolve();
  },
  restart: async ({ world }) => {
    await world.engine.close();
    world.engine = await engineOn(world, world.dataFolder);
  },
  close: async ({ world }) => {
    world.tally.close(world.company);
    world.isClosed = true;
    await Promise.resolve();
  },
  open: async ({ world }) => {
    world.tally.open(world.company);
    world.isClosed = false;
    if (world.twin) world.tally.close(world.twin);
    world.twin = null;
    await Promise.resolve();
  },
  /** A company of the same name, which cannot be told apart by name, or a younger part of the same. */
  twin: async ({ world }) => {
    if (world.twin) return;
    world.twin = newCompany(world.company.name);
    world.tally.open(world.twin);
    await Promise.resolve();
  },
  split: async ({ world }) => {
    const { company } = world;
    const younger = company.splitCompany('2026-04-01', `${company.name} 2026`);
    world.tally.open(younger);
    await Promise.resolve();
  },
};

/** At last a second book is read afresh from the same Tally, and is the same but for its ids. */
async function lastLook(doing: Doing): Promise<void> {
  const { world } = doing;
  world.log.push('last look');
  await otherActs['open']?.(doing, []);
  const { sync } = world.engine.client;
  if (world.isPaused) await sync.resume();
  world.isPaused = false;
  await sync.check();
  await atRest(world.engine);
  await synced(doing);
  const file = fileOf(world.engine);
  const long = file.read(documentsByKey);
  const options = (await sync.status()).connection?.options;
  await world.engine.client.books.create({ name: 'Fresh' });
  await tieTo(world, options?.historyFrom ?? null);
  await atRest(world.engine);
  const status = await world.engine.client.sync.check();
  same('the fresh book has no failure', status.failure, null);
  const fresh = fileOf(world.engine).read(documentsByKey);
  for (const [table, rows] of Object.entries(fresh)) {
    const own = new Set((long[table] ?? []).map((row) => JSON.stringify(row)));
    const other = new Set(rows.map((row) => JSON.stringify(row)));
    same(
      `${table} of a fresh book`,
      { more: [...own].filter((row) => !other.has(row)), less: [...other].filter((row) => !own.has(row)) },
      { more: [], less: [] },
    );
  }
}
