import { formatDay, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { hintOf } from '#domain/reminders/inbox-rules.ts';
import { utrOf } from '#domain/reminders/texts/replies.ts';
import type { ReplyMark } from '#domain/reminders/words.ts';
import { never, refuse } from '#domain/result.ts';
import { claimById, claimBySourceKey, insertClaim, patchClaim } from '../../storage/claims.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { endPause, insertPause } from '../../storage/pauses.ts';
import { patchReply, replyById, type ReplyRow } from '../../storage/replies.ts';
import { liftSuppression, suppressionById } from '../../storage/suppressions.ts';
import { accepted } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { answeredBeforeMark, deedIn, type Deed } from './deed.ts';
import { suppressNow } from './stop.ts';
import { claimKeyOf } from './take.ts';

export type MarkWish = {
  readonly replyId: number;
  readonly mark: ReplyMark;
  readonly day: Day | null;
  readonly amountPaise: number | null;
  readonly note: string | null;
};

type Marking = { readonly at: number; readonly today: Day; readonly on: Day };

/** A mark answers the reply and does what it means; another one before it is taken back first. */
export function markReply(context: BookContext, wish: MarkWish): void {
  const { db, now, today, book, dayAt } = context;
  db.write((tx) => {
    const reply = replyOf(tx, wish.replyId);
    if (reply.mark === 'stop' && wish.mark === 'stop') return;
    if (reply.mark !== null) takeBack(tx, reply, now());
    const marking = { at: now(), today, on: dayAt(reply.receivedAt, book.timeZone) };
    const answeredBefore = answeredBeforeMark(reply);
    const deed: Deed = {
      ...doWhatItSays(tx, { reply, wish, marking }),
      ...(answeredBefore === null ? {} : { answeredBefore }),
      ...(wish.note === null ? {} : { note: wish.note }),
    };
    patchReply(tx, reply.id, {
      mark: wish.mark,
      markedAt: marking.at,
      markJson: JSON.stringify(deed),
      answeredAt: reply.answeredAt ?? marking.at,
    });
  });
  context.changed('replies', 'consents', 'reminders', 'messages');
}

export function unmarkReply(context: BookContext, replyId: number): void {
  context.db.write((tx) => {
    const reply = replyOf(tx, replyId);
    if (reply.mark === null) return;
    takeBack(tx, reply, context.now());
    patchReply(tx, replyId, {
      mark: null,
      markedAt: null,
      markJson: null,
      answeredAt: answeredBeforeMark(reply),
    });
  });
  context.changed('replies', 'consents', 'reminders', 'messages');
}

export function replyOf(tx: ReadTx, replyId: number): ReplyRow {
  const reply = replyById(tx, replyId);
  return accepted(
    reply ? { ok: true, value: reply } : refuse('reply-gone', 'This reply is no longer in the book.'),
  );
}

type Doing = { readonly reply: ReplyRow; readonly wish: MarkWish; readonly marking: Marking };

function doWhatItSays(tx: WriteTx, doing: Doing): Deed {
  const { reply, wish, marking } = doing;
  switch (wish.mark) {
    case 'promise':
      return pauseFor(tx, doing, {
        kind: 'promise',
        untilDay: promisedDay(doing),
        usual: 'Promised in a reply.',
      });
    case 'dispute':
      return pauseFor(tx, doing, { kind: 'dispute', untilDay: wish.day, usual: 'Disputed in a reply.' });
    case 'paid':
      return claimFor(tx, doing);
    case 'stop': {
      const { channel, fromAddress: address, body: text } = reply;
      const suppressionId = suppressNow(tx, { channel, address, text, at: marking.at });
      // One that stood before is not ours to take back.
      const isOurs = suppressionById(tx, suppressionId)?.createdAt === marking.at;
      return isOurs ? { suppressionId } : {};
    }
    case 'question':
    case 'other':
      return {};
    default:
      return never(wish.mark);
  }
}

function promisedDay({ reply, wish, marking }: Doing): Day {
  const day = wish.day ?? hintOf(reply, marking.on)?.day ?? null;
  if (day === null) {
    throw refused(
      refuse('promise-day-missing', 'Say by which day the customer will pay.', { field: 'day' }).refusal,
    );
  }
  if (day < marking.today) {
    const values = { day: formatDay(day), today: formatDay(marking.today) };
    const sentence = `A promise for ${values.day} is over already; today is ${values.today}.`;
    throw refused(refuse('promise-day-past', sentence, { field: 'day', values }).refusal);
  }
  return day;
}

function customerIn({ customerId, fromAddress }: ReplyRow): number {
  if (customerId !== null) return customerId;
  const sentence = `Nobody knows whose address ${fromAddress} is. Say which customer’s it is first.`;
  throw refused(
    refuse('reply-of-nobody', sentence, { field: 'customerId', values: { address: fromAddress } }).refusal,
  );
}

function pauseFor(
  tx: WriteTx,
  { reply, wish, marking }: Doing,
  {
    kind,
    untilDay,
    usual,
  }: {
    readonly kind: 'promise' | 'dispute' | 'reply';
    readonly untilDay: Day | null;
    readonly usual: string;
  },
): Deed {
  const pauseId = insertPause(tx, {
    customerId: customerIn(reply),
    billId: null,
    kind,
    untilDay,
    reason: wish.note ?? usual,
    replyId: reply.id,
    createdAt: marking.at,
  });
  return { pauseId };
}

/** Nobody is reminded of what he says he has paid, until a person has looked. */
function claimFor(tx: WriteTx, doing: Doing): Deed {
  const { reply, wish, marking } = doing;
  const customerId = customerIn(reply);
  const amountPaise = wish.amountPaise === null ? null : paise(wish.amountPaise);
  const sourceKey = claimKeyOf(reply.gatewayId, reply.externalId);
  const before = claimBySourceKey(tx, sourceKey);
  if (before?.state === 'confirmed') return {};
  const paused = pauseFor(tx, doing, { kind: 'reply', untilDay: null, usual: 'Says that he has paid.' });
  if (before) {
    const isKept = before.state === 'to-confirm';
    const again = isKept ? {} : { state: 'to-confirm' as const, settledAt: null };
    patchClaim(tx, before.id, { ...again, amountPaise: amountPaise ?? before.amountPaise });
    return { ...paused, claimId: before.id, isClaimKept: isKept };
  }
  const claimId = insertClaim(tx, {
    customerId,
    source: reply.kind === 'key-press' ? 'key-press' : 'reply',
    sourceKey,
    replyId: reply.id,
    linkId: null,
    amountPaise,
    reference: utrOf(reply.body),
    createdAt: marking.at,
  });
  return claimId === null ? paused : { ...paused, claimId };
}

/** What a mark did is undone by further facts. Money that a person has confirmed, and a stop of his own, stay. */
function takeBack(tx: WriteTx, { markJson }: ReplyRow, at: number): void {
  const deed = deedIn(markJson);
  if (deed.isOwnWord === true) {
    const sentence =
      'The customer said stop himself. Write down his new consent, then take his address off the list.';
    throw refused(refuse('stop-own-word', sentence).refusal);
  }
  const claim = deed.claimId === undefined ? undefined : claimById(tx, deed.claimId);
  if (claim?.state === 'confirmed') {
    const sentence = 'This payment is a receipt already. Void the receipt instead.';
    throw refused(refuse('claim-settled', sentence).refusal);
  }
  if (claim?.state === 'to-confirm' && deed.isClaimKept !== true) {
    patchClaim(tx, claim.id, { state: 'dismissed', settledAt: at });
  }
  if (deed.pauseId !== undefined) endPause(tx, deed.pauseId, at);
  if (deed.suppressionId === undefined) return;
  if (suppressionById(tx, deed.suppressionId)?.removedAt !== null) return;
  liftSuppression(tx, {
    suppressionId: deed.suppressionId,
    removedAt: at,
    reason: 'The mark was taken back.',
  });
}
