import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call, idField } from '../fields.ts';
import { bilingualShape, channelField, errorClassField, microsField } from './reminder-fields.ts';

export const gatewayFieldShape = z.object({
  key: z.string(),
  label: bilingualShape,
  hint: bilingualShape.nullable(),
  kind: z.enum(['text', 'secret', 'number', 'choice', 'switch', 'long-text']),
  isRequired: z.boolean(),
  preset: z.string().nullable(),
  choices: z.array(z.object({ value: z.string(), label: bilingualShape })),
});

/** A kind of gateway that could be set up. 'payment' kinds make payment links instead of sending. */
export const gatewayKindShape = z.object({
  kind: z.string(),
  channel: z.union([channelField, z.literal('payment')]),
  name: bilingualShape,
  about: bilingualShape,
  fields: z.array(gatewayFieldShape),
  /** Null for payment kinds. */
  capabilities: z
    .object({
      pullsStatus: z.enum(['by-id', 'by-range', 'no']),
      pullsInbound: z.boolean(),
      isIdempotent: z.boolean(),
      canFind: z.boolean(),
      takesAttachments: z.boolean(),
      lookBackDays: z.int().nullable(),
      perMinute: z.int(),
      perDay: z.int().nullable(),
      dlt: z.enum(['in-request', 'by-vendor-template', 'in-account', 'none']),
      needsInternet: z.boolean(),
    })
    .nullable(),
});
export type GatewayKind = z.infer<typeof gatewayKindShape>;

export const gatewayLights = ['ok', 'never-tested', 'paused', 'failing', 'no-secrets', 'off'] as const;

export const gatewayShape = z.object({
  gatewayId: idField,
  kind: z.string(),
  channel: z.union([channelField, z.literal('payment')]),
  name: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Which secrets are in the vault; never what they are. */
  hasSecrets: z.array(z.string()),
  isOn: z.boolean(),
  /** Where several serve one channel, the lowest is used first. */
  place: z.int(),
  perMinute: z.int(),
  perDay: z.int().nullable(),
  pricePerPartMicros: microsField.nullable(),
  /** Tax on the price, in hundredths of a percent. */
  gstBps: z.int(),
  light: z.enum(gatewayLights),
  /** Why it is paused, and since when; null while it is not. */
  pause: z
    .object({
      errorClass: errorClassField.nullable(),
      code: z.string(),
      detail: z.string(),
      at: z.int(),
      heldCount: z.int(),
    })
    .nullable(),
  /** Only messages to the owner leave until a test to himself has arrived. */
  hasReachedOwner: z.boolean(),
  testedAt: z.int().nullable(),
  sentTodayCount: z.int(),
  balance: z.string().nullable(),
});
export type GatewayShown = z.infer<typeof gatewayShape>;

export const checkShape = z.object({
  step: z.enum([
    'settings',
    'name',
    'connect',
    'tls',
    'sign-in',
    'account',
    'balance',
    'sender',
    'inbox',
    'send',
  ]),
  outcome: z.enum(['ok', 'failed', 'warning', 'left-out']),
  detail: bilingualShape,
});
export type GatewayCheckShown = z.infer<typeof checkShape>;

export const gateways = {
  kinds: call.output(z.array(gatewayKindShape)),
  list: call.output(z.array(gatewayShape)),
  /** Adds or changes one. A secret that is left out stays as it is in the vault. */
  save: call
    .input(
      z.object({
        gatewayId: idField.optional(),
        kind: z.string().max(60),
        name: z.string().trim().min(1).max(80),
        fields: z.record(z.string().max(60), z.string().max(4000)),
        secrets: z.record(z.string().max(60), z.string().max(8000)),
        isOn: z.boolean(),
        place: z.int().min(0).max(99).default(0),
        perMinute: z.int().min(1).max(6000).nullable().default(null),
        perDay: z.int().min(1).max(100_000).nullable().default(null),
        pricePerPartMicros: microsField.nullable().default(null),
        gstBps: z.int().min(0).max(10_000).default(1800),
      }),
    )
    .output(z.object({ gatewayId: idField })),
  remove: call.input(z.object({ gatewayId: idField })).output(z.object({})),
  /** Lets a paused gateway go on; what was held is sent. */
  resume: call.input(z.object({ gatewayId: idField })).output(z.object({ freedCount: z.int() })),
  /** Each step as it is taken; with `sendsToOwner` the last one is a message to the owner. */
  test: call
    .input(z.object({ gatewayId: idField, sendsToOwner: z.boolean() }))
    .output(eventIterator(checkShape)),
  /** The owner says that the test has reached him. */
  confirmOwner: call.input(z.object({ gatewayId: idField })).output(z.object({})),
  /** Signs in with Google or Microsoft: the address to open in a browser first, then the end. */
  signIn: call
    .input(z.object({ gatewayId: idField }))
    .output(eventIterator(z.object({ openUrl: z.string().nullable(), isDone: z.boolean() }))),
};
