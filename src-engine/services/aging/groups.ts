import type { AgingGroup } from '#contract/engine/aging.ts';
import type { GroupBy } from '#contract/engine/aging-words.ts';
import { bucketsOf } from '#domain/aging.ts';
import { figuresOfSome, hasOpen, sumsByCustomer } from '#domain/aging-columns.ts';
import { totalsOf } from '#domain/aging-totals.ts';
import { groupKeysOf, groupName } from '#domain/customer-groups.ts';
import { questionOf } from '../aging-view.ts';
import { bookDoor } from '../door.ts';
import { columnsNow, facesNow } from '../ledger.ts';
import type { Named } from './rows.ts';

export const groups = bookDoor.aging.groups.handler(({ context, input }) => {
  const { db, book, today } = context;
  const question = questionOf(context, input);
  const columns = columnsNow(db, today);
  const sums = sumsByCustomer(columns, question);
  return {
    asOf: question.asOf,
    baseCurrency: book.baseCurrency,
    groupBy: input.groupBy,
    buckets: [...bucketsOf(question.view.bounds)],
    rows: groupRows({ columns, sums, faces: facesNow(db) }, input.groupBy),
    totals: totalsOf(columns, question).figures,
  };
});

/** Groups of whom anybody has anything open, largest outstanding first, then by name. */
function groupRows({ columns, sums, faces }: Named, by: GroupBy): AgingGroup[] {
  const places = new Map<string, number[]>();
  columns.customers.ids.forEach((customerId, place) => {
    if (!hasOpen(sums, place)) return;
    for (const key of groupKeysOf(faces, customerId, by)) {
      const own = places.get(key);
      if (own) own.push(place);
      else places.set(key, [place]);
    }
  });
  return [...places]
    .map(([key, own]) => {
      const name = groupName(faces, by, key);
      return { key, name, customerCount: own.length, ...figuresOfSome(sums, own) };
    })
    .toSorted((a, b) => b.outstandingPaise - a.outstandingPaise || a.name.localeCompare(b.name));
}
