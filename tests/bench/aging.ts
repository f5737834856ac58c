// Aging as of any day from columns, on a million bills and a million and a half allocations out of a real book file: how
// it stands to one plain pass over the same arrays and to the best SQL, round by round in the same run, so that the
// machine's own speed cancels out. Run: npm run bench
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_BOUNDS, DEFAULT_VIEW } from '#domain/aging.ts';
import { sumsByCustomer, sumsByRow } from '#domain/aging-columns.ts';
import { bucketTotalsOn, totalsOf } from '#domain/aging-totals.ts';
import { addDays, day, dayNumber, monthsBefore, previousMonth } from '#domain/days.ts';
import { bytesOf, eventsUpTo, type LedgerColumns } from '#domain/ledger-columns.ts';
import { largestRows } from '#engine/services/aging/rows.ts';
import { columnsNow, facesNow } from '#engine/services/ledger.ts';
import { FIRST_DAY, makeBook, SPAN_DAYS, type BenchBook } from './aging-book.ts';

const LARGE = { bills: 1_000_000, allocations: 1_500_000, customers: 5000 };
const SMALL = { bills: 50_000, allocations: 75_000, customers: 5000 };
const WARM_ROUNDS = 8;
const ROUNDS = 25;
const CHANGES = 15;
const AS_OF = addDays(day(FIRST_DAY), 900);
const TODAY = addDays(day(FIRST_DAY), SPAN_DAYS + 200);
const QUESTION = { asOf: AS_OF, today: TODAY, view: DEFAULT_VIEW };

/** The floor: the columns that buckets by customer are made of, added up once. */
function plainPass({ events }: LedgerColumns): number {
  const { dueDays, rows, paise } = events;
  const end = eventsUpTo(events.days, dayNumber(AS_OF));
  let sum = 0;
  let due = 0;
  let row = 0;
  for (let at = 0; at < end; at += 1) {
    sum += paise[at] ?? 0;
    due = (due + (dueDays[at] ?? 0)) | 0;
    row = (row + (rows[at] ?? 0)) | 0;
  }
  return sum + due + row;
}

/** The floor of all figures together: the times that bills are open as well. */
function plainPassOfAll(columns: LedgerColumns): number {
  const { from, until, dueDays, customers, kinds, length } = columns.spans;
  let sum = 0;
  for (let at = 0; at < length; at += 1)
    sum =
      (sum +
        (from[at] ?? 0) +
        (until[at] ?? 0) +
        (dueDays[at] ?? 0) +
        (customers[at] ?? 0) +
        (kinds[at] ?? 0)) |
      0;
  return sum + plainPass(columns);
}

const BUCKET = (due: string): string =>
  `case ${DEFAULT_BOUNDS.map((bound, at) => `when ${due} >= '${addDays(AS_OF, 0 - bound)}' then ${at}`).join(' ')}
        else ${DEFAULT_BOUNDS.length} end`;
