import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHttpVoice } from '#engine/adapters/http-gateway/gateway.ts';
import { markOf, outgoing, worldAt } from '#tests/adapters/gateways/messages.ts';
import { startFake, type FakeServer } from '#tests/fakes/gateways/server.ts';
import { phonesMissing, startPhones, type Phones } from './phones.ts';

const missing = phonesMissing();
if (missing !== null) console.log(`A real telephone call is left out: ${missing}.`);
const { signal } = new AbortController();

type Call = { readonly id: string; state: string; key: string | null };

/** A calling service: it takes a number and a text over HTTP, rings through SIP, and reports the key. */
async function startService(phones: Phones): Promise<FakeServer & { readonly calls: readonly Call[] }> {
  const calls: Call[] = [];
  const server = await startFake(({ method, url, json, headers }) => {
    if (headers['authorization'] !== 'Bearer voice-secret')
      return { status: 401, body: { error: 'who are you' } };
    if (method === 'GET') {
      const call = calls.find(({ id }) => id === url.searchParams.get('id'));
      return { status: 200, body: { state: call?.state ?? 'unknown', key: call?.key ?? '' } };
    }
    const { say } = json as { say: string };
    const call: Call = { id: `call-${calls.length + 1}`, state: 'ringing', key: null };
    calls.push(call);
    void phones.call(say).then(({ key, isAnswered }) => {
      call.key = key;
      call.state = isAnswered ? 'answered' : 'no-answer';
    });
    return { status: 200, body: { id: call.id } };
  });
  return { ...server, calls };
}

describe.skipIf(missing !== null)(`a real telephone call${missing === null ? '' : ` (${missing})`}`, () => {
  let phones: Phones;
  let service: Awaited<ReturnType<typeof startService>>;
  beforeAll(async () => {
    phones = await startPhones();
    service = await startService(phones);
  }, 30_000);
  afterAll(async () => {
    await service.close();
    await phones.stop();
  });

  const open = () =>
    openHttpVoice(
      {
        fields: {
          url: `${service.url}/call`,
          method: 'POST',
          bodyKind: 'json',
          body: '{"to": "{{to}}", "say": "{{text}}"}',
          headers: 'authorization: Bearer {{key}}',
          successStatus: '200',
          idAt: 'id',
          statusUrl: `${service.url}/call?id={{id}}`,
          statusAt: 'state',
          statusDelivered: 'answered',
          statusSent: 'ringing',
          statusFailed: 'no-answer',
          keysAt: 'key',
        },
        secrets: { key: 'voice-secret' },
      },
      worldAt(() => Date.now()),
    );
  const slow = { timeout: 12_000, interval: 100 };

  it('is answered, the customer hears the prompt and presses 1 to promise, and the key comes back', async () => {
    phones.customerPresses('1');
    const message = outgoing({ text: 'नमस्ते। वादे के लिए एक दबाएँ।' });
    const sent = await open().send(message, signal);
    expect(sent).toMatchObject({ ok: true, providerId: 'call-1' });
    const mark = markOf(message, 'call-1', Date.now());
    await expect
      .poll(() => open().pull?.([mark], signal), slow)
      .toMatchObject({ value: [{ state: 'delivered' }] });
    const said = {
      kind: 'key-press',
      text: '1',
      from: '+919876543210',
      about: { uid: 'uid-1', providerId: 'call-1' },
    };
    expect(await open().pullInbound?.(null, signal)).toMatchObject({ value: { messages: [said] } });
    expect(await open().pullInbound?.(null, signal)).toMatchObject({ value: { messages: [] } });
  }, 20_000);

  it('without a key is a call that was answered, and nothing more', async () => {
    phones.customerPresses(null);
    const message = outgoing({ uid: 'uid-2', text: 'नमस्ते।' });
    await open().send(message, signal);
    const mark = markOf(message, 'call-2', Date.now());
    await expect
      .poll(() => open().pull?.([mark], signal), slow)
      .toMatchObject({ value: [{ state: 'delivered' }] });
    expect(await open().pullInbound?.(null, signal)).toMatchObject({ value: { messages: [] } });
  }, 20_000);
});
