import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPhone } from '#engine/adapters/android-phone/gateway.ts';
import { PHONE, startFakePhone, type FakePhone } from '#tests/fakes/gateways/android-phone.ts';
import { faultClasses, markOf, outgoing, SMALL, worldAt } from './messages.ts';

const { signal } = new AbortController();
const message = outgoing({ uid: '0c0d77bb-3f4b-4c5c-9a53-8c1f0b0ad111' });

let phone: FakePhone;
beforeEach(async () => {
  phone = await startFakePhone();
});
afterEach(() => phone.close());

function open(password = PHONE.password) {
  const fields = { baseUrl: phone.url, user: PHONE.user, sim: '' };
  return openPhone(
    { fields, secrets: { password } },
    worldAt(() => Date.now()),
    SMALL,
  );
}

it('takes the same message once, however often it is handed over', async () => {
  for (let time = 0; time < 3; time += 1) {
    expect(await open().send(message, signal)).toMatchObject({ ok: true, providerId: message.uid });
  }
  expect(phone.accepted).toHaveLength(1);
});

it.each(faultClasses)(
  'after %s is %s, and the next hand-over still makes one message',
  async (fault, errorClass) => {
    phone.faults.next(fault);
    expect(await open().send(message, signal)).toMatchObject({ ok: false, errorClass });
    await phone.faults.clear();
    expect(await open().send(message, signal)).toMatchObject({ ok: true });
    expect(phone.accepted).toHaveLength(1);
  },
);

it('tells whether it has a message, so that an unknown one can be settled', async () => {
  const mark = { ...markOf(message, null, Date.now()), text: message.text };
  expect(await open().find?.(mark, signal)).toEqual({ ok: true, value: null });
  await open().send(message, signal);
  expect(await open().find?.(mark, signal)).toMatchObject({ ok: true, value: { providerId: message.uid } });
});

describe('afterwards', () => {
  it.each([
    ['Delivered', '', { state: 'delivered', errorClass: null }],
    [
      'Failed',
      'Send result: RESULT_ERROR_NO_SERVICE',
      { errorClass: 'recipient-temporary', code: 'RESULT_ERROR_NO_SERVICE' },
    ],
    ['Failed', 'Send result: RESULT_ERROR_LIMIT_EXCEEDED', { errorClass: 'throttled' }],
  ])('%s %s is told', async (state, error, news) => {
    await open().send(message, signal);
    phone.move(message.uid, state, error);
    expect(await open().pull?.([markOf(message, message.uid, Date.now())], signal)).toMatchObject({
      value: [news],
    });
  });

  it('reads what customers answered', async () => {
    const at = Math.floor(Date.now() / 1000) * 1000;
    phone.write('+919876543210', 'band karo', at);
    expect(await open().pullInbound?.(null, signal)).toMatchObject({
      value: {
        messages: [{ externalId: 'in-1', from: '+919876543210', text: 'band karo', at }],
        cursor: String(at),
      },
    });
  });
});

it('warns that a personal SIM is for few, and says when the password is wrong', async () => {
  expect(await open().check(signal)).toMatchObject([
    { outcome: 'ok' },
    { outcome: 'ok' },
    { outcome: 'warning' },
  ]);
  const wrong = await open('another-secret').check(signal);
  expect(wrong).toMatchObject([{ outcome: 'ok' }, { step: 'sign-in', outcome: 'failed' }]);
  expect(JSON.stringify(wrong)).not.toContain('another-secret');
});
