import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';

/** A suspended member may read, settle and answer; he may not publish, ask or check. One who left is on his way out. */
export function refuseSuspended({ status }: Caller): void {
  if (status === 'left') throw new ProblemError('revoked_key', 'This membership has ended.');
  if (status === 'suspended') throw new ProblemError('suspended', 'This membership is suspended.');
}
