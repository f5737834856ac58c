import type { PlannedRow } from '#contract/engine/reminders.ts';
import { daysBetween, type Day } from '#domain/days.ts';
import { problem } from '#domain/reminders/texts/problems.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import { hasPayPlace } from '#domain/reminders/pay-place.ts';
import type { PlannedMessage, PlanItem } from '#domain/reminders/plan-facts.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { sha256Of } from '../../storage/digest.ts';
import type { PlanEdit } from '../../storage/plan-edits.ts';
import type { Brand } from '#domain/reminders/texts/dlt.ts';
import { linkLater, problemShown } from '../templates/problem-words.ts';
import { messageProblems } from '../templates/check.ts';
import type { RowPreflight } from './row-preflight.ts';

/** What rows need to know besides their messages; asked for once a plan. */
export type RowWorld = {
  readonly brand: Brand;
  readonly edits: { readonly get: (rowKey: string) => PlanEdit | undefined };
  readonly customerName: (customerId: number) => string;
  readonly cadenceName: (cadenceId: number) => string | null;
  readonly gateway: (gatewayId: number) => GatewayFace | null;
  readonly preflight: RowPreflight;
  /** Texts that a person has to read before they leave, by template. */
  readonly isForPerson: (template: MessageTemplate) => boolean;
  readonly instantAt: (minute: number) => number;
  /** Letters and calls wait for a person's hands, whatever the hour. */
  readonly byHandUntil: number;
};

export type GatewayFace = {
  readonly name: string;
  readonly needsDlt: boolean;
  readonly needsWhatsappTemplate: boolean;
  readonly pricePerPartMicros: number | null;
};

/** The bills as they stand in the message and are frozen with it. */
export function billsOf(items: readonly PlanItem[], day: Day): PlannedRow['bills'] {
  return items.map(({ billId, number, billDay, dueDay, openPaise, currency, foreignMinor }) => ({
    billId,
    number,
    billDay,
    dueDay,
    openPaise,
    daysLate: daysBetween(dueDay, day),
    currency,
    foreignMinor,
  }));
}

/** A thank-you that may not leave on its day is as good on the two after it; everything else is planned anew. */
function waitsMs({ purpose }: Pick<PlannedMessage, 'purpose'>): number {
  return purpose === 'thanks' ? 2 * 24 * 3_600_000 : 0;
}

/** A planned message as the door shows it, with what a person changed in it. */
export function rowOf(message: PlannedMessage, world: RowWorld): PlannedRow {
  const { customerId, channel, gatewayId, template, step, day, cadenceId } = message;
  const rowKey = rowKeyOf(message);
  const edit = world.edits.get(rowKey);
  const gateway = gatewayId === null ? null : world.gateway(gatewayId);
  const text = edited(message, edit, gateway);
  const isByHand = channel === 'letter' || channel === 'call';
  return {
    rowKey,
    customerId,
    customerName: world.customerName(customerId),
    purpose: message.purpose,
    channel,
    gatewayId,
    gatewayName: gateway?.name ?? null,
    address: message.address,
    toName: message.toName,
    language: message.language,
    tone: step.tone,
    templateId: template.templateId,
    templateName: template.name,
    cadenceId,
    cadenceName: world.cadenceName(cadenceId),
    stepId: step.stepId,
    stepNumber: message.stepNumber,
    ...text,
    attaches: step.attaches,
    bills: billsOf(message.items, day),
    balancePaise: message.balancePaise,
    overduePaise: message.overduePaise,
    creditPaise: message.creditPaise,
    notBefore: world.instantAt(message.fromMinute),
    expiresAt: isByHand ? world.byHandUntil : world.instantAt(message.toMinute) + waitsMs(message),
    why: { code: message.why.code, values: { ...message.why.values } },
    warnings: [...message.warnings],
    problems: [
      ...problemsOf(message, { text, gateway, brand: world.brand }),
      ...world.preflight(message, text.text),
    ],
    needsPerson: message.needsPerson || world.isForPerson(template),
  };
}

type RowText = Pick<PlannedRow, 'subject' | 'text' | 'parts' | 'costMicros' | 'isEdited'>;

function edited(message: PlannedMessage, edit: PlanEdit | undefined, gateway: GatewayFace | null): RowText {
  const { subject, text, parts, costMicros } = message;
  const isEdited = edit !== undefined && (edit.body !== null || edit.subject !== null);
  if (!isEdited) return { subject, text, parts, costMicros, isEdited };
  const own = { subject: edit.subject ?? subject, text: edit.body ?? text };
  if (message.channel !== 'sms') return { ...own, parts, costMicros, isEdited };
  const ownParts = smsShape(own.text).parts;
  const price = gateway?.pricePerPartMicros ?? null;
  return { ...own, parts: ownParts, costMicros: price === null ? null : ownParts * price, isEdited };
}

type Looked = { readonly text: RowText; readonly gateway: GatewayFace | null; readonly brand: Brand };

function problemsOf(message: PlannedMessage, { text, gateway, brand }: Looked): PlannedRow['problems'] {
  const needsWhatsappTemplate = gateway?.needsWhatsappTemplate ?? false;
  const found = messageProblems(
    {
      template: message.template,
      text: text.text,
      subject: text.subject,
      values: message.values,
      needsDlt: gateway?.needsDlt ?? false,
      needsWhatsappTemplate,
      isEdited: text.isEdited,
    },
    brand,
  );
  if (needsWhatsappTemplate && text.text !== message.text) found.push(fixedText);
  if (hasPayPlace(text.text)) found.push(linkLater);
  const asksForPaper = needsWhatsappTemplate && message.template.whatsapp?.hasDocument === true;
  if (asksForPaper && message.step.attaches === null) found.push(paperMissing);
  return found;
}

const fixedText = problemShown(
  problem(
    'blocks',
    'whatsapp-text-fixed',
    'An approved WhatsApp template leaves word for word: its text cannot be changed for one message.',
  ),
);

const paperMissing = problemShown(
  problem(
    'blocks',
    'whatsapp-document-missing',
    'The approved WhatsApp template has a place for a PDF, and this step sends none. Choose a paper in the step, or a text without one.',
  ),
);

/** Stays while nothing of the message changes; an edit of a text that names other amounts is not this message's. */
function rowKeyOf({ dedupeKey, address, gatewayId, subject, text }: PlannedMessage): string {
  return sha256Of(JSON.stringify([dedupeKey, address, gatewayId, subject, text]));
}

/**
 * Everything that matters of some rows, as one text that is another as soon as any of it is: not the minute from which
 * they may leave, which passes while somebody reads them.
 */
export function rowsHashOf(day: Day, rows: readonly PlannedRow[]): string {
  const words = rows.map((row) => [
    row.rowKey,
    row.customerId,
    row.subject,
    row.text,
    row.parts,
    row.costMicros,
    row.attaches,
    row.balancePaise,
    row.overduePaise,
    row.creditPaise,
    row.toName,
    row.templateId,
    row.cadenceId,
    row.needsPerson,
    row.problems.map(({ code }) => code),
    row.bills.map((bill) => [bill.billId, bill.dueDay, bill.openPaise, bill.foreignMinor]),
  ]);
  return sha256Of(JSON.stringify([day, words]));
}
