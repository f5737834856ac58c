import type { DocumentKind } from './imported.ts';
import { headerKey } from './headers.ts';

/** What a voucher is, told from the words of its type, which users rename freely ("GST Supply", "Sales - Depot 2"). */
export type VoucherClass =
  | 'sales'
  | 'debit-note'
  | 'receipt'
  | 'credit-note'
  | 'advance'
  | 'journal'
  | 'opening'
  | 'not-ours'
  | 'unknown';

// The order matters: "Sales Return" is a credit note before it is a sale, "Payment Receipt" a receipt before a payment.
const PATTERNS: readonly (readonly [RegExp, VoucherClass])[] = [
  [
    /\b(?:quotation|quote|estimate|proforma|pro-forma|order|delivery|challan|memorandum|stock|contra|payroll)\b/u,
    'not-ours',
  ],
  [/purchase/u, 'not-ours'],
  [/\baccpay/u, 'not-ours'],
  [
    /accrec\s*credit|credit\s*(?:note|memo)|sales?\s*returns?|\bdg\b|\bcn\b|\bcrn\b|क्रेडिट\s*नोट/u,
    'credit-note',
  ],
  [/debit\s*(?:note|memo)|\bdn\b|डेबिट\s*नोट/u, 'debit-note'],
  [/advance|अग्रिम/u, 'advance'],
  [/receipt|\bdz\b|\brcpt\b|collection|payment\s*received|received|रसीद|प्राप्ति/u, 'receipt'],
  [/payment|\bpymt\b|भुगतान/u, 'not-ours'],
  [/opening/u, 'opening'],
  [/journal|\bab\b|\bjrnl?\b|\bjv\b/u, 'journal'],
  [/sale|supply|tax\s*invoice|invoice|\binv\b|\bbill\b|\bdr\b|\brv\b|बिक्री|बिल/u, 'sales'],
];

const known = new Map<string, VoucherClass>();
const KNOWN_MOST = 1000;
const LETTERS_MOST = 100;

export function voucherClass(type: string): VoucherClass {
  const found = known.get(type);
  if (found !== undefined) return found;
  const text = type.toLowerCase().replace(/[._]/g, ' ');
  const made = PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
  if (known.size < KNOWN_MOST && type.length < LETTERS_MOST) known.set(type, made);
  return made;
}

/** The document a row is. `isDebit` is the side its amount stands on; undefined = the row is none of ours. */
export function kindOf(voucher: VoucherClass, isDebit: boolean): DocumentKind | undefined {
  switch (voucher) {
    case 'not-ours':
      return undefined;
    case 'receipt':
      return 'receipt';
    case 'credit-note':
      return 'credit-note';
    case 'advance':
      // On the natural side of a bill it is a bill, whatever it is flagged.
      return isDebit ? 'invoice' : 'advance';
    case 'debit-note':
      return isDebit ? 'debit-note' : 'credit-note';
    case 'opening':
      return isDebit ? 'opening-bill' : 'on-account';
    case 'journal':
      return isDebit ? 'charge' : 'on-account';
    case 'sales':
      return isDebit ? 'invoice' : 'credit-note';
    case 'unknown':
      return isDebit ? 'invoice' : 'on-account';
  }
}

export function isBill(kind: DocumentKind): boolean {
  return kind !== 'receipt' && kind !== 'credit-note' && kind !== 'advance' && kind !== 'on-account';
}

export type StatusMeaning = 'draft' | 'void' | 'not-a-bill' | 'paid' | 'open';

const DRAFT = /^(?:draft|unsubmitted|pending approval|rejected|मसौदा)$/u;
const VOID = /^(?:void|voided|cancell?ed|cancel|deleted|reversed|रद्द)$/u;
const NOT_A_BILL = /^(?:quote|quotation|estimate|proforma|pro forma)$/u;
const PAID = /^(?:paid|fully paid|paid in full|closed|settled|cleared|received|भुगतान किया|चुकता)$/u;
const NO = /^(?:0|0\.0|false|no|n)$/u;

/** What a row's status says of it. The header tells what a bare 0 or 1 answers. */
export function statusMeaning(header: string, status: string): StatusMeaning {
  const text = status.toLowerCase().trim();
  const question = headerKey(header);
  if (text === '') return 'open';
  if (question === 'submitted') return NO.test(text) ? 'draft' : 'open';
  if (question === 'isopen') return NO.test(text) ? 'paid' : 'open';
  if (question === 'docstatus') return text === '0' ? 'draft' : text === '2' ? 'void' : 'open';
  if (question === 'cancelled' || question === 'canceled') return NO.test(text) ? 'open' : 'void';
  if (DRAFT.test(text)) return 'draft';
  if (VOID.test(text)) return 'void';
  if (NOT_A_BILL.test(text)) return 'not-a-bill';
  return PAID.test(text) ? 'paid' : 'open';
}
