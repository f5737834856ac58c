import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';
import {
  channelField,
  languageField,
  messageBillShape,
  microsField,
  minuteField,
  problemShape,
  purposeField,
  silenceReasonField,
  toneField,
  wordsField,
} from './reminder-fields.ts';

/** A message as it would leave. `rowKey` stays while nothing that matters changes. */
export const plannedRowShape = z.object({
  rowKey: z.string(),
  customerId: idField,
  customerName: z.string(),
  purpose: purposeField,
  channel: channelField,
  gatewayId: idField.nullable(),
  gatewayName: z.string().nullable(),
  address: z.string(),
  toName: z.string(),
  language: languageField,
  tone: toneField,
  templateId: idField,
  templateName: z.string(),
  cadenceId: idField.nullable(),
  cadenceName: z.string().nullable(),
  stepId: z.string().nullable(),
  stepNumber: z.int().nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  attaches: z.string().nullable(),
  parts: z.int().nullable(),
  costMicros: microsField.nullable(),
  bills: z.array(messageBillShape),
  balancePaise: paiseField,
  overduePaise: paiseField,
  creditPaise: paiseField,
  /** UTC milliseconds between which it may leave. */
  notBefore: z.int(),
  expiresAt: z.int(),
  why: z.object({ code: z.string(), values: wordsField }),
  warnings: z.array(silenceReasonField),
  problems: z.array(problemShape),
  needsPerson: z.boolean(),
  /** Set when a person changed the text of this one message. */
  isEdited: z.boolean(),
});
export type PlannedRow = z.infer<typeof plannedRowShape>;

export const silenceShape = z.object({
  customerId: idField,
  customerName: z.string(),
  billIds: z.array(idField),
  balancePaise: paiseField,
  reason: silenceReasonField,
  values: wordsField,
  until: dayField.nullable(),
});
export type SilenceShown = z.infer<typeof silenceShape>;

export const planShape = z.object({
  day: dayField,
  rows: bulk(z.array(plannedRowShape)),
  silences: bulk(z.array(silenceShape)),
  totals: z.object({
    messageCount: z.int(),
    customerCount: z.int(),
    costMicros: microsField,
    /** Rows whose price is not known, and are not in the cost. */
    unpricedCount: z.int(),
    balancePaise: paiseField,
    byChannel: z.array(z.object({ channel: channelField, count: z.int(), costMicros: microsField })),
  }),
  /** What an approval is bound to: any change of a row voids it. */
  rowsHash: z.string(),
});
export type PlanShown = z.infer<typeof planShape>;

const hoursShape = z.object({
  fromMinute: minuteField,
  toMinute: minuteField,
  weekdays: z.tuple([
    z.boolean(),
    z.boolean(),
    z.boolean(),
    z.boolean(),
    z.boolean(),
    z.boolean(),
    z.boolean(),
  ]),
});

export const policyShape = z.object({
  hours: z.object({
    sms: hoursShape,
    whatsapp: hoursShape,
    email: hoursShape,
    voice: hoursShape,
    letter: hoursShape,
    call: hoursShape,
  }),
  holidays: z
    .array(
      z.object({
        day: dayField,
        name: z.string().trim().max(120),
        /** Channels that may be used on it all the same; none if not given. */
        open: z.array(channelField).max(6).optional(),
      }),
    )
    .max(400),
  perChannelDayMost: z.int().min(1).max(10),
  perDayMost: z.int().min(1).max(10),
  perWeekMost: z.int().min(1).max(50),
  gapDaysLeast: z.int().min(0).max(60),
  quietDaysAfterReceipt: z.int().min(0).max(60),
  booksHoursMost: z.int().min(1).max(720),
  onUnmatchedMoney: z.enum(['hold', 'warn']),
  needsConsent: z.array(channelField),
  dayBudgetMicros: microsField.nullable(),
  monthBudgetMicros: microsField.nullable(),
  nextChannelHours: z.int().min(1).max(240),
  sendsThanks: z.boolean(),
  sendsNotices: z.boolean(),
});
export type PolicyShown = z.infer<typeof policyShape>;

