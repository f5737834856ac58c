import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkGstin, checkPan, panOfGstin } from '#domain/gstin.ts';
import { describe, expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../../shared/data/india');
type Vector = { readonly gstin: string; readonly expect_valid: boolean | null; readonly category?: string };
type PanVector = { readonly pan: string; readonly expect_valid: boolean };

function listOf<T>(
  name: string,
  of: (parsed: { readonly vectors: readonly T[] } & readonly T[]) => readonly T[],
): readonly T[] {
  const file = path.join(FOLDER, name);
  return existsSync(file) ? of(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

describe('a GSTIN', () => {
  it.each([
    '27AAPFU0939F1ZV',
    '24AUTPV8831F1ZZ',
    '29AABCR1718E1ZL',
    '05AAACG2115R1ZN',
    '01AAAAP1208Q1ZS',
    '24AANFA2641L1ZF',
    '33AAAAR6720M1ZG',
  ])('takes %s, which the state has given out', (gstin) => {
    expect(checkGstin(gstin)).toEqual({ ok: true, value: gstin });
  });

  it.each([
    ['24AANFA2641L1ZK', 'F'],
    ['29AAFCA7488L1Z0', 'W'],
    ['16DEFPS8555D1Z7', '6'],
    ['01AABCE2207R1Z5', 'V'],
  ])('names the right check digit of %s', (gstin, right) => {
    const checked = checkGstin(gstin);
    expect(checked).toMatchObject({ ok: false, refusal: { code: 'gstin-check', values: { right } } });
  });

  it('knows no state 88', () => {
    expect(checkGstin('88AAACD8017H1ZX')).toMatchObject({ refusal: { code: 'gstin-state' } });
  });

  it('is read through blanks and small letters', () => {
    expect(checkGstin(' 27 aapfu0939f1zv ')).toEqual({ ok: true, value: '27AAPFU0939F1ZV' });
  });

  it('may have another type than Z at the fourteenth place', () => {
    // An input service distributor and a registration that deducts at source bear other letters there.
    expect(checkGstin('29AABCF8078M2ZW').ok).toBe(true);
    expect(checkGstin('27AAPFU0939F1ZV'.replace('1ZV', '1DV'))).toMatchObject({
      refusal: { code: 'gstin-check' },
    });
  });

  it('is told from other text', () => {
    expect(checkGstin('URP')).toMatchObject({ refusal: { code: 'gstin-form' } });
    expect(checkGstin('')).toMatchObject({ refusal: { code: 'gstin-form' } });
  });

  it('holds the PAN', () => {
    expect(panOfGstin('27AAPFU0939F1ZV')).toBe('AAPFU0939F');
  });
});

const gstins = listOf<Vector>('gstin_vectors.json', (parsed) => parsed).filter(
  // Null: the collector of the vectors did not know.
  (one) => one.expect_valid !== null,
);
describe.skipIf(gstins.length === 0)(
  'the GSTINs of other programs (skipped where ../shared is absent)',
  () => {
    it.each(gstins)('$gstin of $category is judged as they judge it', ({ gstin, expect_valid: isValid }) => {
      expect(checkGstin(gstin).ok).toBe(isValid);
    });
  },
);

const pans = listOf<PanVector>('pan_vectors.json', (parsed) => parsed.vectors);
describe.skipIf(pans.length === 0)('the PANs of other programs (skipped where ../shared is absent)', () => {
  it.each(pans)('$pan is judged as they judge it', ({ pan, expect_valid: isValid }) => {
    expect(checkPan(pan).ok).toBe(isValid);
  });
});
