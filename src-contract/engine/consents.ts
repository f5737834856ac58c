import { pauseKinds, suppressionReasons } from '#domain/reminders/words.ts';
import { z } from 'zod';
import { call, dayField, idField } from '../fields.ts';
import { channelField, purposeField } from './reminder-fields.ts';

export const consentShape = z.object({
  consentId: idField,
  customerId: idField,
  customerName: z.string(),
  channel: channelField,
  purpose: purposeField,
  isGranted: z.boolean(),
  /** How it was given: 'on the order form of 3-4-2026', 'WhatsApp message', … */
  how: z.string(),
  /** What proves it: text of the message, name of a file, words on the phone. */
  proof: z.string().nullable(),
  day: dayField,
  recordedAt: z.int(),
  /** False for one that a later word replaced. */
  isCurrent: z.boolean(),
});
export type Consent = z.infer<typeof consentShape>;

export const suppressionShape = z.object({
  suppressionId: idField,
  channel: channelField,
  address: z.string(),
  customerName: z.string().nullable(),
  reason: z.enum(suppressionReasons),
  detail: z.string().nullable(),
  at: z.int(),
});
export type Suppression = z.infer<typeof suppressionShape>;

export const pauseShape = z.object({
  pauseId: idField,
  customerId: idField,
  customerName: z.string(),
  billId: idField.nullable(),
  billNumber: z.string().nullable(),
  kind: z.enum(pauseKinds),
  until: dayField.nullable(),
  reason: z.string(),
  at: z.int(),
});
export type Pause = z.infer<typeof pauseShape>;

export const consents = {
  list: call.input(z.object({ customerId: idField.optional() })).output(z.array(consentShape)),
  /** Adds a further row; nothing is ever overwritten. */
  record: call
    .input(
      z.object({
        customerIds: z.array(idField).min(1).max(5000),
        channel: channelField,
        purpose: purposeField,
        isGranted: z.boolean(),
        how: z.string().trim().min(1).max(200),
        proof: z.string().trim().max(2000).nullable().default(null),
        day: dayField.optional(),
      }),
    )
    .output(z.object({ recordedCount: z.int() })),
  suppressions: call.output(z.array(suppressionShape)),
  suppress: call
    .input(
      z.object({
        channel: channelField,
        address: z.string().trim().min(1).max(200),
        detail: z.string().trim().max(200).nullable().default(null),
      }),
    )
    .output(z.object({ suppressionId: idField })),
  /** A customer who said stop is not asked again for ninety days; this is for one who asked for it himself. */
  unsuppress: call
    .input(z.object({ suppressionId: idField, reason: z.string().trim().min(1).max(200) }))
    .output(z.object({})),
  pauses: call.input(z.object({ customerId: idField.optional() })).output(z.array(pauseShape)),
  pause: call
    .input(
      z.object({
        customerId: idField,
        billId: idField.nullable().default(null),
        kind: z.enum(pauseKinds).default('person'),
        until: dayField.nullable(),
        reason: z.string().trim().min(1).max(200),
      }),
    )
    .output(z.object({ pauseId: idField })),
  endPause: call.input(z.object({ pauseId: idField })).output(z.object({})),
};
