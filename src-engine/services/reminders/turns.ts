/** So long a long reckoning may keep everybody else waiting. */
const TURN_MS = 10;

/** Goes through steps of a reckoning, lets others have their turn in between, and stops early when nobody waits for it. */
export async function* inTurns<T>(steps: Iterable<T | null>, signal?: AbortSignal): AsyncGenerator<T, void> {
  let since = performance.now();
  for (const step of steps) {
    if (step !== null) yield step;
    if (performance.now() - since < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) return;
    since = performance.now();
  }
}
