import { z } from 'zod';
import { call, dayField, idField } from '../fields.ts';
import {
  channelField,
  dltTemplateShape,
  languageField,
  problemShape,
  purposeField,
  toneField,
  whatsappTemplateShape,
} from './reminder-fields.ts';

export const templateShape = z.object({
  templateId: idField,
  key: z.string().trim().min(1).max(60),
  purpose: purposeField,
  channel: channelField,
  language: languageField,
  tone: toneField,
  name: z.string().trim().min(1).max(80),
  subject: z.string().trim().max(200).nullable(),
  body: z.string().max(5000),
  dlt: dltTemplateShape.nullable(),
  vendorTemplateId: z.string().trim().max(120).nullable(),
  whatsapp: whatsappTemplateShape.nullable(),
  isPaused: z.boolean(),
  version: z.int(),
});
export type TemplateShown = z.infer<typeof templateShape>;

const draftShape = templateShape.omit({ templateId: true, version: true });

/** A text as one customer would get it. */
export const renderedShape = z.object({
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  values: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Of an SMS: how it is written and in how many parts it leaves; the characters that make it Unicode. */
  sms: z
    .object({
      encoding: z.enum(['gsm-7', 'ucs-2']),
      units: z.int(),
      parts: z.int(),
      culprits: z.array(z.string()),
    })
    .nullable(),
  problems: z.array(problemShape),
});
export type Rendered = z.infer<typeof renderedShape>;

export const templates = {
  list: call.output(
    z.array(
      templateShape.extend({ isUsed: z.boolean(), isStarter: z.boolean(), problems: z.array(problemShape) }),
    ),
  ),
  /** Adds or changes a text. One that breaks a rule of wording or DLT is kept, but paused, and says why. */
  save: call
    .input(draftShape.extend({ templateId: idField.optional() }))
    .output(z.object({ templateId: idField, problems: z.array(problemShape) })),
  remove: call.input(z.object({ templateId: idField })).output(z.object({})),
  restore: call.input(z.object({ templateId: idField })).output(z.object({})),
  /** The starter texts of some languages that are not there yet. */
  addStarters: call
    .input(z.object({ languages: z.array(languageField).min(1) }))
    .output(z.object({ addedCount: z.int() })),
  /** A draft as a customer would get it today; without one, as the customer with the most overdue. */
  preview: call
    .input(z.object({ draft: draftShape, customerId: idField.optional(), day: dayField.optional() }))
    .output(renderedShape.extend({ customerId: idField.nullable(), customerName: z.string().nullable() })),
  /** What merge fields there are, each with what it says for that customer. */
  fields: call
    .input(z.object({ channel: channelField, language: languageField, customerId: idField.optional() }))
    .output(z.array(z.object({ field: z.string(), value: z.string().nullable() }))),
};
