import { outboxOf } from '#engine/services/outbox/runner.ts';
import { linkForMessage } from '#engine/services/pay-links/for-message.ts';
import { lookAtLinksOf } from '#engine/services/pay-links/look.ts';
import { tendLinks } from '#engine/services/pay-links/tend.ts';
import { putReminderSetting } from '#engine/storage/reminder-settings.ts';
import { insertTemplate } from '#engine/storage/templates.ts';
import { day } from '#domain/days.ts';
import { payPlace } from '#domain/reminders/pay-place.ts';
import { moneyIn } from '#tests/builders/facts.ts';
import { startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { RAZORPAY_KEY, startFakeRazorpay, type FakeRazorpay } from '#tests/fakes/gateways/razorpay.ts';
import { expect, it, onTestFinished } from 'vitest';
import {
  aDebtor,
  aGateway,
  aMessage,
  aWorld,
  MINUTE,
  one,
  phoneOf,
  stateOf,
  TODAY,
  type World,
} from '../outbox/outbox-world.ts';

// A text that names a payment link gets it when it leaves.

const BODY = 'Dear {{customer_name}}, pay {{amount}} to {{business_name}}: {{pay_link}} Thank you.';
const PLACE = payPlace(27);

type Shop = World & {
  readonly fake: FakeRazorpay;
  readonly server: CountingServer;
  readonly customerId: number;
  readonly billId: number;
  readonly smsId: number;
  readonly payId: number;
  readonly templateId: number;
  /** A reminder of his bill as a plan puts it into the outbox. */
  readonly remind: (fields?: { readonly dueDay?: string; readonly amount?: number }) => number;
};

async function aShop(): Promise<Shop> {
  const [fake, server, world] = await Promise.all([startFakeRazorpay(), startCounting(), aWorld()]);
  onTestFinished(async () => {
    await Promise.all([fake.close(), server.close()]);
  });
  const vaultName = 'pay-vault';
  await world.engine.context.vault.put(vaultName, { keySecret: RAZORPAY_KEY.keySecret });
  const fieldsJson = JSON.stringify({ keyId: RAZORPAY_KEY.keyId, baseUrl: fake.url });
  const made = world.db.write((tx) => ({
    ...aDebtor(tx, 1),
    smsId: aGateway(tx, { port: server.port }),
    payId: aGateway(tx, { port: 1, channel: 'payment', kind: 'pay-razorpay', vaultName, fieldsJson }),
    templateId: insertTemplate(tx, {
      key: 'due',
      purpose: 'reminder',
      channel: 'sms',
      language: 'en',
      tone: 'plain',
      name: 'Due',
      subject: null,
      body: BODY,
      isPaused: false,
      isStarter: false,
      version: 1,
      changedAt: 0,
    }),
  }));
  const hooks = { lookAtLinks: lookAtLinksOf, linkFor: linkForMessage };
  outboxOf(world.book()).hooks = hooks;
  const remind: Shop['remind'] = ({ dueDay, amount = 1000 } = {}) =>
    world.db.write((tx) => {
      const id = aMessage(tx, {
        gatewayId: made.smsId,
        customerId: made.customerId,
        templateId: made.templateId,
        templateVersion: 1,
        purpose: 'reminder',
        address: phoneOf(1),
        body: `Dear Customer 1, pay Rs.1,000.00 to Test Traders: ${PLACE} Thank you.`,
        valuesJson: JSON.stringify([{ name: 'pay_link', value: PLACE }]),
        bill: { billId: made.billId, amount },
      });
      if (dueDay !== undefined)
        tx.sqlite.prepare('update message_bills set due_day = ? where message_id = ?').run(dueDay, id);
      return id;
    });
  return { ...world, ...made, fake, server, remind };
}

it('shows where the link will stand, with its length, before anything is asked of the gateway', async () => {
  const { engine, customerId, templateId, fake } = await aShop();
  const wish = { customerId, channel: 'sms', templateId, isDraft: true } as const;
  const { row } = await engine.client.reminders.sendOne(wish);
  expect(row.text).toContain(PLACE);
  expect(row.problems).toMatchObject([{ code: 'pay-link-later', isBlocking: false }]);
  expect(fake.links).toHaveLength(0);
});

it('says that there is no way to pay where no payment gateway is on', async () => {
  const { engine, db, customerId, templateId, payId } = await aShop();
  db.write((tx) => tx.sqlite.prepare('update gateways set is_on = 0 where id = ?').run(payId));
  const wish = { customerId, channel: 'sms', templateId, isDraft: true } as const;
  const { code } = await engine.client.reminders
    .sendOne(wish)
    .then(({ silence }) => ({ code: silence }))
    .catch((error: { data: { code: string } }) => error.data);
  expect(code).toBe('merge-value-missing');
});

it('makes the link when the message leaves, for what is owed, and keeps the text that left', async () => {
  const { db, round, remind, fake, server } = await aShop();
  const messageId = remind();
  await round();
  expect(fake.links).toMatchObject([{ amount: 100_000 }]);
  const [left] = server.taken;
  expect(left?.text).toContain('https://rzp.io/i/plink_1 Thank you.');
  expect(left?.text).not.toContain('pay.invalid');
  expect(one(db, messageId).body).toBe(left?.text);
});

it('asks for what is owed now where a part was paid since the plan', async () => {
  const { db, round, remind, fake, server, customerId, billId } = await aShop();
  remind();
  db.write((tx) =>
    moneyIn(tx, customerId, { amount: 400, day: '2026-11-20', allocated: new Map([[billId, 400]]) }),
  );
  await round();
  await round();
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.text).toContain('Rs.600.00');
  const open = fake.links.filter(({ status }) => status === 'created');
  expect(open).toMatchObject([{ amount: 60_000 }]);
  expect(server.taken[0]?.text).toContain(`https://rzp.io/i/${open[0]?.id} `);
});

