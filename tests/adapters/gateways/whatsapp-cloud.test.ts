import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageChannel, OutgoingMessage } from '#engine/adapters/message-ports.ts';
import { openCloud } from '#engine/adapters/whatsapp-cloud/gateway.ts';
import { CLOUD, startFakeCloud, type FakeCloud } from '#tests/fakes/gateways/whatsapp-cloud.ts';

const { signal } = new AbortController();
const NOW = 1_795_000_000_000;

let cloud: FakeCloud;
let channel: MessageChannel;
beforeEach(async () => {
  cloud = await startFakeCloud();
  cloud.templates.push(
    {
      name: 'payment_due',
      language: 'hi',
      status: 'APPROVED',
      body: 'नमस्ते {{1}}, ₹{{2}} बाकी है।',
      hasDocument: false,
    },
    {
      name: 'statement',
      language: 'en',
      status: 'APPROVED',
      body: 'Your statement, {{1}}.',
      hasDocument: true,
    },
    { name: 'resting', language: 'en', status: 'PAUSED', body: 'Hello {{1}}', hasDocument: false },
  );
  channel = open(CLOUD.token);
});
afterEach(() => cloud.close());

function open(token: string): MessageChannel {
  const { phoneNumberId, businessAccountId } = CLOUD;
  const fields = { baseUrl: cloud.url, version: 'v23.0', phoneNumberId, businessAccountId };
  const world = { now: () => NOW, newId: () => 'x', keepSecret: () => Promise.resolve() };
  return openCloud({ fields, secrets: { token } }, world, { timeoutMs: 150, bytesMost: 100_000 });
}

const ids: OutgoingMessage['ids'] = {
  dltTemplateId: null,
  dltEntityId: null,
  dltHeader: null,
  dltCategory: null,
  vendorTemplateId: null,
  whatsappName: 'payment_due',
  whatsappLanguage: 'hi',
};

function message(more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const values = [
    { name: 'customer_name', value: 'अनिता स्टोर्स' },
    { name: 'amount', value: '1,25,000.50' },
  ];
  const base = { uid: 'uid-1', to: '+919876543210', toName: 'Anita', text: 'नमस्ते', language: 'hi' };
  return { ...base, values, ids, attachments: [], email: null, windowUntil: null, ...more };
}

const pdf = { fileName: 'statement.pdf', mime: 'application/pdf', bytes: Buffer.from('%PDF-1.7 …') };
const named = (whatsappName: string) => ({ ...ids, whatsappName, whatsappLanguage: 'en' });

describe('a template', () => {
  it('arrives with its parameters in order, in Hindi', async () => {
    expect(await channel.send(message(), signal)).toMatchObject({
      ok: true,
      providerId: 'wamid.1',
      state: 'accepted',
    });
    expect(cloud.accepted).toMatchObject([
      { to: '919876543210', text: 'नमस्ते अनिता स्टोर्स, ₹1,25,000.50 बाकी है।', ids: { uid: 'uid-1' } },
    ]);
  });

  it('carries a PDF that was uploaded before', async () => {
    const values = [{ name: 'customer_name', value: 'Anita' }];
    const sent = await channel.send(message({ ids: named('statement'), attachments: [pdf], values }), signal);
    expect(sent).toMatchObject({ ok: true });
    expect(cloud.requests.map(({ url }) => url.pathname.split('/').at(-1))).toEqual(['media', 'messages']);
  });

  it('has line breaks in its values folded, which Meta would refuse', async () => {
    const values = [
      { name: 'customer_name', value: 'Anita\nStores' },
      { name: 'amount', value: '1' },
    ];
    expect(await channel.send(message({ values }), signal)).toMatchObject({ ok: true });
  });

  it.each([
    ['does not exist', named('nothing'), '132001', 'template-config'],
    ['is paused', named('resting'), '132015', 'template-config'],
    ['has other parameters', named('statement'), '132000', 'template-config'],
  ] as const)('that %s pauses the template, not the gateway', async (_what, its, code, errorClass) => {
    expect(await channel.send(message({ ids: its }), signal)).toMatchObject({ ok: false, code, errorClass });
  });
});

describe('free text', () => {
  const text = message({ ids: { ...ids, whatsappName: null }, windowUntil: NOW + 1000 });

  it('leaves while the customer’s window is open', async () => {
    cloud.customerWrote('919876543210');
    expect(channel.preflight(text)).toEqual([]);
    expect(await channel.send(text, signal)).toMatchObject({ ok: true });
  });

  it('is stopped before it leaves when the window is over, and by Meta if it left', async () => {
    expect(channel.preflight({ ...text, windowUntil: NOW - 1 })).toMatchObject([
      { code: 'whatsapp-template-missing', isBlocking: true },
    ]);
    expect(await channel.send(text, signal)).toMatchObject({
      ok: false,
      code: '131047',
      errorClass: 'window',
    });
  });
});

