import { cadenceScopes, stepAnchors } from '#domain/reminders/words.ts';
import { z } from 'zod';
import { call, dayField, idField, paiseField } from '../fields.ts';
import { channelField, toneField } from './reminder-fields.ts';

export const cadenceStepShape = z.object({
  stepId: z.string().min(1).max(64),
  anchor: z.enum(stepAnchors),
  days: z.int().min(-180).max(1825),
  channels: z.array(channelField).min(1).max(6),
  tone: toneField,
  templateKey: z.string().trim().min(1).max(60),
  repeatEveryDays: z.int().min(1).max(365).nullable(),
  repeatMost: z.int().min(1).max(100).nullable(),
  needsPerson: z.boolean(),
  attaches: z.enum(['outstanding', 'statement', 'letter-1', 'letter-2', 'letter-3']).nullable(),
  /** Since when it lies where it lies. The engine writes it; what it is handed is not looked at. */
  actsFrom: dayField.optional(),
});

export const cadenceShape = z.object({
  cadenceId: idField,
  name: z.string().trim().min(1).max(80),
  isOn: z.boolean(),
  activeFrom: dayField,
  steps: z.array(cadenceStepShape).max(40),
  minimumPaise: paiseField,
  gapDays: z.int().min(0).max(365),
  graceDays: z.int().min(0).max(365),
  mostPerBill: z.int().min(1).max(500).nullable(),
  stopAfterDays: z.int().min(1).max(3650).nullable(),
  isAutomatic: z.boolean(),
});
export type CadenceShown = z.infer<typeof cadenceShape>;

export const assignmentShape = z.object({
  assignmentId: idField,
  scope: z.enum(cadenceScopes),
  scopeKey: z.string().max(120),
  /** What the key means to a person: the tag, the customer's name, the bill's number. */
  scopeName: z.string(),
  cadenceId: idField.nullable(),
  activeFrom: dayField,
});

export const cadences = {
  list: call.output(
    z.object({
      cadences: z.array(cadenceShape.extend({ customerCount: z.int(), problemCount: z.int() })),
      assignments: z.array(assignmentShape),
    }),
  ),
  /** Adds or changes one. Switching it on, a new step or a moved one acts from today on and never backwards. */
  save: call
    .input(cadenceShape.omit({ cadenceId: true, activeFrom: true }).extend({ cadenceId: idField.optional() }))
    .output(z.object({ cadenceId: idField })),
  remove: call.input(z.object({ cadenceId: idField })).output(z.object({})),
  restore: call.input(z.object({ cadenceId: idField })).output(z.object({})),
  /** One of the presets ('gentle', 'standard', 'firm') as a new cadence, switched off, with the templates it needs. */
  addPreset: call
    .input(z.object({ preset: z.enum(['gentle', 'standard', 'firm']) }))
    .output(z.object({ cadenceId: idField })),
  /** Which cadence applies to whom; a null cadence means that nobody reminds there. Replaces what was assigned there before. */
  assign: call
    .input(
      z.object({
        scope: z.enum(cadenceScopes),
        scopeKey: z.string().trim().max(120),
        cadenceId: idField.nullable(),
      }),
    )
    .output(z.object({ assignmentId: idField })),
  unassign: call.input(z.object({ assignmentId: idField })).output(z.object({})),
  /** The days on which its steps would fall for a bill, for the timeline of the editor. */
  stepDays: call
    .input(z.object({ steps: z.array(cadenceStepShape).max(40), billDay: dayField, dueDay: dayField }))
    .output(
      z.array(z.object({ stepId: z.string(), day: dayField, repeat: z.int(), isOnHoliday: z.boolean() })),
    ),
};