export const sendingStatusShape = z.object({
  /** By the red button or by `stopFile`: nothing leaves that has not begun to leave. */
  isKilled: z.boolean(),
  /** The name of a file in the data folder that stops all sending until it is taken away; null = there is none. */
  stopFile: z.string().nullable(),
  /** Everything is rendered and checked, nothing leaves. */
  isDryRun: z.boolean(),
  /** Another Baaki sends from this book (until when it has said), or this is a copy of a book that sends elsewhere. */
  heldElsewhere: z.object({ owner: z.string(), until: z.int().nullable(), isCopy: z.boolean() }).nullable(),
  isOnline: z.boolean(),
  /** Whether this process can open the vault; a terminal cannot. */
  canSend: z.boolean(),
  scheduledCount: z.int(),
  sendingCount: z.int(),
  heldCount: z.int(),
  unknownCount: z.int(),
  toPrintCount: z.int(),
  toCallCount: z.int(),
  toHandCount: z.int(),
  repliesCount: z.int(),
  claimsCount: z.int(),
  /** Left today, and what it cost. */
  sentTodayCount: z.int(),
  spentTodayMicros: microsField,
  spentMonthMicros: microsField,
  nextAt: z.int().nullable(),
  /** The last run of the daily round. */
  roundAt: z.int().nullable(),
  /** How many of today's planned rows wait for approval. */
  toApproveCount: z.int(),
});
export type SendingStatus = z.infer<typeof sendingStatusShape>;

export const reminders = {
  /** Exactly what would leave on a day, and who gets nothing and why. Writes nothing. */
  plan: call.input(z.object({ day: dayField.optional() })).output(planShape),
  /** Counts of each day of a stretch, as if nothing were paid and all of it sent. */
  calendar: call.input(z.object({ from: dayField, to: dayField })).output(
    z.array(
      z.object({
        day: dayField,
        isHoliday: z.boolean(),
        holidayName: z.string().nullable(),
        count: z.int(),
        costMicros: microsField,
        byChannel: z.array(z.object({ channel: channelField, count: z.int() })),
        top: z.array(z.object({ customerId: idField, customerName: z.string(), channel: channelField })),
      }),
    ),
  ),
  /** What comes next for one customer, or why nothing does. */
  next: call.input(z.object({ customerId: idField })).output(
    z.object({
      next: z
        .object({
          day: dayField,
          channel: channelField,
          stepNumber: z.int().nullable(),
          cadenceName: z.string(),
        })
        .nullable(),
      silence: silenceShape.nullable(),
    }),
  ),
  /**
   * Puts rows of today's plan into the outbox. `rowsHash` is what was looked at: refused ('plan-changed') when it is not
   * what would leave now. They leave thirty seconds later at the earliest.
   */
  approve: call
    .input(z.object({ rowsHash: z.string(), rowKeys: z.array(z.string()).max(20_000) }))
    .output(z.object({ runId: idField, approvedCount: z.int(), undoUntil: z.int() })),
  /** Takes back what has not begun to leave. */
  undoApproval: call.input(z.object({ runId: idField })).output(z.object({ takenBackCount: z.int() })),
  /** These rows are not sent today; the reason stands in the timeline. */
  decline: call
    .input(z.object({ rowKeys: z.array(z.string()).max(20_000), reason: z.string().trim().max(200) }))
    .output(z.object({ declinedCount: z.int() })),
  /** Another text for one row of today's plan; null takes it back. It passes the same checks. */
  editRow: call
    .input(
      z.object({
        rowKey: z.string(),
        subject: z.string().max(200).nullable(),
        text: z.string().max(5000).nullable(),
      }),
    )
    .output(z.object({ problems: z.array(problemShape) })),
  /** One message to one customer now, by hand (RM18). `isDraft`: only shows it. */
  sendOne: call
    .input(
      z.object({
        customerId: idField,
        channel: channelField,
        templateId: idField,
        language: languageField.optional(),
        address: z.string().max(200).optional(),
        subject: z.string().max(200).optional(),
        text: z.string().max(5000).optional(),
        /** The balance that was looked at: refused ('plan-changed') when it is another one by now. */
        balancePaise: paiseField.optional(),
        billIds: z.array(idField).max(500).optional(),
        attaches: z
          .enum(['outstanding', 'statement', 'letter-1', 'letter-2', 'letter-3'])
          .nullable()
          .optional(),
        isDraft: z.boolean(),
      }),
    )
    .output(
      z.object({
        row: plannedRowShape,
        messageId: idField.nullable(),
        silence: silenceReasonField.nullable(),
      }),
    ),
  policy: call.output(
    z.object({
      policy: policyShape,
      outer: z.record(z.string(), z.object({ fromMinute: z.int(), toMinute: z.int() })),
    }),
  ),
  /** Refused ('hours-too-wide') outside India's outer limits: they may only be narrowed. */
  savePolicy: call.input(policyShape.partial()).output(policyShape),
  kill: call.input(z.object({ isKilled: z.boolean() })).output(sendingStatusShape),
  dryRun: call.input(z.object({ isDryRun: z.boolean() })).output(sendingStatusShape),
  /** This book was moved here: from now on it sends from here. */
  sendFromHere: call.output(sendingStatusShape),
  status: call.output(sendingStatusShape),
  /** The status anew whenever it moved. Ends on abort. */
  watch: call.output(eventIterator(sendingStatusShape)),
  /** Plans today, sends what may leave by itself, polls, catches up: what the clock does, now. */
  round: call.output(sendingStatusShape),
};
