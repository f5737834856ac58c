import { afterEach, describe, expect, it } from 'vitest';
import { openTextlocal } from '../../../src-engine/adapters/textlocal/gateway.ts';
import { startTextlocal, type FakeTextlocal } from '../../fakes/gateways/textlocal.ts';
import * as sms from './sms-world.ts';

const opened: FakeTextlocal[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

async function open(more: { readonly key?: string } = {}) {
  const clock = { now: sms.NOW };
  const now = (): number => clock.now;
  const server = await startTextlocal({
    apiKey: sms.SECRET,
    senders: [sms.HEADER],
    dlt: sms.registry(),
    now,
  });
  opened.push(server);
  const config = {
    fields: { baseUrl: server.url, sender: sms.HEADER, inboxId: '10' },
    secrets: { apiKey: more.key ?? sms.SECRET },
  };
  return { server, clock, channel: openTextlocal(config, sms.worldAt(now), sms.smallLimits) };
}

describe('Textlocal', () => {
  sms.itSurvivesEveryFault(open, 'window');

  it('sends English and Hindi as written, with our id beside', async () => {
    const { server, channel } = await open();
    const outcome = await channel.send(sms.aMessage(), sms.never());
    expect(outcome).toMatchObject({ ok: true, providerId: server.rows[0]?.id, parts: 1, costMicros: null });
    expect(await channel.send(sms.aHindiMessage(), sms.never())).toMatchObject({ ok: true });
    expect(server.accepted.map(({ text, ids }) => [text, ids['custom']])).toEqual([
      [sms.filledText(sms.english), sms.aMessage().uid],
      [sms.filledText(sms.hindi), sms.aMessage().uid],
    ]);
  });

  it.each([
    ['3', 'auth'],
    ['7', 'balance'],
    ['32', 'recipient-permanent'],
    ['43', 'account-config'],
    ['51', 'recipient-permanent'],
    ['80', 'template-config'],
    ['192', 'window'],
    ['777', 'unknown'],
  ])(
    'knows what its code %s means: %s, and hides number and key in what it said',
    async (code, errorClass) => {
      const { server, channel } = await open();
      server.refuseNext(code);
      const outcome = await channel.send(sms.aMessage(), sms.never());
      expect(outcome).toMatchObject({ ok: false, code, errorClass, detail: 'Refused for … with key …' });
      sms.expectNoSecrets(outcome);
    },
  );

  it('tells in the test how many credits are left', async () => {
    const { server, channel } = await open();
    expect((await channel.check(sms.never())).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'connect ok',
      'sign-in ok',
      'balance ok',
      'sender left-out',
    ]);
    server.setCredits(0);
    expect((await channel.check(sms.never()))[2]).toMatchObject({ step: 'balance', outcome: 'failed' });
    const wrong = await (await open({ key: 'wrong-key' })).channel.check(sms.never());
    expect(wrong).toEqual([expect.objectContaining({ step: 'sign-in', outcome: 'failed' })]);
  });

  it('asks for each message by its id, and hears of DLT there', async () => {
    const { server, channel } = await open();
    const messages = ['a', 'b', 'c', 'd'].map((uid) => sms.aMessage({ uid }));
    const refused = sms.aMessage({ uid: 'e', text: 'Pay today and win a phone. Sharma Traders' });
    const marks = [];
    for (const message of [...messages, refused])
      marks.push(sms.markOf(message, await channel.send(message, sms.never()), sms.NOW));
    expect(server.accepted).toHaveLength(4);
    server.deliver(marks[0]?.providerId ?? '');
    server.fail(marks[1]?.providerId ?? '', 'absent');
    server.fail(marks[2]?.providerId ?? '', '631');
    const news = await channel.pull?.(marks, sms.never());
    expect(
      news?.ok ? news.value.map(({ uid, state, code, errorClass }) => [uid, state, code, errorClass]) : news,
    ).toEqual([
      ['a', 'delivered', null, null],
      ['b', 'undelivered', 'U', 'recipient-temporary'],
      ['c', 'rejected', 'DLT 631', 'template-config'],
      ['e', 'rejected', 'DLT 633', 'template-config'],
    ]);
    sms.expectNoSecrets(news);
  });

  it('keeps what it was told before a question failed', async () => {
    const { server, channel } = await open();
    const message = sms.aMessage();
    const mark = sms.markOf(message, await channel.send(message, sms.never()), sms.NOW);
    server.deliver(mark.providerId ?? '');
    server.faults.next('status-500');
    expect(await channel.pull?.([mark], sms.never())).toMatchObject({ ok: false, code: 'HTTP 500' });
    const lost = { ...mark, uid: 'lost', providerId: '1' };
    const news = await channel.pull?.([mark, lost], sms.never());
    expect(news).toMatchObject({ ok: true, value: [{ uid: mark.uid, state: 'delivered' }] });
  });

  it('finds a message again by number and text, even under a clock that is hours off', async () => {
    const { server, channel, clock } = await open();
    server.faults.next('hang');
    const message = sms.aMessage();
    const outcome = await channel.send(message, sms.never());
    const mark = { ...sms.markOf(message, outcome, sms.NOW - 5 * 60 * sms.MINUTE), text: message.text };
    expect(await channel.find?.(mark, sms.never())).toMatchObject({
      ok: true,
      value: { providerId: server.rows[0]?.id },
    });
    clock.now += 60 * sms.MINUTE;
    const other = { ...mark, text: 'Another text to the same number' };
    expect(await channel.find?.(other, sms.never())).toEqual({ ok: true, value: null });
  });

  it('does not choose between two equal messages', async () => {
    const { channel } = await open();
    const message = sms.aMessage();
    await channel.send(message, sms.never());
    const mark = {
      ...sms.markOf(message, await channel.send(message, sms.never()), sms.NOW),
      text: message.text,
    };
    expect(await channel.find?.(mark, sms.never())).toMatchObject({ ok: false, code: 'NOT-CLEAR' });
  });

  it('brings each reply with its number in E.164, and none twice beyond the overlap', async () => {
    const { server, channel } = await open();
    const none = await channel.pullInbound?.(null, sms.never());
    expect(none).toEqual({ ok: true, value: { messages: [], cursor: String(sms.NOW - sms.DAY) } });
    server.receive(sms.PHONE, 'कल दे दूँगा', sms.NOW - 30 * sms.MINUTE);
    server.receive(sms.PHONE, 'STOP', sms.NOW);
    server.receive(sms.PHONE, 'Long ago', sms.NOW - 3 * sms.DAY);
    const first = await channel.pullInbound?.(null, sms.never());
    expect(first?.ok ? first.value.messages.map(({ from, text, at }) => [from, text, at]) : first).toEqual([
      [sms.PHONE, 'कल दे दूँगा', sms.NOW - 30 * sms.MINUTE],
      [sms.PHONE, 'STOP', sms.NOW],
    ]);
    const next = await channel.pullInbound?.(first?.ok ? first.value.cursor : null, sms.never());
    expect(next?.ok ? next.value.messages.map(({ text }) => text) : next).toEqual(['STOP']);
    server.faults.next('wrong-type');
    expect(await channel.pullInbound?.(null, sms.never())).toMatchObject({ ok: false, code: 'BAD-ANSWER' });
  });

  it('finds what is missing or too long before anything leaves', async () => {
    const { channel } = await open({ key: '' });
    const long = sms.aMessage({ to: 'x', text: 'a'.repeat(767) });
    expect(channel.preflight(long).map(({ code }) => code)).toEqual([
      'missing-setting',
      'bad-number',
      'too-long',
    ]);
    expect((await open()).channel.preflight(sms.aMessage())).toEqual([]);
  });
});
