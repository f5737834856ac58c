import type { Day } from '#domain/days.ts';
import type { DueFacts } from '#domain/registry/visibility.ts';
import type { DisputeState, DueState, EntityKind } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';
import { membersOf, type MemberRow } from './members.ts';

/** A due with all that decides who may see it. */
export type StandingDue = {
  readonly memberNo: number;
  readonly dueRef: Buffer;
  readonly subjectKey: Buffer;
  readonly facts: DueFacts;
  readonly reminded: number;
  readonly told: string | null;
  readonly member: MemberRow;
};

type Row = {
  readonly subject_key: Buffer;
  readonly member_no: number;
  readonly due_ref: Buffer;
  readonly state: DueState;
  readonly entity: EntityKind;
  readonly due_on: Day;
  readonly settled_on: Day | null;
  readonly notice_on: Day | null;
  readonly notice_failed: boolean;
  readonly reminded: number;
  readonly told: string | null;
  readonly held: boolean;
  readonly questioned: number;
  readonly dispute: DisputeState | null;
  readonly is_consented: boolean;
};

/** The consent that a due rests on stands beside it, under the same subject. */
const COLUMNS = `d.subject_key, d.member_no, d.due_ref, d.state, d.entity, d.due_on, d.settled_on, d.notice_on,
  d.notice_failed, d.reminded, d.told, d.held, d.questioned, d.dispute,
  coalesce(c.state = 'granted' AND c.purpose = 'TC02' AND c.expires_at > $1, false) AS is_consented`;
const WITH_CONSENT = `LEFT JOIN consent_of_subject c ON c.subject_key = d.subject_key
  AND c.consent_id = d.basis_consent AND c.member_no = d.member_no`;

export async function standingOf(
  tx: Tx,
  subjectKey: Uint8Array,
  now: number,
): Promise<readonly StandingDue[]> {
  const rows = await tx.rows<Row>({
    name: 'standing-of-subject',
    text: `SELECT ${COLUMNS} FROM due d ${WITH_CONSENT} WHERE d.subject_key = $2 ORDER BY d.member_no, d.due_ref`,
    values: [instant(now), subjectKey],
  });
  return await withMembers(tx, rows);
}

export type DueKey = Pick<StandingDue, 'subjectKey' | 'memberNo' | 'dueRef'>;

/** All dues of the registry, in the order of their keys, from behind one of them on. */
export async function standingAfter(
  tx: Tx,
  { after, now, most }: { readonly after: DueKey | null; readonly now: number; readonly most: number },
): Promise<readonly StandingDue[]> {
  const rows = await tx.rows<Row>({
    name: 'standing-after',
    text: `SELECT ${COLUMNS} FROM due d ${WITH_CONSENT}
           WHERE (d.subject_key, d.member_no, d.due_ref) > ($2, $3, $4)
           ORDER BY d.subject_key, d.member_no, d.due_ref LIMIT $5`,
    values: [
      instant(now),
      after?.subjectKey ?? Buffer.alloc(0),
      after?.memberNo ?? 0,
      after?.dueRef ?? Buffer.alloc(0),
      most,
    ],
  });
  return await withMembers(tx, rows);
}

async function withMembers(tx: Tx, rows: readonly Row[]): Promise<readonly StandingDue[]> {
  const members = await membersOf(tx, [...new Set(rows.map(({ member_no }) => member_no))]);
  const byNo = new Map(members.map((member) => [member.member_no, member]));
  return rows.flatMap((row) => {
    const member = byNo.get(row.member_no);
    return member ? [standingDue(row, member)] : [];
  });
}

function standingDue(row: Row, member: MemberRow): StandingDue {
  return {
    memberNo: row.member_no,
    dueRef: row.due_ref,
    subjectKey: row.subject_key,
    reminded: row.reminded,
    told: row.told,
    member,
    facts: {
      state: row.state,
      dueDay: row.due_on,
      settledDay: row.settled_on,
      entity: row.entity,
      noticeDay: row.notice_on,
      isNoticeFailed: row.notice_failed,
      isConsentGiven: row.is_consented,
      dispute: row.dispute,
      isMemberSuspended: member.status === 'suspended',
      isHeld: row.held,
      questionedCount: row.questioned,
    },
  };
}
