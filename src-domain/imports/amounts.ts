import { ok, refuse, type Result } from '../result.ts';
import { cellText, plainDigits, type Cell } from './cells.ts';
import { currencyOfText } from './currencies.ts';
import { decimalOf, decimalToMinor } from './decimals.ts';

/** An amount taken apart: its digits still as text, because the currency decides how many decimals it has. */
export type AmountParts = {
  /** Digits, separators and the point, without signs. */
  readonly body: string;
  readonly negative: boolean;
  /** The side a suffix names; it wins over the sign. */
  readonly side: 'dr' | 'cr' | null;
  /** The currency the cell itself names. '$' is a sign of many currencies and is handed on as it is. */
  readonly currency: string | null;
  /** The same in the book's currency, where the cell says both: "-$8500.00 @ ₹ 83/$ = -₹ 705500.00". */
  readonly base?: AmountParts | undefined;
};

/** No amount is longer, however it is marked. */
const LETTERS_MOST = 60;
const NOTHING = /^(?:|[-–—−]+|nil|n\/?a|none|शून्य)$/iu;
const DR = /^(?:dr|debit|नामे)\b\.?|(?:\bdr|(?<=\d)\s*dr|debit|नामे)\.?$/iu;
const CR = /^(?:cr|credit|जमा)\b\.?|(?:\bcr|(?<=\d)\s*cr|credit|जमा)\.?$/iu;
const MARKS = /^(₹|rs\b\.?|rs(?=\d)|inr|[a-z]{3}|[$€£¥])|(₹|rs\.?|inr|[a-z]{3}|[$€£¥])$/iu;

const WESTERN = /^\d{1,3}(?:[, ' ’]\d{3})+(?:\.\d*)?$/u;
const LAKH = /^\d{1,2}(?:[, ]\d{2})*[, ]\d{3}(?:\.\d*)?$/u;
const PLAIN = /^(?:\d+(?:\.\d*)?|\.\d+)$/;
const COMMA_DECIMAL = /^(?:\d+|\d{1,3}(?:[. ]\d{3})+)(?:,\d{1,3})?$/;
/** Only reads with a comma as the decimal mark: 1.234,56 or 1234,5. */
const COMMA_PROOF = /^(?:\d{1,3}(?:[. ]\d{3})+,\d{1,2}|\d+,\d{1,2})$/;

/** How Tally writes an amount in a foreign currency; the rate between is dropped, for the base amount is exact. */
const WITH_BASE = /^([^@=]+?)(?:\s*@[^=]*)?\s*=\s*([^@=]+)$/u;

/** null = nothing stands there: a blank, a dash, "nil". */
export function amountParts(cell: Cell | undefined): Result<AmountParts | null> {
  if (typeof cell === 'number') {
    const decimal = decimalOf(cell);
    const negative = decimal.startsWith('-');
    return ok({ body: negative ? decimal.slice(1) : decimal, negative, side: null, currency: null });
  }
  const text = plainDigits(cellText(cell));
  const both = WITH_BASE.exec(text.slice(0, 2 * LETTERS_MOST));
  if (both !== null) return withBase(text, both[1] ?? '', both[2] ?? '');
  if (text.length > LETTERS_MOST) return unreadable(text);
  if (NOTHING.test(text)) return ok(null);
  if (cell !== null && typeof cell === 'object') return unreadable(text);
  const parts = takeApart(text);
  return /^[\d., '’]+$/.test(parts.body) && /\d/.test(parts.body) ? ok(parts) : unreadable(text);
}

function withBase(text: string, foreignText: string, baseText: string): Result<AmountParts | null> {
  const foreign = amountParts(foreignText);
  const base = amountParts(baseText);
  if (!foreign.ok || !base.ok || foreign.value === null || base.value === null) return unreadable(text);
  // Beside an amount in the book's currency the dollar sign is Tally's own for the US dollar.
  const currency = foreign.value.currency === '$' ? 'USD' : foreign.value.currency;
  if (currency === null || currency === '¥') return unreadable(text);
  return ok({ ...foreign.value, currency, base: base.value });
}

/** The digits of an amount as minor units of a currency with so many decimals. Never negative. */
export function amountMinor(parts: AmountParts, digits: number, commaDecimals: boolean): Result<number> {
  const { body } = parts;
  if (commaDecimals && COMMA_DECIMAL.test(body)) {
    return decimalToMinor(body.replace(/[. ]/g, '').replace(',', '.'), digits);
  }
  if (PLAIN.test(body)) return decimalToMinor(body, digits);
  if (WESTERN.test(body) || LAKH.test(body)) return decimalToMinor(body.replace(/[, '’]/g, ''), digits);
  return unreadable(body);
}

/** Comma decimals are believed only when a value of the column proves them and none speaks against them. */
export function provesCommaDecimals(cells: Iterable<Cell | undefined>): boolean {
  let isProved = false;
  for (const cell of cells) {
    if (typeof cell !== 'string') continue;
    const parts = amountParts(cell);
    if (!parts.ok || parts.value === null) continue;
    const { body } = parts.value;
    if (!COMMA_DECIMAL.test(body)) return false;
    if (COMMA_PROOF.test(body)) isProved = true;
  }
  return isProved;
}

/** −1 or +1: a Dr or Cr suffix wins over the sign. */
export function signOf(parts: AmountParts): 1 | -1 {
  if (parts.side !== null) return parts.side === 'dr' ? 1 : -1;
  return parts.negative ? -1 : 1;
}

function takeApart(text: string): AmountParts {
  const bracketed = /^\((.*)\)$/u.exec(text);
  // "1,200/-" is how an amount is closed on paper.
  let rest = (bracketed?.[1] ?? text).trim().replace(/\s*\/[-=]?$/u, '');
  let negative = bracketed !== null;
  let side: 'dr' | 'cr' | null = null;
  let currency: string | null = null;
  // Marks may stand in any order ("₹ -1,200.00 Dr", "(INR 500)"), so they are peeled off until none is left.
  for (let isPeeling = true; isPeeling;) {
    const before = rest;
    const sided = side === null && (DR.exec(rest) ?? CR.exec(rest));
    if (sided) {
      side = DR.test(rest) ? 'dr' : 'cr';
      rest = without(rest, sided);
    }
    const mark = MARKS.exec(rest);
    const named = mark === null ? undefined : currencyOfMark(mark[0]);
    if (mark !== null && named !== undefined && currency === null) {
      currency = named;
      rest = without(rest, mark);
    }
    const sign = /^[-−–+]|[-−–+]$/u.exec(rest);
    if (sign !== null) {
      negative = negative || sign[0] !== '+';
      rest = without(rest, sign);
    }
    const inner = /^\((.*)\)$/u.exec(rest);
    if (inner !== null) {
      negative = true;
      rest = (inner[1] ?? '').trim();
    }
    isPeeling = rest !== before;
  }
  return { body: rest, negative, side, currency };
}

/** undefined for letters that are no currency. */
function currencyOfMark(mark: string): string | undefined {
  return mark === '$' || mark === '¥' ? mark : currencyOfText(mark);
}

function without(text: string, match: RegExpExecArray): string {
  return (text.slice(0, match.index) + text.slice(match.index + match[0].length)).trim();
}

function unreadable(text: string): ReturnType<typeof refuse> {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return refuse('amount-unreadable', `“${shown}” is not an amount.`, { values: { text: shown } });
}
