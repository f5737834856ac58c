export type Progress = { readonly done: number; readonly of: number };

/** Runs work that tells how far it is, as a stream of what it told last and, at the end, what it came to. */
export async function* withProgress<T>(
  work: (tell: (progress: Progress) => void) => Promise<T>,
): AsyncGenerator<Progress, T, void> {
  let latest: Progress | null = null;
  let wake: () => void = () => undefined;
  let isDone = false;
  const result = work((progress) => {
    latest = progress;
    wake();
  }).finally(() => {
    isDone = true;
    wake();
  });
  // Whoever stops listening leaves nobody to hear of a failure.
  result.catch(() => undefined);
  for (;;) {
    const told: Progress | null = latest;
    latest = null;
    if (told !== null) yield told;
    else if (isDone) return await result;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

/** Lets waiting calls and aborts through before a long piece of work goes on. */
export function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Drives steps to their end with a rest after each, and stops between two of them when asked to. */
export async function* inSteps<T>(
  steps: Generator<number, T, void>,
  signal: AbortSignal | undefined,
): AsyncGenerator<number, T, void> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield step.value;
    await rest();
    signal?.throwIfAborted();
  }
}
