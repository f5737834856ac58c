import type { Day } from '#domain/days.ts';
import { keyPromiseDay, mailIdIn } from '#domain/reminders/inbox-rules.ts';
import { isStop, utrOf } from '#domain/reminders/texts/replies.ts';
import { keyMeaning } from '#domain/reminders/texts/speech.ts';
import type { Channel, InboundKind } from '#domain/reminders/words.ts';
import { insertClaim } from '../../storage/claims.ts';
import type { WriteTx } from '../../storage/database.ts';
import { insertEvent } from '../../storage/outbox.ts';
import { insertPause } from '../../storage/pauses.ts';
import { insertReply, patchReply } from '../../storage/replies.ts';
import { insertAttachment } from '../../storage/reply-attachments.ts';
import { applyNews, messageOfNews } from '../outbox/news.ts';
import type { Matched } from './match.ts';
import { honourStop } from './stop.ts';

const BODY_CHARS_MOST = 20_000;
const SUBJECT_CHARS_MOST = 500;

export type Taking = {
  readonly gatewayId: number;
  readonly channel: Channel;
  /** UTC milliseconds. */
  readonly at: number;
  readonly today: Day;
  /** The company's day at an instant. */
  readonly dayAt: (instant: number) => Day;
};

/** 'news': told of a message. 'kept': a new row of the inbox. Null: nobody's, or here already. */
export type Taken = 'news' | 'kept' | null;

/** Takes one thing that came in, with all that follows of it, inside the transaction that moves the cursor. */
export function takeInbound(tx: WriteTx, taking: Taking, matched: Matched): Taken {
  const { inbound } = matched;
  const isNews = toldNews(tx, taking, matched);
  if (inbound.kind === 'delivery-report') return isNews ? 'news' : null;
  // The owner's inbox holds more than answers of customers: what is nobody's stays where it is.
  if (matched.message === null && matched.customerId === null) return null;
  const kind = kindOf(taking.channel, matched);
  const replyId = insertReply(tx, {
    gatewayId: taking.gatewayId,
    externalId: inbound.externalId,
    customerId: matched.customerId,
    messageId: matched.message?.id ?? null,
    channel: taking.channel,
    kind,
    fromAddress: matched.address,
    subject: inbound.subject?.slice(0, SUBJECT_CHARS_MOST) ?? null,
    body: inbound.text.slice(0, BODY_CHARS_MOST),
    mailId: mailIdIn(taking.channel, inbound.externalId),
    receivedAt: inbound.at,
    createdAt: taking.at,
  });
  if (replyId === null) return isNews ? 'news' : null;
  for (const { fileName, mime, bytes } of inbound.attachments) {
    insertAttachment(tx, { replyId, fileName, mime, bytes });
  }
  if (inbound.kind === 'reply' || inbound.kind === 'key-press') {
    tellMessage(tx, taking, matched);
    follow(tx, taking, { ...matched, replyId });
  }
  return 'kept';
}

/** Whoever presses 3 asks for an answer, as if he had written. */
function kindOf(channel: Channel, { inbound: { kind, text } }: Matched): InboundKind {
  const wantsAnswer = kind === 'key-press' && channel === 'voice' && keyMeaning(text) === 'talk';
  return wantsAnswer ? 'reply' : kind;
}

function toldNews(tx: WriteTx, { gatewayId, at }: Taking, { inbound: { news }, message }: Matched): boolean {
  if (news === null) return false;
  const about = messageOfNews(tx, gatewayId, news) ?? message ?? undefined;
  return about === undefined ? false : applyNews(tx, about, news, at);
}

function tellMessage(tx: WriteTx, { gatewayId, at }: Taking, { message, inbound }: Matched): void {
  if (message === null) return;
  const eventKey = ['reply', gatewayId, inbound.externalId].join(':');
  insertEvent(tx, { messageId: message.id, at, kind: 'replied', eventKey });
}

type Kept = Matched & { readonly replyId: number };

function follow(tx: WriteTx, taking: Taking, kept: Kept): void {
  const { inbound } = kept;
  if (inbound.kind === 'key-press') return followKey(tx, taking, kept);
  const said = inbound.text.trim() === '' ? (inbound.subject ?? '') : inbound.text;
  if (isStop(said)) return stopOf(tx, taking, { ...kept, text: said });
  if (inbound.attachments.length > 0) claimOf(tx, taking, { ...kept, source: 'reply' });
}

function followKey(tx: WriteTx, taking: Taking, kept: Kept): void {
  const { inbound, customerId, replyId } = kept;
  const meaning = keyMeaning(inbound.text);
  if (meaning === 'stop') return stopOf(tx, taking, { ...kept, text: inbound.text });
  if (customerId === null || meaning === null || meaning === 'talk') return;
  const untilDay = meaning === 'promise' ? keyPromiseDay(taking.dayAt(inbound.at)) : null;
  const pause = { customerId, billId: null, untilDay, replyId, createdAt: taking.at };
  if (meaning === 'promise') {
    insertPause(tx, { ...pause, kind: 'promise', reason: 'Pressed 1 in a call: will pay.' });
    return;
  }
  insertPause(tx, { ...pause, kind: 'reply', reason: 'Pressed 2 in a call: has paid.' });
  claimOf(tx, taking, { ...kept, source: 'key-press' });
}

function stopOf(tx: WriteTx, taking: Taking, kept: Kept & { readonly text: string }): void {
  const { customerId, address, replyId, text } = kept;
  const { channel, at, today } = taking;
  const suppressionId = honourStop(tx, { channel, address, customerId, text, day: today, at });
  const markJson = JSON.stringify({ suppressionId, isOwnWord: true });
  patchReply(tx, replyId, { mark: 'stop', markedAt: at, markJson, answeredAt: at });
}

function claimOf(
  tx: WriteTx,
  { gatewayId, at }: Taking,
  kept: Kept & { readonly source: 'reply' | 'key-press' },
): void {
  const { customerId, inbound, replyId, source } = kept;
  if (customerId === null) return;
  insertClaim(tx, {
    customerId,
    source,
    sourceKey: claimKeyOf(gatewayId, inbound.externalId),
    replyId,
    linkId: null,
    amountPaise: null,
    reference: utrOf(inbound.text),
    createdAt: at,
  });
}

/** One claim for each thing that came in, whoever makes it: an attachment, a key, a person's mark. */
export function claimKeyOf(gatewayId: number | null, externalId: string): string {
  return ['reply', gatewayId ?? 0, externalId].join(':');
}
