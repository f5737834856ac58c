import { addDays, laterDay, monthEnd, monthStart, type Day } from '#domain/days.ts';
import type { TallyCompany, TallyVoucherMark } from '#domain/tally/facts.ts';
import type { WriteTx } from '../../storage/database.ts';
import { connectionRow, type ConnectionRow } from '../../storage/tally-connection.ts';
import { forgetVouchers, marksOf, voucherCount, type VoucherMarkRow } from '../../storage/tally-vouchers.ts';
import type { BookContext } from '../door.ts';
import { identityOf, ourCompany, wholePeriod } from './company.ts';
import { deriveInto } from './derive.ts';
import type { Runner } from './runner.ts';
import { recorded, type Run } from './runs.ts';
import { ask, targetOf } from './talk.ts';
import { keepTieOut } from './tie-out.ts';
import { putPeriod } from './put-period.ts';

/** Books of so many vouchers are counted in one go: it costs Tally a few seconds. */
const AT_ONCE_MOST = 5000;
const MONTHS_AT_A_TIME = 3;

/**
 * Deletions leave no trace in what changed: the vouchers that Tally has are listed by month and held against the book's.
 * Months that may have lost one are looked at now, the others a few at a time.
 */
export async function censusNow(context: BookContext, runner: Runner): Promise<void> {
  const { db } = context;
  const connection = db.read(connectionRow);
  if (!connection?.isConnected || connection.historyFrom === null) return;
  const { isDue, months: waiting } = runner.census;
  const suspects = [...runner.suspectMonths];
  const all = isDue ? monthsOf(connection, context.today) : waiting;
  const rest = all.filter((month) => !runner.suspectMonths.has(month));
  const isSmall = db.read(voucherCount) <= AT_ONCE_MOST;
  const now = [...suspects, ...rest.slice(0, isSmall ? rest.length : MONTHS_AT_A_TIME)];
  runner.suspectMonths.clear();
  runner.census = { isDue: false, months: rest.filter((month) => !now.includes(month)) };
  if (now.length === 0) return;
  const isDone = await recorded(context, runner, { kind: 'census', connection }, (run) =>
    countMonths(run, connection, now),
  );
  if (!isDone) runner.census = { isDue: false, months: [...now, ...runner.census.months] };
}

/** First days of the months of which vouchers are here, newest first. */
function monthsOf({ historyFrom }: ConnectionRow, today: Day): readonly Day[] {
  if (historyFrom === null) return [];
  const months: Day[] = [];
  const first = monthStart(historyFrom);
  for (let month = monthStart(today); month >= first; month = monthStart(addDays(month, -1)))
    months.push(month);
  return months;
}

async function countMonths(run: Run, connection: ConnectionRow, months: readonly Day[]): Promise<void> {
  const { context } = run;
  const company = await ourCompany(run.talk, identityOf(connection));
  const touched = new Set<number>();
  let done = 0;
  for (const month of months) {
    run.at('census', done, months.length);
    for (const ledgerId of await countMonth(run, company, month)) touched.add(ledgerId);
    done += 1;
  }
  context.db.write((tx) => {
    const now = connectionRow(tx) ?? connection;
    if (touched.size > 0) derive(tx, run, { connection: now, touched });
    run.finish(tx, touched.size > 0 ? 'done' : 'nothing-new');
  });
  if (touched.size > 0) context.changed('sync', 'customers', 'bills', 'receipts', 'credits', 'aging');
}

type Touched = { readonly connection: ConnectionRow; readonly touched: ReadonlySet<number> };

function derive(tx: WriteTx, run: Run, { connection, touched }: Touched): void {
  const { today, now } = run.context;
  const counts = deriveInto(tx, { connection, today, now: now(), parties: touched });
  run.counts.addedCount = counts.added;
  run.counts.changedCount = counts.changed;
  run.counts.goneCount = counts.gone;
  run.counts.differencePaise = keepTieOut(tx, connection);
}

/** Ledgers of which a voucher was taken out or put in. Vouchers are only taken out when list and count agree. */
async function countMonth(run: Run, company: TallyCompany, month: Day): Promise<ReadonlySet<number>> {
  const { context, talk } = run;
  const connection = context.db.read(connectionRow);
  if (!connection || connection.historyFrom === null) return new Set();
  const end = wholePeriod(company, context.today).to;
  // What is dated after this month stands with it, so that nothing is left out.
  const isLast = month === monthStart(context.today);
  const to = isLast ? laterDay(monthEnd(month), end) : monthEnd(month);
  const from = laterDay(month, connection.historyFrom);
  const on = targetOf(talk, company.name, true);
  const counts = await ask(talk, talk.source.voucherCounts(on, { from, to }));
  const expected = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const there = new Map<string, TallyVoucherMark>();
  await ask(
    talk,
    talk.source.census(on, { from, to, expected }, (mark) => {
      there.set(mark.guid, mark);
    }),
  );
  const { companyGuid, voucherCounter } = connection;
  const here = context.db.read((tx) => marksOf(tx, { from, to, companyGuid }));
  if (isOtherThanHere(there, here, voucherCounter ?? 0)) {
    return await readAgain(run, company, { from, to, expected });
  }
  const gone = [...here].filter(([guid]) => !there.has(guid)).map(([, mark]) => mark.id);
  run.counts.voucherCount += gone.length;
  return gone.length === 0 ? new Set() : context.db.write((tx) => forgetVouchers(tx, gone));
}

/** Vouchers that are not here, or not as they are there, though they are older than what the next look brings. */
function isOtherThanHere(
  there: ReadonlyMap<string, TallyVoucherMark>,
  here: ReadonlyMap<string, VoucherMarkRow>,
  counter: number,
): boolean {
  return [...there.values()].some(
    ({ guid, alterId }) => alterId <= counter && here.get(guid)?.alterId !== alterId,
  );
}

type Period = { readonly from: Day; readonly to: Day; readonly expected: number };

async function readAgain(run: Run, company: TallyCompany, { from, to, expected }: Period) {
  const { talk, context } = run;
  const shape = context.db.read(connectionRow)?.voucherShape ?? 'every-field';
  const vouchers: Parameters<typeof putPeriod>[1]['vouchers'][number][] = [];
  const on = targetOf(talk, company.name, true);
  await ask(
    talk,
    talk.source.vouchers(on, { from, to, shape, expected }, (voucher) => {
      vouchers.push(voucher);
    }),
  );
  return context.db.write((tx) => putPeriod(tx, { from, to, vouchers }));
}
