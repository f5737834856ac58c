import { addDays, type Day } from '#domain/days.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import { ZERO } from '#domain/money.ts';
import type { PlanCustomer, PlanFacts, PlanItem, PlanPause } from '#domain/reminders/plan-facts.ts';
import { NEWS_DAYS_MOST, restsFromDay } from '#domain/reminders/rest-after-money.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { consentsNow } from '../../storage/consents.ts';
import { customerById, everyCustomer, type CustomerFacts } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import {
  contactsAmong,
  customersWithOpenReply,
  messagesSince,
  pausesAmong,
  receiptsOfDays,
  tiedCustomers,
  type PauseFacts,
} from '../../storage/reminder-history.ts';
import { suppressedAddresses } from '../../storage/suppressions.ts';
import { tagsByCustomer, tagsOf } from '../../storage/tags.ts';
import type { BookContext } from '../door.ts';
import { columnsNow } from '../ledger.ts';
import { facesOf, itemsWith, openPartsOf, openSums, type OpenParts } from './open-parts.ts';
import { addressesOf, withoutSuppressed, type Addresses } from './reach.ts';
import { rulesNow } from './rules-now.ts';
import { atOnce } from './turns.ts';

export type FactsWish = {
  /** Today or a day to come. */
  readonly day: Day;
  /** Minute of that day from which on messages can leave. */
  readonly minute: number;
  /** Only these, owing or not; all who owe if not given. */
  readonly customerIds?: readonly number[] | undefined;
  /** Without the messages that are there already: for whoever reads them himself. */
  readonly omitsSent?: boolean;
};

/** How far back a message still counts: a step that repeats yearly must know of the last time. */
const HISTORY_DAYS = 400;
/** No owner can let money keep a customer at rest for longer than sixty days; what is older need not be read. */
const RESTS_FROM_DAYS = 60 + NEWS_DAYS_MOST;

/**
 * All that a plan is made of. Of the whole book it is read from the columns in memory and not to be asked for inside
 * db.write; of some customers it is read from their own documents, and may be.
 */
export function planFacts(context: BookContext, wish: FactsWish): PlanFacts {
  const { day, minute, customerIds, omitsSent } = wish;
  if (customerIds === undefined) return atOnce(planFactsInSteps(context, wish));
  return context.db.read((tx) => {
    const open = openPartsOf(tx, customerIds, day);
    const asked = { customerIds, owing: new Set(customerIds), unallocated: open.unallocated, day };
    const customers = [...customersOf(readPeople(tx, context, asked))];
    const only = { customerIds, addresses: addressesAmong(customers), day };
    return {
      ...frameOf(tx, context, { day, minute }),
      customers,
      items: open.items,
      sent: omitsSent === true ? [] : messagesSince(tx, { from: addDays(day, 0 - HISTORY_DAYS), only }),
    };
  });
}

/** So many customers or bills are made before others get their turn. */
const MADE_A_TURN = 10;

/**
 * Those of the whole book, yielded at the end, and null before, so that others can have their turn. All of it is read in
 * one transaction, and so at once; what is made of it is made after it.
 */
export function* planFactsInSteps(
  context: BookContext,
  wish: Pick<FactsWish, 'day' | 'minute'>,
): Generator<PlanFacts | null, void> {
  const { db, today } = context;
  const { day } = wish;
  const before = columnsNow(db, today);
  yield null;
  const early = openSums(before, day);
  yield null;
  const columns = columnsNow(db, today);
  const sums = columns === before ? early : openSums(columns, day);
  const owing = new Set(sums.parts.map((part) => part.customerId));
  const asked = { customerIds: null, owing, unallocated: sums.money, day };
  const read = db.read((tx) => ({
    frame: frameOf(tx, context, wish),
    faces: facesOf(tx, sums, day),
    people: readPeople(tx, context, asked),
    sent: messagesSince(tx, { from: addDays(day, 0 - HISTORY_DAYS), only: null }),
  }));
  yield null;
  const items: PlanItem[] = [];
  for (const item of itemsWith(sums, read.faces)) if (items.push(item) % MADE_A_TURN === 0) yield null;
  const customers: PlanCustomer[] = [];
  for (const one of customersOf(read.people)) if (customers.push(one) % MADE_A_TURN === 0) yield null;
  yield { ...read.frame, customers, items, sent: read.sent };
}

function frameOf(
  tx: ReadTx,
  context: BookContext,
  { day, minute }: Pick<FactsWish, 'day' | 'minute'>,
): Omit<PlanFacts, 'customers' | 'items' | 'sent'> {
  return { day, minute, baseCurrency: context.book.baseCurrency, ...rulesNow(tx, context) };
}

function addressesAmong(customers: readonly PlanCustomer[]): readonly string[] {
  const all = customers.flatMap(({ addresses }) => Object.values(addresses).flat());
  return [...new Set(all.map((one) => one.address))];
}

type Asked = {
  readonly customerIds: readonly number[] | null;
  readonly owing: ReadonlySet<number>;
  readonly unallocated: OpenParts['unallocated'];
  readonly day: Day;
};

