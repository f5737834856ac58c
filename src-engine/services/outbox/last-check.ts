import { plannedRowShape } from '#contract/engine/reminders.ts';
import { addDays, type Day } from '#domain/days.ts';
import { frozenOf } from './frozen.ts';
import { revalidate, type Verdict } from '#domain/reminders/plan-check.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { consentsNow } from '../../storage/consents.ts';
import { messageBillRows, type MessageRow } from '../../storage/messages.ts';
import { rewriteMessage } from '../../storage/outbox.ts';
import { otherMessages } from '../../storage/outbox-facts.ts';
import { receiptById } from '../../storage/receipts.ts';
import { templateById } from '../../storage/templates.ts';
import { tell } from './move.ts';

/** How far back a customer's messages count, as in a plan. */
const HISTORY_DAYS = 400;

/** What the planner's rules say of it now, against all other messages as they stand in this transaction. */
export function checkNow(tx: ReadTx, message: MessageRow, facts: PlanFacts | null): Verdict {
  if (facts === null || message.customerId === null) return { kind: 'go' };
  if (isUnwanted(tx, message)) return { kind: 'stop', reason: 'opted-out', values: {}, until: null };
  if (message.purpose === 'thanks' && !isStillReceived(tx, message))
    return { kind: 'stop', reason: 'withdrawn', values: {}, until: null };
  const from: Day = addDays(facts.day, 0 - HISTORY_DAYS);
  const { id: messageId, customerId, address } = message;
  const about = { messageId, customerId, address, day: facts.day, from };
  const frozen = frozenOf(message, customerId, messageBillRows(tx, message.id));
  return revalidate(frozen, { ...facts, sent: otherMessages(tx, about) });
}

/** A word against this very purpose; one against reminders is asked after with everything else. */
function isUnwanted(tx: ReadTx, { customerId, channel, purpose }: MessageRow): boolean {
  if (customerId === null || purpose === 'reply') return false;
  return consentsNow(tx, [customerId]).some(
    (word) => word.channel === channel && word.purpose === purpose && !word.isGranted,
  );
}

/** A receipt that was taken back or corrected since is not thanked for with the amount of before. */
function isStillReceived(tx: ReadTx, { whyJson }: MessageRow): boolean {
  const why = plannedRowShape.shape.why.safeParse(JSON.parse(whyJson ?? 'null'));
  if (!why.success) return true;
  const { receiptId, amountPaise } = why.data.values;
  const receipt = receiptById(tx, Number(receiptId));
  return receipt !== undefined && receipt.voidedAt === null && receipt.amountPaise === amountPaise;
}

/** Writes the text anew for the amounts of now, and keeps in the timeline what it said before. */
export function rewrite(
  tx: WriteTx,
  message: MessageRow,
  { verdict, at }: { readonly verdict: Extract<Verdict, { kind: 'changed' }>; readonly at: number },
): void {
  const { items, balancePaise, overduePaise, creditPaise, written } = verdict;
  const template = message.templateId === null ? undefined : templateById(tx, message.templateId);
  rewriteMessage(tx, message.id, {
    subject: written.subject,
    body: written.text,
    valuesJson: JSON.stringify(written.values),
    parts: written.parts,
    estimateMicros: written.costMicros,
    balancePaise,
    overduePaise,
    creditPaise,
    templateVersion: template?.version ?? message.templateVersion,
    bills: items,
  });
  const values = { balancePaise, beforePaise: message.balancePaise };
  tell(tx, message.id, { at, kind: 'edited', values, detail: message.body });
}
