import { agingParts } from '#domain/aging.ts';
import { z } from 'zod';
import { bulk, call, currencyField, dayField, idField, paiseField, refusalField } from '../fields.ts';
import { agingWish } from './aging.ts';
import { groupBys } from './aging-words.ts';

export const billKinds = ['invoice', 'debit-note', 'opening-bill', 'interest', 'charge'] as const;
export const creditKinds = ['credit-note', 'advance', 'on-account'] as const;

/** One open item as of a day: a bill's instalment, or a receipt or credit not yet allocated (negative). */
export const openItemShape = z.object({
  /** 'bill:7:1' (instalment 1 of bill 7), 'receipt:9', 'credit:4'. */
  key: z.string(),
  kind: z.enum([...billKinds, 'receipt', ...creditKinds]),
  customerId: idField,
  customerName: z.string(),
  number: z.string().nullable(),
  /** The document's own day. */
  day: dayField,
  /** Due day of a bill; the document's own day for receipts and credits. */
  dueDay: dayField,
  /** Original amount; negative for receipts and credits. */
  amountPaise: paiseField,
  /** What is still open; negative for receipts and credits. */
  openPaise: paiseField,
  /** Days past the due day; negative while not due. */
  daysLate: z.int(),
  /** Index into the buckets of the aging table. */
  bucket: z.int(),
  /** Set when the document is in a foreign currency: code, original amount in its minor unit. */
  currency: z.string().nullable(),
  foreignMinor: z.int().nullable(),
});
export type OpenItem = z.infer<typeof openItemShape>;

export const openItemsShape = z.object({
  asOf: dayField,
  rows: z.array(openItemShape),
  openPaise: paiseField,
});

/** A foreign amount as a person enters it: in its own minor unit, with base per one foreign unit as text. */
export const foreignField = z.object({
  currency: currencyField,
  foreignMinor: z.int().positive(),
  rate: z.string().max(20),
});

/** The id is of an instalment that the bill already has, so that what was applied to it stays with it. */
export const instalmentField = z.object({
  instalmentId: idField.optional(),
  dueDay: dayField,
  amountPaise: paiseField,
});

/** A bill entered by hand, or a change of one. Imported bills may be changed too; the old values are kept. */
export const billWish = z.object({
  billId: idField.optional(),
  customerId: idField,
  kind: z.enum(billKinds).default('invoice'),
  number: z.string().trim().max(60).nullable().default(null),
  billDay: dayField,
  /** Left out: the bill's day and the customer's credit days. */
  dueDay: dayField.optional(),
  /** Base amount; for a foreign bill it is worked out from the rate and this is left out. */
  amountPaise: paiseField.optional(),
  foreign: foreignField.nullable().default(null),
  /** Two or more parts, each due on its own day, that add up to the amount. */
  instalments: z.array(instalmentField).max(60).default([]),
  salesperson: z.string().trim().max(120).nullable().default(null),
  narration: z.string().trim().max(2000).nullable().default(null),
});
export type BillWish = z.input<typeof billWish>;

export const savedShape = z.object({
  id: idField,
  /** What the user should know though it was saved: over the credit limit, a number used before. */
  warnings: z.array(refusalField),
});
export type Saved = z.infer<typeof savedShape>;

/** What was applied before counts again, but for what is used elsewhere by now: a warning tells how much. */
export const restoredShape = z.object({ warnings: z.array(refusalField) });

export const voidWish = z.object({ reason: z.string().trim().min(1).max(200) });

/** A bill with all of its fields, for the form that changes it. */
export const billShape = z.object({
  billId: idField,
  customerId: idField,
  customerName: z.string(),
  kind: z.enum(billKinds),
  number: z.string().nullable(),
  billDay: dayField,
  dueDay: dayField,
  amountPaise: paiseField,
  foreign: foreignField.nullable(),
  instalments: z.array(instalmentField),
  salesperson: z.string().nullable(),
  narration: z.string().nullable(),
  doNotChaseReason: z.string().nullable(),
  source: z.string(),
  importBatchId: idField.nullable(),
  voidReason: z.string().nullable(),
});
export type Bill = z.infer<typeof billShape>;

export const bills = {
  /** Open items as of a day, oldest due day first: all, of one customer, of one bucket or of one group. */
  listOpen: call
    .input(
      agingWish.extend({
        customerId: idField.optional(),
        bucket: z.int().min(0).max(12).optional(),
        /** The bills behind one of the dashboard's figures. */
        part: z.enum(agingParts).optional(),
        group: z.object({ by: z.enum(groupBys), key: z.string().max(400) }).optional(),
      }),
    )
    .output(bulk(openItemsShape)),
  get: call.input(z.object({ billId: idField })).output(billShape),
  /** Enters or changes a bill by hand. Refused when it would be less than what is applied to it, or breaks a block. */
  save: call.input(billWish).output(savedShape),
  /** Takes a bill out of every figure of every day, and what was applied to it. It stays in the timeline with the reason. */
  void: call.input(voidWish.extend({ billId: idField })).output(z.object({})),
  /** Brings a voided bill back. */
  restore: call.input(z.object({ billId: idField })).output(restoredShape),
  /** Null takes the flag away. */
  doNotChase: call
    .input(z.object({ billId: idField, reason: z.string().trim().min(1).max(200).nullable() }))
    .output(z.object({})),
  /** At most 50 by number: exact first, then those that begin with it, then those that have it in them. */
  search: call.input(z.object({ text: z.string().max(60) })).output(
    z.array(
      z.object({
        billId: idField,
        customerId: idField,
        customerName: z.string(),
        number: z.string(),
        billDay: dayField,
        amountPaise: paiseField,
      }),
    ),
  ),
};
