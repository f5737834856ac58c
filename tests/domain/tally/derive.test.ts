import { addDays, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { deriveParty } from '#domain/tally/derive.ts';
import type { DerivedDocuments, PartyFacts } from '#domain/tally/party.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  anyFacts,
  anyModel,
  anyOffset,
  balancesOn,
  billDayOf,
  closingOn,
  dayAt,
  factsOf,
  LEDGER,
  type Model,
} from './any-party.ts';

const RUNS = { numRuns: 800 };
const historyOf = (offset: number | null): Day | null => (offset === null ? null : dayAt(offset));
const anyHistory = fc.option(anyOffset, { nil: null });

const total = (rows: readonly { readonly amountPaise: number }[]): number =>
  rows.reduce((sum, row) => sum + row.amountPaise, 0);

/** What is open at the end of a day, told from the documents alone. */
function openOn({ bills, receipts, credits, allocations }: DerivedDocuments, on: Day) {
  const applied = new Map<string, number>();
  for (const { billKey, allocationDay, amountPaise } of allocations) {
    if (allocationDay <= on) applied.set(billKey, (applied.get(billKey) ?? 0) + amountPaise);
  }
  const byNumber = new Map<string, number>();
  let billed = 0;
  for (const { sourceKey, billDay, number, amountPaise } of bills) {
    if (billDay > on) continue;
    const open = amountPaise - (applied.get(sourceKey) ?? 0);
    billed += open;
    const ref = number === null || number.startsWith('V') ? '' : number;
    if (open !== 0) byNumber.set(ref, (byNumber.get(ref) ?? 0) + open);
  }
  const money =
    total(receipts.filter((one) => one.receiptDay <= on)) +
    total(credits.filter((one) => one.creditDay <= on));
  const used = [...applied.values()].reduce((sum, one) => sum + one, 0);
  return { byNumber, unapplied: money - used, net: billed - (money - used) };
}

function expectedOpen(balances: ReadonlyMap<string | null, number>) {
  const byNumber = new Map<string, number>();
  let unapplied = 0;
  for (const [ref, balance] of balances) {
    if (balance > 0) byNumber.set(ref ?? '', balance);
    else unapplied -= balance;
  }
  const net = [...balances.values()].reduce((sum, one) => sum + one, 0);
  return { byNumber, unapplied: unapplied === 0 ? 0 : unapplied, net };
}

/** What every reader of the book relies on, whatever the facts were. */
function expectSound(documents: DerivedDocuments): void {
  const { bills, receipts, credits, allocations } = documents;
  for (const rows of [bills, receipts, credits, allocations]) {
    expect(new Set(rows.map((row) => row.sourceKey)).size).toBe(rows.length);
    for (const row of rows) expect(row.amountPaise).toBeGreaterThan(0);
  }
  const moneys = new Map<string, { readonly day: Day; readonly amountPaise: number }>();
  for (const { sourceKey, receiptDay: day, amountPaise } of receipts) {
    moneys.set(`receipt ${sourceKey}`, { day, amountPaise });
  }
  for (const { sourceKey, creditDay: day, amountPaise } of credits) {
    moneys.set(`credit ${sourceKey}`, { day, amountPaise });
  }
  const left = new Map<unknown, number>();
  const billsByKey = new Map(bills.map((one) => [one.sourceKey, one]));
  for (const { billKey, moneyKind, moneyKey, allocationDay, amountPaise } of allocations) {
    const bill = billsByKey.get(billKey);
    const money = moneys.get(`${moneyKind} ${moneyKey}`);
    if (bill === undefined || money === undefined)
      throw new Error(`Allocates nothing: ${moneyKey} ${billKey}`);
    expect(allocationDay).toBe(bill.billDay > money.day ? bill.billDay : money.day);
    for (const side of [bill, money]) left.set(side, (left.get(side) ?? side.amountPaise) - amountPaise);
  }
  // An allocation is never older than either side, so what holds at the end holds on every day.
  for (const rest of left.values()) expect(rest).toBeGreaterThanOrEqual(0);
}

const normal = (one: ReturnType<typeof openOn>) => ({
  ...one,
  byNumber: new Map([...one.byNumber].toSorted(([a], [b]) => (a < b ? -1 : 1))),
});

it('is open bill by bill what Tally reports, to the paisa, with any depth of history or none', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, anyHistory, (model, asOfAt, from) => {
      const asOf = dayAt(asOfAt);
      const facts = factsOf(model, asOf, historyOf(from));
      const documents = deriveParty(facts);
      expectSound(documents);
      expect(normal(openOn(documents, asOf))).toEqual(normal(expectedOpen(balancesOn(model, asOf))));
    }),
    RUNS,
  );
});

