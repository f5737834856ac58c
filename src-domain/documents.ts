import { formatDay, type Day } from './days.ts';
import { AMOUNT_MINOR_MOST } from './imports/decimals.ts';
import { moneyText } from './imports/reasons.ts';
import { minorDigits, parseRate, RATE_ONE, toBase, type Paise } from './money.ts';
import { notPositive, peakFrom, type AppliedSpan } from './allocation.ts';
import { ok, refuse, type Refusal, type Result } from './result.ts';

// What bills, receipts and credits entered by hand have in common.

/** A foreign amount as a person enters it; the rate is base per one foreign unit, as text. */
export type ForeignEntry = {
  readonly currency: string;
  readonly foreignMinor: number;
  readonly rate: string;
};

export type EnteredAmount = {
  readonly amountPaise: Paise;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
};

/** The base amount: as entered, or worked out from the foreign amount and its rate, rounded half up to a whole paisa. */
export function enterAmount(
  entry: { readonly amountPaise?: Paise | undefined; readonly foreign: ForeignEntry | null },
  baseCurrency: string,
): Result<EnteredAmount> {
  const { foreign } = entry;
  if (foreign === null) {
    if (entry.amountPaise === undefined) {
      return refuse('amount-missing', 'The amount is missing.', { field: 'amountPaise' });
    }
    const amount = withinLimits(entry.amountPaise, baseCurrency);
    return amount.ok
      ? ok({ amountPaise: amount.value, currency: null, foreignMinor: null, rateE6: null })
      : amount;
  }
  const { currency, foreignMinor } = foreign;
  if (currency === baseCurrency) {
    const sentence = `${currency} is the book's own currency. Enter the amount without a rate.`;
    return refuse('foreign-is-base', sentence, { field: 'foreign', values: { currency } });
  }
  const rate = parseRate(foreign.rate);
  if (!rate.ok) return { ok: false, refusal: { ...rate.refusal, field: 'rate' } };
  if (foreignMinor > AMOUNT_MINOR_MOST) return tooLarge(moneyText(foreignMinor, currency));
  // The bound is checked before whole paise are made of it: a product beyond 2^53 would be a bug, not a sentence.
  const roughly = (foreignMinor * rate.value * 10 ** minorDigits(baseCurrency)) / 10 ** minorDigits(currency);
  if (roughly / RATE_ONE > AMOUNT_MINOR_MOST) return tooLarge(moneyText(foreignMinor, currency));
  const amount = withinLimits(toBase(foreignMinor, rate.value, currency, baseCurrency), baseCurrency);
  return amount.ok ? ok({ amountPaise: amount.value, currency, foreignMinor, rateE6: rate.value }) : amount;
}

function withinLimits(amountPaise: Paise, baseCurrency: string): Result<Paise> {
  if (amountPaise <= 0) return notPositive(amountPaise, baseCurrency);
  return amountPaise > AMOUNT_MINOR_MOST ? tooLarge(moneyText(amountPaise, baseCurrency)) : ok(amountPaise);
}

function tooLarge(text: string) {
  const sentence = `“${text}” is larger than any amount Baaki can hold.`;
  return refuse('amount-too-large', sentence, { field: 'amountPaise', values: { text } });
}

/** 83_250_000 → "83.25", as a person would enter it again. */
function rateText(rateE6: number): string {
  const whole = Math.trunc(rateE6 / RATE_ONE);
  const fraction = String(rateE6 % RATE_ONE).padStart(6, '0');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? String(whole) : `${whole}.${kept}`;
}

/** What a document of this book was entered with, for the form that changes it. */
export function foreignOf(amount: Omit<EnteredAmount, 'amountPaise'>): ForeignEntry | null {
  const { currency, foreignMinor, rateE6 } = amount;
  if (currency === null || foreignMinor === null || rateE6 === null) return null;
  return { currency, foreignMinor, rate: rateText(rateE6) };
}

/** Numbers are the same when they differ only in case and spaces. */
export function numberKeyOf(number: string): string {
  return number.replace(/\s+/gu, '').toLowerCase();
}

type Standing = {
  readonly customerId: number;
  readonly amountPaise: Paise;
  readonly currency: string | null;
};

/**
 * Whether a document may become another one, given what is or was applied of it. It may not fall below what was
 * applied on any day (figures as of that day would break), nor change customer or currency while anything is applied.
 */
export function mayChange(
  before: Standing & { readonly spans: readonly AppliedSpan[] },
  after: Standing,
  baseCurrency: string,
): Result<null> {
  const peak = peakFrom(before.spans, null);
  const live = before.spans.filter(({ untilDay }) => untilDay === null);
  const applied = moneyText(
    live.reduce((sum, span) => sum + span.amountPaise, 0),
    baseCurrency,
  );
  if (live.length > 0 && before.customerId !== after.customerId) {
    const sentence = `${applied} of it is applied. Take that back before it goes to another customer.`;
    return refuse('customer-applied', sentence, { field: 'customerId', values: { applied } });
  }
  if (live.length > 0 && before.currency !== after.currency) {
    const sentence = `${applied} of it is applied. Take that back before its currency is changed.`;
    return refuse('currency-applied', sentence, { field: 'foreign', values: { applied } });
  }
  if (after.amountPaise >= peak) return ok(null);
  const [amount, most] = [moneyText(after.amountPaise, baseCurrency), moneyText(peak, baseCurrency)];
  const sentence = `${amount} is less than the ${most} that is or was applied. Void this entry and enter it anew.`;
  return refuse('below-applied', sentence, { field: 'amountPaise', values: { amount, applied: most } });
}

/** What is to be known of a document though it was saved. */
export const documentWarnings = {
  futureDay: (documentDay: Day, today: Day): readonly Refusal[] => {
    if (documentDay <= today) return [];
    const day = formatDay(documentDay);
    const sentence = `${day} is after today. It counts from that day on.`;
    return [{ code: 'future-day', sentence, values: { day } }];
  },
  /** The next import of the same row may say something else again. */
  imported: (source: string): readonly Refusal[] => {
    if (source === 'manual') return [];
    const sentence = 'This came with an import. Importing the same row again may change it back.';
    return [{ code: 'imported-changed', sentence }];
  },
  numberUsed: (
    code: 'number-used' | 'reference-used',
    used: { readonly number: string; readonly day: Day; readonly amountPaise: Paise } | undefined,
    baseCurrency: string,
  ): readonly Refusal[] => {
    if (used === undefined) return [];
    const values = {
      number: used.number,
      day: formatDay(used.day),
      amount: moneyText(used.amountPaise, baseCurrency),
    };
    const sentence = `${values.number} already stands with this customer: ${values.amount} of ${values.day}.`;
    return [{ code, sentence, field: code === 'number-used' ? 'number' : 'reference', values }];
  },
} as const;

export type Voidness = { readonly voidedAt: number | null };

/** A document that is in the book, void or not. */
export function known<T>(document: T | undefined): Result<T> {
  return document ? ok(document) : gone();
}

/** A document that may be changed or voided. */
export function standing<T extends Voidness>(document: T | undefined): Result<T> {
  if (!document) return gone();
  if (document.voidedAt === null) return ok(document);
  return refuse('document-voided', 'This entry was voided. Bring it back first.');
}

/** A document that may be brought back. */
export function voided<T extends Voidness>(document: T | undefined): Result<T> {
  if (!document) return gone();
  if (document.voidedAt !== null) return ok(document);
  return refuse('document-not-voided', 'This entry is not voided.');
}

export function gone(): { readonly ok: false; readonly refusal: Refusal } {
  return refuse('document-gone', 'This entry is no longer in the book, or it was voided.');
}
