import { billsOfGroup } from '#features/aging/bills-address.ts';
import { sharePercent, tenthsWords } from '#features/aging/figure-words.ts';
import { billsAddress, billsWishOf } from '#features/bills/bills-wish.ts';
import { boundFault, withBound, withoutBound } from '#features/settings/bounds.ts';
import { latePlace, lateColour } from '#kit/lateness.ts';
import { expect, it } from 'vitest';

const searchOf = (address: string): string => address.split('?')[1] ?? '';

it('reads a list of bills back from the address that it wrote', () => {
  const wishes = [
    {},
    { bucket: 12 },
    { part: 'over-90', by: 'bill' },
    { groupBy: 'salesperson', group: '' },
    { groupBy: 'group', group: 'North > Pune & Nashik = 1', bucket: 3, by: 'due' },
    { view: 'groups', groupBy: 'tag' },
  ] as const;
  for (const wish of wishes) {
    const all = { bucket: undefined, part: undefined, by: undefined, groupBy: undefined, group: undefined };
    expect(billsWishOf(searchOf(billsAddress(wish)))).toEqual({ ...all, view: 'bills', ...wish });
  }
});

it('takes an address that makes no sense as one for all bills', () => {
  expect(billsAddress(billsWishOf('bucket=13&part=late&by=moon&groupBy=colour&group=red&view=3'))).toBe(
    '/bills',
  );
});

it('leads from a group on the dashboard to exactly that group on the Bills screen', () => {
  const wish = billsWishOf(searchOf(billsOfGroup('salesperson', 'R & D + 1')));
  expect(wish).toMatchObject({ groupBy: 'salesperson', group: 'R & D + 1', view: 'bills' });
  expect(billsWishOf(searchOf(billsOfGroup('tag', ''))).group).toBe('');
});

it('gives each of up to 13 buckets a colour of its own, in one order', () => {
  for (let count = 2; count <= 13; count += 1) {
    const buckets = Array.from({ length: count }, (_, bucket) => bucket);
    const places = buckets.map((bucket) => latePlace(bucket, count));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(buckets.map((bucket) => lateColour(bucket, count))).size).toBe(count);
    expect(places[0]).toBe(0);
    expect(places.at(-1)).toBe(5);
  }
});

it('colours the usual six buckets with the six steps themselves', () => {
  expect([0, 1, 2, 3, 4, 5].map((bucket) => lateColour(bucket))).toEqual(
    [0, 1, 2, 3, 4, 5].map((step) => `var(--late-${step})`),
  );
});

it('writes tenths and shares with one digit and the true minus', () => {
  expect([423, 0, 5, -5, -123].map(tenthsWords)).toEqual(['42.3', '0.0', '0.5', '−0.5', '−12.3']);
  expect([10_000, 1234, 1235, 995, 0, -250].map(sharePercent)).toEqual([
    '100.0',
    '12.3',
    '12.4',
    '10.0',
    '0.0',
    '−2.5',
  ]);
});

it('keeps the ends of buckets ascending, whatever the order they were typed in', () => {
  expect(withBound([0, 30, 90], 60)).toEqual([0, 30, 60, 90]);
  expect(withoutBound([0, 30, 90], 30)).toEqual([0, 90]);
  expect(withoutBound([0, 30], 0)).toEqual([0, 30]);
});

it.each([
  [30, 'taken'],
  [0, 'not-whole'],
  [1.5, 'not-whole'],
  [10_000, 'too-large'],
  [45, undefined],
] as const)('says of %s days: %s', (days, fault) => {
  expect(boundFault([0, 30, 60], days)).toBe(fault);
});

it('allows no thirteenth bound', () => {
  const twelve = Array.from({ length: 12 }, (_, at) => at * 10);
  expect(boundFault(twelve, 500)).toBe('too-many');
});
