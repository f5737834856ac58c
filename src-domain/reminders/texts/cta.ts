import { problem, type Problem } from './problems.ts';

/**
 * A link or number that must be whitelisted with the operators before it may stand in an SMS (docs/gateways.md 1.3).
 */
export type Cta = {
  readonly kind: 'url' | 'wa-me' | 'mobile' | 'landline' | 'toll-free' | 'series';
  /** As it stands in the text. */
  readonly text: string;
  /** What the owner asks the operator to whitelist: a domain, or the digits of a number. */
  readonly whitelistAs: string;
};

const ENDINGS =
  'com|in|co|net|org|me|io|ly|link|page|app|biz|info|shop|store|online|site|xyz|club|top|live|pro|dev|tech|gl|gd|cc|to|us|uk|eu|ai';
/** A domain as telephones make a link of it, without "https://". A single letter before the point is an initial: "A.K.Co". */
const BARE = `(?<![\\p{L}\\p{N}.@-])(?:[a-z0-9-]+\\.)*[a-z0-9-]{2,}\\.(?:${ENDINGS})(?![\\p{L}\\p{N}])(?:\\/[^\\s<>"']*)?`;
const URL = new RegExp(`(?:https?:\\/\\/|www\\.)[^\\s<>"']+|${BARE}`, 'giu');
const HAS_LINK = new RegExp(`https?:|www\\.|upi:|${BARE}`, 'iu');
const UPI = /upi:\/\/[^\s<>"']+/giu;
const PHONE = /(?<![\p{L}\d./-])(?:\+?91[\s-]?|0)?\d(?:[\s-]?\d){6,10}(?![\d/-]|\.\d)/gu;
const DAY = /^\d{1,2}-\d{1,2}-\d{4}$/u;

/** Whether operators and telephones find a link in a value, with or without its scheme (docs/gateways.md 1.3). */
export function hasLink(text: string): boolean {
  return HAS_LINK.test(text);
}

export function ctasOf(text: string): readonly Cta[] {
  const found: Cta[] = [];
  for (const [url] of text.matchAll(URL)) found.push(urlCta(url.replace(/[.,;:!?)]+$/u, '')));
  for (const [upi] of text.matchAll(UPI)) found.push({ kind: 'url', text: upi, whitelistAs: 'upi://pay' });
  for (const [phone] of text.replace(URL, ' ').replace(UPI, ' ').matchAll(PHONE)) {
    const cta = phoneCta(phone.trim());
    if (cta !== null) found.push(cta);
  }
  return found;
}

function urlCta(url: string): Cta {
  const host = url.replace(/^https?:\/\//iu, '').split(/[/?#]/u)[0] ?? url;
  const isWhatsapp = /^(?:www\.)?wa\.me$/iu.test(host);
  if (isWhatsapp) return { kind: 'wa-me', text: url, whitelistAs: url.split('?')[0] ?? url };
  return { kind: 'url', text: url, whitelistAs: host.toLowerCase() };
}

function phoneCta(text: string): Cta | null {
  if (DAY.test(text)) return null;
  const digits = text.replace(/\D/gu, '');
  const own = digits.length === 12 && digits.startsWith('91') ? digits.slice(2) : digits.replace(/^0/u, '');
  if (/^18[06]0\d{4,7}$/u.test(own)) return { kind: 'toll-free', text, whitelistAs: own };
  if (own.length !== 10) return null;
  if (/^1(?:40|60)/u.test(own)) return { kind: 'series', text, whitelistAs: own };
  const isMobile = /^[6-9]/u.test(own);
  return { kind: isMobile ? 'mobile' : 'landline', text, whitelistAs: own };
}

/** A warning for each that the owner has not marked as whitelisted. */
export function ctaProblems(text: string, whitelisted: readonly string[] = []): readonly Problem[] {
  const known = new Set(whitelisted.map((one) => one.toLowerCase()));
  const missing = new Map(ctasOf(text).map((cta) => [cta.whitelistAs, cta]));
  return [...missing.values()]
    .filter((cta) => !known.has(cta.whitelistAs.toLowerCase()))
    .map((cta) => {
      const sentence = `“${cta.text}” must be on your operator's whitelist before it may stand in an SMS.`;
      return problem('warns', 'dlt-cta', sentence, { text: cta.text, whitelistAs: cta.whitelistAs });
    });
}
