import { TILE_PATH } from '#contract/registry.ts';
import { readTilePath } from '#domain/registry/tiles.ts';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../api/problem.ts';
import type { Registry } from '../registry.ts';
import { hashesIn } from './read-tiles.ts';
import { tilesAt } from '../store/log.ts';

/**
 * Tiles of C2SP tlog-tiles, beside the wire's table. They never change and may be kept anywhere. Bundles of entries
 * (tile/entries/…) are not given: a header tells which member reported how much, and the log proves without telling it.
 */
export function addTiles(app: FastifyInstance, registry: Registry): void {
  app.get<{ Params: { '*': string } }>(
    `/v1${TILE_PATH}*`,
    { schema: { hide: true } },
    async ({ params }, reply) => {
      const at = readTilePath(`tile/${params['*']}`);
      if (at === null) throw new ProblemError('not_found', 'That is no tile.');
      const [tile] = await tilesAt(registry.store, [at]);
      const hashes = hashesIn(tile?.hashes ?? new Uint8Array(0));
      if (hashes.length < at.width) throw new ProblemError('not_found', 'The log has not grown so far.');
      return await reply
        .type('application/octet-stream')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(Buffer.concat(hashes.slice(0, at.width)));
    },
  );
}
