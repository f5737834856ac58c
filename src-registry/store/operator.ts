import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// What whoever runs the registry does to members. Every act is written down with it, in the same transaction.

export type Act =
  | 'admitted'
  | 'admitted-known'
  | 'suspended'
  | 'restored'
  | 'pan-released'
  | 'contact-forgotten'
  | 'erased'
  | 'erasure-refused';

export type ActRow = { readonly at: number; readonly what: Act; readonly member_no: number | null };

export async function addAct(
  tx: Tx,
  {
    id,
    at,
    what,
    memberNo,
  }: { readonly id: string; readonly at: number; readonly what: Act; readonly memberNo: number | null },
): Promise<void> {
  await tx.rows({
    name: 'add-operator-act',
    text: 'INSERT INTO operator_act (act_id, at, what, member_no) VALUES ($1, $2, $3, $4)',
    values: [id, instant(at), what, memberNo],
  });
}

export async function actsOn(tx: Tx, memberNo: number): Promise<readonly ActRow[]> {
  return await tx.rows<ActRow>({
    name: 'operator-acts-on-member',
    text: 'SELECT at, what, member_no FROM operator_act WHERE member_no = $1 ORDER BY act_id',
    values: [memberNo],
  });
}

export type Admission = {
  readonly memberNo: number;
  readonly gstinKey: Uint8Array;
  readonly legalName: string;
  /** Sealed, without what he said of himself when he applied. */
  readonly contact: Uint8Array;
  readonly status: 'probation' | 'active';
  readonly probationUntil: Day;
  readonly today: Day;
};

/** He is now who he said he is. */
export async function setAdmitted(tx: Tx, of: Admission): Promise<void> {
  await tx.rows({
    name: 'set-admitted',
    text: `UPDATE member SET gstin_key = $2, legal_name = $3, contact_ct = $4, status = $5, probation_until = $6,
             admitted_on = coalesce(admitted_on, $7), pending_on = NULL, left_on = NULL
           WHERE member_no = $1`,
    values: [of.memberNo, of.gstinKey, of.legalName, of.contact, of.status, of.probationUntil, of.today],
  });
}

/** Back to where he was before he was suspended, and what he says is no longer held until another of it is false. */
export async function setRestored(tx: Tx, memberNo: number): Promise<void> {
  await tx.rows({
    name: 'set-restored',
    text: `UPDATE member SET stopped_on = NULL,
             forgiven = coalesce((SELECT a.count FROM alarm a WHERE a.member_no = $1 AND a.kind = 'false-reports'), forgiven),
             status = CASE WHEN status <> 'suspended' THEN status WHEN left_on IS NOT NULL THEN 'left'
                           WHEN pending_on IS NOT NULL THEN 'pending' ELSE 'probation' END
           WHERE member_no = $1`,
    values: [memberNo],
  });
}

/** The PAN is anybody's again; whoever had it is no member, and what he said is hidden. */
export async function setVoid(
  tx: Tx,
  of: {
    readonly memberNo: number;
    readonly panKey: Uint8Array;
    readonly today: Day;
    readonly contact: Uint8Array;
  },
): Promise<void> {
  await tx.rows({
    name: 'free-pan',
    text: 'DELETE FROM membership WHERE pan_key = $1 AND member_no = $2',
    values: [of.panKey, of.memberNo],
  });
  await tx.rows({
    name: 'set-void',
    text: `UPDATE member SET status = 'suspended', void_on = $2, contact_ct = $3, pending_on = NULL
           WHERE member_no = $1`,
    values: [of.memberNo, of.today, of.contact],
  });
}

/** What stands counted of subjects whom this member reported is counted anew. */
export async function spoilSummariesOf(tx: Tx, memberNo: number): Promise<void> {
  const own = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'subjects-of-member',
    text: 'SELECT DISTINCT subject_key FROM member_due WHERE member_no = $1',
    values: [memberNo],
  });
  if (own.length === 0) return;
  await tx.rows({
    name: 'spoil-summaries',
    text: 'UPDATE subject_summary SET made_at = $2 WHERE subject_key = ANY($1)',
    values: [own.map(({ subject_key }) => subject_key), instant(0)],
  });
}

/** False where it was none of the subject's, or had not answered. */
export async function unregisterContact(
  tx: Tx,
  { subjectKey, contactKey }: { readonly subjectKey: Uint8Array; readonly contactKey: Uint8Array },
): Promise<boolean> {
  const was = await tx.rows({
    name: 'unregister-contact',
    text: `UPDATE contact SET is_registered = false, used_on = NULL
           WHERE subject_key = $1 AND contact_key = $2 AND is_registered RETURNING 1`,
    values: [subjectKey, contactKey],
  });
  // Nobody's page stays open that was opened with it.
  await tx.rows({
    text: 'DELETE FROM session WHERE subject_key = $1 AND contact_key = $2',
    values: [subjectKey, contactKey],
  });
  return was.length > 0;
}

/** Whoever waited too long: nobody admitted him. */
export async function waitedUntil(
  tx: Tx,
  day: Day,
  most: number,
): Promise<readonly { readonly member_no: number; readonly was_admitted: boolean }[]> {
  return await tx.rows({
    text: `SELECT member_no, admitted_on IS NOT NULL AS was_admitted FROM member
           WHERE pending_on <= $1 AND status IN ('pending', 'left') ORDER BY member_no LIMIT $2`,
    values: [day, most],
  });
}

/** As if he had never come: he could say and ask nothing. False where he was admitted meanwhile. */
export async function dropPending(
  tx: Tx,
  { memberNo, day }: { readonly memberNo: number; readonly day: Day },
): Promise<boolean> {
  const gone = await tx.rows({
    name: 'drop-pending',
    text: `DELETE FROM member WHERE member_no = $1 AND admitted_on IS NULL AND pending_on <= $2
             AND status IN ('pending', 'left') RETURNING 1`,
    values: [memberNo, day],
  });
  if (gone.length === 0) return false;
  for (const text of [
    'DELETE FROM device WHERE member_no = $1',
    'DELETE FROM feed WHERE member_no = $1',
    'DELETE FROM feed_head WHERE member_no = $1',
    'DELETE FROM quota WHERE member_no = $1',
  ])
    await tx.rows({ text, values: [memberNo] });
  return true;
}

/** He came back as another and was not admitted as such: he has left, as the one he was. */
export async function endWaiting(tx: Tx, memberNo: number, contact: Uint8Array): Promise<void> {
  await tx.rows({
    name: 'end-waiting',
    text: `UPDATE member SET pending_on = NULL, contact_ct = $2,
             left_on = coalesce(left_on, pending_on), status = 'left'
           WHERE member_no = $1 AND status IN ('pending', 'left')`,
    values: [memberNo, contact],
  });
}
