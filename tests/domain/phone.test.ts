import { readPhones, tidyPhone } from '#domain/phone.ts';
import { describe, expect, it } from 'vitest';

describe('telephone numbers', () => {
  it('several in one cell are told apart and written alike', () => {
    const read = readPhones('98765 43210 / 022-26543210, Mob: 09876543211; +1 212-555-2368');
    expect(read.phones).toEqual([
      '+91 98765 43210',
      '+91 22 2654 3210',
      '+91 98765 43211',
      '+1 212 555 2368',
    ]);
    expect(read.text).toBe('+91 98765 43210, +91 22 2654 3210, +91 98765 43211, +1 212 555 2368');
    expect(read.refusals).toEqual([]);
  });

  it.each([
    ['9876543210', '+91 98765 43210'],
    ['9876543210.0', '+91 98765 43210'],
    ['919876543210', '+91 98765 43210'],
    ['+91-98765-43210', '+91 98765 43210'],
    ['0 98765 43210', '+91 98765 43210'],
    ['(022) 2654 3210', '+91 22 2654 3210'],
    ['Ph. 080-26543210', '+91 80 2654 3210'],
    ['1800 123 4567', '+91 1800 123 4567'],
    ['+971 50 123 4567', '+971 50 123 4567'],
  ])('%s is %s', (text, tidy) => {
    expect(tidyPhone(text) ?? readPhones(text).text).toBe(tidy);
  });

  it('two writings of one number are one', () => {
    expect(readPhones('9876543210 / +91 98765 43210').phones).toEqual(['+91 98765 43210']);
  });

  it('9876543210/9876543211 are two', () => {
    expect(readPhones('9876543210/9876543211').phones).toEqual(['+91 98765 43210', '+91 98765 43211']);
  });

  it("a spreadsheet's 9.87654E+09 is dropped with a sentence", () => {
    const read = readPhones('9.87654E+09');
    expect(read).toMatchObject({
      text: null,
      refusals: [{ code: 'phone-lost', values: { text: '9.87654E+09' } }],
    });
    expect(read.refusals[0]?.sentence).toContain('9.87654E+09');
  });

  it('what is no number is kept as it was written, with a warning', () => {
    const read = readPhones('022-2345678, ask for Ramesh');
    expect(read.text).toBe('022-2345678, ask for Ramesh');
    expect(read.refusals.map(({ code }) => code)).toEqual(['phone-unreadable', 'phone-unreadable']);
  });

  it('a blank cell has none', () => {
    expect(readPhones('  ')).toEqual({ phones: [], text: null, refusals: [] });
  });
});
