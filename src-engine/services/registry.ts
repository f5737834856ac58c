import { bookDoor } from './door.ts';
import { candidatesNow } from './registry/candidates.ts';
import { checkCalls } from './registry/check.ts';
import { consentCalls } from './registry/consents.ts';
import { disputeCalls } from './registry/disputes.ts';
import { evidenceCalls } from './registry/evidence.ts';
import { leaveCalls } from './registry/leave.ts';
import { membershipCalls } from './registry/membership.ts';
import { previewCalls } from './registry/preview.ts';
import { publishCalls } from './registry/publish.ts';
import { syncSteps } from './registry/sync.ts';

export const registry = {
  ...membershipCalls,
  ...leaveCalls,
  ...publishCalls,
  ...previewCalls,
  ...evidenceCalls,
  ...disputeCalls,
  ...consentCalls,
  ...checkCalls,
  candidates: bookDoor.registry.candidates.handler(({ context, input }) => candidatesNow(context, input)),
  sync: bookDoor.registry.sync.handler(async function* ({ context, signal }) {
    yield* syncSteps(context, { isAsked: true, signal: signal ?? new AbortController().signal });
  }),
};
