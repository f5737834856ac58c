const TOTAL_LABEL =
  /^(?:(?:sub|grand|page|net|report|overall|section|party|bill|group|all|sum)[\s-]*)*totals?(?:\s*\(.*\))?(?:\s*[:=-].*|\s+(?:of|for|due|outstanding|amount|rs|inr|in)\b.*)?$/iu;
const TOTAL_AFTER = /\S\s+(?:sub[\s-]*|grand[\s-]*)?total$/iu;
const TOTAL_HINDI = /^(?:कुल|योग|कुल योग|महायोग|कुल जोड़|जोड़|उप योग|उपयोग)(?:\s*[:=-].*)?$/u;
const BALANCE_LABEL = /^(?:(?:opening|closing)\s+balance|balance\s+(?:b|c)\/?[fd])$|^(?:to|by)\s+balance/iu;

const LABEL_MOST = 120;

export function isTotalsText(text: string): boolean {
  if (text.length > LABEL_MOST) return false;
  return TOTAL_LABEL.test(text) || TOTAL_HINDI.test(text) || TOTAL_AFTER.test(text);
}

/** "Opening Balance", "To Balance b/f": a lump brought forward or carried on. */
export function isBalanceText(text: string): boolean {
  return BALANCE_LABEL.test(text);
}

/** A label without the colon or dots behind it. */
export function bareLabel(label: string): string {
  return label.replace(/[\s:.=–—-]+$/u, '');
}
