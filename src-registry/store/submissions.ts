import type { Day } from '#domain/days.ts';
import type { BatchKind } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { MemberStatus } from '../members/status.ts';
import type { Tx } from './database.ts';

export type SenderRow = {
  readonly epoch: number;
  readonly public_key: Buffer;
  readonly revoked_at: number | null;
  readonly last_seq: number;
  readonly status: MemberStatus;
  readonly live_dues: number;
  readonly base_dues: number;
  readonly base_on: Day | null;
  readonly held_dues: number;
  readonly stopped_on: Day | null;
};

/** The device that made a batch. The member's row stays locked until the commit: his batches are taken one by one. */
export async function lockedSender(tx: Tx, memberNo: number, deviceNo: number): Promise<SenderRow | null> {
  const [row] = await tx.rows<SenderRow>({
    name: 'lock-sender',
    text: `SELECT d.epoch, d.public_key, d.revoked_at, d.last_seq, m.status, m.live_dues, m.base_dues, m.base_on,
             m.held_dues, m.stopped_on
           FROM member m JOIN device d ON d.member_no = m.member_no
           WHERE m.member_no = $1 AND d.member_no = $1 AND d.device_no = $2 FOR UPDATE OF m`,
    values: [memberNo, deviceNo],
  });
  return row ?? null;
}

export type NewSubmission = {
  readonly memberNo: number;
  readonly batchId: string;
  readonly deviceNo: number;
  readonly epoch: number;
  readonly seq: number;
  readonly kind: BatchKind;
  readonly fullId: string | null;
  readonly digest: Uint8Array;
  readonly root: Uint8Array;
  readonly header: string;
  readonly signature: Uint8Array;
  readonly body: Uint8Array;
  readonly receivedAt: number;
  readonly leaf: Uint8Array;
};

/** False where this batch is here already, be it that another connection has only just written it. */
export async function addSubmission(tx: Tx, of: NewSubmission): Promise<boolean> {
  const made = await tx.rows({
    name: 'add-submission',
    text: `INSERT INTO submission (member_no, batch_id, device_no, epoch, seq, kind, full_id, digest, root, header,
             signature, body, received_at, leaf, receipt)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '')
           ON CONFLICT (member_no, batch_id) DO NOTHING RETURNING batch_id`,
    values: [
      of.memberNo,
      of.batchId,
      of.deviceNo,
      of.epoch,
      of.seq,
      of.kind,
      of.fullId,
      of.digest,
      of.root,
      of.header,
      of.signature,
      of.body,
      instant(of.receivedAt),
      of.leaf,
    ],
  });
  return made.length > 0;
}

export type SubmissionRow = {
  readonly digest: Buffer;
  /** JSON of what was answered, without its place in the log. */
  readonly receipt: string;
  readonly header: string;
  readonly leaf: Buffer;
  /** As it was sent; null once it was kept long enough. */
  readonly body: Buffer | null;
};

export async function submissionOf(tx: Tx, memberNo: number, batchId: string): Promise<SubmissionRow | null> {
  const [row] = await tx.rows<SubmissionRow>({
    name: 'submission',
    text: 'SELECT digest, receipt, header, leaf, body FROM submission WHERE member_no = $1 AND batch_id = $2',
    values: [memberNo, batchId],
  });
  return row ?? null;
}

/** The same without the body. */
export async function receiptOf(
  tx: Tx,
  memberNo: number,
  batchId: string,
): Promise<Pick<SubmissionRow, 'digest' | 'receipt' | 'leaf'> | null> {
  const [row] = await tx.rows<Pick<SubmissionRow, 'digest' | 'receipt' | 'leaf'>>({
    name: 'receipt',
    text: 'SELECT digest, receipt, leaf FROM submission WHERE member_no = $1 AND batch_id = $2',
    values: [memberNo, batchId],
  });
  return row ?? null;
}

type Done = {
  readonly memberNo: number;
  readonly batchId: string;
  readonly receipt: string;
};

export async function setReceipt(tx: Tx, { memberNo, batchId, receipt }: Done): Promise<void> {
  await tx.rows({
    name: 'set-receipt',
    text: 'UPDATE submission SET receipt = $3 WHERE member_no = $1 AND batch_id = $2',
    values: [memberNo, batchId, receipt],
  });
}

type Counted = {
  readonly memberNo: number;
  readonly deviceNo: number;
  readonly epoch: number;
  readonly seq: number;
};

/** Batches of an earlier epoch, which came late, do not count. */
export async function setLastSeq(tx: Tx, { memberNo, deviceNo, epoch, seq }: Counted): Promise<void> {
  await tx.rows({
    name: 'set-last-seq',
    text: `UPDATE device SET last_seq = $4
           WHERE member_no = $1 AND device_no = $2 AND epoch = $3 AND last_seq < $4`,
    values: [memberNo, deviceNo, epoch, seq],
  });
}

type Swing = {
  readonly memberNo: number;
  readonly live: number;
  readonly base: number;
  readonly baseOn: Day;
  readonly held: number;
  /** Of this batch. */
  readonly said: number;
  readonly unmatched: number;
};

export async function setSwing(tx: Tx, of: Swing): Promise<void> {
  await tx.rows({
    name: 'set-swing',
    text: `UPDATE member SET live_dues = $2, base_dues = $3, base_on = $4, held_dues = $5,
             said_items = said_items + $6::bigint, unmatched_items = unmatched_items + $7::bigint
           WHERE member_no = $1`,
    values: [of.memberNo, of.live, of.base, of.baseOn, of.held, of.said, of.unmatched],
  });
}

export type FullParts = { readonly began_at: number | null; readonly ends: number };

/** When the first part of a full reconcile came, and how many last parts there are, this one with it. */
export async function fullParts(tx: Tx, memberNo: number, fullId: string): Promise<FullParts> {
  const [row] = await tx.rows<FullParts>({
    name: 'full-parts',
    text: `SELECT min(received_at) AS began_at, count(*) FILTER (WHERE kind = 'full_end')::integer AS ends
           FROM submission WHERE member_no = $1 AND full_id = $2`,
    values: [memberNo, fullId],
  });
  return row ?? { began_at: null, ends: 0 };
}
