import { roundNow } from '#engine/services/outbox/keeper.ts';
import { outboxOf } from '#engine/services/outbox/runner.ts';
import { lookAtLinksOf } from '#engine/services/pay-links/look.ts';
import { tendLinks } from '#engine/services/pay-links/tend.ts';
import type { GatewayRow } from '#engine/storage/gateways.ts';
import { insertLink } from '#engine/storage/pay-links.ts';
import { day } from '#domain/days.ts';
import { paise, ZERO } from '#domain/money.ts';
import { moneyIn, refusalOf } from '#tests/builders/facts.ts';
import { CASHFREE_KEY, startFakeCashfree } from '#tests/fakes/gateways/cashfree.ts';
import { startCounting } from '#tests/fakes/gateways/counting.ts';
import { RAZORPAY_KEY, startFakeRazorpay, type FakeRazorpay } from '#tests/fakes/gateways/razorpay.ts';
import jsQR from 'jsqr';
import { expect, it, onTestFinished } from 'vitest';
import { aDebtor, aGateway, aMessage, aWorld, MINUTE, stateOf, type World } from '../outbox/outbox-world.ts';

const never = new AbortController().signal;

type Shop = World & {
  readonly gatewayId: number;
  readonly customerId: number;
  readonly billId: number;
  readonly create: () => ReturnType<World['engine']['client']['payLinks']['create']>;
};

async function aShop(fields: Partial<GatewayRow>, secrets: Readonly<Record<string, string>>): Promise<Shop> {
  const world = await aWorld();
  const vaultName = 'pay-vault';
  await world.engine.context.vault.put(vaultName, secrets);
  const made = world.db.write((tx) => ({
    gatewayId: aGateway(tx, { port: 1, channel: 'payment', vaultName, ...fields }),
    ...aDebtor(tx, 1, 1000),
  }));
  const { gatewayId, customerId, billId } = made;
  const create: Shop['create'] = () =>
    world.engine.client.payLinks.create({ customerId, billIds: [billId], gatewayId });
  return { ...world, ...made, create };
}

async function atRazorpay(): Promise<Shop & { readonly fake: FakeRazorpay }> {
  const fake = await startFakeRazorpay();
  onTestFinished(() => fake.close());
  const fieldsJson = JSON.stringify({ keyId: RAZORPAY_KEY.keyId, baseUrl: fake.url });
  const shop = await aShop({ kind: 'pay-razorpay', fieldsJson }, { keySecret: RAZORPAY_KEY.keySecret });
  return { ...shop, fake };
}

const pausedBills = (shop: Pick<World, 'db'>): readonly number[] =>
  shop.db.read(({ sqlite }) =>
    sqlite.prepare<[], number>('select bill_id from reminder_pauses where ended_at is null').pluck().all(),
  );

it('makes one link for what is open of a bill, and gives it back when it is asked for again', async () => {
  const { create, fake } = await atRazorpay();
  const made = await create();
  expect(made).toMatchObject({ status: 'open', amountPaise: 100_000, paidPaise: 0 });
  expect(made.url).toContain('https://');
  expect(await create()).toEqual(made);
  expect(fake.links).toHaveLength(1);
  expect(fake.links[0]).toMatchObject({ reminder_enable: false, notify: { sms: false, email: false } });
});

// The first request only looks; it is let through by a fault that this vendor does not know.
const LET_THROUGH = 'duplicate-status';

it('finds the link whose answer was lost instead of making a second one', async () => {
  const { create, fake } = await atRazorpay();
  fake.faults.next(LET_THROUGH);
  fake.faults.next('reset-before-answer');
  expect(await create()).toMatchObject({ status: 'open' });
  expect(fake.links).toHaveLength(1);
});

it('finds it later where it could not be looked for at once, and asks for no second one meanwhile', async () => {
  const { create, fake, engine, clock, book } = await atRazorpay();
  fake.faults.next(LET_THROUGH);
  fake.faults.next('reset-before-answer', 2);
  expect(await create().catch((error: unknown) => error)).toMatchObject({ code: 'FAILED' });
  expect(await engine.client.payLinks.list({})).toMatchObject([{ status: 'unknown', url: null }]);
  expect((await refusalOf(create())).code).toBe('link-being-made');
  clock.now += MINUTE;
  await tendLinks(book(), never);
  expect(await engine.client.payLinks.list({})).toMatchObject([{ status: 'open' }]);
  expect(fake.links).toHaveLength(1);
});

it('gives a link up that was never made, and makes another one then', async () => {
  const { create, fake, engine, clock, book } = await atRazorpay();
  fake.faults.next(LET_THROUGH);
  fake.faults.next('reset-after-request');
  expect(await create().catch((error: unknown) => error)).toMatchObject({ code: 'FAILED' });
  clock.now += 10 * MINUTE;
  await tendLinks(book(), never);
  expect(await engine.client.payLinks.list({})).toMatchObject([{ status: 'cancelled' }]);
  expect(await create()).toMatchObject({ status: 'open' });
  expect(fake.links).toHaveLength(1);
});

