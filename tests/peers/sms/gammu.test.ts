import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGammu } from '#engine/adapters/gammu/gateway.ts';
import { partsOf } from '#engine/adapters/gammu/parts.ts';
import { markOf, outgoing } from '#tests/adapters/gateways/messages.ts';
import { gammuMissing, startGammu, type GammuPeer } from './gammu.ts';

const missing = gammuMissing();
if (missing !== null) console.log(`A real Gammu is left out: ${missing}.`);
const { signal } = new AbortController();

describe.skipIf(missing !== null)(
  `a real Gammu with its dummy phone${missing === null ? '' : ` (${missing})`}`,
  () => {
    let gammu: GammuPeer;
    beforeAll(() => {
      gammu = startGammu();
    });
    afterAll(() => gammu.stop());

    const open = () => openGammu({ fields: { file: gammu.file }, secrets: {} });
    const slow = { timeout: 15_000, interval: 100 };

    it('sends a long Hindi text once, however often it is handed over, and reports its delivery', async () => {
      const message = outgoing({ uid: 'g-1', text: 'कृपया भुगतान करें। '.repeat(8) });
      for (let time = 0; time < 3; time += 1) {
        expect(await open().send(message, signal)).toMatchObject({ ok: true, providerId: 'g-1', parts: 3 });
      }
      const mark = markOf(message, 'g-1', Date.now());
      await expect
        .poll(() => open().pull?.([mark], signal), slow)
        .toMatchObject({ value: [{ state: 'sent', parts: 3 }] });
      expect(sentParts(gammu.file)).toBe(3);
      await open().send(message, signal);
      expect(await open().find?.({ ...mark, text: message.text }, signal)).toMatchObject({
        value: { providerId: 'g-1' },
      });
      // The daemon writes down what it sent before it takes it off its list.
      await expect.poll(() => waitingParts(gammu.file), slow).toBe(0);
      expect(sentParts(gammu.file)).toBe(3);
    }, 40_000);

    it('tells that a message arrived once the operator says so', async () => {
      const message = outgoing({ uid: 'g-2', to: '+919876543222', text: 'Rs. 500 is due.' });
      await open().send(message, signal);
      const mark = markOf(message, 'g-2', Date.now());
      await expect
        .poll(() => open().pull?.([mark], signal), slow)
        .toMatchObject({ value: [{ state: 'sent' }] });
      gammu.confirm('+919876543222');
      await expect
        .poll(() => open().pull?.([mark], signal), slow)
        .toMatchObject({ value: [{ state: 'delivered' }] });
    }, 40_000);

    it('hands over what a customer wrote, once', async () => {
      const first = await open().pullInbound?.(null, signal);
      const cursor = first?.ok ? first.value.cursor : '';
      gammu.write('+919876543210', 'मैं शुक्रवार को दूंगा');
      await expect
        .poll(() => open().pullInbound?.(cursor, signal), slow)
        .toMatchObject({
          value: { messages: [{ kind: 'reply', from: '+919876543210', text: 'मैं शुक्रवार को दूंगा' }] },
        });
      const again = await open().pullInbound?.(cursor, signal);
      const next = again?.ok ? again.value.cursor : '';
      expect(await open().pullInbound?.(next, signal)).toMatchObject({
        value: { messages: [], cursor: next },
      });
    }, 20_000);
  },
);

describe('the parts of a text', () => {
  it('are cut at 160 and 153, 70 and 67 units, and join to the same text', () => {
    const lengths = (text: string): readonly number[] => partsOf(text).parts.map((part) => part.text.length);
    expect([
      lengths('a'.repeat(160)),
      lengths('a'.repeat(161)),
      lengths('क'.repeat(70)),
      lengths('क'.repeat(71)),
    ]).toEqual([[160], [153, 8], [70], [67, 4]]);
    const mixed = `${'क्षत्रिय 🙏 '.repeat(30)}`;
    expect(
      partsOf(mixed)
        .parts.map(({ text }) => text)
        .join(''),
    ).toBe(mixed);
    for (const { text } of partsOf(mixed).parts) expect(text.isWellFormed()).toBe(true);
  });

  it('number themselves in their headers', () => {
    expect(partsOf('a'.repeat(400)).parts.map(({ udh }) => udh?.slice(-4))).toEqual(['0301', '0302', '0303']);
  });
});

it('says that the file is not there, and that no modem has reported', async () => {
  const absent = openGammu({ fields: { file: '/nowhere/smsd.db' }, secrets: {} });
  expect(await absent.send(outgoing(), signal)).toMatchObject({
    ok: false,
    errorClass: 'account-config',
    phase: 'not-connected',
  });
  expect(await absent.check(signal)).toMatchObject([{ step: 'settings', outcome: 'failed' }]);
});

const countOf = (file: string, sql: string): number => {
  const db = new Database(file, { readonly: true });
  const { count } = db.prepare<[], { count: number }>(sql).get() ?? { count: 0 };
  db.close();
  return count;
};
const sentParts = (file: string): number =>
  countOf(file, "select count(*) as count from sentitems where CreatorID = 'g-1'");
const waitingParts = (file: string): number =>
  countOf(file, "select count(*) as count from outbox where CreatorID = 'g-1'");
