import type { TallyLook } from '#contract/engine/sync.ts';

/** What to tell when no company was found: an answering Tally says more than a silent port. */
export function tellingLook(looks: readonly TallyLook[]): TallyLook | undefined {
  return (
    looks.find(({ product, failure }) => product !== null && failure !== null) ??
    looks.find(({ failure }) => failure !== null && failure.code !== 'tally-not-running') ??
    looks.find(({ failure }) => failure !== null)
  );
}
