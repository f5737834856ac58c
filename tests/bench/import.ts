// A workbook of 100,000 bills from the file to the book (read, dry run, commit) through the open engine, beside exceljs's
// own streaming read of the same file in the same run; and how fast rows reach a wide and a
// narrow table, beside SQLite's own speed for the same rows.
// Run: node tests/bench/import.ts
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { bulkInsert, nextId, withIndexesAfter, type BulkTable } from '#engine/storage/bulk.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import * as schema from '#engine/storage/schema.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import exceljs from 'exceljs';
import { bundle } from './bundle.ts';

const ROWS = 100_000;
const CUSTOMERS = 5000;
const BULK_ROWS = 400_000;
const ROUNDS = 3;
const LIMITS = { toFloor: 2, peakMb: 400, bulkToFloor: 2 } as const;
const REPO = path.resolve(import.meta.dirname, '../..');
const MIGRATIONS = path.join(REPO, 'src-engine/storage/migrations');

type Measured = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly parts?: Readonly<Record<string, number>>;
};

async function writeWorkbook(file: string): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    filename: file,
    useSharedStrings: true,
    useStyles: true,
  });
  const sheet = book.addWorksheet('Bills');
  const head = ['Party Name', 'Bill No', 'Bill Date', 'Due Date', 'Bill Amount', 'Pending Amount', 'Area'];
  sheet.addRow(head).commit();
  const first = day('2025-04-01');
  for (let at = 0; at < ROWS; at += 1) {
    const billDay = addDays(first, at % 500);
    const amount = 1000 + ((at * 7919) % 9_000_000) / 50;
    const days = [billDay, addDays(billDay, 30)].map((one) => one.split('-').toReversed().join('-'));
    const party = `Party ${(at * 31) % CUSTOMERS} Traders`;
    sheet
      .addRow([
        party,
        `INV/25-26/${at}`,
        ...days,
        amount,
        at % 3 === 0 ? amount / 2 : amount,
        `Area ${at % 40}`,
      ])
      .commit();
  }
  sheet.commit();
  await book.commit();
}

// What a process was told of its parent's memory stays in its resource usage; Linux itself keeps them apart.
const PEAK = `
import { existsSync, readFileSync } from 'node:fs';
const peak = () => Math.round((existsSync('/proc/self/status')
  ? Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  : process.resourceUsage().maxRSS) / 1024);`;

const CHILD_END = `
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ ms, parts, peakMb: peak(), cpuMs: Math.round((user + system) / 1000) }));
process.exit(0);`;

const FLOOR_CHILD = (file: string): string => `
import exceljs from 'exceljs';
const startedAt = performance.now();
let rows = 0, cells = 0;
for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(${JSON.stringify(file)}, { sharedStrings: 'cache' }))
  for await (const row of sheet) { rows += 1; cells += row.values.length; }
if (rows !== ${ROWS + 1}) throw new Error('exceljs read ' + rows + ' rows');
const ms = performance.now() - startedAt, parts = { cells };${CHILD_END}`;

const IMPORT_CHILD = (engine: string, file: string, data: string): string => `
import { openEngine } from ${JSON.stringify(engine)};
const engine = await openEngine({ dataFolder: ${JSON.stringify(data)}, version: '0', onBug: (id, e) => { console.error(e); } });
await engine.client.books.create({ name: 'Bench' });
const startedAt = performance.now();
let draft, batch;
for await (const event of await engine.client.imports.read({ path: ${JSON.stringify(file)} })) draft = event.draft ?? draft;
const readAt = performance.now(), readMb = peak();
const { draftId, understood: { map } } = draft;
const preview = await engine.client.imports.preview({ draftId, map });
const previewAt = performance.now(), previewMb = peak();
for await (const event of await engine.client.imports.commit({ draftId, map })) batch = event.batch ?? batch;
const ms = performance.now() - startedAt;
if (batch.takenRowCount !== ${ROWS}) throw new Error(JSON.stringify([preview.rowCounts, preview.notes[0]]));
const parts = { read: Math.round(readAt - startedAt), preview: Math.round(previewAt - readAt), commit: Math.round(ms - (previewAt - startedAt)), readMb, previewMb };${CHILD_END}`;

