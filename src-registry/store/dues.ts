import type { Day } from '#domain/days.ts';
import { isLive } from '#domain/registry/merge.ts';
import type { DueState, EntityKind, EvidenceGrade } from '#domain/registry/words.ts';
import { instant } from '../clock.ts';
import { bigints, booleans, byteas, dates, integers, texts, uuids } from './arrays.ts';
import type { Tx } from './database.ts';

/** A due as it goes into the tables; what the registry itself adds to it is not touched by this. */
export type DueWrite = {
  readonly subjectKey: Buffer;
  readonly dueRef: Buffer;
  readonly ver: number;
  readonly state: DueState;
  readonly entity: EntityKind;
  readonly invoiceDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: number;
  readonly openPaise: number;
  readonly settledDay: Day | null;
  readonly evidence: EvidenceGrade;
  readonly evidenceHash: Buffer | null;
  readonly consentId: string | null;
  /** JSON of the subject's tokens, as the item has them. */
  readonly subject: string;
  readonly salt: Buffer;
  readonly itemAt: number;
  readonly content: Buffer;
  /** Null where it takes no judging to say it: it is owed no longer. */
  readonly judged: Buffer | null;
  /** Counts only for one that is new. */
  readonly isHeld: boolean;
};

export type DuesOf = {
  readonly memberNo: number;
  readonly batchId: string;
  readonly at: number;
  readonly dues: readonly DueWrite[];
};

/** A batch goes in with one statement: arrays, so that it is prepared once, however many there are. */
const ROWS_MOST = 500;

/**
 * What the debtor was told of was another thing: a larger amount, an earlier day, or one whose dispute ended because it was
 * called settled and which is owed again. He is told anew, and until then nobody sees it.
 */
const IS_NEWS = `excluded.state NOT IN ('settled', 'withdrawn') AND (excluded.amount_p > t.amount_p
      OR excluded.due_on < t.due_on OR (t.state = 'settled' AND t.dispute = 'resolved_paid'))`;

/** The larger version stays, whatever order they come in. A settlement ends the dispute that is open, and saying it again does not. */
const UPSERT_DUES = `INSERT INTO due AS t (member_no, batch_id, reported_at, subject_key, due_ref, ver, state, entity,
    invoice_on, due_on, amount_p, open_p, settled_on, evidence, evidence_hash, basis_consent, subject, salt, item_at,
    content, held)
  SELECT $1, $2, $3, w.* FROM unnest($4::bytea[], $5::bytea[], $6::bigint[], $7::text[], $8::text[], $9::date[],
    $10::date[], $11::bigint[], $12::bigint[], $13::date[], $14::text[], $15::bytea[], $16::uuid[], $17::text[],
    $18::bytea[], $19::integer[], $20::bytea[], $21::boolean[]) AS w
  ON CONFLICT (subject_key, member_no, due_ref) DO UPDATE SET ver = excluded.ver, state = excluded.state,
    entity = excluded.entity, invoice_on = excluded.invoice_on, due_on = excluded.due_on,
    amount_p = excluded.amount_p, open_p = excluded.open_p, settled_on = excluded.settled_on,
    evidence = excluded.evidence, evidence_hash = excluded.evidence_hash, basis_consent = excluded.basis_consent,
    subject = excluded.subject, salt = excluded.salt, batch_id = excluded.batch_id, item_at = excluded.item_at,
    content = excluded.content, questioned = 0,
    dispute = CASE WHEN excluded.state = 'settled' AND t.state <> 'settled' AND t.dispute IN ('open', 'contested')
      THEN 'resolved_paid' ELSE t.dispute END,
    notice_on = CASE WHEN ${IS_NEWS} THEN NULL ELSE t.notice_on END,
    reminded = CASE WHEN ${IS_NEWS} THEN 0 ELSE t.reminded END
  WHERE t.ver < excluded.ver`;

/** One that is owed no longer, as it stands now. */
export type EndedDue = {
  readonly due_ref: Buffer;
  readonly subject_key: Buffer;
  readonly dispute: string | null;
  readonly held: boolean;
  readonly notice_on: Day | null;
};

