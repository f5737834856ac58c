import type { FastifyInstance } from 'fastify';
import type { Registry } from '../registry.ts';
import { ProblemError } from './problem.ts';

/** Whether the database and the blinder answer: what a load balancer asks. */
export function addHealth(app: FastifyInstance, { store, blinder }: Registry): void {
  app.get('/health', { schema: { hide: true } }, async () => {
    try {
      await store.rows({ name: 'health', text: 'SELECT 1' });
      await blinder.blind([{ kind: 'mobile', value: '0' }]);
    } catch {
      throw new ProblemError('unavailable', 'The registry cannot reach what it needs just now.', {
        retryAfterSeconds: 15,
      });
    }
    return { status: 'ok' };
  });
}
