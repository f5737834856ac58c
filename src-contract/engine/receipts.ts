import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';
import { allocationPart } from './allocations.ts';
import { foreignField, restoredShape, savedShape, voidWish } from './bills.ts';

/** Money that came in, or a cheque at hand. With a cheque day after its own day it is post-dated: no receipt until then. */
export const receiptWish = z.object({
  receiptId: idField.optional(),
  customerId: idField,
  number: z.string().trim().max(60).nullable().default(null),
  receiptDay: dayField,
  chequeDay: dayField.nullable().default(null),
  amountPaise: paiseField.optional(),
  foreign: foreignField.nullable().default(null),
  /** 'cash' | 'cheque' | 'upi' | 'bank' | 'card' | 'other', as text of the user's. */
  mode: z.string().trim().max(40).nullable().default(null),
  /** Cheque number, UTR, UPI reference. */
  reference: z.string().trim().max(80).nullable().default(null),
  narration: z.string().trim().max(2000).nullable().default(null),
  /** New receipts only: the bills it pays. 'oldest-first' fills them by due day; 'none' leaves it on account. */
  allocate: z
    .union([z.enum(['oldest-first', 'none']), z.array(allocationPart).min(1).max(500)])
    .default('none'),
});
export type ReceiptWish = z.input<typeof receiptWish>;

export const receiptShape = z.object({
  receiptId: idField,
  customerId: idField,
  customerName: z.string(),
  number: z.string().nullable(),
  receiptDay: dayField,
  chequeDay: dayField.nullable(),
  amountPaise: paiseField,
  foreign: foreignField.nullable(),
  mode: z.string().nullable(),
  reference: z.string().nullable(),
  narration: z.string().nullable(),
  source: z.string(),
  importBatchId: idField.nullable(),
  voidReason: z.string().nullable(),
});
export type Receipt = z.infer<typeof receiptShape>;

/** A line of the register of post-dated cheques. */
export const chequeShape = z.object({
  receiptId: idField,
  customerId: idField,
  customerName: z.string(),
  number: z.string().nullable(),
  reference: z.string().nullable(),
  receiptDay: dayField,
  chequeDay: dayField,
  amountPaise: paiseField,
  /** Days until its own day; 0 = today; negative: it counts as a receipt since. */
  daysToGo: z.int(),
});
export type Cheque = z.infer<typeof chequeShape>;

export const receipts = {
  get: call.input(z.object({ receiptId: idField })).output(receiptShape),
  save: call.input(receiptWish).output(savedShape),
  void: call.input(voidWish.extend({ receiptId: idField })).output(z.object({})),
  restore: call.input(z.object({ receiptId: idField })).output(restoredShape),
  /** Post-dated cheques as of a day: those still to come, and those whose day came in the 30 days before. */
  cheques: call
    .input(z.object({ asOf: dayField.optional(), customerId: idField.optional() }))
    .output(bulk(z.object({ asOf: dayField, rows: z.array(chequeShape), toComePaise: paiseField }))),
};