function inChild(folder: string, name: string, script: string): Measured {
  const file = path.join(folder, `${name}.mjs`);
  writeFileSync(file, PEAK + script);
  return JSON.parse(
    execFileSync(process.execPath, [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

type Bulk = {
  /** Rows a second of processor time. */
  readonly rowsPerSecond: number;
  /** Of SQLite alone: the same rows made and stored by one statement. */
  readonly floorRowsPerSecond: number;
  readonly toFloor: number;
};

type BulkWish = {
  readonly table: BulkTable;
  /** SQL for the values of row `n`, by column: what the floor inserts. */
  readonly values: Readonly<Record<string, string>>;
  readonly same: Readonly<Record<string, string | number>>;
  /** The same row for the writer, without its id. */
  readonly row: (n: number) => readonly (string | number | null)[];
};

const SAME = { created_at: 0, source: 'file', import_batch_id: 1 };
const BULK: readonly BulkWish[] = [
  {
    table: 'bills',
    same: SAME,
    values: {
      customer_id: '1',
      kind: `'invoice'`,
      number: `'INV/25-26/' || n`,
      bill_day: `'2026-04-01'`,
      due_day: `'2026-05-01'`,
      amount_paise: '100000 + n',
      currency: 'null',
      foreign_minor: 'null',
      rate_e6: 'null',
      salesperson: 'null',
      narration: 'null',
      source_key: `'name:party|invoice|inv/25-26/' || n`,
    },
    row: (n) => [
      1,
      'invoice',
      `INV/25-26/${n}`,
      '2026-04-01',
      '2026-05-01',
      100_000 + n,
      null,
      null,
      null,
      null,
      null,
      `name:party|invoice|inv/25-26/${n}`,
    ],
  },
  {
    table: 'allocations',
    same: SAME,
    values: {
      bill_id: '1',
      receipt_id: '1',
      allocation_day: `'2026-04-01'`,
      amount_paise: '100000 + n',
      foreign_minor: 'null',
      source_key: `'name:party|' || n`,
    },
    row: (n) => [1, 1, '2026-04-01', 100_000 + n, null, `name:party|${n}`],
  },
];

/** A book as it is shipped: indexes, checks, foreign keys and triggers; with one row of each to refer to. */
function openBulkBook(file: string): WriteTx {
  const sqlite = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -65536'])
    sqlite.pragma(pragma);
  for (const name of readdirSync(MIGRATIONS).toSorted()) {
    if (name.endsWith('.sql'))
      sqlite.exec(
        readFileSync(path.join(MIGRATIONS, name), 'utf8').replaceAll('--> statement-breakpoint', ''),
      );
  }
  sqlite.pragma('foreign_keys = ON');
  const origin = `created_at, source, source_key`;
  sqlite.exec(`
    insert into customers (id, name, name_key, ${origin}) values (1, 'A', 'a', 0, 'bench', '1');
    insert into bills (id, customer_id, kind, bill_day, due_day, amount_paise, ${origin})
      values (1, 1, 'invoice', '2026-04-01', '2026-04-01', 1, 0, 'bench', '1');
    insert into receipts (id, customer_id, receipt_day, amount_paise, ${origin})
      values (1, 1, '2026-04-01', 1, 0, 'bench', '1');
    insert into import_batches (id, file_name, file_sha256, layout, map_json, imported_at, taken_row_count,
        refused_row_count, left_out_row_count, added_bill_count, changed_bill_count, bill_paise, receipt_paise,
        credit_paise, open_paise)
      values (1, 'x', 'x', 'list', '{}', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);`);
  return { sqlite, orm: drizzle(sqlite, { schema }), mayWrite: true };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function measured(file: string, write: (tx: WriteTx) => void): number {
  const tx = openBulkBook(file);
  const startedAt = cpuMs();
  tx.sqlite.transaction(() => write(tx))();
  const ms = cpuMs() - startedAt;
  tx.sqlite.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  return Math.round((BULK_ROWS / ms) * 1000);
}

/** How fast rows are written as an import writes them, beside SQLite's own speed for the same rows and indexes. */
function bulkSpeed(file: string, { table, values, same, row }: BulkWish): Bulk {
  const columns = Object.keys(values);
  const sizes = [{ table, newRows: BULK_ROWS }];
  const rowsPerSecond = measured(file, (tx) =>
    withIndexesAfter(tx, sizes, () => {
      const rows = bulkInsert(tx, table, { columns, same });
      const id = nextId(tx, table);
      for (let n = 0; n < BULK_ROWS; n += 1) rows.add([id(), ...row(n)]);
      rows.flush();
    }),
  );
  const constants = Object.values(same).map((value) => (typeof value === 'number' ? value : `'${value}'`));
  const floorRowsPerSecond = measured(file, (tx) =>
    withIndexesAfter(tx, sizes, () =>
      tx.sqlite.exec(`insert into ${table} (${[...columns, ...Object.keys(same)].join(', ')})
        with recursive rows(n) as (values(0) union all select n + 1 from rows where n < ${BULK_ROWS - 1})
        select ${[...Object.values(values), ...constants].join(', ')} from rows`),
    ),
  );
  return { rowsPerSecond, floorRowsPerSecond, toFloor: floorRowsPerSecond / rowsPerSecond };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const results = path.join(REPO, 'test-results/bench');
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(path.join(results, 'import-'));
const data = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
try {
  const workbook = path.join(data, 'bills.xlsx');
  await writeWorkbook(workbook);
  await bundle(folder, 'open-engine');
  const engine = path.join(folder, 'open-engine.js');
  const floor: Measured[] = [];
  const whole: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(inChild(folder, 'floor', FLOOR_CHILD(workbook)));
    whole.push(inChild(folder, 'import', IMPORT_CHILD(engine, workbook, path.join(data, `book-${round}`))));
  }
  const report = {
    rows: ROWS,
    floorMs: Math.round(median(floor.map(({ ms }) => ms))),
    importMs: Math.round(median(whole.map(({ ms }) => ms))),
    importToFloor: median(whole.map(({ ms }, at) => ms / (floor[at]?.ms ?? 1))),
    cpuToFloor: median(whole.map(({ cpuMs }, at) => cpuMs / (floor[at]?.cpuMs ?? 1))),
    parts: whole.at(-1)?.parts,
    peakMb: Math.max(...whole.map(({ peakMb }) => peakMb)),
    floorPeakMb: Math.max(...floor.map(({ peakMb }) => peakMb)),
    bulk: Object.fromEntries(
      BULK.map((wish) => [wish.table, bulkSpeed(path.join(data, 'bulk.baaki'), wish)]),
    ),
    loadAverage: os.loadavg(),
    limits: LIMITS,
  };
  writeFileSync(path.join(results, 'import.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const isBulkWithin = Object.values(report.bulk).every(({ toFloor }) => toFloor <= LIMITS.bulkToFloor);
  // Processor time says the same on a machine that others use too.
  const toFloor = Math.min(report.importToFloor, report.cpuToFloor);
  if (toFloor > LIMITS.toFloor || report.peakMb > LIMITS.peakMb || !isBulkWithin) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
}
