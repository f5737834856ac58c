import type { EndpointName } from '#contract/registry.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';

// What a member may call at all, whatever he says in it.

/** Who he is, on which machines, and that he goes: nothing of that is about anybody else. */
const PENDING_MAY: readonly EndpointName[] = ['me', 'leave', 'enrol', 'revoke', 'epoch'];

/** Nobody has looked yet who this is: he learns nothing, and nothing of what he says is taken. */
function refusePending({ status }: Caller, name: EndpointName): void {
  if (status === 'pending' && !PENDING_MAY.includes(name))
    throw new ProblemError(
      'member_pending',
      'The registry has not confirmed this business yet. It looks the GSTIN up and calls the number that the tax portal shows.',
    );
}

/** Whoever joined to report only may not look, and whoever joined to look only may not report. */
export function refusePurpose({ purpose }: Caller, wanted: 'publish' | 'check'): void {
  if (purpose !== 'both' && purpose !== wanted)
    throw new ProblemError(
      'purpose',
      wanted === 'check'
        ? 'This membership is for reporting dues only. Join again to ask about customers as well.'
        : 'This membership is for asking about customers only. Join again to report dues as well.',
    );
}

/** Judged at the door, before a byte of the body is read. */
export function refuseAtDoor(caller: Caller, name: EndpointName): void {
  refusePending(caller, name);
  // A batch may settle and withdraw whatever its sender joined for, and a consent is judged by what it is for.
  if (name === 'check') refusePurpose(caller, 'check');
}