// Every receipt of this book is applied whole on its own day, so bills are all there is to sum.
const SQL_WAYS: Readonly<Record<string, string>> = {
  'joined sums': `select customer_id, ${BUCKET('due_day')} as bucket, sum(amount_paise - coalesce(paid, 0)) as open
     from bills left join (select bill_id, sum(amount_paise) as paid from allocations
                            where allocation_day <= '${AS_OF}' group by bill_id) on bill_id = bills.id
    where bill_day <= '${AS_OF}' and voided_at is null group by 1, 2`,
  'sub-query a bill': `select customer_id, ${BUCKET('due_day')} as bucket,
          sum(amount_paise - coalesce((select sum(amount_paise) from allocations
                                        where bill_id = bills.id and allocation_day <= '${AS_OF}'), 0)) as open
     from bills where bill_day <= '${AS_OF}' and voided_at is null group by 1, 2`,
  'one list of amounts': `select customer_id, bucket, sum(amount) as open from (
       select customer_id, ${BUCKET('due_day')} as bucket, amount_paise as amount from bills
        where bill_day <= '${AS_OF}' and voided_at is null
       union all
       select b.customer_id, ${BUCKET('b.due_day')}, -a.amount_paise from allocations a
         join bills b on b.id = a.bill_id
        where a.allocation_day <= '${AS_OF}' and b.bill_day <= '${AS_OF}' and b.voided_at is null) group by 1, 2`,
};

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Of the best rounds: whatever else the machine does only adds to a time. */
function ratio(above: readonly number[], below: readonly number[]): number {
  return round(Math.min(...above) / Math.min(...below));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

type Passes = Readonly<Record<'floor' | 'aging' | 'floorOfAll' | 'all' | 'trend', readonly number[]>>;

function benchPasses(columns: LedgerColumns): Passes {
  const months = monthsBefore(AS_OF, 24);
  const pass = { today: dayNumber(AS_OF), ages: 'dueDays', cuts: DEFAULT_BOUNDS } as const;
  const round = () => ({
    floor: timed(() => plainPass(columns)),
    aging: timed(() => sumsByRow(columns, pass)),
    trend: timed(() => bucketTotalsOn(columns, months, DEFAULT_VIEW)),
    floorOfAll: timed(() => plainPassOfAll(columns)),
    all: timed(() => sumsByCustomer(columns, QUESTION)),
  });
  const rounds = Array.from({ length: WARM_ROUNDS + ROUNDS }, round).slice(WARM_ROUNDS);
  const of = (name: keyof Passes): readonly number[] => rounds.map((one) => one[name]);
  return {
    floor: of('floor'),
    aging: of('aging'),
    trend: of('trend'),
    floorOfAll: of('floorOfAll'),
    all: of('all'),
  };
}

function benchSql(book: BenchBook, columns: LedgerColumns) {
  // A receipt of before its bill's day is not applied yet; these queries know bills alone.
  const sums = sumsByCustomer(columns, { ...QUESTION, view: { ...DEFAULT_VIEW, credits: 'gross' } });
  const ways = Object.entries(SQL_WAYS).map(([way, sql]) => {
    const statement = book.sqlite.prepare<[], { open: number }>(sql);
    let open = 0;
    // A second or more each: the ways stand in for the rounds, and the best of them counts.
    const ms = timed(() => (open = statement.all().reduce((sum, row) => sum + row.open, 0)));
    return { way, ms: Math.round(ms), open };
  });
  const outstanding = sums.outstanding.reduce((sum, amount) => sum + amount, 0);
  // Instalments fall due apart, so only the totals of the book can be held against each other.
  for (const { way, open } of ways)
    if (open !== outstanding) fail(`SQL (${way}) says ${open}, not ${outstanding}`);
  return ways.map(({ way, ms }) => ({ way, ms }));
}

/** Receipts one after another, each applied to a bill: what the next question waits for. */
function benchChanges(book: BenchBook) {
  const before = columnsNow(book, TODAY);
  const ms: number[] = [];
  for (let at = 0; at < CHANGES; at += 1) {
    const { id, customer } = book.sqlite
      .prepare<[number], { id: number; customer: number }>(
        'select id, customer_id as customer from bills where id = ?',
      )
      .get(1000 + at * 37) ?? { id: 1, customer: 1 };
    book.write(({ sqlite }) => {
      const { lastInsertRowid } = sqlite
        .prepare(
          `insert into receipts (customer_id, receipt_day, amount_paise, created_at, source, source_key)
           values (?, ?, 100, 0, 'change', ?)`,
        )
        .run(customer, AS_OF, at);
      sqlite
        .prepare(
          `insert into allocations (bill_id, receipt_id, allocation_day, amount_paise, created_at, source, source_key)
           values (?, ?, ?, 100, 0, 'change', ?)`,
        )
        .run(id, lastInsertRowid, AS_OF, at);
    });
    ms.push(timed(() => columnsNow(book, TODAY)));
  }
  if (columnsNow(book, TODAY).events !== before.events)
    fail('A change of one bill has built the columns anew.');
  return ms;
}

/** What the dashboard asks at every frame of its time machine. */
function benchSummary(book: BenchBook) {
  const columns = columnsNow(book, TODAY);
  const faces = facesNow(book);
  const ms: number[] = [];
  const floor: number[] = [];
  for (let at = 0; at < 200; at += 1) {
    floor.push(timed(() => plainPassOfAll(columns)));
    const question = { ...QUESTION, asOf: addDays(AS_OF, 0 - at) };
    ms.push(
      timed(() => {
        totalsOf(columns, question);
        totalsOf(columns, { ...question, asOf: previousMonth(question.asOf) });
        largestRows({ columns, faces, sums: sumsByCustomer(columns, question) }, 10);
      }),
    );
  }
  const trendMs = Array.from({ length: 50 }, () =>
    timed(() => bucketTotalsOn(columns, monthsBefore(AS_OF, 24), DEFAULT_VIEW)),
  );
  return { summary: ms.slice(20), floor: floor.slice(20), trend: trendMs.slice(5) };
}

const faults: string[] = [];
function fail(sentence: string): void {
  faults.push(sentence);
}

function atMost(name: string, value: number, most: number): void {
  if (value > most) fail(`${name} is ${value}, above ${most}`);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'aging-bench-'));
