import { paise } from '../../money.ts';
import { mergeFields, type DltVariable, type MergeField, type MergeValues } from '../template-facts.ts';
import {
  amountText,
  dayText,
  numberText,
  sumsByCurrency,
  sumsText,
  type Style,
  type Sum,
} from './amounts.ts';
import { balanceLines, billListText, shortenName } from './lists.ts';
import { sanitiseSms } from './sms.ts';
import type { TextBill, TextFacts } from './text-facts.ts';

/** The DLT variable that a field stands in: `variablesByField` (dlt.ts) tells them. */
export type FieldVariables = Readonly<Partial<Record<MergeField, DltVariable>>>;

export type ValueStyle = Pick<Style, 'language' | 'channel'> & {
  readonly variables?: FieldVariables;
  /** The fields that the text has (`fieldsOf`): long lists that it does not name are then not made. */
  readonly fields?: readonly string[];
};

/** What each field says in this message; a field that has nothing to say is absent, so that a text with it is refused. */
export function mergeValues(facts: TextFacts, wish: ValueStyle): MergeValues {
  const style: Style = { language: wish.language, channel: wish.channel, baseCurrency: facts.baseCurrency };
  const limits = wish.variables ?? {};
  const wants = (field: MergeField): boolean => wish.fields?.includes(field) ?? true;
  const bills = facts.bills.toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
  const values = {
    ...plainValues(facts, style, limits),
    ...billValues(bills, style, limits),
    ...moneyValues(facts, bills, style, limits),
    balance_lines: bills.length > 0 && wants('balance_lines') ? balanceLines(facts, bills, style) : null,
  };
  return tidied(values, style.channel === 'sms');
}

type Loose = Readonly<Partial<Record<MergeField, string | null | undefined>>>;

function plainValues(facts: TextFacts, style: Style, limits: FieldVariables): Loose {
  const { receipt, promiseDay, baseCurrency: currency } = facts;
  return {
    customer_name: shortenName(facts.customerName, limits.customer_name?.charsMost ?? null),
    business_name: facts.businessName,
    business_phone: facts.businessPhone,
    upi_link: facts.upiLink,
    pay_link: facts.payLink,
    receipt_amount: receipt ? amountText({ currency, minor: receipt.amountPaise }, style) : null,
    receipt_day: receipt ? dayText(receipt.receiptDay, style) : null,
    promise_day: promiseDay ? dayText(promiseDay, style) : null,
    today: dayText(facts.today, style),
  };
}

function billValues(bills: readonly TextBill[], style: Style, limits: FieldVariables): Loose {
  const oldest = bills[0];
  if (oldest === undefined) return {};
  const daysLate = Math.max(...bills.map((bill) => bill.daysLate));
  const numbers = bills.map((bill) => numberText(bill.number, style));
  const firstDay = bills.map((bill) => bill.billDay).reduce((a, b) => (a < b ? a : b));
  return {
    // Of several bills one number alone would name an amount that is not that bill's.
    bill_number: billListText(numbers, style, limits.bill_number?.charsMost ?? null),
    bill_list: billListText(numbers, style, limits.bill_list?.charsMost ?? null),
    bill_count: String(bills.length),
    bill_day: dayText(firstDay, style),
    due_day: dayText(oldest.dueDay, style),
    days_late: daysLate > 0 ? String(daysLate) : null,
  };
}

function moneyValues(
  facts: TextFacts,
  bills: readonly TextBill[],
  style: Style,
  limits: FieldVariables,
): Loose {
  const currency = facts.baseCurrency;
  const foreign = sumsByCurrency(bills.flatMap(foreignOf));
  const lateForeign = sumsByCurrency(bills.filter((bill) => bill.daysLate > 0).flatMap(foreignOf));
  const total = withBase({ currency, minor: facts.totalPaise }, foreign);
  const overdue = withBase({ currency, minor: facts.overduePaise }, lateForeign);
  const text = (field: MergeField, sums: readonly Sum[]): string | null => {
    if (sums.length === 0) return null;
    return limits[field]?.tag === 'numeric' ? bareFigures(sums) : sumsText(sums, style);
  };
  return {
    amount: text('amount', total),
    overdue_amount: text('overdue_amount', overdue),
    credit_amount: text('credit_amount', withBase({ currency, minor: facts.creditPaise }, [])),
  };
}

function foreignOf(bill: TextBill): readonly Sum[] {
  return bill.currency === null || bill.foreignMinor === null
    ? []
    : [{ currency: bill.currency, minor: paise(bill.foreignMinor) }];
}

function withBase(base: Sum, foreign: readonly Sum[]): readonly Sum[] {
  return [base, ...foreign].filter((sum) => sum.minor > 0);
}

/** A numeric DLT variable takes digits only; "Rs." then stands in the fixed text. Null where there is a currency to name. */
function bareFigures(sums: readonly Sum[]): string | null {
  const [only] = sums;
  if (only === undefined || sums.length > 1 || only.currency !== 'INR') return null;
  const whole = Math.trunc(only.minor / 100);
  const rest = only.minor % 100;
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(2, '0')}`;
}

function tidied(values: Loose, isSms: boolean): MergeValues {
  const tidy: Partial<Record<MergeField, string>> = {};
  for (const field of mergeFields) {
    const value = values[field];
    if (value === null || value === undefined || value.trim() === '') continue;
    tidy[field] = isSms ? singleLine(sanitiseSms(value)) : value;
  }
  return tidy;
}

function singleLine(text: string): string {
  return /\s\s|[\t\n\r]|^\s|\s$/u.test(text) ? text.replace(/\s+/gu, ' ').trim() : text;
}
