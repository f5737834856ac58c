import type { TallyCompany, TallyVoucher } from '#domain/tally/facts.ts';
import {
  halfOf,
  nextWindow,
  pauseMs,
  windowsLeft,
  type DayCount,
  type HistoryState,
  type HistoryWindow,
} from '#domain/tally/windows.ts';
import type { TallyAnswer } from '../../adapters/ports.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { windowRows } from '../../storage/tally-windows.ts';
import type { BookContext } from '../door.ts';
import { beginningOf, identityOf, ourCompany } from './company.ts';
import { TallyStopped, windowTruncated } from './failures.ts';
import { optionsOf } from './options.ts';
import { pause } from './runner.ts';
import { putPeriod } from './put-period.ts';
import type { Run } from './runs.ts';
import { probeShape } from './shape.ts';
import { answerOf, ask, targetOf } from './talk.ts';
import { periodWithHere, putWindows, readFromOf, setHistoryDue, wantedFrom } from './history-state.ts';

/** What the reader of the history needs from whoever drives it. */
export type HistoryDriver = {
  /** Waits until nobody else wants Tally. */
  readonly letOthersGo: () => Promise<void>;
  /** Brings the masters in step; false when that failed. */
  readonly catchUp: () => Promise<boolean>;
};

/**
 * Reads the vouchers window by window, newest first. Each window is taken whole or not at all, in one transaction, in
 * place of what the book had of its days. Ends when all is here; throws TallyStopped where it cannot go on.
 */
export async function readHistory(run: Run, driver: HistoryDriver): Promise<void> {
  const { context } = run;
  const connection = connectionNow(context);
  const company = await ourCompany(run.talk, identityOf(connection));
  const counts = await countDays(run, connection, company);
  await probeShape(run, { connection, company, counts });
  const readFrom = readFromOf(context.db.read(windowRows));
  run.runner.historyOf = counts.reduce(
    (sum, { day, count }) => (readFrom === null || day < readFrom ? sum + count : sum),
    0,
  );
  for (;;) {
    const now = connectionNow(context);
    const state = stateNow(context, now, { counts, company });
    const window = nextWindow(state);
    run.runner.windowsLeft = windowsLeft(state);
    if (window === null) return;
    const took = await readWindow(run, { window, state, company, driver });
    await pause(pauseMs(state.speed, took), run.talk.signal);
    run.talk.signal.throwIfAborted();
    await driver.letOthersGo();
    run.talk.signal.throwIfAborted();
  }
}

function connectionNow({ db }: BookContext): ConnectionRow {
  const connection = db.read(connectionRow);
  if (!connection) throw new Error('This book is not tied to a Tally.');
  return connection;
}

type Counted = { readonly counts: readonly DayCount[]; readonly company: TallyCompany };

async function countDays(
  run: Run,
  connection: ConnectionRow,
  company: TallyCompany,
): Promise<readonly DayCount[]> {
  run.at('counting', 0);
  const { db, today } = run.context;
  const whole = db.read((tx) => periodWithHere(tx, company, today));
  const period = { from: wantedFrom(connection) ?? whole.from, to: whole.to };
  const on = targetOf(run.talk, company.name, true);
  const found = await ask(run.talk, run.talk.source.voucherCounts(on, period));
  return [...found].map(([day, count]) => ({ day, count }));
}

function stateNow(
  { db, today }: BookContext,
  connection: ConnectionRow,
  { counts, company }: Counted,
): HistoryState {
  const windows = db.read(windowRows);
  const whole = db.read((tx) => periodWithHere(tx, company, today));
  const from = wantedFrom(connection) ?? beginningOf(company) ?? whole.to;
  return {
    counts,
    from,
    to: whole.to < from ? from : whole.to,
    readFrom: readFromOf(windows),
    costs: windows.map((row) => ({
      voucherCount: row.voucherCount ?? 0,
      milliseconds: row.milliseconds ?? 0,
    })),
    speed: optionsOf(connection).speed,
  };
}

type WindowWish = {
  readonly window: HistoryWindow;
  readonly state: HistoryState;
  readonly company: TallyCompany;
  readonly driver: HistoryDriver;
};

/** Times a window is asked for again because the books moved under it. */
const TRIES_MOST = 5;