try {
  const small = benchSummary(makeBook(path.join(folder, 'small.baaki'), SMALL));
  const book = makeBook(path.join(folder, 'large.baaki'), LARGE);
  const memoryBefore = process.memoryUsage().rss;
  let columns: LedgerColumns | undefined;
  const buildMs = timed(() => (columns = columnsNow(book, TODAY)));
  if (!columns) throw new Error('No columns were made.');
  const memoryAfter = process.memoryUsage().rss;
  const passes = benchPasses(columns);
  const sql = benchSql(book, columns);
  const bestSql = sql.toSorted((a, b) => a.ms - b.ms)[0];
  const changes = benchChanges(book);
  const rowsRead = LARGE.bills + 2 * LARGE.allocations;
  const report = {
    ...LARGE,
    receipts: LARGE.allocations,
    events: columns.events.length,
    buildMs: Math.round(buildMs),
    buildRowsPerSecond: Math.round((rowsRead / buildMs) * 1000),
    columnsMb: Math.round(bytesOf(columns) / 1e6),
    rssGrowthMb: Math.round((memoryAfter - memoryBefore) / 1e6),
    floorBestMs: round(Math.min(...passes.floor)),
    agingBestMs: round(Math.min(...passes.aging)),
    floorMs: round(median(passes.floor)),
    agingMs: round(median(passes.aging)),
    agingToFloor: ratio(passes.aging, passes.floor),
    allFiguresMs: round(median(passes.all)),
    allFiguresToFloor: ratio(passes.all, passes.floorOfAll),
    trend24Ms: round(median(passes.trend)),
    trend24ToBuckets: ratio(passes.trend, passes.aging),
    trend24ToAllFigures: ratio(passes.trend, passes.all),
    sql,
    sqlToAging: Math.round((bestSql?.ms ?? 0) / median(passes.aging)),
    sqlToAllFigures: Math.round((bestSql?.ms ?? 0) / median(passes.all)),
    changeOfOneBillMs: round(median(changes)),
    summaryOf50kBillsMs: round(median(small.summary)),
    summaryOf50kBillsBestMs: round(Math.min(...small.summary)),
    summaryOf50kBillsP99Ms: round(
      small.summary.toSorted((a, b) => a - b)[Math.floor(small.summary.length * 0.99)] ?? 0,
    ),
    summaryOf50kBillsToFloor: ratio(small.summary, small.floor),
    trendOf50kBillsMs: round(median(small.trend)),
  };
  atMost('agingToFloor', report.agingToFloor, 3);
  // The buckets of one day are made from a snapshot, which 24 months cannot be: held against all figures of one day.
  atMost('trend24ToAllFigures', report.trend24ToAllFigures, 6);
  atMost('allFiguresToFloor', report.allFiguresToFloor, 3);
  atMost('30 / sqlToAging', round(30 / report.sqlToAging), 1);
  atMost('changeOfOneBillMs / buildMs', round(report.changeOfOneBillMs / report.buildMs), 0.05);
  // Two days, by customer and in all: six passes where the floor makes one. 4 ms on a machine that is left alone.
  atMost('summaryOf50kBillsToFloor', report.summaryOf50kBillsToFloor, 15);
  const reports = path.resolve(import.meta.dirname, '../../test-results/bench');
  mkdirSync(reports, { recursive: true });
  writeFileSync(path.join(reports, 'aging.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) process.stderr.write(`Slower than promised: ${fault}.\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