it('is on every day of the history what the ledger and each of its bills came to on that day', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, anyOffset, (model, asOfAt, from) => {
      const first = Math.min(from, asOfAt + 1);
      const documents = deriveParty(factsOf(model, dayAt(asOfAt), dayAt(first)));
      for (let at = first - 1; at <= 62; at += 1) {
        const on = dayAt(at);
        expect(openOn(documents, on).net).toBe(closingOn(model, on));
        expect(normal(openOn(documents, on))).toEqual(normal(expectedOpen(balancesOn(model, on))));
      }
    }),
    { numRuns: 400 },
  );
});

it('gives the days of each open bill as the report has them, where one debit made it', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, anyHistory, (model, asOfAt, from) => {
      const asOf = dayAt(asOfAt);
      const facts = factsOf(model, asOf, historyOf(from));
      const { bills } = deriveParty(facts);
      for (const { ref, dueDay, balancePaise } of facts.openBills) {
        if (balancePaise < 0) continue;
        for (const bill of bills.filter((one) => one.number === ref)) expect(bill.dueDay).toBe(dueDay);
        if (!isMadeOnce(model, ref)) continue;
        const bill = bills.find((one) => one.sourceKey === `${LEDGER}|${ref}`);
        expect(bill?.billDay).toBe(billDayOf(model, ref));
      }
    }),
    RUNS,
  );
});

it('keeps the key of a document when more history is read, and its amount and day', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, anyHistory, anyOffset, (model, asOfAt, from, deeper) => {
      const asOf = dayAt(asOfAt);
      const less = deriveParty(factsOf(model, asOf, historyOf(from)));
      const more = deriveParty(factsOf(model, asOf, dayAt(from === null ? deeper : Math.min(from, deeper))));
      const keys = new Set(more.bills.map((bill) => bill.sourceKey));
      for (const bill of less.bills) {
        // What stood on account before the history is taken apart into its vouchers when these are read.
        if (bill.sourceKey !== `${LEDGER}|`) expect(keys).toContain(bill.sourceKey);
      }
      const money = [...more.receipts, ...more.credits];
      for (const one of [...less.receipts, ...less.credits]) {
        if (!one.sourceKey.startsWith('brought-forward|')) expect(money).toContainEqual(one);
      }
      const open = openOn(less, asOf).byNumber;
      for (const ref of open.keys()) if (ref !== '') expect(keys).toContain(`${LEDGER}|${ref}`);
    }),
    RUNS,
  );
});

it('changes nothing of what it made before when days pass and vouchers are entered', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, anyOffset, anyOffset, (model, one, other, from) => {
      const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
      const historyFrom = dayAt(Math.min(from, sooner + 1));
      const entered = { ...model, vouchers: model.vouchers.filter((voucher) => voucher.at <= sooner) };
      const before = deriveParty(factsOf(entered, dayAt(sooner), historyFrom));
      const after = deriveParty(factsOf(model, dayAt(later), historyFrom));
      for (const row of before.bills) expect(after.bills).toContainEqual(row);
      for (const row of before.receipts) expect(after.receipts).toContainEqual(row);
      for (const row of before.credits) expect(after.credits).toContainEqual(row);
      for (const row of before.allocations) expect(after.allocations).toContainEqual(row);
    }),
    RUNS,
  );
});

it('does not depend on the order in which equal days, bills and lines come in', () => {
  fc.assert(
    fc.property(anyFacts, fc.infiniteStream(fc.nat()), (facts, dice) => {
      const shuffled = <T>(rows: readonly T[]): T[] =>
        rows
          .map((row) => ({ row, at: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ row }) => row);
      const { openBills, openingBills, lines } = facts;
      const other = {
        openBills: shuffled(openBills),
        openingBills: shuffled(openingBills),
        lines: shuffled(lines),
      };
      expect(deriveParty({ ...facts, ...other })).toEqual(deriveParty(facts));
    }),
    RUNS,
  );
});

it('keeps every key after vouchers are renumbered: nothing but the numbers shown moves', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const renumbered = {
        ...facts,
        lines: facts.lines.map((line) => ({ ...line, number: `X${line.number}` })),
      };
      const bare = (documents: DerivedDocuments) => ({
        ...documents,
        bills: documents.bills.map((one) => ({ ...one, number: '' })),
        receipts: documents.receipts.map((one) => ({ ...one, number: '' })),
        credits: documents.credits.map((one) => ({ ...one, number: '' })),
      });
      expect(bare(deriveParty(renumbered))).toEqual(bare(deriveParty(facts)));
    }),
    RUNS,
  );
});

