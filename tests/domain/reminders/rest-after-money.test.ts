import { expect, it } from 'vitest';
import { restsFromDay } from '#domain/reminders/rest-after-money.ts';
import { at } from '#tests/builders/plan-facts.ts';

const DAY_MS = 86_400_000;
const NOON = 100 * DAY_MS;

it.each([
  ['of today, entered today', 0, 0, null, 0],
  ['of last week, entered today', -7, 0, null, 0],
  ['older than a week when it is entered', -8, 0, null, -8],
  ['of last month, entered today', -30, 0, null, -30],
  ['of tomorrow, entered today', 1, 0, null, 1],
  ['that the first file brought', -2, 0, NOON, -2],
  ['that the first file brought a while before', -2, 0, NOON - DAY_MS + 1, -2],
  ['that a file brought a day after the first', -2, 0, NOON - DAY_MS, 0],
  ['of last month that a later file brought', -30, 0, NOON - 9 * DAY_MS, -30],
] as const)('lets a receipt %s rest from the right day', (_, receiptDay, enteredDay, sourceSince, from) => {
  const known = { receiptDay: at(receiptDay), enteredDay: at(enteredDay), enteredAt: NOON, sourceSince };
  expect(restsFromDay(known)).toBe(at(from));
});
