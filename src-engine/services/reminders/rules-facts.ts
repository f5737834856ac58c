import { cadenceStepShape } from '#contract/engine/cadences.ts';
import { dltTemplateShape, whatsappTemplateShape } from '#contract/engine/reminder-fields.ts';
import { templateShape } from '#contract/engine/templates.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { Cadence, CadenceAssignment, CadenceStep } from '#domain/reminders/cadence.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import type { AssignmentRow, CadenceRow } from '../../storage/cadences.ts';
import type { TemplateRow } from '../../storage/templates.ts';

// Rows of the book as the rules know them. A row is parsed once: it is another text as soon as it is changed.

const stepsKnown = new Map<string, readonly CadenceStep[]>();
const STEPS_KNOWN_MOST = 500;

export function stepsOf(stepsJson: string): readonly CadenceStep[] {
  const before = stepsKnown.get(stepsJson);
  if (before !== undefined) return before;
  const steps = cadenceStepShape.array().parse(JSON.parse(stepsJson));
  if (stepsKnown.size < STEPS_KNOWN_MOST) stepsKnown.set(stepsJson, steps);
  return steps;
}

export function cadenceOf(row: CadenceRow): Cadence {
  const { id, name, isOn, activeFrom, stepsJson, minimumPaise, gapDays, graceDays } = row;
  const { mostPerBill, stopAfterDays, isAutomatic } = row;
  return {
    cadenceId: id,
    name,
    isOn,
    activeFrom: day(activeFrom),
    steps: stepsOf(stepsJson),
    minimumPaise: paise(minimumPaise),
    gapDays,
    graceDays,
    mostPerBill,
    stopAfterDays,
    isAutomatic,
  };
}

export function assignmentOf(row: AssignmentRow): CadenceAssignment {
  const { id, scope, scopeKey, cadenceId, activeFrom } = row;
  return { assignmentId: id, scope, scopeKey, cadenceId, activeFrom: day(activeFrom) };
}

const words = templateShape.pick({ purpose: true, channel: true, language: true, tone: true });

export function templateOf(row: TemplateRow): MessageTemplate {
  const { id, key, name, subject, body, vendorTemplateId, isPaused, version } = row;
  return {
    templateId: id,
    key,
    ...words.parse(row),
    name,
    subject,
    body,
    dlt: row.dltJson === null ? null : dltTemplateShape.parse(JSON.parse(row.dltJson)),
    vendorTemplateId,
    whatsapp: row.whatsappJson === null ? null : whatsappTemplateShape.parse(JSON.parse(row.whatsappJson)),
    isPaused,
    version,
  };
}

/** The texts as steps of a cadence may name them: a caller reads what a machine would say where none is written for him. */
export function textsForSteps(templates: readonly MessageTemplate[]): readonly MessageTemplate[] {
  const known = new Set(templates.map((one) => `${one.key}|${one.channel}|${one.language}`));
  return templates.flatMap((one): readonly MessageTemplate[] => {
    const isSpoken = one.channel === 'voice' && !known.has(`${one.key}|call|${one.language}`);
    return isSpoken ? [one, { ...one, channel: 'call' }] : [one];
  });
}
