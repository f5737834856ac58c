import type { MoneyRef } from '#contract/engine/allocations.ts';
import { openItemsAsOf } from '#domain/aging.ts';
import { addDays, day, type Day } from '#domain/days.ts';
import type { Ledger } from '#domain/ledger.ts';
import { paise, sumOf } from '#domain/money.ts';
import { updateCustomer } from '#engine/storage/customers.ts';
import { ledgerOf } from '#engine/storage/ledger.ts';
import { ORPCError } from '@orpc/server';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf } from '../builders/facts.ts';
import { tempBook, type TempEngine } from '../builders/temp-engine.ts';

// Whatever is applied, undone, voided, restored and corrected, in whatever order and on whatever days.

const TODAY = day('2026-11-22');
const DAYS = [-60, -40, -20, -10, -5, -1, 0, 3, 15, 60].map((days) => addDays(TODAY, days));
const BILLS = 3;
const MONEYS = 3;

const at = fc.nat(Math.max(BILLS, MONEYS) - 1);
const amount = fc.oneof(fc.integer({ min: 1, max: 12_000 }), fc.constantFrom(30_00, 60_00, 100_00));
const on = fc.constantFrom(...DAYS);
const maybeOn = fc.option(on, { nil: undefined });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('apply'),
      bill: at,
      money: at,
      amount,
      day: maybeOn,
      part: fc.nat(2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo'), nth: fc.nat(20), day: maybeOn }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('void-or-restore'),
      what: fc.constantFrom('bill', 'money'),
      nth: at,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('oldest-first'), day: maybeOn }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('change'),
      what: fc.constantFrom('bill', 'money'),
      nth: at,
      amount,
      day: on,
    }),
  },
);

type World = TempEngine & {
  readonly customers: readonly number[];
  readonly billIds: readonly number[];
  readonly moneys: readonly MoneyRef[];
};

/** A payer and his customer; bills in one sum and in instalments; a receipt, a cheque and a credit. */
async function worldOf(engine: TempEngine): Promise<World> {
  const made = fileOf(engine).write((tx) => {
    const [payer, child] = [aCustomer(tx, 'Payer'), aCustomer(tx, 'Child')];
    updateCustomer(tx, child, { parentId: payer });
    const terms = [
      [DAYS[1] ?? TODAY, 30],
      [DAYS[5] ?? TODAY, 20],
      [DAYS[8] ?? TODAY, 50],
    ] as const;
    const billIds = [
      aBill(tx, payer, { amount: 100, billDay: DAYS[0] ?? TODAY }),
      aBill(tx, child, { amount: 100, billDay: DAYS[0] ?? TODAY, terms }),
      aBill(tx, child, { amount: 60, billDay: DAYS[3] ?? TODAY }),
    ];
    return { customers: [payer, child], billIds };
  });
  const [payer = 0, child = 0] = made.customers;
  const { client } = engine;
  const receipt = async (customerId: number, rupees: number, receiptDay: Day, chequeDay: Day | null) => {
    const wish = { customerId, receiptDay, chequeDay, amountPaise: paise(rupees * 100) };
    return { kind: 'receipt' as const, id: (await client.receipts.save(wish)).id };
  };
  const credit = { customerId: child, creditDay: DAYS[2] ?? TODAY, amountPaise: paise(70_00) };
  const moneys = [
    await receipt(payer, 90, DAYS[1] ?? TODAY, null),
    await receipt(payer, 120, DAYS[4] ?? TODAY, DAYS[6] ?? TODAY),
    { kind: 'credit' as const, id: (await client.credits.save(credit)).id },
  ];
  return { ...engine, ...made, moneys };
}

/** Whether it was done; a refusal is an answer too, anything else is a bug. */
async function wasDone(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') return false;
    throw error;
  }
}

async function take(world: World, one: Step): Promise<boolean> {
  const { client, customers } = world;
  switch (one.do) {
    case 'apply': {
      const { billId, instalmentIds } = billAt(world, one.bill);
      const instalmentId = instalmentIds[one.part];
      const parts = [{ billId, instalmentId, amountPaise: paise(one.amount) }];
      return wasDone(client.allocations.apply({ money: moneyAt(world, one.money), parts, day: one.day }));
    }
    case 'undo': {
      const live = liveIds(world);
      const id = live[one.nth % Math.max(1, live.length)];
      if (id === undefined) return false;
      return wasDone(client.allocations.undo({ allocationIds: [id], day: one.day }));
    }
    case 'void-or-restore':
      return voidOrRestore(world, one.what, one.nth);
    case 'oldest-first':
      for (const customerId of customers) {
        await client.allocations.oldestFirst({ customerId, day: one.day });
      }
      return true;
    case 'change':
      return change(world, one);
  }
}

function voidOrRestore(world: World, what: 'bill' | 'money', nth: number): Promise<boolean> {
  const { bills, receipts, credits } = world.client;
  const reason = 'So it came';
  const either = async (restore: () => Promise<unknown>, voidIt: () => Promise<unknown>) =>
    (await wasDone(restore())) || wasDone(voidIt());
  if (what === 'bill') {
    const { billId } = billAt(world, nth);
    return either(
      () => bills.restore({ billId }),
      () => bills.void({ billId, reason }),
    );
  }
  const { kind, id } = moneyAt(world, nth);
  return kind === 'receipt'
    ? either(
        () => receipts.restore({ receiptId: id }),
        () => receipts.void({ receiptId: id, reason }),
      )
    : either(
        () => credits.restore({ creditId: id }),
        () => credits.void({ creditId: id, reason }),
      );
}

