/** Something of ours that the registry needs is not there just now: trying again later helps. */
export class AwayError extends Error {
  override readonly name = 'AwayError';
}

export function isAway(error: unknown): boolean {
  return error instanceof AwayError;
}
