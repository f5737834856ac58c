import { addDays, laterDay, monthEnd, monthStart, type Day } from '#domain/days.ts';
import type { TallyCompany, TallyVoucher, TallyVoucherMark } from '#domain/tally/facts.ts';
import type { WriteTx } from '../../storage/database.ts';
import { connectionRow, type ConnectionRow } from '../../storage/tally-connection.ts';
import { forgetVouchers, marksOf, voucherCount, type VoucherMarkRow } from '../../storage/tally-vouchers.ts';
import type { BookContext } from '../door.ts';
import { censusQueue, takeFromCensus } from './census-queue.ts';
import { identityOf, ourCompany } from './company.ts';
import { deriveInto } from './derive.ts';
import { periodWithHere } from './history-state.ts';
import { putPeriod } from './put-period.ts';
import type { Runner } from './runner.ts';
import { recorded, type Run } from './runs.ts';
import { ask, targetOf } from './talk.ts';
import { keepTieOut } from './keep-tie-out.ts';

/** Books of so many vouchers are counted in one go: it costs Tally a few seconds. */
const AT_ONCE_MOST = 5000;
const MONTHS_AT_A_TIME = 3;

/**
 * Deletions leave no trace in what changed: the vouchers that Tally has are listed by month and held against the book's.
 * Months that may have lost one are looked at now, the others a few at a time.
 */
export async function censusNow(context: BookContext, runner: Runner): Promise<void> {
  const { db } = context;
  const { suspects, others } = db.read(censusQueue);
  const connection = db.read(connectionRow);
  if (suspects.length + others.length === 0 || !connection?.isConnected) return;
  const isSmall = db.read(voucherCount) <= AT_ONCE_MOST;
  const months = [...suspects, ...others.slice(0, isSmall ? others.length : MONTHS_AT_A_TIME)];
  await recorded(context, runner, { kind: 'census', connection }, (run) =>
    countMonths(run, connection, months),
  );
}

/** First days of the months of which vouchers are here, newest first. */
export function monthsSince(from: Day | null, today: Day): readonly Day[] {
  if (from === null) return [];
  const months: Day[] = [];
  const first = monthStart(from);
  for (let month = monthStart(today); month >= first; month = monthStart(addDays(month, -1)))
    months.push(month);
  return months;
}

async function countMonths(run: Run, connection: ConnectionRow, months: readonly Day[]): Promise<void> {
  const { context } = run;
  const company = await ourCompany(run.talk, identityOf(connection));
  let isAnythingNew = false;
  for (const [done, month] of months.entries()) {
    run.at('census', done, months.length);
    if (await countMonth(run, company, month)) isAnythingNew = true;
  }
  context.db.write((tx) => run.finish(tx, isAnythingNew ? 'done' : 'nothing-new'));
  if (isAnythingNew) context.changed('sync', 'customers', 'bills', 'receipts', 'credits', 'aging');
}

type Period = { readonly from: Day; readonly to: Day };

/** Whether the book had another month than Tally. What is found is written with what follows from it, at once. */
async function countMonth(run: Run, company: TallyCompany, month: Day): Promise<boolean> {
  const { context } = run;
  const { db, today } = context;
  const historyFrom = db.read(connectionRow)?.historyFrom ?? null;
  const last = db.read((tx) => periodWithHere(tx, company, today)).to;
  const period = historyFrom === null ? null : periodOf(month, { historyFrom, today, last });
  const put = period === null ? NOTHING : await compared(run, company, period);
  return context.db.write((tx) => {
    const touched = put(tx);
    if (touched.size > 0) derive(tx, run, touched);
    takeFromCensus(tx, month);
    return touched.size > 0;
  });
}

type Put = (tx: WriteTx) => ReadonlySet<number>;
const NOTHING: Put = () => new Set();

type Around = { readonly historyFrom: Day; readonly today: Day; readonly last: Day };

/** What is dated after this month stands with it, so that nothing is left out. */
function periodOf(month: Day, { historyFrom, today, last }: Around): Period | null {
  const from = laterDay(month, historyFrom);
  const end = monthEnd(month);
  const to = month === monthStart(today) ? laterDay(end, last) : end;
  return from > to ? null : { from, to };
}

/** Vouchers are only taken out when Tally's list and its count agree. */
async function compared(run: Run, company: TallyCompany, { from, to }: Period): Promise<Put> {
  const { context, talk } = run;
  const on = targetOf(talk, company.name, true);
  const counts = await ask(talk, talk.source.voucherCounts(on, { from, to }));
  const expected = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const there = new Map<string, TallyVoucherMark>();
  const take = (mark: TallyVoucherMark): void => void there.set(mark.guid, mark);
  await ask(talk, talk.source.census(on, { from, to, expected }, take));
  const connection = context.db.read(connectionRow);
  if (!connection) return NOTHING;
  const { companyGuid, voucherCounter, voucherShape } = connection;
  const here = context.db.read((tx) => marksOf(tx, { from, to, companyGuid }));
  // Without a counter nothing else brings what changed.
  if (!isOtherThanHere(there, here, voucherCounter ?? Infinity)) {
    const gone = [...here].filter(([guid]) => !there.has(guid)).map(([, mark]) => mark.id);
    run.counts.voucherCount += gone.length;
    return (tx) => forgetVouchers(tx, gone);
  }
  const vouchers: TallyVoucher[] = [];
  const wish = { from, to, shape: voucherShape ?? 'every-field', expected } as const;
  await ask(
    talk,
    talk.source.vouchers(on, wish, (voucher) => void vouchers.push(voucher)),
  );
  return (tx) => putPeriod(tx, { from, to, vouchers });
}

/** Vouchers that are not here, or not as they are there, though they are older than what the next look brings. */
function isOtherThanHere(
  there: ReadonlyMap<string, TallyVoucherMark>,
  here: ReadonlyMap<string, VoucherMarkRow>,
  counter: number,
): boolean {
  return [...there.values()].some(({ guid, alterId, day }) => {
    const known = here.get(guid);
    // Behind a restored backup another voucher may bear the very GUID and number.
    return alterId <= counter && (known?.alterId !== alterId || known.day !== day);
  });
}

function derive(tx: WriteTx, run: Run, parties: ReadonlySet<number>): void {
  const { today, now } = run.context;
  const connection = connectionRow(tx);
  if (!connection) throw new Error('This book is not tied to a Tally.');
  const counts = deriveInto(tx, { connection, today, now: now(), parties });
  run.counts.addedCount += counts.added;
  run.counts.changedCount += counts.changed;
  run.counts.goneCount += counts.gone;
  run.counts.differencePaise = keepTieOut(tx, connection, parties);
}
