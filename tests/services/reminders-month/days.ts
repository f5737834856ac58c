import { ORPCError } from '@orpc/server';
import { MINUTE } from './book.ts';
import {
  answerSome,
  approveToday,
  clockAt,
  count,
  happenTo,
  othersSpeak,
  round,
  untilOffTheWire,
  type Month,
} from './month.ts';

// What is special about a day, and what happens on every one.

export type DayKind = {
  /** The red button is pressed between approving and sending, and released an hour later. */
  readonly isKilled?: boolean;
  /** The SMS account is refused at the first message; the owner mends it on the next morning. */
  readonly losesKeys?: boolean;
  /** The machine is switched off in the middle of sending, for three days. */
  readonly goesOff?: boolean;
  /** Approved half a minute before the hours of SMS end. */
  readonly isLate?: boolean;
  /** The approval is taken back within the half minute. */
  readonly isUndone?: boolean;
};

export type Busy = { readonly before: number; readonly between: number; readonly undo: number };

const FAULTS = 0.03;

export async function liveDay(month: Month, dayNumber: number, kind: DayKind, busy: Busy): Promise<void> {
  const { book } = month;
  const anybody: readonly number[] = [];
  await clockAt(month, dayNumber, 8, 30);
  await happenTo(month, anybody, { count: busy.before, when: 'before planning' });
  await othersSpeak(month);
  await clockAt(month, dayNumber, 9, 31);
  await mendGateways(month);
  if (kind.isLate === true) {
    await clockAt(month, dayNumber, 18, 29);
    book.clock.now += 40_000;
  }
  const runId = await approveToday(month, busy.between);
  await happenTo(month, approvedCustomers(month), {
    count: busy.undo,
    when: 'between approving and sending',
  });
  if (runId !== null && kind.isUndone === true) await undo(month, runId);
  const before = kind.isKilled === true ? await press(month) : 0;
  if (kind.losesKeys === true) book.posts.sms.server.plays.unshift('auth');
  book.clock.now += 31_000;
  if (kind.goesOff === true) return goOff(month);
  await round(month, FAULTS);
  if (kind.isKilled === true) {
    count(month, 'sent while the red button was pressed', month.fresh.length - before);
    book.clock.now += 60 * MINUTE;
    await book.engine.client.reminders.kill({ isKilled: false });
  }
  await restOfDay(month, dayNumber);
}

/** Presses the red button; how many had gone by then, with those that were on their way to the gateway at that moment. */
async function press(month: Month): Promise<number> {
  await month.book.engine.client.reminders.kill({ isKilled: true });
  await untilOffTheWire(month);
  return month.fresh.length;
}

async function restOfDay(month: Month, dayNumber: number): Promise<void> {
  for (const [hours, minutes] of TIMES) {
    await clockAt(month, dayNumber, hours, minutes);
    await othersSpeak(month);
    await happenTo(month, approvedCustomers(month), { count: 1, when: 'during the day' });
    if (hours === 13) await byHand(month);
    if (hours === 15) await answerSome(month);
    await round(month, FAULTS);
  }
}
const TIMES = [
  [9, 45],
  [10, 5],
  [11, 30],
  [13, 10],
  [15, 30],
  [17, 40],
  [18, 45],
  [19, 20],
] as const;

function approvedCustomers({ book }: Month): readonly number[] {
  return book.db.read(({ sqlite }) =>
    sqlite
      .prepare<[], number>(
        `select distinct customer_id from messages where state in ('scheduled', 'held', 'retry-wait') and customer_id is not null`,
      )
      .pluck()
      .all(),
  );
}

async function undo(month: Month, runId: number): Promise<void> {
  const { client } = month.book.engine;
  const { takenBackCount } = await client.reminders.undoApproval({ runId });
  count(month, 'taken back', takenBackCount);
  await approveToday(month, 0);
}

async function mendGateways({ book }: Month): Promise<void> {
  for (const gateway of await book.engine.client.gateways.list())
    if (gateway.light === 'paused')
      await book.engine.client.gateways.resume({ gatewayId: gateway.gatewayId });
}

/** Power goes in the middle of sending; the book is opened again three days later, at the same time of day. */
async function goOff(month: Month): Promise<void> {
  const { book } = month;
  const sending = round(month, 0).catch((error: unknown) => {
    if (!(error instanceof ORPCError) && !(error instanceof Error)) throw error;
  });
  await new Promise((resolve) => setTimeout(resolve, 60));
  await book.offFor(3 * 1440 * MINUTE);
  await sending;
  await Promise.allSettled(month.pending.splice(0));
  count(month, 'switched off');
  await round(month, FAULTS);
}

/** Somebody writes to a customer himself, past the cadence. */
async function byHand(month: Month): Promise<void> {
  const { client } = month.book.engine;
  const template = (await client.templates.list()).find(
    (one) => one.key === 'after-due-1' && one.channel === 'sms' && one.language === 'en',
  );
  if (!template) return;
  for (let times = 0; times < 3; times += 1) {
    const customerId = month.dice.between(1, month.size.customers);
    const { templateId } = template;
    try {
      const made = await client.reminders.sendOne({ customerId, channel: 'sms', templateId, isDraft: false });
      count(month, made.messageId === null ? `by hand: ${made.silence}` : 'by hand');
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      count(month, 'by hand refused');
    }
  }
}
