import { describe, expect, it } from 'vitest';
import { aBill, refusalOf } from '#tests/builders/facts.ts';
import {
  addText,
  cadence,
  companyCadence,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
  type PersonWish,
  type RemindersBook,
} from './reminders-book.ts';

const TUESDAY = dayAfterMonday(1);

/** Owes a bill that was due on Monday. */
function debtor(
  book: RemindersBook,
  wish: PersonWish = {},
): { readonly id: number; readonly billId: number } {
  const id = person(book, wish);
  const billId = book.db.write((tx) =>
    aBill(tx, id, { amount: 1000, billDay: '2026-11-02', dueDay: MONDAY }),
  );
  return { id, billId };
}

describe('which cadence holds', () => {
  it('is that of the bill before the customer’s, of the customer before a tag’s, of a tag before the company’s', async () => {
    const book = await remindersBook();
    const [ofAll, ofTag, ofCustomer, ofBill] = [
      await companyCadence(book, { name: 'All', steps: [{ days: 1 }] }),
      await cadence(book, { name: 'Tag', steps: [{ days: 1 }] }),
      await cadence(book, { name: 'Customer', steps: [{ days: 1 }] }),
      await cadence(book, { name: 'Bill', steps: [{ days: 1 }] }),
    ];
    const [plain, tagged, special, billed] = [debtor(book), debtor(book), debtor(book), debtor(book)];
    const tag = (id: number) => book.client.customers.tag({ customerIds: [id], add: ['slow'] });
    for (const { id } of [tagged, special, billed]) await tag(id);
    const { assign } = book.client.cadences;
    await assign({ scope: 'tag', scopeKey: 'slow', cadenceId: ofTag });
    for (const { id } of [special, billed])
      await assign({ scope: 'customer', scopeKey: String(id), cadenceId: ofCustomer });
    await assign({ scope: 'bill', scopeKey: String(billed.billId), cadenceId: ofBill });
    const { rows } = await book.plan(TUESDAY);
    expect(rows.map((row) => [row.customerId, row.cadenceId])).toEqual([
      [plain.id, ofAll],
      [tagged.id, ofTag],
      [special.id, ofCustomer],
      [billed.id, ofBill],
    ]);
    const { cadences, assignments } = await book.client.cadences.list();
    expect(cadences.map(({ name, customerCount }) => [name, customerCount])).toEqual([
      ['All', 1],
      ['Tag', 1],
      ['Customer', 2],
      ['Bill', 0],
    ]);
    expect(assignments.map((one) => one.scopeName)).toContain('slow');
  });

  it('is none where a customer is assigned none', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const { id } = debtor(book);
    await book.client.cadences.assign({ scope: 'customer', scopeKey: String(id), cadenceId: null });
    expect((await book.plan(TUESDAY)).rows).toEqual([]);
    expect(await book.silenceOf(id, TUESDAY)).toBe('cadence-off');
  });

  it('acts from the day it is switched on and never backwards', async () => {
    const book = await remindersBook();
    const { id } = debtor(book);
    book.goTo(3);
    await companyCadence(book, { steps: [{ days: 1 }, { days: 8 }] });
    expect((await book.plan()).rows).toEqual([]);
    expect(await book.silenceOf(id)).toBe('not-yet');
    book.goTo(8);
    expect((await book.rowOf(id)).stepNumber).toBe(2);
  });
});

