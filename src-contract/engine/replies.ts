import { inboundKinds, replyMarks } from '#domain/reminders/words.ts';
import { z } from 'zod';
import { call, dayField, idField, paiseField } from '../fields.ts';
import { channelField, messageStateField } from './reminder-fields.ts';

export const threadShape = z.object({
  /** Null: an address that is no customer's; it stands under `address` until somebody says whose it is. */
  customerId: idField.nullable(),
  customerName: z.string(),
  address: z.string(),
  channel: channelField,
  lastAt: z.int(),
  lastText: z.string(),
  openCount: z.int(),
  attachmentCount: z.int(),
  outstandingPaise: paiseField,
  oldestDays: z.int(),
  /** Until when free text is allowed on WhatsApp; null elsewhere or when it is over. */
  windowUntil: z.int().nullable(),
});
export type Thread = z.infer<typeof threadShape>;

export const threadLineShape = z.object({
  key: z.string(),
  at: z.int(),
  isOurs: z.boolean(),
  channel: channelField,
  kind: z.enum([...inboundKinds, 'message']),
  subject: z.string().nullable(),
  text: z.string(),
  /** Of ours: where it stands. */
  state: messageStateField.nullable(),
  messageId: idField.nullable(),
  replyId: idField.nullable(),
  mark: z.enum(replyMarks).nullable(),
  /** What Baaki takes it for; a person decides. */
  hint: z
    .object({ mark: z.enum(replyMarks), day: dayField.nullable(), reference: z.string().nullable() })
    .nullable(),
  isOpen: z.boolean(),
  attachments: z.array(
    z.object({ attachmentId: idField, fileName: z.string(), mime: z.string(), byteCount: z.int() }),
  ),
});

export const claimShape = z.object({
  claimId: idField,
  customerId: idField,
  customerName: z.string(),
  source: z.enum(['reply', 'pay-link', 'key-press']),
  amountPaise: paiseField.nullable(),
  reference: z.string().nullable(),
  at: z.int(),
  replyId: idField.nullable(),
  linkId: idField.nullable(),
  state: z.enum(['to-confirm', 'confirmed', 'dismissed']),
  receiptId: idField.nullable(),
});
export type Claim = z.infer<typeof claimShape>;

export const replies = {
  /** Conversations, open ones first, newest first. */
  threads: call
    .input(z.object({ isOpenOnly: z.boolean().default(false), customerId: idField.optional() }))
    .output(z.array(threadShape)),
  thread: call
    .input(z.object({ customerId: idField.optional(), address: z.string().max(200).optional() }))
    .output(z.array(threadLineShape)),
  /**
   * Says what a reply is. 'promise' and 'dispute' pause the customer's reminders until a day (a promise: its day), 'stop'
   * takes the address out at once, 'paid' opens a claim. Every mark answers the reply.
   */
  mark: call
    .input(
      z.object({
        replyId: idField,
        mark: z.enum(replyMarks),
        day: dayField.nullable().default(null),
        amountPaise: paiseField.nullable().default(null),
        note: z.string().trim().max(1000).nullable().default(null),
      }),
    )
    .output(z.object({})),
  /** Takes a mark back, with what it did. */
  unmark: call.input(z.object({ replyId: idField })).output(z.object({})),
  /** Whose address it is; it becomes a contact of his. */
  assign: call.input(z.object({ address: z.string().max(200), customerId: idField })).output(z.object({})),
  /** Answers in the thread, on its channel, by hand. Refused on WhatsApp outside the window ('window-closed'). */
  answer: call
    .input(
      z.object({
        customerId: idField,
        channel: channelField,
        text: z.string().trim().min(1).max(4000),
        replyId: idField.optional(),
      }),
    )
    .output(z.object({ messageId: idField })),
  attachment: call
    .input(z.object({ attachmentId: idField, path: z.string().max(1000) }))
    .output(z.object({ byteCount: z.int() })),
  /** Looks for replies and reports now. */
  pull: call.output(z.object({ newCount: z.int() })),
  claims: call.input(z.object({ isOpenOnly: z.boolean().default(true) })).output(z.array(claimShape)),
  /** A claim becomes a receipt only by a person's word. */
  confirmClaim: call
    .input(
      z.object({
        claimId: idField,
        amountPaise: paiseField,
        receiptDay: dayField,
        reference: z.string().trim().max(120).nullable().default(null),
      }),
    )
    .output(z.object({ receiptId: idField })),
  dismissClaim: call.input(z.object({ claimId: idField })).output(z.object({})),
};
