import type { PlannedRow, PlanShown, SilenceShown } from '#contract/engine/reminders.ts';
import type { Day } from '#domain/days.ts';
import { addDays } from '#domain/days.ts';
import { sumOf, paise } from '#domain/money.ts';
import { windowFrom } from '#domain/reminders/hours.ts';
import { planReminders } from '#domain/reminders/plan.ts';
import type { PlanFacts, PlannedMessage, Silence } from '#domain/reminders/plan-facts.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { checkTemplate } from '#domain/reminders/texts/check.ts';
import { needsPerson } from '#domain/reminders/texts/problems.ts';
import { refuse } from '#domain/result.ts';
import { channels } from '#domain/reminders/words.ts';
import type { BookFile } from '../../storage/database.ts';
import { gatewayRows } from '../../storage/gateways.ts';
import { planEditsOf } from '../../storage/plan-edits.ts';
import { refused, type BookContext } from '../door.ts';
import { instantOf, minuteAt } from '../outbox/clock.ts';
import { brandOf } from '../templates/check.ts';
import { planFacts } from './facts.ts';
import { rowOf, rowsHashOf, type GatewayFace, type RowWorld } from './plan-row.ts';

/** A plan with everything that its rows were made of. */
export type Planned = {
  readonly facts: PlanFacts;
  readonly rows: readonly PlannedRow[];
  /** The message of each row, by its key. */
  readonly messages: ReadonlyMap<string, PlannedMessage>;
  readonly silences: readonly SilenceShown[];
  readonly rowsHash: string;
  /** Of the file it was made from: another one means that something was written since. */
  readonly version: string;
};

type Kept = { readonly key: string; readonly planned: Planned };
const kept = new WeakMap<BookFile, Kept>();

/** The plan of a day, from memory while neither the book nor the hours have moved. Writes nothing. */
export function planNow(context: BookContext, day: Day = context.today): Planned {
  const { db, today, book, now } = context;
  if (day < today) throw refused(dayOver(day).refusal);
  const minute = day === today ? minuteAt(now(), book.timeZone) : 0;
  const version = db.version();
  const key = `${version}|${day}|${today}`;
  const before = kept.get(db);
  const known = before?.key === key ? atMinute(before.planned, { context, minute }) : null;
  const planned = known ?? { ...planAnew(context, day, minute), version };
  kept.set(db, { key, planned });
  return planned;
}

/** What today's plan is made of, without making the plan. */
export function factsNow(context: BookContext): PlanFacts {
  const { db, today, book, now } = context;
  const minute = minuteAt(now(), book.timeZone);
  const before = kept.get(db);
  return before?.key === `${db.version()}|${today}|${today}`
    ? { ...before.planned.facts, minute }
    : planFacts(context, { day: today, minute });
}

/** The same plan some minutes later: while no channel's hours ended, only the first minute of each message moves. */
function atMinute(
  planned: Planned,
  { context, minute }: { readonly context: BookContext; readonly minute: number },
): Planned | null {
  const { facts } = planned;
  const { day, policy } = facts;
  if (facts.minute === minute) return planned;
  const isOpen = (at: number): string =>
    channels.map((channel) => Number(windowFrom(policy, channel, { day, minute: at }) !== null)).join('');
  if (minute < facts.minute || isOpen(minute) !== isOpen(facts.minute)) return null;
  const { timeZone } = context.book;
  const earliest = instantOf(day, minute, { timeZone, dayAt: context.dayAt });
  const messages = new Map(
    [...planned.messages].map(([rowKey, message]) => [
      rowKey,
      { ...message, fromMinute: Math.max(message.fromMinute, minute) },
    ]),
  );
  const rows = planned.rows.map((row) => ({ ...row, notBefore: Math.max(row.notBefore, earliest) }));
  return { ...planned, facts: { ...facts, minute }, rows, messages };
}

function dayOver(day: Day): ReturnType<typeof refuse> {
  const sentence = `Nothing can be planned for ${day}: that day is over.`;
  return refuse('plan-day-over', sentence, { field: 'day', values: { day } });
}

