import type { BookFile, WriteTx } from '../../storage/database.ts';
import type { BookContext } from '../door.ts';
import { planAtOnce, planNow, type Planned } from './plan-now.ts';
import { oneByOne } from './turns.ts';

const PLANS_MOST = 5;
/** In turns with others; after that nobody gets between the plan and its use but another process. */
const IN_TURNS_MOST = 2;

/**
 * Plans, and writes with that plan in one transaction. Somebody may write while it is planned, another process even after
 * it: then it is planned again. Inside the transaction nobody can.
 */
export async function withPlan<T>(
  context: BookContext,
  work: (tx: WriteTx, planned: Planned) => T,
): Promise<T> {
  const { db } = context;
  return oneByOne(db, () =>
    withPlans(context, async (planned) => writeIf(db, planned.version, (tx) => work(tx, planned))),
  );
}

/** Tries with one plan after the other until something comes of it; the last ones are `isAtOnce`, with nothing in between. */
export async function withPlans<T>(
  context: BookContext,
  attempt: (planned: Planned, isAtOnce: boolean) => Promise<{ readonly value: T } | null>,
): Promise<T> {
  for (let times = 0; times < PLANS_MOST; times += 1) {
    const isAtOnce = times >= IN_TURNS_MOST;
    const planned = isAtOnce ? planAtOnce(context) : await planNow(context);
    const made = await attempt(planned, isAtOnce);
    if (made !== null) return made.value;
  }
  throw new Error('The book is being written to so often that no plan holds.');
}

/** Null where the book is no longer the one that was planned with. */
export function writeIf<T>(
  db: BookFile,
  version: string,
  work: (tx: WriteTx) => T,
): { readonly value: T } | null {
  return db.write((tx) => (db.version() === version ? { value: work(tx) } : null));
}
