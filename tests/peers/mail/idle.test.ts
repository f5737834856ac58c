import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { mailPeersMissing, startMailPeers, type MailPeers } from './start.ts';

const missing = mailPeersMissing();
if (missing) console.warn(`The inbox that tells by itself is not tested with a real server: ${missing}.`);

/** A wire to the inbox that can be cut: nobody answers on it then. */
type Wire = {
  readonly port: number;
  /** Connections that stand now. */
  readonly count: () => number;
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
};

async function wireTo(port: number): Promise<Wire> {
  const sockets = new Set<net.Socket>();
  let server = net.createServer();
  const listen = (at: number): Promise<void> => {
    server = net.createServer((near) => {
      const far = net.connect(port, '127.0.0.1');
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one
          .on('error', () => undefined)
          .once('close', () => {
            sockets.delete(one);
            other.destroy();
          });
      }
      near.pipe(far).pipe(near);
    });
    return new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  };
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen(0);
  const bound = server.address();
  const own = typeof bound === 'object' && bound ? bound.port : 0;
  onTestFinished(cut);
  return { port: own, count: () => sockets.size / 2, cut, mend: () => listen(own) };
}

describe.skipIf(missing !== null)(`an inbox at a real Dovecot${missing ? ` (${missing})` : ''}`, () => {
  let peers: MailPeers;
  beforeAll(async () => {
    peers = await startMailPeers();
  });
  afterAll(() => peers?.stop());

  async function anEngine(imapPort: number): Promise<Engine> {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'baaki-idle-'));
    const engine = await openEngine({
      dataFolder,
      version: '0.0.0-test',
      vaultKey: new Uint8Array(32).fill(7),
    });
    onTestFinished(async () => {
      await engine.close();
      rmSync(dataFolder, { recursive: true, force: true });
    });
    const { client } = engine;
    await client.books.create({ name: 'Dukaan' });
    await client.customers.save({ name: 'Ravi Stores', email: 'ravi@customer.test' });
    await client.gateways.save({
      kind: 'email-smtp',
      name: 'Mail',
      fields: {
        provider: 'own',
        user: peers.account.user,
        smtpHost: peers.smtp.host,
        smtpPort: String(peers.smtp.starttlsPort),
        imapHost: peers.imap.host,
        imapPort: String(imapPort),
        imapTls: 'implicit',
        fingerprint: peers.fingerprint,
      },
      secrets: { password: peers.account.password },
      isOn: true,
    });
    return engine;
  }

  const writes = (subject: string): Promise<void> =>
    peers.customerMx.reply({ from: 'Ravi <ravi@customer.test>', subject, text: `${subject}, sir.` });

  /** Until the inbox has it; answers how many seconds that took. */
  async function comesIn({ client }: Engine, subject: string): Promise<number> {
    const before = Date.now();
    const subjects = async (): Promise<readonly (string | null)[]> => {
      const [thread] = await client.replies.threads({ isOpenOnly: false });
      if (!thread?.customerId) return [];
      return (await client.replies.thread({ customerId: thread.customerId })).map((line) => line.subject);
    };
    await expect.poll(subjects, { timeout: 20_000, interval: 50 }).toContain(subject);
    return (Date.now() - before) / 1000;
  }

  it('has a mail within seconds of its delivery, though it is looked at every three minutes only', async () => {
    const wire = await wireTo(peers.imap.port);
    const engine = await anEngine(wire.port);
    await writes('First');
    await comesIn(engine, 'First');
    // Whoever looked has left; the one that listens stays.
    await expect.poll(wire.count, { timeout: 10_000 }).toBe(1);
    for (const subject of ['Second', 'Third']) {
      await writes(subject);
      expect(await comesIn(engine, subject)).toBeLessThan(3);
    }
  }, 40_000);

  it('listens again some seconds after the connection was lost, and has what came meanwhile', async () => {
    const wire = await wireTo(peers.imap.port);
    const engine = await anEngine(wire.port);
    await writes('Before');
    await comesIn(engine, 'Before');
    await expect.poll(wire.count, { timeout: 10_000 }).toBe(1);
    await wire.cut();
    await writes('While it was cut');
    await wire.mend();
    // Nobody told: it asks by itself, five seconds after it was lost.
    expect(await comesIn(engine, 'While it was cut')).toBeLessThan(10);
    await expect.poll(wire.count, { timeout: 10_000 }).toBe(1);
    await writes('After');
    expect(await comesIn(engine, 'After')).toBeLessThan(3);
  }, 40_000);

  it('asks at once when the machine wakes, and once however often it is told', async () => {
    const wire = await wireTo(peers.imap.port);
    const engine = await anEngine(wire.port);
    await writes('Awake');
    await comesIn(engine, 'Awake');
    await expect.poll(wire.count, { timeout: 10_000 }).toBe(1);
    await wire.cut();
    await writes('Slept');
    await wire.mend();
    for (let times = 0; times < 50; times += 1) engine.hurry();
    expect(await comesIn(engine, 'Slept')).toBeLessThan(3);
    await expect.poll(wire.count, { timeout: 10_000 }).toBe(1);
  }, 40_000);
});
