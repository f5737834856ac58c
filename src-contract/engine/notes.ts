import { z } from 'zod';
import { call, idField } from '../fields.ts';

export const notes = {
  add: call
    .input(
      z.object({
        customerId: idField,
        billId: idField.nullable().default(null),
        text: z.string().trim().min(1).max(4000),
      }),
    )
    .output(z.object({ noteId: idField })),
  remove: call.input(z.object({ noteId: idField })).output(z.object({})),
  restore: call.input(z.object({ noteId: idField })).output(z.object({})),
};
