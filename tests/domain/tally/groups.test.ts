import { paise } from '#domain/money.ts';
import type { TallyGroup } from '#domain/tally/facts.ts';
import {
  DEBTORS,
  groupPathOf,
  groupTree,
  isCustomer,
  isUnder,
  owingNames,
  tallyNameKey,
} from '#domain/tally/groups.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

function group(name: string, parent: string | null, reservedName: string | null = null): TallyGroup {
  return { guid: name, alterId: 1, name, parent, reservedName };
}

const tree = groupTree([
  group('Current Assets', null, 'Current Assets'),
  group('Grahak', 'Current Assets', 'Sundry Debtors'),
  group('Grahak North', 'grahak'),
  group('Delhi', 'GRAHAK-NORTH'),
  group('Sundry Creditors', null, 'Sundry Creditors'),
  group('Other Creditors', 'Sundry Creditors'),
  group('Staff', 'Loans & Advances'),
]);

const ledger = (parent: string | null, closing: number | null, isBillWise = true) => ({
  name: 'Asha & Sons',
  parent,
  isBillWise,
  closingPaise: closing === null ? null : paise(closing),
});
const nobody = { tree, scope: 'debtors', owing: new Set<string>() } as const;
const wide = { ...nobody, scope: 'bill-wise' } as const;

it('finds a debtor through groups of the user’s own, whatever he calls Sundry Debtors', () => {
  expect(isCustomer(nobody, ledger('Delhi', null))).toBe(true);
  expect(isCustomer(nobody, ledger('delhi ', 0, false))).toBe(true);
  expect(isCustomer(nobody, ledger('Other Creditors', 500))).toBe(false);
  expect(isCustomer(nobody, ledger(null, 500))).toBe(false);
  expect(groupPathOf(tree, ledger('Delhi', 0))).toEqual([
    'Current Assets',
    'Grahak',
    'Grahak North',
    'Delhi',
  ]);
});

it('does not take a group for Sundry Debtors that only bears its name', () => {
  const own = groupTree([group('Sundry Debtors', null), group('Debtors', null, 'Sundry Debtors')]);
  expect(isUnder(own, 'Sundry Debtors', DEBTORS)).toBe(false);
  expect(isUnder(own, 'Debtors', DEBTORS)).toBe(true);
});

it('takes bill-wise ledgers elsewhere only where they owe, and suppliers only where they owe on the whole', () => {
  expect(isCustomer(wide, ledger('Staff', 100))).toBe(true);
  expect(isCustomer(wide, ledger('Staff', 100, false))).toBe(false);
  expect(isCustomer(wide, ledger('Staff', -100))).toBe(false);
  expect(isCustomer(wide, ledger('Staff', null))).toBe(false);
  const owing = owingNames([
    { party: 'ASHA & SONS', balancePaise: 5 },
    { party: 'Other', balancePaise: -5 },
  ]);
  expect(isCustomer({ ...wide, owing }, ledger('Staff', -100))).toBe(true);
  expect(isCustomer({ ...wide, owing }, ledger('Other Creditors', -100))).toBe(false);
  expect(isCustomer({ ...wide, owing }, ledger('Other Creditors', 100))).toBe(true);
  expect([...owing]).toEqual(['asha&sons']);
});

it('survives circles, missing parents and groups without any', () => {
  const circle = groupTree([group('A', 'B'), group('B', 'A'), group('C', 'Nowhere')]);
  expect(isUnder(circle, 'A', DEBTORS)).toBe(false);
  expect(groupPathOf(circle, { parent: 'A' })).toEqual(['B', 'A']);
  expect(groupPathOf(circle, { parent: 'C' })).toEqual(['C']);
  expect(groupPathOf(circle, { parent: 'Gone' })).toEqual(['Gone']);
  expect(groupPathOf(circle, { parent: null })).toEqual([]);
});

it('compares names as Tally does: no case, no spaces, no hyphens; all else counts', () => {
  expect(tallyNameKey(' Rama-Traders  (North) ')).toBe(tallyNameKey('ramatraders(NORTH)'));
  expect(tallyNameKey('A & B')).not.toBe(tallyNameKey('A B'));
  expect(tallyNameKey('-')).toBe('-');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(tallyNameKey(tallyNameKey(name))).toBe(tallyNameKey(name));
      expect(tallyNameKey(`${name} -`).replace(/[\s-]/gu, '')).toBe(
        tallyNameKey(name).replace(/[\s-]/gu, ''),
      );
    }),
  );
});

it('walks any tree of groups to an end', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const any = fc.array(fc.tuple(name, fc.option(name, { nil: null }), fc.boolean()));
  fc.assert(
    fc.property(any, name, (rows, parent) => {
      const made = groupTree(
        rows.map(([own, above, isReserved]) => group(own, above, isReserved ? DEBTORS : null)),
      );
      const path = groupPathOf(made, { parent });
      expect(new Set(path).size).toBe(path.length);
      expect(path.at(-1)).toBe(parent);
      const isReserved = path.some((one) => made.get(one)?.reservedName === DEBTORS);
      expect(isUnder(made, parent, DEBTORS)).toBe(isReserved);
    }),
  );
});
