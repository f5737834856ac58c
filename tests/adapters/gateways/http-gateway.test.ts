import { afterEach, describe, expect, it } from 'vitest';
import { openHttpGateway } from '../../../src-engine/adapters/http-gateway/gateway.ts';
import { found, isGoodStatus, ruleOf } from '../../../src-engine/adapters/http-gateway/rules.ts';
import { startHttpGateway, type FakeHttpGateway } from '../../fakes/gateways/http-gateway.ts';
import * as sms from './sms-world.ts';

const opened: FakeHttpGateway[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

type Fields = Readonly<Record<string, string>>;

const shapes = {
  twoFactor: (url: string): Fields => ({
    url: `${url}/API/R1/`,
    bodyKind: 'form',
    body: 'module=TRANS_SMS&apikey={{key}}&to={{to_10}}&from={{header}}&msg={{text}}',
    successAt: 'Status',
    successIs: 'Success',
    idAt: 'Details',
    errorAt: '/"Status":"Error","Details":"([^"]*)"/',
    errorClasses: 'Invalid API Key = auth\nQUOTA = balance',
  }),
  smsCountry: (url: string): Fields => ({
    url: `${url}/v0.1/Accounts/{{user}}/SMSes/`,
    bodyKind: 'json',
    body: '{"Text":"{{text}}","Number":"{{to_digits}}","SenderId":"{{header}}","Tool":"API"}',
    headers: 'Authorization: Basic {{basic}}',
    user: 'shop-1',
    successAt: '$.Success',
    successIs: 'true',
    idAt: '$.MessageUUID',
    errorAt: '/"False","Message":"([^"]*)"/',
    errorClasses: 'QUOTA = balance',
    statusUrl: `${url}/v0.1/Accounts/{{user}}/SMSes/{{id}}/`,
    statusAt: 'SMS.Status',
    statusErrorAt: 'SMS.ErrorCode',
    checkUrl: `${url}/v0.1/Accounts/{{user}}/SMSes/1/`,
  }),
  airtel: (url: string): Fields => ({
    url: `${url}/api/v1/send-sms`,
    bodyKind: 'json',
    body: '{"destinationAddress":["{{to}}"],"message":"{{text}}","sourceAddress":"{{header}}","entityId":"{{entity_id}}","dltTemplateId":"{{template_id}}","messageType":"SERVICE_IMPLICIT"}',
    headers: 'Authorization: Basic {{basic}}',
    user: 'shop-1',
    successAt: 'messageRequestId',
    idAt: 'messageRequestId',
    errorAt: 'code',
    errorClasses: '401 = auth\nQUOTA = balance',
  }),
} as const;

async function open(
  shape: keyof typeof shapes,
  more: { readonly key?: string; readonly fields?: Fields } = {},
) {
  const now = (): number => sms.NOW;
  const server = await startHttpGateway({ key: sms.SECRET, user: 'shop-1', dlt: sms.registry(), now });
  opened.push(server);
  const config = {
    fields: { ...shapes[shape](server.url), ...more.fields },
    secrets: { key: more.key ?? sms.SECRET },
  };
  return { server, channel: openHttpGateway(config, sms.worldAt(now), sms.smallLimits) };
}

describe.each(Object.keys(shapes) as (keyof typeof shapes)[])('a gateway of the shape %s', (shape) => {
  sms.itSurvivesEveryFault(() => open(shape), 'balance');

  it('gets the text exactly, in English and Hindi, and gives its id', async () => {
    const { server, channel } = await open(shape);
    expect(channel.preflight(sms.aMessage())).toEqual([]);
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: true, state: 'accepted', providerId: server.rows[0]?.id });
    await channel.send(sms.aHindiMessage(), sms.never());
    expect(server.accepted.map(({ to, text, ids }) => [to, text, ids['header']])).toEqual([
      [sms.PHONE, sms.filledText(sms.english), sms.HEADER],
      [sms.PHONE, sms.filledText(sms.hindi), sms.HEADER],
    ]);
  });

  it('tells a wrong key apart, wherever the gateway writes it', async () => {
    const { server, channel } = await open(shape, { key: 'wrong-key-here' });
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: false, errorClass: 'auth', phase: 'response-read' });
    expect(JSON.stringify(outcome)).not.toContain('wrong-key-here');
    expect(server.accepted).toHaveLength(0);
  });
});

