import { patchGateway } from '#engine/storage/gateways.ts';
import { cameIn, type Listener } from '#tests/fakes/gateways/scripted.ts';
import { expect, it, vi } from 'vitest';
import { MONDAY } from '../outbox/outbox-world.ts';
import { anInbox, aReached, rowsOf, type Inbox } from './inbox-world.ts';

/** An inbox whose SMS tell by themselves, with somebody who was written to. */
async function aTellingInbox(): Promise<{
  readonly inbox: Inbox;
  readonly listeners: Listener[];
  readonly writes: (text: string) => void;
}> {
  const inbox = await anInbox();
  const listeners: Listener[] = [];
  inbox.sms.listeners = listeners;
  const { phone } = inbox.db.write((tx) => aReached(tx, { at: 1, channel: 'sms', gatewayId: inbox.ids.sms }));
  const writes = (text: string): void =>
    void inbox.sms.inbound.push(cameIn({ from: phone, text, at: MONDAY }));
  return { inbox, listeners, writes };
}

const texts = (inbox: Inbox): readonly string[] =>
  rowsOf<{ body: string }>(inbox, 'select body from replies order by id').map(({ body }) => body);
const quick = { timeout: 2500, interval: 20 };

it('looks where somebody says that something came, and once for all that came together', async () => {
  const { inbox, listeners, writes } = await aTellingInbox();
  inbox.engine.hurry();
  await vi.waitFor(() => expect(listeners).toHaveLength(1), quick);
  // What it was told when it began to listen, beside the look on the schedule.
  await vi.waitFor(() => expect(inbox.sms.asked.length).toBeGreaterThanOrEqual(2), quick);
  const before = inbox.sms.asked.length;
  const others = inbox.email.asked.length;
  ['We will pay on Friday', 'Friday evening', 'Please call'].forEach(writes);
  for (let times = 0; times < 100; times += 1) listeners[0]?.told();
  await vi.waitFor(() => expect(texts(inbox)).toHaveLength(3), quick);
  // A page with news in it is asked on from, to see that it was the last.
  expect(inbox.sms.asked.length - before).toBeLessThanOrEqual(4);
  expect(inbox.email.asked).toHaveLength(others);
});

it('listens no more to a gateway that is off, and to none when the book is closed', async () => {
  const { inbox, listeners } = await aTellingInbox();
  inbox.engine.hurry();
  await vi.waitFor(() => expect(listeners).toHaveLength(1), quick);
  inbox.db.write((tx) => patchGateway(tx, inbox.ids.sms, { isOn: false }));
  inbox.engine.context.changed('gateways');
  await vi.waitFor(() => expect(listeners).toHaveLength(0), 5000);
  inbox.db.write((tx) => patchGateway(tx, inbox.ids.sms, { isOn: true }));
  inbox.engine.context.changed('gateways');
  await vi.waitFor(() => expect(listeners).toHaveLength(1), 5000);
  await inbox.engine.close();
  expect(listeners).toHaveLength(0);
}, 12_000);

it('leaves one that cannot tell to the schedule', async () => {
  const { inbox, listeners, writes } = await aTellingInbox();
  inbox.engine.hurry();
  await vi.waitFor(() => expect(listeners).toHaveLength(1), quick);
  await vi.waitFor(() => expect(inbox.sms.asked.length).toBeGreaterThanOrEqual(2), quick);
  listeners[0]?.end('never');
  inbox.engine.context.changed('gateways');
  writes('Nobody tells of this');
  // It is tended again two seconds after a change, and not begun with again.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect([listeners.length, texts(inbox)]).toEqual([0, []]);
  expect(await inbox.pull()).toBe(1);
  expect(inbox.bugs).toEqual([]);
}, 10_000);