it('adopts a link that was being made when the program was killed, and gives up one that never was', async () => {
  const { fake, engine, db, clock, book, gatewayId, customerId, billId, create } = await atRazorpay();
  const { reference } = await create();
  const at = clock.now;
  const row = {
    gatewayId,
    customerId,
    billIds: [billId],
    amountPaise: paise(100_000),
    createdAt: at,
    nextLookAt: at,
  };
  db.write((tx) => {
    tx.sqlite.prepare(`update pay_links set status = 'making', url = null, next_look_at = ?`).run(at);
    insertLink(tx, { ...row, reference: 'bk-never-made' });
  });
  clock.now += 10 * MINUTE;
  await tendLinks(book(), never);
  const links = await engine.client.payLinks.list({});
  expect(links.map((link) => [link.reference, link.status])).toEqual([
    ['bk-never-made', 'cancelled'],
    [reference, 'open'],
  ]);
  expect(fake.links).toHaveLength(1);
});

it('claims every part that is paid, once, and marks nothing as paid by itself', async () => {
  const { create, fake, engine, clock, book, db, billId } = await atRazorpay();
  const { reference, linkId } = await create();
  fake.pay(reference, 40_000);
  clock.now += 14 * MINUTE;
  await tendLinks(book(), never);
  expect(await engine.client.replies.claims({})).toEqual([]);
  clock.now += MINUTE;
  await tendLinks(book(), never);
  await engine.client.payLinks.look({ linkId });
  fake.pay(reference, 60_000);
  expect(await engine.client.payLinks.look({ linkId })).toMatchObject({ status: 'paid', paidPaise: 100_000 });
  const claims = await engine.client.replies.claims({});
  expect(claims.map((one) => [one.source, one.amountPaise, one.linkId])).toEqual([
    ['pay-link', 60_000, linkId],
    ['pay-link', 40_000, linkId],
  ]);
  expect(db.read(({ sqlite }) => sqlite.prepare('select count(*) from receipts').pluck().get())).toBe(0);
  expect(new Set(pausedBills({ db }))).toEqual(new Set([billId]));
  for (const { claimId, amountPaise } of claims) {
    await engine.client.replies.confirmClaim({
      claimId,
      amountPaise: amountPaise ?? ZERO,
      receiptDay: day('2026-11-23'),
    });
  }
  expect(pausedBills({ db })).toEqual([]);
  const open = db.read(({ sqlite }) =>
    sqlite.prepare('select sum(amount_paise) from allocations').pluck().get(),
  );
  expect(open).toBe(100_000);
});

it('does not ask again for what was paid and waits to be confirmed', async () => {
  const { create, fake, engine } = await atRazorpay();
  const { reference, linkId } = await create();
  fake.pay(reference, 40_000);
  await engine.client.payLinks.look({ linkId });
  expect(await refusalOf(create())).toMatchObject({ code: 'claim-waits', values: { amount: '₹400.00' } });
});

