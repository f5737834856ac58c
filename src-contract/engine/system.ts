import { z } from 'zod';
import { call } from '../fields.ts';

export const systemInfoShape = z.object({
  version: z.string(),
  node: z.string(),
  sqlite: z.string(),
  startedAt: z.int(),
  booksFolder: z.string(),
});

export const system = {
  info: call.output(systemInfoShape),
};
