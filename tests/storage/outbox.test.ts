import { dueMessages, insertEvent, messagesDue, nextInstant, openAttempts } from '#engine/storage/outbox.ts';
import { listedMessages } from '#engine/storage/message-lists.ts';
import { messageBillRows, messageById } from '#engine/storage/messages.ts';
import { aDebtor, aGateway, aMessage, aWorld, HOUR, MONDAY } from '#tests/services/outbox/outbox-world.ts';
import { expect, it } from 'vitest';

it('gives back a message as it was put in', async () => {
  const { db } = await aWorld({ hasVault: false });
  const id = db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const gatewayId = aGateway(tx, { port: 1 });
    return aMessage(tx, { gatewayId, customerId, bill: { billId, amount }, isEdited: true, subject: 'Due' });
  });
  const row = db.read((tx) => messageById(tx, id));
  expect(row).toMatchObject({
    isEdited: true,
    isAutomatic: true,
    subject: 'Due',
    state: 'scheduled',
    pollCount: 0,
  });
  expect(db.read((tx) => messageBillRows(tx, id))).toMatchObject([{ billId: 1, openPaise: 100_000 }]);
});

it('writes the same news once', async () => {
  const { db } = await aWorld({ hasVault: false });
  const said = db.write((tx) => {
    const messageId = aMessage(tx, { gatewayId: aGateway(tx, { port: 1 }) });
    const event = { messageId, at: 1, kind: 'delivered', eventKey: 'a' };
    return [insertEvent(tx, event), insertEvent(tx, event), insertEvent(tx, { ...event, eventKey: null })];
  });
  expect(said).toEqual([true, false, true]);
});

it('knows when something is to be done next', async () => {
  const { db } = await aWorld({ hasVault: false });
  expect(db.read(nextInstant)).toBeNull();
  db.write((tx) => aMessage(tx, { gatewayId: aGateway(tx, { port: 1 }), notBefore: MONDAY + HOUR }));
  expect(db.read(nextInstant)).toBe(MONDAY + HOUR);
});

it('finds what is due without looking at every message', async () => {
  const { db } = await aWorld({ hasVault: false });
  const plans = db.read((tx) => {
    const asked: string[] = [];
    const { sqlite } = tx;
    const spied = {
      ...tx,
      sqlite: new Proxy(sqlite, {
        get: (target, key) => {
          if (key !== 'prepare') return Reflect.get(target, key, target);
          return (sql: string) => {
            asked.push(sql);
            return target.prepare(sql);
          };
        },
      }),
    };
    messagesDue(spied, 0, 10);
    openAttempts(spied);
    dueMessages(spied, { gatewayId: 1, now: 0, skip: [], notTo: ['gmail.com'], most: 1 });
    return asked.map((sql) => {
      const bound = { gatewayId: 1, now: 0, skip: '[]', notTo: '[]', most: 1 };
      const values = sql.includes('@') ? [bound] : Array.from(sql.matchAll(/\?/gu), () => 0);
      const rows = sqlite.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
      return rows.map(({ detail }) => detail).join('; ');
    });
  });
  expect(plans).toHaveLength(3);
  for (const plan of plans) {
    expect(plan).toMatch(/USING INDEX (?:messages_next|attempts_phase|messages_state)/u);
    expect(plan).not.toMatch(/SCAN m\b|SCAN attempts(?! USING)/u);
  }
});

it('lists by bill, by view and newest first', async () => {
  const { db } = await aWorld({ hasVault: false });
  const [first, second] = db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const gatewayId = aGateway(tx, { port: 1 });
    return [
      aMessage(tx, { gatewayId, customerId, bill: { billId, amount } }),
      aMessage(tx, { gatewayId, state: 'declined' }),
    ];
  });
  const none = { customerId: null, billId: null, channel: null, runId: null, from: null, to: null };
  const page: Parameters<typeof listedMessages>[2] = { limit: 10, before: null };
  const idsOf = (
    filter: Partial<Parameters<typeof listedMessages>[1]>,
    part: Partial<Parameters<typeof listedMessages>[2]> = {},
  ) =>
    db
      .read((tx) => listedMessages(tx, { view: 'all', ...none, ...filter }, { ...page, ...part }))
      .map(({ id }) => id);
  expect(idsOf({})).toEqual([second, first]);
  expect(idsOf({ billId: 1 })).toEqual([first]);
  expect(idsOf({ view: 'waiting' })).toEqual([first]);
  expect(idsOf({ view: 'not-sent' })).toEqual([second]);
  expect(idsOf({}, { limit: 1 })).toEqual([second]);
  expect(idsOf({}, { limit: 1, before: second })).toEqual([first]);
  expect(idsOf({}, { before: first })).toEqual([]);
});
