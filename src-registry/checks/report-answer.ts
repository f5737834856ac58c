import type { Report } from '#contract/registry/consents.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { addDays, type Day } from '#domain/days.ts';
import { reportOf, type Suppressed } from '#domain/registry/report.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import { isWeak, type Subject } from '#domain/registry/subjects.ts';
import { KEY_VERSION } from '../blinder/blind.ts';
import type { Registry } from '../registry.ts';
import type { Counted } from './summaries.ts';

const TOLD =
  'Facts that members reported, not a rating. Whether and on what terms you deal is your own decision.';
const NOTHING_TOLD =
  'No member reports anything that may be shown. That is not a good record: most dues are never reported. Decide on your own.';

export type ReportWish = {
  readonly checkId: string;
  readonly consentId: string;
  readonly subject: Subject;
  readonly today: Day;
  readonly lifeDays: number;
  readonly hasTrend: boolean;
  readonly counted: Counted;
  readonly checkpoint: string;
};

/** What is told, signed, so that it can be shown later to whoever doubts it. */
export function signedReport(registry: Registry, wish: ReportWish): Report {
  const { checkId, consentId, subject, today, counted } = wish;
  const facts = reportOf(counted.tally, counted.disputes);
  const { reporters, settledRatio: ratio } = facts;
  const suppressed = facts.isRecord ? facts.suppressed : [];
  const body: Omit<Report, 'sig'> = {
    schema: 'report.v1',
    check_id: checkId,
    consent_id: consentId,
    result: facts.isRecord ? 'record' : 'no_record',
    as_of: today,
    valid_until: addDays(today, wish.lifeDays),
    kv: KEY_VERSION,
    match: {
      keys: [subject.pan !== null ? 'pan' : subject.gstin !== null ? 'gstin' : 'mobile'],
      strength: isWeak(subject) ? 'weak' : 'strong',
      branches: facts.isRecord ? counted.branches : 0,
    },
    reporting_members: { n: reporters.n, verified: reporters.verified, since: reporters.sinceMonth },
    outstanding: { band: facts.outstanding, currency: 'INR' },
    overdue: { band: facts.overdue },
    oldest_dpd: facts.oldestDpd,
    worst_dpd_24m: wish.hasTrend ? facts.worstDpd24m : null,
    settled_ratio:
      ratio === null
        ? null
        : {
            by_count: ratio.byCount,
            by_value_band: ratio.byValueBand,
            median_days_late: ratio.medianDaysLate,
          },
    trend_24m: wish.hasTrend && facts.trend !== null ? [...facts.trend] : null,
    disputes: {
      open: facts.disputes.open,
      resolved_for_debtor: facts.disputes.forDebtor,
      resolved_for_reporter: facts.disputes.forReporter,
    },
    evidence: facts.evidence,
    legal: { written_off: facts.writtenOff, withdrawn: facts.withdrawn },
    suppressed: [...suppressed],
    reason: reasonOf(suppressed),
    text: facts.isRecord ? TOLD : NOTHING_TOLD,
    log: { checkpoint: wish.checkpoint },
  };
  return { ...body, sig: toBase64Url(registry.receiptKey.sign(Buffer.from(signedText(body), 'utf8'))) };
}

function reasonOf(suppressed: readonly Suppressed[]): Report['reason'] {
  if (suppressed.includes('ratio')) return 'fewer_than_2_reporters';
  return suppressed.length > 0 ? 'fewer_than_3_reporters' : null;
}
