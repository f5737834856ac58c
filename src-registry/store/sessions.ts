import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type SessionRow = {
  readonly session_id: string;
  readonly subject_key: Buffer;
  readonly contact_key: Buffer;
  readonly is_whole: boolean;
  /** Of one consent's address: it opens no page. */
  readonly is_link: boolean;
  readonly otp_hash: Buffer | null;
  readonly tries: number;
  readonly secret_hash: Buffer | null;
  readonly csrf: string | null;
  readonly expires_at: number;
};

const COLUMNS =
  'session_id, subject_key, contact_key, is_whole, is_link, otp_hash, tries, secret_hash, csrf, expires_at';

export type NewSession = Pick<SessionRow, 'session_id' | 'expires_at' | 'is_whole' | 'is_link'> & {
  readonly subject_key: Uint8Array;
  readonly contact_key: Uint8Array;
  readonly otp_hash: Uint8Array;
};

/** One that is not open yet may be asked for again, with another password. */
export async function insertSession(tx: Tx, one: NewSession): Promise<void> {
  await tx.rows({
    name: 'insert-session',
    text: `INSERT INTO session AS s (session_id, subject_key, contact_key, is_whole, otp_hash, expires_at, is_link)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (session_id) DO UPDATE SET tries = 0, otp_hash = excluded.otp_hash, expires_at = excluded.expires_at
           WHERE s.secret_hash IS NULL`,
    values: [
      one.session_id,
      one.subject_key,
      one.contact_key,
      one.is_whole,
      one.otp_hash,
      instant(one.expires_at),
      one.is_link,
    ],
  });
}

type Try = { readonly sessionId: string; readonly isLink: boolean; readonly triesMost: number };

/** Takes one of its tries before anything is compared. Null for one of the other kind. */
export async function takeSessionTry(
  tx: Tx,
  { sessionId, isLink, triesMost }: Try,
): Promise<SessionRow | null> {
  const [row] = await tx.rows<SessionRow>({
    name: 'take-session-try',
    text: `UPDATE session SET tries = tries + 1 WHERE session_id = $1 AND tries < $2 AND is_link = $3 AND otp_hash IS NOT NULL
           RETURNING ${COLUMNS}`,
    values: [sessionId, triesMost, isLink],
  });
  return row ?? null;
}

export type Opened = {
  readonly sessionId: string;
  readonly secretHash: Uint8Array;
  readonly csrf: string;
  readonly isWhole: boolean;
  readonly expiresAt: number;
};

/** False where it is open already: a password opens once. */
export async function openSessionRow(tx: Tx, opened: Opened): Promise<boolean> {
  const rows = await tx.rows({
    name: 'open-session',
    text: `UPDATE session SET otp_hash = NULL, secret_hash = $2, csrf = $3, is_whole = $4, expires_at = $5
           WHERE session_id = $1 AND otp_hash IS NOT NULL RETURNING session_id`,
    values: [opened.sessionId, opened.secretHash, opened.csrf, opened.isWhole, instant(opened.expiresAt)],
  });
  return rows.length > 0;
}

export async function sessionOf(tx: Tx, sessionId: string): Promise<SessionRow | null> {
  const [row] = await tx.rows<SessionRow>({
    name: 'session',
    text: `SELECT ${COLUMNS} FROM session WHERE session_id = $1`,
    values: [sessionId],
  });
  return row ?? null;
}

export async function dropSession(tx: Tx, sessionId: string): Promise<void> {
  await tx.rows({
    name: 'drop-session',
    text: 'DELETE FROM session WHERE session_id = $1',
    values: [sessionId],
  });
}

export async function dropSessions(tx: Tx, before: number): Promise<number> {
  const gone = await tx.rows({
    name: 'drop-sessions',
    text: 'DELETE FROM session WHERE expires_at <= $1 RETURNING 1',
    values: [instant(before)],
  });
  return gone.length;
}

/** Nobody's page stays open that was opened from this contact. */
export async function dropSessionsOf(
  tx: Tx,
  { subjectKey, contactKey }: { readonly subjectKey: Uint8Array; readonly contactKey: Uint8Array },
): Promise<void> {
  await tx.rows({
    text: 'DELETE FROM session WHERE subject_key = $1 AND contact_key = $2',
    values: [subjectKey, contactKey],
  });
}
