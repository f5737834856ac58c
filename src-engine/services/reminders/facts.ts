import { addDays, type Day } from '#domain/days.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import { ZERO } from '#domain/money.ts';
import type { PlanCustomer, PlanFacts, PlanPause } from '#domain/reminders/plan-facts.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { assignmentRows, cadenceRows } from '../../storage/cadences.ts';
import { consentsNow } from '../../storage/consents.ts';
import { customerById, everyCustomer, type CustomerFacts } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { pauseRows } from '../../storage/pauses.ts';
import {
  contactsAmong,
  customersWithOpenReply,
  lastReceiptDays,
  messagesSince,
  tiedCustomers,
  type ReachRow,
} from '../../storage/reminder-history.ts';
import { suppressedAddresses } from '../../storage/suppressions.ts';
import { tagsByCustomer, tagsOf } from '../../storage/tags.ts';
import { templateRows } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { columnsNow } from '../ledger.ts';
import { businessNow } from './business-facts.ts';
import { openParts, openPartsOf, type OpenParts } from './open-parts.ts';
import { planGateways } from './plan-gateways.ts';
import { policyNow } from './policy.ts';
import { addressesOf, withoutSuppressed, type Addresses } from './reach.ts';
import { assignmentOf, cadenceOf, templateOf, textsForSteps } from './rules-facts.ts';

export type FactsWish = {
  /** Today or a day to come. */
  readonly day: Day;
  /** Minute of that day from which on messages can leave. */
  readonly minute: number;
  /** Only these, owing or not; all who owe if not given. */
  readonly customerIds?: readonly number[] | undefined;
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
    const { name, phone, vpa, payeeName } = businessNow(tx, book.name);
    const customers = customersOf(tx, { customerIds, open, day });
    const only = customerIds === null ? null : { customerIds, addresses: addressesAmong(customers), day };
    return {
      day,
      minute,
      baseCurrency: book.baseCurrency,
      business: { name, phone, vpa, payeeName },
      policy: policyNow(tx, today),
      cadences: cadenceRows(tx).map(cadenceOf),
      assignments: assignmentRows(tx).map(assignmentOf),
      customers,
      items: open.items,
      sent: messagesSince(tx, { from: addDays(day, 0 - HISTORY_DAYS), only }),
      templates: textsForSteps(templateRows(tx).map(templateOf)),
      gateways: planGateways(tx, context.gatewayKinds),
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
  const said = consentsNow(tx, ids).filter((one) => one.purpose === 'reminder');
  const around: Around = {
    contacts: Map.groupBy(contactsAmong(tx, ids), (one) => one.customerId),
    tags: ids === null ? tagsByCustomer(tx) : new Map(ids.map((id) => [id, tagsOf(tx, id)])),
    paidOn: lastReceiptDays(tx, { customerIds: ids, until: day }),
    words: Map.groupBy(said, (one) => one.customerId),
    suppressed: suppressedAddresses(tx),
    pauses: Map.groupBy(pausesAmong(tx, ids, day), (one) => one.customerId),
    openReplies: customersWithOpenReply(tx),
    tied: tiedCustomers(tx, ids),
    unallocated: open.unallocated,
  };
  const rows = ids === null ? everyCustomer(tx) : [...owing].flatMap((id) => customerById(tx, id) ?? []);
  return rows
    .filter((one) => owing.has(one.customerId))
    .toSorted((a, b) => a.customerId - b.customerId)
    .map((one) => customerOf(one, around));
}

type PauseRows = ReturnType<typeof pauseRows>;

function pausesAmong(tx: ReadTx, ids: readonly number[] | null, from: Day): PauseRows {
  if (ids === null) return pauseRows(tx, { customerId: null, from });
  return ids.flatMap((customerId) => pauseRows(tx, { customerId, from }));
}

type Around = {
  readonly contacts: ReadonlyMap<number, readonly ReachRow[]>;
  readonly tags: ReadonlyMap<number, readonly string[]>;
  readonly paidOn: ReadonlyMap<number, Day>;
  readonly words: ReadonlyMap<number, ReturnType<typeof consentsNow>>;
  /** Channel and address. */
  readonly suppressed: ReadonlySet<string>;
  readonly pauses: ReadonlyMap<number, PauseRows>;
  readonly openReplies: ReadonlySet<number>;
  readonly tied: ReadonlyMap<number, boolean>;
  readonly unallocated: OpenParts['unallocated'];
};

function customerOf(one: CustomerFacts, around: Around): PlanCustomer {
  const { customerId, name, doNotChaseReason } = one;
  const words = around.words.get(customerId) ?? [];
  const channelsOf = (isGranted: boolean): readonly Channel[] =>
    words.filter((word) => word.isGranted === isGranted).map((word) => word.channel);
  const all: Addresses = addressesOf(one, around.contacts.get(customerId) ?? []);
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

function pauseOf({ billId, kind, untilDay }: PauseRows[number]): PlanPause {
  return { billId, kind, until: untilDay };
}
