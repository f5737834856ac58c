import type { Day } from '#domain/days.ts';
import { byteas } from './arrays.ts';
import type { Tx } from './database.ts';

/** That somebody known by another identifier is the same subject, as a member says. */
export type Alias = { readonly otherKey: Buffer; readonly subjectKey: Buffer };

export async function addAliases(
  tx: Tx,
  { memberNo, seenOn, aliases }: { memberNo: number; seenOn: Day; aliases: readonly Alias[] },
): Promise<void> {
  if (aliases.length === 0) return;
  await tx.rows({
    name: 'add-aliases',
    text: `INSERT INTO alias AS t (member_no, seen_on, other_key, subject_key)
           SELECT DISTINCT $1::bigint, $2::date, w.* FROM unnest($3::bytea[], $4::bytea[]) AS w
           ON CONFLICT (other_key, subject_key, member_no) DO UPDATE SET seen_on = excluded.seen_on
           WHERE t.seen_on < excluded.seen_on`,
    values: [
      memberNo,
      seenOn,
      byteas(aliases.map(({ otherKey }) => otherKey)),
      byteas(aliases.map(({ subjectKey }) => subjectKey)),
    ],
  });
}
