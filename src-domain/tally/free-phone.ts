import { tidyPhone } from '../phone.ts';

const INDIAN_DIGITS = 10;

/**
 * A telephone number in free text, tidied; null for other digits. Stricter than a phone field: of India only mobiles and
 * landlines, ten digits, for a toll-free or machine number is as long as an account's.
 */
export function freePhone(text: string): string | null {
  const tidy = tidyPhone(text);
  if (tidy === null || !tidy.startsWith('+91 ')) return tidy;
  return tidy.replace(/\D/g, '').length === INDIAN_DIGITS + 2 ? tidy : null;
}
