import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { TERMS_VERSION } from './limits.ts';

/** What members agree to, in both languages; its SHA-256 is told in /meta. */
export function termsText(): string {
  return readFileSync(path.join(import.meta.dirname, `terms-${TERMS_VERSION}.md`), 'utf8');
}

export function addTerms(app: FastifyInstance): void {
  app.get('/terms', { schema: { hide: true } }, (_request, reply) => {
    void reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=3600');
    return termsText();
  });
}
