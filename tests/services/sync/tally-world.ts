import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SyncOptions, SyncStatus } from '#contract/engine/sync.ts';
import { openItemsAsOf } from '#domain/aging.ts';
import { day } from '#domain/days.ts';
import { refOfBill } from '#domain/tally/derive.ts';
import type { TallySource } from '#engine/adapters/ports.ts';
import { tallySource } from '#engine/adapters/tally/tally.ts';
import { openEngine } from '#engine/open-engine.ts';
import { ledgerOf } from '#engine/storage/ledger.ts';
import { bookBills } from '#engine/storage/tally-book-side.ts';
import { ledgerRows } from '#engine/storage/tally-masters.ts';
import { fileOf } from '#tests/builders/facts.ts';
import { NOON, type TempEngine } from '#tests/builders/temp-engine.ts';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeTally, type FakeTallyOptions } from '#tests/fakes/tally/index.ts';
import { outstandingOf } from '#tests/fakes/tally/oracle.ts';
import { expect, onTestFinished } from 'vitest';

/** NOON's day in India. */
export const TODAY = '2026-11-22';
export const BOOKS_FROM = '2025-04-01';

/** No waits for a Tally that answers at once. */
export const quickTimings = { trustMs: 0 } as const;

export type World = {
  readonly engine: TempEngine;
  readonly tally: FakeTally;
  readonly company: FakeCompany;
  readonly clock: { now: number };
};

/** A company with a few customers, a supplier, a bank, and entries of some months. */
export function aCompany(name = 'Test P Ltd'): FakeCompany {
  const company = createFakeCompany({ name, booksFrom: BOOKS_FROM });
  company.createLedger({ name: 'HDFC Bank', parent: 'Bank Accounts' });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  for (const customer of ['Asha Stores', 'Bharat & Sons', 'Chetan Traders']) {
    company.createLedger({
      name: customer,
      parent: 'Sundry Debtors',
      billWise: true,
      creditPeriod: '30 Days',
    });
  }
  company.createLedger({ name: 'Dev Suppliers', parent: 'Sundry Creditors', billWise: true });
  company.createLedger({ name: 'Walk-in', parent: 'Sundry Debtors' });
  return company;
}

let lastNumber = 0;

export function sell(
  company: FakeCompany,
  party: string,
  date: string,
  amount: number,
  ref?: string,
): string {
  lastNumber += 1;
  const bill = ref ?? `INV-${lastNumber}`;
  company.createVoucher({
    type: 'Sales',
    date,
    lines: [
      { ledger: party, amount, bills: [{ type: 'New Ref', ref: bill, amount, period: '30 Days' }] },
      { ledger: 'Sales', amount: 0 - amount },
    ],
  });
  return bill;
}

/** Money of a customer, against a bill or on account. */
export function receive(company: FakeCompany, party: string, date: string, amount: number, ref?: string) {
  const bills = ref === undefined ? [] : [{ type: 'Agst Ref' as const, ref, amount: 0 - amount }];
  return company.createVoucher({
    type: 'Receipt',
    date,
    lines: [
      { ledger: party, amount: 0 - amount, bills },
      { ledger: 'HDFC Bank', amount },
    ],
  });
}

export function someEntries(company: FakeCompany): void {
  const first = sell(company, 'Asha Stores', '2026-05-10', 118_000_00, 'A-1');
  sell(company, 'Asha Stores', '2026-09-02', 50_000_50, 'A-2');
  sell(company, 'Bharat & Sons', '2026-10-31', 7_080_00, 'B-1');
  sell(company, 'Chetan Traders', '2026-11-20', 99_99, 'C-1');
  receive(company, 'Asha Stores', '2026-06-15', 60_000_00, first);
  receive(company, 'Bharat & Sons', '2026-11-02', 1_000_00);
  receive(company, 'Chetan Traders', '2026-11-21', 99_99, 'C-1');
}

type Wish = FakeTallyOptions & {
  readonly company?: FakeCompany;
  /** A Tally that says less than the fake does. */
  readonly source?: (of: TallySource) => TallySource;
};

/** A fake Tally and an engine with an empty book; nothing is connected yet. */
export async function aWorld({ company = aCompany(), source, ...options }: Wish = {}): Promise<World> {
  const tally = await startFakeTally({ books: [company], today: TODAY, cost: 'none', ...options });
  onTestFinished(() => tally.stop());
  const clock = { now: NOON };
  const engine = await anEngine(clock, undefined, source);
  await engine.client.books.create({ name: 'Test Traders' });
  return { engine, tally, company, clock };
}

