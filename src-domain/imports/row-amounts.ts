import { ok, type Refusal, type Result } from '../result.ts';
import { amountMinor, amountParts, signOf, type AmountParts } from './amounts.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';
import { currencyOfText, digitsOfCurrency } from './currencies.ts';
import { decimalOf, decimalToMinor, hundredthsOf } from './decimals.ts';
import type { DocumentKind } from './imported.ts';
import type { ImportField } from './map.ts';
import { moneyText, reasons } from './reasons.ts';
import { isBill, kindOf, voucherClass, type VoucherClass } from './vouchers.ts';

/** What a row comes to, in minor units of its currency. */
export type RowAmounts = {
  readonly currency: string;
  /** undefined = the voucher is none of ours. */
  readonly kind: DocumentKind | undefined;
  /** What the document comes to; never negative. */
  readonly minor: number;
  /** What is still open of a bill; null where the file does not say. */
  readonly openMinor: number | null;
  /** The amount as its column has it, with its sign: what a totals row adds up. */
  readonly columnMinor: number;
  /** The same of the column of open amounts; columnMinor where that one is empty. */
  readonly openColumnMinor: number;
  /** The share of the tie-out: bills add, receipts and credits take away. */
  readonly measureMinor: number;
  /** What the document comes to in the book's currency, where the cell itself says so beside a foreign amount. */
  readonly baseMinor: number | null;
};

/** A refusal whose amount could be read all the same, so that the tie-out still counts it. */
export type AmountsResult =
  | { readonly ok: true; readonly value: RowAmounts | null }
  | { readonly ok: false; readonly refusal: Refusal; readonly known: RowAmounts | null };

type Signed = {
  readonly minor: number;
  readonly isNegative: boolean;
  /** The side that the cell itself names. */
  readonly side: 'dr' | 'cr' | null;
  readonly baseMinor: number | null;
};
type AmountField = 'amount' | 'openAmount' | 'debit' | 'credit';
type Parts = Partial<Record<AmountField, AmountParts | null>>;

const FIELDS = ['amount', 'openAmount', 'debit', 'credit'] as const satisfies readonly AmountField[];

// Of a number only the sign is told apart here: its digits need no text.
const NOT_BELOW_ZERO: AmountParts = { body: '', negative: false, side: null, currency: null };
const BELOW_ZERO: AmountParts = { ...NOT_BELOW_ZERO, negative: true };

/** null = the row bears no amount at all. */
export function rowAmounts(reading: Reading, row: Row): AmountsResult {
  const parts: Parts = {};
  for (const field of FIELDS) {
    const cell = cellOf(reading, row, field);
    if (cell === null || typeof cell === 'number') {
      parts[field] = cell === null ? null : cell < 0 ? BELOW_ZERO : NOT_BELOW_ZERO;
      continue;
    }
    const read = amountParts(cell);
    if (!read.ok) return failed(read.refusal, field);
    parts[field] = read.value;
  }
  if (FIELDS.every((field) => parts[field] === null)) return { ok: true, value: null };
  const currency = rowCurrency(reading, row, parts);
  if (!currency.ok) return { ok: false, refusal: currency.refusal, known: null };
  const signed: Partial<Record<AmountField, Signed | null>> = {};
  for (const field of FIELDS) {
    const read = signedOf(reading, row, { field, parts: parts[field] ?? null, currency: currency.value });
    if (!read.ok) return failed(read.refusal, field);
    signed[field] = read.value;
  }
  const { amount = null, openAmount = null, debit = null, credit = null } = signed;
  const marks = { currency: currency.value, voucher: voucherOf(reading, row) };
  // Programs that age a payment not yet applied give it no amount of its own, only what is open of it.
  const isOpenCredit = amount?.minor === 0 && openAmount?.isNegative === true;
  if (amount !== null && !isOpenCredit) return fromAmount(amount, openAmount, marks);
  if (openAmount !== null) return fromOpen(openAmount, marks);
  return fromSides(debit, credit, marks);
}

type Marks = {
  readonly currency: string;
  /** null = the row says no type of its own. */
  readonly voucher: VoucherClass | null;
};

function voucherOf(reading: Reading, row: Row): VoucherClass | null {
  if (reading.isBalanceList) return 'opening';
  const type = textOf(reading, row, 'voucherType');
  if (type === '') return null;
  return isCustomersPayment(reading, type) ? 'receipt' : voucherClass(type);
}

/** In the receivables of these programs a payment is what the customer has paid. */
function isCustomersPayment({ layout }: Reading, type: string): boolean {
  const isReceivables = layout.startsWith('quickbooks') || layout === 'erpnext-receivables';
  return isReceivables && /^(?:payment|payment entry)$/iu.test(type.trim());
}

function fromAmount(amount: Signed, open: Signed | null, { currency, voucher }: Marks): AmountsResult {
  const kind = kindOf(listClass(voucher), isDebitIn(voucher, amount));
  const columnMinor = signedMinor(amount);
  const openColumnMinor = open === null ? columnMinor : signedMinor(open);
  const sums = { columnMinor, openColumnMinor };
  const { minor, baseMinor } = amount;
  const whole = made({ currency, kind, minor, baseMinor, openMinor: null, ...sums });
  if (open === null || kind === undefined) return { ok: true, value: whole };
  const texts = (): readonly [string, string] => [
    moneyText(signedMinor(open), currency),
    moneyText(columnMinor, currency),
  ];
  if (open.minor > amount.minor) {
    return { ok: false, refusal: reasons.openAboveAmount(...texts()), known: whole };
  }
  if (!isBill(kind)) {
    // The used part of a credit was set against bills, whose own open amounts say so: only the rest is still a credit.
    return {
      ok: true,
      value: made({ ...whole, minor: open.minor, baseMinor: open.baseMinor, openMinor: null }),
    };
  }
  if (open.isNegative && open.minor > 0) {
    return { ok: false, refusal: reasons.openBelowZero(...texts()), known: whole };
  }
  return { ok: true, value: { ...whole, openMinor: open.minor } };
}

