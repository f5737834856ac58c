import { monitorEventLoopDelay } from 'node:perf_hooks';
import { planAtOnce, planNow } from '#engine/services/reminders/plan-now.ts';
import type { BookContext } from '#engine/services/door.ts';
import { contextOf } from '#engine/services/sync/keeper.ts';
import { describe, expect, it } from 'vitest';
import { aBill } from '#tests/builders/facts.ts';
import {
  companyCadence,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

const CUSTOMERS = 3000;
const TUESDAY = dayAfterMonday(1);

/** Everybody has two bills that were due on Monday, and so a message on Tuesday. */
async function manyWhoOwe(customers = 600): Promise<RemindersBook> {
  const book = await remindersBook();
  await companyCadence(book);
  const first = person(book);
  book.db.write((tx) => {
    tx.sqlite.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${customers - 1})
      insert into customers (name, name_key, phone, email, created_at, source, source_key)
      select 'Stores ' || i, 'stores' || i, '+91 97' || printf('%08d', i), 'a' || i || '@example.in', 0, 'many', i from n`);
    for (let id = first; id < first + customers; id += 1)
      for (const amount of [100, 250.5]) aBill(tx, id, { amount, billDay: '2026-10-24', dueDay: MONDAY });
  });
  return book;
}

function contextNow({ context, db }: RemindersBook): BookContext {
  const now = contextOf(context, db);
  if (now === null) throw new Error('No book is open.');
  return now;
}

/** Moves the book, so that nothing planned before is good any more. */
function touch({ db }: RemindersBook): void {
  db.write((tx) =>
    tx.sqlite.exec(`update customers set created_at = 1 where id = (select min(id) from customers)`),
  );
}

describe('a large plan', () => {
  it('lets others be answered while it is made, and is the same as one made in one go', async () => {
    const book = await manyWhoOwe(CUSTOMERS);
    const context = contextNow(book);
    planAtOnce(context, TUESDAY);
    touch(book);
    const begun = performance.now();
    const whole = planAtOnce(context, TUESDAY);
    const wholeMs = performance.now() - begun;
    expect(whole.rows).toHaveLength(CUSTOMERS);
    touch(book);

    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await new Promise((resolve) => setTimeout(resolve, 5));
    delay.reset();
    let isPlanned = false;
    const planning = book.plan(TUESDAY).finally(() => (isPlanned = true));
    let answered = 0;
    for (; !isPlanned; answered += 1) {
      await book.client.books.list();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    delay.disable();
    expect((await planning).rowsHash).toBe(whole.rowsHash);
    expect(answered).toBeGreaterThan(5);
    expect(delay.max / 1e6, `in one go ${wholeMs} ms, answered ${answered} times`).toBeLessThan(wholeMs / 2);
  });

  it('is planned anew where a fact of it is written meanwhile', async () => {
    const book = await manyWhoOwe();
    const planning = book.plan(TUESDAY);
    await new Promise((resolve) => setTimeout(resolve, 1));
    const late = person(book, { name: 'Came Late' });
    book.db.write((tx) => aBill(tx, late, { amount: 70, billDay: '2026-10-24', dueDay: MONDAY }));
    const { rows } = await planning;
    expect(rows.some((row) => row.customerName === 'Came Late')).toBe(true);
  });

  it('is made once for all who ask for it at the same time', async () => {
    const book = await manyWhoOwe();
    const context = contextNow(book);
    const [one, other] = await Promise.all([planNow(context, TUESDAY), planNow(context, TUESDAY)]);
    expect(one.rows).toHaveLength(600);
    expect(other).toBe(one);
  });

  it('ends with the book that is closed meanwhile', async () => {
    const book = await manyWhoOwe();
    const planning = book.plan(TUESDAY);
    await new Promise((resolve) => setTimeout(resolve, 1));
    book.db.close();
    await expect(planning).rejects.toMatchObject({ code: 'NO_BOOK' });
  });
});
