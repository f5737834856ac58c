import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// Messages about dues: rows wait until a round takes all of one subject together.

/** 'ended': what the debtor was told of is paid, or was taken back. */
export type NoticeKind = 'publication' | 'reminder' | 'ended';

export async function subjectsToTell(
  tx: Tx,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subjects-to-tell',
    text: `SELECT subject_key FROM notice WHERE state = 'queued' AND (next_at IS NULL OR next_at <= $1)
           GROUP BY subject_key ORDER BY min(queued_at), subject_key LIMIT $2`,
    values: [instant(now), most],
  });
  return rows.map(({ subject_key }) => subject_key);
}

export type NoticeRow = {
  readonly notice_id: string;
  readonly kind: NoticeKind;
  /** JSON: { member_no, due_refs }, or the like of several members. */
  readonly dues: string;
  readonly tries: number;
};

export async function queuedNotices(tx: Tx, subjectKey: Uint8Array): Promise<readonly NoticeRow[]> {
  return await tx.rows<NoticeRow>({
    name: 'queued-notices',
    text: `SELECT notice_id, kind, dues, tries FROM notice WHERE subject_key = $1 AND state = 'queued'
           ORDER BY queued_at, notice_id`,
    values: [subjectKey],
  });
}

/** When the last message about dues left for this subject. */
export async function lastNoticeAt(tx: Tx, subjectKey: Uint8Array): Promise<number | null> {
  const [row] = await tx.rows<{ readonly at: number | null }>({
    name: 'last-notice-at',
    text: `SELECT max(sent_at) AS at FROM notice WHERE subject_key = $1 AND state IN ('sent', 'delivered')`,
    values: [subjectKey],
  });
  return row?.at ?? null;
}

/** When he was last reminded of what is said of him. */
export async function lastReminderAt(tx: Tx, subjectKey: Uint8Array): Promise<number | null> {
  const [row] = await tx.rows<{ readonly at: number | null }>({
    name: 'last-reminder-at',
    text: `SELECT max(sent_at) AS at FROM notice
            WHERE subject_key = $1 AND kind = 'reminder' AND state IN ('sent', 'delivered')`,
    values: [subjectKey],
  });
  return row?.at ?? null;
}

export type NoticeIds = { readonly subjectKey: Uint8Array; readonly ids: readonly string[] };

export async function putOff(
  tx: Tx,
  { subjectKey, ids, until }: NoticeIds & { readonly until: number },
): Promise<void> {
  await tx.rows({
    name: 'put-off-notices',
    text: `UPDATE notice SET next_at = $3 WHERE subject_key = $1 AND notice_id = ANY ($2) AND state = 'queued'`,
    values: [subjectKey, [...ids], instant(until)],
  });
}

/** Takes them for one try, and nobody else does before `until`; false where another round was faster. */
export async function takeNotices(
  tx: Tx,
  { subjectKey, ids, now, until }: NoticeIds & { readonly now: number; readonly until: number },
): Promise<boolean> {
  const taken = await tx.rows<{ readonly notice_id: string }>({
    name: 'take-notices',
    text: `UPDATE notice SET next_at = $4, tries = tries + 1
           WHERE subject_key = $1 AND notice_id = ANY ($2) AND state = 'queued' AND (next_at IS NULL OR next_at <= $3)
           RETURNING notice_id`,
    values: [subjectKey, [...ids], instant(now), instant(until)],
  });
  if (taken.length === 0) return false;
  // Such as wait after a try of their own go with them.
  const others = ids.filter((id) => !taken.some(({ notice_id }) => notice_id === id));
  if (others.length > 0)
    await tx.rows({
      name: 'take-notices-along',
      text: `UPDATE notice SET next_at = $3, tries = tries + 1
             WHERE subject_key = $1 AND notice_id = ANY ($2) AND state = 'queued'`,
      values: [subjectKey, others, instant(until)],
    });
  return true;
}

export async function closeNotices(
  tx: Tx,
  { subjectKey, ids, state, at }: NoticeIds & { readonly state: 'sent' | 'failed'; readonly at: number },
): Promise<void> {
  await tx.rows({
    name: 'close-notices',
    text: `UPDATE notice SET state = $3, sent_at = CASE WHEN $3 = 'sent' THEN $4::timestamptz END
           WHERE subject_key = $1 AND notice_id = ANY ($2) AND state = 'queued'`,
    values: [subjectKey, [...ids], state, instant(at)],
  });
}

/** What they tell of is settled, disputed or taken back: nobody is told. */
export async function dropNotices(tx: Tx, { subjectKey, ids }: NoticeIds): Promise<void> {
  await tx.rows({
    name: 'drop-queued-notices',
    text: `DELETE FROM notice WHERE subject_key = $1 AND notice_id = ANY ($2) AND state = 'queued'`,
    values: [subjectKey, [...ids]],
  });
}

