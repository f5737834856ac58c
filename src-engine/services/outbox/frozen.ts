import type { FrozenMessage } from '#domain/reminders/plan-check.ts';
import type { MessageBillRow, MessageRow } from '../../storage/messages.ts';

/** A message as the rules know it: what it says of whom, as it was when it was made. */
export function frozenOf(
  message: MessageRow,
  customerId: number,
  bills: readonly MessageBillRow[],
): FrozenMessage {
  const {
    purpose,
    cadenceId,
    stepId,
    channel,
    address,
    templateId,
    templateVersion,
    forDay,
    balancePaise,
    creditPaise,
  } = message;
  return {
    customerId,
    purpose,
    cadenceId,
    stepId,
    channel,
    address,
    // A text without a template is nobody's: no template has the number 0.
    templateId: templateId ?? 0,
    templateVersion,
    day: forDay,
    items: bills,
    balancePaise,
    creditPaise,
  };
}