function planAnew(context: BookContext, day: Day, minute: number): Omit<Planned, 'version'> {
  const facts = planFacts(context, { day, minute });
  const plan = planReminders(facts);
  const world = rowWorld(context, facts);
  const messages = new Map<string, PlannedMessage>();
  const rows = plan.messages.map((message) => {
    const row = rowOf(message, world);
    messages.set(row.rowKey, message);
    return row;
  });
  const silences = plan.silences.map((silence) => silenceShown(silence, world.customerName));
  return { facts, rows, messages, silences, rowsHash: rowsHashOf(day, rows) };
}

export function silenceShown(silence: Silence, nameOf: (customerId: number) => string): SilenceShown {
  const { customerId, billIds, balancePaise, reason, values, until } = silence;
  const customerName = nameOf(customerId);
  return {
    customerId,
    customerName,
    billIds: [...billIds],
    balancePaise,
    reason,
    values: { ...values },
    until,
  };
}

/** Days for which a letter waits for the printer, or a call for somebody to make it. */
const BY_HAND_DAYS = 7;
const LAST_MINUTE = 1439;

export function rowWorld(context: BookContext, facts: PlanFacts): RowWorld {
  const { db, book, dayAt } = context;
  const place = { timeZone: book.timeZone, dayAt };
  const { day, business, customers, cadences } = facts;
  const names = new Map(customers.map((one) => [one.customerId, one.name]));
  const cadenceNames = new Map(cadences.map((one) => [one.cadenceId, one.name]));
  const gateways = gatewayFaces(context, facts);
  const instants = new Map<number, number>();
  const forPerson = new Map<MessageTemplate, boolean>();
  const brand = brandOf(business);
  return {
    brand,
    edits: db.read((tx) => planEditsOf(tx, day)),
    customerName: (customerId) => names.get(customerId) ?? '',
    cadenceName: (cadenceId) => cadenceNames.get(cadenceId) ?? null,
    gateway: (gatewayId) => gateways.get(gatewayId) ?? null,
    isForPerson: (template) => {
      const known = forPerson.get(template) ?? needsPerson(checkTemplate(template, { brand }));
      forPerson.set(template, known);
      return known;
    },
    instantAt: (minute) => {
      const known = instants.get(minute) ?? instantOf(day, minute, place);
      instants.set(minute, known);
      return known;
    },
    byHandUntil: instantOf(addDays(day, BY_HAND_DAYS), LAST_MINUTE, place),
  };
}

function gatewayFaces({ db }: BookContext, { gateways }: PlanFacts): ReadonlyMap<number, GatewayFace> {
  const names = new Map(db.read(gatewayRows).map((row) => [row.id, row.name]));
  return new Map(gateways.map((one) => [one.gatewayId, { ...one, name: names.get(one.gatewayId) ?? '' }]));
}

export function planShown({ facts, rows, silences, rowsHash }: Planned): PlanShown {
  const byChannel = Map.groupBy(rows, (row) => row.channel);
  return {
    day: facts.day,
    rows: [...rows],
    silences: [...silences],
    totals: {
      messageCount: rows.length,
      customerCount: new Set(rows.map((row) => row.customerId)).size,
      costMicros: costOf(rows),
      unpricedCount: rows.filter(isUnpriced).length,
      balancePaise: balanceOf(rows),
      byChannel: channels.flatMap((channel) => {
        const own = byChannel.get(channel) ?? [];
        return own.length === 0 ? [] : [{ channel, count: own.length, costMicros: costOf(own) }];
      }),
    },
    rowsHash,
  };
}

export function costOf(rows: readonly Pick<PlannedRow, 'costMicros'>[]): number {
  return rows.reduce((sum, row) => sum + (row.costMicros ?? 0), 0);
}

/** A letter or a call costs nothing that Baaki knows of; they are not called unpriced. */
function isUnpriced({ costMicros, gatewayId }: PlannedRow): boolean {
  return costMicros === null && gatewayId !== null;
}

/** Each customer's balance once, however many messages he gets. */
function balanceOf(rows: readonly PlannedRow[]): PlanShown['totals']['balancePaise'] {
  const balances = new Map(rows.map((row) => [row.customerId, row.balancePaise]));
  return sumOf([...balances.values()], (balance) => paise(balance));
}
