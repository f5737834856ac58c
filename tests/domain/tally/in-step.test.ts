import { day } from '#domain/days.ts';
import { decide, expectedRows, isRenamed, isUnmoved, sameCompany } from '#domain/tally/in-step.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const asOf = day('2026-11-22');
const company = {
  guid: 'f00d',
  companyNumber: '100001',
  name: 'Test P Ltd',
  booksFrom: day('2025-04-01'),
  masterCounter: 40,
  voucherCounter: 90,
};
const look = (
  seen: Partial<typeof company> | { voucherCounter: null } | { masterCounter: null },
  today = asOf,
) => decide({ stored: company, seen: { ...company, ...seen }, asOf, today });

it('has nothing to do where no counter moved, and reads the bills again when a day has begun', () => {
  expect(look({})).toEqual({ kind: 'nothing' });
  expect(look({ name: 'Test Private Limited' })).toEqual({ kind: 'nothing' });
  expect(look({}, day('2026-11-23'))).toEqual({ kind: 'bills-only' });
});

it('reads what changed: masters, vouchers, or both', () => {
  expect(look({ masterCounter: 41 })).toEqual({ kind: 'changes', masters: true, vouchers: false });
  expect(look({ voucherCounter: 91 })).toEqual({ kind: 'changes', masters: false, vouchers: true });
  expect(look({ masterCounter: 50, voucherCounter: 91 }, day('2026-11-23'))).toEqual({
    kind: 'changes',
    masters: true,
    vouchers: true,
  });
});

it('reads everything anew after a counter fell, even where the other rose', () => {
  const restored = { kind: 'full', why: 'restored' };
  expect(look({ masterCounter: 39 })).toEqual(restored);
  expect(look({ masterCounter: 400, voucherCounter: 89 })).toEqual(restored);
  // A company that had vouchers and has none: a backup of its first day.
  expect(look({ voucherCounter: null })).toEqual(restored);
  expect(look({ masterCounter: null })).toEqual(restored);
});

it('does not take a split copy, another number or another guid for the same company', () => {
  const other = { kind: 'full', why: 'other-company' };
  expect(look({ booksFrom: day('2026-04-01') })).toEqual(other);
  expect(look({ companyNumber: '100002' })).toEqual(other);
  expect(look({ guid: 'beef', masterCounter: 99 })).toEqual(other);
});

it('reads everything the first time, and cannot trust a Tally that names no counters', () => {
  const none = { ...company, masterCounter: null, voucherCounter: null };
  expect(decide({ stored: none, seen: company, asOf: null, today: asOf })).toEqual({
    kind: 'full',
    why: 'first',
  });
  const blind = decide({ stored: none, seen: none, asOf, today: asOf });
  expect(blind).toEqual({ kind: 'changes', masters: true, vouchers: true });
  const fresh = { ...company, voucherCounter: null };
  expect(decide({ stored: fresh, seen: fresh, asOf, today: asOf })).toEqual({ kind: 'nothing' });
  const begun = decide({ stored: fresh, seen: company, asOf, today: asOf });
  expect(begun).toEqual({ kind: 'changes', masters: false, vouchers: true });
});

it('never finds nothing to do when something was entered, and never misses a fall', () => {
  const counter = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(counter, counter, counter, counter, (m1, v1, m2, v2) => {
      const stored = { ...company, masterCounter: m1, voucherCounter: v1 };
      const seen = { ...company, masterCounter: m2, voucherCounter: v2 };
      const step = decide({ stored, seen, asOf, today: asOf });
      if (m2 < m1 || v2 < v1) expect(step).toEqual({ kind: 'full', why: 'restored' });
      else expect(step.kind).toBe(m2 === m1 && v2 === v1 ? 'nothing' : 'changes');
      expect(isUnmoved(stored, seen)).toBe(m1 === m2 && v1 === v2);
    }),
  );
});

it('looks for deletions whenever one may have happened, whatever else was done meanwhile', () => {
  // What Tally counts: creating, altering and cancelling move by one, deleting and making optional by two.
  const anyDeed = fc.record({ of: fc.nat(6), deed: fc.constantFrom('alter', 'optional', 'delete') });
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 12 }), fc.integer({ min: 0, max: 1e6 }), (deeds, before) => {
      let counter = before;
      const changed = new Set<number>();
      const gone = new Set<number>();
      for (const { of, deed } of deeds) {
        if (gone.has(of)) continue;
        counter += deed === 'alter' ? 1 : 2;
        changed.add(of);
        if (deed === 'delete') gone.add(of);
      }
      const rows = [...changed].filter((one) => !gone.has(one)).length;
      const { movedBy, unexplained, mustLook } = expectedRows(before, counter, rows);
      expect(movedBy).toBe(counter - before);
      if (gone.size > 0) expect(mustLook).toBe(true);
      expect(unexplained).toBeGreaterThanOrEqual(2 * gone.size);
      if (counter - before === rows) expect(mustLook).toBe(false);
    }),
  );
  expect(expectedRows(null, 3, 3).mustLook).toBe(false);
  expect(expectedRows(5, null, 0)).toEqual({ movedBy: -5, unexplained: 0, mustLook: false });
});

it('knows a company that only changed its name, and one whose number a file does not say', () => {
  expect(isRenamed(company, { ...company, name: 'New Name' })).toBe(true);
  expect(isRenamed(company, company)).toBe(false);
  expect(isRenamed(company, { ...company, guid: 'beef', name: 'New Name' })).toBe(false);
  expect(sameCompany(company, { ...company, guid: 'F00D', companyNumber: null, booksFrom: null })).toBe(true);
});