describe('nobody is written to', () => {
  const stops: readonly (readonly [string, (book: RemindersBook, id: number) => unknown, string])[] = [
    [
      'who said no',
      (book, id) =>
        book.client.consents.record({
          customerIds: [id],
          channel: 'sms',
          purpose: 'reminder',
          isGranted: false,
          how: 'on the phone',
        }),
      'opted-out',
    ],
    [
      'whose case rests',
      (book, id) => book.client.consents.pause({ customerId: id, until: null, reason: 'Talks.' }),
      'paused',
    ],
    [
      'who has promised',
      (book, id) =>
        book.client.consents.pause({ customerId: id, until: TUESDAY, kind: 'promise', reason: 'Tuesday.' }),
      'promised',
    ],
    [
      'who is not to be chased',
      (book, id) =>
        book.client.customers.save({ customerId: id, name: 'A', doNotChaseReason: 'My brother.' }),
      'do-not-chase',
    ],
    [
      'whose reply waits',
      (book, id) =>
        book.db.write((tx) =>
          tx.sqlite
            .prepare(
              `insert into replies (external_id, customer_id, channel, kind, from_address, body, received_at, created_at)
               values ('r1', ?, 'sms', 'reply', '+919820000000', 'Which bill?', 1, 1)`,
            )
            .run(id),
        ),
      'open-reply',
    ],
  ];
  it.each(stops)('%s', async (_who, stop, reason) => {
    const book = await remindersBook();
    await companyCadence(book);
    const { id } = debtor(book, { phone: '+91 98200 00000' });
    await book.rowOf(id, TUESDAY);
    await stop(book, id);
    // Saving a customer without a telephone would be another reason: it is written again.
    if (reason === 'do-not-chase')
      await book.client.customers.save({
        customerId: id,
        name: 'A',
        phone: '9820000000',
        doNotChaseReason: 'My brother.',
      });
    expect(await book.silenceOf(id, TUESDAY)).toBe(reason);
    expect((await book.plan(TUESDAY)).rows).toEqual([]);
  });

  it('again once the promised day is over', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const { id } = debtor(book);
    await book.client.consents.pause({ customerId: id, until: TUESDAY, kind: 'promise', reason: 'Tuesday.' });
    expect(await book.silenceOf(id, TUESDAY)).toBe('promised');
    expect((await book.rowOf(id, dayAfterMonday(2))).why.code).toBe('step-late');
  });

  it('on a number that is struck out, and still on the others', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const one = debtor(book, { phone: '+91 98200 00001' });
    const two = debtor(book, { phone: '98200 00002, 98200 00003' });
    const strike = (address: string) => book.client.consents.suppress({ channel: 'sms', address });
    await strike('9820000002');
    expect((await book.rowOf(two.id, TUESDAY)).address).toBe('+919820000003');
    await strike('+91 98200 00001');
    expect((await book.plan(TUESDAY)).rows.map((row) => row.customerId)).toEqual([two.id]);
    const list = await book.client.consents.suppressions();
    expect(list.map(({ address, reason }) => [address, reason])).toContainEqual([
      '+919820000001',
      'by-person',
    ]);
    // Nothing was ever written to them: the name is found by the number.
    expect(list.map(({ customerName }) => customerName)).not.toContain(null);
    // A mistake of the owner's is his to undo at any time.
    for (const { suppressionId } of list)
      await book.client.consents.unsuppress({ suppressionId, reason: 'A slip.' });
    expect((await book.plan(TUESDAY)).rows).toHaveLength(2);
    expect(one.id).toBeLessThan(two.id);
  });

  it('by WhatsApp without consent; the newest word of a customer counts', async () => {
    const book = await remindersBook();
    await companyCadence(book, { steps: [{ days: 1, channels: ['whatsapp', 'sms'] }] });
    book.db.write((tx) =>
      addText(tx, { channel: 'whatsapp', language: 'en', body: 'Pay {{amount}} to {{business_name}}.' }),
    );
    const { id } = debtor(book);
    const say = (isGranted: boolean, day: typeof MONDAY) =>
      book.client.consents.record({
        customerIds: [id],
        channel: 'whatsapp',
        purpose: 'reminder',
        isGranted,
        how: 'order form',
        day,
      });
    const channel = async () => (await book.rowOf(id, TUESDAY)).channel;
    expect(await channel()).toBe('sms');
    await say(true, dayAfterMonday(-3));
    expect(await channel()).toBe('whatsapp');
    await say(false, dayAfterMonday(-2));
    expect(await channel()).toBe('sms');
    // Found later, and older than his last word.
    await say(true, dayAfterMonday(-5));
    expect(await channel()).toBe('sms');
    expect((await book.client.consents.list({ customerId: id })).map((one) => one.isCurrent)).toEqual([
      true,
      false,
      false,
    ]);
    expect((await refusalOf(say(true, TUESDAY))).code).toBe('consent-day-ahead');
  });

  it('by an SMS to a landline, a 140 or a 1600 number', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const ids = ['022 2345 6789', '1600 123 4567', '140 123 4567'].map((phone) => debtor(book, { phone }).id);
    for (const id of ids) expect(await book.silenceOf(id, TUESDAY)).toBe('no-address');
  });
});

describe('ninety days', () => {
  it('must pass before a customer who said stop is written to again, unless he asks for it himself', async () => {
    const book = await remindersBook();
    const { id } = debtor(book, { phone: '+91 98200 00001' });
    book.db.write((tx) =>
      tx.sqlite
        .prepare(
          `insert into suppressions (channel, address, reason, created_at) values ('sms', '+919820000001', 'stop', ?)`,
        )
        .run(book.context.now()),
    );
    const lift = () => book.client.consents.unsuppress({ suppressionId: 1, reason: 'Try again.' });
    book.goTo(89);
    expect(await refusalOf(lift())).toMatchObject({ code: 'stop-still-holds', values: { days: 90 } });
    await book.client.consents.record({
      customerIds: [id],
      channel: 'sms',
      purpose: 'reminder',
      isGranted: true,
      how: 'He asked on the phone.',
    });
    expect(await lift()).toEqual({});
    expect(await book.client.consents.suppressions()).toEqual([]);
    expect((await refusalOf(lift())).code).toBe('suppression-gone');
  });
});