it('cancels a link whose bill was settled elsewhere, or is owed another amount', async () => {
  const { create, engine, db, book, customerId, billId, fake } = await atRazorpay();
  const first = await create();
  db.write((tx) =>
    moneyIn(tx, customerId, { amount: 300, day: '2026-11-22', allocated: new Map([[billId, 300]]) }),
  );
  engine.context.changed('bills');
  await tendLinks(book(), never);
  expect(fake.links.map(({ status }) => status)).toEqual(['cancelled']);
  const second = await create();
  expect(second).toMatchObject({ status: 'open', amountPaise: 70_000 });
  expect(second.linkId).not.toBe(first.linkId);
  db.write((tx) =>
    moneyIn(tx, customerId, { amount: 700, day: '2026-11-22', allocated: new Map([[billId, 700]]) }),
  );
  engine.context.changed('bills');
  await tendLinks(book(), never);
  expect(fake.links.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  expect((await refusalOf(create())).code).toBe('nothing-to-pay');
});

it('looks at the links of a bill right before a message about it, and holds what was paid a minute ago', async () => {
  const { create, fake, db, book, customerId, billId, clock } = await atRazorpay();
  const server = await startCounting();
  onTestFinished(() => server.close());
  const { reference } = await create();
  clock.now += 2 * MINUTE;
  fake.pay(reference, 100_000);
  const gatewayId = db.write((tx) => aGateway(tx, { port: server.port }));
  const id = db.write((tx) =>
    aMessage(tx, {
      customerId,
      gatewayId,
      address: '+919876510001',
      purpose: 'reminder',
      bill: { billId, amount: 1000 },
    }),
  );
  outboxOf(book()).hooks = { ...outboxOf(book()).hooks, lookAtLinks: lookAtLinksOf };
  await roundNow(book());
  expect(pausedBills({ db })).toEqual([billId]);
  expect(server.taken).toEqual([]);
  expect(stateOf(db, id)).not.toBe('accepted');
});

it('does the same with Cashfree, whose amounts are rupees', async () => {
  const fake = await startFakeCashfree();
  onTestFinished(() => fake.close());
  const fieldsJson = JSON.stringify({ clientId: CASHFREE_KEY.clientId, baseUrl: fake.url });
  const shop = await aShop({ kind: 'pay-cashfree', fieldsJson }, { clientSecret: CASHFREE_KEY.clientSecret });
  const { engine, create, db, customerId, billId } = shop;
  const { reference, linkId, amountPaise } = await create();
  expect(amountPaise).toBe(100_000);
  fake.pay(reference, 250.5);
  expect(await engine.client.payLinks.look({ linkId })).toMatchObject({
    status: 'part-paid',
    paidPaise: 25_050,
  });
  const [claim] = await engine.client.replies.claims({});
  expect(claim).toMatchObject({ amountPaise: 25_050, linkId });
  // Once the part is in the book, the same link asks for the rest.
  const word = { claimId: claim?.claimId ?? 0, amountPaise: paise(25_050), receiptDay: day('2026-11-23') };
  await engine.client.replies.confirmClaim(word);
  expect((await create()).linkId).toBe(linkId);
  // It is not cancelled there any more; a second one beside it could be paid, too.
  db.write((tx) =>
    moneyIn(tx, customerId, { amount: 100, day: '2026-11-22', allocated: new Map([[billId, 100]]) }),
  );
  engine.context.changed('bills');
  expect(await refusalOf(create())).toMatchObject({ code: 'link-stays-open' });
  expect(fake.links).toHaveLength(1);
});

it('refuses a gateway that makes no links, and says so where its keys are not here', async () => {
  const { engine, customerId, billId, db, gatewayId, create } = await atRazorpay();
  const other = db.write((tx) => aGateway(tx, { port: 2 }));
  const wish = { customerId, billIds: [billId], gatewayId: other };
  expect((await refusalOf(engine.client.payLinks.create(wish))).code).toBe('no-payment-gateway');
  await engine.context.vault.forget('pay-vault');
  const failed = await create().catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'FAILED', data: { code: 'pay-link-no-keys' } });
  const [link] = await engine.client.payLinks.list({});
  expect(link).toMatchObject({ status: 'cancelled', url: null });
  expect(gatewayId).toBeGreaterThan(0);
});

it('shows the UPI link of what is open as a QR that a phone can read', async () => {
  const { engine, customerId, billId } = await atRazorpay();
  const refused = await refusalOf(engine.client.payLinks.upi({ customerId, billIds: [] }));
  expect(refused.code).toBe('no-upi-address');
  await engine.client.business.save({ name: 'Asha Traders', vpa: 'asha@okbank' });
  const { link, amountPaise, qr } = await engine.client.payLinks.upi({ customerId, billIds: [billId] });
  expect(amountPaise).toBe(100_000);
  expect(link).toMatch(/^upi:\/\/pay\?pa=asha@okbank&pn=Asha%20Traders&am=1000\.00&cu=INR/);
  expect(readPicture(qr)).toBe(link);
});

/** Paints the path at four pixels a module and reads it as a camera would. */
function readPicture({ size, path }: { readonly size: number; readonly path: string }): string | undefined {
  const scale = 4;
  const width = size * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < scale; row += 1) {
      for (let column = 0; column < Number(run) * scale; column += 1) {
        const at = (Number(y) * scale + row) * width + Number(x) * scale + column;
        pixels.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return jsQR(pixels, width, width)?.data;
}

it('never asks for more than is owed after what was paid on account', async () => {
  const shop = await atRazorpay();
  const { customerId, billId } = shop;
  const { client } = shop.engine;
  shop.db.write((tx) => moneyIn(tx, customerId, { amount: 400, day: '2026-11-20' }));
  await client.business.save({ vpa: 'asha@okbank' });
  expect(await client.payLinks.upi({ customerId, billIds: [billId] })).toMatchObject({ amountPaise: 60_000 });
  expect(await client.payLinks.upi({ customerId, billIds: [] })).toMatchObject({ amountPaise: 60_000 });
  expect(await shop.create()).toMatchObject({ status: 'open', amountPaise: 60_000 });
  shop.db.write((tx) => moneyIn(tx, customerId, { amount: 600, day: '2026-11-20' }));
  expect((await refusalOf(client.payLinks.upi({ customerId, billIds: [] }))).code).toBe('nothing-to-pay');
});
