import { addDays, day, laterDay, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  bindingSpans,
  bringBack,
  figuresOn,
  mostOn,
  oldestFirstOn,
  openPartsOn,
  roomOf,
  wholeOf,
  type PlainBill,
  type PlainPart,
} from '../builders/plain-book.ts';
import { importList, importVouchers, revert } from '../builders/plain-imports.ts';
import { asked, type World } from '../builders/plain-world.ts';
import { tempBook } from '../builders/temp-engine.ts';

// Everything that a user can do, in any order and on any days, against a book of plain lists kept beside it.

const TODAY = day('2026-11-22');
const DAYS = [-200, -120, -61, -30, -10, -1, 0, 1, 40].map((days) => addDays(TODAY, days));
const FAR = addDays(TODAY, 100_000);
const NAMES = ['Asha', 'Bina', 'Chetan'] as const;
const nat = fc.nat(30);
const amount = fc.oneof(fc.integer({ min: 1, max: 9000 }), fc.constantFrom(1000, 3000, 5000));
const on = fc.constantFrom(...DAYS);
const maybeOn = fc.option(on, { nil: undefined });
const cell = fc.record({ nth: fc.nat(4), day: on, amount, open: fc.integer({ min: 1, max: 100 }) });
const rows = fc.uniqueArray(cell, { minLength: 1, maxLength: 4, selector: ({ nth }) => nth });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('bill'),
      who: fc.nat(1),
      amount,
      day: on,
      due: fc.nat(50),
      parts: fc.nat(3),
      isForeign: fc.nat(5).map((one) => one === 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('money'),
      who: fc.nat(1),
      amount,
      day: on,
      kind: fc.constantFrom('receipt', 'credit'),
      cheque: fc.option(fc.nat(80), { nil: undefined }),
      isForeign: fc.nat(5).map((one) => one === 0),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('apply'),
      bill: nat,
      money: nat,
      amount,
      day: maybeOn,
      part: nat,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo'), nth: nat, day: maybeOn }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void'), isBill: fc.boolean(), nth: nat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('oldest-first'), day: maybeOn }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('edit'), isBill: fc.boolean(), nth: nat, amount, day: on }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('list'), rows, isComplete: fc.nat(3).map((one) => one === 0) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('vouchers'), rows }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('revert'), nth: fc.nat(4).map((nth) => nth % 3) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Of<K extends Step['do']> = Step & { readonly do: K };

function pick<T>(list: readonly T[], nth: number): T | undefined {
  return list[nth % Math.max(1, list.length)];
}

/** 80.50 a dollar, half a paisa upwards. */
function inBase(minor: number): number {
  return Math.floor((minor * 805 + 5) / 10);
}

/** Whether it was done; what is refused is not. */
async function take(world: World, one: Step): Promise<boolean> {
  switch (one.do) {
    case 'bill':
      return enterBill(world, one);
    case 'money':
      return enterMoney(world, one);
    case 'apply':
      return apply(world, one);
    case 'undo':
      return undo(world, one);
    case 'void':
      return voidOrRestore(world, one);
    case 'oldest-first':
      return fillOldestFirst(world, one.day ?? TODAY);
    case 'edit':
      return one.isBill ? editBill(world, one) : editMoney(world, one);
    case 'list':
      return importList(world, one);
    case 'vouchers':
      return importVouchers(world, one);
    case 'revert':
      return revert(world, one.nth);
  }
}

function customerAt(world: World, who: number): { readonly customer: string; readonly customerId: number } {
  const customer = NAMES[who] ?? 'Asha';
  return { customer, customerId: world.ids.get(customer) ?? 0 };
}

async function enterBill(world: World, one: Of<'bill'>): Promise<boolean> {
  const { customer, customerId } = customerAt(world, one.who);
  const isForeign = one.isForeign && one.parts < 2;
  const whole = isForeign ? inBase(one.amount) : one.amount + 3;
  const dueDay = addDays(one.day, one.due);
  const share = Math.floor(whole / 3);
  const amounts = one.parts === 2 ? [share, whole - share] : [share, share, whole - 2 * share];
  const instalments =
    one.parts < 2
      ? []
      : amounts.map((part, at) => ({ dueDay: addDays(dueDay, 20 * at), amountPaise: paise(part) }));
  const foreign = isForeign ? { currency: 'USD', foreignMinor: one.amount, rate: '80.5' } : null;
  const base = isForeign ? {} : { amountPaise: paise(whole) };
  const wish = { customerId, billDay: one.day, dueDay, foreign, instalments, ...base };
  const { id } = await world.client.bills.save(wish);
  const saved = await world.client.bills.get({ billId: id });
  const parts: PlainPart[] =
    instalments.length === 0
      ? [{ due: dueDay, amount: whole, id: null }]
      : instalments.map((part, at) => ({
          due: part.dueDay,
          amount: part.amountPaise,
          id: saved.instalments[at]?.instalmentId ?? null,
        }));
  const currency = isForeign ? 'USD' : null;
  world.bills.push({ id, customer, key: null, day: one.day, parts, currency, isVoid: false, batch: null });
  return true;
}

