import { addDays, type Day } from '#domain/days.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import { ZERO } from '#domain/money.ts';
import type { PlanCustomer, PlanFacts, PlanPause } from '#domain/reminders/plan-facts.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { consentsNow } from '../../storage/consents.ts';
import { customerById, everyCustomer, type CustomerFacts } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import {
  contactsAmong,
  customersWithOpenReply,
  lastReceiptDays,
  messagesSince,
  pausesAmong,
  tiedCustomers,
  type PauseFacts,
} from '../../storage/reminder-history.ts';
import { suppressedAddresses } from '../../storage/suppressions.ts';
import { tagsByCustomer, tagsOf } from '../../storage/tags.ts';
import type { BookContext } from '../door.ts';
import { columnsNow } from '../ledger.ts';
import { openParts, openPartsOf, type OpenParts } from './open-parts.ts';
import { addressesOf, withoutSuppressed, type Addresses } from './reach.ts';
import { rulesNow } from './rules-now.ts';

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

/**
 * All that a plan is made of. Of the whole book it is read from the columns in memory and not to be asked for inside
 * db.write; of some customers it is read from their own documents, and may be.
 */
export function planFacts(context: BookContext, wish: FactsWish): PlanFacts {
  const { db, today, book } = context;
  const { day, minute, customerIds = null } = wish;
  const columns = customerIds === null ? columnsNow(db, today) : null;
  return db.read((tx) => {
    const open = columns === null ? openPartsOf(tx, customerIds ?? [], day) : openParts(tx, columns, day);
    const customers = customersOf(tx, { customerIds, open, day });
    const only = customerIds === null ? null : { customerIds, addresses: addressesAmong(customers), day };
    return {
      day,
      minute,
      baseCurrency: book.baseCurrency,
      ...rulesNow(tx, context),
      customers,
      items: open.items,
      sent: wish.omitsSent === true ? [] : messagesSince(tx, { from: addDays(day, 0 - HISTORY_DAYS), only }),
    };
  });
}

function addressesAmong(customers: readonly PlanCustomer[]): readonly string[] {
  const all = customers.flatMap(({ addresses }) => Object.values(addresses).flat());
  return [...new Set(all.map((one) => one.address))];
}

type Asked = {
  readonly customerIds: readonly number[] | null;
  readonly open: OpenParts;
  readonly day: Day;
};

/** In order of id, so that the same facts always give the same plan. */
function customersOf(tx: ReadTx, { customerIds: ids, open, day }: Asked): readonly PlanCustomer[] {
  const owing = new Set(ids ?? open.items.map((item) => item.customerId));
  const rows = ids === null ? everyCustomer(tx) : [...owing].flatMap((id) => customerById(tx, id) ?? []);
  const contacts = Map.groupBy(contactsAmong(tx, ids), (one) => one.customerId);
  const reached = rows
    .filter((one) => owing.has(one.customerId))
    .toSorted((a, b) => a.customerId - b.customerId)
    .map((one) => ({ one, addresses: addressesOf(one, contacts.get(one.customerId) ?? []) }));
  const said = consentsNow(tx, ids).filter((one) => one.purpose === 'reminder');
  const acting = pausesAmong(tx, ids).filter(({ untilDay }) => untilDay === null || untilDay >= day);
  const around: Around = {
    tags: ids === null ? tagsByCustomer(tx) : new Map(ids.map((id) => [id, tagsOf(tx, id)])),
    paidOn: lastReceiptDays(tx, { customerIds: ids, until: day }),
    words: Map.groupBy(said, (one) => one.customerId),
    suppressed: suppressedAddresses(tx, ids && reached.flatMap(({ addresses }) => addressTexts(addresses))),
    pauses: Map.groupBy(acting, (one) => one.customerId),
    openReplies: customersWithOpenReply(tx, ids),
    tied: tiedCustomers(tx, ids),
    unallocated: open.unallocated,
  };
  return reached.map(({ one, addresses }) => customerOf(one, addresses, around));
}

function addressTexts(addresses: Addresses): readonly string[] {
  return Object.values(addresses).flatMap((own) => own.map((one) => one.address));
}

type Around = {
  readonly tags: ReadonlyMap<number, readonly string[]>;
  readonly paidOn: ReadonlyMap<number, Day>;
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
    words.filter((word) => word.isGranted === isGranted).map((word) => word.channel);
  return {
    customerId,
    name,
    language: languageOf(one.language),
    tags: around.tags.get(customerId) ?? [],
    doNotChaseReason,
    ...withoutSuppressed(all, around.suppressed),
    optedOut: channelsOf(false),
    consented: channelsOf(true),
    pauses: (around.pauses.get(customerId) ?? []).map(pauseOf),
    hasOpenReply: around.openReplies.has(customerId),
    lastReceiptDay: around.paidOn.get(customerId) ?? null,
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
