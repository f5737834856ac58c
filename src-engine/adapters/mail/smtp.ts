import { createTransport, type Transporter } from 'nodemailer';
import { outcomeOf, saidBy, type SmtpFailure, type SmtpProgress } from './smtp-outcome.ts';
import type { Settings } from './settings.ts';
import type { SendOutcome } from '../message-ports.ts';
import type { ConnectionOptions } from 'node:tls';

/** What stands in for the user at a mail server. */
export type Credential =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'token'; readonly accessToken: string };

export type SmtpWish = {
  readonly settings: Settings;
  readonly credential: Credential;
  readonly tls: ConnectionOptions;
  readonly signal: AbortSignal;
};

export type Envelope = {
  readonly to: string;
  /** Ours; comes back in a bounce as Original-Envelope-Id. */
  readonly uid: string;
  readonly raw: Buffer;
};

/** From the first look-up to the last answer, whatever the server does meanwhile. */
const SENDING_MS_MOST = 10 * 60_000;

/** Sends one mail to one address over a connection of its own, once. Never throws. */
export async function sendOnce(wish: SmtpWish, envelope: Envelope): Promise<SendOutcome> {
  const progress: Progress = { reached: 'not-connected' };
  try {
    const transport = transportOf(wish, progress);
    const info = await transport.sendMail({
      envelope: { from: wish.settings.from, to: envelope.to },
      raw: envelope.raw,
      dsn: {
        id: envelope.uid,
        return: 'headers',
        notify: ['failure', 'delay', 'success'],
        recipient: envelope.to,
      },
      signal: AbortSignal.any([wish.signal, AbortSignal.timeout(SENDING_MS_MOST)]),
    });
    const queued = /\bqueued as\b[:\s]*([\w.-]{4,64})/i.exec(info.response ?? '')?.[1] ?? null;
    return { ok: true, providerId: queued, state: 'accepted', parts: 1, costMicros: null };
  } catch (error) {
    return outcomeOf(failureOf(error), progress.reached);
  }
}

/** Connects and signs in, and says nothing else. Null = it works. Never throws. */
export async function signInOnly(wish: SmtpWish): Promise<Extract<SendOutcome, { ok: false }> | null> {
  const progress: Progress = { reached: 'not-connected' };
  const transport = transportOf(wish, progress);
  const stop = (): void => transport.close();
  wish.signal.addEventListener('abort', stop);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return outcomeOf(failureOf(error), progress.reached);
  } finally {
    wish.signal.removeEventListener('abort', stop);
    transport.close();
  }
}

type Progress = { reached: SmtpProgress };

function transportOf({ settings, credential, tls }: SmtpWish, progress: Progress): Transporter {
  const { smtp, user } = settings;
  return createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.tls === 'implicit',
    requireTLS: true,
    tls,
    auth:
      credential.kind === 'password'
        ? { user, pass: credential.password }
        : { type: 'OAuth2', user, accessToken: credential.accessToken },
    connectionTimeout: smtp.reachMs,
    greetingTimeout: smtp.reachMs,
    dnsTimeout: smtp.reachMs,
    socketTimeout: smtp.waitMs,
    allowInternalNetworkInterfaces: true,
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    logger: loggerOf(progress),
  });
}

/**
 * The mail library gives one and the same error for a break before and after the body, so its log is listened to: the
 * server's 3xx answer to DATA comes before the first byte of the body, and the entry 'message' covers servers that
 * answer 250 instead. 334 is a step of signing in.
 */
function loggerOf(progress: Progress): Record<'debug' | 'info' | 'warn' | 'error' | 'trace' | 'fatal', Log> {
  const listen: Log = (entry, text) => {
    const tnx = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : null;
    if (tnx === 'message') progress.reached = 'body';
    if (tnx !== 'server' && tnx !== 'client') return;
    if (progress.reached === 'not-connected') progress.reached = 'connected';
    if (tnx === 'server' && typeof text === 'string' && /^3(?!34)\d\d/.test(text)) progress.reached = 'body';
  };
  return { trace: listen, debug: listen, info: listen, warn: listen, error: listen, fatal: listen };
}

type Log = (entry: unknown, text?: unknown) => void;

function failureOf(error: unknown): SmtpFailure {
  const of = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  const text = (key: string): string => {
    const value = of(key);
    return typeof value === 'string' ? value : '';
  };
  const status = of('responseCode');
  return {
    code: text('code') || (error instanceof Error && error.name === 'AbortError' ? 'ABORTED' : 'BROKEN'),
    beneath: text('originalCode'),
    status: typeof status === 'number' ? status : null,
    command: text('command'),
    response: saidBy(text('response')),
  };
}
