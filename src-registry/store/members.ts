import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { MemberPurpose, MemberStatus } from '../members/status.ts';
import type { Tx } from './database.ts';

export type MemberRow = {
  readonly member_no: number;
  readonly pan_key: Buffer;
  readonly gstin_key: Buffer;
  readonly legal_name: string;
  /** Sealed JSON of mobile and mail address. */
  readonly contact_ct: Buffer;
  readonly purpose: MemberPurpose;
  readonly terms_version: string;
  readonly status: MemberStatus;
  readonly lang: 'en' | 'hi';
  readonly joined_on: Day;
  readonly probation_until: Day;
  readonly left_on: Day | null;
  readonly pending_on: Day | null;
  readonly admitted_on: Day | null;
  readonly void_on: Day | null;
  readonly contributed_on: Day | null;
  readonly stopped_on: Day | null;
};

const COLUMNS = `member_no, pan_key, gstin_key, legal_name, contact_ct, purpose, terms_version, status, lang,
  joined_on, probation_until, left_on, pending_on, admitted_on, void_on, contributed_on, stopped_on`;

export async function memberOf(tx: Tx, memberNo: number): Promise<MemberRow | null> {
  const [row] = await tx.rows<MemberRow>({
    name: 'member',
    text: `SELECT ${COLUMNS} FROM member WHERE member_no = $1`,
    values: [memberNo],
  });
  return row ?? null;
}

/** Several at once, for pages that name who reported and who looked. */
export async function membersOf(tx: Tx, memberNos: readonly number[]): Promise<readonly MemberRow[]> {
  if (memberNos.length === 0) return [];
  return await tx.rows<MemberRow>({
    name: 'members',
    text: `SELECT ${COLUMNS} FROM member WHERE member_no = ANY($1)`,
    values: [[...memberNos]],
  });
}

/** All members, in the order of their numbers. */
export async function membersAfter(tx: Tx, memberNo: number, most: number): Promise<readonly MemberRow[]> {
  return await tx.rows<MemberRow>({
    name: 'members-after',
    text: `SELECT ${COLUMNS} FROM member WHERE member_no > $1 ORDER BY member_no LIMIT $2`,
    values: [memberNo, most],
  });
}

/** Whoever waits to be admitted, longest first. */
export async function pendingMembers(tx: Tx): Promise<readonly MemberRow[]> {
  return await tx.rows<MemberRow>({
    name: 'pending-members',
    text: `SELECT ${COLUMNS} FROM member WHERE pending_on IS NOT NULL AND status = 'pending'
           ORDER BY pending_on, member_no LIMIT 1000`,
  });
}

export async function memberNoOfPan(tx: Tx, panKey: Uint8Array): Promise<number | null> {
  const [row] = await tx.rows<{ readonly member_no: number }>({
    name: 'member-of-pan',
    text: 'SELECT member_no FROM membership WHERE pan_key = $1',
    values: [panKey],
  });
  return row?.member_no ?? null;
}

/** False where somebody has this PAN already. */
export async function takePan(tx: Tx, panKey: Uint8Array, memberNo: number): Promise<boolean> {
  const taken = await tx.rows({
    name: 'take-pan',
    text: `INSERT INTO membership (pan_key, member_no) VALUES ($1, $2)
           ON CONFLICT (pan_key) DO NOTHING RETURNING member_no`,
    values: [panKey, memberNo],
  });
  return taken.length > 0;
}

type NewMember = Omit<
  MemberRow,
  'status' | 'left_on' | 'pending_on' | 'admitted_on' | 'void_on' | 'contributed_on' | 'stopped_on'
> &
  Partial<Pick<MemberRow, 'status' | 'pending_on' | 'admitted_on'>>;

