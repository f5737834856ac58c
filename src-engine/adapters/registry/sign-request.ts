import { randomBytes } from 'node:crypto';
import { toBase64, toBase64Url } from '#domain/registry/bytes.ts';
import {
  NONCE_BYTES,
  SIGNATURE_LABEL,
  SKEW_SECONDS,
  signatureBase,
  signatureParameters,
} from '#domain/registry/signatures.ts';
import { sha256, signed } from './crypto.ts';

export type Unsigned = {
  readonly method: string;
  readonly url: URL;
  /** As they are sent; null where there are none. */
  readonly body: Uint8Array | null;
  readonly idempotencyKey: string;
};

/** The headers of RFC 9421 and RFC 9530 that the registry asks for. `at`: milliseconds by the registry's clock. */
export function signatureHeaders(
  { method, url, body, idempotencyKey }: Unsigned,
  { keyId, seed }: { readonly keyId: string; readonly seed: string },
  at: number,
): Readonly<Record<string, string>> {
  const contentDigest = body === null ? null : `sha-256=:${toBase64(sha256(body))}:`;
  const request = {
    method,
    authority: url.host.toLowerCase(),
    path: url.pathname,
    query: url.search === '' ? '?' : url.search,
    contentDigest,
    idempotencyKey: body === null ? null : idempotencyKey,
  };
  const created = Math.floor(at / 1000);
  const nonce = toBase64Url(randomBytes(NONCE_BYTES));
  const terms = { created, expires: created + SKEW_SECONDS, nonce, keyId };
  return {
    ...(contentDigest !== null && {
      'content-digest': contentDigest,
      'idempotency-key': idempotencyKey,
    }),
    'signature-input': `${SIGNATURE_LABEL}=${signatureParameters(request, terms)}`,
    signature: `${SIGNATURE_LABEL}=:${toBase64(signed(seed, signatureBase(request, terms)))}:`,
  };
}
