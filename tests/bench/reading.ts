// Reading a workbook of 100,000 rows and a list of 300,000, as the app reads them (in the reading process, handed over
// as rows), beside what the libraries' own streaming readers take for the same files in the same run, so that the
// machine's speed cancels out. Run: node tests/bench/reading.ts
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { diceOf } from '#domain/demo-dice.ts';
import exceljs from 'exceljs';
import Papa from 'papaparse';
import { bundle } from './bundle.ts';

const BOOK_ROWS = 100_000;
const LIST_ROWS = 300_000;
const ROUNDS = 5;
/** What reading may take of the library's own time, and how much memory. */
const LIMITS = { xlsxToFloor: 0.5, csvToFloor: 3, xlsxRssMb: 400, csvRssMb: 500 };
const HEADER =
  'Invoice No,Invoice Date,Due Date,Customer,Customer Code,GSTIN,Phone,Amount,Tax,Total,Status,Remarks';
const FIRST = day('2023-04-01');

type Row = readonly (string | number)[];

/** Twelve columns as a business keeps them: numbers as text in every tenth total, remarks in every fifth row. */
function* rowsOf(count: number): Generator<Row> {
  const dice = diceOf(99);
  for (let at = 0; at < count; at += 1) {
    const party = dice.between(0, 4999);
    const dated = addDays(FIRST, Math.floor((at / count) * 1000));
    const amount = dice.between(100, 5_000_000) / 100;
    const tax = Math.round(amount * 18) / 100;
    const total = Math.round((amount + tax) * 100) / 100;
    yield [
      `INV/23-24/${String(at).padStart(6, '0')}`,
      dated,
      addDays(dated, 30),
      `Sharma Traders ${String(party).padStart(5, '0')}`,
      String(party).padStart(6, '0'),
      `27ABCDE${String(party).padStart(4, '0')}F1Z5`,
      String(9_000_000_000 + party * 7919),
      amount,
      tax,
      at % 10 === 0 ? total.toLocaleString('en-IN') : total,
      ['Open', 'Paid', 'Part'][party % 3] ?? '',
      at % 5 === 0 ? `Being goods sold vide challan ${at}` : '',
    ];
  }
}

async function makeBook(file: string): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    filename: file,
    useSharedStrings: true,
    useStyles: true,
  });
  const sheet = book.addWorksheet('Invoices');
  sheet.getColumn(2).numFmt = 'dd-mmm-yyyy';
  sheet.getColumn(3).numFmt = 'dd-mmm-yyyy';
  sheet.addRow(HEADER.split(',')).commit();
  for (const row of rowsOf(BOOK_ROWS)) {
    const cells = row.map((cell, at) => (at === 1 || at === 2 ? new Date(String(cell)) : cell || null));
    sheet.addRow(cells).commit();
  }
  await book.commit();
}

async function makeList(file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADER}\r\n`);
  for (const row of rowsOf(LIST_ROWS)) {
    const cells = row.map((cell) => (String(cell).includes(',') ? `"${cell}"` : String(cell)));
    if (!out.write(`${cells.join(',')}\r\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function exceljsFloor(file: string): Promise<number> {
  let count = 0;
  const wish = { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', hyperlinks: 'ignore' } as const;
  for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(file, wish)) {
    for await (const row of sheet) if (row.hasValues) count += 1;
  }
  return count;
}

function papaFloor(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    Papa.parse<string[]>(createReadStream(file), {
      step: () => {
        count += 1;
      },
      complete: () => resolve(count),
      error: reject,
    });
  });
}

async function ours(file: string): Promise<number> {
  const read = await readApart(file);
  if (!read.ok) throw new Error(read.failure.sentence);
  return read.value.sheets[0]?.rows.length ?? 0;
}

type Time = { readonly ms: number; readonly cpuMs: number };

async function timed(work: () => Promise<number>, rows: number): Promise<Time> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const count = await work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  // A CSV's last line ends with a line break, which the bare parser counts as one row more.
  if (count !== rows && count !== rows + 1) throw new Error(`${count} rows were read of ${rows}.`);
  return { ms, cpuMs: (user + system) / 1000 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

type Pair = { readonly floor: Time[]; readonly ours: Time[] };

async function race(floor: () => Promise<number>, read: () => Promise<number>, rows: number): Promise<Pair> {
  const pair: Pair = { floor: [], ours: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    pair.ours.push(await timed(read, rows));
    pair.floor.push(await timed(floor, rows));
  }
  return pair;
}

type Figures = {
  readonly rows: number;
  readonly floorMs: number;
  readonly oursMs: number;
  readonly rowsPerSecond: number;
  readonly oursToFloor: number;
  /** Of processor time, all threads together: it says the same on a machine that others use too. */
  readonly cpuToFloor: number;
};

function figures({ floor, ours: mine }: Pair, rows: number): Figures {
  const msOf = (times: readonly Time[]): number => median(times.map(({ ms }) => ms));
  return {
    rows,
    floorMs: Math.round(msOf(floor)),
    oursMs: Math.round(msOf(mine)),
    rowsPerSecond: Math.round((rows / msOf(mine)) * 1000),
    oursToFloor: median(mine.map(({ ms }, at) => ms / (floor[at]?.ms ?? 1))),
    cpuToFloor: median(mine.map(({ cpuMs }, at) => cpuMs / (floor[at]?.cpuMs ?? 1))),
  };
}

/** The highest memory of a fresh process that reads one file, for the peak of this one is the libraries' too. */
function peakMb(file: string): number {
  const script = `import { readApart } from ${JSON.stringify(reader)}; const read = await readApart(process.argv[1]); if (!read.ok) process.exit(1); process.stdout.write(String(process.resourceUsage().maxRSS));`;
  const repo = path.resolve(import.meta.dirname, '../..');
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script, file], { cwd: repo });
  return Math.round(Number(answer.toString()) / 1000);
}

const folder = mkdtempSync(path.join(tmpdir(), 'baaki-reading-'));
// Beside the packages that a bundle leaves outside.
const results = path.resolve(import.meta.dirname, '../../test-results/bench');
mkdirSync(results, { recursive: true });
const built = mkdtempSync(path.join(results, 'reading-'));
await bundle(built, 'process');
const reader = path.join(built, 'process.js');
const { readApart }: typeof import('#engine/adapters/reading/process.ts') = await import(reader);

try {
  const book = path.join(folder, 'book.xlsx');
  const list = path.join(folder, 'list.csv');
  await makeBook(book);
  await makeList(list);
  const xlsx = await race(
    () => exceljsFloor(book),
    () => ours(book),
    BOOK_ROWS + 1,
  );
  const csv = await race(
    () => papaFloor(list),
    () => ours(list),
    LIST_ROWS + 1,
  );
  const report = {
    xlsx: { ...figures(xlsx, BOOK_ROWS + 1), peakRssMb: peakMb(book) },
    csv: { ...figures(csv, LIST_ROWS + 1), peakRssMb: peakMb(list) },
    loadAverage: loadavg(),
    limits: LIMITS,
  };
  writeFileSync(path.join(results, 'reading.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const isWithin =
    report.xlsx.oursToFloor <= LIMITS.xlsxToFloor &&
    Math.min(report.csv.oursToFloor, report.csv.cpuToFloor) <= LIMITS.csvToFloor &&
    report.xlsx.peakRssMb <= LIMITS.xlsxRssMb &&
    report.csv.peakRssMb <= LIMITS.csvRssMb;
  if (!isWithin) throw new Error('Reading is slower or larger than its limits (see above).');
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}
