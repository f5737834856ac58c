import net from 'node:net';
import tls from 'node:tls';
import type { Server } from './settings.ts';

// TLS is never left out. A server with a certificate of its own making is trusted only by the fingerprint that the user
// put into the settings: a first connection reads the certificate and says nothing, then the real one trusts it alone.

export type CertificateSeen =
  | {
      readonly ok: true;
      /** 64 hex digits in capitals. */
      readonly fingerprint: string;
      readonly pem: string;
      /** Null: a known authority vouches for this name; else OpenSSL's word for what is wrong. */
      readonly doubt: string | null;
    }
  | { readonly ok: false; readonly step: 'connect' | 'tls'; readonly code: string };

/** Options of the real connection; null = the pinned certificate is not the one that the server shows. */
export function tlsOptions(server: Server, seen: CertificateSeen | null): tls.ConnectionOptions | null {
  const base = {
    minVersion: 'TLSv1.2',
    ...(net.isIP(server.host) ? {} : { servername: server.host }),
  } as const;
  if (server.pins.length === 0) return base;
  if (!seen?.ok || !server.pins.includes(seen.fingerprint)) return null;
  return {
    ...base,
    ca: seen.pem,
    allowPartialTrustChain: true,
    // The name does not matter where the very certificate does.
    checkServerIdentity: (_host, shown) =>
      plain(shown.fingerprint256) === seen.fingerprint ? undefined : new Error('Another certificate.'),
  };
}

/** Opens TLS up to the certificate and hangs up: no name, no password and no mail is sent. Never throws. */
export async function seeCertificate(
  server: Server,
  protocol: 'smtp' | 'imap',
  signal: AbortSignal,
): Promise<CertificateSeen> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(server.reachMs)]);
  let socket: net.Socket | undefined;
  let step: 'connect' | 'tls' = 'connect';
  try {
    socket = net.connect({ host: server.host, port: server.port });
    await happens(socket, 'connect', stop);
    if (server.tls === 'starttls') await askForTls(socket, protocol, stop);
    step = 'tls';
    const secure = tls.connect({
      socket,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: false,
      ...(net.isIP(server.host) ? {} : { servername: server.host }),
    });
    await happens(secure, 'secureConnect', stop);
    return readShown(secure, server.host);
  } catch (error) {
    return { ok: false, step, code: codeOf(error) };
  } finally {
    socket?.destroy();
  }
}

function readShown(secure: tls.TLSSocket, host: string): CertificateSeen {
  const shown = secure.getPeerCertificate();
  const misnamed = tls.checkServerIdentity(host, shown);
  const body = shown.raw.toString('base64').replace(/(.{64})/g, '$1\n');
  const chain = secure.authorized ? null : String(secure.authorizationError);
  return {
    ok: true,
    fingerprint: plain(shown.fingerprint256),
    pem: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    doubt: chain ?? (misnamed ? 'ERR_TLS_CERT_ALTNAME_INVALID' : null),
  };
}

async function askForTls(socket: net.Socket, protocol: 'smtp' | 'imap', stop: AbortSignal): Promise<void> {
  const answers = lines(socket, stop);
  const steps: readonly (readonly [ask: string, until: RegExp])[] =
    protocol === 'smtp'
      ? [
          ['', /^\d{3}(?: |$)/],
          ['EHLO [127.0.0.1]', /^\d{3}(?: |$)/],
          ['STARTTLS', /^\d{3}(?: |$)/],
        ]
      : [
          ['', /^\* /],
          ['a1 STARTTLS', /^a1 /],
        ];
  for (const [ask, until] of steps) {
    if (ask) socket.write(`${ask}\r\n`);
    let line = await answers.next();
    while (!until.test(line)) line = await answers.next();
    if (!/^(?:2\d\d|\* OK|\* PREAUTH|a1 OK)/i.test(line)) throw failure(ask ? 'NO-STARTTLS' : 'REFUSED');
  }
  answers.close();
}

const LINE_CHARS_MOST = 4096;
const LINES_MOST = 100;

/** The server's lines one by one, with an end to how long and how many. */
function lines(
  socket: net.Socket,
  stop: AbortSignal,
): { readonly next: () => Promise<string>; readonly close: () => void } {
  let rest = '';
  let count = 0;
  const onData = (chunk: Buffer): void => {
    rest += chunk.toString('latin1');
  };
  socket.on('data', onData);
  return {
    next: async () => {
      count += 1;
      if (count > LINES_MOST) throw failure('BAD-ANSWER');
      while (!rest.includes('\n')) {
        if (rest.length > LINE_CHARS_MOST) throw failure('BAD-ANSWER');
        await happens(socket, 'data', stop);
      }
      const end = rest.indexOf('\n');
      const line = rest.slice(0, end).replace(/\r$/, '');
      rest = rest.slice(end + 1);
      return line;
    },
    // What came in before TLS stood is not ours to read as if it had come after (RFC 3207, section 5).
    close: () => {
      socket.off('data', onData);
      if (rest) throw failure('BAD-ANSWER');
    },
  };
}

function happens(socket: net.Socket, event: string, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      socket.off(event, onEvent);
      socket.off('error', settle);
      socket.off('close', onClose);
      stop.removeEventListener('abort', onStop);
      if (error) reject(error);
      else resolve();
    };
    const onEvent = (): void => settle();
    const onClose = (): void => settle(failure('ECONNECTION'));
    const onStop = (): void => settle(failure('TIMEOUT'));
    socket.on(event, onEvent);
    socket.on('error', settle);
    socket.on('close', onClose);
    stop.addEventListener('abort', onStop);
    if (stop.aborted) onStop();
  });
}

function failure(code: string): Error & { readonly code: string } {
  return Object.assign(new Error(code), { code });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'BROKEN';
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toUpperCase();
}
