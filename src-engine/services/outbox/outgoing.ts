import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { keyPromiseDay } from '#domain/reminders/inbox-rules.ts';
import { voiceScript, type VoiceScript } from '#domain/reminders/texts/speech.ts';
import { htmlOf } from '#domain/reminders/texts/render.ts';
import type { Attachment, OutgoingMessage, SentMark } from '../../adapters/message-ports.ts';
import type { ReadTx } from '../../storage/database.ts';
import { newestReplyAt } from '../../storage/outbox-facts.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { templateById } from '../../storage/templates.ts';
import { templateOf } from '../reminders/rules-facts.ts';
import type { RulesNow } from '../reminders/rules-now.ts';
import { idsOf, noIds, registeredValues } from './registered.ts';

/** A business may write freely so long after a customer wrote to it (docs/gateways.md 3). */
const WINDOW_MS = 24 * 60 * 60_000;

type With = {
  readonly attachments: readonly Attachment[];
  readonly business: Pick<RulesNow['business'], 'name' | 'phone'>;
};

/** A message as a gateway is handed it: nothing is left to decide. */
export function outgoingOf(
  tx: ReadTx,
  message: MessageRow,
  { attachments, business }: With,
): OutgoingMessage {
  const { uid, address, toName, body, language, channel } = message;
  const template = templateIn(tx, message.templateId);
  return {
    uid,
    to: address,
    toName,
    text: body,
    language,
    values: registeredValues(channel, template, valuesIn(message)),
    ids: template === null ? noIds : idsOf(template),
    attachments,
    email: channel === 'email' ? emailOf(message) : null,
    windowUntil: channel === 'whatsapp' ? windowUntil(tx, message) : null,
    ...(channel === 'voice' && message.purpose !== 'test' ? { call: callOf(message, business) } : {}),
  };
}

/**
 * Minted from our own uid before the first attempt, so that it is the same over all of them (docs/gateways.md 8.4). It
 * stands under the sender's own domain: mail servers distrust others.
 */
export function mailIdOf({ uid, mailId }: Pick<MessageRow, 'uid' | 'mailId'>, from = ''): string {
  return mailId ?? `<${uid}@${/@([\w.-]+)/u.exec(from)?.[1] ?? 'baaki.invalid'}>`;
}

/** Nobody is told an amount before he has said who he is. */
function callOf(
  { body, toName, language, purpose, forDay }: MessageRow,
  business: With['business'],
): VoiceScript {
  const isAsking = purpose === 'reminder' || purpose === 'notice';
  const facts = {
    businessName: business.name,
    businessPhone: business.phone,
    customerName: toName,
    text: body,
    promiseDay: isAsking ? keyPromiseDay(forDay) : null,
  };
  return voiceScript(facts, language === 'hi' ? 'hi' : 'en');
}

function emailOf(message: MessageRow): NonNullable<OutgoingMessage['email']> {
  const { subject, body, mailParent, mailRoot } = message;
  return {
    subject: subject ?? '',
    html: htmlOf(body),
    messageId: mailIdOf(message),
    inReplyTo: mailParent,
    references: [...new Set([mailRoot, mailParent])].filter((id) => id !== null),
  };
}

export function valuesIn({ valuesJson }: Pick<MessageRow, 'valuesJson'>): OutgoingMessage['values'] {
  const values: unknown = JSON.parse(valuesJson);
  if (!Array.isArray(values)) return [];
  return values.flatMap((one: unknown) => {
    const isPair = typeof one === 'object' && one !== null && 'name' in one && 'value' in one;
    return isPair ? [{ name: String(one.name), value: String(one.value) }] : [];
  });
}

function templateIn(tx: ReadTx, templateId: number | null): MessageTemplate | null {
  const row = templateId === null ? undefined : templateById(tx, templateId);
  return row ? templateOf(row) : null;
}

function windowUntil(tx: ReadTx, { address }: MessageRow): number | null {
  const at = newestReplyAt(tx, 'whatsapp', address);
  return at === null ? null : at + WINDOW_MS;
}

/** What is asked about a message that left. */
export function markOf(message: MessageRow): SentMark {
  const { uid, providerId, address, sentAt, changedAt, channel } = message;
  return {
    uid,
    providerId,
    to: address,
    sentAt: sentAt ?? changedAt,
    messageId: channel === 'email' ? mailIdOf(message) : null,
  };
}
