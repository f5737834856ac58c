import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Day } from '#domain/days.ts';
import type { SyncStatus } from '#contract/engine/sync.ts';
import { tallySource } from '#engine/adapters/tally/tally.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import { NOON } from '#tests/builders/temp-engine.ts';
import { createFakeCompany, type FakeCompany, type FakeSnapshot } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeProfile, type FakeTally } from '#tests/fakes/tally/index.ts';
import { BOOKS_FROM } from './entry-acts.ts';
import { nothingWritten, type Written } from './user-acts.ts';

/** One run of the model: a Tally, a Baaki that follows it, and what is remembered of both. */
export type ModelWorld = {
  readonly company: FakeCompany;
  readonly tally: FakeTally;
  readonly clock: { now: number };
  readonly backups: FakeSnapshot[];
  readonly written: Written;
  readonly bugs: unknown[];
  readonly dataFolder: string;
  engine: Engine;
  /** A second company of the same name, while it is open. */
  twin: FakeCompany | null;
  isClosed: boolean;
  isPaused: boolean;
  /** What was done, in words, for whoever reads a failure. */
  readonly log: string[];
};

const DAY_MS = 86_400_000;
/** India is half past five ahead. */
const ZONE_MS = 19_800_000;

export function todayOf({ clock }: Pick<ModelWorld, 'clock'>): string {
  return new Date(clock.now + ZONE_MS).toISOString().slice(0, 10);
}

export function passDays(world: ModelWorld, days: number): void {
  world.clock.now += days * DAY_MS;
}

export function newCompany(name = 'Model P Ltd'): FakeCompany {
  const company = createFakeCompany({ name, booksFrom: BOOKS_FROM });
  company.createLedger({ name: 'HDFC Bank', parent: 'Bank Accounts' });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  company.createGroup({ name: 'North', parent: 'Sundry Debtors' });
  for (const [name, billWise] of [
    ['Party A', true],
    ['Party B', true],
    ['Party C', false],
  ] as const) {
    company.createLedger({ name, parent: 'Sundry Debtors', billWise, creditPeriod: '30 Days' });
  }
  return company;
}

const PRODUCTS = ['erp9', 'prime2', 'prime4', 'prime7'] as const;

export function profileOf(number: number): Partial<FakeProfile> {
  return {
    product: PRODUCTS[number % 4] ?? 'prime7',
    licence: number % 5 === 0 ? 'edu' : 'licensed',
    editLog: number % 3 === 0,
  };
}

export async function openModel(profile: number): Promise<ModelWorld> {
  const company = newCompany();
  const clock = { now: NOON };
  const tally = await startFakeTally({
    books: [company],
    today: todayOf({ clock }),
    cost: 'none',
    profile: profileOf(profile),
  });
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-model-'));
  const bugs: unknown[] = [];
  const engine = await engineOn({ clock, bugs }, dataFolder);
  await engine.client.books.create({ name: 'Model' });
  return {
    company,
    tally,
    clock,
    backups: [],
    written: nothingWritten(),
    bugs,
    dataFolder,
    engine,
    twin: null,
    isClosed: false,
    isPaused: false,
    log: [],
  };
}

export async function engineOn(
  { clock, bugs }: Pick<ModelWorld, 'clock' | 'bugs'>,
  dataFolder: string,
): Promise<Engine> {
  return await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => clock.now,
    tally: tallySource({ trustMs: 0 }),
    onBug: (_, error) => bugs.push(error),
  });
}

export async function closeModel({ engine, tally, dataFolder }: ModelWorld): Promise<void> {
  await engine.close();
  await tally.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

/** Ties the open book to the model's company; what is read goes on in the background. */
export async function tieTo(
  { engine, tally, company }: Pick<ModelWorld, 'engine' | 'tally' | 'company'>,
  historyFrom: Day | null,
): Promise<void> {
  const look = await engine.client.sync.look({ ...tally.address });
  const { guid, number, booksFrom } = company.view();
  // A split copies the GUID.
  const found = look.companies.find(
    (one) => one.guid === guid && one.companyNumber === number && one.booksFrom === booksFrom,
  );
  if (!found) throw new Error(`Nothing to connect to: ${look.failure?.sentence}`);
  const options = { everyMinutes: null, historyFrom };
  await engine.client.sync.connect({ ...tally.address, company: found, options });
}

/** Waits until nothing is read any more. */
export async function atRest(engine: Engine): Promise<SyncStatus> {
  const stop = new AbortController();
  try {
    const statuses = await engine.client.sync.watch(undefined, { signal: stop.signal });
    for await (const status of statuses) if (!status.isReading) return status;
  } finally {
    stop.abort();
  }
  throw new Error('The watch ended before the sync did.');
}