/** Those of them that are owed no longer; what came with a version that is not newer is not among them. */
export async function upsertDues(tx: Tx, { dues, ...of }: DuesOf): Promise<readonly EndedDue[]> {
  const [going, over] = [
    dues.filter(({ state }) => isLive(state)),
    dues.filter(({ state }) => !isLive(state)),
  ];
  await inParts(going, (part) =>
    tx.rows({ name: 'upsert-dues', text: UPSERT_DUES, values: upsertValues({ ...of, dues: part }) }),
  );
  const byPlace = new Map(over.map((due) => [due.itemAt, due]));
  const rows = await inParts(over, (part) =>
    tx.rows<Omit<EndedDue, 'due_ref' | 'subject_key'> & { readonly item_at: number }>({
      name: 'upsert-ended-dues',
      text: `${UPSERT_DUES} RETURNING item_at, dispute, held, notice_on`,
      values: upsertValues({ ...of, dues: part }),
    }),
  );
  return rows.flatMap(({ item_at, ...row }) => {
    const due = byPlace.get(item_at);
    return due ? [{ ...row, due_ref: due.dueRef, subject_key: due.subjectKey }] : [];
  });
}

function upsertValues({ memberNo, batchId, at, dues }: DuesOf): readonly unknown[] {
  return [
    memberNo,
    batchId,
    instant(at),
    byteas(dues.map((due) => due.subjectKey)),
    byteas(dues.map((due) => due.dueRef)),
    bigints(dues.map((due) => due.ver)),
    texts(dues.map((due) => due.state)),
    texts(dues.map((due) => due.entity)),
    dates(dues.map((due) => due.invoiceDay)),
    dates(dues.map((due) => due.dueDay)),
    bigints(dues.map((due) => due.amountPaise)),
    bigints(dues.map((due) => due.openPaise)),
    dates(dues.map((due) => due.settledDay)),
    texts(dues.map((due) => due.evidence)),
    byteas(dues.map((due) => due.evidenceHash)),
    uuids(dues.map((due) => due.consentId)),
    texts(dues.map((due) => due.subject)),
    byteas(dues.map((due) => due.salt)),
    integers(dues.map((due) => due.itemAt)),
    byteas(dues.map((due) => due.content)),
    booleans(dues.map((due) => due.isHeld)),
  ];
}

async function inParts<One, Row>(
  all: readonly One[],
  write: (part: readonly One[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < all.length; from += ROWS_MOST)
    rows.push(...(await write(all.slice(from, from + ROWS_MOST))));
  return rows;
}

export type MemberDueRow = {
  readonly due_ref: Buffer;
  readonly subject_key: Buffer;
  readonly ver: number;
  readonly state: DueState;
  readonly settled_on: Day | null;
  readonly open_p: number;
  readonly content: Buffer;
  readonly judged: Buffer | null;
};

/** What the member's dues of these references last said, under whichever subject. */
export async function memberDuesOf(
  tx: Tx,
  memberNo: number,
  dueRefs: readonly Buffer[],
): Promise<readonly MemberDueRow[]> {
  if (dueRefs.length === 0) return [];
  return await tx.rows<MemberDueRow>({
    name: 'member-dues',
    // Joined and not compared with ANY: a plan that was made without statistics compares each of his rows with each of them.
    text: `SELECT t.due_ref, t.subject_key, t.ver, t.state, t.settled_on, t.open_p, t.content, t.judged
           FROM unnest($2::bytea[]) AS w (due_ref)
           JOIN member_due t ON t.member_no = $1 AND t.due_ref = w.due_ref`,
    values: [memberNo, byteas(dueRefs)],
  });
}

export async function upsertMemberDues(
  tx: Tx,
  { memberNo, at, dues }: Omit<DuesOf, 'batchId'>,
): Promise<void> {
  await inParts(dues, (part) =>
    tx.rows({
      name: 'upsert-member-dues',
      text: `INSERT INTO member_due AS t (member_no, seen_at, due_ref, subject_key, ver, state, settled_on, open_p,
               content, judged, gone_at)
             SELECT $1, $2, w.*, CASE WHEN w.state = 'withdrawn' THEN $2::timestamptz END FROM unnest($3::bytea[], $4::bytea[], $5::bigint[], $6::text[], $7::date[],
               $8::bigint[], $9::bytea[], $10::bytea[]) AS w (due_ref, subject_key, ver, state, settled_on, open_p, content, judged)
             ON CONFLICT (member_no, due_ref, subject_key) DO UPDATE SET ver = excluded.ver, state = excluded.state,
               settled_on = excluded.settled_on, open_p = excluded.open_p, content = excluded.content,
               judged = excluded.judged, seen_at = excluded.seen_at, gone_at = excluded.gone_at, questioned = 0
             WHERE t.ver < excluded.ver`,
      values: [
        memberNo,
        instant(at),
        byteas(part.map((due) => due.dueRef)),
        byteas(part.map((due) => due.subjectKey)),
        bigints(part.map((due) => due.ver)),
        texts(part.map((due) => due.state)),
        dates(part.map((due) => due.settledDay)),
        bigints(part.map((due) => due.openPaise)),
        byteas(part.map((due) => due.content)),
        byteas(part.map((due) => due.judged)),
      ],
    }),
  );
}
