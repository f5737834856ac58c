// What tests/bench/reminders.ts runs, bundled as the product is.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { addDays } from '#domain/days.ts';
import { planFacts } from '#engine/services/reminders/facts.ts';
import { roundNow } from '#engine/services/outbox/keeper.ts';
import type { BookFile } from '#engine/storage/database.ts';
import { startCounting } from '#tests/fakes/gateways/counting.ts';
import { benchBook, TODAY, type RemindersBench } from './reminders-book.ts';

const MESSAGES_LEAST = 10_000;
const MONTH_DAYS = 31;
const ONE_CUSTOMER_TIMES = 200;
const SENT_MOST = Number(process.env['BAAKI_BENCH_SENT'] ?? 3000);

export type Figure = {
  readonly ms: number;
  readonly cpuMs: number;
  /** The longest that nobody else was answered. */
  readonly heldMs: number;
};

async function timed(run: () => unknown): Promise<Figure> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // It tells the time between two of its own looks, and so needs one before and one after.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const before = process.cpuUsage();
  const begun = performance.now();
  await run();
  const { user, system } = process.cpuUsage(before);
  const ms = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  return { ms: round(ms), cpuMs: round((user + system) / 1000), heldMs: round(delay.max / 1e6) };
}

const round = (value: number): number => Math.round(value * 100) / 100;

export type Report = Readonly<Record<string, Figure | number>>;

export async function run(only: ReadonlySet<string>): Promise<Report> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-reminders-bench-'));
  const server = await startCounting();
  try {
    const bench = await benchBook(dataFolder, server.port);
    try {
      return await measured(bench, only, () => server.taken.length);
    } finally {
      await bench.engine.close();
    }
  } finally {
    await server.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function measured(
  bench: RemindersBench,
  only: ReadonlySet<string>,
  takenCount: () => number,
): Promise<Report> {
  const { engine, db, book, pass } = bench;
  const { client } = engine;
  const wants = (name: string): boolean => only.size === 0 || only.has(name);
  const report: Record<string, Figure | number> = {};
  let plan = null as Awaited<ReturnType<typeof client.reminders.plan>> | null;
  report['firstPlan'] = await timed(async () => {
    plan = await client.reminders.plan({});
  });
  if (plan === null) throw new Error('There is no plan.');
  const { rows, rowsHash } = plan;
  report['messages'] = rows.length;
  if (rows.length < MESSAGES_LEAST) throw new Error(`Only ${rows.length} messages were planned.`);
  touch(db);
  report['planAgain'] = await timed(() => client.reminders.plan({}));
  if (wants('one')) {
    const context = book();
    report['oneCustomer'] = await timed(() => {
      for (let at = 1; at <= ONE_CUSTOMER_TIMES; at += 1) {
        touch(db);
        planFacts(context, { day: TODAY, minute: 600, customerIds: [at * 60] });
      }
    });
    report['oneCustomerTimes'] = ONE_CUSTOMER_TIMES;
  }
  if (wants('calendar')) {
    report['calendar'] = await timed(() =>
      client.reminders.calendar({ from: TODAY, to: addDays(TODAY, MONTH_DAYS - 1) }),
    );
  }
  if (!wants('approve') && !wants('outbox')) return report;
  const rowKeys = rows.map((row) => row.rowKey);
  // What was looked at is still known, as it is when nothing was written since.
  await client.reminders.plan({});
  report['approve'] = await timed(() => client.reminders.approve({ rowsHash, rowKeys }));
  const floor = await timed(() => insertFloor(db));
  report['insertFloor'] = floor;
  report['approveToFloor'] = round((report['approve'] as Figure).cpuMs / floor.cpuMs);
  if (!wants('outbox')) return report;
  // All but some are put off, so that the bench ends.
  db.write(({ sqlite }) =>
    sqlite.exec(`update messages set state = 'declined' where state = 'scheduled' and id > (
      select max(id) from (select id from messages where state = 'scheduled' order by id limit ${SENT_MOST}))`),
  );
  pass(31_000);
  report['sent'] = SENT_MOST;
  report['outbox'] = await timed(async () => {
    while (takenCount() < SENT_MOST) await roundNow(book());
  });
  report['outboxEachSecond'] = round((1000 * SENT_MOST) / (report['outbox'] as Figure).ms);
  return report;
}

/** A write that has nothing to do with reminders. */
function touch(db: BookFile): void {
  db.write(({ sqlite }) => sqlite.exec(`update customers set territory = 'North' where id = 1`));
}

/** The same rows written by nothing but a statement: what SQLite itself takes for them. */
function insertFloor(db: BookFile): void {
  db.write(({ sqlite }) => {
    sqlite.exec(
      'create temp table floor_messages as select * from messages where for_day = (select max(for_day) from messages)',
    );
    const rows = sqlite.prepare('select * from floor_messages').raw().all();
    const width = sqlite.prepare('select * from floor_messages').columns().length;
    sqlite.exec(
      'create temp table floor_copy as select * from floor_messages where 0; create unique index temp.floor_key on floor_copy (dedupe_key)',
    );
    const put = sqlite.prepare(
      `insert into floor_copy values (${Array.from({ length: width }, () => '?').join()})`,
    );
    for (const row of rows) put.run(row);
    sqlite.exec('drop table floor_messages; drop table floor_copy');
  });
}
