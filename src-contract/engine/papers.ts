import { letterKinds } from '#domain/reminders/words.ts';
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call, dayField, idField } from '../fields.ts';
import { languageField } from './reminder-fields.ts';

const paperWish = z.object({
  kind: z.enum(letterKinds),
  customerId: idField,
  asOf: dayField.optional(),
  /** Statements: from this day on, with the balance brought forward. */
  from: dayField.optional(),
  language: languageField.optional(),
});
export type PaperWish = z.input<typeof paperWish>;

export const papers = {
  /** Writes one to a file the user chose. */
  write: call
    .input(paperWish.extend({ path: z.string().max(1000) }))
    .output(z.object({ byteCount: z.int() })),
  /** The paper itself as base64, for the preview. */
  show: call.input(paperWish).output(z.object({ base64: z.string() })),
  /** One file a customer into a folder, with progress. Ends on abort; what is written stays, each file whole. */
  writeMany: call
    .input(
      paperWish
        .omit({ customerId: true })
        .extend({ folder: z.string().max(1000), customerIds: z.array(idField).min(1).max(10_000) }),
    )
    .output(
      eventIterator(
        z.object({ done: z.int(), of: z.int(), skipped: z.int(), perSecond: z.int().nullable() }),
      ),
    ),
};
