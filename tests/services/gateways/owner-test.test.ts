import type { TemplateShown } from '#contract/engine/templates.ts';
import { gateways as fast2sms } from '#engine/adapters/fast2sms/gateway.ts';
import { gateways as cloud } from '#engine/adapters/whatsapp-cloud/gateway.ts';
import { startFast2sms } from '#tests/fakes/gateways/fast2sms.ts';
import { CLOUD, startFakeCloud } from '#tests/fakes/gateways/whatsapp-cloud.ts';
import { ENTITY_ID, HEADER, TEMPLATE_ID, VENDOR_TEMPLATE_ID } from '#tests/adapters/gateways/sms-world.ts';
import { aBill, aCustomer } from '#tests/builders/facts.ts';
import { expect, it, onTestFinished } from 'vitest';
import { aWorld, MONDAY, type World } from '../outbox/outbox-world.ts';

// Operators and Meta let nothing through that is not registered: a gateway of theirs could never prove itself by a
// plain sentence, and customers would never hear from it.

const common = {
  key: 'on-due',
  purpose: 'reminder',
  language: 'en',
  tone: 'plain',
  name: 'Due',
  subject: null,
  isPaused: false,
} as const;
const dlt: NonNullable<TemplateShown['dlt']> = {
  entityId: ENTITY_ID,
  header: HEADER,
  templateId: TEMPLATE_ID,
  category: 'service-implicit',
  variables: [
    { tag: 'alphanumeric', charsMost: 30 },
    { tag: 'numeric', charsMost: 15 },
  ],
};

async function lastStep({ engine: { client } }: World, gatewayId: number): Promise<string> {
  let last = '';
  for await (const { step, outcome, detail } of await client.gateways.test({ gatewayId, sendsToOwner: true }))
    last = `${step} ${outcome} ${detail.en}`;
  return last;
}

async function aBusiness(): Promise<World> {
  const world = await aWorld({ gateways: [...fast2sms, ...cloud] });
  await world.engine.client.business.save({ name: 'Sharma Traders', ownerPhone: '9876543210' });
  return world;
}

it('tests an SMS gateway with a registered text, in which the business is no variable', async () => {
  const template = {
    text: 'Sharma Traders: bill {#var#} of Rs. {#var#} is due.',
    entityId: ENTITY_ID,
    dltTemplateId: TEMPLATE_ID,
  };
  const server = await startFast2sms({
    apiKey: 'fast-key',
    templates: { [VENDOR_TEMPLATE_ID]: template },
    dlt: null,
    now: () => MONDAY,
  });
  onTestFinished(() => server.close());
  const world = await aBusiness();
  const { client } = world.engine;
  const { gatewayId } = await client.gateways.save({
    kind: 'sms-fast2sms',
    name: 'Fast2SMS',
    fields: { baseUrl: server.url, senderId: HEADER, route: 'dlt' },
    secrets: { apiKey: 'fast-key' },
    isOn: true,
  });
  expect(await lastStep(world, gatewayId)).toContain('Enter the ids at one of your texts first');
  const body = '{{business_name}}: bill {{bill_number}} of Rs. {{amount}} is due.';
  const vendorTemplateId = VENDOR_TEMPLATE_ID;
  const { templateId } = await client.templates.save({
    ...common,
    channel: 'sms',
    body,
    dlt,
    vendorTemplateId,
    whatsapp: null,
  });
  expect(await lastStep(world, gatewayId)).toMatch(/^send ok/);
  expect(server.accepted.map(({ to, text }) => [to, text])).toEqual([
    ['+919876543210', 'Sharma Traders: bill TEST-1 of Rs. 1 is due.'],
  ]);
  // What a person wrote over a text leaves as he wrote it, also where the vendor makes the text itself.
  await client.gateways.confirmOwner({ gatewayId });
  const customerId = world.db.write((tx) => {
    const id = aCustomer(tx);
    aBill(tx, id, { amount: 1000, billDay: '2026-11-02', dueDay: '2026-11-12' });
    return id;
  });
  const text = 'Sharma Traders: bill A-7 and A-9 of Rs. 640 is due.';
  const wish = { customerId, channel: 'sms', templateId, text, address: '9820000001' } as const;
  expect(await client.reminders.sendOne({ ...wish, isDraft: false })).toMatchObject({
    silence: null,
    row: { text },
  });
  await world.round();
  expect(server.accepted.slice(1).map(({ to, text: got }) => [to, got])).toEqual([['+919820000001', text]]);
});

it('tests WhatsApp with an approved text, each of whose fields is one parameter', async () => {
  const server = await startFakeCloud();
  onTestFinished(() => server.close());
  server.templates.push({
    name: 'payment_due',
    language: 'en',
    status: 'APPROVED',
    body: 'Bill {{1}} of {{2}} is due at {{3}}. Please pay bill {{1}} soon.',
    hasDocument: false,
  });
  const world = await aBusiness();
  const { client } = world.engine;
  const { phoneNumberId, businessAccountId, token } = CLOUD;
  const kind = (await client.gateways.kinds()).find((one) => one.kind === 'whatsapp-cloud');
  const presets = Object.fromEntries((kind?.fields ?? []).map(({ key, preset }) => [key, preset ?? '']));
  const { gatewayId } = await client.gateways.save({
    kind: 'whatsapp-cloud',
    name: 'WhatsApp',
    fields: { ...presets, baseUrl: server.url, phoneNumberId, businessAccountId },
    secrets: Object.fromEntries(
      (kind?.fields ?? []).filter((one) => one.kind === 'secret').map(({ key }) => [key, token]),
    ),
    isOn: true,
  });
  const whatsapp: NonNullable<TemplateShown['whatsapp']> = {
    name: 'payment_due',
    language: 'en',
    status: 'approved',
    parameters: ['bill_number', 'amount', 'business_name'],
    hasDocument: false,
  };
  const body =
    'Bill {{bill_number}} of {{amount}} is due at {{business_name}}. Please pay bill {{bill_number}} soon.';
  await client.templates.save({
    ...common,
    channel: 'whatsapp',
    body,
    dlt: null,
    vendorTemplateId: null,
    whatsapp,
  });
  expect(await lastStep(world, gatewayId)).toMatch(/^send ok/);
  expect(server.accepted.map(({ text }) => text)).toEqual([
    'Bill TEST-1 of ₹1.00 is due at Sharma Traders. Please pay bill TEST-1 soon.',
  ]);
});
