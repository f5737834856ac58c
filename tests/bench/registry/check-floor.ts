import { pgbench, type PgbenchTold } from './pgbench.ts';

// What a check does at its core, as pgbench does it: the consent's row, the subject's dues, a durable row of the access log.

/** The same members, consents and subjects as consentsFor makes, reckoned from their number. */
const SCRIPT = `\\set n random(0, :count - 1)
\\set member 1 + :n % :members
\\set subject (:n * 31) % :subjects
SELECT state, expires_at FROM consent WHERE member_no = :member
  AND consent_id = ('01900000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid;
SELECT member_no, count(*), sum(open_p), min(due_on) FROM due
  WHERE subject_key = sha256(('s' || :subject)::bytea) GROUP BY member_no;
INSERT INTO access_log (subject_key, look_id, member_no, at, purpose, consent_id, outcome, is_news)
  VALUES (sha256(('s' || :subject)::bytea), gen_random_uuid(), :member, '2026-11-22T00:00:00Z', 'TC01',
    '01900000-0000-7000-8000-000000000000', 'told', false);
`;

export type FloorWish = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly count: number;
  readonly members: number;
  readonly subjects: number;
};

export function checkFloor({ url, connections, seconds, ...variables }: FloorWish): PgbenchTold {
  return pgbench({ url, script: SCRIPT, connections, seconds, variables });
}
