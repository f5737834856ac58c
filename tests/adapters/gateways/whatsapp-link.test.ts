import { expect, it } from 'vitest';
import { gateways } from '#engine/adapters/whatsapp-link/gateway.ts';
import type { OutgoingMessage } from '#engine/adapters/message-ports.ts';

const message = (text: string): OutgoingMessage => ({
  uid: 'u-1',
  to: '+919876543210',
  toName: 'Anita',
  text,
  language: 'hi',
  values: [],
  ids: {
    dltTemplateId: null,
    dltEntityId: null,
    dltHeader: null,
    dltCategory: null,
    vendorTemplateId: null,
    whatsappName: null,
    whatsappLanguage: null,
  },
  attachments: [],
  email: null,
  windowUntil: null,
});

const send = (text: string) => {
  const world = { now: () => 0, newId: () => 'x', keepSecret: () => Promise.resolve() };
  const channel = gateways[0]?.open({ fields: {}, secrets: {} }, world);
  return channel?.send(message(text), new AbortController().signal);
};

it('hands the user a link that opens the chat with the very text', async () => {
  const text = '₹ 1,25,000 बकाया & 50% #1?\nदूसरी पंक्ति';
  const outcome = await send(text);
  expect(outcome).toMatchObject({ ok: true, state: 'handed-to-user' });
  const url = new URL(outcome?.ok ? (outcome.providerId ?? '') : '');
  expect([url.host, url.pathname, url.searchParams.get('text')]).toEqual(['wa.me', '/919876543210', text]);
});

it('opens the chat alone where no link can carry the text, which is then pasted', async () => {
  const outcome = await send('बकाया '.repeat(400));
  expect(outcome).toMatchObject({
    ok: true,
    providerId: 'https://wa.me/919876543210',
    state: 'handed-to-user',
  });
});
