import type { StatusNews } from '../adapters/message-ports.ts';

const rank: Readonly<Record<StatusNews['state'], number>> = {
  sent: 1,
  rejected: 2,
  bounced: 2,
  undelivered: 2,
  delivered: 3,
  read: 4,
};

/**
 * One piece of news for each message: the furthest. Vendors list the same message twice, and older rows after newer
 * ones. What arrived has arrived, whatever another row says.
 */
export function furthest(news: readonly StatusNews[]): readonly StatusNews[] {
  const best = new Map<string, StatusNews>();
  for (const one of news) {
    const key = one.uid ?? one.providerId ?? '';
    const known = best.get(key);
    if (!known || rank[one.state] > rank[known.state]) best.set(key, one);
  }
  return [...best.values()];
}

/**
 * True for a text that every phone shows in the 7-bit alphabet. Deliberately narrow (no £, é, €): marking a text as
 * Unicode too early costs a part, too late makes question marks of it.
 */
export function isPlainSms(text: string): boolean {
  return /^[\n\r\u0020-\u005f\u0061-\u007e]*$/.test(text);
}

/** Texts count as the same whatever their white space: vendors trim and fold it. */
export function isSameText(a: string, b: string): boolean {
  const folded = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return folded(a) === folded(b);
}