/** The same id twice is one notice. */
export async function queueNotice(
  tx: Tx,
  notice: {
    readonly id: string;
    readonly subjectKey: Uint8Array;
    readonly kind: NoticeKind;
    readonly dues: string;
    readonly at: number;
  },
): Promise<void> {
  await tx.rows({
    name: 'queue-notice',
    text: `INSERT INTO notice (subject_key, notice_id, kind, dues, state, queued_at)
           VALUES ($1, $2, $3, $4, 'queued', $5) ON CONFLICT (subject_key, notice_id) DO NOTHING`,
    values: [notice.subjectKey, notice.id, notice.kind, notice.dues, instant(notice.at)],
  });
}

export type DueOf = { readonly memberNo: number; readonly dueRef: Buffer };

/** The day from which the 21 days count. Those that were told of before keep theirs. */
export async function setNoticed(
  tx: Tx,
  {
    subjectKey,
    dues,
    day,
  }: { readonly subjectKey: Uint8Array; readonly dues: readonly DueOf[]; readonly day: Day },
): Promise<readonly DueOf[]> {
  const rows = await tx.rows<{ readonly member_no: number; readonly due_ref: Buffer }>({
    name: 'set-noticed',
    text: `UPDATE due AS d SET notice_on = $2, notice_failed = false
           FROM unnest($3::bigint[], $4::bytea[]) AS w (member_no, due_ref)
           WHERE d.subject_key = $1 AND d.member_no = w.member_no AND d.due_ref = w.due_ref AND d.notice_on IS NULL
           RETURNING d.member_no, d.due_ref`,
    values: [subjectKey, day, ...columnsOf(dues)],
  });
  return rows.map(({ member_no, due_ref }) => ({ memberNo: member_no, dueRef: due_ref }));
}

export async function setNoticeFailed(
  tx: Tx,
  { subjectKey, dues }: { readonly subjectKey: Uint8Array; readonly dues: readonly DueOf[] },
): Promise<readonly DueOf[]> {
  const rows = await tx.rows<{ readonly member_no: number; readonly due_ref: Buffer }>({
    name: 'set-notice-failed',
    text: `UPDATE due AS d SET notice_failed = true
           FROM unnest($2::bigint[], $3::bytea[]) AS w (member_no, due_ref)
           WHERE d.subject_key = $1 AND d.member_no = w.member_no AND d.due_ref = w.due_ref AND d.notice_on IS NULL
             AND NOT d.notice_failed
           RETURNING d.member_no, d.due_ref`,
    values: [subjectKey, ...columnsOf(dues)],
  });
  return rows.map(({ member_no, due_ref }) => ({ memberNo: member_no, dueRef: due_ref }));
}

function columnsOf(dues: readonly DueOf[]): [number[], Buffer[]] {
  return [dues.map(({ memberNo }) => memberNo), dues.map(({ dueRef }) => dueRef)];
}

/** Subjects of whom something is published that nobody was told of, and no message waits. */
export async function subjectsForgotten(
  tx: Tx,
  { before, most }: { readonly before: number; readonly most: number },
): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subjects-forgotten',
    text: `SELECT DISTINCT d.subject_key FROM due d
           WHERE d.notice_on IS NULL AND NOT d.notice_failed AND NOT d.held
             AND d.settled_on IS NULL AND d.state IN ('open', 'part', 'reopened', 'written_off') AND d.reported_at <= $1
             AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.subject_key = d.subject_key AND n.state = 'queued')
           ORDER BY d.subject_key LIMIT $2`,
    values: [instant(before), most],
  });
  return rows.map(({ subject_key }) => subject_key);
}

export type RemindWish = { readonly first: Day; readonly second: Day; readonly most: number };

/** Subjects with dues whose notice is from the first of these days or before, and their second one likewise. */
export async function subjectsToRemind(
  tx: Tx,
  { first, second, most }: RemindWish,
): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subjects-to-remind',
    text: `SELECT DISTINCT subject_key FROM due
           WHERE reminded < 2 AND settled_on IS NULL AND state IN ('open', 'part', 'reopened', 'written_off')
             AND notice_on <= $1 AND (reminded < 1 OR notice_on <= $2) ORDER BY subject_key LIMIT $3`,
    values: [first, second, most],
  });
  return rows.map(({ subject_key }) => subject_key);
}

/** Counts the reminders that have come due, and gives whose. */
export async function countReminders(
  tx: Tx,
  { subjectKey, first, second }: Omit<RemindWish, 'most'> & { readonly subjectKey: Uint8Array },
): Promise<readonly DueOf[]> {
  const rows = await tx.rows<{ readonly member_no: number; readonly due_ref: Buffer }>({
    name: 'count-reminders',
    text: `UPDATE due SET reminded = CASE WHEN notice_on <= $3 THEN 2 ELSE 1 END
           WHERE subject_key = $1 AND reminded < 2 AND state IN ('open', 'part', 'reopened', 'written_off')
             AND notice_on <= $2 AND (reminded < 1 OR notice_on <= $3)
           RETURNING member_no, due_ref`,
    values: [subjectKey, first, second],
  });
  return rows.map(({ member_no, due_ref }) => ({ memberNo: member_no, dueRef: due_ref }));
}