/** Milliseconds that the window which was taken cost Tally. */
async function readWindow(run: Run, { window, state, company, driver }: WindowWish): Promise<number> {
  let asked: Asked = { window, counts: state.counts, company };
  for (let tries = 0; tries <= TRIES_MOST; tries += 1) {
    if (state.readFrom === null) asked = await withNewest(run, asked);
    const before = connectionNow(run.context);
    const { answer, vouchers } = await fetchWindow(run, asked);
    if (!answer.ok) {
      if (answer.failure.code !== 'tally-truncated') throw new TallyStopped(answer.failure);
      const half = await smaller(run, asked);
      if (half.window.expectedCount < asked.window.expectedCount) tries = 0;
      asked = half;
    } else if (await mastersMoved(run)) {
      // A name that is new or other now would be taken for a ledger of which nothing is kept.
      if (!(await driver.catchUp())) break;
    } else if (connectionNow(run.context).voucherCounter !== before.voucherCounter) {
      // Changes of days that are not here yet pass the book by: what came in between may be in neither.
      continue;
    } else {
      commitWindow(run, asked.window, { vouchers, milliseconds: answer.cost.milliseconds });
      return answer.cost.milliseconds;
    }
  }
  throw new TallyStopped(windowTruncated(asked.window.toDay));
}

type Asked = {
  readonly window: HistoryWindow;
  readonly counts: readonly DayCount[];
  readonly company: TallyCompany;
};

/** The newest window reaches to the last voucher there is now. */
async function withNewest(run: Run, { window, counts }: Asked): Promise<Asked> {
  const company = await ourCompany(run.talk, identityOf(connectionNow(run.context)));
  const { db, today } = run.context;
  const { to } = db.read((tx) => periodWithHere(tx, company, today));
  if (to <= window.toDay) return { window, counts, company };
  return await recounted(run, { window: { ...window, toDay: to }, counts, company });
}

/** Fewer or more than were counted: counted anew, and asked for in halves until they arrive whole. */
async function smaller(run: Run, asked: Asked): Promise<Asked> {
  const anew = await recounted(run, asked);
  const half = halfOf({ counts: anew.counts }, anew.window);
  return half === null ? anew : { ...anew, window: half };
}

async function recounted(run: Run, { window, counts, company }: Asked): Promise<Asked> {
  const { fromDay: from, toDay: to } = window;
  const on = targetOf(run.talk, company.name, true);
  const found = await ask(run.talk, run.talk.source.voucherCounts(on, { from, to }));
  const inside = [...found].map(([day, count]) => ({ day, count }));
  const expectedCount = inside.reduce((sum, { count }) => sum + count, 0);
  const others = counts.filter(({ day }) => day < from || day > to);
  return { window: { ...window, expectedCount }, counts: [...others, ...inside], company };
}

type Fetched = { readonly answer: TallyAnswer<null>; readonly vouchers: readonly TallyVoucher[] };

async function fetchWindow(run: Run, { company, window }: Asked): Promise<Fetched> {
  const { talk, context, runner } = run;
  const { fromDay: from, toDay: to, expectedCount: expected } = window;
  const shape = connectionNow(context).voucherShape ?? 'every-field';
  const vouchers: TallyVoucher[] = [];
  const before = run.counts.voucherCount;
  const of = runner.historyOf;
  const asked = talk.source.vouchers(
    targetOf(talk, company.name, true),
    { from, to, shape, expected },
    (voucher) => {
      vouchers.push(voucher);
      if (vouchers.length % TOLD_EVERY === 0) run.at('history', before + vouchers.length, of);
    },
  );
  return { answer: await answerOf(talk, asked), vouchers };
}

const TOLD_EVERY = 100;

async function mastersMoved(run: Run): Promise<boolean> {
  const connection = connectionNow(run.context);
  const company = await ourCompany(run.talk, identityOf(connection));
  return company.masterCounter !== connection.masterCounter;
}

type Read = { readonly vouchers: readonly TallyVoucher[]; readonly milliseconds: number };

function commitWindow(run: Run, window: HistoryWindow, { vouchers, milliseconds }: Read): void {
  const { context } = run;
  const { fromDay, toDay } = window;
  context.db.write((tx) => {
    const historyFrom = connectionRow(tx)?.historyFrom ?? null;
    putPeriod(tx, { from: fromDay, to: toDay, vouchers });
    const windows = windowRows(tx);
    const row = {
      position: windows.length,
      fromDay,
      toDay,
      expectedCount: vouchers.length,
      readAt: context.now(),
      voucherCount: vouchers.length,
      milliseconds: Math.round(milliseconds),
    };
    putWindows(tx, [...windows, row]);
    const from = historyFrom === null || fromDay < historyFrom ? fromDay : historyFrom;
    patchConnection(tx, { historyFrom: from });
    setHistoryDue(tx, true);
  });
  run.counts.voucherCount += vouchers.length;
  run.at('history', run.counts.voucherCount, run.runner.historyOf);
}
