import fc from 'fast-check';
import type { InboundMessage } from '#engine/adapters/message-ports.ts';
import { lookNow } from '#engine/services/replies/keeper.ts';
import { customersOfAddresses } from '#engine/services/replies/match.ts';
import { pullAll } from '#engine/services/replies/pull.ts';
import { planFacts } from '#engine/services/reminders/facts.ts';
import { customersWithOpenReply } from '#engine/storage/reminder-history.ts';
import { cameIn } from '#tests/fakes/gateways/scripted.ts';
import { expect, it } from 'vitest';
import { aMessage, aWorld, HOUR, MINUTE, MONDAY, stateOf, TODAY } from '../outbox/outbox-world.ts';
import { anInbox, aReached, rowsOf, type Inbox } from './inbox-world.ts';

const LATER = MONDAY + HOUR;

it('finds whom a reply is from by what it answers, else by its number, and keeps nothing of strangers', async () => {
  const world = await anInbox();
  const { db, sms, email, ids, pull } = world;
  const asha = db.write((tx) => aReached(tx, { at: 1, channel: 'sms', gatewayId: ids.sms }));
  const bina = db.write((tx) => aReached(tx, { at: 2, channel: 'email', gatewayId: ids.email }));
  sms.inbound.push(
    cameIn({ externalId: 'by-number', from: '98765 10001', at: LATER, text: 'Which bill?' }),
    cameIn({ externalId: 'stranger', from: '+919811122233', at: LATER, text: 'Loan offer' }),
  );
  email.inbound.push(
    cameIn({
      externalId: '<theirs@else.in>',
      from: 'accountant@else.in',
      at: LATER,
      text: 'Will check',
      about: { messageIds: ['<nobody@x>', '<ours-2@example.in>'] },
    }),
    cameIn({ externalId: '<private@x>', from: 'friend@else.in', at: LATER, text: 'Dinner?' }),
  );
  expect(await pull()).toBe(2);
  const rows = rowsOf(
    world,
    'select external_id, customer_id, message_id, mail_id from replies order by customer_id',
  );
  expect(rows).toEqual([
    { external_id: 'by-number', customer_id: asha.customerId, message_id: asha.messageId, mail_id: null },
    {
      external_id: '<theirs@else.in>',
      customer_id: bina.customerId,
      message_id: bina.messageId,
      mail_id: '<theirs@else.in>',
    },
  ]);
  expect(db.read(customersWithOpenReply)).toEqual(new Set([asha.customerId, bina.customerId]));
  const facts = planFacts(world.book(), { day: TODAY, minute: 660, customerIds: [asha.customerId] });
  expect(facts.customers[0]?.hasOpenReply).toBe(true);
  expect(await pull()).toBe(0);
  expect(sms.asked).toEqual([null, '2', '2', '2'].slice(0, sms.asked.length));
});

it('reads an inbox of many pages to its end', async () => {
  const world = await anInbox();
  const { db, sms, ids, pull } = world;
  db.write((tx) => aReached(tx, { at: 1, channel: 'sms', gatewayId: ids.sms }));
  sms.pageMost = 3;
  for (let at = 0; at < 10; at += 1)
    sms.inbound.push(cameIn({ from: '+919876510001', at: LATER + at, text: 'Hello' }));
  expect(await pull()).toBe(10);
});

it.each([
  ['STOP', 'en'],
  ['Please stop', 'en'],
  ['रोकें', 'hi'],
  ['बंद करो', 'hi'],
])('honours “%s” before the next message leaves', async (text) => {
  const world = await anInbox();
  const { db, sms, whatsapp, ids, pull, round } = world;
  const { customerId, phone } = db.write((tx) => aReached(tx, { at: 1, channel: 'sms', gatewayId: ids.sms }));
  const to = { customerId, address: phone, purpose: 'reply' } as const;
  const waiting = db.write((tx) => aMessage(tx, { ...to, channel: 'sms', gatewayId: ids.sms }));
  sms.inbound.push(cameIn({ from: phone, at: LATER, text }));
  expect(await pull()).toBe(1);
  await round();
  expect(stateOf(db, waiting)).toBe('cancelled');
  expect(sms.sent).toEqual([]);
  expect(whatsapp.sent).toEqual([]);
  expect(rowsOf(world, 'select channel, address, reason, detail from suppressions')).toEqual([
    { channel: 'sms', address: phone, reason: 'stop', detail: text },
  ]);
  const words = rowsOf(world, `select purpose, is_granted, proof from consents where channel = 'sms'`);
  expect(words).toContainEqual({ purpose: 'reminder', is_granted: 0, proof: text });
  expect(rowsOf(world, 'select mark, answered_at is null as isOpen from replies')).toEqual([
    { mark: 'stop', isOpen: 0 },
  ]);
  const after = db.write((tx) => aMessage(tx, { ...to, channel: 'sms', gatewayId: ids.sms }));
  await round();
  expect(stateOf(db, after)).toBe('skipped');
  expect(sms.sent).toEqual([]);
});

