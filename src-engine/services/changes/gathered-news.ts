import type { Noun } from '#contract/engine/changes.ts';
import type { Context } from '../door.ts';
import { pause } from '../sync/runner.ts';

const TELL_EVERY_MS = 250;

type News = { nouns: Noun[] };

/**
 * What changed from this call on: told at once after a rest, else gathered and told together, a few times a second at most.
 * A message that leaves is several changes, and hundreds leave in a second. Ends when nobody listens.
 */
export function gatheredNews(
  { watch }: Pick<Context, 'watch'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<News, void> {
  const stop = new AbortController();
  const news = watch(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
  const gathered = new Set<Noun>();
  let moved = Promise.withResolvers<void>();
  const listening = (async (): Promise<void> => {
    for await (const { nouns } of news) {
      for (const noun of nouns) gathered.add(noun);
      moved.resolve();
    }
  })();
  // Whoever reads is told of it; nobody may be reading yet.
  listening.catch(() => undefined);
  return (async function* told(): AsyncGenerator<News, void> {
    try {
      for (;;) {
        await Promise.race([moved.promise, listening]);
        if (gathered.size === 0) return;
        const nouns = [...gathered];
        gathered.clear();
        moved = Promise.withResolvers();
        yield { nouns };
        await pause(TELL_EVERY_MS, signal);
      }
    } finally {
      stop.abort();
    }
  })();
}
