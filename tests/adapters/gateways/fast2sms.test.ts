import { afterEach, describe, expect, it } from 'vitest';
import { openFast2sms } from '../../../src-engine/adapters/fast2sms/gateway.ts';
import { startFast2sms, type FakeFast2sms } from '../../fakes/gateways/fast2sms.ts';
import { startFake } from '../../fakes/gateways/server.ts';
import * as sms from './sms-world.ts';

const opened: FakeFast2sms[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

async function open(more: { readonly key?: string; readonly route?: string } = {}) {
  const clock = { now: sms.NOW };
  const now = (): number => clock.now;
  const base = { entityId: sms.ENTITY_ID };
  const server = await startFast2sms({
    apiKey: sms.SECRET,
    dlt: sms.registry(),
    now,
    templates: {
      [sms.VENDOR_TEMPLATE_ID]: { ...base, text: sms.english, dltTemplateId: sms.TEMPLATE_ID },
      [sms.HINDI_VENDOR_TEMPLATE_ID]: { ...base, text: sms.hindi, dltTemplateId: sms.HINDI_TEMPLATE_ID },
    },
  });
  opened.push(server);
  const config = {
    fields: { baseUrl: server.url, senderId: sms.HEADER, route: more.route ?? 'dlt' },
    secrets: { apiKey: more.key ?? sms.SECRET },
  };
  return { server, clock, channel: openFast2sms(config, sms.worldAt(now), sms.smallLimits) };
}

describe('Fast2SMS', () => {
  sms.itSurvivesEveryFault(open, 'account-config');

  it.each(['dlt', 'dlt_manual'])(
    'sends English and Hindi as written by the route %s, and tells the price',
    async (route) => {
      const { server, channel } = await open({ route });
      expect(await channel.send(sms.aMessage(), sms.never())).toEqual({
        ok: true,
        providerId: server.rows[0]?.id,
        state: 'accepted',
        parts: 1,
        costMicros: 200_000,
      });
      await channel.send(sms.aHindiMessage(), sms.never());
      expect(server.accepted.map(({ to, text }) => [to, text])).toEqual([
        [sms.PHONE, sms.filledText(sms.english)],
        [sms.PHONE, sms.filledText(sms.hindi)],
      ]);
      expect(server.requests[0]?.body).not.toContain(sms.SECRET);
      expect(server.requests[0]?.headers['authorization']).toBe(sms.SECRET);
    },
  );

  it.each([
    ['401', 'account-config'],
    ['405', 'recipient-permanent'],
    ['411', 'recipient-permanent'],
    ['412', 'auth'],
    ['413', 'auth'],
    ['414', 'account-config'],
    ['416', 'balance'],
    ['424', 'template-config'],
    ['426', 'template-config'],
    ['500', 'template-config'],
    ['990', 'account-config'],
    ['995', 'policy'],
    ['996', 'account-config'],
    ['321', 'unknown'],
  ])('knows what its code %s means: %s', async (code, errorClass) => {
    const { server, channel } = await open();
    server.refuseNext(code);
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: false, phase: 'response-read', code, errorClass });
  });

  it('does not call a message untaken when the server itself was ill', async () => {
    const server = await startFake(() => ({ status: 502, body: { return: false, status_code: 416 } }));
    try {
      const config = {
        fields: { baseUrl: server.url, senderId: sms.HEADER },
        secrets: { apiKey: sms.SECRET },
      };
      const channel = openFast2sms(
        config,
        sms.worldAt(() => sms.NOW),
      );
      expect(await channel.send(sms.aMessage(), sms.never())).toMatchObject({
        errorClass: 'transient-after-send',
      });
    } finally {
      await server.close();
    }
  });

  it('tests the key by the wallet', async () => {
    const { server, channel } = await open();
    const checks = await channel.check(sms.never());
    expect(checks.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'connect ok',
      'sign-in ok',
      'balance ok',
      'sender left-out',
    ]);
    expect(server.accepted).toHaveLength(0);
    const wrong = await (await open({ key: 'wrong-key' })).channel.check(sms.never());
    expect(wrong).toEqual([expect.objectContaining({ step: 'sign-in', outcome: 'failed' })]);
  });

  it('puts another sign for a "|" in a value, which would move all later values', async () => {
    const { server, channel } = await open();
    const [, amount] = sms.values;
    const message = sms.aMessage({ values: [{ name: 'bill_number', value: 'A|B' }, amount] });
    expect(channel.preflight(message)).toEqual([]);
    expect(await channel.send(message, sms.never())).toMatchObject({ ok: true });
    expect(server.requests.at(-1)?.json).toMatchObject({ variables_values: `A-B|${amount.value}` });
  });

  it('finds missing ids and foreign numbers before anything leaves', async () => {
    const base = sms.aMessage({ to: '+447700900123' });
    const bare = {
      ...base,
      ids: { ...base.ids, vendorTemplateId: null, dltTemplateId: null, dltEntityId: null },
    };
    const byId = (await open({ key: '' })).channel;
    expect(byId.preflight(bare).map(({ code }) => code)).toEqual([
      'missing-setting',
      'bad-number',
      'no-vendor-template',
    ]);
    const byText = (await open({ route: 'dlt_manual' })).channel;
    expect(byText.preflight(bare).map(({ code }) => code)).toEqual([
      'bad-number',
      'no-dlt-template',
      'missing-setting',
    ]);
  });

  it('pulls over all pages, each message once and never backwards, and hears of DLT there', async () => {
    const { server, channel } = await open();
    const marks = [];
    for (const uid of ['a', 'b', 'c']) {
      const message = sms.aMessage({ uid });
      marks.push(sms.markOf(message, await channel.send(message, sms.never()), sms.NOW));
    }
    const [a, b, c] = server.rows;
    server.deliver(a?.id ?? '');
    server.fail(b?.id ?? '', 'handset off');
    server.fail(c?.id ?? '', '632');
    for (const fault of ['duplicate-status', 'out-of-order-status'] as const) {
      server.faults.next(fault, 20);
      const news = await channel.pull?.(marks, sms.never());
      expect(news?.ok ? news.value.map(({ uid, state, code }) => [uid, state, code]) : news).toEqual([
        ['a', 'delivered', null],
        ['b', 'undelivered', 'failed'],
        ['c', 'rejected', 'DLT 632'],
      ]);
      await server.faults.clear();
    }
  });

  it('never asks for more than three days', async () => {
    const { server, channel, clock } = await open();
    const message = sms.aMessage();
    const mark = sms.markOf(message, await channel.send(message, sms.never()), sms.NOW);
    clock.now += 5 * sms.DAY;
    expect(await channel.pull?.([mark], sms.never())).toEqual({ ok: true, value: [] });
    const query = server.requests.at(-1)?.url.searchParams;
    expect([query?.get('from_date'), query?.get('to_date')]).toEqual(['2026-11-25', '2026-11-27']);
  });

  it('finds a message again whose answer was lost, and says no only when that is sure', async () => {
    const { server, channel, clock } = await open();
    server.faults.next('trickle');
    const message = sms.aMessage();
    const mark = {
      ...sms.markOf(message, await channel.send(message, sms.never()), sms.NOW),
      text: message.text,
    };
    expect(await channel.find?.(mark, sms.never())).toMatchObject({
      ok: true,
      value: { providerId: server.rows[0]?.id, state: 'sent' },
    });
    const other = { ...mark, to: '+919812345678' };
    expect(await channel.find?.(other, sms.never())).toMatchObject({ ok: false, code: 'TOO-EARLY' });
    clock.now += 20 * sms.MINUTE;
    expect(await channel.find?.(other, sms.never())).toEqual({ ok: true, value: null });
  });
});
