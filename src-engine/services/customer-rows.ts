import { bucketsOf } from '#domain/aging.ts';
import { figuresOfSome, sumsByCustomer } from '#domain/aging-columns.ts';
import { averageDaysLate } from '#domain/key-figures.ts';
import type { Day } from '#domain/days.ts';
import { customerIdsMatching, everyCustomer, receiptDays, type CustomerFacts } from '../storage/customers.ts';
import type { BookFile } from '../storage/database.ts';
import { questionOf } from './aging-view.ts';
import { bookDoor } from './door.ts';
import { columnsNow, facesNow } from './ledger.ts';

/** Every customer whom the search finds, by name, with his figures as of a day. */
export const list = bookDoor.customers.list.handler(({ context, input }) => {
  const { db, today } = context;
  const question = questionOf(context, input);
  const { asOf, view } = question;
  const columns = columnsNow(db, today);
  const { byId, tags } = facesNow(db);
  const { everybody, paidOn } = peopleNow(db);
  const ids = db.read((tx) => customerIdsMatching(tx, input.search.trim()));
  const matching = ids && new Set(ids);
  const found = everybody.filter((one) => matching === null || matching.has(one.customerId));
  const sums = sumsByCustomer(columns, question);
  const daysLate = averageDaysLate(columns, asOf);
  // None for whoever has no document yet.
  const placesOf = ({ customerId }: { readonly customerId: number }): readonly number[] => {
    const place = columns.customers.at.get(customerId);
    return place === undefined ? [] : [place];
  };
  const rows = found.map((one) => {
    const places = placesOf(one);
    return {
      ...one,
      ...figuresOfSome(sums, places),
      lastReceiptDay: lastUpTo(paidOn.get(one.customerId) ?? [], asOf),
      parentName: one.parentId === null ? null : (byId.get(one.parentId)?.name ?? null),
      tags: [...(tags.get(one.customerId) ?? [])],
      averageDaysLateTenths: places.map(daysLate)[0] ?? null,
    };
  });
  return {
    asOf,
    buckets: [...bucketsOf(view.bounds)],
    rows,
    totals: figuresOfSome(sums, found.flatMap(placesOf)),
  };
});

type People = {
  readonly everybody: readonly CustomerFacts[];
  readonly paidOn: ReadonlyMap<number, readonly Day[]>;
};
type Book = Pick<BookFile, 'read' | 'version'>;

const kept = new WeakMap<Book, People & { readonly version: string }>();

/** All customers and when they paid, from memory while the book has not changed: whatever day is asked for. */
function peopleNow(db: Book): People {
  const version = db.version();
  const before = kept.get(db);
  if (before?.version === version) return before;
  const people = db.read((tx) => ({ everybody: everyCustomer(tx), paidOn: receiptDays(tx) }));
  kept.set(db, { version, ...people });
  return people;
}

/** The last of some ascending days that is no later than a day. */
function lastUpTo(days: readonly Day[], asOf: Day): Day | null {
  let [from, until] = [0, days.length];
  while (from < until) {
    const middle = (from + until) >> 1;
    if ((days[middle] ?? asOf) <= asOf) from = middle + 1;
    else until = middle;
  }
  return days[from - 1] ?? null;
}
