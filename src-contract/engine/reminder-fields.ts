import {
  channels,
  dltCategories,
  dltTags,
  errorClasses,
  messageStates,
  phases,
  purposes,
  silenceReasons,
  tones,
  whatsappStatuses,
} from '#domain/reminders/words.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { z } from 'zod';
import { dayField, idField, paiseField } from '../fields.ts';

// Shapes that several nouns of the reminders share.

export const channelField = z.enum(channels);
export const purposeField = z.enum(purposes);
export const toneField = z.enum(tones);
export const languageField = z.enum(messageLanguages);
export const messageStateField = z.enum(messageStates);
export const silenceReasonField = z.enum(silenceReasons);
export const errorClassField = z.enum(errorClasses);
export const phaseField = z.enum(phases);
export const wordsField = z.record(z.string(), z.union([z.string(), z.number()]));
/** Millionths of a rupee. */
export const microsField = z.int();
export const minuteField = z.int().min(0).max(1440);

export const bilingualShape = z.object({ en: z.string(), hi: z.string() });

/** Something to look at before it leaves; a blocking one keeps it from leaving. */
export const problemShape = z.object({ code: z.string(), detail: bilingualShape, isBlocking: z.boolean() });
export type ProblemShown = z.infer<typeof problemShape>;

/** A bill in a message, as it was when the message was made. */
export const messageBillShape = z.object({
  billId: idField,
  number: z.string().nullable(),
  billDay: dayField,
  dueDay: dayField,
  openPaise: paiseField,
  daysLate: z.int(),
  currency: z.string().nullable(),
  foreignMinor: z.int().nullable(),
});
export type MessageBill = z.infer<typeof messageBillShape>;

export const dltTemplateShape = z.object({
  entityId: z.string().trim().max(40),
  header: z.string().trim().max(20),
  templateId: z.string().trim().max(40),
  category: z.enum(dltCategories),
  variables: z.array(z.object({ tag: z.enum(dltTags), charsMost: z.int().min(1).max(200) })).max(20),
});

export const whatsappTemplateShape = z.object({
  name: z.string().trim().max(512),
  language: z.string().trim().max(15),
  status: z.enum(whatsappStatuses),
  parameters: z.array(z.string().max(40)).max(20),
  hasDocument: z.boolean(),
});
