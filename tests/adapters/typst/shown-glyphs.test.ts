import { readShown } from '#engine/adapters/typst/shown-glyphs.ts';
import { expect, it } from 'vitest';

const codes = (shows: string): readonly number[] | undefined => readShown(shows)?.map(({ code }) => code);

it('reads the codes of strings of either kind, with marks, pairs of parentheses and numbers between', () => {
  expect(codes('(\\000\\001\\000A) Tj')).toEqual([1, 65]);
  expect(codes('[(\\000(\\000)) 20 <00A10102>] TJ')).toEqual([40, 41, 161, 258]);
  expect(codes('[(\\000\\)\\000\\\\\\000\\n)] TJ')).toEqual([41, 92, 10]);
  expect(readShown('[-3.5 (\\000a) 20 7 (\\000b)] TJ')).toEqual([
    { moved: '-3.5 ', code: 97 },
    { moved: '20 7 ', code: 98 },
  ]);
});

it('says so where it meets what it does not know', () => {
  expect(readShown('[(\\000a) /Name] TJ')).toBeNull();
  expect(readShown('(\\000) Tj')).toBeNull();
  expect(readShown('(\\000a Tj')).toBeNull();
});
