import type { Day } from '#domain/days.ts';
import type { Disputes, Tally } from '#domain/registry/report.ts';
import { tallyOf, without, type ReporterAccount } from '#domain/registry/tally.ts';
import type { Registry } from '../registry.ts';
import {
  beginSummary,
  COUNTED_FROM,
  dropSummary,
  duesAfter,
  duesOfReporter,
  reportersOf,
  writeSummary,
  type FactsRow,
  type Place,
  type ReporterRow,
  type Summary,
} from '../store/checks.ts';
import { together } from '../store/together.ts';
import { seenOf } from './accounts.ts';

// A subject that thousands report on is counted by a job; a check reads one row and takes the asker's own dues off it.

/** What is stored of a subject, but for the asker's own part. */
export type Counted = {
  readonly tally: Tally;
  readonly disputes: Disputes;
  readonly branches: number;
};

export const COUNTED_EVERY_MS = 15 * 60_000;
/** Older than this it is counted while somebody waits: the job has failed, or a dispute has just hidden something. */
const COUNTED_LATEST_MS = 30 * 60_000;
const PAGE = 1_000;
const FIRST: Place = { memberNo: -1, dueRef: Buffer.alloc(0) };

export type Counting = { readonly asked: (subjectKey: Buffer, stored: Summary | null) => Promise<Counted> };

/** Where many ask at once, one counts and all are told. */
export function counting(registry: Registry): Counting {
  const running = new Map<string, Promise<Counted>>();
  const anew = async (subjectKey: Buffer, before: number | null): Promise<Counted> => {
    const key = subjectKey.toString('hex');
    const counted =
      running.get(key) ?? countSubject(registry, subjectKey, before).finally(() => running.delete(key));
    running.set(key, counted);
    return await counted;
  };
  const read = lastRead();
  return {
    asked: async (subjectKey, stored) => {
      const isFresh =
        stored !== null &&
        stored.as_of === registry.today() &&
        registry.now() - stored.made_at <= COUNTED_LATEST_MS;
      return isFresh ? read(stored.tally) : await anew(subjectKey, stored?.made_at ?? null);
    },
  };
}

/** The same text is parsed once. */
function lastRead(): (text: string) => Counted {
  let last: { readonly text: string; readonly counted: Counted } | null = null;
  return (text) => {
    // What we wrote ourselves.
    if (last?.text !== text) last = { text, counted: JSON.parse(text) as Counted };
    return last.counted;
  };
}

/** Counts all of a subject's dues and keeps that; one that has few again is read due by due as others are. */
export async function countSubject(
  registry: Registry,
  subjectKey: Buffer,
  before: number | null,
): Promise<Counted> {
  const { store } = registry;
  // As of when reading began: what is hidden meanwhile is counted again.
  const [madeAt, today] = [registry.now(), registry.today()];
  // A first count has a row, too, that says when it is spoilt while it runs.
  const beganAt = before ?? ((await beginSummary(store, subjectKey, madeAt)) ? madeAt : null);
  const who = reporting(registry);
  const accounts: ReporterAccount[] = [];
  const branches = new Set<string>();
  let disputes: Disputes = { open: 0, forDebtor: 0, forReporter: 0 };
  let dueCount = 0;
  // Page by page: others are answered in between.
  for await (const rows of pagesOf(registry, subjectKey)) {
    const seen = seenOf(rows, { reporters: await who(rows), today, leftOut: [subjectKey] });
    accounts.push(...seen.accounts);
    for (const branch of seen.branches) branches.add(branch);
    disputes = {
      open: disputes.open + seen.disputes.open,
      forDebtor: disputes.forDebtor + seen.disputes.forDebtor,
      forReporter: disputes.forReporter + seen.disputes.forReporter,
    };
    dueCount += rows.length;
  }
  const counted = { tally: tallyOf(accounts, today), disputes, branches: branches.size };
  if (dueCount <= COUNTED_FROM) await dropSummary(store, subjectKey);
  else
    await writeSummary(store, {
      subjectKey,
      asOf: today,
      madeAt,
      tally: JSON.stringify(counted),
      before: beganAt,
    });
  return counted;
}

async function* pagesOf({ store }: Registry, subjectKey: Buffer): AsyncGenerator<readonly FactsRow[]> {
  for (let after = FIRST; ;) {
    const page = await duesAfter(store, { subjectKey, after, most: PAGE });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { memberNo: last.member_no, dueRef: last.due_ref };
  }
}

export type Reporting = (
  rows: readonly Pick<FactsRow, 'member_no'>[],
  more?: readonly number[],
) => Promise<ReadonlyMap<number, ReporterRow>>;

const REPORTER_MS = 2_000;
const REPORTERS_MOST = 100_000;

/**
 * Who reports, read again every two seconds at most: whoever is suspended is silent that soon. What was read in this very
 * millisecond is read again, so that nothing is older than the clock says.
 */
export function reporting({ store, now }: Registry): Reporting {
  const known = new Map<number, { readonly at: number; readonly row: ReporterRow }>();
  let asks = 0;
  const read = together<readonly number[], readonly ReporterRow[]>({
    most: store.togetherMost,
    atOnce: 1,
    keyOf: () => String((asks += 1)),
    one: (memberNos) => reportersOf(store, memberNos),
    many: async (all) => {
      const rows = await reportersOf(store, [...new Set(all.flat())]);
      return all.map(() => rows);
    },
  });
  return async (rows, more = []) => {
    const at = now();
    const wanted = new Set([...rows.map(({ member_no }) => member_no), ...more]);
    const found = new Map<number, ReporterRow>();
    for (const memberNo of wanted) {
      const one = known.get(memberNo);
      if (one && at > one.at && at - one.at < REPORTER_MS) found.set(memberNo, one.row);
    }
    if (found.size === wanted.size) return found;
    if (known.size > REPORTERS_MOST) known.clear();
    // All of them, when one has to be: so they grow old together.
    for (const row of await read([...wanted])) {
      known.set(row.member_no, { at, row });
      if (wanted.has(row.member_no)) found.set(row.member_no, row);
    }
    return found;
  };
}

/** Without what one member says. His rows may have changed since the count: nothing falls below nothing by that. */
export async function withoutMember(
  registry: Registry,
  counted: Counted,
  of: {
    readonly subjectKey: Buffer;
    readonly memberNo: number;
    readonly today: Day;
    readonly who: Reporting;
  },
): Promise<Counted> {
  const { subjectKey, memberNo, today, who } = of;
  const rows = await duesOfReporter(registry.store, { subjectKey, memberNo });
  if (rows.length === 0) return counted;
  const reporters = await who(rows);
  const own = seenOf(rows, { reporters, today, leftOut: [subjectKey] });
  const { disputes } = counted;
  return {
    ...counted,
    tally: without(counted.tally, tallyOf(own.accounts, today)),
    disputes: {
      open: Math.max(0, disputes.open - own.disputes.open),
      forDebtor: Math.max(0, disputes.forDebtor - own.disputes.forDebtor),
      forReporter: Math.max(0, disputes.forReporter - own.disputes.forReporter),
    },
  };
}
