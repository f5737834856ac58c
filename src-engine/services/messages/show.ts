import type { MessageRow as Shown, MessageShown } from '#contract/engine/messages.ts';
import { messageEventKinds } from '#contract/engine/messages.ts';
import { errorClassField, languageField, wordsField } from '#contract/engine/reminder-fields.ts';
import { daysBetween } from '#domain/days.ts';
import { canBeStopped } from '#domain/reminders/outbox-states.ts';
import { refuse } from '#domain/result.ts';
import type { ReadTx } from '../../storage/database.ts';
import { listedMessage, type ListedMessage } from '../../storage/message-lists.ts';
import { messageBillRows } from '../../storage/messages.ts';
import { attemptRows, eventRows } from '../../storage/outbox.ts';
import { refused } from '../door.ts';

const EXCERPT_CHARS = 140;

/** As it stands in a list. */
export function rowShown(row: ListedMessage): Shown {
  return {
    messageId: row.id,
    customerId: row.customerId,
    customerName: row.customerName ?? row.toName,
    purpose: row.purpose,
    channel: row.channel,
    gatewayName: row.gatewayName,
    address: row.address,
    state: row.state,
    reason: row.reason,
    values: wordsIn(row.reasonJson),
    balancePaise: row.balancePaise,
    costMicros: row.costMicros ?? row.estimateMicros,
    createdAt: row.createdAt,
    notBefore: row.notBefore,
    changedAt: row.changedAt,
    billCount: row.billCount,
    excerpt: row.body.length > EXCERPT_CHARS ? `${row.body.slice(0, EXCERPT_CHARS - 1)}…` : row.body,
  };
}

/** Everything about one message, with what may be done with it now. */
export function messageShown(tx: ReadTx, messageId: number): MessageShown {
  const row = listedMessage(tx, messageId);
  if (!row) throw messageGone();
  return {
    ...rowShown(row),
    language: languageField.catch('en').parse(row.language),
    subject: row.subject,
    text: row.body,
    bills: messageBillRows(tx, messageId).map(({ messageId: _messageId, ...bill }) => ({
      ...bill,
      daysLate: daysBetween(bill.dueDay, row.forDay),
    })),
    runId: row.runId,
    approvedAt: row.approvedAt,
    templateName: row.templateName,
    cadenceName: row.cadenceName,
    stepNumber: row.stepNumber,
    why: whyIn(row.whyJson),
    parts: row.parts,
    estimateMicros: row.estimateMicros,
    providerId: row.providerId,
    postalNumber: row.postalNumber,
    attaches: row.attaches,
    attempts: attemptRows(tx, messageId).map((attempt) => ({
      number: attempt.number,
      startedAt: attempt.startedAt,
      endedAt: attempt.endedAt,
      phase: attempt.phase,
      errorClass: errorClassField.nullable().catch(null).parse(attempt.errorClass),
      code: attempt.code,
      detail: attempt.detail,
    })),
    events: eventRows(tx, messageId).map(({ at, kind, detail, valuesJson }) => ({
      at,
      kind: kindOf(kind),
      detail,
      values: wordsIn(valuesJson),
    })),
    actions: actionsOf(row),
  };
}

export function messageGone(): Error {
  return refused(refuse('message-gone', 'This message is no longer in the book.').refusal);
}

function kindOf(kind: string): MessageShown['events'][number]['kind'] {
  const known = messageEventKinds.find((one) => one === kind);
  if (known === undefined) throw new Error(`Nobody knows what the event ${kind} is.`);
  return known;
}

/** Texts and numbers; of a list or an object there is nothing to show. */
function wordsIn(json: string | null): Record<string, string | number> {
  const values: unknown = json === null ? {} : JSON.parse(json);
  if (typeof values !== 'object' || values === null) return {};
  const words = Object.entries(values).filter(([, value]) => wordsField.valueType.safeParse(value).success);
  return wordsField.parse(Object.fromEntries(words));
}

function whyIn(json: string | null): MessageShown['why'] {
  const why: unknown = json === null ? null : JSON.parse(json);
  if (typeof why !== 'object' || why === null || !('code' in why)) return null;
  const values = 'values' in why ? wordsIn(JSON.stringify(why.values)) : {};
  return { code: String(why.code), values };
}

type Action = MessageShown['actions'][number];

function actionsOf({ state, channel, reason }: ListedMessage): Action[] {
  if (state === 'handed-to-user') return ['cancel', ...handedActions(channel)];
  if (state === 'needs-person' || state === 'unknown')
    return ['it-arrived', 'it-did-not-arrive', 'send-again'];
  // What a person approved with other amounts or words is shown to him again.
  const isOther = reason === 'amount-changed' || reason === 'text-changed';
  if (state === 'awaiting-approval' && isOther) return ['send-again', 'cancel'];
  return canBeStopped.has(state) ? ['cancel'] : [];
}

function handedActions(channel: ListedMessage['channel']): readonly Action[] {
  if (channel === 'letter') return ['print', 'posted', 'not-sent'];
  if (channel === 'call') return ['called', 'not-sent'];
  return ['open-link', 'confirm-sent', 'not-sent'];
}
