import { ZERO } from '#domain/money.ts';
import { answerSubject, windowOf } from '#domain/reminders/inbox-rules.ts';
import { lintWording } from '#domain/reminders/texts/wording.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { refuse } from '#domain/result.ts';
import { consentsNow } from '../../storage/consents.ts';
import type { CustomerFacts } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { sha256Of } from '../../storage/digest.ts';
import { gatewayRows, type GatewayRow } from '../../storage/gateways.ts';
import { insertMessage, insertRun, messageById } from '../../storage/messages.ts';
import { newestReplyAt } from '../../storage/outbox-facts.ts';
import { contactsAmong } from '../../storage/reminder-history.ts';
import { answerReplies, newestReplyOf, type ReplyRow } from '../../storage/replies.ts';
import { suppressedAddresses } from '../../storage/suppressions.ts';
import { customerOf } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { languageOf } from '../reminders/facts.ts';
import { addressesOf } from '../reminders/reach.ts';
import { replyOf } from './mark.ts';

const LEAVES_WITHIN_MS = 24 * 3_600_000;
/** The user's own WhatsApp on his phone: he writes there whenever he likes. */
const OWN_WHATSAPP = 'whatsapp-link';

export type AnswerWish = {
  readonly customerId: number;
  readonly channel: Channel;
  readonly text: string;
  readonly replyId?: number | undefined;
};

/** Puts an answer into the outbox, in the thread and on the channel of what it answers, and returns its id. */
export function answerNow(context: BookContext, wish: AnswerWish): number {
  const { db, now, today, newId } = context;
  const { customerId, channel, text } = wish;
  wordingHolds(text);
  const messageId = db.write((tx) => {
    const customer = customerOf(tx, customerId);
    const reply = replyToAnswer(tx, wish);
    const gateway = gatewayFor(tx, channel, reply);
    const { address, toName } = addressFor(tx, { customer, channel, reply });
    mayWrite(tx, { customer, channel, address });
    windowOpen(tx, { gateway, address, now: now() });
    const at = now();
    const runId = insertRun(tx, { kind: 'reply', runDay: today, createdAt: at, approvedAt: at });
    const made = insertMessage(tx, {
      ...blank,
      ...threadOf(tx, channel, reply),
      uid: newId(),
      runId,
      customerId,
      channel,
      gatewayId: gateway.id,
      address,
      toName,
      language: languageOf(customer.language),
      body: text,
      dedupeKey: sha256Of(['answer', customerId, channel, reply?.id ?? 0, today, text].join('|')),
      forDay: today,
      notBefore: at,
      expiresAt: at + LEAVES_WITHIN_MS,
      createdAt: at,
      bills: [],
    });
    if (made === null) {
      const sentence = 'This very answer is on its way already.';
      throw refused(refuse('answer-on-its-way', sentence, { field: 'text' }).refusal);
    }
    answerReplies(tx, { customerId, channel: reply?.channel ?? channel, at });
    return made;
  });
  context.changed('replies', 'messages', 'reminders');
  return messageId;
}

/** An answer is bound to the same words as a reminder. */
function wordingHolds(text: string): void {
  const problem = lintWording(text).find(({ level }) => level === 'blocks');
  if (!problem) return;
  const values = { problem: problem.sentence };
  const sentence = `This answer cannot be sent: ${problem.sentence}`;
  throw refused(refuse('answer-not-allowed', sentence, { field: 'text', values }).refusal);
}

/** What a message that a person wrote has nothing of. */
const blank = {
  purpose: 'reply',
  templateId: null,
  templateVersion: null,
  cadenceId: null,
  stepId: null,
  stepNumber: null,
  isAutomatic: false,
  valuesJson: '[]',
  isEdited: true,
  attaches: null,
  balancePaise: ZERO,
  overduePaise: ZERO,
  creditPaise: ZERO,
  parts: null,
  estimateMicros: null,
  state: 'scheduled',
} as const;

