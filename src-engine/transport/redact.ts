const CHARS_MOST = 160;
const DIGITS_MOST = 4;
/** Anything shorter would also take innocent words away. */
const HIDDEN_LEAST = 4;
/** A request echoed back holds user and key in one word that is none of them. No sentence has words so long. */
const TOKEN = /(?:\b(?:basic|bearer)\s+[\w+/=.-]{12,}|[\w+/=-]{32,})/gi;

/**
 * What the other side said, fit for a timeline and a log: without what is `hidden` (keys, the text, its values), without
 * addresses, words that look like a key and runs of more than four digits, on one line of at most 160 characters.
 */
export function redacted(said: string, hidden: readonly string[]): string {
  const longestFirst = hidden
    .flatMap((text) => [text, encodeURIComponent(text)])
    .filter((text) => text.length >= HIDDEN_LEAST)
    .toSorted((a, b) => b.length - a.length);
  const clean = longestFirst.reduce((text, secret) => text.replaceAll(secret, '…'), said);
  return clean
    .replaceAll(TOKEN, '…')
    .replaceAll(/[^\s@<>"']+@[^\s@<>"']+/g, '…')
    .replaceAll(new RegExp(String.raw`\+?\d{${DIGITS_MOST + 1},}`, 'g'), '…')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, CHARS_MOST);
}
