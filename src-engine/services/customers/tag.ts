import { customerWords } from '../../storage/customers.ts';
import { knownTags, tagWriter } from '../../storage/tags.ts';
import { bookDoor } from '../door.ts';

export const tag = bookDoor.customers.tag.handler(({ context, input: { customerIds, add, remove } }) => {
  const changedCount = context.db.write((tx) => {
    const writer = tagWriter(tx);
    // A tag is written as the book writes it already: “vip” typed once more is the “VIP” of before.
    const spelling = new Map(knownTags(tx).map((one) => [one.toLowerCase(), one]));
    const wanted = add.map((one) => spelling.get(one.toLowerCase()) ?? one);
    let count = 0;
    for (const customerId of customerIds) {
      const taken = remove.filter((one) => writer.take(customerId, one)).length;
      const put = wanted.filter((one) => writer.put(customerId, one)).length;
      if (taken + put > 0) count += 1;
    }
    return count;
  });
  if (changedCount > 0) context.changed('customers', 'aging');
  return { changedCount };
});

export const words = bookDoor.customers.words.handler(({ context: { db } }) =>
  db.read((tx) => {
    const { salespersons, territories, groups } = customerWords(tx);
    return {
      salespersons: [...salespersons],
      territories: [...territories],
      groups: [...groups],
      tags: [...knownTags(tx)],
    };
  }),
);
