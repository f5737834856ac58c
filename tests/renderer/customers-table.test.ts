// What the customers table shows: filters, search, groups and kept views, as plain functions of rows.
import type { CustomerRow } from '#contract/engine/customers.ts';
import { paise } from '#domain/money.ts';
import { filterOf, finderOf, NO_FILTER } from '#features/customers/customer-filters.ts';
import { groupingOf } from '#features/customers/customer-groups.ts';
import { DEFAULT_VIEW, readView, viewText } from '#features/customers/customer-view.ts';
import { describe, expect, it } from 'vitest';

function rowOf(given: Partial<CustomerRow>): CustomerRow {
  return {
    customerId: 1,
    name: 'Sharma Traders',
    code: null,
    phone: null,
    email: null,
    gstin: null,
    salesperson: null,
    groupPath: null,
    creditDays: null,
    creditLimitPaise: null,
    insuredLimitPaise: null,
    onLimit: null,
    pan: null,
    address: null,
    territory: null,
    language: null,
    parentId: null,
    doNotChaseReason: null,
    outstandingPaise: paise(0),
    overduePaise: paise(0),
    unallocatedPaise: paise(0),
    postDatedPaise: paise(0),
    buckets: [0, 0, 0, 0, 0, 0].map(paise),
    openBillCount: 0,
    overdueBillCount: 0,
    oldestDays: 0,
    lastReceiptDay: null,
    parentName: null,
    tags: [],
    averageDaysLateTenths: null,
    ...given,
  };
}

const namesOf = (rows: readonly CustomerRow[]): readonly string[] => rows.map(({ name }) => name);

describe('the search', () => {
  const rows = [
    rowOf({ customerId: 1, name: 'Sharma Traders', phone: '+91 98765 43210', gstin: '27AAPFU0939F1ZV' }),
    rowOf({ customerId: 2, name: 'शर्मा ट्रेडर्स', code: 'C-17', salesperson: 'Anita' }),
    rowOf({ customerId: 3, name: 'Sharma & Sons', tags: ['wholesale'] }),
  ];
  const { find, prepare } = finderOf(rows);
  const found = (text: string): readonly string[] => namesOf(find(text) ?? rows);

  it('takes every word of it, in any part of the row', () => {
    expect(found('sharma')).toEqual(['Sharma Traders', 'Sharma & Sons']);
    expect(found('sons SHARMA')).toEqual(['Sharma & Sons']);
    expect(found('anita c-17')).toEqual(['शर्मा ट्रेडर्स']);
    expect(found('wholesale')).toEqual(['Sharma & Sons']);
    expect(found('शर्मा')).toEqual(['शर्मा ट्रेडर्स']);
  });

  it('finds a phone as it is dialled and a GSTIN by its middle', () => {
    expect(found('9876543210')).toEqual(['Sharma Traders']);
    expect(found('pfu0939')).toEqual(['Sharma Traders']);
  });

  it('leaves all in while nothing is typed', () => {
    expect(find('  ')).toBeUndefined();
  });

  it('never finds a text that runs from one customer into the next', () => {
    const pair = [
      rowOf({ customerId: 4, name: 'Rao' }),
      rowOf({ customerId: 5, name: 'Iyer', tags: ['rao'] }),
    ];
    const next = finderOf(pair);
    expect(next.find('raoiyer')).toEqual([]);
    expect(next.find('rao iyer')).toEqual([pair[1]]);
    expect(next.find('o')).toEqual(pair);
  });

  it('makes ready in pieces, as long as there is time', () => {
    const many = finderOf(Array.from({ length: 500 }, (_, at) => rowOf({ name: `Rao ${at}` })));
    expect(many.prepare(() => false)).toBe(false);
    expect(many.prepare(() => true)).toBe(true);
    expect(many.find('rao 499')?.map(({ name }) => name)).toEqual(['Rao 499']);
    expect(prepare(() => true)).toBe(true);
  });
});

describe('a filter', () => {
  const over = rowOf({ name: 'Over', creditLimitPaise: paise(100), outstandingPaise: paise(101) });
  const insured = rowOf({ ...over, name: 'Insured', insuredLimitPaise: paise(50) });
  const late = rowOf({ name: 'Late', overduePaise: paise(5), oldestDays: 91, buckets: [0, 0, 5].map(paise) });
  const quiet = rowOf({ name: 'Quiet', doNotChaseReason: 'Family', territory: 'Pune', tags: ['a', 'b'] });
  const rows = [over, insured, late, quiet];

  it('knows who is over the limit, own and insured together', () => {
    expect(namesOf(rows.filter(filterOf({ ...NO_FILTER, show: 'over-limit' })))).toEqual(['Over']);
  });

  it('puts its parts together with and, and the words of one list with or', () => {
    expect(namesOf(rows.filter(filterOf({ ...NO_FILTER, tags: ['b', 'c'] })))).toEqual(['Quiet']);
    expect(namesOf(rows.filter(filterOf({ ...NO_FILTER, bucket: 2, show: 'ninety' })))).toEqual(['Late']);
    expect(rows.filter(filterOf({ ...NO_FILTER, bucket: 2, territories: ['Pune'] }))).toEqual([]);
  });
});

describe('groups', () => {
  const words = (key: string): string => key;

  it('put a head office among those whom it pays for', () => {
    const office = rowOf({ customerId: 7, name: 'Office' });
    const shop = rowOf({ customerId: 8, name: 'Shop', parentId: 7, parentName: 'Office' });
    const alone = rowOf({ customerId: 9, name: 'Alone' });
    const grouping = groupingOf('payer', [office, shop, alone], words);
    expect([office, shop, alone].map((row) => grouping?.keysOf(row))).toEqual([['7'], ['7'], ['']]);
    expect(grouping?.labelOf('7')).toBe('Office');
  });

  it('put a customer with two tags under both, and one without under none', () => {
    const grouping = groupingOf('tag', [], words);
    expect(grouping?.keysOf(rowOf({ tags: ['a', 'b'] }))).toEqual(['a', 'b']);
    expect(grouping?.keysOf(rowOf({}))).toEqual(['']);
  });
});

describe('a kept view', () => {
  it('comes back as it was saved', () => {
    const view = {
      ...DEFAULT_VIEW,
      columns: ['name', 'tags', 'limit'] as const,
      groupBy: 'territory' as const,
      sort: { key: 'limit', direction: 'asc' as const },
      filter: { ...NO_FILTER, show: 'overdue' as const, bucket: 3, tags: ['a'] },
    };
    expect(readView(viewText(view))).toEqual(view);
  });

  it.each(['', 'null', '[]', '{"columns":["gone"],"sort":{"key":"gone"},"groupBy":"moon","filter":7}'])(
    'falls back to the one that one starts with where it is not understood: %s',
    (text) => {
      expect(readView(text)).toEqual(DEFAULT_VIEW);
    },
  );
});