async function enterMoney(world: World, one: Of<'money'>): Promise<boolean> {
  const { customer, customerId } = customerAt(world, one.who);
  const foreign = one.isForeign ? { currency: 'USD', foreignMinor: one.amount, rate: '80.5' } : null;
  const whole = one.isForeign ? inBase(one.amount) : one.amount;
  const wish = { customerId, foreign, ...(one.isForeign ? {} : { amountPaise: paise(whole) }) };
  const isReceipt = one.kind === 'receipt';
  const chequeDay = isReceipt && one.cheque !== undefined ? addDays(one.day, one.cheque) : null;
  const { id } = isReceipt
    ? await world.client.receipts.save({ ...wish, receiptDay: one.day, chequeDay })
    : await world.client.credits.save({ ...wish, creditDay: one.day });
  const kind = isReceipt ? 'receipt' : 'credit';
  const currency = one.isForeign ? 'USD' : null;
  const made = { id, kind, customer, key: null, day: one.day, counts: chequeDay ?? one.day } as const;
  world.moneys.push({ ...made, amount: whole, currency, isVoid: false, batch: null });
  return true;
}

async function apply(world: World, one: Of<'apply'>): Promise<boolean> {
  const money = pick(world.moneys, one.money);
  // Mostly a bill that it may pay.
  const isPayable = (bill: PlainBill): boolean =>
    !bill.isVoid && bill.customer === money?.customer && bill.currency === money?.currency;
  const bill = pick(one.part % 7 === 0 ? world.bills : world.bills.filter(isPayable), one.bill);
  if (!bill || !money) return false;
  const from = one.day ?? TODAY;
  // Mostly no more than is left, and now and then one named instalment.
  const most = Math.min(
    roomOf(wholeOf(bill), bindingSpans(world, bill), from),
    roomOf(money.amount, bindingSpans(world, money), from),
  );
  const wished = one.part % 3 !== 0 && most > 0 ? Math.min(most, one.amount) : one.amount;
  const at = one.part % 4 === 1 ? one.part % bill.parts.length : -1;
  const part = bill.parts[at]?.id ?? null;
  const named = world.spans.filter((span) => part !== null && span.part === part);
  const open = openPartsOn(world, bill, FAR)[at] ?? 0;
  const partRoom = Math.min(
    open,
    (bill.parts[at]?.amount ?? 0) - mostOn(named.filter((span) => bindingSpans(world, bill).includes(span))),
  );
  const fits =
    !bill.isVoid &&
    !money.isVoid &&
    bill.customer === money.customer &&
    bill.currency === money.currency &&
    wished <= most &&
    (part === null || wished <= partRoom);
  const parts = [{ billId: bill.id, amountPaise: paise(wished), instalmentId: part ?? undefined }];
  const answer = await asked(
    world.client.allocations.apply({ money: { kind: money.kind, id: money.id }, parts, day: one.day }),
  );
  expect('ok' in answer ? 'applied' : answer.code).toSatisfy((was) => (was === 'applied') === fits);
  const id = 'ok' in answer ? answer.ok.allocationIds[0] : undefined;
  if (id === undefined) return false;
  world.spans.push({ id, bill, money, part, amount: wished, from, until: null, byFile: false });
  return true;
}

async function undo(world: World, one: Of<'undo'>): Promise<boolean> {
  const span = pick(
    world.spans.filter(({ until }) => until === null),
    one.nth,
  );
  if (!span) return false;
  const answer = await asked(world.client.allocations.undo({ allocationIds: [span.id], day: one.day }));
  expect('ok' in answer).toBe(one.day === undefined || one.day >= span.from);
  if (!('ok' in answer)) return false;
  const isVoid = span.bill.isVoid || span.money.isVoid;
  span.until = isVoid ? span.from : (one.day ?? laterDay(TODAY, span.from));
  return true;
}

async function voidOrRestore(world: World, one: Of<'void'>): Promise<boolean> {
  const { client } = world;
  const reason = 'So it came';
  const document = one.isBill ? pick(world.bills, one.nth) : pick(world.moneys, one.nth);
  if (!document) return false;
  const { id, isVoid } = document;
  if (!('kind' in document)) {
    await (isVoid ? client.bills.restore({ billId: id }) : client.bills.void({ billId: id, reason }));
  } else if (document.kind === 'receipt') {
    await (isVoid
      ? client.receipts.restore({ receiptId: id })
      : client.receipts.void({ receiptId: id, reason }));
  } else {
    await (isVoid ? client.credits.restore({ creditId: id }) : client.credits.void({ creditId: id, reason }));
  }
  if (isVoid) bringBack(world, document);
  else document.isVoid = true;
  return true;
}

async function fillOldestFirst(world: World, from: Day): Promise<boolean> {
  const wanted = oldestFirstOn(world, from);
  const { allocationIds } = await world.client.allocations.oldestFirst({ day: from });
  expect(allocationIds.length).toBe(wanted.length);
  // The engine writes them in order of the bill.
  wanted
    .toSorted((a, b) => a.bill.id - b.bill.id)
    .forEach(({ bill, money, amount: given }, at) => {
      const id = allocationIds[at] ?? 0;
      world.spans.push({ id, bill, money, part: null, amount: given, from, until: null, byFile: false });
    });
  return wanted.length > 0;
}

