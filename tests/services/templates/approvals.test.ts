import { refreshApprovals } from '#engine/services/templates/approvals.ts';
import { expect, it } from 'vitest';
import { HOUR } from '../outbox/outbox-world.ts';
import { anInbox } from '../replies/inbox-world.ts';

const { signal } = new AbortController();
const approval = {
  name: 'payment_due',
  language: 'hi',
  body: '',
  parameterCount: 2,
  hasDocument: false,
} as const;

async function withText() {
  const world = await anInbox();
  const whatsapp = {
    name: 'payment_due',
    language: 'hi',
    status: 'pending' as const,
    parameters: [],
    hasDocument: false,
  };
  const words = {
    key: 'on-due',
    purpose: 'reminder',
    channel: 'whatsapp',
    language: 'hi',
    tone: 'plain',
    name: 'Due',
  } as const;
  const more = { subject: null, body: 'नमस्ते', dlt: null, vendorTemplateId: null, isPaused: false } as const;
  await world.engine.client.templates.save({ ...words, ...more, whatsapp });
  const status = async () => (await world.engine.client.templates.list())[0]?.whatsapp?.status;
  return { ...world, status };
}

it('keeps what Meta says of a text, asks a few times a day, and believes no silence', async () => {
  const world = await withText();
  world.whatsapp.templates = [{ ...approval, status: 'approved' }];
  await refreshApprovals(world.book(), signal);
  expect(await world.status()).toBe('approved');
  world.whatsapp.templates = [{ ...approval, status: 'paused' }];
  await refreshApprovals(world.book(), signal);
  expect(await world.status()).toBe('approved');
  world.clock.now += 7 * HOUR;
  await refreshApprovals(world.book(), signal);
  expect(await world.status()).toBe('paused');
  world.whatsapp.templates = null;
  world.clock.now += 7 * HOUR;
  await refreshApprovals(world.book(), signal);
  expect(await world.status()).toBe('paused');
  world.whatsapp.templates = [];
  world.clock.now += 7 * HOUR;
  await refreshApprovals(world.book(), signal);
  expect(await world.status()).toBe('unknown');
});
