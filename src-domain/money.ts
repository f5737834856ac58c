import { ok, refuse, type Result } from './result.ts';

/** Whole paise (or the minor unit of the book's base currency): a safe integer, never a fraction. */
export type Paise = number & { readonly __paise: unique symbol };

export type Rounding = 'half-up' | 'down';

export const ZERO = 0 as Paise;

/** Throws when the value is no safe integer: half a paisa is a bug of ours, never the user's. */
export function paise(value: number): Paise {
  if (!Number.isSafeInteger(value)) throw new Error(`Not a whole number of paise: ${value}`);
  return (value === 0 ? 0 : value) as Paise;
}

export function add(...amounts: readonly Paise[]): Paise {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return paise(sum);
}

export function subtract(from: Paise, amount: Paise): Paise {
  return paise(from - amount);
}

export function negate(amount: Paise): Paise {
  return paise(0 - amount);
}

export function sumOf<T>(items: readonly T[], amountOf: (item: T) => Paise): Paise {
  let sum = 0;
  for (const item of items) sum += amountOf(item);
  return paise(sum);
}

/** value × times ÷ by, exact inside; 'half-up' rounds half away from zero, 'down' cuts towards zero. */
export function mulDiv(
  value: number,
  times: number | bigint,
  by: number | bigint,
  rounding: Rounding = 'half-up',
): Paise {
  const divisor = BigInt(by);
  if (divisor <= 0n) throw new Error(`Not a positive divisor: ${by}`);
  const product = BigInt(value) * BigInt(times);
  const negative = product < 0n;
  const magnitude = negative ? -product : product;
  const whole = rounding === 'half-up' ? (magnitude * 2n + divisor) / (divisor * 2n) : magnitude / divisor;
  return paise(Number(negative ? -whole : whole));
}

/** Splits by weights; the rounding remainder goes to the last part, which therefore "gets the last paisa". */
export function split(amount: Paise, weights: readonly number[]): readonly Paise[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === 0 || total <= 0)
    throw new Error('A split needs weights that add up to more than 0.');
  const parts = weights.slice(0, -1).map((weight) => mulDiv(amount, weight, total, 'down'));
  return [
    ...parts,
    subtract(
      amount,
      sumOf(parts, (part) => part),
    ),
  ];
}

// Asking Intl costs 20 µs; a table of thousands of amounts asks for the same currency thousands of times.
const knownDigits = new Map<string, number>([['INR', 2]]);

/** Digits after the point in a currency's minor unit (INR 2, JPY 0, KWD 3; ISO 4217 as Intl has it). */
export function minorDigits(currency: string): number {
  const known = knownDigits.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  knownDigits.set(currency, digits);
  return digits;
}

let currencies: ReadonlySet<string> | undefined;

export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies.has(code);
}

/** Rates are whole numbers of a millionth, so that 83.125 INR a USD is 83_125_000. */
export const RATE_ONE = 1_000_000;

/** "83.125" → 83_125_000; refuses zero, signs and more than six decimals. */
export function parseRate(text: string): Result<number> {
  const match = /^(\d{1,7})(?:\.(\d{1,6}))?0*$/.exec(text.trim());
  const rate = match ? Number(match[1]) * RATE_ONE + Number((match[2] ?? '').padEnd(6, '0')) : 0;
  if (rate === 0) {
    return refuse('rate', `“${text}” is not an exchange rate. Write it like 83.25.`, { values: { text } });
  }
  return ok(rate);
}

/** A foreign amount in its own minor unit, at a rate in millionths, as minor units of the base currency. */
export function toBase(foreignMinor: number, rateE6: number, foreign: string, base: string): Paise {
  const up = 10n ** BigInt(minorDigits(base));
  const down = 10n ** BigInt(minorDigits(foreign));
  return mulDiv(foreignMinor, BigInt(rateE6) * up, BigInt(RATE_ONE) * down);
}

export type MoneyWords = 'plain' | 'short';

/**
 * 1234567890 paise → "1,23,45,678.90" (lakh grouping for INR, thousands for others); 'short' → "1.2 Cr", "12.4 L".
 * No currency sign: it stands once in the header. The minus is U+2212, as wide as a digit.
 */
export function formatMoney(amount: number, currency = 'INR', words: MoneyWords = 'plain'): string {
  const digits = minorDigits(currency);
  const unit = 10 ** digits;
  const sign = amount < 0 ? '−' : '';
  const magnitude = Math.abs(amount);
  if (words === 'short') return sign + shortMoney(Math.trunc(magnitude / unit), currency);
  const whole = Math.trunc(magnitude / unit);
  const fraction = digits === 0 ? '' : `.${String(magnitude % unit).padStart(digits, '0')}`;
  return sign + group(String(whole), currency) + fraction;
}

function group(digits: string, currency: string): string {
  const head = digits.slice(0, -3);
  const tail = digits.slice(-3);
  if (head === '') return tail;
  const every = currency === 'INR' ? /\B(?=(\d{2})+(?!\d))/g : /\B(?=(\d{3})+(?!\d))/g;
  return `${head.replace(every, ',')},${tail}`;
}

function shortMoney(whole: number, currency: string): string {
  const steps: readonly (readonly [number, string])[] =
    currency === 'INR'
      ? [
          [1_00_00_000, ' Cr'],
          [1_00_000, ' L'],
          [1_000, ' K'],
        ]
      : [
          [1_000_000_000, ' B'],
          [1_000_000, ' M'],
          [1_000, ' K'],
        ];
  for (const [unit, word] of steps) {
    if (whole >= unit) {
      const tenths = Math.trunc((whole * 10) / unit);
      const text = tenths >= 1000 ? group(String(Math.trunc(tenths / 10)), currency) : String(tenths / 10);
      return text + word;
    }
  }
  return String(whole);
}
