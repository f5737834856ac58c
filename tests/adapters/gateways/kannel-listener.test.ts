import { keyOf, listenerAt } from '#engine/adapters/kannel/listener.ts';
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

it('turns away whatever else on this machine calls it, and goes on listening', async () => {
  const port = await freePort();
  const key = keyOf('secret');
  const listener = await listenerAt({ host: '127.0.0.1', port, key, now: () => 7 });
  onTestFinished(() => listener.close());
  const letters = encodeURIComponent('अ'.repeat(key.length));
  for (const target of ['//', `/mo?key=${letters}&from=1`, '/mo?key=&from=1', `/other?key=${key}`])
    expect(await firstLine(port, target), target).toBe('HTTP/1.1 403 Forbidden');
  expect(await firstLine(port, `/mo?key=${key}&id=a1&from=9876543210&coding=0&text=STOP`)).toBe(
    'HTTP/1.1 200 OK',
  );
  expect(listener.inbound).toMatchObject([{ from: '+919876543210', text: 'STOP', externalId: 'a1' }]);
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
  await firstLine(port, `/dlr?key=${key}&uid=u1&type=2&said=stat:UNDELIV%20err:${code}`);
  expect(listener.news).toMatchObject([{ uid: 'u1', state: 'undelivered', errorClass }]);
});
