import type { TallyAddress, TallyAnswer, TallySource, TallyTarget } from '../../adapters/ports.ts';
import { TallyStopped } from './failures.ts';

/** What a run has cost Tally so far. */
export type Costs = { requestCount: number; tallyMilliseconds: number; byteCount: number };

/** One run's conversation with a Tally: every request is counted, and the first that fails ends the run. */
export type Talk = {
  readonly source: TallySource;
  readonly address: TallyAddress;
  readonly signal: AbortSignal;
  readonly costs: Costs;
};

export function talkWith(source: TallySource, address: TallyAddress, signal: AbortSignal): Talk {
  return { source, address, signal, costs: { requestCount: 0, tallyMilliseconds: 0, byteCount: 0 } };
}

/** The value of an answer; what stands between us and Tally is thrown. */
export async function ask<T>(talk: Talk, asked: Promise<TallyAnswer<T>>): Promise<T> {
  const answer = await answerOf(talk, asked);
  if (!answer.ok) throw new TallyStopped(answer.failure);
  return answer.value;
}

/** The answer itself, for whoever goes on after a failure. */
export async function answerOf<T>(talk: Talk, asked: Promise<TallyAnswer<T>>): Promise<TallyAnswer<T>> {
  talk.signal.throwIfAborted();
  talk.costs.requestCount += 1;
  const answer = await asked;
  // A stop that came while the answer did must not be followed by a write.
  talk.signal.throwIfAborted();
  if (answer.ok) {
    talk.costs.tallyMilliseconds += Math.round(answer.cost.milliseconds);
    talk.costs.byteCount += answer.cost.byteCount;
  }
  return answer;
}

export function targetOf(talk: Talk, company: string, isPatient = false): TallyTarget {
  return { address: talk.address, company, signal: talk.signal, isPatient };
}
