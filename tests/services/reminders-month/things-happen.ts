import { addDays, type Day } from '#domain/days.ts';
import type { Dice } from '#domain/demo-dice.ts';
import { paise } from '#domain/money.ts';
import type { Engine } from '#engine/open-engine.ts';
import { ORPCError } from '@orpc/server';
import { debtOf } from './debts.ts';
import type { Mirror } from './mirror.ts';

// What people enter during a day, through the same door as the window.

export type Happening = {
  readonly client: Engine['client'];
  readonly dice: Dice;
  readonly mirror: Mirror;
  readonly today: Day;
  readonly told: Map<string, number>;
};

/** Something happens to a customer; a refusal of the door is no matter here, for another hand may have been quicker. */
export async function somethingHappens(of: Happening, customerId: number): Promise<void> {
  const roll = of.dice.next();
  let from = 0;
  for (const [name, share, act] of KINDS) {
    from += share;
    if (roll >= from) continue;
    try {
      await act(of, customerId);
      of.told.set(name, (of.told.get(name) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      of.told.set(`${name} refused`, (of.told.get(`${name} refused`) ?? 0) + 1);
    }
    return;
  }
}

type Act = (of: Happening, customerId: number) => Promise<unknown>;

const KINDS: readonly (readonly [string, number, Act])[] = [
  ['paid in full', 0.26, paidInFull],
  ['paid in part', 0.2, paidInPart],
  ['paid one bill', 0.1, paidOneBill],
  ['paid days ago, entered now', 0.06, paidDaysAgo],
  ['credit note', 0.07, creditNote],
  ['on account', 0.02, onAccount],
  ['cheque of a later day', 0.05, laterCheque],
  ['receipt void', 0.06, receiptVoid],
  ['bill void', 0.03, billVoid],
  ['new bill', 0.05, newBill],
  ['bill not to be chased', 0.02, billLeft],
  ['customer not to be chased', 0.01, customerLeft],
  ['paused', 0.03, paused],
  ['opted out', 0.02, optedOut],
  ['suppressed', 0.01, suppressed],
  ['another phone', 0.01, otherPhone],
];

function owed({ mirror, today }: Happening, customerId: number): readonly [billId: number, open: number][] {
  const byBill = new Map<number, number>();
  for (const [key, open] of debtOf(mirror, customerId, today).parts) {
    const billId = Number(key.split('|')[0]);
    byBill.set(billId, (byBill.get(billId) ?? 0) + open);
  }
  return [...byBill];
}

function total(of: Happening, customerId: number): number {
  return owed(of, customerId).reduce((all, [, open]) => all + open, 0);
}

function paidInFull(of: Happening, customerId: number): Promise<unknown> {
  return pay(of, customerId, { amount: total(of, customerId), receiptDay: of.today });
}

function paidInPart(of: Happening, customerId: number): Promise<unknown> {
  return pay(of, customerId, {
    amount: Math.floor(total(of, customerId) * (0.2 + 0.6 * of.dice.next())),
    receiptDay: of.today,
  });
}

function paidDaysAgo(of: Happening, customerId: number): Promise<unknown> {
  return pay(of, customerId, {
    amount: Math.floor(total(of, customerId) * 0.5),
    receiptDay: addDays(of.today, -5),
  });
}

async function pay(
  { client }: Happening,
  customerId: number,
  { amount, receiptDay }: { readonly amount: number; readonly receiptDay: Day },
): Promise<unknown> {
  if (amount < 100) return null;
  return client.receipts.save({
    customerId,
    receiptDay,
    amountPaise: paise(amount),
    allocate: 'oldest-first',
  });
}

async function paidOneBill(of: Happening, customerId: number): Promise<unknown> {
  const open = owed(of, customerId);
  if (open.length === 0) return null;
  const [billId, amount] = of.dice.pick(open);
  const amountPaise = paise(of.dice.next() < 0.5 ? amount : Math.ceil(amount / 3));
  const allocate = [{ billId, amountPaise }];
  return of.client.receipts.save({ customerId, receiptDay: of.today, amountPaise, allocate });
}

async function creditNote(of: Happening, customerId: number): Promise<unknown> {
  const open = owed(of, customerId);
  if (open.length === 0) return null;
  const [billId, amount] = of.dice.pick(open);
  const amountPaise = paise(Math.max(1, Math.floor(amount / of.dice.between(1, 6))));
  const allocate = [{ billId, amountPaise }];
  return of.client.credits.save({ customerId, creditDay: of.today, amountPaise, allocate });
}

function onAccount({ client, today, dice }: Happening, customerId: number): Promise<unknown> {
  const amountPaise = paise(dice.between(1000, 90_000));
  return client.receipts.save({ customerId, receiptDay: today, amountPaise, allocate: 'none' });
}

async function laterCheque(of: Happening, customerId: number): Promise<unknown> {
  const open = owed(of, customerId);
  if (open.length === 0) return null;
  const [billId, amount] = of.dice.pick(open);
  const [amountPaise, chequeDay] = [paise(amount), addDays(of.today, of.dice.between(1, 12))];
  const allocate = [{ billId, amountPaise }];
  return of.client.receipts.save({ customerId, receiptDay: of.today, chequeDay, amountPaise, allocate });
}

async function receiptVoid({ client, mirror }: Happening, customerId: number): Promise<unknown> {
  const last = mirror.by('receipts', 'customer_id', customerId).findLast((one) => one['voided_at'] === null);
  return last
    ? client.receipts.void({ receiptId: Number(last['id']), reason: 'The cheque came back.' })
    : null;
}

async function billVoid(of: Happening, customerId: number): Promise<unknown> {
  const open = owed(of, customerId);
  return open.length === 0
    ? null
    : of.client.bills.void({ billId: of.dice.pick(open)[0], reason: 'Written twice.' });
}

function newBill({ client, dice, today }: Happening, customerId: number): Promise<unknown> {
  const dueDay = addDays(today, dice.between(-2, 10));
  const amountPaise = paise(dice.between(10_000, 5_000_000));
  return client.bills.save({ customerId, billDay: addDays(today, -10), dueDay, amountPaise });
}

async function billLeft(of: Happening, customerId: number): Promise<unknown> {
  const open = owed(of, customerId);
  if (open.length === 0) return null;
  return of.client.bills.doNotChase({ billId: of.dice.pick(open)[0], reason: 'Goods came back.' });
}

function customerLeft({ client }: Happening, customerId: number): Promise<unknown> {
  return client.customers.save({ customerId, doNotChaseReason: 'The owner speaks to him.' });
}

async function paused(of: Happening, customerId: number): Promise<unknown> {
  const open = owed(of, customerId);
  const billId = of.dice.next() < 0.4 && open.length > 0 ? of.dice.pick(open)[0] : null;
  const kind = of.dice.pick(['promise', 'dispute', 'person'] as const);
  const until = addDays(of.today, of.dice.between(0, 6));
  return of.client.consents.pause({ customerId, billId, kind, until, reason: 'He said so.' });
}

function optedOut({ client, dice }: Happening, customerId: number): Promise<unknown> {
  const channel = dice.pick(['sms', 'whatsapp', 'email'] as const);
  const words = { channel, purpose: 'reminder', isGranted: false, how: 'On the phone' } as const;
  return client.consents.record({ customerIds: [customerId], ...words });
}

async function suppressed({ client, mirror }: Happening, customerId: number): Promise<unknown> {
  const phone = mirror.one('customers', customerId)['phone'];
  return typeof phone === 'string' ? client.consents.suppress({ channel: 'sms', address: phone }) : null;
}

function otherPhone({ client, dice }: Happening, customerId: number): Promise<unknown> {
  return client.customers.save({ customerId, phone: `+91 96${dice.between(10_000_000, 99_999_999)}` });
}
