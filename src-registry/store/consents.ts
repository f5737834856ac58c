import type { Assurance, ConsentState, PurposeCode } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type ConsentRow = {
  readonly member_no: number;
  readonly consent_id: string;
  readonly subject_key: Buffer;
  /** JSON of what was asked, without the contact. */
  readonly request: string;
  readonly purpose: PurposeCode;
  readonly state: ConsentState;
  readonly assurance: Assurance;
  readonly lang: 'en' | 'hi';
  readonly asked_at: number;
  readonly expires_at: number;
  readonly life_days: number;
  readonly contact_key: Buffer;
  readonly held_until: number | null;
  readonly artefact: string | null;
  readonly check_id: string | null;
};

const COLUMNS = `member_no, consent_id, subject_key, request, purpose, state, assurance, lang, asked_at, expires_at,
  life_days, contact_key, held_until, artefact, check_id`;

export async function consentOf(tx: Tx, memberNo: number, consentId: string): Promise<ConsentRow | null> {
  const [row] = await tx.rows<ConsentRow>({
    name: 'consent',
    text: `SELECT ${COLUMNS} FROM consent WHERE member_no = $1 AND consent_id = $2`,
    values: [memberNo, consentId],
  });
  return row ?? null;
}

/** Locked until the commit. */
export async function lockedConsent(tx: Tx, memberNo: number, consentId: string): Promise<ConsentRow | null> {
  const [row] = await tx.rows<ConsentRow>({
    name: 'locked-consent',
    text: `SELECT ${COLUMNS} FROM consent WHERE member_no = $1 AND consent_id = $2 FOR UPDATE`,
    values: [memberNo, consentId],
  });
  return row ?? null;
}

/** Ids of what this member asked of a subject and nobody answered yet. */
export async function openConsents(
  tx: Tx,
  {
    memberNo,
    subjectKey,
    purpose,
    now,
  }: {
    readonly memberNo: number;
    readonly subjectKey: Uint8Array;
    readonly purpose: PurposeCode;
    readonly now: number;
  },
): Promise<readonly string[]> {
  const rows = await tx.rows<{ readonly consent_id: string }>({
    name: 'open-consents',
    text: `SELECT consent_id FROM consent WHERE member_no = $1 AND subject_key = $2 AND purpose = $3
             AND state IN ('sent', 'held') AND expires_at > $4`,
    values: [memberNo, subjectKey, purpose, instant(now)],
  });
  return rows.map(({ consent_id }) => consent_id);
}

export type NewConsent = Omit<ConsentRow, 'artefact' | 'check_id'> & {
  /** SHA-256 of the secret in the address that the debtor is sent. */
  readonly link: Uint8Array;
};

