import type { Day } from '#domain/days.ts';
import type { AlarmKind } from '#domain/registry/alarms.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// What is counted of members once a night, all of them at once, and what the operator is shown of it.

/** In the place of a member, where an alarm is about none. */
export const NO_MEMBER = 0;

/** So many of so many. */
export type Counted = { readonly member_no: number; readonly count: number; readonly of_count: number };

type Window = { readonly now: number; readonly askedBefore: number; readonly most: number };

/** Of each member's newest requests for a look that were answered, ended or lay long enough: how many were allowed. */
export async function approvalsOf(tx: Tx, { now, askedBefore, most }: Window): Promise<readonly Counted[]> {
  return await tx.rows<Counted>({
    text: `SELECT member_no, count(*) FILTER (WHERE is_allowed) AS count, count(*) AS of_count FROM (
             SELECT member_no, artefact IS NOT NULL AS is_allowed,
               row_number() OVER (PARTITION BY member_no ORDER BY asked_at DESC, consent_id DESC) AS nth
             FROM consent WHERE purpose = 'TC01'
               AND (state NOT IN ('sent', 'held') OR expires_at <= $1 OR asked_at <= $2)) AS asked
           WHERE nth <= $3 GROUP BY member_no HAVING count(*) >= $3`,
    values: [instant(now), instant(askedBefore), most],
  });
}

/** Dues of each member that were found false, of all he reported: those that were erased for it are counted, too. */
export async function falseReportsOf(tx: Tx, erasedBefore: Day): Promise<readonly Counted[]> {
  const found = await tx.rows<{
    readonly member_no: number;
    readonly count: number;
    readonly erased: number;
  }>({
    text: `SELECT member_no, count(*) AS count, count(*) FILTER (WHERE closed_on <= $1) AS erased
           FROM dispute WHERE state = 'resolved_for_debtor' GROUP BY member_no`,
    values: [erasedBefore],
  });
  const dues = await tx.rows<{ readonly member_no: number; readonly count: number }>({
    text: 'SELECT member_no, count(*) AS count FROM member_due WHERE member_no = ANY($1) GROUP BY member_no',
    values: [found.map(({ member_no }) => member_no)],
  });
  const standing = new Map(dues.map(({ member_no, count }) => [member_no, count]));
  return found.map(({ member_no, count, erased }) => ({
    member_no,
    count,
    of_count: Math.max(count, (standing.get(member_no) ?? 0) + erased),
  }));
}

/** Items whose token was never blinded here. */
export async function unmatchedOf(tx: Tx): Promise<readonly Counted[]> {
  return await tx.rows<Counted>({
    text: `SELECT member_no, unmatched_items AS count, said_items AS of_count FROM member WHERE unmatched_items > 0`,
  });
}

type AlarmsOf = { readonly kind: AlarmKind; readonly at: number; readonly members: readonly Counted[] };

/** Those of this kind that are true now; the others go. */
export async function setAlarms(tx: Tx, { kind, at, members }: AlarmsOf): Promise<void> {
  const memberNos = members.map(({ member_no }) => member_no);
  await tx.rows({
    text: 'DELETE FROM alarm WHERE kind = $1 AND NOT member_no = ANY($2)',
    values: [kind, memberNos],
  });
  await tx.rows({
    text: `INSERT INTO alarm AS a (kind, since, member_no, count, of_count)
           SELECT $1, $2, w.* FROM unnest($3::bigint[], $4::integer[], $5::integer[]) AS w
           ON CONFLICT (member_no, kind) DO UPDATE SET count = excluded.count, of_count = excluded.of_count`,
    values: [
      kind,
      instant(at),
      memberNos,
      members.map(({ count }) => count),
      members.map(({ of_count }) => of_count),
    ],
  });
}

/** False where he is stopped already, or was heard about as many false ones. */
export async function stopMember(tx: Tx, { member_no, count }: Counted, today: Day): Promise<boolean> {
  const stopped = await tx.rows({
    name: 'stop-member',
    text: `UPDATE member SET stopped_on = $2 WHERE member_no = $1 AND stopped_on IS NULL AND forgiven < $3
           RETURNING 1`,
    values: [member_no, today, count],
  });
  return stopped.length > 0;
}

/** Members of whom others see something today, or of whom something was settled after others were told of it. */
export async function contributionsOf(
  tx: Tx,
): Promise<
  readonly { readonly member_no: number; readonly is_seen: boolean; readonly settled_on: Day | null }[]
> {
  return await tx.rows({
    text: `SELECT member_no, coalesce(bool_or(told = 'visible'), false) AS is_seen, max(settled_on) AS settled_on
           FROM due WHERE NOT held AND (told = 'visible' OR (settled_on IS NOT NULL AND notice_on IS NOT NULL))
           GROUP BY member_no`,
  });
}

export async function setContributed(tx: Tx, memberNos: readonly number[], day: Day): Promise<void> {
  await tx.rows({
    name: 'set-contributed',
    text: `UPDATE member SET contributed_on = $2
           WHERE member_no = ANY($1) AND (contributed_on IS NULL OR contributed_on < $2)`,
    values: [[...memberNos], day],
  });
}

export type AlarmRow = Counted & {
  readonly kind: AlarmKind;
  readonly since: number;
  /** Null where it is about no member. */
  readonly legal_name: string | null;
};

export async function alarmsOf(tx: Tx): Promise<readonly AlarmRow[]> {
  return await tx.rows<AlarmRow>({
    text: `SELECT a.member_no, a.kind, a.since, a.count, a.of_count, m.legal_name
           FROM alarm a LEFT JOIN member m ON m.member_no = a.member_no ORDER BY a.since, a.member_no, a.kind`,
  });
}

/** How many of each kind, and how many wait to be admitted. */
export async function alarmCounts(
  tx: Tx,
): Promise<{ readonly alarms: ReadonlyMap<AlarmKind, number>; readonly pending: number }> {
  const rows = await tx.rows<{ readonly kind: AlarmKind; readonly n: number }>({
    text: 'SELECT kind, count(*) AS n FROM alarm GROUP BY kind',
  });
  const [waiting] = await tx.rows<{ readonly n: number }>({
    text: `SELECT count(*) AS n FROM member WHERE pending_on IS NOT NULL AND status = 'pending'`,
  });
  return { alarms: new Map(rows.map(({ kind, n }) => [kind, n])), pending: waiting?.n ?? 0 };
}
