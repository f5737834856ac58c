import type { Day } from '../days.ts';
import type { Channel } from './words.ts';

/** Minutes of the company's day in which a channel may be used, and on which weekdays (Monday first). */
export type Hours = {
  readonly fromMinute: number;
  /** Nothing leaves at or after this minute. */
  readonly toMinute: number;
  readonly weekdays: readonly [boolean, boolean, boolean, boolean, boolean, boolean, boolean];
};

/**
 * India's outer limits: calls only from 08:00 to 19:00 (RBI circular of 12-8-2022, taken as a locked default for everybody
 * who collects; docs/gateways.md 7). Owners may narrow them and never widen.
 */
export const OUTER_HOURS: Readonly<
  Record<Channel, { readonly fromMinute: number; readonly toMinute: number }>
> = {
  voice: { fromMinute: 480, toMinute: 1140 },
  call: { fromMinute: 480, toMinute: 1140 },
  sms: { fromMinute: 480, toMinute: 1140 },
  whatsapp: { fromMinute: 480, toMinute: 1140 },
  email: { fromMinute: 480, toMinute: 1260 },
  letter: { fromMinute: 480, toMinute: 1260 },
};

const ALL_BUT_SUNDAY = [true, true, true, true, true, true, false] as const;

/** What Baaki starts with (docs/gateways.md 7). */
export const USUAL_HOURS: Readonly<Record<Channel, Hours>> = {
  voice: { fromMinute: 600, toMinute: 1080, weekdays: ALL_BUT_SUNDAY },
  call: { fromMinute: 600, toMinute: 1080, weekdays: ALL_BUT_SUNDAY },
  sms: { fromMinute: 540, toMinute: 1140, weekdays: ALL_BUT_SUNDAY },
  whatsapp: { fromMinute: 540, toMinute: 1140, weekdays: ALL_BUT_SUNDAY },
  email: { fromMinute: 540, toMinute: 1140, weekdays: ALL_BUT_SUNDAY },
  letter: { fromMinute: 540, toMinute: 1140, weekdays: ALL_BUT_SUNDAY },
};

/** A day on which nothing leaves but on the channels that are `open` on it (RM16). */
export type Holiday = {
  readonly day: Day;
  readonly name: string;
  readonly open?: readonly Channel[] | undefined;
};

/** The owner's rules for everything that leaves. */
export type SendingPolicy = {
  readonly hours: Readonly<Record<Channel, Hours>>;
  readonly holidays: readonly Holiday[];
  /** Messages to one customer on one channel in a day, over all channels in a day, and in seven days. */
  readonly perChannelDayMost: number;
  readonly perDayMost: number;
  readonly perWeekMost: number;
  /** Days between two automatic reminders of one bill, whatever a cadence says. */
  readonly gapDaysLeast: number;
  /** No reminder for so many days after money of that customer came or was entered (rest-after-money.ts), allocated or not. */
  readonly quietDaysAfterReceipt: number;
  /** Balances older than this are not good enough to remind by. */
  readonly booksHoursMost: number;
  /** Unmatched receipts or credits of a customer: 'hold' his reminders, or send and 'warn'. */
  readonly onUnmatchedMoney: 'hold' | 'warn';
  /** Channels on which only customers who agreed are written to. */
  readonly needsConsent: readonly Channel[];
  readonly dayBudgetMicros: number | null;
  readonly monthBudgetMicros: number | null;
  /** The next channel of the ladder is tried when no report came for so long. */
  readonly nextChannelHours: number;
  readonly sendsThanks: boolean;
  readonly sendsNotices: boolean;
};

export const USUAL_POLICY: SendingPolicy = {
  hours: USUAL_HOURS,
  holidays: [],
  perChannelDayMost: 1,
  perDayMost: 2,
  perWeekMost: 3,
  gapDaysLeast: 3,
  quietDaysAfterReceipt: 1,
  booksHoursMost: 24,
  onUnmatchedMoney: 'hold',
  needsConsent: ['whatsapp'],
  dayBudgetMicros: null,
  monthBudgetMicros: null,
  nextChannelHours: 24,
  sendsThanks: false,
  sendsNotices: false,
};
