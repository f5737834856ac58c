import type { Tx } from './database.ts';

export type Claim = { readonly hash: Buffer; readonly dueRef: Buffer };

export type ClaimRow = {
  readonly evidence_hash: Buffer;
  readonly member_no: number;
  readonly due_ref: Buffer;
};

/** Whose each invoice is after this: whoever reported it first. In the order of hashes, so that nobody waits in a ring. */
export async function claimEvidence(
  tx: Tx,
  memberNo: number,
  claims: readonly Claim[],
): Promise<readonly ClaimRow[]> {
  if (claims.length === 0) return [];
  const sorted = claims.toSorted((a, b) => Buffer.compare(a.hash, b.hash));
  const hashes = sorted.map(({ hash }) => hash);
  await tx.rows({
    name: 'claim-evidence',
    text: `INSERT INTO evidence (member_no, evidence_hash, due_ref)
           SELECT $1, w.* FROM unnest($2::bytea[], $3::bytea[]) AS w
           ON CONFLICT (evidence_hash) DO NOTHING`,
    values: [memberNo, hashes, sorted.map(({ dueRef }) => dueRef)],
  });
  return await tx.rows<ClaimRow>({
    name: 'evidence-owners',
    text: 'SELECT evidence_hash, member_no, due_ref FROM evidence WHERE evidence_hash = ANY($1)',
    values: [hashes],
  });
}

/** A due that was withdrawn frees its invoice: somebody else's may be the right one. */
export async function freeEvidence(tx: Tx, memberNo: number, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await tx.rows({
    name: 'free-evidence',
    text: 'DELETE FROM evidence WHERE evidence_hash = ANY($1) AND member_no = $2 AND due_ref = ANY($3)',
    values: [claims.map(({ hash }) => hash), memberNo, claims.map(({ dueRef }) => dueRef)],
  });
}
