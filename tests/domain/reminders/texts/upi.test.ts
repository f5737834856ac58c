import { paise } from '#domain/money.ts';
import { isVpa, upiLink, upiNote, type UpiWish } from '#domain/reminders/upi.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const wish: UpiWish = {
  vpa: 'gupta.steel@okhdfc',
  name: 'Gupta & Sons / Steel',
  amountPaise: paise(12_500_05),
  currency: 'INR',
  note: 'INV/12 #3 & more',
  reference: null,
  merchantCode: null,
};

describe('a UPI link', () => {
  it('has the amount with two decimals, spaces as %20, and no & # or / in its texts', () => {
    expect(upiLink(wish)).toEqual({
      ok: true,
      value:
        'upi://pay?pa=gupta.steel@okhdfc&pn=Gupta%20and%20Sons%20-%20Steel&am=12500.05&cu=INR&tn=INV-12%203%20and%20more',
    });
  });

  it('names a reference and a category for merchants only', () => {
    const asked = { ...wish, reference: 'INV/12-3', note: '' };
    expect(upiLink(asked)).toMatchObject({ value: expect.not.stringContaining('tr=') as string });
    expect(upiLink({ ...asked, merchantCode: '5051' })).toMatchObject({
      value: expect.stringMatching(/&cu=INR&tr=INV123&mc=5051$/u) as string,
    });
  });

  it('leaves the amount to the payer where none is given', () => {
    expect(upiLink({ ...wish, amountPaise: null })).toMatchObject({
      value: expect.not.stringContaining('am=') as string,
    });
  });

  it.each([
    [{ currency: 'USD' }, 'upi-currency'],
    [{ vpa: 'gupta' }, 'upi-vpa'],
    [{ vpa: 'gupta steel@ok' }, 'upi-vpa'],
    [{ vpa: 'gupta@ok&am=1' }, 'upi-vpa'],
    [{ name: ' # ' }, 'upi-name'],
    [{ amountPaise: paise(0) }, 'upi-amount'],
    [{ amountPaise: paise(-5) }, 'upi-amount'],
    [{ merchantCode: '0000' }, 'upi-merchant-code'],
    [{ merchantCode: '51' }, 'upi-merchant-code'],
  ])('is refused for %j', (over, code) => {
    expect(upiLink({ ...wish, ...over })).toMatchObject({ ok: false, refusal: { code } });
  });

  it.each([
    ['a@b', false],
    ['ab@upi', true],
    ['98765.43210-1_x@ybl', true],
    ['@upi', false],
    ['ab@', false],
    ['ab@1', false],
  ])('takes %j as an address: %s', (vpa, isGood) => {
    expect(isVpa(vpa)).toBe(isGood);
  });

  it('can be read back by any URL reader, whatever the names', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (name, note) => {
          const made = upiLink({ ...wish, name, note });
          fc.pre(made.ok);
          const query = new URLSearchParams(made.ok ? made.value.split('?')[1] : '');
          expect([...query.keys()].filter((key) => key !== 'tn')).toEqual(['pa', 'pn', 'am', 'cu']);
          expect((query.get('tn') ?? '').length).toBeLessThanOrEqual(50);
          expect(`${query.get('pn')}${query.get('tn') ?? ''}`).not.toMatch(/[&#/]/u);
        },
      ),
    );
  });
});

describe('the note of a payment', () => {
  it.each([
    [['INV/12'], 'Gupta Steel', 'INV-12 Gupta Steel'],
    [['A1', 'A2'], 'Gupta Steel', 'A1 A2 Gupta Steel'],
    [[], 'Gupta & Co', 'Gupta and Co'],
    [
      Array.from({ length: 20 }, (_, at) => `INV-00${at}`),
      'Gupta Steel',
      'INV-000 INV-001 INV-002 INV-003 INV-004 INV-005',
    ],
  ])('of %j begins with the bill', (numbers, name, note) => {
    expect(upiNote(numbers, name)).toBe(note);
  });
});
