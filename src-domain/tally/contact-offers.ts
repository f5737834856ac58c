import type { TallyContact } from './facts.ts';
import { freePhone } from './free-phone.ts';
import { withoutPrivateNumbers } from './private-numbers.ts';

/** What was found in the lines of an address while its own field is empty. Offered, never taken silently. */
export type FoundContact = { readonly field: 'phone' | 'email'; readonly value: string };

const BETWEEN = /[,;|\n]|\s\/|\/\s|\/(?=\+?\d{6})/u;
const LABEL =
  /(?<![a-z])(?:ph(?:one)?|mob(?:ile)?|tel(?:ephone)?|cell|whats\s?app|contact|[mpo])(?![a-z])\s*(?:no|number)?\s*[.:-]*\s*/giu;
/** Digits as people write telephone numbers, with an area code in brackets or a country code before them. */
const DIALLED = /(?<![\dA-Za-z])(?:\+|\(?0)?\d[\d\s().-]{7,16}\d(?![\dA-Za-z])/gu;
/** A mobile among other digits, a PIN code for example. */
const MOBILE = /(?<!\d)[6-9]\d{9}(?!\d)/u;
const EMAIL = /(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@])/u;

/** At most one phone and one email: the first of each that can be dialled or written to. */
export function contactOffers(
  contact: Pick<TallyContact, 'addressLines' | 'phone' | 'mobile' | 'email'>,
): readonly FoundContact[] {
  // PAN, Aadhaar and bank numbers go first, so that their digits are never taken for a telephone's.
  const lines = withoutPrivateNumbers(contact.addressLines);
  const found: FoundContact[] = [];
  if (contact.phone === null && contact.mobile === null) {
    const value = first(lines, phoneIn);
    if (value !== null) found.push({ field: 'phone', value });
  }
  if (contact.email === null) {
    const value = first(lines, (line) => EMAIL.exec(line)?.[0].toLowerCase() ?? null);
    if (value !== null) found.push({ field: 'email', value });
  }
  return found;
}

function phoneIn(line: string): string | null {
  for (const part of line.replace(EMAIL, ' ').split(BETWEEN)) {
    for (const [text] of part.replace(LABEL, ' ').matchAll(DIALLED)) {
      const mobile = MOBILE.exec(text)?.[0];
      const tidy = freePhone(text.trim()) ?? (mobile === undefined ? null : freePhone(mobile));
      if (tidy !== null) return tidy;
    }
  }
  return null;
}

function first<T>(lines: readonly string[], find: (line: string) => T | null): T | null {
  for (const line of lines) {
    const found = find(line);
    if (found !== null) return found;
  }
  return null;
}
