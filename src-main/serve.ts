// The window's pages come from app://baaki, out of the app's own folder, each with its policy in the header.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';

const SCHEME = 'app';
const HOST = 'baaki';
export const appOrigin = `${SCHEME}://${HOST}`;

const NONCE_MARK = '__CSP_NONCE__';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Styles made at run time are let in by a nonce that is new at each load; scripts only from the app itself. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** The file behind an address, or null when it is none of ours. */
export function fileOf(address: string, folder: string): string | null {
  const { protocol: scheme, host, pathname } = new URL(address);
  const name = decoded(pathname === '/' ? '/index.html' : pathname);
  if (scheme !== `${SCHEME}:` || host !== HOST || name === null) return null;
  const file = path.join(folder, name);
  return file.startsWith(folder + path.sep) && path.extname(file) in types ? file : null;
}

const notFound = (): Response => new Response('Not found.', { status: 404 });

export async function answer(address: string, folder: string): Promise<Response> {
  const file = fileOf(address, folder);
  if (file === null) return notFound();
  const content = await readFile(file).catch(() => null);
  if (content === null) return notFound();
  const nonce = randomBytes(16).toString('base64');
  const isPage = path.extname(file) === '.html';
  const body = isPage ? content.toString('utf8').replaceAll(NONCE_MARK, nonce) : new Uint8Array(content);
  return new Response(body, {
    headers: {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': isPage ? 'no-store' : 'no-cache',
    },
  });
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

export function serveApp(folder: string): void {
  protocol.handle(SCHEME, (request) => answer(request.url, folder));
}
