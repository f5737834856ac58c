import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSmpp } from '#engine/adapters/smpp/gateway.ts';
import { SMSC, startFakeSmsc, type FakeSmsc } from '#tests/fakes/gateways/smsc.ts';
import { markOf, NO_IDS, outgoing, worldAt } from './messages.ts';

const { signal } = new AbortController();
const ids = {
  ...NO_IDS,
  dltEntityId: '1101234567890123456',
  dltTemplateId: '1107234567890123456',
  dltHeader: 'ANITAS',
};
const message = outgoing({ ids });

let smsc: FakeSmsc;
beforeEach(async () => {
  smsc = await startFakeSmsc();
});
afterEach(() => smsc.close());

function open(password = SMSC.password, port = smsc.port) {
  const fields = { host: '127.0.0.1', port: String(port), isTls: 'false', user: SMSC.user, from: 'ANITAS' };
  return openSmpp(
    { fields, secrets: { password } },
    worldAt(() => Date.now()),
    1000,
  );
}

it('submits Hindi with its DLT ids, and hears that it was delivered', async () => {
  const sent = await open().send(message, signal);
  expect(sent).toMatchObject({ ok: true, providerId: 'M1', state: 'accepted' });
  expect(smsc.accepted).toMatchObject([
    {
      to: '919876543210',
      from: 'ANITAS',
      text: message.text,
      entityId: ids.dltEntityId,
      templateId: ids.dltTemplateId,
    },
  ]);
  const marks = [markOf(message, 'M1', Date.now())];
  await expect
    .poll(() => open().pull?.(marks, signal))
    .toMatchObject({ value: [{ providerId: 'M1', state: 'delivered', errorClass: null }] });
});

it('submits a long text whole', async () => {
  const text = 'Rs. 500 is due. '.repeat(40);
  expect(await open().send({ ...message, text }, signal)).toMatchObject({ ok: true });
  expect(smsc.accepted[0]?.text).toBe(text);
});

it.each([
  ['+919876540000', 'recipient-permanent', 'ESME_RINVDSTADR'],
  ['+919876549999', 'throttled', 'ESME_RTHROTTLED'],
])('to %s is %s: it was not taken', async (to, errorClass, code) => {
  expect(await open().send({ ...message, to }, signal)).toMatchObject({ ok: false, errorClass, code });
  expect(smsc.accepted).toEqual([]);
});

it('tells a DLT refusal that comes with the report', async () => {
  await open().send({ ...message, to: '+919876541111' }, signal);
  await expect
    .poll(() => open().pull?.([], signal))
    .toMatchObject({ value: [{ state: 'undelivered', errorClass: 'policy', code: '650' }] });
});

it('takes a connection that breaks before the answer for unknown, and sends the next over a new one', async () => {
  smsc.breakNext();
  expect(await open().send(message, signal)).toMatchObject({ ok: false, errorClass: 'transient-after-send' });
  expect(smsc.accepted).toHaveLength(1);
  expect(await open().send({ ...message, uid: 'uid-2' }, signal)).toMatchObject({ ok: true });
});

it('takes a closed door for not sent, and a wrong password for the account’s', async () => {
  const { port } = await closedSmsc();
  expect(await open(SMSC.password, port).send(message, signal)).toMatchObject({
    errorClass: 'transient-before-send',
    phase: 'not-connected',
  });
  const wrong = open('wrong-pw');
  expect(await wrong.send(message, signal)).toMatchObject({ errorClass: 'auth', code: 'ESME_RBINDFAIL' });
  expect(await wrong.check(signal)).toMatchObject([{ step: 'sign-in', outcome: 'failed' }]);
  expect(await open().check(signal)).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok' }]);
});

it('hears what customers write', async () => {
  await open().check(signal);
  const answered = smsc.write('919876543210', 'STOP');
  await expect
    .poll(() => open().pullInbound?.(null, signal))
    .toMatchObject({ value: { messages: [{ kind: 'reply', from: '+919876543210', text: 'STOP' }] } });
  // Asking on from that page says that it is in the book.
  const page = await open().pullInbound?.(null, signal);
  await open().pullInbound?.(page?.ok ? page.value.cursor : null, signal);
  expect(await answered).toBe(0);
});

async function closedSmsc(): Promise<FakeSmsc> {
  const other = await startFakeSmsc();
  await other.close();
  return other;
}
