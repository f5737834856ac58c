export type Dice = {
  /** A number in [0, 1). */
  readonly next: () => number;
  readonly between: (from: number, to: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
};

/** mulberry32: small, seeded, the same on every machine. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(from: readonly T[]): T => {
    const one = from[between(0, from.length - 1)];
    if (one === undefined) throw new Error('Nothing to pick from.');
    return one;
  };
  return { next, between, pick };
}
