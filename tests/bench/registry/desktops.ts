import { request } from 'node:http';
import { changesShape } from '#contract/registry/batches.ts';
import { newSeed, signingKey, type SigningKey } from '#registry/crypto.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import { signedHeaders } from '#tests/builders/registry/sign.ts';

// Desktops as the registry sees them: each call signed, over a connection of its own.

export type Answer = { readonly status: number; readonly text: string; readonly milliseconds: number };

export type CallWish = {
  readonly port: number;
  readonly key: SigningKey;
  readonly memberNo: number;
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
};

/** Throws where no answer comes. */
export function call(wish: CallWish): Promise<Answer> {
  const { port, key, memberNo, method, target, body = null, headers = {}, idempotencyKey } = wish;
  const signed = signedHeaders(
    { method, target, body, ...(idempotencyKey !== undefined && { idempotencyKey }) },
    { key, keyId: `${memberIdOf(memberNo)}/d1`, now: Date.now() },
  );
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const made = request(
      { agent: false, host: '127.0.0.1', port, method, path: target, headers: { ...signed, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text, milliseconds: performance.now() - began }),
        );
        response.once('error', reject);
      },
    );
    made.once('error', reject);
    made.end(body ?? undefined);
  });
}

export type Polled = Answer & { readonly cursor: string; readonly pollAfterSeconds: number | null };

/** As the engine asks for changes: the cursor, and the same as an entity tag. */
export async function poll(
  wish: Pick<CallWish, 'port' | 'key' | 'memberNo'> & { readonly cursor: string },
): Promise<Polled> {
  const answer = await call({
    ...wish,
    method: 'GET',
    target: `/v1/changes?cursor=${wish.cursor}`,
    headers: { 'if-none-match': `"${wish.cursor}"` },
  });
  if (answer.status === 304) return { ...answer, cursor: wish.cursor, pollAfterSeconds: null };
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const { next, poll_after_s: pollAfterSeconds } = changesShape.parse(JSON.parse(answer.text));
  return { ...answer, cursor: next, pollAfterSeconds };
}

/** One key for all of them: what it costs to verify is the same. */
export function benchKey(): SigningKey {
  return signingKey(newSeed());
}
