import { addDays, type Day } from '#domain/days.ts';
import type { Disputes } from '#domain/registry/report.ts';
import type { ReportedDue, ReporterAccount } from '#domain/registry/tally.ts';
import { visibilityOn } from '#domain/registry/visibility.ts';
import type { Visibility } from '#domain/registry/words.ts';
import { dayBegins, indiaDayOf } from '../clock.ts';
import { statusOn } from '../members/status.ts';
import type { FactsRow, ReporterRow } from '../store/checks.ts';

// From rows of dues to what may be told of them on a day: who reports is counted by business, what is not visible counts nothing.

/** Whoever left fades: a year later his rows count nothing. */
const LEFT_KEEP_DAYS = 365;

export type Reporters = ReadonlyMap<number, ReporterRow>;

export function isSilent(reporter: ReporterRow | undefined, today: Day): boolean {
  if (reporter === undefined || reporter.status === 'suspended') return true;
  return reporter.left_on !== null && today > addDays(reporter.left_on, LEFT_KEEP_DAYS);
}

/** A consent ends as a day of India's begins. */
function isAllowed(
  row: Pick<FactsRow, 'consent_state' | 'consent_purpose' | 'consent_until'>,
  today: Day,
): boolean {
  const { consent_state: state, consent_purpose: purpose, consent_until: until } = row;
  return state === 'granted' && purpose === 'TC02' && until !== null && until > dayBegins(today);
}

export function visibilityOf(
  row: Omit<FactsRow, 'amount_p' | 'open_p' | 'evidence' | 'reported_at' | 'subject'>,
  isMemberSuspended: boolean,
  today: Day,
): Visibility {
  return visibilityOn(
    {
      state: row.state,
      dueDay: row.due_on,
      settledDay: row.settled_on,
      entity: row.entity,
      noticeDay: row.notice_on,
      isNoticeFailed: row.notice_failed,
      isConsentGiven: isAllowed(row, today),
      dispute: row.dispute,
      isMemberSuspended,
      isHeld: row.held,
      questionedCount: row.questioned,
    },
    today,
  );
}

export type Seen = {
  readonly accounts: readonly ReporterAccount[];
  readonly disputes: Disputes;
  /** GSTINs that the visible dues name. */
  readonly branches: ReadonlySet<string>;
};

export type SeenWish = {
  readonly reporters: Reporters;
  readonly today: Day;
  /** What the subject says of itself, and what whoever asks says, is not told: their businesses' keys. */
  readonly leftOut: readonly Uint8Array[];
};

export function seenOf(rows: readonly FactsRow[], { reporters, today, leftOut }: SeenWish): Seen {
  const out = new Set(leftOut.map(hex));
  const accounts: ReporterAccount[] = [];
  const counts = { open: 0, forDebtor: 0, forReporter: 0 };
  const branches = new Set<string>();
  for (const [memberNo, of] of Map.groupBy(rows, ({ member_no }) => member_no)) {
    const reporter = reporters.get(memberNo);
    if (reporter === undefined || isSilent(reporter, today) || out.has(hex(reporter.pan_key))) continue;
    for (const row of of) countDispute(counts, row, today);
    const visible = of.filter((row) => visibilityOf(row, false, today) === 'visible');
    if (visible.length === 0) continue;
    for (const { subject } of visible) {
      const gstin = /"gstin":"([^"]+)"/.exec(subject)?.[1];
      if (gstin !== undefined) branches.add(gstin);
    }
    const status = statusOn(reporter.status, reporter.probation_until, today);
    accounts.push({
      reporter: hex(reporter.pan_key),
      isVerified: status !== 'probation',
      since: indiaDayOf(visible.reduce((first, { reported_at }) => Math.min(first, reported_at), Infinity)),
      dues: visible.map(dueOf),
      // Taken back before the debtor was told: as if it had never been said.
      withdrawnCount: of.filter(({ state, notice_on }) => state === 'withdrawn' && notice_on !== null).length,
    });
  }
  return { accounts, disputes: counts, branches };
}

function dueOf(row: FactsRow): ReportedDue {
  return {
    dueDay: row.due_on,
    amountPaise: row.amount_p,
    openPaise: row.open_p,
    settledDay: row.settled_on,
    evidence: row.evidence,
    isWrittenOff: row.state === 'written_off',
  };
}

type Counts = { -readonly [K in keyof Disputes]: number };

/** Of dues that could be seen if nobody had objected: that others are there is told by nothing. */
function countDispute(counts: Counts, row: FactsRow, today: Day): void {
  if (row.dispute === null || visibilityOf({ ...row, dispute: null }, false, today) !== 'visible') return;
  const { dispute } = row;
  if (dispute === 'open' || dispute === 'contested') counts.open += 1;
  if (dispute === 'resolved_for_debtor') counts.forDebtor += 1;
  if (dispute === 'resolved_for_reporter') counts.forReporter += 1;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
