import type { Handlers } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import type { Registry } from '../registry.ts';
import { headNow } from './checkpoints.ts';
import { consistencyText } from './proofs.ts';

type LogHandlers = Pick<Handlers, 'checkpoint' | 'logProof'>;

export function logHandlers(registry: Registry): LogHandlers {
  return {
    checkpoint: async ({ setHeader }) => {
      setHeader('cache-control', 'public, max-age=1');
      return (await headNow(registry)).checkpoint;
    },
    logProof: async ({ query, setHeader }) => {
      const [from, to] = [Number(query['from']), Number(query['to'])];
      const { size } = await headNow(registry);
      if (to > size) throw new ProblemError('not_found', `The log has ${size} leaves.`);
      if (from > to)
        throw new ProblemError('bad_request', 'A log does not shrink.', { at: 'querystring/from' });
      setHeader('cache-control', 'public, max-age=31536000, immutable');
      return await consistencyText(registry.store, from, to);
    },
  };
}
