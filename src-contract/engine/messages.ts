import { replyMarks } from '#domain/reminders/words.ts';
import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';
import {
  channelField,
  errorClassField,
  languageField,
  messageBillShape,
  messageStateField,
  microsField,
  phaseField,
  purposeField,
  silenceReasonField,
  wordsField,
} from './reminder-fields.ts';

export const messageRowShape = z.object({
  messageId: idField,
  customerId: idField.nullable(),
  customerName: z.string(),
  purpose: purposeField,
  channel: channelField,
  gatewayName: z.string().nullable(),
  address: z.string(),
  state: messageStateField,
  /** Why it is where it is, when it is not simply on its way. */
  reason: silenceReasonField.nullable(),
  values: wordsField,
  balancePaise: paiseField,
  costMicros: microsField.nullable(),
  createdAt: z.int(),
  notBefore: z.int(),
  changedAt: z.int(),
  billCount: z.int(),
  excerpt: z.string(),
});
export type MessageRow = z.infer<typeof messageRowShape>;

export const messageEventKinds = [
  'planned',
  'approved',
  'approval-undone',
  'declined',
  'edited',
  'claimed',
  'checked',
  'held',
  'freed',
  'skipped',
  'sending',
  'accepted',
  'failed',
  'unknown',
  'found',
  'not-found',
  'retry',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'bounced',
  'rejected',
  'replied',
  'handed',
  'confirmed',
  'cancelled',
  'posted',
  'called',
  'no-report',
  'by-person',
] as const;

export const messageShape = messageRowShape.extend({
  language: languageField,
  subject: z.string().nullable(),
  text: z.string(),
  bills: z.array(messageBillShape),
  runId: idField,
  approvedAt: z.int().nullable(),
  templateName: z.string().nullable(),
  cadenceName: z.string().nullable(),
  stepNumber: z.int().nullable(),
  why: z.object({ code: z.string(), values: wordsField }).nullable(),
  parts: z.int().nullable(),
  estimateMicros: microsField.nullable(),
  providerId: z.string().nullable(),
  postalNumber: z.string().nullable(),
  attaches: z.string().nullable(),
  attempts: z.array(
    z.object({
      number: z.int(),
      startedAt: z.int(),
      endedAt: z.int().nullable(),
      phase: z.union([phaseField, z.enum(['prepared', 'request-may-have-left', 'done'])]),
      errorClass: errorClassField.nullable(),
      code: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  /** Everything that happened to it, oldest first. */
  events: z.array(
    z.object({
      at: z.int(),
      kind: z.enum(messageEventKinds),
      detail: z.string().nullable(),
      values: wordsField,
    }),
  ),
  /** What may be done with it now. */
  actions: z.array(
    z.enum([
      'cancel',
      'send-again',
      'it-arrived',
      'it-did-not-arrive',
      'open-link',
      'confirm-sent',
      'not-sent',
      'print',
      'posted',
      'called',
    ]),
  ),
});
export type MessageShown = z.infer<typeof messageShape>;

export const messageViews = [
  'all',
  'waiting',
  'needs-you',
  'left',
  'failed',
  'not-sent',
  'to-print',
  'to-call',
  'to-hand',
] as const;

export const messages = {
  /** Newest first. */
  list: call
    .input(
      z.object({
        view: z.enum(messageViews).default('all'),
        customerId: idField.optional(),
        billId: idField.optional(),
        channel: channelField.optional(),
        runId: idField.optional(),
        from: dayField.optional(),
        to: dayField.optional(),
        limit: z.int().min(1).max(5000).default(1000),
        /** Only those before this one: the next page. The count is of all pages. */
        before: idField.optional(),
      }),
    )
    .output(z.object({ rows: bulk(z.array(messageRowShape)), totalCount: z.int() })),
  get: call.input(z.object({ messageId: idField })).output(messageShape),
  cancel: call
    .input(z.object({ messageIds: z.array(idField).min(1).max(5000) }))
    .output(z.object({ cancelledCount: z.int() })),
  /** After an unknown outcome, by a person: it arrived, or it did not. Only then may it be sent again. */
  settle: call
    .input(z.object({ messageId: idField, hasArrived: z.boolean(), sendAgain: z.boolean().default(false) }))
    .output(z.object({})),
  /** wa.me: the link for the shell to open; the message becomes 'handed-to-user'. */
  link: call.input(z.object({ messageId: idField })).output(z.object({ url: z.string() })),
  /** What a person did with what was handed to him. */
  confirm: call
    .input(
      z.object({
        messageId: idField,
        isDone: z.boolean(),
        /** A letter: number of the registered post or courier. */
        postalNumber: z.string().trim().max(60).nullable().default(null),
        /** A call: what came of it. */
        outcome: z
          .enum([...replyMarks, 'no-answer', 'wrong-number'])
          .nullable()
          .default(null),
        note: z.string().trim().max(1000).nullable().default(null),
        promiseDay: dayField.nullable().default(null),
      }),
    )
    .output(z.object({})),
  /** Letters that wait, as one PDF in the order of the list, written to a path the user chose. */
  printQueue: call
    .input(z.object({ path: z.string().max(1000), messageIds: z.array(idField).min(1).max(1000) }))
    .output(z.object({ pageCount: z.int() })),
  costs: call.input(z.object({ from: dayField, to: dayField })).output(
    z.object({
      days: z.array(
        z.object({
          day: dayField,
          channel: channelField,
          count: z.int(),
          costMicros: microsField,
          estimateMicros: microsField,
        }),
      ),
      gateways: z.array(
        z.object({
          gatewayId: idField,
          name: z.string(),
          count: z.int(),
          partCount: z.int(),
          costMicros: microsField,
          estimateMicros: microsField,
        }),
      ),
    }),
  ),
};
