import { z } from 'zod';
import { call, idField, refusalField } from '../fields.ts';
import { contactRoles } from './customer-words.ts';

export const contactShape = z.object({
  contactId: idField,
  role: z.enum(contactRoles),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type Contact = z.infer<typeof contactShape>;

export const contactWish = z.object({
  contactId: idField.optional(),
  customerId: idField,
  role: z.enum(contactRoles),
  name: z.string().trim().max(120).default(''),
  phone: z.string().trim().max(40).nullable().default(null),
  email: z.string().trim().max(200).nullable().default(null),
});
export type ContactWish = z.input<typeof contactWish>;

export const contacts = {
  /** Adds or changes a person of a customer. The old value is kept in the timeline. */
  save: call.input(contactWish).output(z.object({ contactId: idField, warnings: z.array(refusalField) })),
  remove: call.input(z.object({ contactId: idField })).output(z.object({})),
  restore: call.input(z.object({ contactId: idField })).output(z.object({})),
};
