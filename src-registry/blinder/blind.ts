import { createHmac } from 'node:crypto';
import { canonicalIdentifier, identifierText, type Identifier } from '#domain/registry/subjects.ts';

export const KEY_VERSION = 'h1';

/** `h1.` and base64url of HMAC-SHA-256 over the canonical identifier; null for what is none. */
export function blind(pepper: Uint8Array, identifier: Identifier): string | null {
  const canonical = canonicalIdentifier(identifier);
  if (!canonical.ok) return null;
  const digest = createHmac('sha256', pepper).update(identifierText(canonical.value)).digest('base64url');
  return `${KEY_VERSION}.${digest}`;
}
