import { countMessages, listedMessages, type MessageFilter } from '../storage/message-lists.ts';
import { bookDoor, refused } from './door.ts';
import {
  cancel as cancelThem,
  confirm as confirmOne,
  linkOf,
  nothingToCancel,
  settle as settleOne,
} from './messages/act.ts';
import { costsOf } from './messages/costs.ts';
import { messageShown, rowShown } from './messages/show.ts';
import { wakeOutbox } from './outbox/keeper.ts';
import { printQueue } from './papers/print-queue.ts';

const list = bookDoor.messages.list.handler(({ context, input }) => {
  const filter: MessageFilter = {
    view: input.view,
    customerId: input.customerId ?? null,
    billId: input.billId ?? null,
    channel: input.channel ?? null,
    runId: input.runId ?? null,
    from: input.from ?? null,
    to: input.to ?? null,
  };
  return context.db.read((tx) => ({
    rows: listedMessages(tx, filter, { limit: input.limit, before: input.before ?? null }).map(rowShown),
    totalCount: countMessages(tx, filter),
  }));
});

const get = bookDoor.messages.get.handler(({ context, input }) =>
  context.db.read((tx) => messageShown(tx, input.messageId)),
);

const cancel = bookDoor.messages.cancel.handler(({ context, input: { messageIds } }) => {
  const cancelledCount = cancelThem(context, messageIds);
  if (cancelledCount === 0) throw refused(nothingToCancel(messageIds.length));
  context.changed('messages', 'reminders');
  return { cancelledCount };
});

const settle = bookDoor.messages.settle.handler(({ context, input }) => {
  settleOne(context, input);
  context.changed('messages', 'reminders');
  if (input.sendAgain) wakeOutbox(context);
  return {};
});

const link = bookDoor.messages.link.handler(({ context, input }) => ({
  url: linkOf(context, input.messageId),
}));

const confirm = bookDoor.messages.confirm.handler(({ context, input }) => {
  confirmOne(context, input);
  context.changed('messages', 'reminders', 'consents', 'replies');
  return {};
});

const costs = bookDoor.messages.costs.handler(({ context, input }) => costsOf(context, input));

export const messages = { list, get, cancel, settle, link, confirm, printQueue, costs };
