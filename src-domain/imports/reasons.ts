import { formatMoney } from '../money.ts';
import type { Refusal } from '../result.ts';

const TEXT_MOST = 60;

export function shorten(text: string): string {
  return text.length > TEXT_MOST ? `${text.slice(0, TEXT_MOST)}…` : text;
}

/** ₹1,200.00 in the sentence of a reason; other currencies bear their code. */
export function moneyText(minor: number, currency: string): string {
  const sign = currency === 'INR' ? '₹' : `${currency} `;
  return `${minor < 0 ? '−' : ''}${sign}${formatMoney(Math.abs(minor), currency)}`;
}

export const reasons = {
  totalsRow: (label: string): Refusal => ({
    code: 'totals-row',
    sentence: `“${shorten(label)}” is a totals row, not a bill.`,
    values: { text: shorten(label) },
  }),
  headerAgain: (): Refusal => ({ code: 'header-row', sentence: 'The row says the header once more.' }),
  sectionRow: (label: string): Refusal => ({
    code: 'section-row',
    sentence: `“${shorten(label)}” is a heading, not a bill.`,
    values: { text: shorten(label) },
  }),
  balanceRow: (label: string): Refusal => ({
    code: 'balance-row',
    sentence: `“${shorten(label)}” is a balance, not a bill.`,
    values: { text: shorten(label) },
  }),
  detailRow: (): Refusal => ({
    code: 'detail-row',
    sentence: 'The row is a detail of the voucher above it: it has no date, type and number of its own.',
  }),
  noAmount: (): Refusal => ({ code: 'no-amount', sentence: 'The row has no amount.' }),
  zeroAmount: (): Refusal => ({ code: 'zero-amount', sentence: 'The amount is zero.' }),
  usedUp: (): Refusal => ({ code: 'used-up', sentence: 'Nothing is left of this credit.' }),
  closed: (): Refusal => ({ code: 'closed', sentence: 'The row says that nothing is open.' }),
  draft: (status: string): Refusal => ({
    code: 'draft',
    sentence: `The bill is a draft (“${shorten(status)}”), so it is not owed.`,
    values: { text: shorten(status) },
  }),
  void: (status: string): Refusal => ({
    code: 'void',
    sentence: `The bill was cancelled (“${shorten(status)}”), so it is not owed.`,
    values: { text: shorten(status) },
  }),
  notABill: (type: string): Refusal => ({
    code: 'not-a-bill',
    sentence: `“${shorten(type)}” is neither a bill nor a receipt or credit of a customer.`,
    values: { text: shorten(type) },
  }),
  lineOfBill: (number: string, row: number): Refusal => ({
    code: 'line-of-bill',
    sentence: `The row is a further line of ${number}, whose total was taken from row ${row}.`,
    values: { number, row },
  }),
  noCustomer: (): Refusal => ({
    code: 'no-customer',
    sentence: 'The row names no customer.',
    field: 'customerName',
  }),
  nameTooLong: (length: number, most: number): Refusal => ({
    code: 'name-too-long',
    sentence: `The customer's name has ${length} letters; at most ${most} can be kept.`,
    field: 'customerName',
    values: { length, most },
  }),
  numberTooLong: (length: number, most: number): Refusal => ({
    code: 'number-too-long',
    sentence: `The bill's number has ${length} letters; at most ${most} can be kept.`,
    field: 'billNumber',
    values: { length, most },
  }),
  noDay: (): Refusal => ({ code: 'no-day', sentence: 'The row has no date.', field: 'billDay' }),
  sumTooLarge: (): Refusal => ({
    code: 'amount-too-large',
    sentence: 'With this row the file would add up to more than this app can count.',
    field: 'amount',
  }),
  amountTooLarge: (amount: string): Refusal => ({
    code: 'amount-too-large',
    sentence: `${amount} at this rate is larger than any bill this app can hold.`,
    field: 'rate',
    values: { amount },
  }),
  bothSides: (debit: string, credit: string): Refusal => ({
    code: 'both-sides',
    sentence: `The row bears a debit of ${debit} and a credit of ${credit}; a row can be only one of them.`,
    values: { debit, credit },
  }),
  currencyUnknown: (text: string): Refusal => ({
    code: 'currency-unknown',
    sentence: `“${shorten(text)}” is no currency known here. Write a code such as INR or USD.`,
    field: 'currency',
    values: { text: shorten(text) },
  }),
  currencyConflict: (inAmount: string, inColumn: string): Refusal => ({
    code: 'currency-conflict',
    sentence: `The amount is marked ${inAmount}, but the row's currency is ${inColumn}.`,
    field: 'currency',
    values: { inAmount, inColumn },
  }),
  rateUnreadable: (text: string): Refusal => ({
    code: 'rate',
    sentence: `“${shorten(text)}” is not an exchange rate. Write it like 83.25.`,
    field: 'rate',
    values: { text: shorten(text) },
  }),
  rateMissing: (currency: string, base: string): Refusal => ({
    code: 'rate-missing',
    sentence: `The row is in ${currency}, and no rate of ${currency} in ${base} is known.`,
    field: 'rate',
    values: { currency, base },
  }),
  openAboveAmount: (open: string, amount: string): Refusal => ({
    code: 'open-above-amount',
    sentence: `${open} is open of a document of only ${amount}.`,
    field: 'openAmount',
    values: { open, amount },
  }),
  openBelowZero: (open: string, amount: string): Refusal => ({
    code: 'open-below-zero',
    sentence: `${open} is open of a bill of ${amount}: more was paid than was billed. Enter the surplus as a receipt.`,
    field: 'openAmount',
    values: { open, amount },
  }),
  duplicateNumber: (number: string, row: number, amounts: { here: string; there: string }): Refusal => ({
    code: 'duplicate-number',
    sentence: `${number} stands already on row ${row} with ${amounts.there}; here it comes to ${amounts.here}.`,
    field: 'billNumber',
    values: { number, row, ...amounts },
  }),
} as const;