describe('the generic gateway', () => {
  it('lets no text add a field, a parameter or a header', async () => {
    const trick = 'a","Number":"910000000000\r\nX: y&to=1 {{key}} 100% ₹';
    for (const shape of ['twoFactor', 'smsCountry'] as const) {
      const { server, channel } = await open(shape);
      const message = sms.aMessage({ text: trick });
      expect(await channel.send(message, sms.never())).toMatchObject({ ok: true });
      expect(server.rows[0]).toMatchObject({ to: sms.PHONE, text: trick });
    }
  });

  it('pulls each report by its id, with the reasons of DLT', async () => {
    const { server, channel } = await open('smsCountry');
    const marks = [];
    for (const uid of ['a', 'b', 'c']) {
      const message = sms.aMessage({ uid });
      marks.push(sms.markOf(message, await channel.send(message, sms.never()), sms.NOW));
    }
    server.deliver(marks[0]?.providerId ?? '');
    server.fail(marks[1]?.providerId ?? '', '623');
    const news = await channel.pull?.(marks, sms.never());
    expect(
      news?.ok ? news.value.map(({ uid, state, code, errorClass }) => [uid, state, code, errorClass]) : news,
    ).toEqual([
      ['a', 'delivered', null, null],
      ['b', 'rejected', 'DLT 623', 'account-config'],
      ['c', 'sent', null, null],
    ]);
    sms.expectNoSecrets(news);
  });

  it('has no reports without an address for them, and can never find again', async () => {
    const { channel } = await open('airtel');
    expect([channel.pull, channel.find, channel.pullInbound]).toEqual([undefined, undefined, undefined]);
  });

  it('never lets the owner call an error safe to send again', async () => {
    const { server, channel } = await open('airtel', {
      fields: { errorClasses: 'BUSY = transient-before-send' },
    });
    server.refuseNext('BUSY');
    expect(await channel.send(sms.aMessage(), sms.never())).toMatchObject({
      errorClass: 'unknown',
      code: 'BUSY',
    });
  });

  it('warns where no rule says what success is, and then takes no web page for it', async () => {
    const fields = { successAt: '', errorAt: '' };
    const { server, channel } = await open('airtel', { fields });
    expect((await channel.check(sms.never()))[0]).toMatchObject({ step: 'settings', outcome: 'warning' });
    server.faults.next('wrong-type');
    expect(await channel.send(sms.aMessage(), sms.never())).toMatchObject({
      errorClass: 'transient-after-send',
      code: 'BAD-ANSWER',
    });
  });

  it('warns of an address anybody on the way can read', async () => {
    const config = { fields: { url: 'http://sms.example.invalid/', successAt: 'ok' }, secrets: {} };
    const checks = await openHttpGateway(
      config,
      sms.worldAt(() => sms.NOW),
      sms.smallLimits,
    ).check(sms.never());
    expect(checks.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'tls warning',
      'connect failed',
    ]);
  });

  it('shows a numeric code, and no number of somebody that stands in its place', async () => {
    const { server, channel } = await open('airtel');
    server.refuseNext('10023');
    expect(await channel.send(sms.aMessage(), sms.never())).toMatchObject({ code: '10023' });
    server.refuseNext(`bad ${sms.PHONE} for key ${sms.SECRET}`);
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: false, errorClass: 'unknown', code: 'bad … for key …' });
    sms.expectNoSecrets(outcome);
  });

  it('tells the gateway whether a text is Unicode, in both ways they ask for it', async () => {
    const body = '{"destinationAddress":["{{to}}"],"message":"{{text}} {{unicode}} {{ is_unicode }}"}';
    const { server, channel } = await open('airtel', { fields: { body } });
    await channel.send(sms.aMessage({ text: 'Pay' }), sms.never());
    await channel.send(sms.aMessage({ text: '₹' }), sms.never());
    expect(server.rows.map(({ text }) => text)).toEqual(['Pay 0 false', '₹ 1 true']);
  });

  it('asks the address for the test with the key, and never the one that sends', async () => {
    const { server, channel } = await open('smsCountry');
    expect((await channel.check(sms.never())).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'connect ok',
      'sign-in failed',
    ]);
    await channel.send(sms.aMessage(), sms.never());
    const { id } = server.rows[0] ?? { id: '' };
    const { channel: other } = await open('smsCountry', {
      fields: { checkUrl: `${server.url}/v0.1/Accounts/x/SMSes/${id}/` },
    });
    expect((await other.check(sms.never())).at(-1)).toMatchObject({ step: 'sign-in', outcome: 'ok' });
    expect(server.accepted).toHaveLength(1);
  });

  it('finds marks it cannot fill and rules it cannot read before anything leaves', async () => {
    const { channel } = await open('airtel', { fields: { body: '{{txet}}{{template_id}}', idAt: 'a..b' } });
    const base = sms.aMessage();
    const message = { ...base, ids: { ...base.ids, dltTemplateId: null } };
    expect(channel.preflight(message).map(({ code }) => code)).toEqual([
      'bad-rule',
      'unknown-mark',
      'empty-mark',
    ]);
    expect((await channel.check(sms.never()))[0]).toMatchObject({ step: 'settings', outcome: 'failed' });
    const none = openHttpGateway(
      { fields: {}, secrets: {} },
      sms.worldAt(() => sms.NOW),
    );
    expect(none.preflight(base).map(({ code }) => code)).toEqual(['missing-setting']);
    expect(await none.send(base, sms.never())).toMatchObject({
      errorClass: 'account-config',
      code: 'BAD-URL',
    });
  });
});

describe('the rules of an answer', () => {
  it.each([
    ['Status', '{"Status":"OK"}', 'OK'],
    ['$.data[1].id', '{"data":[{},{"id":42}]}', '42'],
    ['ok', '{"ok":true}', 'true'],
    ['[0].id', '[{"id":"x"}]', 'x'],
    ['/^id: (\\w+)/', 'sent\nid: ab12', 'ab12'],
    ['/sent/i', 'SENT', 'SENT'],
    ['Status', 'not JSON', null],
    ['a.b', '{"a":null}', null],
    ['__proto__', '{}', null],
    ['', '{"a":1}', null],
  ])('reads %s in %s', (written, answer, wanted) => {
    const rule = ruleOf(written);
    expect(rule === 'bad' ? 'bad' : found(rule, answer)).toBe(wanted);
  });

  it.each(['a..b', '/(/', 'a[x]', '.a'])('refuses %s', (written) => {
    expect(ruleOf(written)).toBe('bad');
  });

  it('reads lists and ranges of statuses', () => {
    expect([200, 204, 299, 302].map((status) => isGoodStatus('200-299', status))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([200, 202, 302].map((status) => isGoodStatus('202, 302', status))).toEqual([false, true, true]);
    expect(isGoodStatus('', 200)).toBe(false);
  });
});
