import { afterEach, describe, expect, it } from 'vitest';
import * as fast2sms from '../../../src-engine/adapters/fast2sms/gateway.ts';
import * as gupshup from '../../../src-engine/adapters/gupshup/gateway.ts';
import * as httpGateway from '../../../src-engine/adapters/http-gateway/gateway.ts';
import type { GatewayConfig } from '../../../src-engine/adapters/message-ports.ts';
import * as msg91 from '../../../src-engine/adapters/msg91/gateway.ts';
import * as textlocal from '../../../src-engine/adapters/textlocal/gateway.ts';
import { startFake, type FakeReply, type FakeServer } from '../../fakes/gateways/server.ts';
import * as sms from './sms-world.ts';

// What holds for all SMS gateways over HTTP alike: that they survive any answer, and that their forms are complete.

const opened: FakeServer[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

const vendors = { msg91, gupshup, textlocal, fast2sms, httpGateway };

/** Settings that every one of them can work with. */
function configFor(url: string): GatewayConfig {
  return {
    fields: {
      baseUrl: url,
      url,
      statusUrl: `${url}/{{id}}`,
      statusAt: 'status',
      body: '{"text":"{{text}}"}',
      successAt: 'ok',
      successIs: 'true',
      sender: sms.HEADER,
      senderId: sms.HEADER,
      mask: sms.HEADER,
      userId: 'u',
      inboxId: '10',
    },
    secrets: { authKey: sms.SECRET, password: sms.SECRET, apiKey: sms.SECRET, key: sms.SECRET },
  };
}

const bodies: readonly unknown[] = [
  '',
  'null',
  '[]',
  '""',
  '0',
  '{',
  '{}',
  '<html>',
  'success',
  'success | ',
  'success |  | ',
  'error | | ',
  'Success | 1 | 2',
  { type: null },
  { type: 'success' },
  { type: 'success', message: '' },
  { type: 'success', message: {} },
  { type: 'Success', message: 'x' },
  { type: 'error' },
  { type: 'error', message: [] },
  { status: 'success' },
  { status: 'success', messages: [] },
  { status: 'success', messages: [{ id: null }] },
  { status: 'failure', errors: [] },
  { status: 'failure', errors: 'no' },
  { return: true },
  { return: 'true', request_id: 'x' },
  { return: true, request_id: {} },
  { return: false },
  { return: false, status_code: [] },
  { ok: false },
  { ok: null },
  { hasError: true },
  { data: 'x', metadata: 1 },
  { __proto__: { ok: true }, constructor: 1 },
  [[[[1]]]],
];

const replies: readonly FakeReply[] = bodies.flatMap((body) =>
  [200, 202, 404, 503].map((status) => ({ status, body })),
);

describe.each(Object.entries(vendors))('%s', (_name, { gateways }) => {
  const [gateway] = gateways;
  if (!gateway) throw new Error('No gateway');

  it('takes no strange answer for a success, nor for a reason to send again by itself', async () => {
    let reply: FakeReply = { status: 200, body: '' };
    const server = await startFake(() => reply);
    opened.push(server);
    const channel = gateway.open(
      configFor(server.url),
      sms.worldAt(() => sms.NOW),
    );
    for (reply of replies) {
      const outcome = await channel.send(sms.aMessage(), sms.never());
      const told = `${reply.status} ${JSON.stringify(reply.body)} → ${JSON.stringify(outcome)}`;
      expect(outcome.ok, told).toBe(false);
      if (outcome.ok) continue;
      expect(outcome.errorClass, told).not.toBe('transient-before-send');
      expect(outcome.phase, told).toBe('response-read');
      sms.expectNoSecrets(outcome);
    }
  });

  it('reads reports, logs and replies of any shape without breaking, and takes no doubt for a "no"', async () => {
    let reply: FakeReply = { status: 200, body: '' };
    const server = await startFake(() => reply);
    opened.push(server);
    const channel = gateway.open(
      configFor(server.url),
      sms.worldAt(() => sms.NOW),
    );
    const sentAt = sms.NOW - 60 * sms.MINUTE;
    const mark = { uid: 'u', providerId: '1', to: sms.PHONE, sentAt, messageId: null, text: 'Pay' };
    for (reply of replies) {
      const pulled = await channel.pull?.([mark], sms.never());
      if (pulled?.ok) expect(pulled.value).toEqual([]);
      const inbound = await channel.pullInbound?.(null, sms.never());
      if (inbound?.ok) expect(inbound.value.messages).toEqual([]);
      const found = await channel.find?.(mark, sms.never());
      if (found) expect(found.ok, `${reply.status} ${JSON.stringify(reply.body)}`).toBe(false);
      expect((await channel.check(sms.never())).length).toBeGreaterThan(0);
    }
  });

  it('has a form in both languages, whose presets are among the choices and whose keys are named once', () => {
    const { fields, name, about, capabilities, kind, channel } = gateway.describe;
    const words = [
      name,
      about,
      ...fields.flatMap(({ label, hint, choices = [] }) => [
        label,
        hint ?? label,
        ...choices.map((one) => one.label),
      ]),
    ];
    expect(words.every(({ en, hi }) => en.trim() !== '' && hi.trim() !== '')).toBe(true);
    expect(about.hi).toMatch(/\p{Script=Devanagari}/u);
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
    for (const { preset, choices } of fields)
      if (choices && preset !== undefined) expect(choices.map(({ value }) => value)).toContain(preset);
    expect(fields.filter((field) => field.kind === 'secret' && field.preset !== undefined)).toEqual([]);
    expect([channel, capabilities.isIdempotent, capabilities.takesAttachments]).toEqual([
      'sms',
      false,
      false,
    ]);
    expect(kind).toMatch(/^sms-[a-z0-9]+$/);
  });

  it('promises finding, reports and replies exactly where it has them', () => {
    const { canFind, pullsStatus, pullsInbound } = gateway.describe.capabilities;
    const opening = gateway.open(
      configFor('http://127.0.0.1:1'),
      sms.worldAt(() => sms.NOW),
    );
    expect([canFind, pullsStatus !== 'no', pullsInbound]).toEqual([
      opening.find !== undefined,
      opening.pull !== undefined,
      opening.pullInbound !== undefined,
    ]);
  });
});

it('gives each gateway a kind of its own', () => {
  const kinds = Object.values(vendors).flatMap(({ gateways }) => gateways.map((one) => one.describe.kind));
  expect(new Set(kinds).size).toBe(kinds.length);
});
