import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openExotelSms, openExotelVoice } from '#engine/adapters/exotel/gateway.ts';
import { EXOTEL, startFakeExotel, type FakeExotel } from '#tests/fakes/gateways/exotel.ts';
import { faultClasses, markOf, NO_IDS, outgoing, SMALL, worldAt } from './messages.ts';

const { signal } = new AbortController();
const ids = {
  ...NO_IDS,
  dltEntityId: '1101234567890123456',
  dltTemplateId: '1107234567890123456',
  dltHeader: 'ANITAS',
};
const message = outgoing({ ids });
const world = { ...worldAt(() => Date.now()), limits: SMALL };

let exotel: FakeExotel;
beforeEach(async () => {
  exotel = await startFakeExotel();
});
afterEach(() => exotel.close());

function configOf(apiToken = EXOTEL.apiToken) {
  const { sid, apiKey } = EXOTEL;
  const fields = { baseUrl: exotel.url, callUrl: exotel.url, sid, apiKey, from: 'ANITAS', flowId: '4711' };
  return { fields, secrets: { apiToken } };
}
const sms = (token?: string) => openExotelSms(configOf(token), world);
const voice = () => openExotelVoice(configOf(), world);

describe('an SMS', () => {
  it('goes with its DLT ids and as Unicode where its letters need it', async () => {
    expect(await sms().send(message, signal)).toMatchObject({ ok: true, providerId: 'sid-1' });
    expect(await sms().send({ ...message, text: 'Rs. 500 is due.' }, signal)).toMatchObject({ ok: true });
    expect(exotel.requests.map(({ form }) => form.get('EncodingType'))).toEqual(['unicode', 'plain']);
    expect(exotel.accepted[0]).toMatchObject({
      to: '+919876543210',
      ids: { entity: ids.dltEntityId, uid: 'uid-1' },
    });
  });

  it('without an entity id is stopped before it leaves', async () => {
    expect(sms().preflight(outgoing())).toMatchObject([{ code: 'dlt-ids-missing', isBlocking: true }]);
    expect(await sms().send(outgoing(), signal)).toMatchObject({ ok: false, errorClass: 'template-config' });
  });

  it.each(faultClasses)(
    'after %s is %s, and not safe to repeat where it may have arrived',
    async (fault, errorClass) => {
      exotel.faults.next(fault);
      expect(await sms().send(message, signal)).toMatchObject({ ok: false, errorClass });
      if (exotel.accepted.length > 0) expect(errorClass).not.toBe('transient-before-send');
      await exotel.faults.clear();
    },
  );

  it('takes an error under status 200 for unknown', async () => {
    exotel.faults.next('error-in-200');
    expect(await sms().send(message, signal)).toMatchObject({
      ok: false,
      errorClass: 'transient-after-send',
    });
  });

  it.each([
    [
      'delivered',
      'DELIVERED_TO_HANDSET',
      { state: 'delivered', errorClass: null, parts: 2, costMicros: 150_000 },
    ],
    ['failed', 'FAILED_BY_DLT_TEMPLATE_MISMATCH', { state: 'undelivered', errorClass: 'template-config' }],
    ['failed-dnd', 'FAILED_DND', { state: 'rejected', errorClass: 'policy' }],
    ['failed', 'INVALID_DESTINATION', { state: 'undelivered', errorClass: 'recipient-permanent' }],
    ['expired', 'EXPIRED', { state: 'undelivered', errorClass: 'recipient-temporary' }],
  ])('that is %s (%s) is told by its words', async (status, detailed, news) => {
    await sms().send(message, signal);
    exotel.move('sid-1', status, detailed);
    const pulled = await sms().pull?.([markOf(message, 'sid-1', Date.now())], signal);
    expect(pulled).toMatchObject({ value: [news] });
    expect(pulled?.ok && pulled.value[0]?.at).toBe(Date.parse('2026-11-22T17:05:09+05:30'));
  });

  it('with a wrong token says so without the token', async () => {
    const said = [
      await sms('another-secret').send(message, signal),
      await sms('another-secret').check(signal),
    ];
    expect(said).toMatchObject([{ errorClass: 'auth' }, [{ step: 'sign-in', outcome: 'failed' }]]);
    expect(JSON.stringify(said)).not.toMatch(/another-secret|9876543210/);
    expect(await sms().check(signal)).toMatchObject([{ outcome: 'ok' }]);
  });
});

describe('a call', () => {
  it('plays the owner’s flow, and tells the key that was pressed', async () => {
    expect(await voice().send(message, signal)).toMatchObject({ ok: true, providerId: 'sid-1' });
    expect(exotel.accepted[0]?.text).toBe('http://my.exotel.com/anita1/exoml/start_voice/4711');
    exotel.press('sid-1', '1', Date.now());
    expect(await voice().pullInbound?.(null, signal)).toMatchObject({
      value: {
        messages: [
          {
            kind: 'key-press',
            text: '1',
            from: '+919876543210',
            about: { uid: 'uid-1', providerId: 'sid-1' },
          },
        ],
      },
    });
  });

  it('that nobody took is told as such', async () => {
    await voice().send(message, signal);
    exotel.move('sid-1', 'no-answer');
    expect(await voice().pull?.([markOf(message, 'sid-1', Date.now())], signal)).toMatchObject({
      value: [{ state: 'undelivered', errorClass: 'recipient-temporary', code: 'NO-ANSWER' }],
    });
  });

  it.each(faultClasses)('after %s is %s: a second call is worse than none', async (fault, errorClass) => {
    exotel.faults.next(fault);
    expect(await voice().send(message, signal)).toMatchObject({ ok: false, errorClass });
    if (exotel.accepted.length > 0) expect(errorClass).not.toBe('transient-before-send');
    await exotel.faults.clear();
  });
});
