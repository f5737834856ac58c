import type { Day } from '#domain/days.ts';
import { isLive } from '#domain/registry/merge.ts';
import type { DueState } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type DueKeyRow = {
  readonly subject_key: Buffer;
  readonly member_no: number;
  readonly due_ref: Buffer;
};

export type AgeWish = { readonly until: Day; readonly most: number };

export async function agedSettled(tx: Tx, { until, most }: AgeWish): Promise<readonly DueKeyRow[]> {
  return await tx.rows<DueKeyRow>({
    name: 'aged-settled',
    text: `SELECT subject_key, member_no, due_ref FROM due WHERE settled_on IS NOT NULL AND settled_on <= $1
           ORDER BY settled_on LIMIT $2`,
    values: [until, most],
  });
}

/** Of natural persons, and of whom only a mobile is known. */
export async function agedSettledOfPersons(tx: Tx, { until, most }: AgeWish): Promise<readonly DueKeyRow[]> {
  return await tx.rows<DueKeyRow>({
    name: 'aged-settled-of-persons',
    text: `SELECT subject_key, member_no, due_ref FROM due
           WHERE settled_on IS NOT NULL AND entity IN ('P', 'unknown') AND settled_on <= $1
           ORDER BY settled_on LIMIT $2`,
    values: [until, most],
  });
}

export async function agedUnsettled(tx: Tx, { until, most }: AgeWish): Promise<readonly DueKeyRow[]> {
  return await tx.rows<DueKeyRow>({
    name: 'aged-unsettled',
    text: `SELECT subject_key, member_no, due_ref FROM due WHERE settled_on IS NULL AND due_on <= $1
           ORDER BY due_on LIMIT $2`,
    values: [until, most],
  });
}

export async function withdrawnBefore(
  tx: Tx,
  { before, most }: { readonly before: number; readonly most: number },
): Promise<readonly DueKeyRow[]> {
  return await tx.rows<DueKeyRow>({
    name: 'withdrawn-before',
    text: `SELECT subject_key, member_no, due_ref FROM member_due
           WHERE gone_at < $1 ORDER BY gone_at LIMIT $2`,
    values: [instant(before), most],
  });
}

/** Whose debtor's word was upheld by then. */
export async function foundFalse(tx: Tx, { until, most }: AgeWish): Promise<readonly DueKeyRow[]> {
  return await tx.rows<DueKeyRow>({
    name: 'found-false',
    text: `SELECT DISTINCT d.subject_key, d.member_no, d.due_ref FROM due d
           JOIN dispute p ON p.subject_key = d.subject_key AND p.member_no = d.member_no AND p.due_ref = d.due_ref
           WHERE d.dispute = 'resolved_for_debtor' AND p.state = 'resolved_for_debtor'
             AND coalesce(p.closed_on, p.answered_on, p.opened_on) <= $1
           LIMIT $2`,
    values: [until, most],
  });
}

export type ErasedDue = DueKeyRow & {
  readonly evidence_hash: Buffer | null;
  readonly state: DueState;
  readonly held: boolean;
  /** UTC milliseconds. */
  readonly reported_at: number;
};

/** Row, salt and all: what its leaf in the log was made of is nobody's to say any more. Those that went. */
export async function eraseDues(tx: Tx, keys: readonly DueKeyRow[]): Promise<readonly ErasedDue[]> {
  const columns = [
    keys.map((key) => key.subject_key),
    keys.map((key) => key.member_no),
    keys.map((key) => key.due_ref),
  ];
  const gone = await tx.rows<ErasedDue>({
    name: 'erase-dues',
    text: `DELETE FROM due d USING unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS w (subject_key, member_no, due_ref)
           WHERE d.subject_key = w.subject_key AND d.member_no = w.member_no AND d.due_ref = w.due_ref
           RETURNING d.subject_key, d.member_no, d.due_ref, d.evidence_hash, d.state, d.held, d.reported_at`,
    values: columns,
  });
  await tx.rows({
    name: 'erase-member-dues',
    text: `DELETE FROM member_due d
           USING unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS w (subject_key, member_no, due_ref)
           WHERE d.member_no = w.member_no AND d.due_ref = w.due_ref AND d.subject_key = w.subject_key`,
    values: columns,
  });
  await eraseEvidence(tx, gone);
  await countErased(tx, gone);
  return gone;
}

/** An invoice stays claimed where its due goes on under another subject. */
async function eraseEvidence(tx: Tx, gone: readonly ErasedDue[]): Promise<void> {
  const proofs = gone.flatMap(({ evidence_hash: hash, member_no: memberNo, due_ref: dueRef }) =>
    hash === null ? [] : [{ hash, memberNo, dueRef }],
  );
  if (proofs.length === 0) return;
  const going = await tx.rows<Pick<DueKeyRow, 'member_no' | 'due_ref'>>({
    name: 'dues-that-go-on',
    text: `SELECT t.member_no, t.due_ref FROM unnest($1::bigint[], $2::bytea[]) AS w (member_no, due_ref)
           JOIN member_due t ON t.member_no = w.member_no AND t.due_ref = w.due_ref WHERE t.state <> 'withdrawn'`,
    values: [proofs.map((one) => one.memberNo), proofs.map((one) => one.dueRef)],
  });
  const keyOf = (memberNo: number, dueRef: Buffer): string => `${memberNo} ${dueRef.toString('hex')}`;
  const goOn = new Set(going.map(({ member_no, due_ref }) => keyOf(member_no, due_ref)));
  const free = proofs.filter(({ memberNo, dueRef }) => !goOn.has(keyOf(memberNo, dueRef)));
  await tx.rows({
    name: 'erase-evidence',
    text: `DELETE FROM evidence e USING unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS w (evidence_hash, member_no, due_ref)
           WHERE e.evidence_hash = w.evidence_hash AND e.member_no = w.member_no AND e.due_ref = w.due_ref`,
    values: [free.map((one) => one.hash), free.map((one) => one.memberNo), free.map((one) => one.dueRef)],
  });
}

/** What was owed until now, and held or not, counts for its member no longer. */
async function countErased(tx: Tx, gone: readonly ErasedDue[]): Promise<void> {
  const live = gone.filter(({ state }) => isLive(state));
  const byMember = [...Map.groupBy(live, ({ member_no }) => member_no)].toSorted(([a], [b]) => a - b);
  if (byMember.length === 0) return;
  await tx.rows({
    name: 'count-erased',
    text: `UPDATE member m SET live_dues = greatest(0, m.live_dues - w.live),
             held_dues = greatest(0, m.held_dues - w.held)
           FROM unnest($1::bigint[], $2::integer[], $3::integer[]) AS w (member_no, live, held)
           WHERE m.member_no = w.member_no`,
    values: [
      byMember.map(([memberNo]) => memberNo),
      byMember.map(([, own]) => own.length),
      byMember.map(([, own]) => own.filter(({ held }) => held).length),
    ],
  });
}
