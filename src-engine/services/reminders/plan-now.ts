import { ORPCError } from '@orpc/server';
import type { PlannedRow, PlanShown, SilenceShown } from '#contract/engine/reminders.ts';
import { addDays, daysBetween, type Day } from '#domain/days.ts';
import { sumOf, paise } from '#domain/money.ts';
import { windowFrom } from '#domain/reminders/hours.ts';
import { planInSteps } from '#domain/reminders/plan.ts';
import type { Plan, PlanFacts, PlannedMessage, Silence } from '#domain/reminders/plan-facts.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { checkTemplate } from '#domain/reminders/texts/check.ts';
import { needsPerson } from '#domain/reminders/texts/problems.ts';
import { refuse } from '#domain/result.ts';
import { channels } from '#domain/reminders/words.ts';
import type { BookFile } from '../../storage/database.ts';
import { gatewayRows } from '../../storage/gateways.ts';
import { factsVersion } from '../../storage/facts-version.ts';
import { planEditsOf } from '../../storage/plan-edits.ts';
import { refused, type BookContext } from '../door.ts';
import { instantOf, minuteAt } from '../outbox/clock.ts';
import { brandOf } from '../templates/check.ts';
import { planFactsInSteps } from './facts.ts';
import { rowOf, rowsHashOf, type GatewayFace, type RowWorld } from './plan-row.ts';
import { rowPreflight } from './row-preflight.ts';
import { atOnce, madeInTurns } from './turns.ts';

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
/** Being made in turns, by what they are made of. */
const making = new WeakMap<BookFile, Map<string, Promise<Planned>>>();

const PLANS_MOST = 5;

/**
 * The plan of a day, from memory while neither the book nor the hours have moved; made in turns with whatever else the
 * engine is asked for. Writes nothing. Where facts of it were written meanwhile it is planned anew, and of a book that is
 * written to all the time in one go.
 */
export async function planNow(context: BookContext, day: Day = context.today): Promise<Planned> {
  const { db } = context;
  for (let times = 0; times < PLANS_MOST; times += 1) {
    const wish = wishOf(context, day);
    const known = keptPlan(context, wish);
    if (known !== null) return known;
    const facts = db.read(factsVersion);
    const planned = await sharedPlan(context, wish);
    stillOpen(db);
    if (db.version() === wish.version) return planned;
    // While messages leave something is written all the time: then it is enough that nothing else was. An approval asks
    // for more (withPlan).
    if (times > 0 && db.read(factsVersion) === facts) return planned;
  }
  return planAtOnce(context, day);
}

/** The same in one go, while everybody else waits: nothing can be written before it is used. */
export function planAtOnce(context: BookContext, day: Day = context.today): Planned {
  const wish = wishOf(context, day);
  return keptPlan(context, wish) ?? keep(context.db, wish, atOnce(planSteps(context, wish)));
}

type Wish = {
  readonly day: Day;
  readonly minute: number;
  readonly version: string;
  readonly key: string;
};

function wishOf({ db, today, book, now }: BookContext, day: Day): Wish {
  if (day < today) throw refused(dayOver(day).refusal);
  if (daysBetween(today, day) > AHEAD_DAYS_MOST) throw refused(dayFar(day).refusal);
  const version = db.version();
  const minute = day === today ? minuteAt(now(), book.timeZone) : 0;
  return { day, minute, version, key: `${version}|${day}|${today}` };
}

function keptPlan(context: BookContext, wish: Wish): Planned | null {
  const before = kept.get(context.db);
  if (before?.key !== wish.key) return null;
  const planned = atMinute(before.planned, { context, minute: wish.minute });
  return planned === null ? null : keep(context.db, wish, planned);
}

function keep(db: BookFile, { key, version }: Wish, planned: Planned): Planned {
  if (db.version() === version) kept.set(db, { key, planned });
  return planned;
}

/** Who asks for the same while it is being made waits for that one. */
function sharedPlan(context: BookContext, wish: Wish): Promise<Planned> {
  const { db } = context;
  const own = making.get(db) ?? new Map<string, Promise<Planned>>();
  making.set(db, own);
  const before = own.get(wish.key);
  if (before !== undefined) return before;
  const made = madeInTurns(whileOpen(db, planSteps(context, wish)))
    .then((planned) => {
      stillOpen(db);
      return keep(db, wish, planned);
    })
    .finally(() => own.delete(wish.key));
  own.set(wish.key, made);
  return made;
}

/** The file may be closed during somebody else's turn. */
function* whileOpen<T>(db: BookFile, steps: Iterable<T>): Generator<T, void> {
  for (const step of steps) {
    yield step;
    stillOpen(db);
  }
}

function stillOpen(db: BookFile): void {
  if (!db.isOpen()) throw new ORPCError('NO_BOOK', { message: 'The book was closed meanwhile.' });
}

/** What today's plan is made of, without making the plan. */
export async function factsNow(context: BookContext): Promise<PlanFacts> {
  const wish = wishOf(context, context.today);
  const before = kept.get(context.db);
  if (before?.key === wish.key) return { ...before.planned.facts, minute: wish.minute };
  return madeInTurns(whileOpen(context.db, planFactsInSteps(context, wish)));
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

/** Further ahead everything that a plan rests on will have changed. */
export const AHEAD_DAYS_MOST = 3650;

export function dayFar(day: Day): ReturnType<typeof refuse> {
  const sentence = `Nothing is planned for ${day} yet: plans reach ${AHEAD_DAYS_MOST} days ahead.`;
  return refuse('plan-day-far', sentence, { field: 'day', values: { day, days: AHEAD_DAYS_MOST } });
}

function dayOver(day: Day): ReturnType<typeof refuse> {
  const sentence = `Nothing can be planned for ${day}: that day is over.`;
  return refuse('plan-day-over', sentence, { field: 'day', values: { day } });
}

/** So many rows are put into words before others get their turn. */
const ROWS_A_TURN = 10;

function* planSteps(context: BookContext, wish: Wish): Generator<Planned | null, void> {
  let facts: PlanFacts | null = null;
  for (facts of planFactsInSteps(context, wish)) if (facts === null) yield null;
  if (facts === null) return;
  let plan: Plan | null = null;
  for (plan of planInSteps(facts)) if (plan === null) yield null;
  if (plan === null) return;
  const world = rowWorld(context, facts);
  const rows: PlannedRow[] = [];
  const messages = new Map<string, PlannedMessage>();
  for (const [place, message] of plan.messages.entries()) {
    if (place % ROWS_A_TURN === 0) yield null;
    const row = rowOf(message, world);
    messages.set(row.rowKey, message);
    rows.push(row);
  }
  yield null;
  const silences = plan.silences.map((silence) => silenceShown(silence, world.customerName));
  const { day, version } = wish;
  yield { facts, rows, messages, silences, rowsHash: rowsHashOf(day, rows), version };
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
    preflight: rowPreflight(context),
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
