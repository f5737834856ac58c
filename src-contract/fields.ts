import { isDay, type Day } from '#domain/days.ts';
import { isCurrency, type Paise } from '#domain/money.ts';
import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Whole paise (minor units of the book's base currency). */
export const paiseField = z.custom<Paise>((value) => Number.isSafeInteger(value), 'a whole number of paise');

/** 'YYYY-MM-DD', a day that exists. */
export const dayField = z.custom<Day>(
  (value) => typeof value === 'string' && isDay(value),
  'a day like 2026-04-01',
);

export const idField = z.int().positive();
export const bookIdField = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
export const currencyField = z.custom<string>(
  (value) => typeof value === 'string' && isCurrency(value),
  'a currency like INR',
);
export const timeZoneField = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'a time zone like Asia/Kolkata');

export const refusalField = z.object({
  code: z.string(),
  sentence: z.string(),
  field: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/**
 * Shape known to the compiler, not checked again at run time: for answers of thousands of rows that the engine
 * has just made itself. Inputs are always parsed.
 */
export function bulk<T extends z.ZodType>(_shape: T): z.ZodType<z.infer<T>> {
  return z.custom<z.infer<T>>();
}

/** Every call may answer with these; the closed list of codes a script can rely on. */
export const call = oc.errors({
  REFUSED: { message: 'Refused', data: refusalField },
  NO_BOOK: { message: 'No book is open' },
  FAILED: {
    message: 'The outside world failed',
    data: z.object({ code: z.string(), sentence: z.string(), retryable: z.boolean() }),
  },
  INTERNAL: { message: 'Internal error', data: z.object({ errorId: z.string() }) },
});
