import type { Tx } from './database.ts';

export type PublicationConsent = { readonly consent_id: string; readonly subject_key: Buffer };

/** Those of these that debtors gave this member for publication, and did not take back. */
export async function publicationConsents(
  tx: Tx,
  memberNo: number,
  ids: readonly string[],
): Promise<readonly PublicationConsent[]> {
  if (ids.length === 0) return [];
  return await tx.rows<PublicationConsent>({
    name: 'publication-consents',
    text: `SELECT consent_id, subject_key FROM consent
           WHERE member_no = $1 AND consent_id = ANY($2) AND purpose = 'TC02' AND state = 'granted'`,
    values: [memberNo, [...ids]],
  });
}
