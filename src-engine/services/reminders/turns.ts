/** So long a long reckoning may keep everybody else waiting. */
const TURN_MS = 10;

/** What steps of a reckoning come to, made in one go: everybody else waits for it. */
export function atOnce<T>(steps: Iterable<T | null>): T {
  let made: T | null = null;
  for (const step of steps) made = step ?? made;
  return thing(made);
}

/** The same, with turns for others in between. */
export async function madeInTurns<T>(steps: Iterable<T | null>): Promise<T> {
  let made: T | null = null;
  for await (const step of inTurns(steps)) made = step;
  return thing(made);
}

function thing<T>(made: T | null): T {
  if (made === null) throw new Error('A reckoning came to nothing.');
  return made;
}

/** Lets everything happen that waits by now. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const lasts = new WeakMap<object, Promise<unknown>>();

/** What is asked for a book comes one after the other, however often each of them lets others have their turn. */
export async function oneByOne<T>(book: object, work: () => Promise<T>): Promise<T> {
  const before = lasts.get(book) ?? Promise.resolve();
  const made = before.then(work, work);
  lasts.set(book, made);
  return made;
}

/** Goes through steps of a reckoning, lets others have their turn in between, and stops early when nobody waits for it. */
export async function* inTurns<T>(steps: Iterable<T | null>, signal?: AbortSignal): AsyncGenerator<T, void> {
  let since = performance.now();
  for (const step of steps) {
    if (step !== null) yield step;
    if (performance.now() - since < TURN_MS) continue;
    await othersTurn();
    if (signal?.aborted === true) return;
    since = performance.now();
  }
}