function fromOpen(open: Signed, { currency, voucher }: Marks): AmountsResult {
  const kind = kindOf(listClass(voucher), isDebitIn(voucher, open));
  const { minor, baseMinor } = open;
  const sums = both(signedMinor(open));
  return { ok: true, value: made({ currency, kind, minor, baseMinor, openMinor: null, ...sums }) };
}

// Without a sign of its own an advance in one column of amounts is meant as one; with "Dr" it stands among the bills.
function isDebitIn(voucher: VoucherClass | null, { isNegative, side }: Signed): boolean {
  return voucher === 'advance' ? side === 'dr' : !isNegative;
}

function fromSides(debit: Signed | null, credit: Signed | null, { currency, voucher }: Marks): AmountsResult {
  const debitMinor = debit === null ? 0 : signedMinor(debit);
  const creditMinor = credit === null ? 0 : signedMinor(credit);
  const net = debitMinor - creditMinor;
  const kind = kindOf(voucher ?? 'unknown', net > 0);
  const baseMinor = (net > 0 ? debit : credit)?.baseMinor ?? null;
  const value = made({ currency, kind, minor: Math.abs(net), baseMinor, openMinor: null, ...both(net) });
  if (debitMinor !== 0 && creditMinor !== 0) {
    const refusal = reasons.bothSides(moneyText(debitMinor, currency), moneyText(creditMinor, currency));
    return { ok: false, refusal, known: value };
  }
  return { ok: true, value };
}

/** In a plain list a row without a voucher type that we know is a bill, or a credit note where it is negative. */
function listClass(voucher: VoucherClass | null): VoucherClass {
  return voucher === null || voucher === 'unknown' ? 'sales' : voucher;
}

function both(minor: number): Pick<RowAmounts, 'columnMinor' | 'openColumnMinor'> {
  return { columnMinor: minor, openColumnMinor: minor };
}

function made(amounts: Omit<RowAmounts, 'measureMinor'>): RowAmounts {
  const { kind, minor, columnMinor } = amounts;
  if (kind === undefined) return { ...amounts, measureMinor: columnMinor };
  return { ...amounts, measureMinor: isBill(kind) || minor === 0 ? minor : -minor };
}

function rowCurrency(reading: Reading, row: Row, parts: Parts): Result<string> {
  const text = textOf(reading, row, 'currency');
  const named = text === '' ? undefined : currencyOfText(text);
  if (text !== '' && named === undefined) return { ok: false, refusal: reasons.currencyUnknown(text) };
  const chosen = named ?? reading.map.currency;
  for (const field of FIELDS) {
    const marked = parts[field]?.currency ?? null;
    if (marked === null) continue;
    const isSign = marked === '$' || marked === '¥';
    if (isSign && (chosen === null || chosen === 'INR')) {
      return { ok: false, refusal: reasons.currencyUnknown(marked) };
    }
    if (isSign || marked === chosen) continue;
    if (named !== undefined) return { ok: false, refusal: reasons.currencyConflict(marked, named) };
    return ok(marked);
  }
  return ok(chosen ?? reading.book.baseCurrency);
}

type SignedWish = {
  readonly field: AmountField;
  readonly parts: AmountParts | null;
  readonly currency: string;
};

function signedOf(reading: Reading, row: Row, wish: SignedWish): Result<Signed | null> {
  const { field, parts, currency } = wish;
  if (parts === null) return ok(null);
  const column = reading.map.columns[field];
  const cell = cellOf(reading, row, field);
  const hasCommas = typeof cell === 'string' && column !== undefined && reading.commaColumns.has(column);
  const digits = digitsOfCurrency(currency);
  const minor = typeof cell === 'number' ? numberMinor(cell, digits) : amountMinor(parts, digits, hasCommas);
  if (!minor.ok) return minor;
  const base =
    parts.base === undefined
      ? null
      : amountMinor(parts.base, digitsOfCurrency(reading.book.baseCurrency), false);
  if (base !== null && !base.ok) return base;
  // Within the credit column a "Cr" is what is meant and a "Dr" the reverse. Tally's own sign of a debit is the minus.
  const isReversed = parts.side === null ? reading.layout === 'tally-ledgers' : field === 'credit';
  const sign = isReversed ? 0 - signOf(parts) : signOf(parts);
  const isNegative = sign < 0 && minor.value > 0;
  return ok({ minor: minor.value, isNegative, side: parts.side, baseMinor: base?.value ?? null });
}

function numberMinor(value: number, digits: number): Result<number> {
  const size = Math.abs(value);
  const hundredths = digits === 2 ? hundredthsOf(size) : undefined;
  return hundredths === undefined ? decimalToMinor(decimalOf(size), digits) : ok(hundredths);
}

function signedMinor({ minor, isNegative }: Signed): number {
  return isNegative ? -minor : minor;
}

function failed(refusal: Refusal, field: ImportField): AmountsResult {
  return { ok: false, refusal: { ...refusal, field }, known: null };
}