it('takes what a bounce says for the message, keeps it in the thread, and opens nothing', async () => {
  const world = await anInbox();
  const { db, email, ids, pull } = world;
  const { customerId, messageId } = db.write((tx) =>
    aReached(tx, { at: 1, channel: 'email', gatewayId: ids.email }),
  );
  const news = {
    uid: null,
    providerId: null,
    state: 'bounced',
    at: LATER,
    errorClass: 'recipient-permanent',
    code: '550 5.1.1',
    detail: 'No such user.',
    parts: null,
    costMicros: null,
  } as const;
  const bounce = cameIn({
    kind: 'bounce',
    from: 'mailer-daemon@example.in',
    at: LATER,
    about: { messageIds: ['<ours-1@example.in>'] },
    news,
  });
  email.inbound.push(
    bounce,
    cameIn({ kind: 'auto-reply', from: 'buyer1@example.in', at: LATER, text: 'On leave' }),
  );
  await pull();
  expect(stateOf(db, messageId)).toBe('bounced');
  expect(rowsOf(world, 'select kind, customer_id from replies order by id')).toEqual([
    { kind: 'bounce', customer_id: customerId },
    { kind: 'auto-reply', customer_id: customerId },
  ]);
  expect(db.read(customersWithOpenReply)).toEqual(new Set());
  expect(rowsOf(world, 'select address, reason from suppressions')).toMatchObject([
    { address: 'buyer1@example.in' },
  ]);
});

it('does what the keys of a call mean', async () => {
  const world = await anInbox();
  const { db, voice, ids, pull } = world;
  const people = db.write((tx) =>
    [1, 2, 3, 9].map((at) => aReached(tx, { at, channel: 'voice', gatewayId: ids.voice })),
  );
  for (const [at, key] of [1, 2, 3, 9].entries()) {
    voice.inbound.push(
      cameIn({
        kind: 'key-press',
        from: people[at]?.phone ?? '',
        at: LATER,
        text: String(key),
        about: { providerId: `p-${key}` },
      }),
    );
  }
  expect(await pull()).toBe(4);
  const [promised, paid, talk, stopped] = people.map(({ customerId }) => customerId);
  expect(rowsOf(world, 'select customer_id, kind, until_day from reminder_pauses order by id')).toEqual([
    { customer_id: promised, kind: 'promise', until_day: '2026-11-30' },
    { customer_id: paid, kind: 'reply', until_day: null },
  ]);
  expect(rowsOf(world, 'select customer_id, source, state from payment_claims')).toEqual([
    { customer_id: paid, source: 'key-press', state: 'to-confirm' },
  ]);
  expect(db.read(customersWithOpenReply)).toEqual(new Set([talk]));
  expect(rowsOf(world, 'select channel, address from suppressions')).toEqual([
    { channel: 'voice', address: people[3]?.phone },
  ]);
  expect(rowsOf(world, 'select distinct customer_id, channel, is_granted from consents')).toEqual([
    { customer_id: stopped, channel: 'voice', is_granted: 0 },
  ]);
});

it('pulls again what nobody had written down when the program ended, and moves no place back', async () => {
  const world = await anInbox();
  const { db, sms, ids, pull, engine } = world;
  db.write((tx) => aReached(tx, { at: 1, channel: 'sms', gatewayId: ids.sms }));
  sms.inbound.push(cameIn({ from: '+919876510001', at: LATER, text: 'STOP' }));
  // The answer has come and the book is closed before it is kept, as when the process is killed.
  const { bookId } = world.book();
  sms.onAnswered = () => db.close();
  await pull();
  sms.onAnswered = null;
  await engine.client.books.open({ bookId });
  const again = engine.context.shelf.current();
  if (!again) throw new Error('No book is open.');
  const pulled = await engine.client.replies.pull();
  expect(pulled.newCount).toBe(1);
  expect((await engine.client.replies.pull()).newCount).toBe(0);
  const count = (table: string): unknown =>
    again.db.read(({ sqlite }) => sqlite.prepare(`select count(*) from ${table}`).pluck().get());
  expect([count('replies'), count('suppressions')]).toEqual([1, 1]);
});

it('keeps one row of what two processes pull at once, and the further of their places', async () => {
  const one = await anInbox();
  const { sms, ids } = one;
  one.db.write((tx) => aReached(tx, { at: 1, channel: 'sms', gatewayId: ids.sms }));
  const bookId = one.book().bookId;
  const two = await aWorld({ dataFolder: one.dataFolder, gateways: [sms.gateway] });
  await two.engine.client.books.open({ bookId });
  for (let at = 0; at < 5; at += 1)
    sms.inbound.push(cameIn({ from: '+919876510001', at: LATER + at, text: 'Hello' }));
  sms.pageMost = 2;
  const counts = await Promise.all([
    one.pull(),
    two.engine.client.replies.pull().then((pulled) => pulled.newCount),
  ]);
  expect(counts[0] + counts[1]).toBe(5);
  expect(rowsOf(one, 'select count(*) as n from replies')).toEqual([{ n: 5 }]);
  expect(rowsOf(one, `select inbound_cursor as place from gateways where kind = 'sms-scripted'`)).toEqual([
    { place: '5' },
  ]);
});

