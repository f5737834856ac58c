import { afterEach, describe, expect, it } from 'vitest';
import { gateways, openGupshup } from '../../../src-engine/adapters/gupshup/gateway.ts';
import { startGupshup, type FakeGupshup } from '../../fakes/gateways/gupshup.ts';
import * as sms from './sms-world.ts';

const opened: FakeGupshup[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

async function open(more: { readonly password?: string } = {}) {
  const now = (): number => sms.NOW;
  const server = await startGupshup({ userId: '2000', password: sms.SECRET, dlt: sms.registry(), now });
  opened.push(server);
  const config = {
    fields: {
      baseUrl: `${server.url}/GatewayAPI/rest`,
      userId: '2000',
      mask: sms.HEADER,
      entityId: sms.ENTITY_ID,
    },
    secrets: { password: more.password ?? sms.SECRET },
  };
  return { server, channel: openGupshup(config, sms.worldAt(now), sms.smallLimits) };
}

describe('Gupshup', () => {
  sms.itSurvivesEveryFault(open, 'account-config');

  it('marks Hindi as Unicode, so that it arrives as written, with its DLT ids', async () => {
    const { server, channel } = await open();
    expect(await channel.send(sms.aMessage(), sms.never())).toEqual({
      ok: true,
      providerId: server.rows[0]?.id,
      state: 'accepted',
      parts: null,
      costMicros: null,
    });
    expect(await channel.send(sms.aHindiMessage(), sms.never())).toMatchObject({ ok: true });
    expect(server.accepted.map(({ text }) => text)).toEqual([
      sms.filledText(sms.english),
      sms.filledText(sms.hindi),
    ]);
    expect(server.requests.map(({ form }) => form.get('msg_type'))).toEqual(['Text', 'Unicode_text']);
    expect(server.requests[0]?.form.get('principalEntityId')).toBe(sms.ENTITY_ID);
    expect(server.requests[0]?.form.get('dltTemplateId')).toBe(sms.TEMPLATE_ID);
    expect(server.requests[0]?.target).not.toContain(sms.SECRET);
  });

  it.each([
    ['100', 'unknown'],
    ['101', 'account-config'],
    ['102', 'auth'],
    ['103', 'auth'],
    ['104', 'auth'],
    ['105', 'recipient-permanent'],
    ['106', 'account-config'],
    ['108', 'account-config'],
    ['177', 'unknown'],
  ])('knows what its code %s means: %s', async (code, errorClass) => {
    const { server, channel } = await open();
    server.refuseNext(code);
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: false, phase: 'response-read', code, errorClass });
    expect(server.accepted).toHaveLength(0);
  });

  it('tests the password by a message that has no recipient, and says that this is no proof', async () => {
    const { server, channel } = await open();
    const checks = await channel.check(sms.never());
    expect(checks.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'connect ok',
      'sign-in warning',
    ]);
    expect(server.requests[0]?.form.has('send_to')).toBe(false);
    const wrong = await (await open({ password: 'wrong-one' })).channel.check(sms.never());
    expect(wrong).toEqual([expect.objectContaining({ step: 'sign-in', outcome: 'failed' })]);
    const none = await (await open({ password: '' })).channel.check(sms.never());
    expect(none).toEqual([expect.objectContaining({ step: 'settings', outcome: 'failed' })]);
  });

  it('promises neither reports nor finding again', async () => {
    const { channel } = await open();
    expect([channel.pull, channel.pullInbound, channel.find]).toEqual([undefined, undefined, undefined]);
    expect(gateways[0]?.describe.capabilities).toMatchObject({ pullsStatus: 'no', canFind: false });
  });

  it('finds missing ids before anything leaves', () => {
    const empty = openGupshup(
      { fields: {}, secrets: {} },
      sms.worldAt(() => sms.NOW),
    );
    const base = sms.aMessage();
    const bare = {
      ...base,
      to: 'x',
      ids: { ...base.ids, dltEntityId: null, dltHeader: null, dltTemplateId: null },
    };
    expect(empty.preflight(bare).map(({ code }) => code)).toEqual([
      'missing-setting',
      'missing-setting',
      'missing-setting',
      'missing-setting',
      'no-dlt-template',
      'bad-number',
    ]);
  });
});
