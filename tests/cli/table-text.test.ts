import { plainText, tableText } from '#cli/table-text.ts';
import { describe, expect, it } from 'vitest';

describe('tables in the terminal', () => {
  it('puts numbers under numbers, and totals under a rule', () => {
    const text = tableText({
      columns: [
        { heading: 'Customer', align: 'left' },
        { heading: 'Open', align: 'right' },
      ],
      rows: [
        ['Rao', '1,00,000.00'],
        ['A very long name', '5.00'],
      ],
      footer: ['2 customers', '1,00,005.00'],
    });
    expect(text.split('\n')).toEqual([
      'Customer                 Open',
      '────────────────  ───────────',
      'Rao               1,00,000.00',
      'A very long name         5.00',
      '────────────────  ───────────',
      '2 customers       1,00,005.00',
    ]);
  });

  it('counts the letters of a Hindi name as they are read', () => {
    const text = tableText({
      columns: [
        { heading: 'N', align: 'left' },
        { heading: 'x', align: 'left' },
      ],
      rows: [
        ['कि', '1'],
        ['k', '2'],
      ],
    });
    expect(text.split('\n').slice(2)).toEqual(['कि  1', 'k  2']);
  });

  it('lets no name command the terminal', () => {
    expect(plainText('Rao\u001b[2J\r\nSons\u009b')).toBe('Rao·[2J··Sons·');
  });
});
