import type { TemplateShown } from '#contract/engine/templates.ts';
import { gateways as fast2sms } from '#engine/adapters/fast2sms/gateway.ts';
import { ENTITY_ID, HEADER, TEMPLATE_ID } from '#tests/adapters/gateways/sms-world.ts';
import { aBill, aCustomer } from '#tests/builders/facts.ts';
import { expect, it } from 'vitest';
import { aWorld } from '../outbox/outbox-world.ts';

it('says before anybody approves it what the gateway would find when it is sent', async () => {
  const world = await aWorld({ gateways: fast2sms });
  const { client } = world.engine;
  await client.business.save({ name: 'Sharma Traders' });
  const fields = { baseUrl: 'http://127.0.0.1:9', senderId: HEADER, route: 'dlt' };
  await client.gateways.save({
    kind: 'sms-fast2sms',
    name: 'Fast2SMS',
    fields,
    secrets: { apiKey: 'k' },
    isOn: true,
  });
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
  const words = {
    key: 'on-due',
    purpose: 'reminder',
    channel: 'sms',
    language: 'en',
    tone: 'plain',
  } as const;
  const nothing = { name: 'Due', subject: null, whatsapp: null, isPaused: false };
  const body = 'Bill {{bill_number}} of Rs. {{amount}} is due. {{business_name}}';
  const draft = { ...words, ...nothing, body, dlt };
  const { templateId } = await client.templates.save({ ...draft, vendorTemplateId: null });
  const customerId = world.db.write((tx) => {
    const id = aCustomer(tx);
    aBill(tx, id, { amount: 1000, billDay: '2026-11-02', dueDay: '2026-11-12' });
    return id;
  });
  const send = async (address: string) => {
    const wish = { customerId, channel: 'sms', templateId, address, isDraft: false } as const;
    const { row, messageId } = await client.reminders.sendOne(wish);
    return { codes: row.problems.map(({ code }) => code), messageId };
  };
  expect(await send('9820000001')).toEqual({ codes: ['no-vendor-template'], messageId: null });
  await client.templates.save({ ...draft, templateId, vendorTemplateId: '665544' });
  expect(await send('+44 7700 900123')).toEqual({ codes: ['bad-number'], messageId: null });
  expect(await send('9820000001')).toEqual({ codes: [], messageId: expect.any(Number) as number });
});
