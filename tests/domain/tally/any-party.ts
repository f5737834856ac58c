import { addDays, day, type Day } from '#domain/days.ts';
import { paise, type Paise } from '#domain/money.ts';
import type { TallyOpeningBill, TallyVoucherKind } from '#domain/tally/facts.ts';
import type { PartyFacts, PartyLine } from '#domain/tally/party.ts';
import fc from 'fast-check';

export const LEDGER = 'co-00000011';
export const BOOKS = day('2025-04-01');
const DAYS = 60;

/** One entry of the model's books: what a voucher does under one reference (null = on account). */
type Entry = { readonly ref: string | null; readonly amount: number; readonly line: number };
type ModelVoucher = {
  readonly guid: string;
  readonly at: number;
  readonly kind: TallyVoucherKind;
  readonly entries: readonly Entry[];
};

/** A ledger's books told as plainly as can be: what there was at the start, and vouchers. */
export type Model = {
  readonly openings: ReadonlyMap<string | null, number>;
  readonly vouchers: readonly ModelVoucher[];
  readonly terms: number;
};

const refs = ['INV-1', 'inv-1', 'A|B', 'advance', 'रसीद 7', '1/25-26'];
const anyRef = fc.oneof(fc.constantFrom(...refs), fc.constant(null));
const anyAmount = fc
  .oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(100, -100, 250, -250))
  .filter(Boolean);
const anyKind = fc.constantFrom<TallyVoucherKind>(
  'sales',
  'sales',
  'receipt',
  'receipt',
  'receipt',
  'credit-note',
  'debit-note',
  'payment',
  'journal',
);

export const anyModel: fc.Arbitrary<Model> = fc
  .record({
    openings: fc.array(fc.tuple(anyRef, anyAmount), { maxLength: 4 }),
    vouchers: fc.array(
      fc.record({
        at: fc.nat(DAYS),
        kind: anyKind,
        entries: fc.array(fc.record({ ref: anyRef, amount: anyAmount }), { minLength: 1, maxLength: 4 }),
      }),
      { maxLength: 14 },
    ),
    terms: fc.constantFrom(0, 0, 7, 45),
  })
  .map(({ openings, vouchers, terms }) => ({
    openings: new Map(openings),
    terms,
    vouchers: vouchers.map((one, number) => ({
      ...one,
      guid: `co-${(number + 16).toString(16).padStart(8, '0')}`,
      // As entered, two rows under one line now and then.
      entries: one.entries.map((entry, line) => ({ ...entry, line: line >> 1 })),
    })),
  }));

export const anyOffset = fc.integer({ min: 0, max: DAYS });

export const dayAt = (offset: number): Day => addDays(BOOKS, offset);

/** The balance of every reference, and of what is on account, at the end of a day. */
export function balancesOn(model: Model, on: Day): ReadonlyMap<string | null, number> {
  const balances = new Map<string | null, number>(model.openings);
  for (const voucher of model.vouchers) {
    if (dayAt(voucher.at) > on) continue;
    for (const { ref, amount } of voucher.entries) balances.set(ref, (balances.get(ref) ?? 0) + amount);
  }
  return balances;
}

export const closingOn = (model: Model, on: Day): number =>
  [...balancesOn(model, on).values()].reduce((sum, one) => sum + one, 0);

const openingDayOf = (ref: string): Day => addDays(BOOKS, -10 - refs.indexOf(ref) * 40);

/** The day of a bill: of its opening, else of the voucher that came first (by day, then as entered). */
export function billDayOf(model: Model, ref: string): Day {
  if (model.openings.has(ref)) return openingDayOf(ref);
  const at = model.vouchers
    .filter((voucher) => voucher.entries.some((entry) => entry.ref === ref))
    .reduce((first, voucher) => Math.min(first, voucher.at), DAYS);
  return dayAt(at);
}

