import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openItemsAsOf } from '#domain/aging.ts';
import { addDays } from '#domain/days.ts';
import type { Ledger } from '#domain/ledger.ts';
import type { Channel } from '#domain/reminders/words.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { columnsOf } from '#domain/ledger-columns.ts';
import { factsOfBook } from '#engine/storage/ledger-facts.ts';
import { openParts, openPartsOf, type OpenParts } from '#engine/services/reminders/open-parts.ts';
import { planFacts } from '#engine/services/reminders/facts.ts';
import { anyLedger, D } from '#tests/builders/any-ledger.ts';
import { aBill, fileOf, moneyIn } from '#tests/builders/facts.ts';
import { tempBook } from '#tests/builders/temp-engine.ts';
import { writeLedger } from '#tests/builders/write-ledger.ts';
import {
  companyCadence,
  contextOf,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
} from './reminders-book.ts';

/** What is open by the readable rule, one line for each bill and due day, and what waits of each customer. */
function byRule(ledger: Ledger, asOf: typeof D): readonly string[] {
  const open = new Map<string, number>();
  const add = (key: string, amount: number): void => void open.set(key, (open.get(key) ?? 0) + amount);
  for (const item of openItemsAsOf(ledger, asOf)) {
    if (item.bill === null) add(`waits ${item.moneyIn.customerId}`, 0 - item.openPaise);
    else add(`${item.bill.customerId} ${item.bill.billId} ${item.dueDay}`, item.openPaise);
  }
  return [...open].map(([key, amount]) => `${key}: ${amount}`).toSorted();
}

function told({ items, unallocated }: OpenParts): readonly string[] {
  return [
    ...items.map((item) => `${item.customerId} ${item.billId} ${item.dueDay}: ${item.openPaise}`),
    ...[...unallocated].map(([customerId, amount]) => `waits ${customerId}: ${amount}`),
  ].toSorted();
}

describe('open parts', () => {
  it('are the same from the columns, from a customer’s own documents and by the rule, on any day', async () => {
    const engine = await tempBook();
    const db = fileOf(engine);
    fc.assert(
      fc.property(anyLedger, fc.integer({ min: -400, max: 200 }), (ledger, days) => {
        const asOf = addDays(D, days);
        db.write((tx) => writeLedger(tx, ledger));
        const expected = byRule(ledger, asOf);
        const columns = columnsOf(db.read(factsOfBook), D, 7);
        expect(told(db.read((tx) => openParts(tx, columns, asOf)))).toEqual(expected);
        expect(told(db.read((tx) => openPartsOf(tx, [1, 2, 3, 4, 5], asOf)))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the facts of a plan', () => {
  it('are the same for one customer whether asked for alone or with all', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const ids = [person(book, { email: 'a@x.in, B@x.in' }), person(book, { language: 'hi' })];
    book.db.write((tx) => {
      for (const id of ids) aBill(tx, id, { amount: 500, billDay: '2026-11-01', dueDay: MONDAY });
      moneyIn(tx, ids[0] ?? 0, { amount: 70, day: '2026-11-10' });
    });
    await book.client.contacts.save({
      customerId: ids[0] ?? 0,
      role: 'owner',
      name: 'Om',
      phone: '9822222222',
    });
    await book.client.contacts.save({
      customerId: ids[0] ?? 0,
      role: 'accounts',
      name: 'Ravi',
      phone: '9811111111',
    });
    const context = contextOf(book);
    const wish = { day: dayAfterMonday(1), minute: 0 };
    const all = planFacts(context, wish);
    for (const customerId of ids) {
      const own = planFacts(context, { ...wish, customerIds: [customerId] });
      const isHis = (one: { readonly customerId: number }): boolean => one.customerId === customerId;
      expect(own).toEqual({
        ...all,
        customers: all.customers.filter(isHis),
        items: all.items.filter(isHis),
      } satisfies PlanFacts);
    }
  });

  it('name his own addresses first, then accounts, owner and others, each written one way and once', async () => {
    const book = await remindersBook();
    const id = person(book, { phone: '098200-11111', email: 'Shop@X.in', address: '12 Main Road\nPune' });
    const contact = (role: 'accounts' | 'owner' | 'other', phone: string, email: string) =>
      book.client.contacts.save({ customerId: id, role, name: role, phone, email });
    await contact('other', '9833333333', 'other@x.in');
    await contact('owner', '022 2345 6789', 'shop@x.in');
    await contact('accounts', '+91 98222 22222', 'acc@x.in');
    const context = contextOf(book);
    const facts = planFacts(context, { day: MONDAY, minute: 0, customerIds: [id] });
    const addresses = facts.customers[0]?.addresses;
    const of = (channel: Channel): readonly string[] =>
      (addresses?.[channel] ?? []).map((one) => one.address);
    expect(of('sms')).toEqual(['+919820011111', '+919822222222', '+919833333333']);
    expect(of('whatsapp')).toEqual(of('sms'));
    expect(of('call')).toEqual(['+919820011111', '+919822222222', '+912223456789', '+919833333333']);
    expect(of('email')).toEqual(['shop@x.in', 'acc@x.in', 'other@x.in']);
    expect(of('letter')).toEqual(['12 Main Road\nPune']);
  });
});
