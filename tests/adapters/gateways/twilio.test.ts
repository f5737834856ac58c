import { day } from '#domain/days.ts';
import { voiceScript } from '#domain/reminders/texts/speech.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTwilio, openTwilioVoice } from '#engine/adapters/twilio/gateway.ts';
import { startFakeTwilio, TWILIO, TWILIO_FROM, type FakeTwilio } from '#tests/fakes/gateways/twilio.ts';
import { faultClasses, markOf, NO_IDS, outgoing, SMALL, worldAt } from './messages.ts';

const { signal } = new AbortController();
const world = { ...worldAt(() => Date.now()), limits: SMALL };

let twilio: FakeTwilio;
beforeEach(async () => {
  twilio = await startFakeTwilio();
});
afterEach(() => twilio.close());

function configOf(more: Record<string, string> = {}, authToken = TWILIO.authToken) {
  const { accountSid } = TWILIO;
  const fields = {
    baseUrl: twilio.url,
    studioUrl: twilio.url,
    accountSid,
    from: TWILIO_FROM,
    flowSid: '',
    ...more,
  };
  return { fields, secrets: { authToken } };
}
const sms = (token?: string) => openTwilio('', configOf({}, token), world);
const whatsapp = () => openTwilio('whatsapp:', configOf(), world);

it('sends WhatsApp from a number that was entered as Twilio’s pages write it', async () => {
  const line = openTwilio('whatsapp:', configOf({ from: ` whatsapp:${TWILIO_FROM}` }), world);
  await line.send(outgoing(), signal);
  expect(twilio.requests[0]?.form.get('From')).toBe(`whatsapp:${TWILIO_FROM}`);
});

describe('an SMS', () => {
  it('arrives once, with our number as sender', async () => {
    const sent = await sms().send(outgoing(), signal);
    expect(sent).toMatchObject({ ok: true, state: 'accepted', parts: 1 });
    expect(twilio.accepted).toMatchObject([{ to: '+919876543210', text: outgoing().text }]);
    expect(twilio.requests[0]?.form.get('From')).toBe(TWILIO_FROM);
  });

  it.each(faultClasses)(
    'after %s is %s, and not safe to repeat where it may have arrived',
    async (fault, errorClass) => {
      twilio.faults.next(fault);
      expect(await sms().send(outgoing(), signal)).toMatchObject({ ok: false, errorClass });
      if (twilio.accepted.length > 0) expect(errorClass).not.toBe('transient-before-send');
      await twilio.faults.clear();
    },
  );

  it.each([
    ['+15005550001', 'recipient-permanent', '21211'],
    ['+15005550003', 'account-config', '21408'],
    ['+15005550004', 'recipient-permanent', '21610'],
    ['+15005550009', 'recipient-permanent', '21614'],
  ])('to %s is %s', async (to, errorClass, code) => {
    expect(await sms().send(outgoing({ to }), signal)).toMatchObject({ ok: false, errorClass, code });
  });

  it('with a wrong token says so without the token', async () => {
    const wrong = sms('another-secret');
    const said = [await wrong.send(outgoing(), signal), await wrong.check(signal)];
    expect(said).toMatchObject([{ errorClass: 'auth' }, [{ step: 'sign-in', outcome: 'failed' }]]);
    expect(JSON.stringify(said)).not.toMatch(/another-secret|9876543210/);
    expect(await sms().check(signal)).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok' }]);
  });

  it('is followed to its end, with what it cost in rupees', async () => {
    const sent = await sms().send(outgoing(), signal);
    const providerId = sent.ok ? sent.providerId : null;
    const marks = [markOf(outgoing(), providerId, Date.now())];
    expect(await sms().pull?.(marks, signal)).toEqual({ ok: true, value: [] });
    twilio.move(providerId ?? '', 'delivered');
    expect(await sms().pull?.(marks, signal)).toMatchObject({
      value: [{ uid: 'uid-1', state: 'delivered', costMicros: 250_000, parts: 1 }],
    });
    twilio.move(providerId ?? '', 'undelivered', 30_005);
    expect(await sms().pull?.(marks, signal)).toMatchObject({
      value: [{ state: 'undelivered', errorClass: 'recipient-permanent', code: '30005' }],
    });
  });

  it('whose answer was lost is found by number and text, and its absence is believed only after a while', async () => {
    twilio.faults.next('reset-before-answer');
    const message = outgoing();
    await sms().send(message, signal);
    const mark = { ...markOf(message, null, Date.now()), text: message.text };
    expect(await sms().find?.(mark, signal)).toMatchObject({ ok: true, value: { state: 'accepted' } });
    const other = { ...mark, to: '+919876500000' };
    expect(await sms().find?.(other, signal)).toMatchObject({ ok: false, code: 'TOO-EARLY' });
    expect(await sms().find?.({ ...other, sentAt: Date.now() - 3_600_000 }, signal)).toEqual({
      ok: true,
      value: null,
    });
  });
});