it('leaves what is open at the report alone whatever is dated after it', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, anyOffset, (model, asOfAt, from) => {
      const asOf = dayAt(asOfAt);
      const facts = factsOf(model, asOf, dayAt(from));
      const without = deriveParty({ ...facts, lines: facts.lines.filter((line) => line.day <= asOf) });
      const { bills, receipts, credits, allocations } = deriveParty(facts);
      expect({
        bills: bills.filter((one) => one.billDay <= asOf),
        receipts: receipts.filter((one) => one.receiptDay <= asOf),
        credits: credits.filter((one) => one.creditDay <= asOf),
        allocations: allocations.filter((one) => one.allocationDay <= asOf),
      }).toEqual(without);
    }),
    RUNS,
  );
});

it('believes the report where the facts do not fit each other, and never over-applies', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const documents = deriveParty(facts);
      expectSound(documents);
      expect(normal(openOn(documents, facts.asOf))).toEqual(normal(expectedOpen(reportedOf(facts))));
    }),
    { numRuns: 2500 },
  );
});

it('puts a revaluation under the day of the report, so that no earlier day moves', () => {
  fc.assert(
    fc.property(
      anyModel,
      anyOffset,
      fc.integer({ min: -90, max: 90 }).filter(Boolean),
      (model, asOfAt, gain) => {
        // Every bill with its beginning in the history, and nothing on account: an exporter's ledger.
        const pure: Model = {
          ...model,
          openings: new Map(),
          vouchers: model.vouchers
            .map((one) => ({ ...one, entries: one.entries.filter((entry) => entry.ref !== null) }))
            .filter((one) => one.entries.length > 0),
        };
        const asOf = dayAt(asOfAt);
        const facts = factsOf(pure, asOf, dayAt(0));
        const openBills = facts.openBills.map((bill, at) => {
          const moved = bill.balancePaise + gain;
          return at === 0 && moved !== 0 ? { ...bill, balancePaise: paise(moved) } : bill;
        });
        const documents = deriveParty({ ...facts, openBills });
        expectSound(documents);
        for (let at = -1; at < asOfAt; at += 1) {
          expect(openOn(documents, dayAt(at)).net).toBe(closingOn(pure, dayAt(at)));
        }
        expect(openOn(documents, asOf).net).toBe(closingOn(pure, asOf));
      },
    ),
    { numRuns: 500 },
  );
});

it('has a receipt as one row of its whole amount, however many bills it is for', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, (model, asOfAt) => {
      const { receipts } = deriveParty(factsOf(model, dayAt(asOfAt), dayAt(0)));
      const expected = model.vouchers.flatMap(({ guid, kind, entries }) => {
        const sum = entries.reduce((all, { amount }) => all + (amount < 0 ? 0 - amount : 0), 0);
        return kind === 'receipt' && sum > 0 ? [[`${guid}|${LEDGER}`, sum] as const] : [];
      });
      expect(new Map(receipts.map((one) => [one.sourceKey, one.amountPaise]))).toEqual(new Map(expected));
    }),
    RUNS,
  );
});

/** One debit, however much money after it and none before: one that follows an advance counts from its own day. */
function isMadeOnce(model: Model, ref: string): boolean {
  const opening = model.openings.get(ref);
  const entries = model.vouchers
    .toSorted((a, b) => a.at - b.at || (a.guid < b.guid ? -1 : 1))
    .flatMap((one) => one.entries)
    .filter((entry) => entry.ref === ref);
  const amounts = [...(opening === undefined ? [] : [opening]), ...entries.map((entry) => entry.amount)];
  return (amounts[0] ?? 0) > 0 && amounts.slice(1).every((amount) => amount < 0);
}

/** What the facts claim to be open at their day, reference by reference. */
function reportedOf(facts: PartyFacts): ReadonlyMap<string | null, number> {
  const balances = new Map<string | null, number>();
  let inBills = 0;
  for (const { ref, balancePaise } of facts.isBillWise ? facts.openBills : []) {
    if (ref.trim() === '') continue;
    balances.set(ref.trim(), (balances.get(ref.trim()) ?? 0) + balancePaise);
    inBills += balancePaise;
  }
  return balances.set(null, facts.closingPaise - inBills);
}

// Days are compared as text; a bad day would pass every comparison in silence.
it('dates every document by a day of the calendar', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { bills, receipts, credits, allocations } = deriveParty(facts);
      const days = [
        ...bills.flatMap((one) => [one.billDay, one.dueDay]),
        ...receipts.map((one) => one.receiptDay),
        ...credits.map((one) => one.creditDay),
        ...allocations.map((one) => one.allocationDay),
      ];
      for (const one of days) expect(addDays(one, 0)).toBe(one);
    }),
    { numRuns: 300 },
  );
});
