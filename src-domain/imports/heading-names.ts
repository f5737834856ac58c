import { looksLikeDay } from './dates.ts';
import { nameKeyOf } from './names.ts';
import { bareLabel, isBalanceText, isTotalsText } from './total-labels.ts';

/** What one text of a row could be when it stands above bills. */
export type HeadingText =
  /** Weak: a customer only where no other name stands with it, such as a name with its telephone. */
  | { readonly kind: 'party'; readonly name: string; readonly isLabelled: boolean; readonly isWeak: boolean }
  /** "Party:" alone, whose name stands in the next cell. */
  | { readonly kind: 'label' }
  /** "Sundry Debtors": stands above customers and is none. */
  | { readonly kind: 'group' }
  | { readonly kind: 'other' };

const OTHER: HeadingText = { kind: 'other' };
const NAME_MOST = 200;
const PARTY_LABEL =
  /^(?:(?:name of (?:the )?)?(?:party|customer|client|debtor|buyer|dealer|ledger|account|a\/c)(?:'s|s)?(?:\s*(?:name|a\/c|account|ledger))?|(?:पार्टी|ग्राहक|खाता)(?:\s*का)?(?:\s*नाम)?)\s*(?::-?|[-–—](?=\s))\s*(.*)$/iu;
const DETAIL_LABEL =
  /^(?:address|addr?|place|city|town|station|area|route|beat|zone|region|territory|state|group|under|category|branch|sales\s?(?:man|person)|agent|broker|ph|phone|mob|mobile|tel|telephone|contact|gst|gstin|gstin\/uin|pan|e-?mail|pin|credit (?:days|limit|period)|terms|period|narration|remarks?|note)(?:\s*(?:no|name|person))?\.?\s*:/iu;
const GROUP =
  /^(?:(?:sundry|trade|other)\s+(?:debtors?|creditors?|receivables?)|debtors?|receivables?|देनदार|विविध देनदार)(?:\s*[-–:(/].*)?$/iu;
const CONTINUED = /\s*[-–(]?\s*cont(?:d|inued|\.\.)\.*\s*\)?\.*$/iu;
// Narrow on purpose: a customer mistaken for a footer would lose his bills to the customer before him.
const NO_NAME = [
  /^page\s*(?:no\.?|number)?\s*[#:-]?\s*\d/iu,
  /^(?:carried|brought)\s+(?:over|forward|down)$|^[bc]\/[fd]$/iu,
  /^(?:printed|generated|exported|prepared|checked|verified|authori[sz]ed)\s*(?::|(?:on|by|at|from|signatory)\b)/iu,
  /^(?:as\s+(?:on|of|at)|from|period|date)\b[\s:-]*\d|^for the (?:period|month|year)\b/iu,
  /^(?:less|add|notes?|remarks?|narration)\s*(?::|$)|^being (?:the|goods|amount|sales?|bill|invoice|payment)\b/iu,
  /^(?:on account|unadjusted|unallocated|advance|suspense)(?:\s+(?:receipts?|payments?|amount|balance))?$/iu,
  /^e\.?\s*&\s*o\.?\s*e|^\W*end of\b|^thank you\W*$|^regards\W*$/iu,
  /\boutstandings?\s*(?:report|statement)?$|^(?:bills? receivables?|receivables? report)$/iu,
  /^(?:rupees|inr)\b.*\bonly\b/iu,
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.'’,/-]*\d{2,4}$/iu,
] as const;
/** Phone numbers, e-mail addresses, tax numbers and postcodes mostly stand below a name. */
const CONTACT = /@|\d{6,}|\b\d{3}\s\d{3}\b|\b\d{2}[A-Z]{5}\d{4}[A-Z]/u;

export function headingText(written: string): HeadingText {
  if (written.length > NAME_MOST || isTotalsText(bareLabel(written)) || isBalanceText(written)) return OTHER;
  const labelled = PARTY_LABEL.exec(written);
  const named = (labelled?.[1] ?? written).replace(CONTINUED, '').trim();
  if (labelled !== null && named === '') return { kind: 'label' };
  if (GROUP.test(named)) return { kind: 'group' };
  if (labelled !== null) return { kind: 'party', name: named, isLabelled: true, isWeak: false };
  if (named === '' || looksLikeDay(named)) return OTHER;
  if (DETAIL_LABEL.test(written) || NO_NAME.some((of) => of.test(written))) return OTHER;
  const letterCount = (named.match(/\p{L}/gu) ?? []).length;
  if (letterCount === 0) return OTHER;
  return { kind: 'party', name: named, isLabelled: false, isWeak: letterCount < 2 || CONTACT.test(named) };
}

/** The customer that a totals row closes: "Total of Bina Stores" and "Bina Stores Total" → its key; '' for none. */
export function totalledKey(label: string): string {
  const rest = bareLabel(label)
    .replace(/^(?:(?:sub|party|grand|net)[\s-]*)?totals?\s*(?::-?|[-–—]|of\b|for\b)?\s*/iu, '')
    .replace(/[\s:-]*(?:(?:sub|party|grand|net)[\s-]*)?totals?$/iu, '');
  return rest === '' ? '' : nameKeyOf(rest);
}