type People = {
  /** In order of id, so that the same facts always give the same plan. */
  readonly rows: readonly CustomerFacts[];
  readonly contacts: ReadonlyMap<number, ReturnType<typeof contactsAmong>>;
  readonly around: Around;
};

function readPeople(tx: ReadTx, context: BookContext, asked: Asked): People {
  const { customerIds: ids, owing, unallocated, day } = asked;
  const all = ids === null ? everyCustomer(tx) : [...owing].flatMap((id) => customerById(tx, id) ?? []);
  const rows = all.filter((one) => owing.has(one.customerId)).toSorted((a, b) => a.customerId - b.customerId);
  const contacts = Map.groupBy(contactsAmong(tx, ids), (one) => one.customerId);
  const said = consentsNow(tx, ids);
  const acting = pausesAmong(tx, ids).filter(({ untilDay }) => untilDay === null || untilDay >= day);
  const texts = ids && rows.flatMap((one) => addressTexts(addressesIn(contacts, one)));
  const around: Around = {
    tags: ids === null ? tagsByCustomer(tx) : new Map(ids.map((id) => [id, tagsOf(tx, id)])),
    moneyDays: moneyDays(tx, context, { customerIds: ids, day }),
    words: Map.groupBy(said, (one) => one.customerId),
    suppressed: suppressedAddresses(tx, texts),
    pauses: Map.groupBy(acting, (one) => one.customerId),
    openReplies: customersWithOpenReply(tx, ids),
    tied: tiedCustomers(tx, ids),
    unallocated,
  };
  return { rows, contacts, around };
}

/** The newest day from which money keeps a customer at rest, of those that could still do so. */
function moneyDays(
  tx: ReadTx,
  { dayAt, book }: BookContext,
  { customerIds, day }: Pick<Asked, 'customerIds' | 'day'>,
): ReadonlyMap<number, Day> {
  const from = addDays(day, 0 - RESTS_FROM_DAYS);
  const found = new Map<number, Day>();
  for (const { customerId, ...receipt } of receiptsOfDays(tx, { customerIds, from, until: day })) {
    const enteredDay = dayAt(receipt.enteredAt, book.timeZone);
    const moneyDay = restsFromDay({ ...receipt, enteredDay });
    const before = found.get(customerId);
    if (before === undefined || before < moneyDay) found.set(customerId, moneyDay);
  }
  return found;
}

function* customersOf({ rows, contacts, around }: People): Generator<PlanCustomer, void> {
  for (const one of rows) yield customerOf(one, addressesIn(contacts, one), around);
}

function addressesIn(contacts: People['contacts'], one: CustomerFacts): Addresses {
  return addressesOf(one, contacts.get(one.customerId) ?? []);
}

function addressTexts(addresses: Addresses): readonly string[] {
  return Object.values(addresses).flatMap((own) => own.map((one) => one.address));
}

type Around = {
  readonly tags: ReadonlyMap<number, readonly string[]>;
  readonly moneyDays: ReadonlyMap<number, Day>;
  readonly words: ReadonlyMap<number, ReturnType<typeof consentsNow>>;
  /** Channel and address. */
  readonly suppressed: ReadonlySet<string>;
  readonly pauses: ReadonlyMap<number, readonly PauseFacts[]>;
  readonly openReplies: ReadonlySet<number>;
  readonly tied: ReadonlyMap<number, boolean>;
  readonly unallocated: OpenParts['unallocated'];
};

function customerOf(one: CustomerFacts, all: Addresses, around: Around): PlanCustomer {
  const { customerId, name, doNotChaseReason } = one;
  const words = around.words.get(customerId) ?? [];
  const channelsOf = (isGranted: boolean): readonly Channel[] =>
    words
      .filter((word) => word.purpose === 'reminder' && word.isGranted === isGranted)
      .map((word) => word.channel);
  return {
    customerId,
    name,
    language: languageOf(one.language),
    tags: around.tags.get(customerId) ?? [],
    doNotChaseReason,
    ...withoutSuppressed(all, around.suppressed),
    optedOut: channelsOf(false),
    consented: channelsOf(true),
    otherWords: words
      .filter((word) => word.purpose !== 'reminder')
      .map(({ purpose, channel, isGranted }) => ({ purpose, channel, isGranted })),
    pauses: (around.pauses.get(customerId) ?? []).map(pauseOf),
    hasOpenReply: around.openReplies.has(customerId),
    lastMoneyDay: around.moneyDays.get(customerId) ?? null,
    unallocatedPaise: around.unallocated.get(customerId) ?? ZERO,
    tiesOut: around.tied.get(customerId) ?? null,
  };
}

export function languageOf(language: string | null): MessageLanguage {
  return messageLanguages.find((one) => one === language) ?? 'en';
}

function pauseOf({ billId, kind, untilDay }: PauseFacts): PlanPause {
  return { billId, kind, until: untilDay };
}
