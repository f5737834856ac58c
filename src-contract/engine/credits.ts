import { z } from 'zod';
import { call, dayField, idField, paiseField } from '../fields.ts';
import { allocationPart } from './allocations.ts';
import { creditKinds, foreignField, restoredShape, savedShape, voidWish } from './bills.ts';

/** A credit note, an advance or money on account. What is not applied to bills is kept and shown. */
export const creditWish = z.object({
  creditId: idField.optional(),
  customerId: idField,
  kind: z.enum(creditKinds).default('credit-note'),
  number: z.string().trim().max(60).nullable().default(null),
  creditDay: dayField,
  amountPaise: paiseField.optional(),
  foreign: foreignField.nullable().default(null),
  narration: z.string().trim().max(2000).nullable().default(null),
  allocate: z
    .union([z.enum(['oldest-first', 'none']), z.array(allocationPart).min(1).max(500)])
    .default('none'),
});
export type CreditWish = z.input<typeof creditWish>;

export const creditShape = z.object({
  creditId: idField,
  customerId: idField,
  customerName: z.string(),
  kind: z.enum(creditKinds),
  number: z.string().nullable(),
  creditDay: dayField,
  amountPaise: paiseField,
  foreign: foreignField.nullable(),
  narration: z.string().nullable(),
  source: z.string(),
  importBatchId: idField.nullable(),
  voidReason: z.string().nullable(),
});
export type Credit = z.infer<typeof creditShape>;

export const credits = {
  get: call.input(z.object({ creditId: idField })).output(creditShape),
  save: call.input(creditWish).output(savedShape),
  void: call.input(voidWish.extend({ creditId: idField })).output(z.object({})),
  restore: call.input(z.object({ creditId: idField })).output(restoredShape),
};
