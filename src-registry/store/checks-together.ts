import { instant } from '../clock.ts';
import {
  ALLOWED,
  COUNTED_FROM,
  FACTS,
  type Answered,
  type FactsOrSummary,
  type Taken,
  type TakeWish,
} from './checks.ts';
import type { Tx } from './database.ts';

// The statements of a check for several checks at once (together.ts), each answer as if it had been asked alone. In one
// statement no member spends twice, and no subject is read twice.

/** takeConsent of several members. */
export async function takeConsents(tx: Tx, wishes: readonly TakeWish[]): Promise<readonly Taken[]> {
  const rows = await tx.rows<Taken & { readonly member_no: number }>({
    name: 'take-consents',
    text: `WITH asked AS (
             SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bytea[], $5::integer[], $6::timestamptz[],
               $7::date[]) AS w (member_no, consent_id, check_id, subject_key, most, at, day)),
           spent AS (
             INSERT INTO quota AS q (member_no, kind, day, used) SELECT a.member_no, 'checks', a.day, 1 FROM asked a
             ON CONFLICT (member_no, kind, day) DO UPDATE SET used = q.used + 1
             WHERE q.used < (SELECT b.most FROM asked b WHERE b.member_no = q.member_no) RETURNING q.member_no, q.used),
           taken AS (
             UPDATE consent c SET state = 'used', check_id = a.check_id
             FROM asked a JOIN spent s ON s.member_no = a.member_no
             WHERE c.member_no = a.member_no AND c.consent_id = a.consent_id AND c.subject_key = a.subject_key
               AND c.purpose = 'TC01' AND c.state = 'granted' AND c.assurance <> 'A0' AND c.expires_at > a.at
             RETURNING c.member_no, c.request, c.life_days)
           SELECT a.member_no, s.used, t.request, t.life_days
           FROM asked a LEFT JOIN spent s ON s.member_no = a.member_no LEFT JOIN taken t ON t.member_no = a.member_no`,
    values: [
      wishes.map(({ memberNo }) => memberNo),
      wishes.map(({ consentId }) => consentId),
      wishes.map(({ checkId }) => checkId),
      wishes.map(({ subjectKey }) => subjectKey),
      wishes.map(({ limit }) => limit),
      wishes.map(({ now }) => instant(now)),
      wishes.map(({ day }) => day),
    ],
  });
  const byMember = new Map(rows.map((row) => [row.member_no, row]));
  return wishes.map(({ memberNo }) => {
    const { used = null, request = null, life_days = null } = byMember.get(memberNo) ?? {};
    return { used, request, life_days };
  });
}

/** duesOrSummary of several subjects. */
export async function duesOrSummaries(
  tx: Tx,
  subjectKeys: readonly Uint8Array[],
): Promise<readonly (readonly FactsOrSummary[])[]> {
  const rows = await tx.rows<FactsOrSummary & { readonly n: number }>({
    name: 'dues-or-summaries',
    text: `SELECT w.n::integer, r.* FROM unnest($1::bytea[]) WITH ORDINALITY AS w (subject_key, n) CROSS JOIN LATERAL (
             SELECT ${FACTS}, s.as_of, s.made_at, s.tally
             FROM due d LEFT JOIN subject_summary s ON s.subject_key = d.subject_key ${ALLOWED}
             WHERE d.subject_key = w.subject_key
             LIMIT (SELECT CASE WHEN EXISTS (SELECT 1 FROM subject_summary h WHERE h.subject_key = w.subject_key)
                      THEN 1 ELSE ${COUNTED_FROM + 1} END)) r`,
    values: [[...subjectKeys]],
  });
  const byPlace = Map.groupBy(rows, ({ n }) => n);
  return subjectKeys.map((_key, at) => byPlace.get(at + 1) ?? []);
}

/** writeAnswer of several checks: all of them are on the disk when it has answered, or none is. */
export async function writeAnswers(tx: Tx, all: readonly Answered[]): Promise<void> {
  await tx.rows({
    name: 'write-answers',
    text: `WITH asked AS (
             SELECT * FROM unnest($1::bytea[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::uuid[], $6::text[],
               $7::uuid[], $8::text[], $9::date[])
               AS w (subject_key, look_id, member_no, at, consent_id, outcome, check_id, report, valid_until)),
           told AS (
             INSERT INTO check_result (subject_key, check_id, member_no, consent_id, report, valid_until)
             SELECT subject_key, check_id, member_no, consent_id, report, valid_until FROM asked
             ON CONFLICT (subject_key, check_id, member_no) DO NOTHING),
           used AS (
             UPDATE consent_of_subject c SET state = 'used' FROM asked a
             WHERE c.subject_key = a.subject_key AND c.consent_id = a.consent_id AND c.member_no = a.member_no)
           INSERT INTO access_log (subject_key, look_id, member_no, at, purpose, consent_id, outcome, is_news)
           SELECT subject_key, look_id, member_no, at, 'TC01', consent_id, outcome, true FROM asked`,
    values: [
      all.map((one) => one.subjectKey),
      all.map((one) => one.lookId),
      all.map((one) => one.memberNo),
      all.map((one) => instant(one.at)),
      all.map((one) => one.consentId),
      all.map((one) => one.outcome),
      all.map((one) => one.checkId),
      all.map((one) => one.report),
      all.map((one) => one.validUntil),
    ],
  });
}
