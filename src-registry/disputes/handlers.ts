import type { Handlers } from '../api/app.ts';
import type { Registry } from '../registry.ts';
import { answerDispute } from './disputing.ts';

type DisputeHandlers = Pick<Handlers, 'answerDispute'>;

export function disputeHandlers(registry: Registry): DisputeHandlers {
  return {
    answerDispute: ({ caller, params, body }) => answerDispute(registry, caller, params['id'] ?? '', body),
  };
}
