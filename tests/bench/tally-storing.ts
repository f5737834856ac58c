// What Tally says, stored: a history of 100,000 vouchers window by window and in one write, beside SQLite's own copy of
// the same rows into the same tables; the scan of all parties; and the documents of 5,000 customers: added, unchanged,
// and changed when the history has come.
// Run: node tests/bench/tally-storing.ts
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import * as schema from '#engine/storage/schema.ts';
import { putTallyCustomers } from '#engine/storage/tally-customers.ts';
import { documentWriter, type AppliedCounts } from '#engine/storage/tally-documents.ts';
import { putLedgers, setLedgerCustomers } from '#engine/storage/tally-masters.ts';
import { everyParty } from '#engine/storage/tally-parties.ts';
import { putVouchers, voucherWriter } from '#engine/storage/tally-vouchers.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

const VOUCHERS = 100_000;
const WINDOW = 5000;
const CUSTOMERS = 5000;
const BILLS_EACH = 12;
const ROUNDS = 3;
const LIMITS = { windowsToFloor: 7, oneWriteToFloor: 4, firstDocumentsMs: 2000 } as const;
const REPO = path.resolve(import.meta.dirname, '../..');
const MIGRATIONS = path.join(REPO, 'src-engine/storage/migrations');
const COMPANY = 'c3a1f0aa-1111-4222-8333-444455556666';
const FIRST = day('2025-04-01');
const NOW = 1_795_000_000_000;

function openBook(file: string): WriteTx {
  const sqlite = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -65536'])
    sqlite.pragma(pragma);
  for (const name of readdirSync(MIGRATIONS).toSorted()) {
    if (!name.endsWith('.sql')) continue;
    sqlite.exec(readFileSync(path.join(MIGRATIONS, name), 'utf8').replaceAll('--> statement-breakpoint', ''));
  }
  sqlite.pragma('foreign_keys = ON');
  return { sqlite, orm: drizzle(sqlite, { schema }), mayWrite: true };
}

const partyOf = (at: number): string => `Party ${(at * 31) % CUSTOMERS}`;
const guidOf = (masterId: number): string => `${COMPANY}-${masterId.toString(16).padStart(8, '0')}`;

