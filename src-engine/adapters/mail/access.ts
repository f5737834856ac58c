import { seeCertificate, tlsOptions, type CertificateSeen } from './certificate.ts';
import { openTokens, type Tokens } from './tokens.ts';
import type { ImapWish } from './imap.ts';
import type { Server, Settings } from './settings.ts';
import type { Credential, SmtpWish } from './smtp.ts';
import type { GatewayWorld, Pulled } from '../message-ports.ts';
import type { ConnectionOptions } from 'node:tls';

/** All that a connection needs before it is opened: whom to trust and how to sign in. */
export type Access = {
  readonly smtp: (signal: AbortSignal) => Promise<Pulled<SmtpWish>>;
  readonly imap: (signal: AbortSignal) => Promise<Pulled<ImapWish>>;
  /** Forgets an access token that was taken from memory; false = there was none such. */
  readonly dropToken: () => boolean;
};

export function openAccess(
  settings: Settings,
  start: { readonly world: GatewayWorld; readonly refreshToken: string },
): Access {
  const tokens = settings.signIn.kind === 'oauth' ? openTokens(settings.signIn.app, start) : null;
  let isFromMemory = false;
  const ready = async (
    server: Server,
    protocol: 'smtp' | 'imap',
    signal: AbortSignal,
  ): Promise<Pulled<Ready>> => {
    const credential = await credentialOf(settings, tokens, signal);
    if (!credential.ok) return credential;
    isFromMemory = !credential.value.isFresh;
    const tls = await trust(server, protocol, signal);
    return tls.ok ? { ok: true, value: { credential: credential.value.credential, tls: tls.value } } : tls;
  };
  return {
    dropToken: () => {
      tokens?.drop();
      return tokens !== null && isFromMemory;
    },
    smtp: async (signal) => {
      const got = await ready(settings.smtp, 'smtp', signal);
      return got.ok ? { ok: true, value: { settings, signal, ...got.value } } : got;
    },
    imap: async (signal) => {
      const { imap: server, user } = settings;
      if (!server) return noInbox();
      const got = await ready(server, 'imap', signal);
      return got.ok ? { ok: true, value: { server, user, signal, ...got.value } } : got;
    },
  };
}

type Ready = { readonly credential: Credential; readonly tls: ConnectionOptions };

async function credentialOf(
  { signIn }: Settings,
  tokens: Tokens | null,
  signal: AbortSignal,
): Promise<Pulled<{ readonly credential: Credential; readonly isFresh: boolean }>> {
  if (signIn.kind === 'password' || !tokens)
    return {
      ok: true,
      value: {
        credential: { kind: 'password', password: signIn.kind === 'password' ? signIn.password : '' },
        isFresh: true,
      },
    };
  const taken = await tokens.take(signal);
  if (!taken.ok) return taken;
  const { token, isFresh } = taken.value;
  return { ok: true, value: { credential: { kind: 'token', accessToken: token }, isFresh } };
}

async function trust(
  server: Server,
  protocol: 'smtp' | 'imap',
  signal: AbortSignal,
): Promise<Pulled<ConnectionOptions>> {
  const seen: CertificateSeen | null =
    server.pins.length > 0 ? await seeCertificate(server, protocol, signal) : null;
  if (seen && !seen.ok)
    return {
      ok: false,
      errorClass: seen.code === 'NO-STARTTLS' ? 'account-config' : 'transient-before-send',
      code: seen.code,
      detail: 'The mail server could not be reached over an encrypted connection.',
    };
  const options = tlsOptions(server, seen);
  if (options) return { ok: true, value: options };
  return {
    ok: false,
    errorClass: 'account-config',
    code: 'PINNED-CERTIFICATE',
    detail: 'The server shows another certificate than the one in the settings.',
  };
}

function noInbox(): Extract<Pulled<never>, { readonly ok: false }> {
  return {
    ok: false,
    errorClass: 'account-config',
    code: 'NO-INBOX',
    detail: 'No inbox is set for this account.',
  };
}
