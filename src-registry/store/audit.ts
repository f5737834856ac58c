import type { Day } from '#domain/days.ts';
import type { DueState, EntityKind, EvidenceGrade } from '#domain/registry/words.ts';
import type { Tx } from './database.ts';

// Everything that can be proved, read for the audit. Whole tables, in pages by their keys.

export async function nextMember(tx: Tx, after: number): Promise<number | null> {
  const [row] = await tx.rows<{ readonly member_no: number }>({
    name: 'audit-next-member',
    text: 'SELECT member_no FROM member WHERE member_no > $1 ORDER BY member_no LIMIT 1',
    values: [after],
  });
  return row?.member_no ?? null;
}

export type AuditBatch = {
  readonly batch_id: string;
  readonly device_no: number;
  readonly epoch: number;
  readonly seq: number;
  readonly kind: string;
  readonly full_id: string | null;
  readonly digest: Buffer;
  readonly root: Buffer;
  readonly header: string;
  readonly signature: Buffer;
  readonly body: Buffer | null;
  readonly received_at: number;
  readonly receipt: string;
  readonly leaf: Buffer;
};

export async function batchesAfter(
  tx: Tx,
  memberNo: number,
  after: string,
  most: number,
): Promise<readonly AuditBatch[]> {
  return await tx.rows<AuditBatch>({
    name: 'audit-batches',
    text: `SELECT batch_id, device_no, epoch, seq, kind, full_id, digest, root, header, signature, body, received_at,
             receipt, leaf
           FROM submission WHERE member_no = $1 AND batch_id > $2 ORDER BY batch_id LIMIT $3`,
    values: [memberNo, after, most],
  });
}

export type AuditMemberDue = {
  readonly due_ref: Buffer;
  readonly subject_key: Buffer;
  readonly ver: number;
  readonly state: DueState;
  readonly settled_on: Day | null;
  readonly open_p: number;
  readonly content: Buffer;
};

export async function memberDuesAll(tx: Tx, memberNo: number): Promise<readonly AuditMemberDue[]> {
  return await tx.rows<AuditMemberDue>({
    name: 'audit-member-dues',
    text: `SELECT due_ref, subject_key, ver, state, settled_on, open_p, content FROM member_due WHERE member_no = $1`,
    values: [memberNo],
  });
}

export type AuditDue = {
  readonly subject_key: Buffer;
  readonly due_ref: Buffer;
  readonly ver: number;
  readonly state: DueState;
  readonly entity: EntityKind;
  readonly invoice_on: Day;
  readonly due_on: Day;
  readonly amount_p: number;
  readonly open_p: number;
  readonly settled_on: Day | null;
  readonly evidence: EvidenceGrade;
  readonly evidence_hash: Buffer | null;
  readonly basis_consent: string | null;
  readonly subject: string;
  readonly salt: Buffer;
  readonly batch_id: string;
  readonly item_at: number;
  readonly content: Buffer;
  readonly reported_at: number;
};

export async function duesUnder(
  tx: Tx,
  memberNo: number,
  subjectKeys: readonly Buffer[],
): Promise<readonly AuditDue[]> {
  return await tx.rows<AuditDue>({
    name: 'audit-dues',
    text: `SELECT subject_key, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p, settled_on, evidence,
             evidence_hash, basis_consent, subject, salt, batch_id, item_at, content, reported_at
           FROM due WHERE subject_key = ANY($1) AND member_no = $2`,
    values: [[...subjectKeys], memberNo],
  });
}

/** Subjects who asked to be forgotten: what is missing of them is rightly gone. */
export async function erasedOf(tx: Tx, subjectKeys: readonly Buffer[]): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'audit-erased',
    text: 'SELECT subject_key FROM erase_request WHERE subject_key = ANY($1)',
    values: [[...subjectKeys]],
  });
  return rows.map(({ subject_key }) => subject_key);
}

export type AuditDevice = { readonly device_no: number; readonly public_key: Buffer };

export async function deviceKeys(tx: Tx, memberNo: number): Promise<readonly AuditDevice[]> {
  return await tx.rows<AuditDevice>({
    name: 'audit-devices',
    text: 'SELECT device_no, public_key FROM device WHERE member_no = $1',
    values: [memberNo],
  });
}

export type Counts = {
  readonly batches: number;
  readonly dues: number;
  readonly member_dues: number;
  readonly leaves: number;
  readonly tiles: number;
};

/** Rows there are at all: none may be left over once each was found where it belongs. */
export async function countAll(tx: Tx): Promise<Counts> {
  const [row] = await tx.rows<Counts>({
    text: `SELECT (SELECT count(*) FROM submission)::bigint AS batches, (SELECT count(*) FROM due)::bigint AS dues,
             (SELECT count(*) FROM member_due)::bigint AS member_dues,
             (SELECT count(*) FROM log_leaf)::bigint AS leaves, (SELECT count(*) FROM log_tile)::bigint AS tiles`,
  });
  return row ?? { batches: 0, dues: 0, member_dues: 0, leaves: 0, tiles: 0 };
}

export type AuditArtefact = { readonly artefact: string };

/** Of every consent that was ever given: their leaves are in the log, too. */
export async function artefactsOf(tx: Tx, memberNo: number): Promise<readonly AuditArtefact[]> {
  return await tx.rows<AuditArtefact>({
    name: 'audit-artefacts',
    text: 'SELECT artefact FROM consent WHERE member_no = $1 AND artefact IS NOT NULL',
    values: [memberNo],
  });
}
