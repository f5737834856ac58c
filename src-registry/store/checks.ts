import type { Day } from '#domain/days.ts';
import type {
  ConsentState,
  DisputeState,
  DueState,
  EntityKind,
  EvidenceGrade,
  PurposeCode,
} from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { MemberStatus } from '../members/status.ts';
import type { Tx } from './database.ts';

export type TakeWish = {
  readonly memberNo: number;
  readonly consentId: string;
  readonly checkId: string;
  readonly subjectKey: Uint8Array;
  readonly now: number;
  readonly day: Day;
  /** Checks that the member may make in a day. */
  readonly limit: number;
};

export type Taken = {
  /** Of the day's quota, with this one; null where it is spent. */
  readonly used: number | null;
  /** What was asked of the debtor, where his consent stood for this very look and was used now; otherwise null. */
  readonly request: string | null;
  readonly life_days: number | null;
};

/** The quota and the consent in one step: of two who use it at once one gets it. */
export async function takeConsent(tx: Tx, wish: TakeWish): Promise<Taken> {
  const [row] = await tx.rows<Taken>({
    name: 'take-consent',
    text: `WITH spent AS (
             INSERT INTO quota AS q (member_no, kind, day, used) VALUES ($1, 'checks', $5, 1)
             ON CONFLICT (member_no, kind, day) DO UPDATE SET used = q.used + 1 WHERE q.used < $6 RETURNING used),
           taken AS (
             UPDATE consent SET state = 'used', check_id = $3
             WHERE member_no = $1 AND consent_id = $2 AND subject_key = $4 AND purpose = 'TC01' AND state = 'granted'
               AND assurance <> 'A0' AND expires_at > $7 AND EXISTS (SELECT 1 FROM spent)
             RETURNING request, life_days)
           SELECT (SELECT used FROM spent) AS used, (SELECT request FROM taken) AS request,
             (SELECT life_days FROM taken) AS life_days`,
    values: [
      wish.memberNo,
      wish.consentId,
      wish.checkId,
      wish.subjectKey,
      wish.day,
      wish.limit,
      instant(wish.now),
    ],
  });
  return row ?? { used: null, request: null, life_days: null };
}

/** Of a due, what decides on whether and how it is told. */
export type FactsRow = {
  readonly member_no: number;
  readonly state: DueState;
  readonly entity: EntityKind;
  readonly due_on: Day;
  readonly amount_p: number;
  readonly open_p: number;
  readonly settled_on: Day | null;
  readonly evidence: EvidenceGrade;
  readonly reported_at: number;
  readonly notice_on: Day | null;
  readonly notice_failed: boolean;
  readonly held: boolean;
  readonly questioned: number;
  readonly dispute: DisputeState | null;
  readonly subject: string;
  /** The debtor's leave to report it; null where it rests on none. */
  readonly consent_state: ConsentState | null;
  readonly consent_purpose: PurposeCode | null;
  readonly consent_until: number | null;
};

export const FACTS = `d.member_no, d.state, d.entity, d.due_on, d.amount_p, d.open_p, d.settled_on, d.evidence, d.reported_at,
  d.notice_on, d.notice_failed, d.held, d.questioned, d.dispute, d.subject,
  c.state AS consent_state, c.purpose AS consent_purpose, c.expires_at AS consent_until`;

// Looked up for each due by itself: joined, all consents of a subject that many ask of are held against each of its dues.
export const ALLOWED = `LEFT JOIN LATERAL (SELECT b.state, b.purpose, b.expires_at FROM consent_of_subject b
    WHERE b.subject_key = d.subject_key AND b.consent_id = d.basis_consent AND b.member_no = d.member_no LIMIT 1) c ON true`;

export type Summary = { readonly as_of: Day; readonly made_at: number; readonly tally: string };
export type FactsOrSummary = FactsRow & { readonly [K in keyof Summary]: Summary[K] | null };

/** Where a subject has more dues than this, they are counted by a job and read as one row. */
export const COUNTED_FROM = 2_000;

/** Either all dues, or one row with the summary, or one due more than are read one by one. */
export async function duesOrSummary(tx: Tx, subjectKey: Uint8Array): Promise<readonly FactsOrSummary[]> {
  return await tx.rows<FactsOrSummary>({
    name: 'dues-or-summary',
    text: `SELECT ${FACTS}, s.as_of, s.made_at, s.tally
           FROM due d LEFT JOIN subject_summary s ON s.subject_key = d.subject_key ${ALLOWED}
           WHERE d.subject_key = $1
           LIMIT (SELECT CASE WHEN EXISTS (SELECT 1 FROM subject_summary h WHERE h.subject_key = $1) THEN 1
                    ELSE ${COUNTED_FROM + 1} END)`,
    values: [subjectKey],
  });
}

