import net from 'node:net';
import { gateways as kannel } from '#engine/adapters/kannel/gateway.ts';
import { keyOf } from '#engine/adapters/kannel/listener.ts';
import { gateways as smpp } from '#engine/adapters/smpp/gateway.ts';
import { startFakeSmsc, SMSC, type FakeSmsc } from '#tests/fakes/gateways/smsc.ts';
import { expect, it, onTestFinished } from 'vitest';
import { aGateway, aWorld, type World } from '../outbox/outbox-world.ts';
import { aReached, rowsOf } from './inbox-world.ts';

// A gateway that calls us hands a STOP over once. It is told that we have it only when it stands in the book, so that a
// program that is killed in between is handed it once more.

const PASSWORD = 'kannel-secret';
type Stop = { readonly body: string; readonly isGranted: number };
const stops = (world: Pick<World, 'db'>): readonly Stop[] =>
  rowsOf<Stop>(
    world,
    `select distinct r.body, c.is_granted as isGranted from replies r join consents c on c.customer_id = r.customer_id`,
  );

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it('answers Kannel only when a STOP is in the book', async () => {
  const world = await aWorld({ gateways: kannel });
  const listenPort = await freePort();
  const vaultName = 'kannel-vault';
  await world.engine.context.vault.put(vaultName, { password: PASSWORD });
  const fields = { baseUrl: 'http://127.0.0.1:9', user: 'u', from: 'ANITAS', listenPort: String(listenPort) };
  const { phone } = world.db.write((tx) => {
    const own = { kind: 'sms-kannel', vaultName, fieldsJson: JSON.stringify(fields) };
    return aReached(tx, { at: 1, channel: 'sms', gatewayId: aGateway(tx, { port: 1, ...own }) });
  });
  world.engine.hurry();
  const from = encodeURIComponent(phone);
  const url = `http://127.0.0.1:${listenPort}/mo?key=${keyOf(PASSWORD)}&id=m1&from=${from}&coding=0&text=STOP`;
  const call = (): Promise<number> =>
    fetch(url).then(
      ({ status }) => status,
      () => 0,
    );
  // The listener begins with the first look at the inbox.
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${listenPort}/`).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  expect(await call()).toBe(200);
  expect(stops(world)).toMatchObject([{ body: 'STOP', isGranted: 0 }]);
  // Handed over twice, it is one.
  expect(await call()).toBe(200);
  expect(rowsOf(world, 'select id from replies')).toHaveLength(1);
  expect(world.bugs).toEqual([]);
}, 15_000);

it('answers an operator over SMPP only when a STOP is in the book', async () => {
  const smsc: FakeSmsc = await startFakeSmsc();
  onTestFinished(() => smsc.close());
  const world = await aWorld({ gateways: smpp });
  const vaultName = 'smpp-vault';
  await world.engine.context.vault.put(vaultName, { password: SMSC.password });
  const fields = { host: '127.0.0.1', port: String(smsc.port), user: SMSC.user, from: 'ANITAS' };
  const { phone } = world.db.write((tx) => {
    const own = { kind: 'sms-smpp', vaultName, fieldsJson: JSON.stringify(fields) };
    return aReached(tx, { at: 1, channel: 'sms', gatewayId: aGateway(tx, { port: 1, ...own }) });
  });
  world.engine.hurry();
  const write = (): Promise<number | null> => smsc.write(phone.slice(1), 'STOP').catch(() => null);
  let status: number | null = null;
  await expect.poll(async () => (status = await write()), { timeout: 5000 }).not.toBeNull();
  expect(status).toBe(0);
  expect(stops(world)).toMatchObject([{ body: 'STOP', isGranted: 0 }]);
  expect(world.bugs).toEqual([]);
}, 15_000);
