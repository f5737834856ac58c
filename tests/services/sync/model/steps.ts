// A run of the model is a list of steps that bear nothing but numbers. What a number means depends on the books as they
// are when the step is taken, so that any part of the list is a run too: that is what makes shrinking simple.

export type Step = { readonly act: string; readonly n: readonly number[] };

export type Random = (below: number) => number;

/** The same numbers for the same seed, on every machine. */
export function randomFrom(seed: number): Random {
  let state = (seed * 2_654_435_761 + 97) >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const NUMBERS = 6;
const NUMBER_MOST = 10_000;

export type Weights = Readonly<Record<string, number>>;

/** So many steps, each act as often as its weight says. */
export function stepsOf(random: Random, count: number, weights: Weights): readonly Step[] {
  const bag = Object.entries(weights).flatMap(([act, weight]) => Array.from({ length: weight }, () => act));
  return Array.from({ length: count }, () => ({
    act: bag[random(bag.length)] ?? '',
    n: Array.from({ length: NUMBERS }, () => random(NUMBER_MOST)),
  }));
}

/** The steps of a failing run without those that it fails without; `fails` is asked at most so often. */
export async function shrunk(
  steps: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
  most = 120,
): Promise<readonly Step[]> {
  let least = steps;
  let asked = 0;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length && asked < most;) {
      const without = [...least.slice(0, at), ...least.slice(at + size)];
      asked += 1;
      if (await fails(without)) least = without;
      else at += size;
    }
  }
  return least;
}
