import { bucketsOf } from '#domain/aging.ts';
import { figuresOfSome, sumsByCustomer } from '#domain/aging-columns.ts';
import { averageDaysLate } from '#domain/key-figures.ts';
import { customerIdsMatching, customersAsOf } from '../storage/customers.ts';
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
  const everybody = db.read((tx) => customersAsOf(tx, asOf));
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