it('asks a gateway that cannot be reached more seldom, and pauses one whose keys are wrong', async () => {
  const world = await anInbox();
  const { sms, whatsapp, db, clock, book } = world;
  const down = { ok: false, errorClass: 'transient-before-send', code: 'ENOTFOUND', detail: '' } as const;
  sms.failures.push(down, down);
  whatsapp.failures.push({ ok: false, errorClass: 'auth', code: '401', detail: 'No.' });
  const pull = () => pullAll(book(), { signal: new AbortController().signal });
  await pull();
  clock.now += 3 * MINUTE;
  await pull();
  expect(sms.asked).toHaveLength(1);
  clock.now += 4 * MINUTE;
  await pull();
  expect(sms.asked).toHaveLength(2);
  expect(whatsapp.asked).toHaveLength(1);
  expect(
    db.read(({ sqlite }) =>
      sqlite.prepare('select kind from gateways where paused_at is not null').pluck().all(),
    ),
  ).toEqual(['whatsapp-scripted']);
});

it('knows a stranger’s address among 10,000 customers within a moment', async () => {
  const { db } = await anInbox();
  db.write(({ sqlite }) => {
    const insert = sqlite.prepare(
      `insert into customers (name, name_key, phone, email, source, source_key, created_at)
       values (?, ?, ?, ?, 'test', ?, 0)`,
    );
    for (let at = 0; at < 10_000; at += 1) {
      insert.run(`C ${at}`, `c${at}`, `+91 98${String(at).padStart(8, '0')}`, `c${at}@x.in`, `many-${at}`);
    }
  });
  const asked = new Set(Array.from({ length: 50 }, (_, at) => `+9198${String(at * 199).padStart(8, '0')}`));
  asked.add('c9999@x.in');
  const before = performance.now();
  const found = db.read((tx) => customersOfAddresses(tx, asked));
  expect(performance.now() - before).toBeLessThan(500);
  expect(found.size).toBe(51);
});

it('looks for replies and at payment links in one look', async () => {
  const { sms, book, bugs } = await anInbox();
  const wish = { signal: new AbortController().signal };
  await Promise.all([lookNow(book(), wish), lookNow(book(), wish)]);
  expect(sms.asked).toHaveLength(1);
  expect(bugs).toEqual([]);
});

/** Everything that followed from what came in, without ids and the clock. */
function outcome(world: Inbox): unknown {
  return [
    rowsOf(
      world,
      'select external_id, customer_id, message_id, channel, kind, mark, answered_at is null as isOpen from replies order by external_id',
    ),
    rowsOf(world, 'select channel, address, reason from suppressions order by channel, address'),
    rowsOf(world, 'select distinct customer_id, channel, purpose, is_granted from consents order by 1, 2, 3'),
    rowsOf(
      world,
      'select customer_id, source, source_key, reference from payment_claims order by source_key',
    ),
    rowsOf(world, 'select customer_id, kind, until_day from reminder_pauses order by customer_id, kind'),
    rowsOf(world, 'select id, state from messages order by id'),
    rowsOf(
      world,
      `select message_id, event_key from message_events where kind = 'replied' order by event_key`,
    ),
    rowsOf(world, 'select count(*) as n from reply_attachments'),
  ];
}

function manyInbound(): readonly InboundMessage[] {
  const photo = { fileName: 'slip.jpg', mime: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]) };
  return [
    cameIn({ externalId: 'a', from: '+919876510001', at: LATER, text: 'STOP' }),
    cameIn({
      externalId: 'b',
      from: '+919876510002',
      at: LATER + 1,
      text: 'Paid, UTR 123456789012',
      attachments: [photo],
    }),
    cameIn({ externalId: 'c', from: '+919876510002', at: LATER + 2, text: 'Which bill?' }),
    cameIn({ externalId: 'd', from: '+919811122233', at: LATER, text: 'Buy gold' }),
    cameIn({
      externalId: 'e',
      from: '+919876510001',
      at: LATER + 3,
      text: 'I said stop',
      about: { uid: 'no-such' },
    }),
  ];
}

it('comes to the same state however often and in whatever order things are pulled', async () => {
  const usual = await settledWith(
    manyInbound().map((_, at) => at),
    false,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
      fc.boolean(),
      async (order, again, forgets) => {
        expect(await settledWith([...order, ...again], forgets)).toEqual(usual);
      },
    ),
    { numRuns: 6 },
  );
});

async function settledWith(order: readonly number[], forgets: boolean): Promise<unknown> {
  const world = await anInbox();
  const { db, sms, ids, pull } = world;
  db.write((tx) => {
    for (const at of [1, 2]) aReached(tx, { at, channel: 'sms', gatewayId: ids.sms });
    aMessage(tx, {
      customerId: null,
      address: '+919876510001',
      gatewayId: ids.sms,
      notBefore: MONDAY + 2 * HOUR,
    });
  });
  const all = manyInbound();
  sms.forgetsCursor = forgets;
  for (const at of order) {
    const one = all[at];
    if (one) sms.inbound.push(one);
    await pull();
  }
  await pull();
  return outcome(world);
}
