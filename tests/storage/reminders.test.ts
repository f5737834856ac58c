import { describe, expect, it } from 'vitest';
import { day } from '#domain/days.ts';
import { consentsNow, consentWriter } from '#engine/storage/consents.ts';
import { planEditsOf, planEditWriter } from '#engine/storage/plan-edits.ts';
import { insertPause, pauseRows, endPause } from '#engine/storage/pauses.ts';
import { messagesSince } from '#engine/storage/reminder-history.ts';
import {
  isDryRun,
  isSendingKilled,
  putReminderSetting,
  reminderSetting,
} from '#engine/storage/reminder-settings.ts';
import { liftSuppression, putSuppression, suppressionRows } from '#engine/storage/suppressions.ts';
import { aBill, aCustomer, fileOf } from '#tests/builders/facts.ts';
import { tempBook } from '#tests/builders/temp-engine.ts';

const TODAY = day('2026-11-23');

describe('what reminders keep', () => {
  it('is one suppression for an address of a channel, until it is lifted', async () => {
    const db = fileOf(await tempBook());
    const wish = {
      channel: 'sms',
      address: '+919820000001',
      reason: 'stop',
      detail: null,
      createdAt: 5,
    } as const;
    const first = db.write((tx) => putSuppression(tx, wish));
    expect(db.write((tx) => putSuppression(tx, { ...wish, reason: 'by-person' }))).toBe(first);
    expect(db.read(suppressionRows)).toMatchObject([{ suppressionId: first, reason: 'stop' }]);
    db.write((tx) => liftSuppression(tx, { suppressionId: first, removedAt: 6, reason: 'Asked.' }));
    expect(db.read(suppressionRows)).toEqual([]);
    expect(db.write((tx) => putSuppression(tx, wish))).not.toBe(first);
  });

  it('is every word of a customer; that of the latest day holds, then the one written last', async () => {
    const db = fileOf(await tempBook());
    const customerId = db.write((tx) => aCustomer(tx));
    const say = (isGranted: boolean, on: string): void =>
      db.write((tx) =>
        consentWriter(tx)({
          customerId,
          channel: 'sms',
          purpose: 'reminder',
          isGranted,
          how: '',
          proof: null,
          day: day(on),
          recordedAt: 1,
        }),
      );
    const now = (): readonly boolean[] => db.read((tx) => consentsNow(tx, null)).map((one) => one.isGranted);
    say(true, '2026-11-02');
    say(false, '2026-11-01');
    expect(now()).toEqual([true]);
    say(false, '2026-11-02');
    expect(now()).toEqual([false]);
    expect(db.read((tx) => consentsNow(tx, [customerId]))).toHaveLength(1);
    expect(db.read((tx) => consentsNow(tx, [customerId + 1]))).toEqual([]);
  });

  it('is a pause until its last day or its end', async () => {
    const db = fileOf(await tempBook());
    const customerId = db.write((tx) => aCustomer(tx));
    const billId = db.write((tx) => aBill(tx, customerId, { amount: 5, billDay: TODAY }));
    const wish = { customerId, kind: 'person', reason: 'Ill.', replyId: null, createdAt: 1 } as const;
    const [open] = db.write((tx) => [
      insertPause(tx, { ...wish, billId: null, untilDay: null }),
      insertPause(tx, { ...wish, billId, untilDay: TODAY }),
    ]);
    const count = (from: string): number =>
      db.read((tx) => pauseRows(tx, { customerId, from: day(from) })).length;
    expect([count('2026-11-23'), count('2026-11-24')]).toEqual([2, 1]);
    expect(db.write((tx) => [endPause(tx, open, 2), endPause(tx, open, 3)])).toEqual([true, false]);
    expect(count('2026-11-24')).toBe(0);
  });

  it('is one edit of a row, which goes when it says nothing', async () => {
    const db = fileOf(await tempBook());
    const customerId = db.write((tx) => aCustomer(tx));
    const put = (body: string | null): void =>
      db.write((tx) =>
        planEditWriter(tx)(
          { rowKey: 'r', forDay: TODAY, customerId, subject: null, body, declinedReason: null },
          1,
        ),
      );
    put('one');
    put('two');
    expect(db.read((tx) => planEditsOf(tx, TODAY)).get('r')?.body).toBe('two');
    put(null);
    expect(db.read((tx) => planEditsOf(tx, TODAY)).size).toBe(0);
  });

  it('is the red button and the dry run, both off in a new book', async () => {
    const db = fileOf(await tempBook());
    const told = (): readonly boolean[] => db.read((tx) => [isSendingKilled(tx), isDryRun(tx)]);
    expect([told(), db.read((tx) => reminderSetting(tx, 'policy'))]).toEqual([[false, false], null]);
    db.write((tx) => putReminderSetting(tx, 'isKilled', true));
    expect(told()).toEqual([true, false]);
    db.write((tx) => putReminderSetting(tx, 'isKilled', false));
    expect(told()).toEqual([false, false]);
  });

  it('is read of some customers by their index, not by going over all messages', async () => {
    const db = fileOf(await tempBook());
    const only = { customerIds: [1], addresses: ['+919820000001'], day: TODAY };
    const asked: string[] = [];
    db.read((tx) => {
      const spied = { ...tx, sqlite: Object.create(tx.sqlite) as typeof tx.sqlite };
      spied.sqlite.prepare = ((sql: string) => {
        asked.push(sql);
        return tx.sqlite.prepare(sql);
      }) as typeof tx.sqlite.prepare;
      messagesSince(spied, { from: TODAY, only });
    });
    const bound = { from: TODAY, ids: '[1]', addresses: '[]', day: TODAY };
    const plans = asked.flatMap((sql) =>
      db.read((tx) =>
        tx.sqlite
          .prepare(`explain query plan ${sql}`)
          .all(bound)
          .map((row) => JSON.stringify(row)),
      ),
    );
    expect(plans.some((step) => step.includes('messages_customer'))).toBe(true);
    expect(plans.filter((step) => /SCAN (?:m|messages)\b/.test(step))).toEqual([]);
  });
});
