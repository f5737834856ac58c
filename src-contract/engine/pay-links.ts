import { z } from 'zod';
import { call, idField, paiseField } from '../fields.ts';

export const payLinkShape = z.object({
  linkId: idField,
  customerId: idField,
  customerName: z.string(),
  gatewayName: z.string(),
  reference: z.string(),
  url: z.string().nullable(),
  billIds: z.array(idField),
  amountPaise: paiseField,
  paidPaise: paiseField,
  status: z.enum(['making', 'open', 'part-paid', 'paid', 'cancelled', 'expired', 'unknown']),
  createdAt: z.int(),
  lookedAt: z.int().nullable(),
});
export type PayLink = z.infer<typeof payLinkShape>;

export const payLinks = {
  list: call.input(z.object({ customerId: idField.optional() })).output(z.array(payLinkShape)),
  create: call
    .input(z.object({ customerId: idField, billIds: z.array(idField).min(1).max(200), gatewayId: idField }))
    .output(payLinkShape),
  look: call.input(z.object({ linkId: idField })).output(payLinkShape),
  cancel: call.input(z.object({ linkId: idField })).output(payLinkShape),
  /** The UPI link of a customer's bills and its QR as SVG paths (one path of black modules, a square of `size` units). */
  upi: call.input(z.object({ customerId: idField, billIds: z.array(idField).max(200) })).output(
    z.object({
      link: z.string(),
      amountPaise: paiseField,
      qr: z.object({ size: z.int(), path: z.string() }),
    }),
  ),
};
