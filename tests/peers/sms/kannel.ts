import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ended, freePorts, listens, tethered } from '../processes.ts';

export type KannelPeer = {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  /** Where Baaki has to listen for reports and replies. */
  readonly listenPort: number;
  /** A customer's phone writes through Kannel's own SMSC simulator. */
  readonly write: (from: string, text: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const FAKE_SMSC = '/usr/lib/kannel/test/fakesmsc';
const BOXES = ['/usr/sbin/bearerbox', '/usr/sbin/smsbox', FAKE_SMSC] as const;

/** Why Kannel cannot be started here; null = it can. */
export function kannelMissing(): string | null {
  if (process.platform !== 'linux') return 'Kannel is started on Linux only';
  return BOXES.every((box) => existsSync(box)) ? null : 'Debian packages missing: kannel, kannel-extras';
}

type Plan = {
  readonly folder: string;
  readonly ports: Readonly<Record<'admin' | 'box' | 'fake' | 'send' | 'listen', number>>;
  readonly smsc: { readonly port: number; readonly user: string; readonly password: string };
  readonly replyUrl: (port: number) => string;
};

const USER = 'baaki';
const PASSWORD = 'kannel-pass';

/** Kannel with two operators: one over SMPP (a simulator of ours), one its own simulator, for what customers write. */
export async function startKannel(wish: Pick<Plan, 'smsc' | 'replyUrl'>): Promise<KannelPeer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'baaki-kannel-'));
  const [admin = 0, box = 0, fake = 0, send = 0, listen = 0] = await freePorts(5);
  const plan = { ...wish, folder, ports: { admin, box, fake, send, listen } };
  const file = path.join(folder, 'kannel.conf');
  writeFileSync(file, confOf(plan));
  const bearer = tethered('/usr/sbin/bearerbox', ['-v', '4', file]);
  await Promise.all([listens(box), listens(fake)]);
  const sms = tethered('/usr/sbin/smsbox', ['-v', '4', file]);
  await listens(send);
  return {
    baseUrl: `http://127.0.0.1:${send}`,
    user: USER,
    password: PASSWORD,
    listenPort: listen,
    write: async (from, text) => {
      const hex = Buffer.from(text, 'utf16le').swap16().toString('hex');
      const coded = hex.replaceAll(/../g, '%$&');
      const message = `${from} 56161 ucs2 ${coded}`;
      const phone = spawn(
        FAKE_SMSC,
        ['-H', '127.0.0.1', '-r', String(fake), '-i', '0.1', '-m', '1', message],
        { stdio: 'ignore' },
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      phone.kill('SIGKILL');
    },
    stop: async () => {
      await ended(sms);
      await ended(bearer);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function confOf({ folder, ports, smsc, replyUrl }: Plan): string {
  const groups = [
    {
      group: 'core',
      'admin-port': ports.admin,
      'admin-password': 'adm',
      'smsbox-port': ports.box,
      'smsbox-interface': '127.0.0.1',
      'dlr-storage': 'internal',
      'store-type': 'file',
      'store-location': path.join(folder, 'store'),
      'box-deny-ip': '*.*.*.*',
      'box-allow-ip': '127.0.0.1',
      'sms-resend-freq': 1,
      'sms-resend-retry': 1,
    },
    { group: 'smpp-tlv', name: 'PE_ID', tag: '0x1400', type: 'nulterminated', length: 30 },
    { group: 'smpp-tlv', name: 'Template_ID', tag: '0x1401', type: 'nulterminated', length: 30 },
    {
      group: 'smsc',
      smsc: 'smpp',
      'smsc-id': 'SIM',
      host: '127.0.0.1',
      port: smsc.port,
      'transceiver-mode': 'true',
      'smsc-username': smsc.user,
      'smsc-password': smsc.password,
      'system-type': 'VMA',
      'reconnect-delay': 1,
    },
    {
      group: 'smsc',
      smsc: 'fake',
      'smsc-id': 'FAKE',
      'denied-smsc-id': 'SIM',
      host: '127.0.0.1',
      port: ports.fake,
      'connect-allow-ip': '127.0.0.1',
    },
    {
      group: 'smsbox',
      'bearerbox-host': '127.0.0.1',
      'bearerbox-port': ports.box,
      'sendsms-port': ports.send,
      'sendsms-interface': '127.0.0.1',
    },
    { group: 'sendsms-user', username: USER, password: PASSWORD, 'max-messages': 5, concatenation: 'true' },
    {
      group: 'sms-service',
      keyword: 'default',
      'get-url': `"${replyUrl(ports.listen)}"`,
      'max-messages': 0,
      'catch-all': 'true',
    },
  ];
  return groups
    .map((group) =>
      Object.entries(group)
        .map(([key, value]) => `${key} = ${value}`)
        .join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}
