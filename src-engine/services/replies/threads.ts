import type { Thread, threadLineShape } from '#contract/engine/replies.ts';
import { daysBetween, type Day } from '#domain/days.ts';
import { subtract, sumOf, ZERO, type Paise } from '#domain/money.ts';
import { hintOf, windowOf } from '#domain/reminders/inbox-rules.ts';
import type { ReadTx } from '../../storage/database.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { newestReplyAt } from '../../storage/outbox-facts.ts';
import {
  messagesWith,
  newestReplyOf,
  repliesOf,
  threadHeads,
  type Head,
  type ReplyRow,
  type ThreadOf,
} from '../../storage/replies.ts';
import { attachmentHeads, type AttachmentHead } from '../../storage/reply-attachments.ts';
import type { BookContext } from '../door.ts';
import { columnsNow } from '../ledger.ts';
import { openParts, openPartsOf, type OpenParts } from '../reminders/open-parts.ts';

const EXCERPT_CHARS_MOST = 200;
const LINES_MOST = 1000;

type Heads = { readonly isOpenOnly: boolean; readonly customerId?: number | undefined };

export function threadsNow(context: BookContext, wish: Heads): Thread[] {
  const { db, today } = context;
  const customerId = wish.customerId ?? null;
  const columns = customerId === null ? columnsNow(db, today) : null;
  return db.read((tx) => {
    const heads = threadHeads(tx, { ...wish, customerId });
    if (heads.length === 0) return [];
    const open = columns === null ? openPartsOf(tx, [customerId ?? 0], today) : openParts(tx, columns, today);
    const debts = debtsOf(open, today);
    return heads.map((head) => threadOf(tx, context, { head, debt: debts.get(head.customerId ?? 0) }));
  });
}

type Debt = { readonly outstandingPaise: Paise; readonly oldestDays: number };

function threadOf(
  tx: ReadTx,
  { now }: BookContext,
  { head, debt }: { readonly head: Head; readonly debt: Debt | undefined },
): Thread {
  const { customerId, customerName, address, lastText, ...rest } = head;
  const onWhatsapp =
    customerId === null
      ? newestReplyAt(tx, 'whatsapp', address)
      : (newestReplyOf(tx, customerId, 'whatsapp')?.receivedAt ?? null);
  return {
    ...rest,
    customerId,
    customerName: customerName ?? address,
    address,
    lastText: lastText.slice(0, EXCERPT_CHARS_MOST),
    outstandingPaise: debt?.outstandingPaise ?? ZERO,
    oldestDays: debt?.oldestDays ?? 0,
    windowUntil: windowOf('whatsapp', onWhatsapp, now()),
  };
}

/** What each customer owes after what he paid on account, and how late his oldest bill is. */
function debtsOf({ items, unallocated }: OpenParts, today: Day): ReadonlyMap<number, Debt> {
  const byCustomer = Map.groupBy(items, (item) => item.customerId);
  const ids = new Set([...byCustomer.keys(), ...unallocated.keys()]);
  return new Map(
    [...ids].map((customerId) => {
      const own = byCustomer.get(customerId) ?? [];
      const open = sumOf(own, (item) => item.openPaise);
      const late = own.map((item) => daysBetween(item.dueDay, today));
      return [
        customerId,
        {
          outstandingPaise: subtract(open, unallocated.get(customerId) ?? ZERO),
          oldestDays: late.reduce((most, days) => Math.max(most, days), 0),
        },
      ];
    }),
  );
}

type Line = (typeof threadLineShape)['_output'];

export function threadNow(context: BookContext, of: ThreadOf): Line[] {
  const { db, book, dayAt } = context;
  return db.read((tx) => {
    const theirs = repliesOf(tx, of, LINES_MOST);
    const files = attachmentHeads(
      tx,
      theirs.map(({ id }) => id),
    );
    const lines = [
      ...theirs.map((reply) =>
        theirLine(reply, files.get(reply.id) ?? [], dayAt(reply.receivedAt, book.timeZone)),
      ),
      ...messagesWith(tx, of, LINES_MOST).map(ourLine),
    ];
    return lines.toSorted((a, b) => a.at - b.at).slice(0 - LINES_MOST);
  });
}

function theirLine(reply: ReplyRow, files: readonly AttachmentHead[], on: Day): Line {
  const { id, channel, kind, subject, body, mark, messageId, receivedAt, answeredAt } = reply;
  return {
    key: `reply-${id}`,
    at: receivedAt,
    isOurs: false,
    channel,
    kind,
    subject,
    text: body,
    state: null,
    messageId,
    replyId: id,
    mark,
    hint: mark === null ? hintOf(reply, on) : null,
    isOpen: kind === 'reply' && answeredAt === null,
    attachments: files.map(({ id: attachmentId, fileName, mime, byteCount }) => ({
      attachmentId,
      fileName,
      mime,
      byteCount,
    })),
  };
}

function ourLine(message: MessageRow): Line {
  const { id, channel, subject, body, state, sentAt, createdAt } = message;
  return {
    key: `message-${id}`,
    at: sentAt ?? createdAt,
    isOurs: true,
    channel,
    kind: 'message',
    subject,
    text: body,
    state,
    messageId: id,
    replyId: null,
    mark: null,
    hint: null,
    isOpen: false,
    attachments: [],
  };
}
