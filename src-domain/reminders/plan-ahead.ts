import type { Day } from '../days.ts';
import { briefWriter } from './brief-text.ts';
import { dayAt, dayCount } from './day-counts.ts';
import { windowFrom } from './hours.ts';
import { plainAddress } from './ladder.ts';
import { oneToAnAddress, sentOf } from './plan.ts';
import type { At } from './plan-bills.ts';
import { planBills } from './plan-customer.ts';
import type { PlanCustomer, PlanFacts, PlannedMessage, PlanSent } from './plan-facts.ts';
import { isContact, withSent } from './plan-history.ts';
import { indexFacts, type PlanIndex } from './plan-index.ts';
import { lookAt, wakesAfter } from './quiet-days.ts';
import { channels } from './words.ts';

/** A message of a day to come without its text: what it counts, costs and comes to is exact. */
export type MessageAhead = Omit<PlannedMessage, 'subject' | 'text' | 'values'>;
export type DayAhead<Kept> = { readonly day: Day; readonly messages: readonly Kept[] };

/**
 * The same messages as planDays gives, without texts and silences, for many days over a whole book: of each what `keep`
 * takes of it. It yields the days at the end, and null before, so that whoever asks can let others have their turn or give
 * up.
 *
 * Customers have nothing to do with each other but for an address that they share. So each is played through all of the
 * days by himself, while what is known of him is at hand, and only those who share one are played together.
 */
export function* planAhead<Kept>(
  facts: PlanFacts,
  to: Day,
  keep: (message: MessageAhead) => Kept,
): Generator<DayAhead<Kept> | null, void> {
  const index = indexFacts(facts);
  const days = daysTo(facts, to);
  const planned: Placed<Kept>[][] = days.map(() => []);
  for (const players of circlesOf(index)) {
    yield null;
    for (const made of played(days, players)) {
      if (made === null) yield null;
      else planned[made.at]?.push({ place: made.place, kept: keep(made.message) });
    }
  }
  for (const [at, { day }] of days.entries()) {
    // As planDays has them: in the order of the customers.
    const own = planned[at]?.toSorted((a, b) => a.place - b.place) ?? [];
    yield { day, messages: own.map(({ kept }) => kept) };
  }
}

type Placed<Kept> = { readonly place: number; readonly kept: Kept };

type DayToPlay = At & {
  readonly count: number;
  readonly isOpen: boolean;
  /** Messages that are there for it already. */
  readonly contacts: readonly PlanSent[];
};

function daysTo({ day: first, minute, policy, sent }: PlanFacts, to: Day): readonly DayToPlay[] {
  const contacts = Map.groupBy(sent.filter(isContact), (one) => one.day);
  const days: DayToPlay[] = [];
  for (let count = dayCount(first); count <= dayCount(to); count += 1) {
    const at = { day: dayAt(count), minute: count === dayCount(first) ? minute : 0 };
    const isOpen = channels.some((channel) => windowFrom(policy, channel, at) !== null);
    days.push({ ...at, count, isOpen, contacts: contacts.get(at.day) ?? [] });
  }
  return days;
}

type Player = {
  readonly customer: PlanCustomer;
  readonly place: number;
  /** With what is remembered of him alone. */
  readonly index: PlanIndex;
  /** The first day on which he is to be looked at. */
  wakes: number;
};

/** Customers by themselves, and at the end all those who share an address with another. */
function* circlesOf(index: PlanIndex): Generator<readonly Player[], void> {
  const sharing = sharingAddress(index.facts);
  const together: Player[] = [];
  for (const [place, customer] of index.facts.customers.entries()) {
    const own = { ...index, write: briefWriter(), pasts: new Map(), steps: new Map() };
    const player = { customer, place, index: own, wakes: 0 };
    if (sharing.has(customer.customerId)) together.push(player);
    else yield [player];
  }
  yield together;
}

/** Customers one of whose addresses is another's as well, or was written to for another on these days. */
function sharingAddress({ customers, sent, day }: PlanFacts): ReadonlySet<number> {
  const owners = new Map<string, number>();
  const sharing = new Set<number>();
  const meet = (address: string, customerId: number): void => {
    const plain = plainAddress(address);
    const other = owners.get(plain);
    if (other === undefined) owners.set(plain, customerId);
    else if (other !== customerId) sharing.add(other).add(customerId);
  };
  for (const one of sent) if (one.day >= day) meet(one.address, one.customerId);
  for (const { customerId, addresses } of customers)
    for (const own of Object.values(addresses)) for (const { address } of own) meet(address, customerId);
  return sharing;
}

type Made = { readonly at: number; readonly place: number; readonly message: PlannedMessage };

/** So many customers are looked at before others get their turn. */
const LOOKS_A_TURN = 100;

function* played(days: readonly DayToPlay[], players: readonly Player[]): Generator<Made | null, void> {
  const byId = new Map(players.map((player) => [player.customer.customerId, player]));
  let looked = 0;
  for (const [at, today] of days.entries()) {
    if (!today.isOpen) continue;
    const drafts: PlannedMessage[] = [];
    for (const player of players) {
      if (player.wakes > today.count) continue;
      looked += 1;
      if (looked % LOOKS_A_TURN === 0) yield null;
      drafts.push(...draftsOf(player, today));
    }
    if (drafts.length === 0) continue;
    const { messages, losers } = oneToAnAddress(drafts, today.contacts);
    for (const { message } of losers) wake(byId.get(message.customerId), today.count + 1);
    for (const message of messages) {
      const player = byId.get(message.customerId);
      if (player === undefined) continue;
      remember(player.index, sentOf(message));
      yield { at, place: player.place, message };
    }
  }
}

function draftsOf(player: Player, today: DayToPlay): readonly PlannedMessage[] {
  const look = lookAt(player.index, player.customer, today);
  player.wakes = Math.max(look.wakes, today.count + 1);
  if (look.wakes > today.count) return [];
  const drafts = planBills(look.now, look.bills).messages;
  if (drafts.length > 0) player.wakes = Math.max(wakesAfter(look, drafts), today.count + 1);
  return drafts;
}

function wake(player: Player | undefined, count: number): void {
  if (player !== undefined) player.wakes = count;
}

function remember({ sent, pasts }: PlanIndex, one: PlanSent): void {
  const own = sent.get(one.customerId) ?? [];
  withSent(pasts, own, one);
  own.push(one);
  sent.set(one.customerId, own);
}
