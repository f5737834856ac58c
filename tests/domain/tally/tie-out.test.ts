import { differenceCauses } from '#contract/engine/sync-words.ts';
import { addDays, day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { deriveParty, refOfBill } from '#domain/tally/derive.ts';
import type { DifferenceCause, PartyHints } from '#domain/tally/difference-causes.ts';
import { tieOutParty, tieOutTotals, type BaakiParty, type TallyParty } from '#domain/tally/tie-out.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyModel, anyOffset, dayAt, factsOf } from './any-party.ts';

const noHints: PartyHints = {
  optionalPaise: paise(0),
  postDatedPaise: paise(0),
  enteredHerePaise: paise(0),
  enteredHereRefs: new Set(),
  appliedHereRefs: new Set(),
  adjustedRefs: new Set(),
  adjustedPaise: paise(0),
  isHistoryMissing: false,
  isChangedWhileRead: false,
};
const D = day('2026-06-01');
const tally: TallyParty = {
  closingPaise: paise(1000),
  isBillWise: true,
  bills: [
    { ref: 'A', billDay: D, dueDay: addDays(D, 30), balancePaise: paise(900) },
    { ref: 'B', billDay: D, dueDay: D, balancePaise: paise(300) },
    { ref: 'ADV', billDay: D, dueDay: D, balancePaise: paise(-250) },
  ],
  openingPaise: null,
  openingBillsPaise: paise(0),
};
const baaki: BaakiParty = {
  outstandingPaise: paise(1000),
  bills: [
    { billId: 1, ref: 'A', openPaise: paise(900), billDay: D, dueDay: addDays(D, 30) },
    { billId: 2, ref: 'B', openPaise: paise(300), billDay: D, dueDay: D },
    { billId: 3, ref: null, openPaise: paise(50), billDay: D, dueDay: D },
  ],
};
const causesOf = (hints: Partial<PartyHints>, outstanding = 1100): readonly DifferenceCause[] =>
  tieOutParty(tally, { ...baaki, outstandingPaise: paise(outstanding) }, { ...noHints, ...hints }).causes;

it('has the same closed words as the contract', () => {
  const words: readonly DifferenceCause[] = differenceCauses;
  const back: readonly (typeof differenceCauses)[number][] = words;
  expect(new Set(back).size).toBe(11);
});

it('ties out a party whose bills, money and rest on account agree', () => {
  const tied = tieOutParty(tally, baaki, noHints);
  expect(tied).toMatchObject({
    billsPaise: 950,
    onAccountPaise: 50,
    differencePaise: 0,
    tiesOut: true,
    causes: [],
  });
  expect(tied.bills.map((bill) => [bill.ref, bill.isDiffering])).toEqual([
    ['A', false],
    ['B', false],
  ]);
  expect(tied.onAccountCauses).toEqual(['on-account']);
});

it.each([
  ['the open amount', { openPaise: paise(899) }, true],
  ['the due day', { dueDay: addDays(D, 31) }, true],
  ['an earlier bill day', { billDay: addDays(D, -1) }, true],
  // A bill that was opened again by a bounced cheque counts from that day.
  ['a later bill day', { billDay: addDays(D, 9) }, false],
])('looks at %s of every bill', (_, change, isDiffering) => {
  const [first, ...rest] = baaki.bills;
  if (first === undefined) throw new Error('No bill.');
  const tied = tieOutParty(tally, { ...baaki, bills: [{ ...first, ...change }, ...rest] }, noHints);
  expect(tied.bills[0]?.isDiffering).toBe(isDiffering);
  expect(tied.differingBillCount).toBe(isDiffering ? 1 : 0);
  expect(tied.tiesOut).toBe(!isDiffering);
  expect(tied.causes).toEqual(isDiffering ? ['on-account'] : []);
});

it('shows a bill that only one side has, and says why', () => {
  const here = { billId: 9, ref: 'C', openPaise: paise(70), billDay: D, dueDay: D };
  const bills = [...baaki.bills.filter((bill) => bill.ref !== 'A'), here];
  const hints = { ...noHints, enteredHereRefs: new Set(['C']), appliedHereRefs: new Set(['A']) };
  const tied = tieOutParty(tally, { ...baaki, bills }, hints);
  const rows = tied.bills.map((bill) => [
    bill.ref,
    bill.tallyPaise,
    bill.baakiPaise,
    bill.billId,
    bill.causes,
  ]);
  expect(rows).toEqual([
    ['A', 900, 0, null, ['applied-here']],
    ['C', 0, 70, 9, ['entered-here']],
    ['B', 300, 300, 2, []],
  ]);
  expect(tied.bills[1]).toMatchObject({ tallyBillDay: null, baakiBillDay: D });
});

it('does not tie out where bills and the whole agree and what is on account does not', () => {
  const tied = tieOutParty(
    tally,
    { ...baaki, bills: baaki.bills.filter((bill) => bill.ref !== null) },
    noHints,
  );
  expect(tied).toMatchObject({ differencePaise: 0, differingBillCount: 0, tiesOut: false });
});

it('names first what explains the difference to the paisa, then what may, and else admits not to know', () => {
  const [hundred, five] = [paise(100), paise(5)];
  expect(causesOf({ optionalPaise: five, postDatedPaise: hundred })).toEqual([
    'post-dated-voucher',
    'optional-voucher',
    'on-account',
  ]);
  expect(causesOf({ enteredHerePaise: hundred, optionalPaise: hundred })[0]).toBe('entered-here');
  expect(
    causesOf({ isChangedWhileRead: true, isHistoryMissing: true, appliedHereRefs: new Set(['A']) }),
  ).toEqual(['changed-while-read', 'applied-here', 'history-missing', 'on-account']);
  expect(causesOf({}, 950)[0]).toBe('on-account');
  const bare = { ...tally, closingPaise: paise(950) };
  expect(tieOutParty(bare, { ...baaki, outstandingPaise: paise(1) }, noHints).causes).toEqual(['unknown']);
});

it('tells why a ledger holds more than its bills', () => {
  const why = (change: Partial<TallyParty>, hints: Partial<PartyHints> = {}) =>
    tieOutParty({ ...tally, ...change }, baaki, { ...noHints, ...hints }).onAccountCauses;
  expect(why({ closingPaise: paise(950) })).toEqual([]);
  expect(why({ isBillWise: false, bills: [] })).toEqual(['not-bill-wise']);
  expect(why({ openingPaise: paise(80), openingBillsPaise: paise(30) })).toEqual(['opening-without-bills']);
  expect(why({ openingPaise: paise(10) }, { adjustedRefs: new Set(['A']) })).toEqual([
    'on-account',
    'opening-without-bills',
    'forex-revaluation',
  ]);
});

it('ties out whatever was derived, whatever the books and the depth of history', () => {
  fc.assert(
    fc.property(anyModel, anyOffset, fc.option(anyOffset, { nil: null }), (model, asOfAt, from) => {
      const asOf = dayAt(asOfAt);
      const facts = factsOf(model, asOf, from === null ? null : dayAt(from));
      const { bills, receipts, credits, allocations } = deriveParty(facts);
      const used = allocations.filter((one) => one.allocationDay <= asOf);
      const sum = (rows: readonly { readonly amountPaise: number }[]) =>
        rows.reduce((all, row) => all + row.amountPaise, 0);
      const own = bills
        .filter((bill) => bill.billDay <= asOf)
        .map((bill) => ({
          billId: 1,
          ref: refOfBill(bill),
          openPaise: paise(bill.amountPaise - sum(used.filter((one) => one.billKey === bill.sourceKey))),
          billDay: bill.billDay,
          dueDay: bill.dueDay,
        }))
        .filter((bill) => bill.openPaise > 0);
      const money =
        sum(receipts.filter((one) => one.receiptDay <= asOf)) +
        sum(credits.filter((one) => one.creditDay <= asOf));
      const outstandingPaise = paise(
        own.reduce((all, bill) => all + bill.openPaise, 0) - (money - sum(used)),
      );
      const there = {
        closingPaise: facts.closingPaise,
        isBillWise: true,
        bills: facts.openBills,
        openingPaise: null,
        openingBillsPaise: paise(0),
      };
      const tied = tieOutParty(there, { outstandingPaise, bills: own }, noHints);
      expect(tied).toMatchObject({ differencePaise: 0, differingBillCount: 0, tiesOut: true, causes: [] });
      expect(tied.billsPaise + tied.onAccountPaise).toBe(tied.tallyPaise);
    }),
    { numRuns: 800 },
  );
});

it('adds parties up', () => {
  const tied = tieOutParty(tally, baaki, noHints);
  const off = tieOutParty(tally, { ...baaki, outstandingPaise: paise(1100) }, noHints);
  expect(tieOutTotals([tied, off])).toEqual({
    tallyPaise: 2000,
    billsPaise: 1900,
    onAccountPaise: 100,
    baakiPaise: 2100,
    differencePaise: 100,
    partyCount: 2,
    differingCount: 1,
    billCount: 4,
  });
  expect(tieOutTotals([]).partyCount).toBe(0);
});
