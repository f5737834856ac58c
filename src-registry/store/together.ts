import { isUndone } from './database.ts';

// What several callers ask at the same time goes to the database as one statement: one way there and back, one plan, one
// commit on the disk for all of them. Nobody is answered before the commit that holds his own part.

export type Together<Ask, Answer> = {
  /** Asks in one statement. One at a time where tables are spread over machines: a statement should ask one of them. */
  readonly most: number;
  /** Statements at once; what comes in meanwhile goes with the next. */
  readonly atOnce: number;
  /** Two asks with the same are never in one statement. */
  readonly keyOf: (ask: Ask) => string;
  /** Asks with the same key that wait together are asked once, and all told the same: for what only reads. */
  readonly isShared?: boolean;
  readonly one: (ask: Ask) => Promise<Answer>;
  /** In the order of the asks. All or nothing: it must be one statement or one transaction. */
  readonly many: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
};

type Waiting<Ask, Answer> = {
  readonly ask: Ask;
  readonly key: string;
  readonly answer: Promise<Answer>;
  readonly resolve: (answer: Answer | PromiseLike<Answer>) => void;
  readonly reject: (error: unknown) => void;
};

export function together<Ask, Answer>(wish: Together<Ask, Answer>): (ask: Ask) => Promise<Answer> {
  let queue: Waiting<Ask, Answer>[] = [];
  let running = 0;
  let isPlanned = false;

  const plan = (): void => {
    if (isPlanned || running >= wish.atOnce || queue.length === 0) return;
    isPlanned = true;
    // What arrived in the same turn of the loop goes together.
    setImmediate(() => {
      isPlanned = false;
      const { taken, left } = parted(queue, wish.most);
      queue = left;
      running += 1;
      void answered(taken, wish).finally(() => {
        running -= 1;
        plan();
      });
      plan();
    });
  };

  return (ask) => {
    const key = wish.keyOf(ask);
    const same = wish.isShared === true ? queue.find((one) => one.key === key) : undefined;
    if (same) return same.answer;
    const { promise: answer, resolve, reject } = Promise.withResolvers<Answer>();
    queue.push({ ask, key, answer, resolve, reject });
    plan();
    return answer;
  };
}

function parted<W extends { readonly key: string }>(
  queue: readonly W[],
  most: number,
): { readonly taken: readonly W[]; readonly left: W[] } {
  const keys = new Set<string>();
  const [taken, left]: [W[], W[]] = [[], []];
  for (const one of queue) {
    if (keys.size < most && !keys.has(one.key)) taken.push(one);
    else left.push(one);
    keys.add(one.key);
  }
  return { taken, left };
}

/** One that the database refuses must not fail the others: then each goes by itself. */
async function answered<Ask, Answer>(
  taken: readonly Waiting<Ask, Answer>[],
  { one, many }: Together<Ask, Answer>,
): Promise<void> {
  if (taken.length > 1) {
    try {
      const answers = await many(taken.map(({ ask }) => ask));
      if (answers.length !== taken.length) throw new Error('There are not as many answers as asks.');
      for (const [at, answer] of answers.entries()) taken[at]?.resolve(answer);
      return;
    } catch (error) {
      // Where the connection broke, nobody knows what was done: whoever asked is told, and asks again.
      if (!isUndone(error)) {
        for (const { reject } of taken) reject(error);
        return;
      }
    }
  }
  await Promise.all(taken.map(async ({ ask, resolve, reject }) => await one(ask).then(resolve, reject)));
}
