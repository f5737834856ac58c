export type NewestOnly<Wish> = {
  /** Asks for this next; a wish that was still waiting is dropped. */
  readonly want: (wish: Wish) => void;
  /** Resolves when nothing is under way and nothing waits. */
  readonly settled: () => Promise<void>;
  /** Nothing that is still under way will be shown. */
  readonly stop: () => void;
};

type Wishes<Wish> = {
  /** Asks and shows. Never called again before it is done; `isWanted` turns false once it was stopped. */
  readonly ask: (wish: Wish, isWanted: () => boolean) => Promise<void>;
  readonly onFailed: (error: unknown) => void;
};

/**
 * One question at a time, the newest next. While a slider is dragged, days come faster than answers: what is skipped
 * was never looked at, and nothing piles up at the door.
 */
export function newestOnly<Wish>({ ask, onFailed }: Wishes<Wish>): NewestOnly<Wish> {
  let next: { readonly wish: Wish } | undefined;
  let round = 0;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    while (next) {
      const { wish } = next;
      next = undefined;
      const own = round;
      try {
        // One after the other is the point.
        // oxlint-disable-next-line no-await-in-loop
        await ask(wish, () => own === round);
      } catch (error) {
        if (own === round) onFailed(error);
      }
    }
    running = undefined;
  };

  return {
    want: (wish) => {
      next = { wish };
      running ??= run();
    },
    settled: async () => running,
    stop: () => {
      round += 1;
      next = undefined;
    },
  };
}
