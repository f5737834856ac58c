import { agingParts } from '#domain/aging.ts';
import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';

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

export const bills = {
  /** Open items as of a day, oldest due day first: all, of one customer, or of one bucket. */
  listOpen: call
    .input(
      z.object({
        asOf: dayField.optional(),
        customerId: idField.optional(),
        bucket: z.int().min(0).max(19).optional(),
        /** The bills behind one of the dashboard's figures. */
        part: z.enum(agingParts).optional(),
      }),
    )
    .output(bulk(openItemsShape)),
};
