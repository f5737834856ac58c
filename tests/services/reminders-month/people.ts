import type { Dice } from '#domain/demo-dice.ts';
import { addDays, type Day } from '#domain/days.ts';
import type { MessageLanguage } from '#domain/reminders/languages.ts';
import { allocationWriter } from '#engine/storage/allocations.ts';
import { billWriter } from '#engine/storage/bills.ts';
import { consentWriter } from '#engine/storage/consents.ts';
import { creditWriter } from '#engine/storage/credits.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import { receiptWriter } from '#engine/storage/receipts.ts';
import { paise } from '#domain/money.ts';

// Customers of all kinds and their bills, as the first day of the month finds them.

export type Size = { readonly customers: number; readonly bills: number; readonly days: number };

const LANGUAGES: readonly MessageLanguage[] = ['en', 'hi', 'gu', 'ta'];
const NAMES = ['Asha Stores', 'गुप्ता ट्रेडर्स', 'પટેલ બ્રધર્સ', 'முருகன் ஏஜென்சி', 'Khan & Sons', 'O’Brien (Exports)'];
const nothingForeign = { currency: null, foreignMinor: null, rateE6: null };
const USD_RATE = 84;

let lastKey = 0;
const origin = () => ({
  source: 'month',
  sourceKey: String((lastKey += 1)),
  importBatchId: null,
  createdAt: 0,
});

/** One in so many shares its number with the one before it, has no address at all, … */
function addressesOf(
  dice: Dice,
  at: number,
): { readonly phone: string | null; readonly email: string | null; readonly address: string | null } {
  const isShared = at % 11 === 1 || at % 22 === 2;
  const own = isShared ? at - (at % 11) : at;
  const phone = `+91 98${String(30_000_000 + own).padStart(8, '0')}`;
  const email = `buyer${own}@example.in`;
  const address = dice.next() < 0.5 ? `${at} Station Road, Pune 411001` : null;
  if (at % 13 === 5) return { phone: null, email: null, address: null };
  if (at % 13 === 6) return { phone: null, email, address };
  if (at % 13 === 7) return { phone: '+91 22 2345 6789', email: null, address };
  if (at % 17 === 3) return { phone: `${phone} / +91 97${String(30_000_000 + at)}`, email, address };
  return { phone, email: dice.next() < 0.6 ? email : null, address };
}

export function populate(tx: WriteTx, dice: Dice, { size, today }: { size: Size; today: Day }): void {
  const consent = consentWriter(tx);
  const tag = tx.sqlite.prepare('insert into customer_tags (customer_id, tag) values (?, ?)');
  const ids: number[] = [];
  for (let at = 0; at < size.customers; at += 1) {
    const name = `${dice.pick(NAMES)} ${at}`;
    const customerId = insertCustomer(tx, {
      name,
      nameKey: name.toLowerCase().replaceAll(/\s/gu, ''),
      language: dice.pick(LANGUAGES),
      doNotChaseReason: at % 40 === 9 ? 'A friend of the owner' : null,
      parentId: at % 50 === 21 ? (ids.at(-1) ?? null) : null,
      ...addressesOf(dice, at),
      ...origin(),
    });
    ids.push(customerId);
    if (dice.next() < 0.25) tag.run(customerId, 'By itself');
    else if (dice.next() < 0.05) tag.run(customerId, 'Leave alone');
    const words = {
      customerId,
      purpose: 'reminder',
      how: 'Order form',
      proof: null,
      day: today,
      recordedAt: 0,
    } as const;
    if (dice.next() < 0.5) consent({ ...words, channel: 'whatsapp', isGranted: true });
    if (dice.next() < 0.04) consent({ ...words, channel: 'sms', isGranted: false });
  }
  for (let at = 0; at < size.bills; at += 1) addBill(tx, dice, { at, customerId: dice.pick(ids), today });
}

type BillWish = { readonly at: number; readonly customerId: number; readonly today: Day };

function addBill(tx: WriteTx, dice: Dice, { at, customerId, today }: BillWish): void {
  const dueDay = addDays(today, dice.between(-60, 34));
  const billDay = addDays(dueDay, 0 - dice.pick([0, 15, 30, 45]));
  const isForeign = at % 25 === 4;
  const minor = dice.between(10_000, 900_000);
  const amount = isForeign ? minor * USD_RATE : dice.between(50_000, 25_000_000);
  const writer = billWriter(tx);
  const billId = writer.insert({
    ...origin(),
    ...(isForeign
      ? { currency: 'USD', foreignMinor: paise(minor), rateE6: USD_RATE * 1_000_000 }
      : nothingForeign),
    customerId,
    kind: at % 19 === 2 ? 'debit-note' : 'invoice',
    number: at % 31 === 7 ? null : `INV/${at}`,
    billDay,
    dueDay: at % 12 === 5 ? addDays(dueDay, 40) : dueDay,
    amountPaise: paise(amount),
    salesperson: null,
  });
  if (at % 45 === 8)
    tx.sqlite.prepare('update bills set do_not_chase_reason = ? where id = ?').run('Goods came back', billId);
  if (at % 12 === 5 && !isForeign) inParts(tx, { billId, dueDay, amount });
  settle(tx, dice, { billId, customerId, amount, billDay, today, isForeign });
}

function inParts(
  tx: WriteTx,
  { billId, dueDay, amount }: { readonly billId: number; readonly dueDay: Day; readonly amount: number },
): void {
  const third = Math.floor(amount / 3);
  [third, third, amount - 2 * third].forEach((amountPaise, at) =>
    billWriter(tx).insertInstalment({
      billId,
      position: at + 1,
      dueDay: addDays(dueDay, 20 * at),
      amountPaise: paise(amountPaise),
      foreignMinor: null,
    }),
  );
}

type Settled = {
  readonly billId: number;
  readonly customerId: number;
  readonly amount: number;
  readonly billDay: Day;
  readonly today: Day;
  readonly isForeign: boolean;
};

/** Some of the bills are paid, in part or whole, by money, a credit note or a cheque of a later day. */
function settle(tx: WriteTx, dice: Dice, wish: Settled): void {
  const { billId, customerId, amount, billDay, today, isForeign } = wish;
  const roll = dice.next();
  if (roll > 0.45 || isForeign || billDay >= addDays(today, -4)) return;
  const part = roll < 0.25 ? amount : Math.max(1, Math.floor(amount * dice.next() * 0.9));
  const base = { ...origin(), ...nothingForeign, customerId, number: null, amountPaise: paise(part) };
  const on = addDays(today, -3);
  const isCredit = dice.next() < 0.2;
  const chequeDay = !isCredit && dice.next() < 0.15 ? addDays(today, dice.between(1, 25)) : null;
  const receiptId = isCredit
    ? null
    : receiptWriter(tx).insert({ ...base, receiptDay: on, chequeDay, mode: null });
  const creditId = isCredit ? creditWriter(tx).insert({ ...base, kind: 'credit-note', creditDay: on }) : null;
  allocationWriter(tx).insert({
    ...origin(),
    billId,
    instalmentId: null,
    receiptId,
    creditId,
    reversesId: null,
    foreignMinor: null,
    allocationDay: on,
    amountPaise: paise(part),
  });
}
