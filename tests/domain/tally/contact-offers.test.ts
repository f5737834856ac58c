import { contactOffers } from '#domain/tally/contact-offers.ts';
import { isAadhaar, withoutPrivateNumbers } from '#domain/tally/private-numbers.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const offers = (
  addressLines: readonly string[],
  more: { phone?: string; mobile?: string; email?: string } = {},
) =>
  contactOffers({
    addressLines,
    phone: more.phone ?? null,
    mobile: more.mobile ?? null,
    email: more.email ?? null,
  });
const masked = (line: string): string => withoutPrivateNumbers([line])[0] ?? '';

// Passes the check and is given to nobody.
const AADHAAR = '234123412346';

it.each([
  ['Mob:9820012345', '+91 98200 12345'],
  ['M. 98200-12345', '+91 98200 12345'],
  ['Mob9820012345', '+91 98200 12345'],
  ['Opp. Station, Ph: 022-24012345', '+91 22 2401 2345'],
  ['Tel. (0265) 2345678 / 9820012345', '+91 265 234 5678'],
  ['9820012345/9820012346', '+91 98200 12345'],
  ['+91 98200 12345', '+91 98200 12345'],
  ['9820012345 400 001', '+91 98200 12345'],
  ['Bank Road, 98200 12345', '+91 98200 12345'],
  ['Shop 12, Plot 4; Cell 9820012345', '+91 98200 12345'],
])('finds the number in “%s”', (line, phone) => {
  expect(offers(['12, MG Road', line])).toEqual([{ field: 'phone', value: phone }]);
});

it.each([
  'Plot 123, Sector 45, Pune 411001',
  'GSTIN 27ABCDE1234F1Z5',
  'A/c No 9820012345',
  'HDFC Bank A/c: 50100123456789, IFSC HDFC0001234',
  `Aadhaar ${AADHAAR}`,
  '2341 2341 2346',
  'PAN ABCDE1234F',
  'Bank 1234567890123',
  '1234567890123',
  'Est. 01-04-1998 Lic 12345',
])('offers nothing of “%s”', (line) => {
  expect(offers([line])).toEqual([]);
});

it('offers an email, and each of both only while its own field is empty', () => {
  const lines = ['Accounts: Asha.Rao@Example.co.in, M 9820012345'];
  const email = { field: 'email', value: 'asha.rao@example.co.in' };
  const phone = { field: 'phone', value: '+91 98200 12345' };
  expect(offers(lines)).toEqual([phone, email]);
  expect(offers(lines, { phone: '022 24012345' })).toEqual([email]);
  expect(offers(lines, { mobile: '9820012345' })).toEqual([email]);
  expect(offers(lines, { email: 'a@b.in' })).toEqual([phone]);
});

it.each([
  ['PAN: ABCDE1234F', 'PAN: ••••'],
  ['pan abcde1234f', 'pan ••••'],
  [`Aadhaar No. ${AADHAAR}`, 'Aadhaar No. ••••'],
  ['2341 2341 2346, Pune', '••••, Pune'],
  ['A/c No: 123456789 IFSC SBIN0001234', 'A/c No: •••• IFSC ••••'],
  ['Bank 1234567890123', 'Bank ••••'],
  ['50100123456789', '••••'],
])('masks what is private in “%s”', (line, shown) => {
  expect(masked(line)).toBe(shown);
});

it.each([
  '12, MG Road, Mumbai 400001',
  'GSTIN 27ABCDE1234F1Z5',
  'Mob 98200 12345 / 022-24012345',
  'Bank Road, 98200 12345',
  // Twelve digits whose check digit is wrong.
  '234123412347',
])('leaves “%s” as it is', (line) => {
  expect(masked(line)).toBe(line);
});

it('checks Aadhaar numbers by Verhoeff: one wrong or two swapped digits are seen', () => {
  expect(isAadhaar(AADHAAR)).toBe(true);
  fc.assert(
    fc.property(fc.nat(10), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const digits = AADHAAR.split('');
      digits[place] = String((Number(digits[place]) + by) % 10);
      expect(isAadhaar(digits.join(''))).toBe(false);
      const swapped = AADHAAR.split('');
      [swapped[place], swapped[place + 1]] = [swapped[place + 1] ?? '', swapped[place] ?? ''];
      if (swapped[place] !== AADHAAR[place]) expect(isAadhaar(swapped.join(''))).toBe(false);
    }),
  );
});

it('never lets a PAN, an Aadhaar or an account through, wherever it stands', () => {
  const words = fc.array(fc.constantFrom('Road', 'Pune', '400001', 'Mob', 'No.', '12/3', '-'), {
    maxLength: 4,
  });
  const secret = fc.constantFrom('ABCDE1234F', AADHAAR, '2341 2341 2346', 'HDFC0001234', 'A/c 12345678901');
  fc.assert(
    fc.property(words, secret, words, (before, one, after) => {
      const line = [...before, one, ...after].join(', ');
      const shown = masked(line);
      expect(shown).not.toContain(one.replace('A/c ', ''));
      expect(shown).toContain('••••');
      for (const offer of offers([line])) expect(offer.field).not.toBe('phone');
    }),
  );
});
