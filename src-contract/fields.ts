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

/** What a sentence names, for the same sentence in another language. */
const valuesField = z.record(z.string(), z.union([z.string(), z.number()]));
type Values = Record<string, string | number>;

// Refusals and failures stand in the type of every call, which the compiler must be able to write down: they are of named
// types.
export type RefusalShown = {
  code: string;
  sentence: string;
  field?: string | undefined;
  values?: Values | undefined;
};

export const refusalField: z.ZodType<RefusalShown, RefusalShown> = z.object({
  code: z.string(),
  sentence: z.string(),
  field: z.string().optional(),
  values: valuesField.optional(),
});

export type FailureShown = {
  code: string;
  sentence: string;
  retryable: boolean;
  values?: Values | undefined;
};

const failureField: z.ZodType<FailureShown, FailureShown> = z.object({
  code: z.string(),
  sentence: z.string(),
  retryable: z.boolean(),
  values: valuesField.optional(),
});

/**
 * Shape known to the compiler, not checked again at run time: for answers of thousands of rows that the engine
 * has just made itself. Inputs are always parsed.
 */
export function bulk<T extends z.ZodType>(_shape: T): z.ZodType<z.infer<T>> {
  return z.custom<z.infer<T>>();
}

type BugShown = { errorId: string };
const bugField: z.ZodType<BugShown, BugShown> = z.object({ errorId: z.string() });

/** Every call may answer with these; the closed list of codes a script can rely on. */
export type CallErrors = {
  REFUSED: { message: string; data: typeof refusalField };
  NO_BOOK: { message: string };
  FAILED: { message: string; data: typeof failureField };
  INTERNAL: { message: string; data: typeof bugField };
};

const errors: CallErrors = {
  REFUSED: { message: 'Refused', data: refusalField },
  NO_BOOK: { message: 'No book is open' },
  FAILED: { message: 'The outside world failed', data: failureField },
  INTERNAL: { message: 'Internal error', data: bugField },
};

export const call = oc.errors(errors);
