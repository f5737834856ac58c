import { paise, ZERO, type Paise } from '#domain/money.ts';
import type { Day } from '#domain/days.ts';
import { readAmount } from '#domain/tally/amounts.ts';
import { dayFromSerial, readDay } from '#domain/tally/wire-days.ts';
import type { Found } from './shapes.ts';

/** The first value of a row that could not be read for certain. Such a row is not handed on. */
export type Doubts = { first: string | null };

export function doubt(doubts: Doubts, tag: string, text: string | null): void {
  doubts.first ??= text === null ? `${tag} is missing.` : `${tag} is “${text}”.`;
}

/** Absent and blank are the same here. */
export function textAt(found: Found, slot: number): string | null {
  const text = found.texts[slot];
  return text === undefined || text === '' ? null : text;
}

export function firstText(found: Found, ...slots: readonly number[]): string | null {
  for (const slot of slots) {
    const text = textAt(found, slot);
    if (text !== null) return text;
  }
  return null;
}

export function isYes(text: string | null): boolean {
  return text === 'Yes' || (text !== null && text !== 'No' && /^(?:yes|true|1)$/i.test(text));
}

/** Null where the flag was not given at all. */
export function flagAt(found: Found, slot: number): boolean | null {
  const text = textAt(found, slot);
  return text === null ? null : isYes(text);
}

export function amountOf(doubts: Doubts, tag: string, text: string | null): Paise | null {
  const { value, reason } = readAmount(text);
  if (reason !== null) doubt(doubts, tag, text);
  return value;
}

/** A balance that Tally prints as an empty tag is zero; one it does not print at all is not known. */
export function balanceOf(doubts: Doubts, tag: string, text: string | null | undefined): Paise | null {
  return text === '' ? ZERO : amountOf(doubts, tag, text ?? null);
}

/** Days that were read lately: a voucher's day comes hundreds of times. */
const days = new Map<string, Day>();
const DAYS_MOST = 4000;

export function dayOfText(doubts: Doubts, tag: string, text: string | null): Day | null {
  const known = text === null ? undefined : days.get(text);
  if (known !== undefined) return known;
  const { value, reason } = readDay(text);
  if (days.size === DAYS_MOST) days.clear();
  if (text !== null && value !== null) days.set(text, value);
  if (reason !== null) doubt(doubts, tag, text);
  return value;
}

export function needed<T>(doubts: Doubts, tag: string, value: T | null, otherwise: T): T {
  if (value === null) doubt(doubts, tag, null);
  return value ?? otherwise;
}

/** A whole number of zero or more. */
export function numberOf(doubts: Doubts, tag: string, text: string | null): number | null {
  if (text === null) return null;
  const value = Number(text.includes(',') ? text.replaceAll(',', '') : text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  doubt(doubts, tag, text);
  return null;
}

/** MASTERID, or what a GUID ends in: the same number as eight digits of sixteen. */
export function masterIdOf(doubts: Doubts, text: string | null, guid: string): number {
  const told = numberOf(doubts, 'MASTERID', text);
  if (told !== null) return told;
  const suffix = /-([0-9a-f]{8})$/i.exec(guid)?.[1];
  return suffix === undefined ? 0 : Number.parseInt(suffix, 16);
}

export function sizeOf(amount: Paise | null): Paise | null {
  return amount === null || amount === 0 ? null : paise(Math.abs(amount));
}

export function dayOfSerial(text: string | null): Day | null {
  return text === null ? null : dayFromSerial(Number(text));
}
