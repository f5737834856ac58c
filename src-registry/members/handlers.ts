import type { Handlers } from '../api/app.ts';
import type { Registry } from '../registry.ts';
import { memberOf } from '../store/members.ts';
import { meAnswer, metaAnswer } from './answers.ts';
import { blinding } from './blind.ts';
import { enrol, leave, revoke, startEpoch } from './devices.ts';
import { confirmJoin, join } from './join.ts';

type MemberHandlers = Pick<
  Handlers,
  'meta' | 'join' | 'confirmJoin' | 'me' | 'leave' | 'enrol' | 'revoke' | 'epoch' | 'blind'
>;

export function memberHandlers(registry: Registry): MemberHandlers {
  const blind = blinding(registry);
  const meta = metaAnswer(registry);
  return {
    meta: () => Promise.resolve(meta),
    join: ({ body }) => join(registry, body),
    confirmJoin: ({ body }) => confirmJoin(registry, body),
    me: async ({ caller: { memberNo, deviceNo } }) => {
      const member = await memberOf(registry.store, memberNo);
      if (member === null) throw new Error('A member who signed is not there.');
      return await meAnswer(registry, member, deviceNo);
    },
    leave: ({ caller }) => leave(registry, caller),
    enrol: ({ caller, body }) => enrol(registry, caller, body),
    revoke: ({ caller, params }) => revoke(registry, caller, params['device'] ?? ''),
    epoch: ({ caller, body }) => startEpoch(registry, caller, body),
    blind: ({ caller, body }) => blind(caller, body),
  };
}
