import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SyncStatus } from '#contract/engine/sync.ts';
import { tallySource } from '#engine/adapters/tally/tally.ts';
import { openEngine } from '#engine/open-engine.ts';
import { NOON, type TempEngine } from '#tests/builders/temp-engine.ts';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeTally } from '#tests/fakes/tally/index.ts';
import { ORPCError } from '@orpc/server';
import { connect, idle, owedInBaaki, receive, sell, TODAY, type Owed, type World } from '../tally-world.ts';
import { factsOf, noteTexts } from '../killed/book-facts.ts';
import type { FaultWorld } from './fault-modes.ts';

/** Others use the machine, too: a whole run is given more time, which it spends only where Tally is silent. */
const SILENCE_MS = process.env['BAAKI_FAULTS'] === 'all' ? 1500 : 800;

/** For so long a request is answered too late. */
export const TOO_SLOW_MS = SILENCE_MS + 300;

/** A silence is told from a slow machine: nothing here takes as long otherwise. */
const timings = {
  connectMs: 1000,
  lightSilenceMs: SILENCE_MS,
  urgentSilenceMs: SILENCE_MS,
  patientSilenceMs: SILENCE_MS,
  idleMs: 1000,
  dialogMs: SILENCE_MS * 1.5,
  recoverMs: 1000,
} as const;

const BOOKS_FROM = '2026-10-01';
export const CUSTOMERS = ['Asha & Sons', 'गणेश ट्रेडर्स', 'गनेश ट्रेडर्स', 'Walk-in'] as const;

/** Small, with letters beyond ASCII: two customers differ in no more than one of them. */
export function aSmallCompany(name = 'श्री Traders'): FakeCompany {
  const company = createFakeCompany({ name, booksFrom: BOOKS_FROM });
  company.createLedger({ name: 'HDFC Bank', parent: 'Bank Accounts' });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  for (const customer of CUSTOMERS.slice(0, 3)) {
    company.createLedger({
      name: customer,
      parent: 'Sundry Debtors',
      billWise: true,
      creditPeriod: '30 Days',
    });
  }
  company.createLedger({ name: 'Walk-in', parent: 'Sundry Debtors' });
  CUSTOMERS.forEach((party, at) => {
    const isBillWise = party !== 'Walk-in';
    for (let times = 0; times < 4; times += 1) {
      const on = `2026-1${times % 2}-0${at + 1 + times}`;
      const ref = `${at}-${times}`;
      if (isBillWise) sell(company, party, on, 1_000_00 * (at + 1) + times, ref);
      receive(company, party, on, 300_00 + at + times, isBillWise && times > 1 ? ref : undefined);
    }
  });
  return company;
}

export type Bench = {
  readonly world: World & { readonly bugs: TempEngine['bugs'] };
  readonly faults: FaultWorld;
  readonly end: () => Promise<void>;
};

export async function anEngineOf(): Promise<TempEngine> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-faults-'));
  const bugs: TempEngine['bugs'] = [];
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => NOON,
    tally: tallySource(timings),
    onBug: (errorId, error) => bugs.push({ errorId, error }),
  });
  await engine.client.books.create({ name: 'Test Traders' });
  return { ...engine, dataFolder, bugs };
}

export async function close(engine: TempEngine): Promise<void> {
  await engine.close();
  rmSync(engine.dataFolder, { recursive: true, force: true });
}

export async function aFake(): Promise<{ readonly tally: FakeTally; readonly company: FakeCompany }> {
  const company = aSmallCompany();
  const tally = await startFakeTally({ books: [company], today: TODAY, cost: 'none' });
  return { tally, company };
}

let edits = 0;

export function faultWorldOf({ tally, company }: Pick<World, 'tally' | 'company'>): FaultWorld {
  const backup = company.backup();
  const twin = createFakeCompany({
    name: company.name,
    booksFrom: BOOKS_FROM,
    guid: '11111111-2222-4333-8444-555555555555',
  });
  twin.createLedger({ name: 'Asha & Sons', parent: 'Sundry Debtors', billWise: true });
  return { tally, company, twin, backup, tooSlowMs: TOO_SLOW_MS, edit: () => alterOne(company) };
}

/** Another amount of one bill of the first customer. */
export function alterOne(company: FakeCompany): void {
  edits += 1;
  const voucher = company.vouchers().find((one) => one.type === 'Sales' && !one.cancelled);
  if (!voucher) throw new Error('No sale.');
  const amount = 2_000_00 + edits * 100;
  company.alterVoucher(voucher.masterId, {
    lines: [
      { ledger: 'Asha & Sons', amount, bills: [{ type: 'New Ref', ref: '0-0', amount, period: '30 Days' }] },
      { ledger: 'Sales', amount: 0 - amount },
    ],
  });
}

/** What a person sees: aging, open bills, the certificate's totals, and what stands between us and Tally. */
export type Seen = {
  readonly screen: string;
  /** The totals alone. */
  readonly sums: string;
  readonly owed: readonly Owed[];
  readonly status: SyncStatus;
  readonly notes: readonly string[];
};

export async function see(world: World): Promise<Seen> {
  const { client } = world.engine;
  const status = await client.sync.status();
  const { totals, customerCount } = await client.aging.summary({});
  const open = await client.bills.listOpen({});
  const certificate = await client.sync.tieOut();
  const bills = open.rows.map((row) => JSON.stringify(row)).toSorted();
  const figures = {
    outstandingPaise: totals.outstandingPaise,
    openBillCount: totals.openBillCount,
    customerCount,
  };
  const sums = JSON.stringify({
    figures,
    openPaise: open.openPaise,
    certificate: certificate?.totals ?? null,
  });
  const screen = JSON.stringify({ totals, bills, sums });
  return { screen, sums, owed: byRef(owedInBaaki(world)), status, notes: noteTexts(world.engine) };
}

/** What a bill grew by stands beside it until its voucher is read: one bill in two documents. */
function byRef(owed: readonly Owed[]): readonly Owed[] {
  return owed.map((party) => {
    const bills = new Map<string, Owed['bills'][number]>();
    for (const [ref, due, open] of party.bills) bills.set(ref, [ref, due, open + (bills.get(ref)?.[2] ?? 0)]);
    return { ...party, bills: [...bills.values()] };
  });
}

/** The code that a call failed with; null where it was answered. */
export async function codeOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    const { data }: { data?: { code?: string } } = error;
    if (error.code !== 'FAILED' && error.code !== 'REFUSED') throw error;
    return data?.code ?? error.code;
  }
}

/** The fake as it should be: no box, no crash, nothing planned. */
export async function heal(tally: FakeTally): Promise<void> {
  tally.faults.clear();
  await tally.restart();
}

export async function freshFactsOf(at: Pick<World, 'tally' | 'company' | 'clock'>): Promise<object> {
  const engine = await anEngineOf();
  const world = { ...at, engine };
  await connect(world, { speed: 'normal' });
  await idle(world);
  const facts = await factsOf(engine, { hasNumbers: false });
  await close(engine);
  return facts;
}