it('takes the link that is open of the same bill', async () => {
  const { engine, round, remind, fake, server, customerId, billId, payId } = await aShop();
  await engine.client.payLinks.create({ customerId, billIds: [billId], gatewayId: payId });
  remind();
  remind();
  await round();
  expect(server.taken.map(({ text }) => text.includes('/plink_1 '))).toEqual([true, true]);
  expect(fake.links).toHaveLength(1);
});

it('makes one link for two messages that leave together', async () => {
  const { round, remind, fake, server } = await aShop();
  remind();
  remind();
  await round();
  expect(server.taken).toHaveLength(2);
  expect(fake.links).toHaveLength(1);
});

it('holds the message while its link cannot be made, and sends it with the one link later', async () => {
  const { db, round, remind, fake, server, clock } = await aShop();
  const messageId = remind();
  fake.faults.next('status-500', 4);
  await round();
  expect(stateOf(db, messageId)).toBe('held');
  expect(one(db, messageId).reason).toBe('no-payment-details');
  expect(server.taken).toHaveLength(0);
  for (let times = 0; times < 3; times += 1) {
    clock.now += 16 * MINUTE;
    await round();
  }
  expect(server.taken).toHaveLength(1);
  expect(fake.links).toHaveLength(1);
});

it('adopts the link of a program that was killed between link and message', async () => {
  const { db, round, remind, fake, server, clock } = await aShop();
  const messageId = remind();
  // The link is made, its answer is lost, and so is the look after it: as if the program had ended here.
  fake.faults.next('duplicate-status');
  fake.faults.next('reset-before-answer', 2);
  await round();
  expect(stateOf(db, messageId)).toBe('held');
  expect(fake.links).toHaveLength(1);
  for (let times = 0; times < 3; times += 1) {
    clock.now += 3 * MINUTE;
    await round();
  }
  expect(server.taken.map(({ text }) => text.includes('/plink_1 '))).toEqual([true]);
  expect(fake.links).toHaveLength(1);
});

it('asks only for the instalment that the message names, and leaves that link open', async () => {
  const { db, round, remind, fake, server, book, billId } = await aShop();
  db.write((tx) => {
    const part = tx.sqlite.prepare(
      'insert into instalments (bill_id, position, due_day, amount_paise) values (?, ?, ?, ?)',
    );
    tx.sqlite.prepare('delete from instalments where bill_id = ?').run(billId);
    part.run(billId, 1, '2026-10-01', 60_000);
    part.run(billId, 2, '2026-12-20', 40_000);
  });
  remind({ dueDay: '2026-10-01', amount: 600 });
  await round();
  expect(server.taken).toHaveLength(1);
  expect(fake.links).toMatchObject([{ amount: 60_000, status: 'created' }]);
  await tendLinks(book(), new AbortController().signal);
  expect(fake.links).toMatchObject([{ status: 'created' }]);
});

it('makes no link in a dry run, nor for somebody who has paid', async () => {
  const { db, round, remind, fake, server, customerId, billId } = await aShop();
  const first = remind();
  db.write((tx) => putReminderSetting(tx, 'isDryRun', true));
  await round();
  expect(stateOf(db, first)).toBe('skipped');
  db.write((tx) => {
    putReminderSetting(tx, 'isDryRun', false);
    moneyIn(tx, customerId, { amount: 1000, day: TODAY, allocated: new Map([[billId, 1000]]) });
  });
  const second = remind();
  await round();
  expect(one(db, second).reason).toBe('paid');
  expect(day('2026-11-23')).toBe(TODAY);
  expect(fake.links).toHaveLength(0);
  expect(server.taken).toHaveLength(0);
});