export async function insertConsent(tx: Tx, one: NewConsent): Promise<void> {
  const expires = instant(one.expires_at);
  await tx.rows({
    name: 'insert-consent',
    text: `INSERT INTO consent (member_no, consent_id, subject_key, request, purpose, state, assurance, lang, asked_at,
             expires_at, life_days, contact_key, link, held_until)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    values: [
      one.member_no,
      one.consent_id,
      one.subject_key,
      one.request,
      one.purpose,
      one.state,
      one.assurance,
      one.lang,
      instant(one.asked_at),
      expires,
      one.life_days,
      one.contact_key,
      one.link,
      one.held_until === null ? null : instant(one.held_until),
    ],
  });
  await tx.rows({
    name: 'insert-consent-of-subject',
    text: `INSERT INTO consent_of_subject (subject_key, consent_id, member_no, purpose, state, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [one.subject_key, one.consent_id, one.member_no, one.purpose, one.state, expires],
  });
  await tx.rows({
    name: 'insert-consent-link',
    text: 'INSERT INTO consent_link (link, member_no, consent_id, expires_at) VALUES ($1, $2, $3, $4)',
    values: [one.link, one.member_no, one.consent_id, expires],
  });
}

export type ConsentStep = {
  readonly memberNo: number;
  readonly consentId: string;
  readonly subjectKey: Uint8Array;
  readonly state: ConsentState;
  readonly assurance: Assurance;
  readonly artefact: string | null;
};

/** The row is locked by whoever calls this. */
export async function setConsentState(tx: Tx, step: ConsentStep): Promise<void> {
  await tx.rows({
    name: 'set-consent-state',
    text: `UPDATE consent SET state = $3, assurance = $4, artefact = $5, held_until = NULL
           WHERE member_no = $1 AND consent_id = $2`,
    values: [step.memberNo, step.consentId, step.state, step.assurance, step.artefact],
  });
  await setStateOfSubject(tx, step);
}

export async function setStateOfSubject(
  tx: Tx,
  {
    subjectKey,
    consentId,
    memberNo,
    state,
  }: Pick<ConsentStep, 'subjectKey' | 'consentId' | 'memberNo' | 'state'>,
): Promise<void> {
  await tx.rows({
    name: 'set-consent-of-subject-state',
    text: 'UPDATE consent_of_subject SET state = $4 WHERE subject_key = $1 AND consent_id = $2 AND member_no = $3',
    values: [subjectKey, consentId, memberNo, state],
  });
}

export async function insertLink(
  tx: Tx,
  {
    link,
    memberNo,
    consentId,
    expiresAt,
  }: {
    readonly link: Uint8Array;
    readonly memberNo: number;
    readonly consentId: string;
    readonly expiresAt: number;
  },
): Promise<void> {
  await tx.rows({
    name: 'insert-another-link',
    text: 'INSERT INTO consent_link (link, member_no, consent_id, expires_at) VALUES ($1, $2, $3, $4)',
    values: [link, memberNo, consentId, instant(expiresAt)],
  });
}

export async function consentOfLink(
  tx: Tx,
  link: Uint8Array,
): Promise<{ readonly member_no: number; readonly consent_id: string } | null> {
  const [row] = await tx.rows<{ readonly member_no: number; readonly consent_id: string }>({
    name: 'consent-of-link',
    text: 'SELECT member_no, consent_id FROM consent_link WHERE link = $1',
    values: [link],
  });
  return row ?? null;
}

type Of = { readonly member_no: number; readonly consent_id: string };
type OfSubject = Of & Pick<ConsentRow, 'purpose' | 'state'>;

/** Those that stand or wait first: members choose the ids, and one who asks and drops over and over buries nothing. */
export async function consentsOfSubject(tx: Tx, subjectKey: Uint8Array): Promise<readonly OfSubject[]> {
  return await tx.rows<OfSubject>({
    name: 'consents-of-subject',
    text: `SELECT member_no, consent_id, purpose, state FROM consent_of_subject WHERE subject_key = $1
           ORDER BY state IN ('sent', 'held', 'granted') DESC, consent_id DESC LIMIT 500`,
    values: [subjectKey],
  });
}

/** Held until then or longer ago. */
export async function heldConsents(tx: Tx, now: number): Promise<readonly Of[]> {
  return await tx.rows<Of>({
    name: 'held-consents',
    text: `SELECT member_no, consent_id FROM consent WHERE held_until <= $1 ORDER BY held_until LIMIT 500`,
    values: [instant(now)],
  });
}

export async function isBlocked(tx: Tx, subjectKey: Uint8Array, memberNo: number): Promise<boolean> {
  const rows = await tx.rows({
    name: 'is-blocked',
    text: 'SELECT 1 FROM blocked_member WHERE subject_key = $1 AND member_no = $2',
    values: [subjectKey, memberNo],
  });
  return rows.length > 0;
}

export async function blockedMembers(tx: Tx, subjectKey: Uint8Array): Promise<readonly number[]> {
  const rows = await tx.rows<{ readonly member_no: number }>({
    name: 'blocked-members',
    text: 'SELECT member_no FROM blocked_member WHERE subject_key = $1 ORDER BY at, member_no LIMIT 1000',
    values: [subjectKey],
  });
  return rows.map(({ member_no }) => member_no);
}

export async function setBlocked(
  tx: Tx,
  {
    subjectKey,
    memberNo,
    at,
  }: { readonly subjectKey: Uint8Array; readonly memberNo: number; readonly at: number | null },
): Promise<void> {
  if (at === null)
    await tx.rows({
      name: 'unblock-member',
      text: 'DELETE FROM blocked_member WHERE subject_key = $1 AND member_no = $2',
      values: [subjectKey, memberNo],
    });
  else
    await tx.rows({
      name: 'block-member',
      text: `INSERT INTO blocked_member (subject_key, member_no, at) VALUES ($1, $2, $3)
             ON CONFLICT (subject_key, member_no) DO NOTHING`,
      values: [subjectKey, memberNo, instant(at)],
    });
}

/** Looked at again then. */
export async function holdOn(
  tx: Tx,
  {
    memberNo,
    consentId,
    until,
  }: { readonly memberNo: number; readonly consentId: string; readonly until: number },
): Promise<void> {
  await tx.rows({
    name: 'hold-consent-on',
    text: 'UPDATE consent SET held_until = $3 WHERE member_no = $1 AND consent_id = $2',
    values: [memberNo, consentId, instant(until)],
  });
}

/** Released, or still held but not looked at again. */
export async function endHold(tx: Tx, step: Omit<ConsentStep, 'artefact'>): Promise<void> {
  await tx.rows({
    name: 'end-consent-hold',
    text: `UPDATE consent SET state = $3, assurance = $4, held_until = NULL WHERE member_no = $1 AND consent_id = $2`,
    values: [step.memberNo, step.consentId, step.state, step.assurance],
  });
  await setStateOfSubject(tx, step);
}