function replyToAnswer(tx: ReadTx, { replyId, customerId, channel }: AnswerWish): ReplyRow | null {
  if (replyId === undefined) return newestReplyOf(tx, customerId, channel) ?? null;
  const reply = replyOf(tx, replyId);
  if (reply.customerId !== customerId) {
    throw refused(refuse('reply-gone', 'This reply is no longer in the book.', { field: 'replyId' }).refusal);
  }
  return reply;
}

function gatewayFor(tx: ReadTx, channel: Channel, reply: ReplyRow | null): GatewayRow {
  const usable = gatewayRows(tx).filter(
    (one) => one.channel === channel && one.isOn && one.pausedAt === null,
  );
  const own = usable.find(({ id }) => id === reply?.gatewayId) ?? usable[0];
  // A voice cannot be typed, and letters and calls are a person's own.
  if (own && (channel === 'sms' || channel === 'whatsapp' || channel === 'email')) return own;
  const sentence = `There is no gateway through which an answer by ${channel} could leave.`;
  throw refused(refuse('no-way-to-answer', sentence, { field: 'channel', values: { channel } }).refusal);
}

type To = {
  readonly customer: CustomerFacts;
  readonly channel: Channel;
  readonly reply: ReplyRow | null;
};

/** Where he wrote from; else where he is written to. */
function addressFor(
  tx: ReadTx,
  { customer, channel, reply }: To,
): { readonly address: string; readonly toName: string } {
  const known = addressesOf(customer, contactsAmong(tx, [customer.customerId]))[channel] ?? [];
  if (reply?.channel === channel) {
    const own = known.find(({ address }) => address === reply.fromAddress);
    return own ?? { address: reply.fromAddress, toName: customer.name };
  }
  const first = known[0];
  if (first) return first;
  const sentence = `There is no address of this customer for ${channel}.`;
  throw refused(refuse('no-address-to-answer', sentence, { field: 'channel', values: { channel } }).refusal);
}

/** Whoever said stop gets no answer either, however kind. */
function mayWrite(
  tx: ReadTx,
  { customer, channel, address }: Pick<To, 'customer' | 'channel'> & { readonly address: string },
): void {
  const said = consentsNow(tx, [customer.customerId]).filter((one) => one.purpose === 'reminder');
  const isOut = said.some((one) => one.channel === channel && !one.isGranted);
  if (!isOut && !suppressedAddresses(tx).has(`${channel}|${address}`)) return;
  const sentence = `${address} is not to be written to by ${channel}: the customer said stop, or it does not exist.`;
  throw refused(
    refuse('answer-not-wanted', sentence, { field: 'channel', values: { address, channel } }).refusal,
  );
}

function windowOpen(
  tx: ReadTx,
  { gateway, address, now }: { readonly gateway: GatewayRow; readonly address: string; readonly now: number },
): void {
  if (gateway.channel !== 'whatsapp' || gateway.kind === OWN_WHATSAPP) return;
  if (windowOf('whatsapp', newestReplyAt(tx, 'whatsapp', address), now) !== null) return;
  const sentence =
    'On WhatsApp a business may write freely for 24 hours after the customer wrote. That time is over; send an approved text instead.';
  throw refused(refuse('window-closed', sentence, { field: 'channel', values: { hours: 24 } }).refusal);
}

type MailThread = {
  readonly subject: string | null;
  readonly mailParent: string | null;
  readonly mailRoot: string | null;
};

/** A mail stands in the thread of what it answers; its root is the first mail of ours that was answered. */
function threadOf(tx: ReadTx, channel: Channel, reply: ReplyRow | null): MailThread {
  if (channel !== 'email') return { subject: null, mailParent: null, mailRoot: null };
  const message = reply === null || reply.messageId === null ? undefined : messageById(tx, reply.messageId);
  return {
    subject: answerSubject(reply?.subject ?? message?.subject ?? null),
    mailParent: reply?.mailId ?? message?.mailId ?? null,
    mailRoot: message?.mailRoot ?? message?.mailId ?? reply?.mailId ?? null,
  };
}
