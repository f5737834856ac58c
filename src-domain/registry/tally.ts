import { dayNumber, monthsBefore, monthStart, type Day } from '../days.ts';
import { dpdBands, dpdBucket, TREND_MONTHS, type Tally } from './report.ts';
import { evidenceGrades, type EvidenceGrade } from './words.ts';

// Counting what reporters say of a subject, and taking one of them off again: a subject that thousands report on is counted
// four times an hour, and whoever asks has his own dues taken off that.

/** A due as one reporter's account holds it; only what others may see on the day of counting. */
export type ReportedDue = {
  readonly dueDay: Day;
  readonly amountPaise: number;
  readonly openPaise: number;
  readonly settledDay: Day | null;
  readonly evidence: EvidenceGrade;
  readonly isWrittenOff: boolean;
};

export type ReporterAccount = {
  /** Equal for two memberships of one business. */
  readonly reporter: string;
  readonly isVerified: boolean;
  readonly since: Day;
  readonly dues: readonly ReportedDue[];
  readonly withdrawnCount: number;
};

/** Accounts without a visible due count nothing. */
export function tallyOf(accounts: readonly ReporterAccount[], asOf: Day): Tally {
  const counted = accounts.filter(({ dues }) => dues.length > 0);
  const businesses = Map.groupBy(counted, ({ reporter }) => reporter);
  const sinceMonths: Record<string, number> = {};
  let verified = 0;
  for (const memberships of businesses.values()) {
    const month =
      memberships
        .map(({ since }) => since)
        .toSorted()[0]
        ?.slice(0, 7) ?? '';
    sinceMonths[month] = (sinceMonths[month] ?? 0) + 1;
    if (memberships.some(({ isVerified }) => isVerified)) verified += 1;
  }
  const withdrawn = counted.reduce((sum, { withdrawnCount }) => sum + withdrawnCount, 0);
  return { ...countDues(counted, asOf), reporters: businesses.size, verified, sinceMonths, withdrawn };
}

type DueCounts = Omit<Tally, 'reporters' | 'verified' | 'sinceMonths' | 'withdrawn'>;

function countDues(accounts: readonly ReporterAccount[], asOf: Day): DueCounts {
  const today = dayNumber(asOf);
  const closed = monthsBefore(asOf, TREND_MONTHS + 1)
    .slice(0, TREND_MONTHS)
    .map((end) => ({ start: dayNumber(monthStart(end)), end: dayNumber(end), ages: noAges() }));
  const evidence = evidenceGrades.map(() => 0);
  const [overdueAges, lateness] = [noAges(), noAges()];
  const sums = {
    dues: 0,
    settled: 0,
    writtenOff: 0,
    amountPaise: 0,
    settledPaise: 0,
    openPaise: 0,
    overduePaise: 0,
  };
  for (const { dues } of accounts) {
    for (const one of dues) {
      const due = dayNumber(one.dueDay);
      const settled = one.settledDay === null ? null : dayNumber(one.settledDay);
      sums.dues += 1;
      sums.amountPaise += one.amountPaise;
      sums.openPaise += one.openPaise;
      if (one.isWrittenOff) sums.writtenOff += 1;
      count(evidence, evidenceGrades.indexOf(one.evidence));
      if (one.openPaise > 0 && due < today) {
        sums.overduePaise += one.openPaise;
        count(overdueAges, bucketOf(today - due));
      }
      if (settled !== null) {
        sums.settled += 1;
        sums.settledPaise += one.amountPaise;
        count(lateness, bucketOf(settled - due));
      }
      // The worst of a month: on its last day, or when it was settled in it.
      for (const { start, end, ages } of closed) {
        if (due > end || (settled !== null && settled < start)) continue;
        const until = settled !== null && settled < end ? settled : end;
        count(ages, bucketOf(until - due));
      }
    }
  }
  return { ...sums, evidence, overdueAges, lateness, months: closed.map(({ ages }) => ages) };
}

/** Looked up: it is asked for every month of every due. */
const BUCKETS = Array.from({ length: 182 }, (_, days) => dpdBucket(days));

function bucketOf(days: number): number {
  return BUCKETS[Math.min(181, Math.max(0, days))] ?? 0;
}

function noAges(): number[] {
  return dpdBands.map(() => 0);
}

function count(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

/**
 * What is left without a part of it, counted as of the same day. The part may have changed since the whole was counted: nothing
 * falls below nothing by that.
 */
export function without(whole: Tally, part: Tally): Tally {
  return {
    reporters: less(whole.reporters, part.reporters),
    verified: less(whole.verified, part.verified),
    dues: less(whole.dues, part.dues),
    settled: less(whole.settled, part.settled),
    writtenOff: less(whole.writtenOff, part.writtenOff),
    withdrawn: less(whole.withdrawn, part.withdrawn),
    amountPaise: less(whole.amountPaise, part.amountPaise),
    settledPaise: less(whole.settledPaise, part.settledPaise),
    openPaise: less(whole.openPaise, part.openPaise),
    overduePaise: less(whole.overduePaise, part.overduePaise),
    sinceMonths: Object.fromEntries(
      Object.entries(whole.sinceMonths).map(([month, many]) => [
        month,
        less(many, part.sinceMonths[month] ?? 0),
      ]),
    ),
    evidence: minus(whole.evidence, part.evidence),
    overdueAges: minus(whole.overdueAges, part.overdueAges),
    lateness: minus(whole.lateness, part.lateness),
    months: whole.months.map((ages, at) => minus(ages, part.months[at] ?? [])),
  };
}

function minus(whole: readonly number[], part: readonly number[]): readonly number[] {
  return whole.map((many, at) => less(many, part[at] ?? 0));
}

function less(whole: number, part: number): number {
  return Math.max(0, whole - part);
}