/** An engine on a folder of its own, or again on one that another engine had. */
export async function anEngine(
  clock: World['clock'],
  folder?: string,
  source: NonNullable<Wish['source']> = (of) => of,
): Promise<TempEngine> {
  const dataFolder = folder ?? mkdtempSync(path.join(os.tmpdir(), 'baaki-sync-'));
  const bugs: { errorId: string; error: unknown }[] = [];
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => clock.now,
    tally: source(tallySource(quickTimings)),
    onBug: (errorId, error) => bugs.push({ errorId, error }),
  });
  onTestFinished(async () => {
    await engine.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return { ...engine, dataFolder, bugs };
}

export async function connect(
  { engine, tally }: World,
  options: Partial<SyncOptions> = {},
  at = 0,
): Promise<SyncStatus> {
  const look = await engine.client.sync.look({ ...tally.address });
  const company = look.companies[at];
  if (!company) throw new Error(`Nothing to connect to: ${look.failure?.sentence}`);
  return await engine.client.sync.connect({ ...tally.address, company, options });
}

/** A world that is connected and in step, with its whole history. */
export async function aSyncedWorld(wish: Wish = {}, options: Partial<SyncOptions> = {}): Promise<World> {
  const company = wish.company ?? aCompany();
  if (!wish.company) someEntries(company);
  const world = await aWorld({ ...wish, company });
  await connect(world, options);
  await idle(world);
  return world;
}

/** Waits until nothing is read any more. */
export async function idle({ engine }: Pick<World, 'engine'>): Promise<SyncStatus> {
  const stop = new AbortController();
  try {
    const statuses = await engine.client.sync.watch(undefined, { signal: stop.signal });
    for await (const status of statuses) {
      if (!status.isReading) return status;
    }
  } finally {
    stop.abort();
  }
  throw new Error('The watch ended before the sync did.');
}

export async function customerOf({ engine }: Pick<World, 'engine'>, name: string): Promise<number> {
  const { rows } = await engine.client.customers.list({});
  const customerId = rows.find((row) => row.name === name)?.customerId;
  if (customerId === undefined) throw new Error(`No customer named ${name}.`);
  return customerId;
}

export type Owed = {
  readonly name: string;
  readonly closing: number;
  readonly bills: readonly (readonly [ref: string, dueDay: string, open: number])[];
};

function inOrder(bills: Owed['bills']): Owed['bills'] {
  return bills.toSorted(([a, , x], [b, , y]) => (a === b ? x - y : a < b ? -1 : 1));
}

/** What Baaki says is open on a day, from its own documents: debit bills by number, and the whole. */
export function owedInBaaki({ engine }: Pick<World, 'engine'>, on = TODAY): readonly Owed[] {
  return fileOf(engine).read((tx) => {
    const items = openItemsAsOf(ledgerOf(tx), day(on));
    const keys = new Map(
      bookBills(tx, { asOf: day(on), customerIds: 'all' }).map((bill) => [bill.billId, bill]),
    );
    return ledgerRows(tx)
      .filter((ledger) => ledger.customerId !== null)
      .map(({ customerId, name }) => {
        const own = items.filter((item) => (item.bill ?? item.moneyIn)?.customerId === customerId);
        const bills = own.flatMap((item) => {
          const stored = item.bill ? keys.get(item.bill.billId) : undefined;
          const ref = stored ? refOfBill(stored) : null;
          return ref === null ? [] : [[ref, item.dueDay, item.openPaise] as const];
        });
        const closing = own.reduce((sum, item) => sum + item.openPaise, 0);
        return { name, closing, bills: inOrder(bills) };
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** The same of the fake's own oracle, for its debtors. */
export function owedInTally(
  { company }: Pick<World, 'company'>,
  names: readonly string[],
  on = TODAY,
): readonly Owed[] {
  return outstandingOf(company, on)
    .filter((party) => names.includes(party.name))
    .map(({ name, closing, bills }) => ({
      name,
      closing,
      bills: inOrder(
        bills
          .filter((bill) => bill.balance > 0)
          .map((bill) => [bill.ref, bill.dueDay, bill.balance] as const),
      ),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export const DEBTORS = ['Asha Stores', 'Bharat & Sons', 'Chetan Traders', 'Walk-in'] as const;

/** Baaki owes what Tally says, bill by bill, and its own certificate agrees. */
export async function expectEqual(
  world: World,
  names: readonly string[] = DEBTORS,
  on = TODAY,
): Promise<void> {
  const baaki = owedInBaaki(world, on);
  expect(baaki.filter((one) => names.includes(one.name))).toEqual(owedInTally(world, names, on));
  const certificate = await world.engine.client.sync.tieOut();
  expect(certificate?.totals).toMatchObject({ differencePaise: 0, differingCount: 0 });
  expect(world.engine.bugs).toEqual([]);
}
