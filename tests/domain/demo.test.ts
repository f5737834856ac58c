import { demoCustomers } from '#domain/demo.ts';
import { day } from '#domain/days.ts';
import { checkGstin, panOfGstin } from '#domain/gstin.ts';
import { expect, it } from 'vitest';

it('gives the demo’s customers GSTINs of a series that is nobody’s, companies and persons, and one in twelve none', () => {
  const all = [...demoCustomers(60, day('2026-11-22'))].map(({ gstin }) => gstin);
  const numbers = all.filter((gstin) => gstin !== null);
  expect([all.length - numbers.length, new Set(numbers).size]).toEqual([5, 55]);
  for (const gstin of numbers) {
    expect(checkGstin(gstin)).toEqual({ ok: true, value: gstin });
    expect(panOfGstin(gstin)).toMatch(/^ZZ[A-Z][CFP]/);
  }
  expect(new Set(numbers.map((gstin) => gstin[5]))).toEqual(new Set(['C', 'F', 'P']));
});
