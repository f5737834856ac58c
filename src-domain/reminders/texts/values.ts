import { paise, type Paise } from '../../money.ts';
import { inOrder } from '../in-order.ts';
import { mergeFields, type DltVariable, type MergeField, type MergeValues } from '../template-facts.ts';
import { isMergeField } from './fields.ts';
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
  /** The fields that the text has (`fieldsOf`): the others are then not made. */
  readonly fields?: readonly string[];
};

/** What each field says in this message; a field that has nothing to say is absent, so that a text with it is refused. */
export function mergeValues(facts: TextFacts, wish: ValueStyle): MergeValues {
  const making: Making = {
    facts,
    style: { language: wish.language, channel: wish.channel, baseCurrency: facts.baseCurrency },
    limits: wish.variables ?? {},
    bills: inOrder(facts.bills, (a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0)),
  };
  const values: Partial<Record<MergeField, string>> = {};
  for (const field of wish.fields ?? mergeFields) {
    if (!isMergeField(field) || values[field] !== undefined) continue;
    const value = valueOf[field](making);
    if (value === null || value === undefined || value.trim() === '') continue;
    values[field] = wish.channel === 'sms' ? singleLine(sanitiseSms(value)) : value;
  }
  return values;
}

type Making = {
  readonly facts: TextFacts;
  readonly style: Style;
  readonly limits: FieldVariables;
  /** Oldest due day first. */
  readonly bills: readonly TextBill[];
};

/** One rule a field: a run writes thousands of texts that each name a few. */
const valueOf: Readonly<Record<MergeField, (making: Making) => string | null | undefined>> = {
  customer_name: ({ facts, limits }) =>
    shortenName(facts.customerName, limits.customer_name?.charsMost ?? null),
  business_name: ({ facts }) => facts.businessName,
  business_phone: ({ facts }) => facts.businessPhone,
  // Of several bills one number alone would name an amount that is not that bill's.
  bill_number: (making) => numbersOf(making, 'bill_number'),
  bill_list: (making) => numbersOf(making, 'bill_list'),
  bill_count: ({ bills }) => (bills.length > 0 ? String(bills.length) : null),
  bill_day: ({ bills, style }) => {
    const days = bills.map((bill) => bill.billDay);
    return days.length > 0
      ? dayText(
          days.reduce((a, b) => (a < b ? a : b)),
          style,
        )
      : null;
  },
  due_day: ({ bills: [oldest], style }) => oldest && dayText(oldest.dueDay, style),
  days_late: ({ bills }) => {
    const daysLate = bills.reduce((most, bill) => Math.max(most, bill.daysLate), 0);
    return daysLate > 0 ? String(daysLate) : null;
  },
  amount: (making) => moneyText(making, 'amount', totalOf(making, making.facts.totalPaise, making.bills)),
  overdue_amount: (making) => {
    const late = making.bills.filter((bill) => bill.daysLate > 0);
    return moneyText(making, 'overdue_amount', totalOf(making, making.facts.overduePaise, late));
  },
  credit_amount: (making) =>
    moneyText(making, 'credit_amount', totalOf(making, making.facts.creditPaise, [])),
  balance_lines: ({ facts, bills, style }) => (bills.length > 0 ? balanceLines(facts, bills, style) : null),
  upi_link: ({ facts }) => facts.upiLink,
  pay_link: ({ facts }) => facts.payLink,
  receipt_amount: ({ facts: { receipt, baseCurrency: currency }, style }) =>
    receipt && amountText({ currency, minor: receipt.amountPaise }, style),
  receipt_day: ({ facts: { receipt }, style }) => receipt && dayText(receipt.receiptDay, style),
  promise_day: ({ facts: { promiseDay }, style }) => promiseDay && dayText(promiseDay, style),
  today: ({ facts, style }) => dayText(facts.today, style),
};

function numbersOf({ bills, style, limits }: Making, field: 'bill_number' | 'bill_list'): string | null {
  if (bills.length === 0) return null;
  const numbers = bills.map((bill) => numberText(bill.number, style));
  return billListText(numbers, style, limits[field]?.charsMost ?? null);
}

function totalOf({ facts }: Making, minor: Paise, bills: readonly TextBill[]): readonly Sum[] {
  const foreign = bills.some((bill) => bill.currency !== null)
    ? sumsByCurrency(bills.flatMap(foreignOf))
    : [];
  return [{ currency: facts.baseCurrency, minor }, ...foreign].filter((sum) => sum.minor > 0);
}

function moneyText({ limits, style }: Making, field: MergeField, sums: readonly Sum[]): string | null {
  if (sums.length === 0) return null;
  return limits[field]?.tag === 'numeric' ? bareFigures(sums) : sumsText(sums, style);
}

function foreignOf(bill: TextBill): readonly Sum[] {
  return bill.currency === null || bill.foreignMinor === null
    ? []
    : [{ currency: bill.currency, minor: paise(bill.foreignMinor) }];
}

/** A numeric DLT variable takes digits only; "Rs." then stands in the fixed text. Null where there is a currency to name. */
function bareFigures(sums: readonly Sum[]): string | null {
  const [only] = sums;
  if (only === undefined || sums.length > 1 || only.currency !== 'INR') return null;
  const whole = Math.trunc(only.minor / 100);
  const rest = only.minor % 100;
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(2, '0')}`;
}

function singleLine(text: string): string {
  return /\s\s|[\t\n\r]|^\s|\s$/u.test(text) ? text.replace(/\s+/gu, ' ').trim() : text;
}
