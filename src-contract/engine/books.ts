import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { bookIdField, call, currencyField, dayField, timeZoneField } from '../fields.ts';

/** A book is one company: one SQLite file with its own base currency and calendar. */
export const bookShape = z.object({
  bookId: bookIdField,
  name: z.string(),
  baseCurrency: currencyField,
  timeZone: timeZoneField,
  isDemo: z.boolean(),
  createdAt: z.int(),
  openedAt: z.int(),
});
export type Book = z.infer<typeof bookShape>;

/** The open book and what it holds; `today` is the company's own calendar day. */
export const openBookShape = bookShape.extend({
  today: dayField,
  customerCount: z.int(),
  billCount: z.int(),
  lastImportAt: z.int().nullable(),
  /** The last check of the file, and whether it was sound; null when there was none yet. */
  checkedAt: z.int().nullable(),
  isSound: z.boolean().nullable(),
});
export type OpenBook = z.infer<typeof openBookShape>;

export const demoProgressShape = z.object({
  done: z.int(),
  of: z.int(),
  book: bookShape.optional(),
});

export const books = {
  list: call.output(z.array(bookShape)),
  /** The open book, or null when none is open. */
  current: call.output(openBookShape.nullable()),
  create: call
    .input(
      z.object({
        name: z.string().trim().min(1).max(120),
        baseCurrency: currencyField.default('INR'),
        timeZone: timeZoneField.default('Asia/Kolkata'),
      }),
    )
    .output(bookShape),
  /** Opens a book; unless told not to, it is the one taken up again at the next start. */
  open: call.input(z.object({ bookId: bookIdField, remember: z.boolean().default(true) })).output(bookShape),
  rename: call
    .input(z.object({ bookId: bookIdField, name: z.string().trim().min(1).max(120) }))
    .output(bookShape),
  /** Takes a book away, file and all, into which nothing was ever put; any other is refused. */
  discardEmpty: call.input(z.object({ bookId: bookIdField })).output(z.object({})),
  /** Closes the open book; none is open afterwards, and none is taken up again at the next start. */
  close: call.output(z.object({})),
  /** Whether the file is sound: SQLite's integrity and foreign-key checks. Done weekly by itself too. */
  check: call.output(z.object({ isSound: z.boolean(), checkedAt: z.int(), problemCount: z.int() })),
  /** Makes (or makes anew) the demo company, opens it, and streams progress; the last event bears the book. */
  createDemo: call
    .input(
      z.object({
        customers: z.int().min(10).max(5000).default(400),
        /** The last day of the three years; today by default. Given by tests so that figures can be asserted. */
        until: dayField.optional(),
      }),
    )
    .output(eventIterator(demoProgressShape)),
};
