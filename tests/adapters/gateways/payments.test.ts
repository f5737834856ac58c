import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCashfree } from '#engine/adapters/cashfree/gateway.ts';
import type { PaymentChannel, PaymentLinkWish } from '#engine/adapters/message-ports.ts';
import { openRazorpay } from '#engine/adapters/razorpay/gateway.ts';
import { CASHFREE_KEY, startFakeCashfree } from '#tests/fakes/gateways/cashfree.ts';
import { RAZORPAY_KEY, startFakeRazorpay } from '#tests/fakes/gateways/razorpay.ts';
import type { FakeServer } from '#tests/fakes/gateways/server.ts';

const limits = { timeoutMs: 150, bytesMost: 100_000 };
const { signal } = new AbortController();

const wish: PaymentLinkWish = {
  reference: 'baaki-0001',
  amountPaise: 1_234_567,
  purpose: 'Bill 17/26-27',
  customer: { name: 'Anita Stores', phone: '+919876543210', email: 'anita@example.in' },
  expiresAt: Date.UTC(2026, 11, 1, 6, 30),
  takesParts: true,
};

type Vendor = {
  readonly server: FakeServer & { readonly links: readonly unknown[] };
  readonly channel: PaymentChannel;
  readonly wrongKey: PaymentChannel;
  readonly pay: (paise: number) => void;
  readonly ownMessages: () => unknown;
};

async function razorpay(): Promise<Vendor> {
  const server = await startFakeRazorpay();
  const fields = { baseUrl: server.url, keyId: RAZORPAY_KEY.keyId };
  return {
    server,
    channel: openRazorpay({ fields, secrets: { keySecret: RAZORPAY_KEY.keySecret } }, limits),
    wrongKey: openRazorpay({ fields, secrets: { keySecret: 'wrong-secret' } }, limits),
    pay: (paise) => server.pay(wish.reference, paise),
    ownMessages: () => server.links.map(({ notify, reminder_enable }) => ({ notify, reminder_enable })),
  };
}

async function cashfree(): Promise<Vendor> {
  const server = await startFakeCashfree();
  const fields = { baseUrl: server.url, clientId: CASHFREE_KEY.clientId };
  return {
    server,
    channel: openCashfree({ fields, secrets: { clientSecret: CASHFREE_KEY.clientSecret } }, limits),
    wrongKey: openCashfree({ fields, secrets: { clientSecret: 'wrong-secret' } }, limits),
    pay: (paise) => server.pay(wish.reference, paise / 100),
    ownMessages: () =>
      server.links.map(({ link_notify, link_auto_reminders }) => ({ link_notify, link_auto_reminders })),
  };
}

const quiet = {
  razorpay: [{ notify: { sms: false, email: false }, reminder_enable: false }],
  cashfree: [{ link_notify: { send_sms: false, send_email: false }, link_auto_reminders: false }],
};

describe.each([
  ['razorpay', razorpay, quiet.razorpay],
  ['cashfree', cashfree, quiet.cashfree],
] as const)('%s', (_name, start, noMessages) => {
  let vendor: Vendor;
  beforeEach(async () => {
    vendor = await start();
  });
  afterEach(() => vendor.server.close());

  it('makes one link of the exact amount, with the vendor’s own messages switched off', async () => {
    const made = await vendor.channel.create(wish, signal);
    expect(made).toMatchObject({ ok: true, value: { status: 'open', amountPaise: 1_234_567, paidPaise: 0 } });
    expect(vendor.ownMessages()).toEqual(noMessages);
  });

  it.each(['hang', 'reset-before-answer', 'status-500', 'wrong-type', 'trickle', 'huge'] as const)(
    'makes no second link when the answer to the first was lost (%s)',
    async (fault) => {
      await vendor.channel.look(wish.reference, signal);
      // The question before the creation is answered; the creation is taken and its answer lost.
      const lost = vendor.channel.create(wish, signal);
      const { length } = vendor.server.requests;
      while (vendor.server.requests.length === length) await new Promise((resolve) => setTimeout(resolve, 1));
      vendor.server.faults.next(fault);
      const outcome = await lost;
      if (!outcome.ok) expect(outcome.errorClass).toBe('transient-after-send');
      await vendor.server.faults.clear();
      const again = await vendor.channel.create(wish, signal);
      expect(again).toMatchObject({ ok: true, value: { reference: wish.reference } });
      expect(vendor.server.links).toHaveLength(1);
    },
  );

  it('tells what was paid, in part and whole, to the paisa', async () => {
    await vendor.channel.create(wish, signal);
    vendor.pay(234_567);
    expect(await vendor.channel.look(wish.reference, signal)).toMatchObject({
      value: { status: 'part-paid', paidPaise: 234_567, payments: [{ amountPaise: 234_567 }] },
    });
    vendor.pay(1_000_000);
    const whole = await vendor.channel.look(wish.reference, signal);
    expect(whole).toMatchObject({ value: { status: 'paid', paidPaise: 1_234_567 } });
    const ids = whole.ok ? whole.value?.payments.map(({ paymentId }) => paymentId) : [];
    expect(new Set(ids).size).toBe(2);
  });

  it('takes a link back, and says paid where it was paid meanwhile', async () => {
    await vendor.channel.create(wish, signal);
    expect(await vendor.channel.cancel(wish.reference, signal)).toMatchObject({
      value: { status: 'cancelled' },
    });
    expect(await vendor.channel.cancel('never-made', signal)).toMatchObject({ ok: false, code: 'NO-LINK' });
  });

  it('does not take back what is paid', async () => {
    await vendor.channel.create(wish, signal);
    vendor.pay(wish.amountPaise);
    expect(await vendor.channel.cancel(wish.reference, signal)).toMatchObject({ value: { status: 'paid' } });
  });

  it('says in words that the key is wrong, and never what it was', async () => {
    const made = await vendor.wrongKey.create(wish, signal);
    expect(made).toMatchObject({ ok: false, errorClass: 'auth' });
    const checks = await vendor.wrongKey.check(signal);
    expect(checks).toMatchObject([{ outcome: 'failed' }]);
    expect(JSON.stringify([made, checks])).not.toContain('wrong-secret');
    expect(await vendor.channel.check(signal)).toMatchObject([{ outcome: 'ok' }]);
  });

  it('takes an answer that cannot be read for unknown, not for "no link"', async () => {
    await vendor.channel.create(wish, signal);
    vendor.server.faults.next('wrong-type');
    expect(await vendor.channel.look(wish.reference, signal)).toMatchObject({
      ok: false,
      code: 'BAD-ANSWER',
    });
    await vendor.server.faults.clear();
    vendor.server.faults.next('refuse');
    expect(await vendor.channel.look(wish.reference, signal)).toMatchObject({
      ok: false,
      errorClass: 'transient-before-send',
    });
    await vendor.server.faults.clear();
  });
});