describe('replies', () => {
  it('come from the list, each once per id, and only those to us', async () => {
    const at = Math.floor(Date.now() / 1000) * 1000;
    twilio.write('+919876543210', TWILIO_FROM, 'कल भेज दूँगा', at);
    twilio.write('+919876543211', '+15005559999', 'not for us', at);
    await sms().send(outgoing(), signal);
    const first = await sms().pullInbound?.(null, signal);
    expect(first).toMatchObject({
      ok: true,
      value: {
        messages: [{ kind: 'reply', from: '+919876543210', text: 'कल भेज दूँगा', at }],
        cursor: String(at),
      },
    });
    // The overlap brings it again under the same id, which is how the book knows it.
    const again = await sms().pullInbound?.(String(at), signal);
    expect(again?.ok && again.value.messages.map(({ externalId }) => externalId)).toEqual(
      first?.ok && first.value.messages.map(({ externalId }) => externalId),
    );
  });

  it('of WhatsApp bear the number without its prefix', async () => {
    twilio.write('whatsapp:+919876543210', `whatsapp:${TWILIO_FROM}`, 'STOP', Date.now());
    expect(await whatsapp().pullInbound?.(null, signal)).toMatchObject({
      value: { messages: [{ from: '+919876543210', text: 'STOP' }] },
    });
  });
});

describe('WhatsApp', () => {
  it('goes as a template with its values in order', async () => {
    const ids = { ...NO_IDS, vendorTemplateId: 'HX123' };
    expect(await whatsapp().send(outgoing({ ids }), signal)).toMatchObject({ ok: true });
    const [request] = twilio.requests;
    expect(request?.form.get('To')).toBe('whatsapp:+919876543210');
    expect(JSON.parse(request?.form.get('ContentVariables') ?? '')).toEqual({
      1: 'अनिता स्टोर्स',
      2: '1,25,000',
    });
  });

  it('without a template is stopped before it leaves, or told as a closed window', async () => {
    expect(whatsapp().preflight(outgoing())).toMatchObject([
      { code: 'whatsapp-template-missing', isBlocking: true },
    ]);
    expect(whatsapp().preflight(outgoing({ windowUntil: Date.now() + 60_000 }))).toEqual([]);
    expect(await whatsapp().send(outgoing(), signal)).toMatchObject({ ok: false, errorClass: 'window' });
  });
});