export async function duesOfReporter(
  tx: Tx,
  { subjectKey, memberNo }: { readonly subjectKey: Uint8Array; readonly memberNo: number },
): Promise<readonly FactsRow[]> {
  return await tx.rows<FactsRow>({
    name: 'dues-of-reporter',
    text: `SELECT ${FACTS} FROM due d ${ALLOWED} WHERE d.subject_key = $1 AND d.member_no = $2`,
    values: [subjectKey, memberNo],
  });
}

export type Place = { readonly memberNo: number; readonly dueRef: Uint8Array };

/** In the order of the key, some at a time. */
export async function duesAfter(
  tx: Tx,
  {
    subjectKey,
    after,
    most,
  }: { readonly subjectKey: Uint8Array; readonly after: Place; readonly most: number },
): Promise<readonly (FactsRow & { readonly due_ref: Buffer })[]> {
  return await tx.rows({
    name: 'dues-after',
    text: `SELECT ${FACTS}, d.due_ref FROM due d ${ALLOWED}
           WHERE d.subject_key = $1 AND (d.member_no, d.due_ref) > ($2, $3)
           ORDER BY d.member_no, d.due_ref LIMIT $4`,
    values: [subjectKey, after.memberNo, after.dueRef, most],
  });
}

export type ReporterRow = {
  readonly member_no: number;
  readonly pan_key: Buffer;
  readonly status: MemberStatus;
  readonly probation_until: Day;
  readonly left_on: Day | null;
};

export async function reportersOf(tx: Tx, memberNos: readonly number[]): Promise<readonly ReporterRow[]> {
  return await tx.rows<ReporterRow>({
    name: 'reporters',
    text: 'SELECT member_no, pan_key, status, probation_until, left_on FROM member WHERE member_no = ANY ($1)',
    values: [[...memberNos]],
  });
}

export type Look = {
  readonly subjectKey: Uint8Array;
  readonly lookId: string;
  readonly memberNo: number;
  readonly at: number;
  readonly consentId: string;
};

export type Answered = Look & {
  readonly outcome: 'told' | 'no_record';
  readonly checkId: string;
  readonly report: string;
  readonly validUntil: Day;
};

/** Written down for the debtor before anybody is answered, together with what was answered. */
export async function writeAnswer(tx: Tx, answered: Answered): Promise<void> {
  await tx.rows({
    name: 'write-answer',
    text: `WITH told AS (
             INSERT INTO check_result (subject_key, check_id, member_no, consent_id, report, valid_until)
             VALUES ($1, $7, $3, $5, $8, $9) ON CONFLICT (subject_key, check_id, member_no) DO NOTHING),
           used AS (
             UPDATE consent_of_subject SET state = 'used'
             WHERE subject_key = $1 AND consent_id = $5 AND member_no = $3)
           INSERT INTO access_log (subject_key, look_id, member_no, at, purpose, consent_id, outcome, is_news)
           VALUES ($1, $2, $3, $4, 'TC01', $5, $6, true)`,
    values: [
      answered.subjectKey,
      answered.lookId,
      answered.memberNo,
      instant(answered.at),
      answered.consentId,
      answered.outcome,
      answered.checkId,
      answered.report,
      answered.validUntil,
    ],
  });
}

/** Whether the look that this consent was used for was written down; also where nothing is kept of the consent any more. */
export async function isAnswered(
  tx: Tx,
  { subjectKey, consentId, memberNo }: Pick<Answered, 'subjectKey' | 'consentId' | 'memberNo'>,
): Promise<boolean> {
  const open = await tx.rows({
    name: 'unanswered-consent',
    text: `SELECT 1 FROM consent_of_subject
           WHERE subject_key = $1 AND consent_id = $2 AND member_no = $3 AND state <> 'used'`,
    values: [subjectKey, consentId, memberNo],
  });
  return open.length === 0;
}

/** Somebody tried without a consent: the debtor sees that, too. */
export async function writeRefusal(tx: Tx, look: Omit<Look, 'consentId'>): Promise<void> {
  await tx.rows({
    name: 'write-refusal',
    text: `INSERT INTO access_log (subject_key, look_id, member_no, at, purpose, consent_id, outcome, is_news)
           VALUES ($1, $2, $3, $4, 'TC01', NULL, 'refused', true)`,
    values: [look.subjectKey, look.lookId, look.memberNo, instant(look.at)],
  });
}

type Result = {
  readonly subjectKey: Uint8Array;
  readonly memberNo: number;
  readonly checkId: string;
  readonly today: Day;
};

export async function resultOf(
  tx: Tx,
  { subjectKey, memberNo, checkId, today }: Result,
): Promise<string | null> {
  const [row] = await tx.rows<{ readonly report: string }>({
    name: 'check-result',
    text: `SELECT report FROM check_result
           WHERE subject_key = $1 AND check_id = $2 AND member_no = $3 AND valid_until >= $4`,
    values: [subjectKey, checkId, memberNo, today],
  });
  return row?.report ?? null;
}

