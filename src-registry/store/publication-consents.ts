import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type PublicationConsent = { readonly consent_id: string; readonly subject_key: Buffer };

/** Those of these that debtors gave this member for publication, and that hold: neither taken back nor at their end. */
export async function publicationConsents(
  tx: Tx,
  {
    memberNo,
    ids,
    now,
  }: { readonly memberNo: number; readonly ids: readonly string[]; readonly now: number },
): Promise<readonly PublicationConsent[]> {
  if (ids.length === 0) return [];
  return await tx.rows<PublicationConsent>({
    name: 'publication-consents',
    text: `SELECT consent_id, subject_key FROM consent
           WHERE member_no = $1 AND consent_id = ANY($2) AND purpose = 'TC02' AND state = 'granted'
             AND expires_at > $3`,
    values: [memberNo, [...ids], instant(now)],
  });
}
