import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runModel, WEIGHTS } from './run.ts';
import { randomFrom, shrunk, stepsOf } from './steps.ts';

const RUNS = Number(process.env['BAAKI_MODEL_RUNS'] ?? 0);
const FROM = Number(process.env['BAAKI_MODEL_SEED'] ?? 0);
const STEPS = 45;

const FIXED = [1, 2, 3, 4];

function seeds(): readonly number[] {
  if (RUNS > 0) return Array.from({ length: RUNS }, (_, at) => FROM + at + 1);
  return [...FIXED, randomInt(1_000_000), randomInt(1_000_000)];
}

for (const seed of seeds()) {
  it(`books that live on are those of Tally, whatever happened: ${seed}`, async () => {
    const steps = stepsOf(randomFrom(seed), STEPS, WEIGHTS);
    let first: unknown = null;
    try {
      await runModel(seed, steps);
    } catch (error) {
      first = error;
    }
    if (first === null || process.env['BAAKI_MODEL_SHRINK'] === undefined) {
      expect(first).toBeNull();
      return;
    }
    let last: unknown = first;
    const least = await shrunk(steps, async (some) => {
      try {
        await runModel(seed, some);
        return false;
      } catch (error) {
        last = error;
        return true;
      }
    });
    const told = last instanceof Error ? `${last.message}\n${last.stack}` : 'It threw what is no error.';
    expect(`${told}\n${JSON.stringify(least)}`).toBe('');
  }, 600_000);
}
