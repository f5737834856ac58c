import { expect, it } from 'vitest';
import { relayAckShape, relayEventsShape } from '#contract/relay.ts';

const call = {
  cursor: '42',
  gateway: 'whatsapp-cloud-1',
  receivedAt: 1_795_000_000_000,
  method: 'POST',
  target: '',
  headers: { 'x-hub-signature-256': 'sha256=ab12', 'content-type': 'application/json' },
  bodyBase64: Buffer.from(
    '{"entry":[{"changes":[{"value":{"messages":[{"text":{"body":"रोकें"}}]}}]}]}',
  ).toString('base64'),
};

it('carries a call of a vendor byte for byte, so that its signature can be checked at the desktop', () => {
  const read = relayEventsShape.parse({ events: [call], cursor: '42', hasMore: false });
  expect(Buffer.from(read.events[0]?.bodyBase64 ?? '', 'base64').toString('utf8')).toContain('रोकें');
  expect(relayAckShape.parse({ upTo: read.cursor })).toEqual({ upTo: '42' });
});

it.each([
  ['a cursor that is no number', { ...call, cursor: '4x' }],
  ['a gateway that could be a path', { ...call, gateway: '../keys' }],
  ['a body that is no base64', { ...call, bodyBase64: '***' }],
])('refuses %s', (_what, event) => {
  expect(relayEventsShape.safeParse({ events: [event], cursor: '1', hasMore: false }).success).toBe(false);
});