async function change(world: World, one: Step & { readonly do: 'change' }): Promise<boolean> {
  const { bills, receipts, credits } = world.client;
  const amountPaise = paise(one.amount);
  if (one.what === 'bill') {
    const { billId } = billAt(world, one.nth);
    const before = await bills.get({ billId });
    const instalments = before.instalments.map((part, position) =>
      position === 0 ? { ...part, amountPaise: paise(Math.max(1, one.amount - 70_00)) } : part,
    );
    const whole = instalments.length > 0 ? sumOf(instalments, (part) => part.amountPaise) : amountPaise;
    const dueDay = one.day;
    return wasDone(bills.save({ ...before, billDay: one.day, dueDay, amountPaise: whole, instalments }));
  }
  const { kind, id } = moneyAt(world, one.nth);
  if (kind === 'receipt') {
    const before = await receipts.get({ receiptId: id });
    return wasDone(receipts.save({ ...before, receiptDay: one.day, amountPaise }));
  }
  return wasDone(credits.save({ ...(await credits.get({ creditId: id })), creditDay: one.day, amountPaise }));
}

function billAt(
  world: World,
  nth: number,
): { readonly billId: number; readonly instalmentIds: readonly number[] } {
  const billId = world.billIds[nth % BILLS] ?? 0;
  const sql = 'select id from instalments where bill_id = ? order by position';
  const instalmentIds = fileOf(world).read((tx) =>
    tx.sqlite.prepare<[number], number>(sql).pluck().all(billId),
  );
  return { billId, instalmentIds };
}

function moneyAt(world: World, nth: number): MoneyRef {
  const money = world.moneys[nth % MONEYS];
  if (!money) throw new Error('No such money.');
  return money;
}

function liveIds(world: World): readonly number[] {
  const sql = `select id from allocations a where reverses_id is null
    and bill_id in (select value from json_each(?))
    and not exists (select 1 from allocations u where u.reverses_id = a.id) order by id`;
  return fileOf(world).read((tx) =>
    tx.sqlite.prepare<[string], number>(sql).pluck().all(JSON.stringify(world.billIds)),
  );
}

/** Throws where anything is over-allocated on any day; returns what is open per day and document. */
function openEachDay(world: World): readonly (readonly string[])[] {
  const ledger = fileOf(world).read((tx) => ledgerOf(tx));
  return DAYS.map((asOf) => {
    const items = openItemsAsOf(ledger, asOf);
    expect(sumOf(items, (item) => item.openPaise)).toBe(owedOn(ledger, asOf));
    return items.map((item) => {
      const name = item.bill ? `bill ${item.bill.billId}` : `${item.moneyIn.kind} ${item.moneyIn.documentId}`;
      expect(Math.abs(item.openPaise)).toBeLessThanOrEqual(Math.abs(item.amountPaise));
      return `${name} ${item.dueDay} ${item.openPaise} of ${item.amountPaise}`;
    });
  });
}

/** All bills less all money of a day or earlier: no allocation can change it. */
function owedOn({ bills, moneyIn }: Ledger, asOf: Day): number {
  const billed = sumOf(
    bills.filter(({ billDay }) => billDay <= asOf),
    (bill) => bill.amountPaise,
  );
  const paid = sumOf(
    moneyIn.filter(({ effectiveDay }) => effectiveDay <= asOf),
    (one) => one.amountPaise,
  );
  return billed - paid;
}

it('never over-allocates on any day, always adds up, and undoing everything gives the figures before', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const world = await worldOf(await tempBook());
      for (const one of steps) {
        const voids = one.do === 'void-or-restore' && !(await isVoid(world, one));
        const before = voids ? openEachDay(world) : null;
        if (await take(world, one)) seen.set(one.do, (seen.get(one.do) ?? 0) + 1);
        openEachDay(world);
        if (before === null || one.do !== 'void-or-restore') continue;
        // Voiding and restoring with nothing between gives every figure of every day again; then it is void once more.
        await voidOrRestore(world, one.what, one.nth);
        expect(openEachDay(world)).toEqual(before);
        await voidOrRestore(world, one.what, one.nth);
      }
      await restoreAll(world);
      openEachDay(world);
      const live = [...liveIds(world)];
      if (live.length > 0) await world.client.allocations.undo({ allocationIds: live });
      const last = addDays(TODAY, 400);
      const ledger = fileOf(world).read((tx) => ledgerOf(tx));
      expect(openItemsAsOf(ledger, last)).toEqual(openItemsAsOf({ ...ledger, allocations: [] }, last));
    }),
    // Making a failure smaller would take minutes: each run is a book of its own.
    { numRuns: 30, endOnFailure: true },
  );
  // The steps are not all refused.
  for (const kind of ['apply', 'undo', 'void-or-restore', 'oldest-first', 'change']) {
    expect(seen.get(kind) ?? 0).toBeGreaterThan(10);
  }
}, 30_000);

async function isVoid(
  world: World,
  { what, nth }: Step & { readonly do: 'void-or-restore' },
): Promise<boolean> {
  const { bills, receipts, credits } = world.client;
  if (what === 'bill') return (await bills.get({ billId: billAt(world, nth).billId })).voidReason !== null;
  const { kind, id } = moneyAt(world, nth);
  const found =
    kind === 'receipt' ? await receipts.get({ receiptId: id }) : await credits.get({ creditId: id });
  return found.voidReason !== null;
}

async function restoreAll(world: World): Promise<void> {
  const { bills, receipts, credits } = world.client;
  for (const billId of world.billIds) await wasDone(bills.restore({ billId }));
  for (const { kind, id } of world.moneys) {
    await wasDone(
      kind === 'receipt' ? receipts.restore({ receiptId: id }) : credits.restore({ creditId: id }),
    );
  }
}
