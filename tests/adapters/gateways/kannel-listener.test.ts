import { keyOf, listenerAt, type Listener } from '#engine/adapters/kannel/listener.ts';
import net from 'node:net';
import { expect, it, onTestFinished } from 'vitest';

/** The first line of the answer to a raw request. */
function firstLine(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    );
    socket.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What waits, as soon as something does. */
async function pageOf(listener: Listener): Promise<{ messages: readonly unknown[]; cursor: string }> {
  const stop = new AbortController();
  await new Promise<void>((resolve) => void listener.room.watch(resolve, stop.signal));
  stop.abort();
  const page = listener.room.pullInbound(null);
  if (!page.ok) throw new Error('The room always answers.');
  return { messages: page.value.messages, cursor: page.value.cursor };
}

it('says “not now” to what nobody put into the book in time, and takes it once when it comes again', async () => {
  const port = await freePort();
  const key = keyOf('secret');
  const door = { host: '127.0.0.1', port, key, now: () => 7, answeredWithinMs: 30 };
  const listener = await listenerAt(door);
  onTestFinished(() => listener.close());
  const stop = `/mo?key=${key}&id=a1&from=9876543210&coding=0&text=STOP`;
  expect(await firstLine(port, stop)).toBe('HTTP/1.1 503 Service Unavailable');
  const again = firstLine(port, stop);
  const { messages, cursor } = await pageOf(listener);
  expect(messages).toHaveLength(1);
  listener.room.pullInbound(cursor);
  expect(await again).toBe('HTTP/1.1 200 OK');
});

it('turns away whatever else on this machine calls it, and goes on listening', async () => {
  const port = await freePort();
  const key = keyOf('secret');
  const listener = await listenerAt({ host: '127.0.0.1', port, key, now: () => 7 });
  onTestFinished(() => listener.close());
  const letters = encodeURIComponent('अ'.repeat(key.length));
  for (const target of ['//', `/mo?key=${letters}&from=1`, '/mo?key=&from=1', `/other?key=${key}`])
    expect(await firstLine(port, target), target).toBe('HTTP/1.1 403 Forbidden');
  const answered = firstLine(port, `/mo?key=${key}&id=a1&from=9876543210&coding=0&text=STOP`);
  const first = await pageOf(listener);
  expect(first.messages).toMatchObject([{ from: '+919876543210', text: 'STOP', externalId: 'a1' }]);
  listener.room.pullInbound(first.cursor);
  expect(await answered).toBe('HTTP/1.1 200 OK');
});

it.each([
  ['620', 'account-config'],
  ['631', 'template-config'],
  ['650', 'policy'],
  ['001', 'recipient-temporary'],
])('reads the operator’s code %s as %s', async (code, errorClass) => {
  const port = await freePort();
  const key = keyOf('secret');
  const listener = await listenerAt({ host: '127.0.0.1', port, key, now: () => 7 });
  onTestFinished(() => listener.close());
  const answered = firstLine(port, `/dlr?key=${key}&uid=u1&type=2&said=stat:UNDELIV%20err:${code}`);
  const { messages, cursor } = await pageOf(listener);
  const told = { uid: 'u1', state: 'undelivered', errorClass };
  expect(messages).toMatchObject([{ kind: 'delivery-report', news: told }]);
  expect(listener.news).toMatchObject([told]);
  listener.room.pullInbound(cursor);
  expect(await answered).toBe('HTTP/1.1 200 OK');
});
