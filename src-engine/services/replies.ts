import { bookDoor } from './door.ts';
import { answerNow } from './replies/answer.ts';
import { assignAddress } from './replies/assign.ts';
import { saveAttachment } from './replies/attachment.ts';
import { claimsNow, confirmClaim, dismissClaim } from './replies/claims.ts';
import { markReply, unmarkReply } from './replies/mark.ts';
import { pullAll } from './replies/pull.ts';
import { threadNow, threadsNow } from './replies/threads.ts';

export const replies = {
  threads: bookDoor.replies.threads.handler(({ context, input }) => threadsNow(context, input)),
  thread: bookDoor.replies.thread.handler(({ context, input: { customerId, address } }) => {
    if (customerId !== undefined) return threadNow(context, { customerId, address: null });
    return address === undefined ? [] : threadNow(context, { customerId: null, address });
  }),
  mark: bookDoor.replies.mark.handler(({ context, input }) => {
    markReply(context, input);
    return {};
  }),
  unmark: bookDoor.replies.unmark.handler(({ context, input }) => {
    unmarkReply(context, input.replyId);
    return {};
  }),
  assign: bookDoor.replies.assign.handler(({ context, input }) => {
    assignAddress(context, input);
    return {};
  }),
  answer: bookDoor.replies.answer.handler(({ context, input }) => ({ messageId: answerNow(context, input) })),
  attachment: bookDoor.replies.attachment.handler(async ({ context, input, signal }) => ({
    byteCount: await saveAttachment(context, input, signal),
  })),
  pull: bookDoor.replies.pull.handler(async ({ context, signal }) => ({
    newCount: await pullAll(context, { signal: signal ?? new AbortController().signal, isAsked: true }),
  })),
  claims: bookDoor.replies.claims.handler(({ context, input }) => claimsNow(context, input.isOpenOnly)),
  confirmClaim: bookDoor.replies.confirmClaim.handler(({ context, input }) => ({
    receiptId: confirmClaim(context, input),
  })),
  dismissClaim: bookDoor.replies.dismissClaim.handler(({ context, input }) => {
    dismissClaim(context, input.claimId);
    return {};
  }),
};
