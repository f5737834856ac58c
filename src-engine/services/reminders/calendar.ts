import { daysBetween, laterDay } from '#domain/days.ts';
import { planAhead, type MessageAhead } from '#domain/reminders/plan-ahead.ts';
import { nextSteps } from '#domain/reminders/plan.ts';
import { channels } from '#domain/reminders/words.ts';
import { refuse } from '#domain/result.ts';
import { customerById } from '../../storage/customers.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { customerGone } from '../customers/save.ts';
import { minuteAt } from '../outbox/clock.ts';
import { planFacts } from './facts.ts';
import { AHEAD_DAYS_MOST, costOf, dayFar, factsNow, silenceShown } from './plan-now.ts';
import { inTurns } from './turns.ts';

const DAYS_MOST = 92;
/** Customers named on a day of the calendar. */
const TOP_MOST = 3;

/** Each day as if nothing were paid and all of the days before it were sent; days that are over are left out. */
export const calendar = bookDoor.reminders.calendar.handler(async ({ context, input, signal }) => {
  const { today } = context;
  const from = laterDay(input.from, today);
  if (daysBetween(today, input.to) > AHEAD_DAYS_MOST) throw refused(dayFar(input.to).refusal);
  if (daysBetween(from, input.to) >= DAYS_MOST) {
    const sentence = `The calendar shows ${DAYS_MOST} days at a time.`;
    throw refused(
      refuse('calendar-too-long', sentence, { field: 'to', values: { days: DAYS_MOST } }).refusal,
    );
  }
  const facts = await factsNow(context);
  const holidays = new Map(facts.policy.holidays.map((one) => [one.day, one.name]));
  const names = new Map(facts.customers.map((one) => [one.customerId, one.name]));
  const shown = [];
  for await (const { day, messages } of inTurns(planAhead(facts, input.to, keepShown), signal)) {
    if (day < from) continue;
    shown.push({
      day,
      isHoliday: holidays.has(day),
      holidayName: holidays.get(day) ?? null,
      count: messages.length,
      costMicros: costOf(messages),
      byChannel: channels.flatMap((channel) => {
        const count = messages.filter((one) => one.channel === channel).length;
        return count === 0 ? [] : [{ channel, count }];
      }),
      top: topOf(messages).map(({ customerId, channel }) => ({
        customerId,
        customerName: names.get(customerId) ?? '',
        channel,
      })),
    });
  }
  return shown;
});

type Shown = Pick<MessageAhead, 'customerId' | 'channel' | 'costMicros' | 'overduePaise'>;

function keepShown({ customerId, channel, costMicros, overduePaise }: MessageAhead): Shown {
  return { customerId, channel, costMicros, overduePaise };
}

function topOf(messages: readonly Shown[]): readonly Shown[] {
  return messages
    .toSorted((a, b) => b.overduePaise - a.overduePaise || a.customerId - b.customerId)
    .slice(0, TOP_MOST);
}

const NEXT_DAYS = 92;

/** What comes next for one customer, or why nothing does. */
export const next = bookDoor.reminders.next.handler(({ context, input: { customerId } }) => {
  const customer = context.db.read((tx) => customerById(tx, customerId));
  if (!customer) throw refused(customerGone().refusal);
  const facts = planFacts(context, {
    day: context.today,
    minute: minuteNow(context),
    customerIds: [customerId],
  });
  const { steps, silence } = nextSteps(facts, customerId, NEXT_DAYS);
  const [first] = steps;
  const cadence = facts.cadences.find((one) => one.cadenceId === first?.cadenceId);
  return {
    next:
      first === undefined
        ? null
        : {
            day: first.day,
            channel: first.channel,
            stepNumber: first.stepNumber,
            cadenceName: cadence?.name ?? '',
          },
    silence: silence === null ? null : silenceShown(silence, () => customer.name),
  };
});

export function minuteNow({ now, book }: Pick<BookContext, 'now' | 'book'>): number {
  return minuteAt(now(), book.timeZone);
}
