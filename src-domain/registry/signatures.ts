// The one profile of HTTP Message Signatures (RFC 9421) that members speak: fixed components in a fixed order, Ed25519.

export const SIGNATURE_LABEL = 'reg';
export const SIGNATURE_TAG = 'registry-v1';
/** How far the clocks of two machines may be apart. */
export const SKEW_SECONDS = 300;
export const NONCE_BYTES = 16;

const WITH_BODY = ['@method', '@authority', '@path', '@query', 'content-digest', 'idempotency-key'] as const;
const WITHOUT_BODY = ['@method', '@authority', '@path', '@query'] as const;

export type SignedRequest = {
  readonly method: string;
  /** Host in lower case, with the port where it is not the scheme's own. */
  readonly authority: string;
  readonly path: string;
  /** With its question mark; '?' alone where there is none (RFC 9421, 2.2.7). */
  readonly query: string;
  /** Both null for a request without a body. */
  readonly contentDigest: string | null;
  readonly idempotencyKey: string | null;
};

export type SignatureTerms = {
  /** Seconds since 1970. */
  readonly created: number;
  readonly expires: number;
  /** base64url of 16 random bytes. */
  readonly nonce: string;
  /** 'member/device'. */
  readonly keyId: string;
};

/** The value of Signature-Input behind its label, which is also the last line of what is signed. */
export function signatureParameters(request: SignedRequest, terms: SignatureTerms): string {
  const names = request.contentDigest === null ? WITHOUT_BODY : WITH_BODY;
  const list = names.map((name) => `"${name}"`).join(' ');
  const { created, expires, nonce, keyId } = terms;
  return `(${list});created=${created};expires=${expires};nonce="${nonce}";keyid="${keyId}";alg="ed25519";tag="${SIGNATURE_TAG}"`;
}

/** The bytes that are signed, as text (RFC 9421, 2.5). */
export function signatureBase(request: SignedRequest, terms: SignatureTerms): string {
  const { method, authority, path, query, contentDigest, idempotencyKey } = request;
  const lines = [
    `"@method": ${method}`,
    `"@authority": ${authority}`,
    `"@path": ${path}`,
    `"@query": ${query}`,
  ];
  if (contentDigest !== null) {
    lines.push(`"content-digest": ${contentDigest}`, `"idempotency-key": ${idempotencyKey ?? ''}`);
  }
  return [...lines, `"@signature-params": ${signatureParameters(request, terms)}`].join('\n');
}

const INPUT =
  /^reg=\(((?:"[@a-z-]+"(?: |(?=\))))+)\);created=([0-9]{1,12});expires=([0-9]{1,12});nonce="([A-Za-z0-9_-]{22})";keyid="([A-Za-z0-9_-]{1,64}\/[a-z0-9]{1,16})";alg="ed25519";tag="registry-v1"$/;
const SIGNATURE = /^reg=:([A-Za-z0-9+/]{86}==):$/;

/** The terms that a request names, or null where it does not keep to the profile to the letter. */
export function readSignatureInput(header: string, hasBody: boolean): SignatureTerms | null {
  const [, list = '', created, expires, nonce, keyId] = INPUT.exec(header) ?? [];
  const names = (hasBody ? WITH_BODY : WITHOUT_BODY).map((name) => `"${name}"`).join(' ');
  if (list !== names || nonce === undefined || keyId === undefined) return null;
  return { created: Number(created), expires: Number(expires), nonce, keyId };
}

/** base64 of the 64 bytes; null where the header is of another form. */
export function readSignature(header: string): string | null {
  return SIGNATURE.exec(header)?.[1] ?? null;
}

/** Whether the time is right, and where it is not, why. Seconds. */
export function judgeTime(terms: SignatureTerms, now: number): 'ok' | 'clock_skew' | 'expired' {
  if (Math.abs(terms.created - now) > SKEW_SECONDS) return 'clock_skew';
  const isOrdered = terms.expires > terms.created && terms.expires - terms.created <= SKEW_SECONDS;
  return isOrdered && terms.expires >= now ? 'ok' : 'expired';
}