export async function insertMember(tx: Tx, member: NewMember): Promise<void> {
  await tx.rows({
    name: 'insert-member',
    text: `INSERT INTO member (member_no, pan_key, gstin_key, legal_name, contact_ct, purpose, terms_version, lang,
             joined_on, probation_until, status, pending_on, admitted_on)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      member.member_no,
      member.pan_key,
      member.gstin_key,
      member.legal_name,
      member.contact_ct,
      member.purpose,
      member.terms_version,
      member.lang,
      member.joined_on,
      member.probation_until,
      member.status ?? 'probation',
      member.pending_on ?? null,
      member.admitted_on ?? null,
    ],
  });
}

export type Rejoined = Pick<
  MemberRow,
  'member_no' | 'purpose' | 'terms_version' | 'lang' | 'probation_until' | 'contact_ct'
> & { readonly today: Day };

/** Whoever had left is on probation once more; a suspended one stays suspended. */
export async function rejoinMember(tx: Tx, member: Rejoined): Promise<void> {
  await tx.rows({
    name: 'rejoin-member',
    text: `UPDATE member SET purpose = $2, terms_version = $3, lang = $4, contact_ct = $5, left_on = NULL,
             pending_on = NULL, admitted_on = coalesce(admitted_on, $7),
             probation_until = CASE WHEN status IN ('left', 'pending') THEN $6 ELSE probation_until END,
             status = CASE WHEN status IN ('left', 'pending') THEN 'probation' ELSE status END
           WHERE member_no = $1`,
    values: [
      member.member_no,
      member.purpose,
      member.terms_version,
      member.lang,
      member.contact_ct,
      member.probation_until,
      member.today,
    ],
  });
}

/** Whoever comes back as another waits for the operator; until then he is named, and fades, as before. */
export async function waitMember(tx: Tx, member: Rejoined): Promise<void> {
  await tx.rows({
    name: 'wait-member',
    text: `UPDATE member SET purpose = $2, terms_version = $3, lang = $4, contact_ct = $5, pending_on = $6,
             status = CASE WHEN status = 'suspended' THEN status ELSE 'pending' END
           WHERE member_no = $1`,
    values: [
      member.member_no,
      member.purpose,
      member.terms_version,
      member.lang,
      member.contact_ct,
      member.today,
    ],
  });
}

/** A suspended one stays suspended: else he would leave, join again and be free of it. */
export async function setLeft(tx: Tx, memberNo: number, day: Day): Promise<void> {
  await tx.rows({
    name: 'set-left',
    text: `UPDATE member SET status = CASE WHEN status = 'suspended' THEN status ELSE 'left' END, left_on = $2
           WHERE member_no = $1`,
    values: [memberNo, day],
  });
}

/** Only by whoever runs the registry: no call of the wire does this. */
export async function setStatus(tx: Tx, memberNo: number, status: MemberStatus): Promise<void> {
  await tx.rows({
    name: 'set-member-status',
    text: 'UPDATE member SET status = $2 WHERE member_no = $1',
    values: [memberNo, status],
  });
}

export type ApplicationRow = {
  readonly otp_hash: Buffer;
  /** With this one. */
  readonly tries: number;
  readonly expires_at: number;
  readonly body: Buffer;
};

export type NewApplication = {
  readonly id: string;
  readonly body: Uint8Array;
  readonly otpHash: Uint8Array;
  readonly expiresAt: number;
};

/** When it ends, and whether it is new: the same id asked twice is one application. */
export async function addApplication(
  tx: Tx,
  { id, body, otpHash, expiresAt }: NewApplication,
): Promise<{ readonly isNew: boolean; readonly expiresAt: number }> {
  const made = await tx.rows({
    name: 'add-application',
    text: `INSERT INTO application (application_id, body, otp_hash, expires_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (application_id) DO NOTHING RETURNING application_id`,
    values: [id, body, otpHash, instant(expiresAt)],
  });
  if (made.length > 0) return { isNew: true, expiresAt };
  const [before] = await tx.rows<{ readonly expires_at: number }>({
    name: 'application-end',
    text: 'SELECT expires_at FROM application WHERE application_id = $1',
    values: [id],
  });
  return { isNew: false, expiresAt: before?.expires_at ?? expiresAt };
}

/** Only now can the application be confirmed: its password has left. */
export async function openApplication(tx: Tx, id: string, otpHash: Uint8Array): Promise<void> {
  await tx.rows({
    name: 'open-application',
    text: 'UPDATE application SET otp_hash = $2 WHERE application_id = $1',
    values: [id, otpHash],
  });
}

/** Takes one of its tries before anything is compared, so that guesses made at once are counted, too. */
export async function takeTry(tx: Tx, id: string, triesMost: number): Promise<ApplicationRow | null> {
  const [row] = await tx.rows<ApplicationRow>({
    name: 'take-application-try',
    text: `UPDATE application SET tries = tries + 1 WHERE application_id = $1 AND tries < $2
           RETURNING otp_hash, tries, expires_at, body`,
    values: [id, triesMost],
  });
  return row ?? null;
}

type Outcome = { readonly member_no: number | null; readonly device_no: number | null };

export async function lockedOutcome(tx: Tx, id: string): Promise<Outcome | null> {
  const [row] = await tx.rows<Outcome>({
    name: 'application-outcome',
    text: 'SELECT member_no, device_no FROM application WHERE application_id = $1 FOR UPDATE',
    values: [id],
  });
  return row ?? null;
}

export async function setOutcome(
  tx: Tx,
  { id, memberNo, deviceNo }: { readonly id: string; readonly memberNo: number; readonly deviceNo: number },
): Promise<void> {
  await tx.rows({
    name: 'set-application-outcome',
    text: 'UPDATE application SET member_no = $2, device_no = $3 WHERE application_id = $1',
    values: [id, memberNo, deviceNo],
  });
}
