import { paise, parseRate, RATE_ONE, subtract, toBase, ZERO, type Paise } from '../money.ts';
import { ok, type Result } from '../result.ts';
import { digitsOfCurrency } from './currencies.ts';
import { AMOUNT_MINOR_MOST, decimalOf, decimalToScaled } from './decimals.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';
import { moneyText, reasons } from './reasons.ts';
import type { RowAmounts } from './row-amounts.ts';

const RATE_DIGITS = 6;

/** Amounts in the book's currency, with the foreign ones beside them where the row is foreign. */
export type RowMoney = {
  readonly amountPaise: Paise;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  readonly rateE6: number | null;
  readonly paidPaise: Paise;
  readonly paidForeignMinor: number | null;
};

export function rowMoney(reading: Reading, row: Row, amounts: RowAmounts): Result<RowMoney> {
  const { currency, minor } = amounts;
  const openMinor = amounts.openMinor ?? minor;
  const base = reading.book.baseCurrency;
  if (currency === base) {
    return ok({
      amountPaise: paise(minor),
      currency: null,
      foreignMinor: null,
      rateE6: null,
      paidPaise: paise(minor - openMinor),
      paidForeignMinor: null,
    });
  }
  const rate = amounts.baseMinor === null ? rateOf(reading, row, currency) : rateBetween(amounts, base);
  if (!rate.ok) return rate;
  // Told beforehand and roughly: the exact product of a hostile amount and rate would be no safe integer.
  if ((minor * rate.value) / RATE_ONE > AMOUNT_MINOR_MOST) {
    return { ok: false, refusal: reasons.amountTooLarge(moneyText(minor, currency)) };
  }
  const amountPaise =
    amounts.baseMinor === null ? toBase(minor, rate.value, currency, base) : paise(amounts.baseMinor);
  return ok({
    amountPaise,
    currency,
    foreignMinor: minor,
    rateE6: rate.value,
    // The open part is converted and the paid part is the rest, so that both add up to the bill to the paisa.
    paidPaise:
      openMinor === minor ? ZERO : subtract(amountPaise, toBase(openMinor, rate.value, currency, base)),
    paidForeignMinor: minor - openMinor,
  });
}

/** The rate that two amounts beside each other come to; it only says what they say already. */
function rateBetween({ minor, currency, baseMinor }: RowAmounts, base: string): Result<number> {
  const [own, foreign] = [10 ** digitsOfCurrency(base), 10 ** digitsOfCurrency(currency)];
  const rateE6 = minor === 0 ? 0 : Math.round(((baseMinor ?? 0) / own / (minor / foreign)) * RATE_ONE);
  return rateE6 > 0 && Number.isSafeInteger(rateE6)
    ? ok(rateE6)
    : { ok: false, refusal: reasons.rateMissing(currency, base) };
}

/** The row's own rate, else the one the user gave. A rate of 1 between two currencies means that none is known. */
function rateOf(reading: Reading, row: Row, currency: string): Result<number> {
  const cell = cellOf(reading, row, 'rate');
  const text = typeof cell === 'number' ? decimalOf(cell) : textOf(reading, row, 'rate');
  if (text !== '') {
    const own = decimalToScaled(text, RATE_DIGITS);
    if (own === undefined) return { ok: false, refusal: reasons.rateUnreadable(text) };
    if (own !== 0 && own !== RATE_ONE) return ok(own);
  }
  const given = new Map(Object.entries(reading.map.rates)).get(currency);
  if (given === undefined) {
    return { ok: false, refusal: reasons.rateMissing(currency, reading.book.baseCurrency) };
  }
  return parseRate(given);
}
