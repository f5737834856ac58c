import type { Bill, BillWish } from '#contract/engine/bills.ts';
import { addDays, type Day } from '#domain/days.ts';
import { split, sumOf, ZERO, type Paise } from '#domain/money.ts';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { moneyInput } from '#kit/money-field.tsx';
import { readMoney } from '#kit/money-input.ts';
import { amountFault, amountTextsOf, amountWishOf, NO_AMOUNT, type AmountTexts } from './amounts.ts';

export const enteredKinds = ['invoice', 'debit-note', 'opening-bill', 'interest', 'charge'] as const;

export type PartTexts = { readonly key: string; readonly dueDay: string; readonly amount: string };

/** A bill as its form holds it: what is typed, as text. */
export type BillValues = AmountTexts & {
  readonly customerId: number | null;
  readonly kind: (typeof enteredKinds)[number];
  readonly number: string;
  readonly billDay: string;
  /** Empty: by the customer's terms. */
  readonly dueDay: string;
  readonly parts: readonly PartTexts[];
  readonly salesperson: string;
  readonly narration: string;
};

export function billValuesOf(
  bill: Bill | undefined,
  given: { readonly customerId: number | undefined; readonly today: Day; readonly base: string },
): BillValues {
  if (!bill) {
    return {
      ...NO_AMOUNT,
      customerId: given.customerId ?? null,
      kind: 'invoice',
      number: '',
      billDay: dayWords(given.today),
      dueDay: '',
      parts: [],
      salesperson: '',
      narration: '',
    };
  }
  return {
    ...amountTextsOf(bill, given.base),
    customerId: bill.customerId,
    kind: bill.kind,
    number: bill.number ?? '',
    billDay: dayWords(bill.billDay),
    dueDay: dayWords(bill.dueDay),
    parts: bill.instalments.map(({ dueDay, amountPaise }, at) => ({
      key: String(at),
      dueDay: dayWords(dueDay),
      amount: moneyInput(amountPaise, given.base),
    })),
    salesperson: bill.salesperson ?? '',
    narration: bill.narration ?? '',
  };
}

/** The form as the engine is told it. Only after `billFaults` has found nothing. */
export function billWishOf(
  values: BillValues,
  {
    today,
    base,
    billId,
  }: { readonly today: Day; readonly base: string; readonly billId: number | undefined },
): BillWish {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const parts = values.parts.map(({ dueDay, amount }) => ({
    dueDay: readDay(dueDay, today) ?? today,
    amountPaise: readMoney(amount, base) ?? ZERO,
  }));
  const dueDay = readDay(values.dueDay, today);
  return {
    ...(billId === undefined ? {} : { billId }),
    customerId: values.customerId ?? 0,
    kind: values.kind,
    number: orNull(values.number),
    billDay: readDay(values.billDay, today) ?? today,
    ...(dueDay === undefined || parts.length > 0 ? {} : { dueDay }),
    ...amountWishOf(values, base),
    instalments: parts,
    salesperson: orNull(values.salesperson),
    narration: orNull(values.narration),
  };
}

/** Field → key of the words that say what is missing. */
export function billFaults(
  values: BillValues,
  { today, base }: { readonly today: Day; readonly base: string },
): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  if (values.customerId === null) faults['customerId'] = 'fault.customer';
  if (readDay(values.billDay, today) === undefined) faults['billDay'] = 'fault.day';
  if (values.dueDay.trim() !== '' && readDay(values.dueDay, today) === undefined)
    faults['dueDay'] = 'fault.day';
  const amount = amountFault(values, base);
  if (amount) faults[amount.field] = amount.word;
  const areParts = values.parts.every(
    (part) => readDay(part.dueDay, today) !== undefined && (readMoney(part.amount, base) ?? 0) > 0,
  );
  if (!areParts) faults['parts'] = 'fault.parts';
  return faults;
}

const DAYS_APART = 30;

/** So many parts as equal as paise go, a month of 30 days apart; the last one gets the odd paise. */
export function equalParts(
  amountPaise: Paise,
  count: number,
  { firstDay, base }: { readonly firstDay: Day; readonly base: string },
): readonly PartTexts[] {
  const amounts = split(
    amountPaise,
    Array.from({ length: count }, () => 1),
  );
  return amounts.map((amount, at) => ({
    key: `${count}-${at}`,
    dueDay: dayWords(addDays(firstDay, at * DAYS_APART)),
    amount: moneyInput(amount, base),
  }));
}

export function partsSum(parts: readonly PartTexts[], base: string): Paise {
  return sumOf(parts, ({ amount }) => readMoney(amount, base) ?? ZERO);
}
