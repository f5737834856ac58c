import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../fields.ts';

export const nouns = [
  'books',
  'customers',
  'bills',
  'receipts',
  'credits',
  'imports',
  'aging',
  'contacts',
  'notes',
  'settings',
  'sync',
  'reminders',
  'messages',
  'replies',
  'gateways',
  'templates',
  'cadences',
  'consents',
  'registry',
] as const;
export type Noun = (typeof nouns)[number];

export const changes = {
  /** The one push: names of nouns whose facts changed. The window refetches those. Ends on abort. */
  watch: call.output(eventIterator(z.object({ nouns: z.array(z.enum(nouns)) }))),
};