async function editBill(world: World, one: Of<'edit'>): Promise<boolean> {
  const bill = pick(
    world.bills.filter(({ isVoid, currency }) => !isVoid && currency === null),
    one.nth,
  );
  if (!bill) return false;
  const before = await world.client.bills.get({ billId: bill.id });
  const isWhole = bill.parts.length === 1;
  const whole = isWhole ? Math.max(2, one.amount) : wholeOf(bill);
  const due = (at: number): Day => addDays(one.day, 15 * (at + 1));
  // Some bills are divided, among them such as a file brought.
  const half = Math.floor(whole / 2);
  const halves = one.nth % 3 === 0 ? [half, whole - half] : [];
  const instalments = isWhole
    ? halves.map((part, at) => ({ dueDay: due(at), amountPaise: paise(part) }))
    : before.instalments.map((part, at) => ({ ...part, dueDay: due(at) }));
  const wish = { ...before, billDay: one.day, dueDay: due(0), amountPaise: paise(whole), instalments };
  const answer = await asked(world.client.bills.save(wish));
  expect('ok' in answer).toBe(whole >= mostOn(bindingSpans(world, bill)));
  if (!('ok' in answer)) return false;
  bill.day = one.day;
  const saved = await world.client.bills.get({ billId: bill.id });
  bill.parts =
    saved.instalments.length === 0
      ? [{ due: due(0), amount: whole, id: null }]
      : instalments.map((part, at) => ({
          due: part.dueDay,
          amount: part.amountPaise,
          id: saved.instalments[at]?.instalmentId ?? null,
        }));
  return true;
}

async function editMoney(world: World, one: Of<'edit'>): Promise<boolean> {
  const money = pick(
    world.moneys.filter(({ isVoid, currency }) => !isVoid && currency === null),
    one.nth,
  );
  if (!money) return false;
  const { client } = world;
  const amountPaise = paise(one.amount);
  const answer = await asked(
    money.kind === 'receipt'
      ? client.receipts
          .get({ receiptId: money.id })
          .then((before) =>
            client.receipts.save({ ...before, receiptDay: one.day, chequeDay: null, amountPaise }),
          )
      : client.credits
          .get({ creditId: money.id })
          .then((before) => client.credits.save({ ...before, creditDay: one.day, amountPaise })),
  );
  expect('ok' in answer).toBe(one.amount >= mostOn(bindingSpans(world, money)));
  if (!('ok' in answer)) return false;
  [money.day, money.counts, money.amount] = [one.day, one.day, one.amount];
  return true;
}

/** Table, list and plain book say the same as of a day, for each customer and in all. */
async function compare(world: World, asOf: Day): Promise<void> {
  const table = await world.client.aging.table({ asOf });
  const wanted = figuresOn(world, asOf, TODAY);
  const shown = ({
    outstandingPaise,
    overduePaise,
    unallocatedPaise,
    postDatedPaise,
    buckets,
  }: typeof table.totals) => ({
    outstandingPaise,
    overduePaise,
    unallocatedPaise,
    postDatedPaise,
    buckets,
  });
  const got = new Map(table.rows.map((row) => [row.name, shown(row)]));
  got.set('', shown(table.totals));
  expect(Object.fromEntries(got)).toEqual(Object.fromEntries(wanted));
  const list = await world.client.bills.listOpen({ asOf });
  expect(list.openPaise).toBe(wanted.get('')?.outstandingPaise);
  expect(world.bugs).toEqual([]);
}

it('has the figures of a plain book whatever is done in whatever order, on every day', async () => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 40 }), async (steps) => {
      const engine = await tempBook();
      const world: World = { ...engine, bills: [], moneys: [], spans: [], ids: new Map(), batches: [] };
      for (const name of NAMES.slice(0, 2)) {
        world.ids.set(name, (await engine.client.customers.save({ name })).customerId);
      }
      // Something to work with from the start.
      for (const who of [0, 1]) {
        const early = { who, amount: 8000, day: addDays(TODAY, -150), isForeign: false } as const;
        await enterBill(world, { ...early, do: 'bill', due: 30, parts: who === 0 ? 0 : 3 });
        await enterMoney(world, { ...early, do: 'money', amount: 5000, kind: 'receipt', cheque: undefined });
      }
      for (const [at, one] of steps.entries()) {
        if (await take(world, one)) done.set(one.do, (done.get(one.do) ?? 0) + 1);
        await compare(world, DAYS[at % DAYS.length] ?? TODAY);
      }
      for (const asOf of [...DAYS, addDays(TODAY, -401), addDays(TODAY, 400)]) await compare(world, asOf);
    }),
    // Making a failure smaller would take minutes: each run is a book of its own.
    { numRuns: 20, endOnFailure: true },
  );
  // The steps are not all refused.
  expect(done.size).toBe(10);
  for (const [kind, times] of done) expect(times, kind).toBeGreaterThan(kind === 'revert' ? 0 : 5);
}, 60_000);
