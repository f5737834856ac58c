import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';
import { agingFigures } from './aging.ts';
import { billKinds, creditKinds, openItemShape } from './bills.ts';

export const customerShape = z.object({
  customerId: idField,
  name: z.string(),
  code: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  gstin: z.string().nullable(),
  salesperson: z.string().nullable(),
  groupPath: z.string().nullable(),
  creditDays: z.int().nullable(),
  creditLimitPaise: paiseField.nullable(),
});
export type Customer = z.infer<typeof customerShape>;

export const customerRowShape = customerShape.extend({
  ...agingFigures.shape,
  lastReceiptDay: dayField.nullable(),
});
export type CustomerRow = z.infer<typeof customerRowShape>;

/** A receipt or credit that lowers a bill, as seen under it. */
export const settlementShape = z.object({
  kind: z.enum(['receipt', ...creditKinds]),
  documentId: idField,
  number: z.string().nullable(),
  allocationDay: dayField,
  amountPaise: paiseField,
});

export const billRowShape = z.object({
  billId: idField,
  kind: z.enum(billKinds),
  number: z.string().nullable(),
  billDay: dayField,
  /** The last day an instalment falls due. */
  dueDay: dayField,
  amountPaise: paiseField,
  openPaise: paiseField,
  daysLate: z.int(),
  /** Of its oldest open instalment; null when closed. */
  bucket: z.int().nullable(),
  currency: z.string().nullable(),
  foreignMinor: z.int().nullable(),
  settlements: z.array(settlementShape),
});
export type BillRow = z.infer<typeof billRowShape>;

export const moneyInShape = z.object({
  kind: z.enum(['receipt', ...creditKinds]),
  documentId: idField,
  number: z.string().nullable(),
  day: dayField,
  amountPaise: paiseField,
  unallocatedPaise: paiseField,
  currency: z.string().nullable(),
  foreignMinor: z.int().nullable(),
  /** A post-dated cheque counts from this day on. */
  chequeDay: dayField.nullable(),
});
export type MoneyIn = z.infer<typeof moneyInShape>;

export const customerPageShape = z.object({
  asOf: dayField,
  customer: customerShape,
  figures: agingFigures,
  bills: z.array(billRowShape),
  moneyIn: z.array(moneyInShape),
  openItems: z.array(openItemShape),
});
export type CustomerPage = z.infer<typeof customerPageShape>;

export const customers = {
  /** Every customer with his figures as of a day; the window sorts and filters what it shows. */
  list: call
    .input(z.object({ asOf: dayField.optional(), search: z.string().max(200).default('') }))
    .output(bulk(z.object({ asOf: dayField, rows: z.array(customerRowShape), totals: agingFigures }))),
  /** One customer with bills (open first), receipts and credits. Refused when there is no such customer. */
  get: call
    .input(z.object({ customerId: idField, asOf: dayField.optional() }))
    .output(bulk(customerPageShape)),
  /** At most 20 by part of name, code, phone or GSTIN, for the palette. */
  search: call
    .input(z.object({ text: z.string().max(200) }))
    .output(z.array(customerShape.pick({ customerId: true, name: true, code: true }))),
};
