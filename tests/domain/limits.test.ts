import { limitUse } from '#domain/limits.ts';
import { paise } from '#domain/money.ts';
import { expect, it } from 'vitest';

it.each([
  ['own and insured together (F4)', 100, 50, 150, { usablePaise: 150, usedPaise: 150, isOver: false }],
  ['a paisa more than both', 100, 50, 151, { usablePaise: 150, usedPaise: 151, isOver: true }],
  ['own alone', 100, null, 120, { usablePaise: 100, usedPaise: 120, isOver: true }],
  ['insured alone', null, 50, 20, { usablePaise: 50, usedPaise: 20, isOver: false }],
  ['a limit of nought', 0, null, 1, { usablePaise: 0, usedPaise: 1, isOver: true }],
  ['more credits than bills', 100, null, -30, { usablePaise: 100, usedPaise: 0, isOver: false }],
  ['no limit at all', null, null, 1_000_000, null],
])('counts %s', (_what, own, insured, outstanding, expected) => {
  const limit = {
    creditLimitPaise: own === null ? null : paise(own),
    insuredLimitPaise: insured === null ? null : paise(insured),
  };
  expect(limitUse(limit, paise(outstanding))).toEqual(expected);
});
