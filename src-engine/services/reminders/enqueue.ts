import type { PlannedRow } from '#contract/engine/reminders.ts';
import type { Courtesy } from '#domain/reminders/plan-courtesy.ts';
import type { PlannedMessage } from '#domain/reminders/plan-facts.ts';
import { dltFields, matchDlt } from '#domain/reminders/texts/dlt.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';
import { sha256Of } from '../../storage/digest.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { insertMessage, type NewMessage, type NewMessageBill } from '../../storage/messages.ts';
import { insertEvent } from '../../storage/outbox.ts';
import type { BookContext } from '../door.ts';
import type { MessageEventKind } from '../outbox/move.ts';
import { brandOf } from '../templates/check.ts';
import { businessNow } from './business-facts.ts';

type Made = Pick<PlannedMessage, 'dedupeKey' | 'values' | 'day' | 'template'>;

export type Enqueue = {
  readonly runId: number;
  readonly row: PlannedRow;
  readonly made: Made;
  readonly isAutomatic: boolean;
  /** Nothing leaves before this instant, whatever the row says. */
  readonly notBefore?: number;
  /** How the timeline tells why it is there, after 'planned'. */
  readonly event?: { readonly kind: MessageEventKind; readonly values?: Readonly<Record<string, string>> };
  /** Set for a row that is put away instead of sent. */
  readonly declined?: { readonly reason: SilenceReason; readonly values: Readonly<Record<string, string>> };
};

/** Puts one row into the outbox; null when it is there already (docs/gateways.md 8.7). */
export function enqueue(tx: WriteTx, context: BookContext, wish: Enqueue): number | null {
  const { row, event } = wish;
  const at = context.now();
  const valuesJson = JSON.stringify(valuesOf(tx, context, wish));
  const messageId = insertMessage(tx, { ...messageOf(context, wish), valuesJson, bills: billsOf(row) });
  if (messageId === null || event === undefined) return messageId;
  const told = event.values === undefined ? null : JSON.stringify(event.values);
  insertEvent(tx, { messageId, at, kind: event.kind, valuesJson: told });
  return messageId;
}

/** Some vendors make the SMS themselves, of these values: where a person changed the text, they are what he wrote. */
function valuesOf(tx: ReadTx, { book }: BookContext, { row, made }: Enqueue): PlannedMessage['values'] {
  const { template, values } = made;
  if (!row.isEdited || row.channel !== 'sms') return values;
  const matched = matchDlt(row.text, template, brandOf(businessNow(tx, book.name)));
  if (!matched.ok) return values;
  const names = dltFields(template.body);
  return matched.value.map((value, at) => ({ name: names[at] ?? '', value }));
}

function messageOf(
  context: BookContext,
  { runId, row, made, isAutomatic, ...more }: Enqueue,
): Omit<NewMessage, 'valuesJson'> {
  const { declined } = more;
  return {
    uid: context.newId(),
    runId,
    customerId: row.customerId,
    purpose: row.purpose,
    channel: row.channel,
    gatewayId: row.gatewayId,
    templateId: row.templateId,
    templateVersion: made.template.version,
    cadenceId: row.cadenceId,
    stepId: row.stepId,
    stepNumber: row.stepNumber,
    isAutomatic,
    address: row.address,
    toName: row.toName,
    language: row.language,
    subject: row.subject,
    body: row.text,
    isEdited: row.isEdited,
    attaches: row.attaches,
    balancePaise: row.balancePaise,
    overduePaise: row.overduePaise,
    creditPaise: row.creditPaise,
    parts: row.parts,
    estimateMicros: row.costMicros,
    dedupeKey: sha256Of(made.dedupeKey),
    forDay: made.day,
    notBefore: Math.max(row.notBefore, more.notBefore ?? 0),
    expiresAt: row.expiresAt,
    state: declined === undefined ? 'scheduled' : 'declined',
    reason: declined?.reason ?? null,
    reasonJson: declined === undefined ? null : JSON.stringify(declined.values),
    whyJson: JSON.stringify(row.why),
    createdAt: context.now(),
  };
}

function billsOf(row: PlannedRow): readonly NewMessageBill[] {
  return row.bills.map(({ daysLate: _daysLate, ...bill }) => bill);
}

/** A courtesy as the planner's messages are, for the same way into the outbox. */
export function courtesyAsMessage(message: Courtesy): PlannedMessage {
  // A planned message has no other words for it; the row says the true reason.
  const code = 'step-due';
  return {
    ...message,
    cadenceId: 0,
    stepNumber: 0,
    step: {
      stepId: message.purpose,
      anchor: 'due',
      days: 0,
      channels: [message.channel],
      tone: message.template.tone,
      templateKey: message.template.key,
      repeatEveryDays: null,
      repeatMost: null,
      needsPerson: false,
      attaches: null,
    },
    why: { code, values: message.why.values },
  };
}
