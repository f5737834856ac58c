import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { createTransport } from 'nodemailer';
import { makeCertificate } from '#tests/fakes/mail/certificate.ts';
import { ended, freePorts, listens, tethered } from '../processes.ts';
import { dovecotConf, mainCf, masterCf, type MailPlan } from './server-files.ts';

export type TakenMail = {
  readonly from: string;
  readonly to: readonly string[];
  /** The mail as the customer's server got it. */
  readonly bytes: string;
};

/** A mail of the customer to the business, over the business's own door for mail from outside. */
export type CustomerMail = {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly messageId?: string;
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer }[];
};

export type MailPeers = {
  readonly smtp: { readonly host: string; readonly starttlsPort: number; readonly implicitPort: number };
  readonly imap: { readonly host: string; readonly port: number; readonly starttlsPort: number };
  readonly account: { readonly user: string; readonly password: string };
  /** Of the servers' self-made certificate. */
  readonly fingerprint: string;
  readonly customerMx: {
    readonly accepted: readonly TakenMail[];
    readonly reply: (mail: CustomerMail) => Promise<void>;
  };
  /** The mailbox forgets its numbers, as after a repair: the next IMAP session sees another UIDVALIDITY. */
  readonly forgetUids: () => void;
  readonly stop: () => Promise<void>;
};

const packages = [
  { name: 'postfix', path: '/usr/sbin/postfix' },
  { name: 'dovecot-imapd', path: '/usr/lib/dovecot/imap' },
  { name: 'python3-aiosmtpd', path: '/usr/lib/python3/dist-packages/aiosmtpd' },
  { name: 'openssl', path: '/usr/bin/openssl' },
] as const;

/** Why the real mail servers cannot be started here; null = they can. */
export function mailPeersMissing(): string | null {
  if (process.platform !== 'linux') return 'real mail servers are started on Linux only';
  const missing = packages.filter((one) => !existsSync(one.path)).map((one) => one.name);
  if (missing.length > 0) return `Debian packages missing: ${missing.join(', ')}`;
  if (process.getuid?.() !== 0) return 'Postfix and Dovecot can be started by root only';
  return null;
}

/** Postfix, Dovecot and the customer's server on free loopback ports, in a folder that goes with `stop`. */
export async function startMailPeers(): Promise<MailPeers> {
  const plan = await planOf(mkdtempSync(path.join(tmpdir(), 'baaki-mail-')));
  const { folder, domain, ports, password } = plan;
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const fingerprint = layOut(plan);
    const accepted: TakenMail[] = [];
    children.push(
      tethered('/usr/lib/postfix/sbin/master', ['-c', path.join(folder, 'postfix'), '-s']),
      tethered('/usr/sbin/dovecot', ['-F', '-c', path.join(folder, 'dovecot.conf')]),
    );
    children.push(await startCustomer(plan, accepted));
    await Promise.all([ports.starttls, ports.inbound, ports.imaps].map(listens));
    const account = { user: `owner@${domain}`, password };
    return {
      smtp: { host: '127.0.0.1', starttlsPort: ports.starttls, implicitPort: ports.implicit },
      imap: { host: '127.0.0.1', port: ports.imaps, starttlsPort: ports.imap },
      account,
      fingerprint,
      customerMx: { accepted, reply: (mail) => deliver(mail, { port: ports.inbound, to: account.user }) },
      forgetUids: () => {
        const box = path.join(folder, 'mail', 'owner');
        for (const name of readdirSync(box))
          if (name.startsWith('dovecot')) rmSync(path.join(box, name), { force: true });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function deliver(
  { references = [], attachments = [], headers = {}, ...mail }: CustomerMail,
  door: { readonly port: number; readonly to: string },
): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: door.port, ignoreTLS: true });
  await transport.sendMail({
    ...mail,
    to: door.to,
    headers: { ...headers },
    references: [...references],
    attachments: [...attachments],
  });
}

const DEBIAN_MAIL_USER = 8;
const queueFolders = [
  'active',
  'bounce',
  'corrupt',
  'defer',
  'deferred',
  'flush',
  'hold',
  'incoming',
  'maildrop',
  'private',
  'public',
  'saved',
  'trace',
] as const;

async function planOf(folder: string): Promise<MailPlan> {
  const [starttls = 0, implicit = 0, inbound = 0, imaps = 0, imap = 0, customer = 0] = await freePorts(6);
  return {
    folder,
    domain: 'dukaan.test',
    password: 'sahi-password',
    ports: { starttls, implicit, inbound, imaps, imap, customer },
    mailUser: DEBIAN_MAIL_USER,
  };
}

function layOut(plan: MailPlan): string {
  const { folder } = plan;
  const made = makeCertificate(`mail.${plan.domain}`);
  if (!made) throw new Error('OpenSSL made no certificate.');
  // The servers' own users have to reach their sockets and mailboxes.
  chmodSync(folder, 0o755);
  for (const name of ['postfix', 'queue', 'data', 'run', 'mail', 'log']) mkdirSync(path.join(folder, name));
  const postfixUser = Number(execFileSync('id', ['-u', 'postfix'], { encoding: 'utf8' }));
  chownSync(path.join(folder, 'data'), postfixUser, postfixUser);
  mkdirSync(path.join(folder, 'queue', 'pid'));
  for (const name of queueFolders) {
    mkdirSync(path.join(folder, 'queue', name), { mode: 0o711 });
    chownSync(path.join(folder, 'queue', name), postfixUser, 0);
  }
  chownSync(path.join(folder, 'mail'), plan.mailUser, plan.mailUser);
  chmodSync(path.join(folder, 'log'), 0o777);
  const write = (name: string, text: string, mode = 0o644): void =>
    writeFileSync(path.join(folder, name), text, { mode });
  write('cert.pem', made.certificate);
  write('key.pem', made.key, 0o600);
  write('postfix/main.cf', mainCf(plan));
  write('postfix/master.cf', masterCf(plan));
  write('dovecot.conf', dovecotConf(plan));
  return made.fingerprint;
}

async function startCustomer({ ports }: MailPlan, accepted: TakenMail[]): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, 'customer-mx.py');
  const child = spawn('/usr/bin/python3', [script, String(ports.customer)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const told = readline.createInterface({ input: child.stdout });
  const ready = Promise.withResolvers<void>();
  child.once('exit', () => ready.reject(new Error('The customer’s mail server ended.')));
  told.on('line', (line) => {
    const said: { ready?: true; from: string; to: string[]; bytes: string } = JSON.parse(line);
    if (said.ready) ready.resolve();
    else accepted.push({ ...said, bytes: Buffer.from(said.bytes, 'base64').toString('utf8') });
  });
  await ready.promise;
  return child;
}