export async function subjectOfCheck(tx: Tx, memberNo: number, checkId: string): Promise<Buffer | null> {
  const [row] = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subject-of-check',
    text: 'SELECT subject_key FROM consent WHERE member_no = $1 AND check_id = $2',
    values: [memberNo, checkId],
  });
  return row?.subject_key ?? null;
}

/** What was kept long enough. */
export async function dropResults(tx: Tx, today: Day): Promise<number> {
  const gone = await tx.rows({
    name: 'drop-check-results',
    text: 'DELETE FROM check_result WHERE valid_until < $1 RETURNING 1',
    values: [today],
  });
  return gone.length;
}

type NewSummary = {
  readonly subjectKey: Uint8Array;
  readonly asOf: Day;
  readonly madeAt: number;
  readonly tally: string;
  readonly before: number | null;
};

/** A row that is of no day, for the first count of a subject; false where there is one already. */
export async function beginSummary(tx: Tx, subjectKey: Uint8Array, madeAt: number): Promise<boolean> {
  const made = await tx.rows({
    name: 'begin-summary',
    text: `INSERT INTO subject_summary (subject_key, as_of, made_at, tally) VALUES ($1, '0001-01-01', $2, '')
           ON CONFLICT (subject_key) DO NOTHING RETURNING 1`,
    values: [subjectKey, instant(madeAt)],
  });
  return made.length > 0;
}

/** Only over the one it was made after: what became old meanwhile stays old. */
export async function writeSummary(
  tx: Tx,
  { subjectKey, asOf, madeAt, tally, before }: NewSummary,
): Promise<void> {
  await tx.rows({
    name: 'write-summary',
    text: `INSERT INTO subject_summary AS s (subject_key, as_of, made_at, tally) VALUES ($1, $2, $3, $4)
           ON CONFLICT (subject_key) DO UPDATE SET as_of = excluded.as_of, made_at = excluded.made_at,
             tally = excluded.tally WHERE s.made_at = $5`,
    values: [subjectKey, asOf, instant(madeAt), tally, before === null ? null : instant(before)],
  });
}

/** What stands there is told to nobody any more: the next who asks waits until it is counted anew. */
export async function spoilSummary(tx: Tx, subjectKey: Uint8Array): Promise<void> {
  await tx.rows({
    name: 'spoil-summary',
    text: 'UPDATE subject_summary SET made_at = $2 WHERE subject_key = $1',
    values: [subjectKey, instant(0)],
  });
}

/**
 * What stands there is counted again within a minute, and told until then: somebody paid, among thousands. A whole batch
 * spoils nobody's answer, and a subject on whom much is reported is not counted anew for each of them.
 */
export async function hastenSummaries(
  tx: Tx,
  subjectKeys: readonly Uint8Array[],
  madeAt: number,
): Promise<void> {
  await tx.rows({
    name: 'hasten-summaries',
    text: 'UPDATE subject_summary SET made_at = $2 WHERE subject_key = ANY ($1) AND made_at > $2',
    values: [[...subjectKeys], instant(madeAt)],
  });
}

export async function dropSummary(tx: Tx, subjectKey: Uint8Array): Promise<void> {
  await tx.rows({
    name: 'drop-summary',
    text: 'DELETE FROM subject_summary WHERE subject_key = $1',
    values: [subjectKey],
  });
}

export async function oldSummaries(
  tx: Tx,
  before: number,
): Promise<readonly { readonly subject_key: Buffer; readonly made_at: number }[]> {
  return await tx.rows({
    name: 'old-summaries',
    text: 'SELECT subject_key, made_at FROM subject_summary WHERE made_at < $1 ORDER BY made_at LIMIT 100',
    values: [instant(before)],
  });
}

export type NewsRow = { readonly subject_key: Buffer; readonly look_id: string; readonly member_no: number };

/** Looks that the debtor was not told of. */
export async function newsOfLooks(tx: Tx, most: number): Promise<readonly NewsRow[]> {
  return await tx.rows<NewsRow>({
    name: 'news-of-looks',
    text: 'SELECT subject_key, look_id, member_no FROM access_log WHERE is_news ORDER BY at LIMIT $1',
    values: [most],
  });
}

export async function toldOfLooks(tx: Tx, subjectKey: Uint8Array, lookIds: readonly string[]): Promise<void> {
  await tx.rows({
    name: 'told-of-looks',
    text: 'UPDATE access_log SET is_news = false WHERE subject_key = $1 AND look_id = ANY ($2)',
    values: [subjectKey, [...lookIds]],
  });
}