/** Two of three are sales, each with a ref of its own; every third one pays the ref before it in part. */
function voucherOf(at: number): TallyVoucher {
  const on = addDays(FIRST, Math.floor((at * 400) / VOUCHERS));
  const isReceipt = at % 3 === 2;
  const ref = `INV/25-26/${isReceipt ? at - 1 : at}`;
  const amountPaise = paise((isReceipt ? -1 : 1) * (1_000_00 + ((at * 7919) % 9_000_000)));
  const bill = { ref, billDay: on, dueDay: addDays(on, 30) };
  const type = isReceipt ? 'against' : 'new';
  const ledgerName = partyOf(isReceipt ? at - 1 : at);
  const allocations = [{ ...bill, type, amountPaise } as const];
  return {
    guid: guidOf(at + 20_000),
    masterId: at + 20_000,
    alterId: at + 40_000,
    day: on,
    typeName: isReceipt ? 'Receipt' : 'GST Sales Invoice',
    kind: isReceipt ? 'receipt' : 'sales',
    number: ref,
    reference: null,
    narration: at % 2 === 0 ? `Goods as per order ${at}, delivered to the gate` : null,
    partyName: ledgerName,
    isCancelled: false,
    isOptional: false,
    isPostDated: false,
    lines: [
      { line: 0, ledgerName, amountPaise, allocations },
      {
        line: 1,
        ledgerName: isReceipt ? 'HDFC Bank' : 'Sales',
        amountPaise: paise(0 - amountPaise),
        allocations: [],
      },
    ],
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time, which says the same on a machine that others use too. */
function timed<T>(work: () => T): readonly [ms: number, made: T] {
  const startedAt = cpuMs();
  const made = work();
  return [cpuMs() - startedAt, made];
}

function putMasters(tx: WriteTx): ReadonlyMap<string, number> {
  const names = Array.from({ length: CUSTOMERS }, (_, at) => `Party ${at}`);
  const parent = 'Sundry Debtors';
  const same = { parent, isBillWise: true, creditPeriod: '30', openingPaise: null, closingPaise: paise(0) };
  const ledgers = names.map((name, at) => {
    const number = { guid: guidOf(at + 1), masterId: at + 1, alterId: at + 1 };
    return { ...same, ...number, name, nameKey: name.toLowerCase(), isCustomer: true };
  });
  const ids = putLedgers(tx, ledgers);
  const blank = { code: null, phone: null, email: null, gstin: null, pan: null, address: null };
  const facts = ledgers.map(({ guid: ledgerGuid, name, nameKey }) => {
    const terms = { groupPath: parent, creditDays: 30, creditLimitPaise: null, aliasKeys: [] };
    return { ...blank, ...terms, ledgerGuid, name, nameKey };
  });
  const customers = putTallyCustomers(tx, facts, NOW);
  setLedgerCustomers(
    tx,
    new Map([...customers].map(([guid, customerId]) => [ids.get(guid) ?? 0, customerId])),
  );
  return new Map(ledgers.map(({ guid, name }) => [name, ids.get(guid) ?? 0]));
}

const CONNECTION = { companyGuid: COMPANY, asOfDay: day('2026-06-15'), booksFrom: FIRST, historyFrom: FIRST };

type Stored = {
  readonly windowsMs: number;
  readonly oneWriteMs: number;
  readonly floorMs: number;
  readonly scanMs: number;
  readonly rows: number;
};

function storing(folder: string, round: number): Stored {
  const [inWindows, inOne, copy] = ['windows', 'one', 'copy'].map((name) =>
    openBook(path.join(folder, `${name}-${round}.baaki`)),
  );
  if (!inWindows || !inOne || !copy) throw new Error('No books.');
  const ids = putMasters(inWindows);
  putMasters(inOne);
  const wish = { companyGuid: COMPANY, ledgerIdOf: (name: string): number | null => ids.get(name) ?? null };
  const vouchers = Array.from({ length: VOUCHERS }, (_, at) => voucherOf(at));
  const [windowsMs] = timed(() => {
    for (let last = VOUCHERS; last > 0; last -= WINDOW) {
      const window = vouchers.slice(last - WINDOW, last);
      inWindows.sqlite.transaction(() => {
        const writer = voucherWriter(inWindows, wish);
        for (const voucher of window) writer.put(voucher);
        writer.flush();
      })();
    }
  });
  const [oneWriteMs, written] = timed(() =>
    inOne.sqlite.transaction(() => putVouchers(inOne, vouchers, wish))(),
  );
  copy.sqlite.prepare('attach ? as source').run(inOne.sqlite.name);
  const [floorMs] = timed(() =>
    copy.sqlite.exec(`begin;
      insert into tally_vouchers select * from source.tally_vouchers order by id;
      insert into tally_lines select * from source.tally_lines order by id;
      commit;`),
  );
  const [scanMs, lines] = timed(() => {
    let sum = 0;
    for (const { facts } of everyParty(inWindows, CONNECTION)) sum += facts.lines.length;
    return sum;
  });
  if (lines !== written.lineCount) throw new Error(`${lines} lines of ${written.lineCount} were read.`);
  for (const tx of [inWindows, inOne, copy]) tx.sqlite.close();
  return { windowsMs, oneWriteMs, floorMs, scanMs, rows: written.lineCount + VOUCHERS };
}

/** Open bills alone, as a first sync knows them; or whole ones with what paid them, as the history tells. */
function derivedOf(customer: number, withHistory: boolean): DerivedDocuments {
  const guid = guidOf(customer);
  const refs = Array.from({ length: BILLS_EACH }, (_, at) => ({ ref: `${guid}|INV/${at}`, at }));
  const billDay = FIRST;
  const bills = refs.map(({ ref, at }) => ({
    sourceKey: ref,
    kind: 'invoice' as const,
    number: `INV/${at}`,
    billDay,
    dueDay: addDays(billDay, 30),
    amountPaise: paise(withHistory && at % 2 === 0 ? 200_000 : 100_000),
    narration: null,
  }));
  if (!withHistory) return { bills, receipts: [], credits: [], allocations: [] };
  const paid = refs.filter(({ at }) => at % 2 === 0);
  const receiptDay = addDays(billDay, 45);
  const receipts = paid.map(({ ref, at }) => ({
    sourceKey: `${ref}|paid`,
    number: String(at),
    receiptDay,
    amountPaise: paise(100_000),
    narration: null,
  }));
  const allocations = paid.map(({ ref }) => {
    const money = { moneyKind: 'receipt' as const, moneyKey: `${ref}|paid` };
    return { sourceKey: ref, billKey: ref, ...money, allocationDay: receiptDay, amountPaise: paise(100_000) };
  });
  return { bills, receipts, credits: [], allocations };
}

function documents(folder: string, round: number) {
  const tx = openBook(path.join(folder, `documents-${round}.baaki`));
  const [mastersMs] = timed(() => tx.sqlite.transaction(() => putMasters(tx))());
  const apply = (withHistory: boolean): readonly [number, AppliedCounts] => {
    const derived = Array.from({ length: CUSTOMERS }, (_, at) => derivedOf(at + 1, withHistory));
    return timed(() =>
      tx.sqlite.transaction(() => {
        const writer = documentWriter(tx, { now: NOW, keepsOldValues: false });
        derived.forEach((one, at) => writer.apply(at + 1, one));
        return writer.flush();
      })(),
    );
  };
  const [firstMs, first] = apply(false);
  const [sameMs, same] = apply(false);
  const [historyMs, history] = apply(true);
  tx.sqlite.close();
  const isRight =
    first.added === CUSTOMERS * BILLS_EACH &&
    same.added + same.changed === 0 &&
    history.changed === first.added / 2;
  if (!isRight) throw new Error(`Other counts than expected: ${JSON.stringify({ first, same, history })}`);
  return { mastersMs, firstMs, sameMs, historyMs };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const results = path.join(REPO, 'test-results/bench');
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
try {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const stored = rounds.map((round) => storing(folder, round));
  const written = rounds.map((round) => documents(folder, round));
  const of = (pick: (one: Stored) => number): number => Math.round(median(stored.map(pick)));
  const ofDocuments = (pick: keyof (typeof written)[number]): number =>
    Math.round(median(written.map((one) => one[pick])));
  const rows = stored[0]?.rows ?? 0;
  const report = {
    vouchers: VOUCHERS,
    rows,
    windowsMs: of((one) => one.windowsMs),
    windowsRowsPerSecond: Math.round(median(stored.map((one) => rows / one.windowsMs)) * 1000),
    windowsToFloor: median(stored.map((one) => one.windowsMs / one.floorMs)),
    oneWriteMs: of((one) => one.oneWriteMs),
    oneWriteRowsPerSecond: Math.round(median(stored.map((one) => rows / one.oneWriteMs)) * 1000),
    oneWriteToFloor: median(stored.map((one) => one.oneWriteMs / one.floorMs)),
    floorMs: of((one) => one.floorMs),
    partyScanMs: of((one) => one.scanMs),
    customers: CUSTOMERS,
    bills: CUSTOMERS * BILLS_EACH,
    mastersMs: ofDocuments('mastersMs'),
    firstDocumentsMs: ofDocuments('firstMs'),
    sameDocumentsMs: ofDocuments('sameMs'),
    historyDocumentsMs: ofDocuments('historyMs'),
    loadAverage: os.loadavg(),
    limits: LIMITS,
  };
  writeFileSync(path.join(results, 'tally-storing.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const isFast =
    report.windowsToFloor <= LIMITS.windowsToFloor &&
    report.oneWriteToFloor <= LIMITS.oneWriteToFloor &&
    report.firstDocumentsMs <= LIMITS.firstDocumentsMs;
  if (!isFast) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
