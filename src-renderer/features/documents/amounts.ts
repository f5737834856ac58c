import type { BillWish } from '#contract/engine/bills.ts';
import { parseRate, toBase, type Paise } from '#domain/money.ts';
import { readMoney } from '#kit/money-input.ts';
import { moneyInput } from '#kit/money-field.tsx';

/** An amount as a form holds it: texts, in base currency or in another at a rate. */
export type AmountTexts = {
  readonly amount: string;
  readonly isForeign: boolean;
  readonly currency: string;
  readonly foreignAmount: string;
  readonly rate: string;
};

export const NO_AMOUNT: AmountTexts = {
  amount: '',
  isForeign: false,
  currency: 'USD',
  foreignAmount: '',
  rate: '',
};

/** The base amount that the texts come to; undefined while they do not. */
export function basePaiseOf(texts: AmountTexts, base: string): Paise | undefined {
  if (!texts.isForeign) return readMoney(texts.amount, base) ?? undefined;
  const minor = readMoney(texts.foreignAmount, texts.currency);
  const rate = parseRate(texts.rate);
  if (minor === undefined || minor === null || !rate.ok) return undefined;
  return toBase(minor, rate.value, texts.currency, base);
}

/** The texts as the engine is told them. */
export function amountWishOf(texts: AmountTexts, base: string): Pick<BillWish, 'amountPaise' | 'foreign'> {
  if (!texts.isForeign) return { amountPaise: readMoney(texts.amount, base) ?? undefined, foreign: null };
  const foreignMinor = readMoney(texts.foreignAmount, texts.currency) ?? 0;
  return { foreign: { currency: texts.currency, foreignMinor, rate: texts.rate.trim() } };
}

type Amounted = {
  readonly amountPaise: Paise;
  readonly foreign: {
    readonly currency: string;
    readonly foreignMinor: number;
    readonly rate: string;
  } | null;
};

export function amountTextsOf({ amountPaise, foreign }: Amounted, base: string): AmountTexts {
  if (!foreign) return { ...NO_AMOUNT, amount: moneyInput(amountPaise, base) };
  return {
    amount: '',
    isForeign: true,
    currency: foreign.currency,
    foreignAmount: moneyInput(foreign.foreignMinor, foreign.currency),
    rate: foreign.rate,
  };
}

/** Which field lacks what, by key of the words; undefined when the amount holds. */
export function amountFault(
  texts: AmountTexts,
  base: string,
): { readonly field: keyof AmountTexts; readonly word: string } | undefined {
  if (!texts.isForeign) {
    const amount = readMoney(texts.amount, base);
    return amount === undefined || amount === null || amount <= 0
      ? { field: 'amount', word: 'fault.amount' }
      : undefined;
  }
  const minor = readMoney(texts.foreignAmount, texts.currency);
  if (minor === undefined || minor === null || minor <= 0)
    return { field: 'foreignAmount', word: 'fault.amount' };
  return parseRate(texts.rate).ok ? undefined : { field: 'rate', word: 'fault.rate' };
}
