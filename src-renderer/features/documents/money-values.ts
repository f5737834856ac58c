import type { Credit, CreditWish } from '#contract/engine/credits.ts';
import type { Receipt, ReceiptWish } from '#contract/engine/receipts.ts';
import type { Day } from '#domain/days.ts';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { amountFault, amountTextsOf, amountWishOf, NO_AMOUNT, type AmountTexts } from './amounts.ts';
import type { OpenBill } from './share-out.ts';

export const creditKinds = ['credit-note', 'advance', 'on-account'] as const;
export const modes = ['bank', 'upi', 'cheque', 'cash', 'card', 'other'] as const;
/** How money finds its bills. */
export const manners = ['oldest-first', 'by-hand', 'none'] as const;
export type Manner = (typeof manners)[number];

/** A receipt or credit as its form holds it: what is typed, as text. */
export type MoneyValues = AmountTexts & {
  readonly customerId: number | null;
  readonly creditKind: (typeof creditKinds)[number];
  readonly number: string;
  readonly day: string;
  readonly mode: string;
  readonly reference: string;
  readonly chequeDay: string;
  readonly narration: string;
  readonly manner: Manner;
  /** What was typed beside a bill, by its id. */
  readonly typed: Readonly<Record<string, string>>;
};

export type Given = {
  readonly customerId: number | undefined;
  readonly today: Day;
  readonly base: string;
  readonly manner: Manner;
};

export function moneyValuesOf(known: Receipt | Credit | undefined, given: Given): MoneyValues {
  const fresh: MoneyValues = {
    ...NO_AMOUNT,
    customerId: given.customerId ?? null,
    creditKind: 'credit-note',
    number: '',
    day: dayWords(given.today),
    mode: 'bank',
    reference: '',
    chequeDay: '',
    narration: '',
    manner: given.manner,
    typed: {},
  };
  if (!known) return fresh;
  const both = {
    ...fresh,
    ...amountTextsOf(known, given.base),
    customerId: known.customerId,
    number: known.number ?? '',
    narration: known.narration ?? '',
  };
  if ('creditId' in known) return { ...both, day: dayWords(known.creditDay), creditKind: known.kind };
  return {
    ...both,
    day: dayWords(known.receiptDay),
    mode: known.mode ?? '',
    reference: known.reference ?? '',
    chequeDay: known.chequeDay === null ? '' : dayWords(known.chequeDay),
  };
}

type WishContext = {
  readonly today: Day;
  readonly base: string;
  /** What each bill is given; read when applied by hand. */
  readonly bills: readonly OpenBill[];
};

export function receiptWishOf(values: MoneyValues, context: WishContext): ReceiptWish {
  const { today } = context;
  return {
    ...sharedWishOf(values, context),
    receiptDay: readDay(values.day, today) ?? today,
    mode: orNull(values.mode),
    reference: orNull(values.reference),
    chequeDay: values.mode === 'cheque' ? (readDay(values.chequeDay, today) ?? null) : null,
  };
}

export function creditWishOf(values: MoneyValues, context: WishContext): CreditWish {
  const { today } = context;
  return {
    ...sharedWishOf(values, context),
    kind: values.creditKind,
    creditDay: readDay(values.day, today) ?? today,
  };
}

type SharedWish = Pick<
  CreditWish,
  'customerId' | 'number' | 'amountPaise' | 'foreign' | 'narration' | 'allocate'
>;

function sharedWishOf(values: MoneyValues, { base, bills }: WishContext): SharedWish {
  const parts = bills.flatMap(({ billId, amountPaise }) =>
    amountPaise > 0 ? [{ billId, amountPaise }] : [],
  );
  const byHand = parts.length > 0 ? parts : ('none' as const);
  return {
    customerId: values.customerId ?? 0,
    number: orNull(values.number),
    ...amountWishOf(values, base),
    narration: orNull(values.narration),
    allocate: values.manner === 'by-hand' ? byHand : values.manner,
  };
}

/** Field → key of the words that say what is missing. */
export function moneyFaults(
  values: MoneyValues,
  { today, base }: { readonly today: Day; readonly base: string },
): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  if (values.customerId === null) faults['customerId'] = 'fault.customer';
  if (readDay(values.day, today) === undefined) faults['day'] = 'fault.day';
  if (values.chequeDay.trim() !== '' && readDay(values.chequeDay, today) === undefined) {
    faults['chequeDay'] = 'fault.day';
  }
  const amount = amountFault(values, base);
  if (amount) faults[amount.field] = amount.word;
  return faults;
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
