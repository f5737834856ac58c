import type { Change } from '#contract/registry/batches.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type NewChange = Omit<Change, 'n' | 'at'>;

/**
 * Tells a member of something, in the transaction in which it happens. The number comes from the member's own row, which
 * stays locked until the commit: numbers are committed in their order, so that no reader passes one over.
 */
export async function addChange(
  tx: Tx,
  { memberNo, at, change }: { readonly memberNo: number; readonly at: number; readonly change: NewChange },
): Promise<number> {
  const [head] = await tx.rows<{ readonly n: number }>({
    name: 'next-change',
    text: `INSERT INTO feed_head AS h (member_no, n) VALUES ($1, 1)
           ON CONFLICT (member_no) DO UPDATE SET n = h.n + 1 RETURNING n`,
    values: [memberNo],
  });
  const n = head?.n ?? 0;
  await tx.rows({
    name: 'add-change',
    text: 'INSERT INTO feed (member_no, n, at, change) VALUES ($1, $2, $3, $4)',
    values: [memberNo, n, instant(at), JSON.stringify(change)],
  });
  return n;
}

type Changes = {
  readonly memberNo: number;
  readonly at: number;
  readonly changes: readonly NewChange[];
};

/** Several at once, in their order. */
export async function addChanges(tx: Tx, { memberNo, at, changes }: Changes): Promise<void> {
  if (changes.length === 0) return;
  const [head] = await tx.rows<{ readonly n: number }>({
    name: 'next-changes',
    text: `INSERT INTO feed_head AS h (member_no, n) VALUES ($1, $2)
           ON CONFLICT (member_no) DO UPDATE SET n = h.n + $2 RETURNING n`,
    values: [memberNo, changes.length],
  });
  const first = (head?.n ?? changes.length) - changes.length + 1;
  await tx.rows({
    name: 'add-changes',
    text: `INSERT INTO feed (member_no, at, n, change)
           SELECT $1, $2, w.* FROM unnest($3::bigint[], $4::text[]) AS w`,
    values: [
      memberNo,
      instant(at),
      changes.map((_change, index) => first + index),
      changes.map((change) => JSON.stringify(change)),
    ],
  });
}

export type FeedRow = { readonly n: number; readonly at: number; readonly change: string };

export type News = {
  /** Behind the cursor, oldest first. */
  readonly rows: readonly FeedRow[];
  /** The number of the newest there is; 0 before the first. */
  readonly last: number;
};

export async function changesAfter(tx: Tx, memberNo: number, cursor: number, most: number): Promise<News> {
  const rows = await tx.rows<
    { readonly [K in keyof FeedRow]: FeedRow[K] | null } & { readonly last: number }
  >({
    name: 'changes-after',
    text: `SELECT h.n AS last, f.n, f.at, f.change FROM feed_head h
           LEFT JOIN feed f ON f.member_no = h.member_no AND f.member_no = $1 AND f.n > $2
           WHERE h.member_no = $1 ORDER BY f.n LIMIT $3`,
    values: [memberNo, cursor, most],
  });
  return {
    rows: rows.flatMap(({ n, at, change }) =>
      n === null || at === null || change === null ? [] : [{ n, at, change }],
    ),
    last: rows[0]?.last ?? 0,
  };
}
