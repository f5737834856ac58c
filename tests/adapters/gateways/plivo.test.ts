import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlivo } from '#engine/adapters/plivo/gateway.ts';
import { PLIVO, startFakePlivo, type FakePlivo } from '#tests/fakes/gateways/plivo.ts';
import { faultClasses, markOf, NO_IDS, outgoing, SMALL, worldAt } from './messages.ts';

const { signal } = new AbortController();
const ids = {
  ...NO_IDS,
  dltEntityId: '1101234567890123456',
  dltTemplateId: '1107234567890123456',
  dltHeader: 'ANITAS',
};
const message = outgoing({ ids });

let plivo: FakePlivo;
beforeEach(async () => {
  plivo = await startFakePlivo();
});
afterEach(() => plivo.close());

function open(authToken = PLIVO.authToken) {
  const fields = { baseUrl: plivo.url, authId: PLIVO.authId, from: 'ANITAS' };
  return openPlivo(
    { fields, secrets: { authToken } },
    worldAt(() => Date.now()),
    SMALL,
  );
}

it('sends with the DLT ids of the text', async () => {
  expect(await open().send(message, signal)).toMatchObject({
    ok: true,
    providerId: 'uuid-1',
    state: 'accepted',
  });
  expect(plivo.accepted).toMatchObject([
    { to: '919876543210', ids: { entity: ids.dltEntityId, template: ids.dltTemplateId, header: 'ANITAS' } },
  ]);
});

it('stops a text without DLT ids before it leaves', async () => {
  expect(open().preflight(outgoing())).toMatchObject([{ code: 'dlt-ids-missing', isBlocking: true }]);
  expect(open().preflight(message)).toEqual([]);
  expect(await open().send(outgoing(), signal)).toMatchObject({ ok: false, errorClass: 'template-config' });
});

it.each(faultClasses)(
  'after %s is %s, and not safe to repeat where it may have arrived',
  async (fault, errorClass) => {
    plivo.faults.next(fault);
    expect(await open().send(message, signal)).toMatchObject({ ok: false, errorClass });
    if (plivo.accepted.length > 0) expect(errorClass).not.toBe('transient-before-send');
    await plivo.faults.clear();
  },
);

it('reads an error under status 200 as one: no credit pauses the account', async () => {
  plivo.faults.next('error-in-200');
  expect(await open().send(message, signal)).toMatchObject({ ok: false, errorClass: 'balance' });
});

it('takes a wrong number for the customer’s, and a wrong token for the account’s', async () => {
  expect(await open().send(outgoing({ ids, to: '+911234' }), signal)).toMatchObject({
    errorClass: 'recipient-permanent',
  });
  const said = [
    await open('another-secret').send(message, signal),
    await open('another-secret').check(signal),
  ];
  expect(said).toMatchObject([{ errorClass: 'auth' }, [{ outcome: 'failed' }]]);
  expect(JSON.stringify(said)).not.toMatch(/another-secret|9876543210/);
  expect(await open().check(signal)).toMatchObject([{ outcome: 'ok' }, { step: 'balance', outcome: 'ok' }]);
});

describe('afterwards', () => {
  it('follows a message to its end', async () => {
    await open().send(message, signal);
    plivo.move('uuid-1', 'delivered', '000');
    const marks = [markOf(message, 'uuid-1', Date.now())];
    expect(await open().pull?.(marks, signal)).toMatchObject({
      value: [{ state: 'delivered', parts: 2, errorClass: null }],
    });
    plivo.move('uuid-1', 'undelivered', '40');
    expect(await open().pull?.(marks, signal)).toMatchObject({
      value: [{ state: 'undelivered', errorClass: 'recipient-permanent', code: '40' }],
    });
  });

  it('finds what left though its answer was lost', async () => {
    plivo.faults.next('hang');
    await open().send(message, signal);
    const mark = { ...markOf(message, null, Date.now()), text: message.text };
    expect(await open().find?.(mark, signal)).toMatchObject({ ok: true, value: { providerId: 'uuid-1' } });
  });

  it('reads replies over several pages, each with its number in one writing', async () => {
    const at = Math.floor(Date.now() / 1000) * 1000;
    for (let one = 0; one < 45; one += 1) plivo.write('919876543210', `reply ${one}`, at);
    const pulled = await open().pullInbound?.(null, signal);
    expect(pulled?.ok && pulled.value.messages.length).toBe(45);
    expect(pulled?.ok && pulled.value.messages[0]).toMatchObject({ from: '+919876543210', kind: 'reply' });
    expect(pulled).toMatchObject({ value: { cursor: String(at) } });
  });
});
