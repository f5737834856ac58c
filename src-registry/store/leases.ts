import type { Day } from '#domain/days.ts';
import { instant } from '../clock.ts';
import type { Tx } from './database.ts';

export type Lease = {
  readonly name: string;
  /** Of this run of the job. */
  readonly holder: string;
  readonly now: number;
  readonly until: number;
};

/** Takes it, or holds it longer. False where another run has it. */
export async function takeLease(tx: Tx, { name, holder, now, until }: Lease): Promise<boolean> {
  const rows = await tx.rows({
    name: 'take-lease',
    text: `INSERT INTO job_lease AS l (name, holder, until) VALUES ($1, $2, $3)
           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
           WHERE l.holder = excluded.holder OR l.until <= $4 RETURNING name`,
    values: [name, holder, instant(until), instant(now)],
  });
  return rows.length > 0;
}

export async function giveBackLease(
  tx: Tx,
  { name, holder, now, doneOn }: Pick<Lease, 'name' | 'holder' | 'now'> & { readonly doneOn: Day | null },
): Promise<void> {
  await tx.rows({
    name: 'give-back-lease',
    text: `UPDATE job_lease SET until = $3, done_on = CASE WHEN $4::date IS NULL THEN done_on ELSE $4::date END
           WHERE name = $1 AND holder = $2`,
    values: [name, holder, instant(now), doneOn],
  });
}

/** The day on which it last came to its end. */
export async function leaseDoneOn(tx: Tx, name: string): Promise<Day | null> {
  const [row] = await tx.rows<{ readonly done_on: Day | null }>({
    name: 'lease-done-on',
    text: 'SELECT done_on FROM job_lease WHERE name = $1',
    values: [name],
  });
  return row?.done_on ?? null;
}
