import type { TallyFailureShown } from '#contract/engine/sync.ts';
import { formatDay, type Day } from '#domain/days.ts';
import type { TallyFailure, TallyFailureCode } from '../../adapters/ports.ts';

/** What ended the reading of a Tally. Thrown, because it may come at any of a sync's many requests. */
export class TallyStopped extends Error {
  readonly failure: TallyFailure;
  constructor(failure: TallyFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

type More = { readonly values?: Readonly<Record<string, string | number>>; readonly isFinal?: boolean };

function failure(code: TallyFailureCode, sentence: string, { values, isFinal }: More = {}): TallyFailure {
  return { code, sentence, retryable: isFinal !== true, ...(values === undefined ? {} : { values }) };
}

export function noCompany(): TallyFailure {
  return failure(
    'tally-no-company',
    'No company is open in Tally, or it waits for a password. Open the company in Tally.',
  );
}

export function otherCompany(name: string): TallyFailure {
  const sentence = `The company “${name}” is not open in Tally. Open it there; Baaki goes on by itself.`;
  return failure('tally-other-company', sentence, { values: { company: name } });
}

export function sameName(name: string): TallyFailure {
  const sentence = `Two companies named “${name}” are open in Tally. Close one of them, or rename it.`;
  return failure('tally-same-name', sentence, { values: { company: name } });
}

export function groupCompany(name: string): TallyFailure {
  const sentence = `“${name}” is a group company. Open the company itself in Tally.`;
  return failure('tally-group-company', sentence, { values: { company: name }, isFinal: true });
}

/** Not an error: all is read anew, and the user should know why. */
export function restored(name: string): TallyFailure {
  const sentence = `A backup of “${name}” was restored in Tally. Baaki reads everything anew.`;
  return failure('tally-restored', sentence, { values: { company: name } });
}

export function moved(times: number): TallyFailure {
  const sentence = `The books changed ${times} times while they were read. Baaki tries again in a few minutes.`;
  return failure('tally-moved', sentence, { values: { times } });
}

export function truncated(expected: number, read: number): TallyFailure {
  const sentence = `Tally sent ${read} of ${expected} entries. Nothing of it was taken; Baaki asks again.`;
  return failure('tally-truncated', sentence, { values: { expected, read } });
}

export function windowTruncated(on: Day): TallyFailure {
  const day = formatDay(on);
  const sentence = `The vouchers of ${day} do not arrive whole. Nothing of them was taken; Baaki asks again later.`;
  return failure('tally-truncated', sentence, { values: { day } });
}

/** As the door shows it, and as it is kept. */
export function showFailure({ code, sentence, retryable, values }: TallyFailure): TallyFailureShown {
  return { code, sentence, retryable, ...(values === undefined ? {} : { values: { ...values } }) };
}