describe('a call', () => {
  it('speaks the text twice in its language, with markup taken literally', async () => {
    const message = outgoing({ text: 'A & B <Hangup/> के 500 रुपये' });
    expect(await openTwilioVoice(configOf(), world).send(message, signal)).toMatchObject({ ok: true });
    const twiml = twilio.calls[0]?.text ?? '';
    expect(twiml.match(/<Say language="hi-IN">/g)).toHaveLength(2);
    expect(twiml).toContain('A &amp; B &lt;Hangup/&gt; के 500 रुपये');
  });

  const call = voiceScript(
    {
      businessName: 'Asha Traders',
      businessPhone: '9876543210',
      customerName: 'Anita Stores',
      text: 'Rs. 1,25,000 are due.',
      promiseDay: day('2026-11-29'),
    },
    'en',
  );

  it('that hears no key says who calls, and no amount', async () => {
    const message = outgoing({ text: 'Rs. 1,25,000 are due.', language: 'en', call });
    await openTwilioVoice(configOf(), world).send(message, signal);
    const twiml = twilio.calls[0]?.text ?? '';
    expect(twiml.split(call.alone)).toHaveLength(3);
    expect(twiml).not.toContain('1,25,000');
  });

  it('gives a flow each sentence by a name of its own', async () => {
    await openTwilioVoice(configOf({ flowSid: 'FW1' }), world).send(outgoing({ call }), signal);
    expect(JSON.parse(twilio.calls[0]?.text ?? '')).toMatchObject({
      uid: 'uid-1',
      opening: call.opening,
      details: call.details,
      promise: call.answers.promise,
      stop: call.answers.stop,
      no_key: call.noKey,
    });
  });

  it('promises nothing by the key that only asks to listen, and is never made again after a 9', async () => {
    const voice = openTwilioVoice(configOf({ flowSid: 'FW1' }), world);
    const sids = await Promise.all(
      [1, 2, 3].map(async () => {
        const sent = await voice.send(outgoing(), signal);
        return sent.ok ? (sent.providerId ?? '') : '';
      }),
    );
    const [listened = '', promised = '', angry = ''] = sids;
    twilio.press(listened, '1', Date.now(), 'listen');
    twilio.press(promised, '1', Date.now(), 'listen');
    twilio.press(promised, '2', Date.now());
    twilio.press(angry, '9', Date.now(), 'listen');
    const pulled = await voice.pullInbound?.(null, signal);
    const keys = pulled?.ok ? pulled.value.messages.map(({ about, text }) => [about.providerId, text]) : [];
    expect(new Map(keys.map(([sid, text]) => [sid ?? '', text]))).toEqual(
      new Map([
        [promised, '2'],
        [angry, '9'],
      ]),
    );
  });

  it('through a flow tells the key that was pressed, once', async () => {
    const voice = openTwilioVoice(configOf({ flowSid: 'FW1' }), world);
    const sent = await voice.send(outgoing(), signal);
    const sid = sent.ok ? (sent.providerId ?? '') : '';
    expect(await voice.pullInbound?.(null, signal)).toMatchObject({ value: { messages: [] } });
    twilio.press(sid, '1', Date.now());
    expect(await voice.pullInbound?.(null, signal)).toMatchObject({
      value: {
        messages: [
          { kind: 'key-press', text: '1', from: '+919876543210', about: { uid: 'uid-1', providerId: sid } },
        ],
      },
    });
    expect(await voice.pull?.([markOf(outgoing(), sid, Date.now())], signal)).toMatchObject({
      value: [{ state: 'delivered' }],
    });
  });

  it('that nobody took is told as such', async () => {
    const voice = openTwilioVoice(configOf(), world);
    const sent = await voice.send(outgoing(), signal);
    const sid = sent.ok ? (sent.providerId ?? '') : '';
    twilio.move(sid, 'no-answer');
    expect(await voice.pull?.([markOf(outgoing(), sid, Date.now())], signal)).toMatchObject({
      value: [{ state: 'undelivered', errorClass: 'recipient-temporary' }],
    });
  });

  it.each(faultClasses)('after %s is %s: a second call is worse than none', async (fault, errorClass) => {
    twilio.faults.next(fault);
    const outcome = await openTwilioVoice(configOf(), world).send(outgoing(), signal);
    expect(outcome).toMatchObject({ ok: false, errorClass });
    if (twilio.calls.length > 0) expect(errorClass).not.toBe('transient-before-send');
    await twilio.faults.clear();
  });
});
