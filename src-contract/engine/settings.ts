import { z } from 'zod';
import { call } from '../fields.ts';
import { boundsField } from './aging.ts';
import { ageBys, creditViews } from './aging-words.ts';

/** A saved view of a table: what it shows and how. The window alone knows what is in it. */
export const savedViewShape = z.object({
  viewId: z.string().max(64),
  name: z.string().trim().min(1).max(60),
  stateJson: z.string().max(20_000),
});
export type SavedView = z.infer<typeof savedViewShape>;

/** How one book is looked at. */
export const settingsShape = z.object({
  ageBy: z.enum(ageBys),
  bounds: boundsField,
  graceDays: z.int().min(0).max(365),
  credits: z.enum(creditViews),
  /** New receipts by hand are applied to the oldest bills unless the form says otherwise. */
  allocatesOldestFirst: z.boolean(),
  /** Screen name → its saved views, in the user's order. */
  views: z.record(z.string().max(40), z.array(savedViewShape).max(30)),
});
export type Settings = z.infer<typeof settingsShape>;

export const settings = {
  get: call.output(settingsShape),
  /** Changes only what is given. */
  save: call.input(settingsShape.partial()).output(settingsShape),
};
