// A workbook of 100,000 bills from the file to the book (read, dry run, commit) through the open engine, beside exceljs's
// own streaming read of the same file in the same run; and how fast rows reach the table of bills with its indexes.
// Run: node tests/bench/import.ts
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { bulkInsert, nextId } from '#engine/storage/bulk.ts';
import * as schema from '#engine/storage/schema.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import exceljs from 'exceljs';
import { build } from 'vite';

const ROWS = 100_000;
const CUSTOMERS = 5000;
const BULK_ROWS = 400_000;
const ROUNDS = 3;
const LIMITS = { toFloor: 2, peakMb: 400 } as const;
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

/** The engine as the product bundles it. */
async function buildEngine(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: REPO,
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      outDir,
      ssr: true,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input: {
          'open-engine': path.join(REPO, 'src-engine/open-engine.ts'),
          reader: path.join(REPO, 'src-engine/reader.ts'),
        },
        external: ['@aws-sdk/client-s3'],
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return path.join(outDir, 'open-engine.js');
}

/** Rows a second into the table of bills as it is shipped: indexes, checks, foreign keys and triggers. */
function bulkRowsPerSecond(file: string): number {
  const sqlite = new Database(file);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'foreign_keys = ON',
    'cache_size = -65536',
  ])
    sqlite.pragma(pragma);
  for (const name of readdirSync(MIGRATIONS).toSorted()) {
    if (name.endsWith('.sql'))
      sqlite.exec(
        readFileSync(path.join(MIGRATIONS, name), 'utf8').replaceAll('--> statement-breakpoint', ''),
      );
  }
  sqlite.exec(
    `insert into customers (id, name, name_key, created_at, source, source_key) values (1, 'A', 'a', 0, 'bench', '1')`,
  );
  const tx = { sqlite, orm: drizzle(sqlite, { schema }), mayWrite: true as const };
  const columns = [
    'customer_id',
    'kind',
    'number',
    'bill_day',
    'due_day',
    'amount_paise',
    'created_at',
    'source',
    'source_key',
  ];
  const startedAt = performance.now();
  sqlite.transaction(() => {
    const bills = bulkInsert(tx, 'bills', columns);
    const id = nextId(tx, 'bills');
    for (let at = 0; at < BULK_ROWS; at += 1) {
      const number = `INV/25-26/${at}`;
      bills.add([
        id(),
        1,
        'invoice',
        number,
        '2026-04-01',
        '2026-05-01',
        100_000 + at,
        0,
        'file',
        `name:party|invoice|${number}`,
      ]);
    }
    bills.flush();
  })();
  const rows = (BULK_ROWS / (performance.now() - startedAt)) * 1000;
  sqlite.close();
  return Math.round(rows);
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
  const engine = await buildEngine(folder);
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
    bulkRowsPerSecond: bulkRowsPerSecond(path.join(data, 'bulk.baaki')),
    limits: LIMITS,
  };
  writeFileSync(path.join(results, 'import.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (report.importToFloor > LIMITS.toFloor || report.peakMb > LIMITS.peakMb) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
}
