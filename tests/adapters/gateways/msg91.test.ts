import { afterEach, describe, expect, it } from 'vitest';
import { gateways, openMsg91 } from '../../../src-engine/adapters/msg91/gateway.ts';
import type { DltScrubber } from '../../fakes/dlt/scrubber.ts';
import { startMsg91, type FakeMsg91 } from '../../fakes/gateways/msg91.ts';
import * as sms from './sms-world.ts';

const opened: FakeMsg91[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

const flow = (text: string): string =>
  text.replace('{#var#}', '##bill_number##').replace('{#var#}', '##amount##');

async function open(more: { key?: string; now?: () => number; dlt?: DltScrubber } = {}) {
  const base = { header: sms.HEADER, entityId: sms.ENTITY_ID };
  const clock = { now: sms.NOW };
  const server = await startMsg91({
    authKey: sms.SECRET,
    dlt: more.dlt ?? sms.registry(),
    now: () => clock.now,
    templates: {
      [sms.VENDOR_TEMPLATE_ID]: { ...base, text: flow(sms.english), dltTemplateId: sms.TEMPLATE_ID },
      [sms.HINDI_VENDOR_TEMPLATE_ID]: {
        ...base,
        text: flow(sms.hindi),
        dltTemplateId: sms.HINDI_TEMPLATE_ID,
      },
    },
  });
  opened.push(server);
  const config = { fields: { baseUrl: `${server.url}/` }, secrets: { authKey: more.key ?? sms.SECRET } };
  const channel = openMsg91(
    config,
    sms.worldAt(() => clock.now),
    sms.smallLimits,
  );
  return { server, channel, clock };
}

describe('MSG91', () => {
  sms.itSurvivesEveryFault(open, 'unknown');

  it('sends the values under their names, and the phone gets the exact text in English and Hindi', async () => {
    const { server, channel } = await open();
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: true, state: 'accepted', providerId: server.rows[0]?.id });
    expect(await channel.send(sms.aHindiMessage(), sms.never())).toMatchObject({ ok: true });
    expect(server.accepted.map(({ to, text }) => ({ to, text }))).toEqual([
      { to: sms.PHONE, text: sms.filledText(sms.english) },
      { to: sms.PHONE, text: sms.filledText(sms.hindi) },
    ]);
    expect(server.requests[0]?.target).not.toContain(sms.SECRET);
  });

  it('does not believe the "success" that a wrong key gets: the test asks the log', async () => {
    const { server, channel } = await open({ key: 'wrongKey12345' });
    expect(await channel.send(sms.aMessage(), sms.never())).toMatchObject({ ok: true });
    expect(server.accepted).toHaveLength(0);
    const checks = await channel.check(sms.never());
    expect(checks).toEqual([expect.objectContaining({ step: 'sign-in', outcome: 'failed' })]);
    server.trustAnyKey(false);
    expect(await channel.send(sms.aMessage(), sms.never())).toMatchObject({
      errorClass: 'auth',
      code: '201',
    });
  });

  it('passes its test with the right key, without sending', async () => {
    const { server, channel } = await open();
    const checks = await channel.check(sms.never());
    expect(checks.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'connect ok',
      'sign-in ok',
      'sender left-out',
    ]);
    expect(server.accepted).toHaveLength(0);
    sms.expectNoSecrets(checks);
  });

  it('hides what MSG91 says of a number', async () => {
    const { channel } = await open();
    const outcome = await channel.send(sms.aMessage({ to: '+12' }), sms.never());
    expect(outcome).toMatchObject({ ok: false, errorClass: 'unknown' });
    sms.expectNoSecrets(outcome);
  });

  it('pulls over all pages, each message once and never backwards', async () => {
    const { server, channel } = await open();
    const marks = [];
    for (let at = 0; at < 5; at += 1) {
      const message = sms.aMessage({ uid: `uid-${at}`, to: `+91987654321${at}` });
      marks.push(sms.markOf(message, await channel.send(message, sms.never()), sms.NOW));
    }
    for (const { id } of server.rows) server.deliver(id);
    for (const fault of ['duplicate-status', 'out-of-order-status'] as const) {
      server.faults.next(fault, 20);
      const news = await channel.pull?.(marks, sms.never());
      expect(news).toMatchObject({ ok: true });
      const told = news?.ok ? news.value : [];
      expect(told.map(({ uid, state, at }) => `${uid} ${state} ${at}`)).toEqual(
        marks.map(({ uid }) => `${uid} delivered ${sms.NOW}`),
      );
      await server.faults.clear();
    }
  });

  it('never asks for more than three days, however long the app was closed', async () => {
    const { server, channel, clock } = await open();
    const message = sms.aMessage();
    const mark = sms.markOf(message, await channel.send(message, sms.never()), sms.NOW);
    clock.now += 6 * sms.DAY;
    expect(await channel.pull?.([mark], sms.never())).toEqual({ ok: true, value: [] });
    const query = server.requests.at(-1)?.url.searchParams;
    expect([query?.get('startDate'), query?.get('endDate')]).toEqual(['2026-11-26', '2026-11-28']);
  });

  it.each([
    [
      'header inactive',
      (dlt: DltScrubber) =>
        dlt.addHeader({ header: sms.HEADER, entityId: sms.ENTITY_ID, standing: 'inactive' }),
      'DLT 621',
      'account-config',
    ],
    ['chain missing', (dlt: DltScrubber) => dlt.breakChain('614'), 'DLT 614', 'account-config'],
  ])('hears what DLT refused by the log, not by the answer (%s)', async (_name, spoil, code, errorClass) => {
    const dlt = sms.registry();
    spoil(dlt);
    const { server, channel } = await open({ dlt });
    const message = sms.aMessage();
    const outcome = await channel.send(message, sms.never());
    expect(outcome).toMatchObject({ ok: true });
    expect(server.accepted).toHaveLength(0);
    const news = await channel.pull?.([sms.markOf(message, outcome, sms.NOW)], sms.never());
    expect(news).toMatchObject({ ok: true, value: [{ state: 'rejected', code, errorClass }] });
  });

  it('pauses only the template when the text did not match it', async () => {
    const { channel } = await open();
    const message = sms.aMessage({
      values: [...sms.values.slice(0, 1), { name: 'amount', value: 'Rs. many' }],
    });
    const outcome = await channel.send(message, sms.never());
    const news = await channel.pull?.([sms.markOf(message, outcome, sms.NOW)], sms.never());
    expect(news).toMatchObject({ ok: true, value: [{ code: 'DLT 634', errorClass: 'template-config' }] });
  });

  it('finds a message again whose answer was lost', async () => {
    const { server, channel, clock } = await open();
    server.faults.next('reset-before-answer');
    const message = sms.aMessage();
    const outcome = await channel.send(message, sms.never());
    const mark = { ...sms.markOf(message, outcome, sms.NOW), text: message.text };
    clock.now += sms.MINUTE;
    expect(await channel.find?.(mark, sms.never())).toEqual({
      ok: true,
      value: { providerId: server.rows[0]?.id, state: 'sent' },
    });
  });

  it('says that a message is not there only when the log had time, and no other message may be it', async () => {
    const { server, channel, clock } = await open();
    server.faults.next('reset-after-request');
    const message = sms.aMessage();
    const mark = {
      ...sms.markOf(message, await channel.send(message, sms.never()), sms.NOW),
      text: message.text,
    };
    clock.now += sms.MINUTE;
    expect(await channel.find?.(mark, sms.never())).toMatchObject({ ok: false, code: 'TOO-EARLY' });
    clock.now += 20 * sms.MINUTE;
    expect(await channel.find?.(mark, sms.never())).toEqual({ ok: true, value: null });
    clock.now += 2 * 60 * sms.MINUTE;
    await channel.send(message, sms.never());
    expect(await channel.find?.(mark, sms.never())).toMatchObject({ ok: false, code: 'NOT-CLEAR' });
    clock.now += 4 * sms.DAY;
    expect(await channel.find?.(mark, sms.never())).toMatchObject({ ok: false, code: 'TOO-LATE' });
    server.faults.next('status-500');
    expect(await channel.find?.(mark, sms.never())).toMatchObject({ ok: false, code: 'HTTP 500' });
  });

  it('finds missing ids before anything leaves', async () => {
    const { channel } = await open({ key: '' });
    const base = sms.aMessage();
    const bare = { ...base, to: '98765', ids: { ...base.ids, vendorTemplateId: null } };
    const odd = { ...bare, values: [{ name: 'mobiles', value: 'x'.repeat(41) }] };
    expect(channel.preflight(odd).map(({ code }) => code)).toEqual([
      'missing-setting',
      'no-vendor-template',
      'bad-number',
      'bad-variable',
      'long-value',
    ]);
    expect((await open()).channel.preflight(base)).toEqual([]);
  });

  it('promises no more than it can', () => {
    expect(gateways[0]?.describe.capabilities).toMatchObject({
      isIdempotent: false,
      canFind: true,
      lookBackDays: 3,
      pullsInbound: false,
    });
  });
});
