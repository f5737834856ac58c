import { isPlainAddress } from './address.ts';
import { presets, providers, type Preset, type Provider } from './presets.ts';
import type { Bilingual, GatewayConfig } from '../message-ports.ts';

export type Server = {
  readonly host: string;
  readonly port: number;
  /** 'implicit': TLS from the first byte; 'starttls': asked for, and without it nothing is said. Never plain. */
  readonly tls: 'implicit' | 'starttls';
  /** SHA-256 fingerprints of certificates the user trusts by name, 64 hex digits in capitals; empty = the usual check. */
  readonly pins: readonly string[];
  /** For one answer. Reaching the server is given less (`reachMs`). */
  readonly waitMs: number;
  readonly reachMs: number;
};

export type OauthApp = {
  readonly shape: 'google' | 'microsoft';
  readonly clientId: string;
  readonly clientSecret: string;
  /** Only Microsoft: the company's tenant, or 'common'. */
  readonly tenant: string;
  /** Stands in for the vendor's sign-in servers; '' = the vendor's own. */
  readonly server: string;
};

export type Settings = {
  readonly provider: Provider;
  /** The account's name, an address as a rule. */
  readonly user: string;
  readonly from: string;
  readonly fromName: string;
  readonly replyTo: string;
  readonly smtp: Server;
  /** Null: this account is not read; bounces and replies stay unseen. */
  readonly imap: Server | null;
  readonly signIn:
    | { readonly kind: 'password'; readonly password: string }
    | { readonly kind: 'oauth'; readonly app: OauthApp };
  readonly copiesToSent: boolean;
  readonly filesSent: boolean;
};

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly code: string; readonly detail: Bilingual };

/** Scanners let a sender wait long after the last byte; whoever hangs up too early knows nothing. */
const WAIT_SECONDS = 120;
const WAIT_SECONDS_MOST = 600;
const REACH_MS = 30_000;

/** Reads what the user filled in. The refresh token is not part of it: it changes while the gateway is open. */
export function readSettings({ fields, secrets }: GatewayConfig): SettingsRead {
  const provider = providers.find((one) => one === (fields['provider'] ?? '').trim()) ?? 'own';
  const preset = presets[provider];
  const user = (fields['user'] ?? '').trim();
  const from = (fields['from'] ?? '').trim() || user;
  if (!isPlainAddress(from)) return missing('BAD-FROM', 'the address you send from', 'भेजने वाला पता');
  const replyTo = (fields['replyTo'] ?? '').trim();
  if (replyTo && !isPlainAddress(replyTo))
    return missing('BAD-REPLY-TO', 'the address for answers', 'जवाब का पता');
  const pins = readPins(fields['fingerprint'] ?? '');
  if (!pins) return missing('BAD-FINGERPRINT', 'the certificate fingerprint', 'प्रमाणपत्र का फ़िंगरप्रिंट');
  const waitMs = 1000 * clamp(Number(fields['waitSeconds']) || WAIT_SECONDS, 1, WAIT_SECONDS_MOST);
  const { smtp, imap } = serversOf(fields, preset);
  if (!smtp) return missing('NO-SMTP', 'the sending server (SMTP)', 'भेजने का सर्वर (SMTP)');
  const waits = { waitMs, reachMs: Math.min(waitMs, REACH_MS) };
  const signIn = signInOf({ fields, secrets }, provider);
  if (!signIn)
    return missing('NO-SIGN-IN', 'the password, or the OAuth client id', 'पासवर्ड या OAuth client id');
  const settings: Settings = {
    provider,
    user: user || from,
    from,
    fromName: fields['fromName'] ?? '',
    replyTo,
    smtp: { ...smtp, pins, ...waits },
    imap: imap && { ...imap, pins, ...waits },
    signIn,
    copiesToSent: isOn(fields['copyToSent'] ?? 'yes') && !preset.filesSent,
    filesSent: preset.filesSent,
  };
  return { ok: true, settings };
}

/** What sign-in with OAuth needs, without a password and before any token is there. */
export function readOauthApp(config: GatewayConfig): OauthApp | null {
  const provider = providers.find((one) => one === (config.fields['provider'] ?? '').trim()) ?? 'own';
  const shape = presets[provider].oauth;
  const clientId = (config.fields['clientId'] ?? '').trim();
  if (!shape || !clientId) return null;
  return {
    shape,
    clientId,
    clientSecret: config.secrets['clientSecret'] ?? '',
    tenant: (config.fields['tenant'] ?? '').trim() || 'common',
    server: (config.fields['oauthServer'] ?? '').trim().replace(/\/+$/, ''),
  };
}

function signInOf(config: GatewayConfig, provider: Provider): Settings['signIn'] | null {
  if (config.fields['signIn'] === 'oauth') {
    const app = presets[provider].oauth && readOauthApp(config);
    return app ? { kind: 'oauth', app } : null;
  }
  // Google shows an app password in groups of four; the spaces are not part of it.
  const typed = config.secrets['password'] ?? '';
  const password = provider === 'gmail' ? typed.replaceAll(' ', '') : typed;
  return password ? { kind: 'password', password } : null;
}

function serversOf(
  fields: GatewayConfig['fields'],
  preset: Preset,
): { readonly smtp: ReturnType<typeof serverOf>; readonly imap: ReturnType<typeof serverOf> } {
  return {
    smtp: serverOf({
      host: fields['smtpHost'] || preset.smtpHost,
      port: fields['smtpPort'] || preset.smtpPort,
      implicitPort: 465,
      tls: fields['smtpTls'],
    }),
    imap: serverOf({
      host: fields['imapHost'] || preset.imapHost,
      port: fields['imapPort'] || preset.imapPort,
      implicitPort: 993,
      tls: fields['imapTls'],
    }),
  };
}

function serverOf(wish: {
  readonly host: string;
  readonly port: string | number;
  readonly implicitPort: number;
  readonly tls: string | undefined;
}): Pick<Server, 'host' | 'port' | 'tls'> | null {
  const host = wish.host.trim();
  const port = Number(wish.port);
  if (!/^[A-Za-z0-9.:-]+$/.test(host) || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  const named = wish.tls === 'implicit' || wish.tls === 'starttls' ? wish.tls : null;
  return { host, port, tls: named ?? (port === wish.implicitPort ? 'implicit' : 'starttls') };
}

function readPins(text: string): readonly string[] | null {
  const pins = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((one) => one.replaceAll(':', '').toUpperCase());
  return pins.every((pin) => /^[0-9A-F]{64}$/.test(pin)) ? pins : null;
}

function isOn(value: string): boolean {
  return ['yes', 'true', 'on', '1'].includes(value.trim().toLowerCase());
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function missing(code: string, en: string, hi: string): Extract<SettingsRead, { readonly ok: false }> {
  return {
    ok: false,
    code,
    detail: {
      en: `Please check ${en} in the settings of this account.`,
      hi: `इस खाते की सेटिंग में ${hi} जाँच लें।`,
    },
  };
}
