import { askConsentShape } from '#contract/registry/consents.ts';
import { z } from 'zod';

const requestShape = askConsentShape.omit({ contact: true });

/** What was asked of the debtor, as it is kept: everything but how he is reached. */
export type StoredRequest = z.infer<typeof requestShape>;

export function storedRequest(text: string): StoredRequest {
  return requestShape.parse(JSON.parse(text));
}

const scopeShape = z.object({ scope: requestShape.shape.scope });

/** What may be told, of a request as it is kept: a check asks for nothing else of it. */
export function scopeOf(text: string): StoredRequest['scope'] {
  return scopeShape.parse(JSON.parse(text)).scope;
}
