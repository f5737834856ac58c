import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

// What is kept for minutes or a day (docs/registry.md 5).

/** How many went. */
export async function dropNonces(tx: Tx, before: number): Promise<number> {
  const gone = await tx.rows({
    name: 'drop-nonces',
    text: 'DELETE FROM nonce WHERE expires_at < $1 RETURNING 1',
    values: [instant(before)],
  });
  return gone.length;
}

/** Ids of those whose sealed words can be forgotten now. */
export async function dropApplications(tx: Tx, before: number): Promise<readonly string[]> {
  const gone = await tx.rows<{ readonly application_id: string }>({
    name: 'drop-applications',
    text: 'DELETE FROM application WHERE expires_at < $1 RETURNING application_id',
    values: [instant(before)],
  });
  return gone.map(({ application_id }) => application_id);
}

export async function dropCounts(tx: Tx, before: Day): Promise<void> {
  await tx.rows({
    name: 'drop-otp-counts',
    text: 'DELETE FROM otp_count WHERE day < $1',
    values: [before],
  });
  await tx.rows({ name: 'drop-quotas', text: 'DELETE FROM quota WHERE day < $1', values: [before] });
}
