import { createHash, randomBytes } from 'node:crypto';
import { toBase64, toBase64Url } from '#domain/registry/bytes.ts';
import {
  NONCE_BYTES,
  SIGNATURE_LABEL,
  SKEW_SECONDS,
  signatureBase,
  signatureParameters,
  type SignatureTerms,
} from '#domain/registry/signatures.ts';
import type { SigningKey } from '#registry/crypto.ts';

export const AUTHORITY = 'registry.test';

export type Unsigned = {
  readonly method: string;
  /** Path with its query. */
  readonly target: string;
  /** Bytes as they are sent; null where there are none. */
  readonly body: Uint8Array | null;
  readonly idempotencyKey?: string;
};

export type SignWish = {
  readonly key: SigningKey;
  /** 'member/device'. */
  readonly keyId: string;
  /** UTC milliseconds. */
  readonly now: number;
  /** Other terms than a desktop would choose. */
  readonly terms?: Partial<SignatureTerms>;
  /** Another registry than the tests'. */
  readonly authority?: string;
};

/** The headers that a desktop adds to a request. */
export function signedHeaders(request: Unsigned, wish: SignWish): Record<string, string> {
  const { method, target, body, idempotencyKey = '' } = request;
  const { authority = AUTHORITY } = wish;
  const at = target.indexOf('?');
  const [path, query] = at < 0 ? [target, '?'] : [target.slice(0, at), target.slice(at)];
  const contentDigest =
    body === null ? null : `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const signed = {
    method,
    authority,
    path,
    query,
    contentDigest,
    idempotencyKey: body === null ? null : idempotencyKey,
  };
  const created = Math.floor(wish.now / 1000);
  const terms = {
    created,
    expires: created + SKEW_SECONDS,
    nonce: toBase64Url(randomBytes(NONCE_BYTES)),
    keyId: wish.keyId,
    ...wish.terms,
  };
  const signature = wish.key.sign(Buffer.from(signatureBase(signed, terms), 'utf8'));
  return {
    host: authority,
    ...(contentDigest !== null && {
      'content-type': 'application/json',
      'content-digest': contentDigest,
      'idempotency-key': idempotencyKey,
    }),
    'signature-input': `${SIGNATURE_LABEL}=${signatureParameters(signed, terms)}`,
    signature: `${SIGNATURE_LABEL}=:${toBase64(signature)}:`,
  };
}