describe('what goes wrong', () => {
  it.each([
    ['refuse', 'transient-before-send'],
    ['hang', 'transient-after-send'],
    ['reset-after-request', 'transient-after-send'],
    ['reset-before-answer', 'transient-after-send'],
    ['error-in-200', 'transient-after-send'],
    ['throttle', 'throttled'],
    ['status-500', 'transient-after-send'],
    ['trickle', 'transient-after-send'],
    ['wrong-type', 'transient-after-send'],
    ['huge', 'transient-after-send'],
  ] as const)(
    '%s is %s, and never safe to repeat where the customer may have it',
    async (fault, errorClass) => {
      cloud.faults.next(fault);
      const outcome = await channel.send(message(), signal);
      expect(outcome).toMatchObject({ ok: false, errorClass });
      if (cloud.accepted.length > 0) expect(errorClass).not.toBe('transient-before-send');
      await cloud.faults.clear();
    },
  );

  it('while the PDF is uploaded is safe to repeat: no message was asked for yet', async () => {
    cloud.faults.next('reset-before-answer');
    const outcome = await channel.send(message({ ids: named('statement'), attachments: [pdf] }), signal);
    expect(outcome).toMatchObject({ ok: false, errorClass: 'transient-before-send' });
    expect(cloud.accepted).toEqual([]);
  });

  it('with a number that has no WhatsApp is for good', async () => {
    cloud.absent.add('919876543210');
    expect(await channel.send(message(), signal)).toMatchObject({
      ok: false,
      errorClass: 'recipient-permanent',
    });
  });

  it('with a wrong token pauses the account and tells nobody the token, the number or the text', async () => {
    const wrong = open('EAAanother-secret');
    const outcomes = [await wrong.send(message(), signal), await wrong.check(signal)];
    expect(outcomes).toMatchObject([{ errorClass: 'auth' }, [{ outcome: 'failed' }]]);
    expect(JSON.stringify(outcomes)).not.toMatch(/EAAanother|9876543210|नमस्ते/);
  });
});

describe('afterwards', () => {
  it.each([
    ['(#131026) Message undeliverable', 'recipient-permanent', '131026'],
    ['131047: Re-engagement message', 'window', '131047'],
    ['Error 132015: template is paused', 'template-config', '132015'],
    ['131049 healthy ecosystem', 'recipient-temporary', '131049'],
    ['131042 payment issue', 'balance', '131042'],
    ['131000 Something went wrong', 'recipient-temporary', '131000'],
    ['Message undeliverable', 'recipient-temporary', 'FAILED'],
  ] as const)('goes by Meta’s code where a message failed: %s', async (said, errorClass, code) => {
    await channel.send(message(), signal);
    const { id } = cloud.accepted.at(-1) ?? { id: '' };
    cloud.report(id, 'FAILED', said);
    const mark = { uid: 'uid-1', providerId: id, to: '+919876543210', sentAt: NOW, messageId: null };
    const news = await channel.pull?.([mark], signal);
    expect(news).toMatchObject({ ok: true, value: [{ state: 'undelivered', errorClass, code }] });
  });

  it('tells how far each message came, by asking', async () => {
    await channel.send(message(), signal);
    await channel.send(message({ uid: 'uid-2', to: '+919876543211' }), signal);
    cloud.report('wamid.1', 'DELIVERED');
    cloud.report('wamid.1', 'READ');
    cloud.report('wamid.2', 'FAILED', 'Message undeliverable');
    const marks = ['wamid.1', 'wamid.2', 'wamid.3'].map((providerId, at) => ({
      uid: `uid-${at + 1}`,
      providerId,
      to: '+919876543210',
      sentAt: NOW,
      messageId: null,
    }));
    const news = await channel.pull?.(marks, signal);
    expect(news).toMatchObject({
      ok: true,
      value: [
        { uid: 'uid-1', state: 'read', at: 1_795_000_120_000 },
        { uid: 'uid-2', state: 'undelivered', errorClass: 'recipient-temporary' },
      ],
    });
  });

  it('tells which templates are approved, and with how many parameters', async () => {
    expect(await channel.pullTemplates?.(signal)).toMatchObject({
      value: [
        { name: 'payment_due', language: 'hi', status: 'approved', parameterCount: 2, hasDocument: false },
        { name: 'statement', status: 'approved', parameterCount: 1, hasDocument: true },
        { name: 'resting', status: 'paused' },
      ],
    });
    const steps = await channel.check(signal);
    expect(steps.map(({ step, outcome }) => [step, outcome])).toEqual([
      ['account', 'ok'],
      ['sender', 'ok'],
      ['sender', 'ok'],
    ]);
  });
});
