import { expect, it } from 'vitest';
import { factsVersion, rulesVersion } from '#engine/storage/facts-version.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import { putReminderSetting } from '#engine/storage/reminder-settings.ts';
import { putSuppression } from '#engine/storage/suppressions.ts';
import { aBill, aCustomer, fileOf, moneyIn } from '#tests/builders/facts.ts';
import { tempBook } from '#tests/builders/temp-engine.ts';

it.each<[string, (tx: WriteTx) => unknown]>([
  ['a receipt was entered', (tx) => moneyIn(tx, 1, { amount: 5, day: '2026-01-03' })],
  ['a bill was changed', ({ sqlite }) => sqlite.exec('update bills set amount_paise = amount_paise + 1')],
  ['an allocation was taken out', ({ sqlite }) => sqlite.exec('delete from allocations')],
  [
    'a customer is not to be chased',
    ({ sqlite }) => sqlite.exec(`update customers set do_not_chase_reason = 'asked'`),
  ],
  [
    'an address was struck out',
    (tx) =>
      putSuppression(tx, { channel: 'sms', address: '+91', reason: 'invalid', detail: null, createdAt: 0 }),
  ],
  ['the policy was changed', (tx) => putReminderSetting(tx, 'policy', { perDayMost: 1 })],
])('facts are read again once %s', async (_what, write) => {
  const db = fileOf(await tempBook());
  db.write((tx) => {
    const billId = aBill(tx, aCustomer(tx), { amount: 10, billDay: '2026-01-01' });
    moneyIn(tx, 1, { amount: 10, day: '2026-01-02', allocated: new Map([[billId, 5]]) });
  });
  const before = db.read(factsVersion);
  expect(db.read(factsVersion)).toBe(before);
  db.write(write);
  expect(db.read(factsVersion)).not.toBe(before);
});

it('facts hold while nothing moves but settings that are none of theirs, and after a write that is taken back', async () => {
  const db = fileOf(await tempBook());
  const before = { facts: db.read(factsVersion), rules: db.read(rulesVersion) };
  db.write((tx) => putReminderSetting(tx, 'roundAt', 5));
  expect(() =>
    db.write((tx) => {
      putReminderSetting(tx, 'policy', {});
      throw new Error('taken back');
    }),
  ).toThrow('taken back');
  expect({ facts: db.read(factsVersion), rules: db.read(rulesVersion) }).toEqual(before);
});
