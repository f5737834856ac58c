import { ImapFlow, type MailboxObject } from 'imapflow';
import { dayFromNumber } from '#domain/days.ts';
import { isCertificateFault } from './smtp-outcome.ts';
import type { Server } from './settings.ts';
import type { Credential } from './smtp.ts';
import type { Pulled } from '../message-ports.ts';
import type { ConnectionOptions } from 'node:tls';

export type ImapWish = {
  readonly server: Server;
  readonly user: string;
  readonly credential: Credential;
  readonly tls: ConnectionOptions;
  readonly signal: AbortSignal;
};

export type OpenBox = {
  readonly client: ImapFlow;
  readonly mailbox: MailboxObject;
};

const DAY_MS = 86_400_000;
/** A single mail of this account; longer ones are read only from their beginning (inbox.ts). */
const LITERAL_BYTES_MOST = 40 * 1024 * 1024;

/** Signs in, opens one folder, does the work and leaves. Never throws: a failure is an outcome. */
export async function inMailbox<T>(
  wish: ImapWish,
  folder: 'inbox' | 'sent',
  work: (box: OpenBox) => Promise<Pulled<T>>,
): Promise<Pulled<T>> {
  const client = clientOf(wish);
  const stop = (): void => client.close();
  wish.signal.addEventListener('abort', stop);
  // A broken connection also comes as an event, which would end the process if nobody listened.
  client.on('error', () => undefined);
  try {
    if (wish.signal.aborted) throw Object.assign(new Error('Stopped.'), { code: 'ABORTED' });
    await client.connect();
    const path = folder === 'inbox' ? 'INBOX' : await sentPath(client);
    if (path === null)
      return {
        ok: false,
        errorClass: 'account-config',
        code: 'NO-SENT-FOLDER',
        detail: 'This account has no folder for sent mail.',
      };
    const lock = await client.getMailboxLock(path);
    try {
      const { mailbox } = client;
      if (!mailbox) throw new Error('The folder was not opened.');
      return await work({ client, mailbox });
    } finally {
      lock.release();
    }
  } catch (error) {
    return failureOf(error);
  } finally {
    wish.signal.removeEventListener('abort', stop);
    await client.logout().catch(() => client.close());
  }
}

/** The day before an instant, as IMAP's SEARCH SINCE takes it: its days are the server's own, and so one is spare. */
export function sinceDay(at: number): string {
  return dayFromNumber(Math.floor(at / DAY_MS) - 1);
}

/** The numbers of the mails that a search finds, in order; an empty folder is not asked (it answers BAD). */
export async function search(
  box: OpenBox,
  query: Parameters<ImapFlow['search']>[0],
): Promise<readonly number[]> {
  if (box.mailbox.exists === 0) return [];
  const found = await box.client.search(query, { uid: true });
  return Array.isArray(found) ? found.toSorted((a, b) => a - b) : [];
}

export function clientOf(
  { server, user, credential, tls }: ImapWish,
  silentMostMs = server.waitMs,
): ImapFlow {
  return new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    ...(server.tls === 'starttls' ? { doSTARTTLS: true } : {}),
    tls,
    auth:
      credential.kind === 'password'
        ? { user, pass: credential.password }
        : { user, accessToken: credential.accessToken },
    connectionTimeout: server.reachMs,
    greetingTimeout: server.reachMs,
    socketTimeout: silentMostMs,
    maxLiteralSize: LITERAL_BYTES_MOST,
    maxResponseSize: LITERAL_BYTES_MOST * 2,
    disableAutoIdle: true,
    logger: false,
  });
}

async function sentPath(client: ImapFlow): Promise<string | null> {
  const folders = await client.list();
  const marked = folders.find((one) => one.specialUse === '\\Sent');
  const named = folders.find((one) => /^(?:INBOX[./])?Sent(?: Items| Mail| Messages)?$/i.test(one.path));
  return (marked ?? named)?.path ?? null;
}

export function failureOf(error: unknown): Extract<Pulled<never>, { readonly ok: false }> {
  const of = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  const told = of('code');
  const code = typeof told === 'string' ? told : 'BROKEN';
  if (of('authenticationFailed') === true)
    return {
      ok: false,
      errorClass: 'auth',
      code: 'IMAP-AUTH',
      detail:
        'The inbox refused the sign-in. Check the name and the password, and whether IMAP is switched on.',
    };
  if (isCertificateFault({ beneath: code }))
    return {
      ok: false,
      errorClass: 'account-config',
      code,
      detail: 'No known authority vouches for the certificate of the inbox server.',
    };
  return { ok: false, errorClass: 'transient-before-send', code, detail: 'The inbox could not be read.' };
}
