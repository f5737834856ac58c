import { gzipSync } from 'node:zlib';
import { endpoints, type EndpointName } from '#contract/registry.ts';
import { problemShape } from '#contract/registry/fields.ts';
import { anyRequest, type AnyRequest } from '#tests/builders/registry/any-request.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { AUTHORITY, signedHeaders } from '#tests/builders/registry/sign.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';

// Requests from the wire's own shapes, right and broken: nothing may break in the server, and every answer has the shape that
// the table says. BAAKI_FUZZ=50000 asks more.

const RUNS = Number(process.env['BAAKI_FUZZ'] ?? '600');
/** Leaving ends the member, and what is asked after it is refused at the door. */
const LAST: EndpointName = 'leave';
const names = Object.keys(endpoints).filter(
  (name): name is EndpointName => name in endpoints && name !== LAST,
);

let registry: TempRegistry;
let seller: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
});

async function send({ method, target, body, isSigned, isZipped }: AnyRequest) {
  const plain = body === null || body === undefined ? null : Buffer.from(JSON.stringify(body));
  const bytes = plain && isZipped ? gzipSync(plain) : plain;
  const { key, keyId } = seller;
  const request = { method, target, body: bytes, idempotencyKey: idOf(body) };
  return await registry.app.inject({
    method: method as 'GET',
    url: target,
    headers: {
      host: AUTHORITY,
      ...(bytes && { 'content-type': 'application/json' }),
      ...(bytes && isZipped && { 'content-encoding': 'gzip' }),
      ...(isSigned && signedHeaders(request, { key, keyId, now: registry.registry.now() })),
    },
    ...(bytes && { payload: bytes }),
  });
}

function idOf(body: unknown): string {
  const found = typeof body === 'object' && body !== null && 'batch_id' in body ? body.batch_id : 'x';
  return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : 'x';
}

it(
  'breaks at nothing that is sent to it, and answers in the shape of the table',
  async () => {
    const codes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyRequest(names), async (request) => {
        // The device that asks may take itself off; then all that follows is refused at the door.
        fc.pre(!/\/devices\/d1(?:\?|$)/.test(request.target));
        const { statusCode, body, headers } = await send(request);
        registry.pass({ seconds: 60 });
        const { answer } = endpoints[request.name];
        if (statusCode === 200) {
          if (answer === null) expect(headers['content-type']).toMatch(/^text\/plain/);
          else answer.parse(JSON.parse(body));
        } else {
          const problem = problemShape.parse(JSON.parse(body));
          expect(problem.status).toBe(statusCode);
          expect(problem.code, JSON.stringify(registry.bugs.map(({ error }) => String(error)))).not.toBe(
            'internal',
          );
        }
        codes.set(`${request.name} ${statusCode}`, (codes.get(`${request.name} ${statusCode}`) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
    expect(registry.bugs).toEqual([]);
    // A fuzzer that never gets past the door finds nothing.
    const isLong = RUNS >= 5_000;
    const well = (...of: readonly string[]): number =>
      of.reduce((sum, name) => sum + (codes.get(`${name} 200`) ?? 0), 0);
    for (const of of isLong ? [['join'], ['enrol'], ['blind']] : [['join', 'enrol', 'blind']])
      expect(well(...of), of.join()).toBeGreaterThan(0);
    for (const name of ['me', 'meta']) expect(well(name), name).toBeGreaterThan(0);
    expect((await seller.call('me')).problem).toBeNull();
  },
  Math.max(60_000, RUNS * 100),
);
