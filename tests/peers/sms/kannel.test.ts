import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKannel } from '#engine/adapters/kannel/gateway.ts';
import { keyOf, listenerAt } from '#engine/adapters/kannel/listener.ts';
import type { StatusNews } from '#engine/adapters/message-ports.ts';
import { NO_IDS, outgoing, worldAt } from '#tests/adapters/gateways/messages.ts';
import { SMSC, startFakeSmsc, type FakeSmsc } from '#tests/fakes/gateways/smsc.ts';
import { kannelMissing, startKannel, type KannelPeer } from './kannel.ts';

const missing = kannelMissing();
if (missing !== null) console.log(`A real Kannel is left out: ${missing}.`);
const { signal } = new AbortController();
const ids = {
  ...NO_IDS,
  dltEntityId: '1101234567890123456',
  dltTemplateId: '1107234567890123456',
  dltHeader: 'ANITAS',
};
const PASSWORD = 'kannel-pass';

describe.skipIf(missing !== null)(`a real Kannel${missing === null ? '' : ` (${missing})`}`, () => {
  let smsc: FakeSmsc;
  let kannel: KannelPeer;
  beforeAll(async () => {
    smsc = await startFakeSmsc();
    const replyUrl = (port: number): string =>
      `http://127.0.0.1:${port}/mo?key=${keyOf(PASSWORD)}&id=%I&from=%p&coding=%c&text=%b`;
    kannel = await startKannel({ smsc: { port: smsc.port, ...SMSC }, replyUrl });
  }, 30_000);
  afterAll(async () => {
    await (
      await listenerAt({ host: '127.0.0.1', port: kannel.listenPort, key: keyOf(PASSWORD), now: Date.now })
    ).close();
    await kannel.stop();
    await smsc.close();
  });

  function open(password = PASSWORD) {
    const { baseUrl, user, listenPort } = kannel;
    const fields = {
      baseUrl,
      user,
      from: 'ANITAS',
      smsc: 'SIM',
      listenHost: '127.0.0.1',
      listenPort: String(listenPort),
    };
    return openKannel(
      { fields, secrets: { password } },
      worldAt(() => Date.now()),
    );
  }
  const message = (uid: string, to: string) =>
    outgoing({ uid, to, ids, text: `${'कृपया भुगतान करें। '.repeat(8)}${uid}` });

  async function newsOf(uid: string, state: StatusNews['state']): Promise<StatusNews | undefined> {
    const heard: StatusNews[] = [];
    await expect
      .poll(
        async () => {
          const pulled = await open().pull?.([], signal);
          if (pulled?.ok) heard.push(...pulled.value);
          return heard.some((one) => one.uid === uid && one.state === state);
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    return heard.find((one) => one.uid === uid && one.state === state);
  }

  it('takes a long Hindi text with DLT ids, sends it in parts over SMPP, and reports its delivery', async () => {
    expect(await open().send(message('k-1', '+919876543210'), signal)).toMatchObject({
      ok: true,
      providerId: 'k-1',
    });
    await newsOf('k-1', 'delivered');
    const parts = smsc.accepted.filter(({ to }) => to.includes('9876543210'));
    expect(parts.length).toBeGreaterThan(1);
    expect(new Set(parts.map(({ entityId, templateId }) => `${entityId}|${templateId}`))).toEqual(
      new Set([`${ids.dltEntityId}|${ids.dltTemplateId}`]),
    );
  });

  it('tells what the operator refused, at once and later', async () => {
    await open().send({ ...message('k-2', '+919876541111'), text: 'Rs. 500 is due.' }, signal);
    expect(await newsOf('k-2', 'undelivered')).toMatchObject({ errorClass: 'policy', code: '650' });
    await open().send({ ...message('k-3', '+919876540000'), text: 'Rs. 500 is due.' }, signal);
    expect(await newsOf('k-3', 'rejected')).toMatchObject({ errorClass: 'recipient-permanent' });
  });

  it('refuses a wrong password, and says so when it is tested', async () => {
    const wrong = open('another-pass');
    expect(await wrong.send(message('k-4', '+919876543210'), signal)).toMatchObject({
      ok: false,
      errorClass: 'auth',
    });
    expect(await wrong.check(signal)).toMatchObject([{ step: 'sign-in', outcome: 'failed' }]);
    expect(await open().check(signal)).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'ok' },
      { step: 'inbox', outcome: 'ok' },
    ]);
  });

  it('hands over what a customer wrote', async () => {
    await open().pullInbound?.(null, signal);
    await kannel.write('919876543210', 'कल भेज दूँगा');
    // The reports of the messages before stand there too: nobody has said yet that they are kept.
    const repliesNow = async () => {
      const pulled = await open().pullInbound?.(null, signal);
      return pulled?.ok === true ? pulled.value.messages.filter(({ kind }) => kind === 'reply') : [];
    };
    await expect
      .poll(repliesNow, { timeout: 10_000 })
      .toMatchObject([{ kind: 'reply', from: '+919876543210', text: 'कल भेज दूँगा' }]);
  });

  it('takes no word of anybody who has not its key', async () => {
    await open().pull?.([], signal);
    const answer = await fetch(`http://127.0.0.1:${kannel.listenPort}/dlr?key=guess&uid=k-1&type=1`);
    expect(answer.status).toBe(403);
    expect(await open().pull?.([], signal)).toEqual({ ok: true, value: [] });
  });
});