function linesOf(model: Model): readonly PartyLine[] {
  const begun = new Set<string | null>([null, ...model.openings.keys()]);
  const inOrder = model.vouchers.toSorted((a, b) => a.at - b.at || (a.guid < b.guid ? -1 : 1));
  return inOrder.flatMap(({ guid, at, kind, entries }) =>
    entries.map(({ ref, amount, line }, index): PartyLine => {
      const isNew = !begun.has(ref);
      begun.add(ref);
      const billDay = ref === null ? null : billDayOf(model, ref);
      const beginning = amount > 0 ? 'new' : 'advance';
      return {
        voucherGuid: guid,
        day: dayAt(at),
        kind,
        number: `V${guid}`,
        narration: null,
        line,
        position: index,
        type: ref === null ? 'on-account' : isNew ? beginning : 'against',
        ref: ref === null ? null : ` ${ref} `,
        billDay,
        dueDay: billDay === null ? null : addDays(billDay, model.terms),
        amountPaise: paise(amount),
      };
    }),
  );
}

/** What a Tally with these books says at the end of a day, with the history from a day on, or none. */
export function factsOf(model: Model, asOf: Day, historyFrom: Day | null): PartyFacts {
  const openBills = [...balancesOn(model, asOf)].flatMap(([ref, balance]) => {
    if (ref === null || balance === 0) return [];
    const billDay = billDayOf(model, ref);
    return [{ ref, billDay, dueDay: addDays(billDay, model.terms), balancePaise: paise(balance) }];
  });
  const openingBills = [...model.openings].flatMap(([ref, amount]): TallyOpeningBill[] => {
    if (ref === null) return [];
    const billDay = openingDayOf(ref);
    const dueDay = addDays(billDay, model.terms);
    return [{ ref, billDay, dueDay, isAdvance: amount < 0, amountPaise: paise(amount) }];
  });
  return {
    ledgerGuid: LEDGER,
    isBillWise: true,
    creditDays: 30,
    closingPaise: paise(closingOn(model, asOf)),
    asOf,
    booksFrom: BOOKS,
    historyFrom,
    openBills,
    openingBills,
    lines: historyFrom === null ? [] : linesOf(model).filter((line) => line.day >= historyFrom),
  };
}

const anyDay = fc.integer({ min: -20, max: DAYS + 10 }).map(dayAt);
const anyDayOrNone = fc.option(anyDay, { nil: null });
const anyPaise: fc.Arbitrary<Paise> = anyAmount.map(paise);

/** Facts that need not fit each other: whatever a Tally, a half-read change or a broken file may say. */
export const anyFacts: fc.Arbitrary<PartyFacts> = fc.record({
  ledgerGuid: fc.constant(LEDGER),
  isBillWise: fc.constantFrom(true, true, true, false),
  creditDays: fc.option(fc.nat(90), { nil: null }),
  closingPaise: fc.integer({ min: -900, max: 900 }).map(paise),
  asOf: anyDay,
  today: fc.option(anyDay, { nil: undefined }),
  booksFrom: anyDayOrNone,
  historyFrom: anyDayOrNone,
  openBills: fc.array(
    fc.record({
      ref: fc.constantFrom(...refs, ' ', ' A|B'),
      billDay: anyDay,
      dueDay: anyDay,
      balancePaise: anyPaise,
    }),
    { maxLength: 5 },
  ),
  openingBills: fc.array(
    fc.record({
      ref: fc.constantFrom(...refs),
      billDay: anyDayOrNone,
      dueDay: anyDayOrNone,
      isAdvance: fc.boolean(),
      amountPaise: anyPaise,
    }),
    { maxLength: 3 },
  ),
  lines: fc
    .array(
      fc.record({
        voucher: fc.nat(9),
        line: fc.nat(2),
        type: fc.constantFrom('new', 'against', 'advance', 'on-account'),
        ref: anyRef,
        billDay: anyDayOrNone,
        dueDay: anyDayOrNone,
        amountPaise: fc.oneof(anyPaise, fc.constant(paise(0))),
      }),
      { maxLength: 16 },
    )
    .chain((rows) =>
      fc.array(fc.record({ day: anyDay, kind: anyKind }), { minLength: 10, maxLength: 10 }).map((vouchers) =>
        rows.map(({ voucher, ...row }, position) => ({
          ...row,
          voucherGuid: `co-0000000${voucher}`,
          day: vouchers[voucher]?.day ?? BOOKS,
          kind: vouchers[voucher]?.kind ?? 'journal',
          number: `V${voucher}`,
          narration: null,
          position,
        })),
      ),
    ),
});
