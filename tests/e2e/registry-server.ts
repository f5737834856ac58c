// A registry of its own for a spec that looks at the debtor's pages: a real PostgreSQL, a real port, a clock that stands.
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { openRegistry } from '../../src-registry/open-registry.ts';
import type { Notice } from '../../src-registry/notifier/notifier.ts';
import {
  packagedPostgres,
  startPostgres,
  systemPostgres,
} from '../../src-registry/postgres/start-postgres.ts';
import type { TempRegistry } from '../builders/registry/temp-registry.ts';

const DAY_MS = 86_400_000;
/** 2026-11-22, 10:00 in India. */
const TEN_IN_THE_MORNING = Date.UTC(2026, 10, 22, 4, 30);

export type ServedRegistry = TempRegistry & { readonly url: string; readonly close: () => Promise<void> };

/** Everybody who joins is admitted, unless an operator of the spec's own is to do it. */
export async function serveRegistry({
  admits = 'everyone',
}: { readonly admits?: 'operator' | 'everyone' } = {}): Promise<ServedRegistry> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-portal-'));
  // Under root PostgreSQL runs as nobody, who has to get in; the keys lie in a folder that is closed to him.
  chmodSync(folder, 0o711);
  const programs = systemPostgres() ?? packagedPostgres();
  if (programs === null) throw new Error('There is no PostgreSQL here.');
  const postgres = await startPostgres({ programs, folder: path.join(folder, 'postgres') });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let now = TEN_IN_THE_MORNING;
  const sent: Notice[] = [];
  const bugs: TempRegistry['bugs'] = [];
  const open = await openRegistry({
    databaseUrl: postgres.url,
    keyFolder: path.join(folder, 'keys'),
    notifier: { send: (notice) => Promise.resolve((sent.push(notice), 'sent')) },
    name: 'Vishwas Registry',
    origin: 'registry.test/log1',
    publicUrl: url,
    admits,
    log: () => undefined,
    onBug: (errorId, error) => bugs.push({ errorId, error }),
    now: () => now,
  }).catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  await open.app.listen({ host: '127.0.0.1', port });
  const never = (): never => {
    throw new Error('This registry has no such thing.');
  };
  return {
    ...open,
    url,
    sent,
    bugs,
    databaseUrl: postgres.url,
    keyFolder: path.join(folder, 'keys'),
    logged: [],
    pass: ({ days = 0, minutes = 0, seconds = 0 }) => {
      now += days * DAY_MS + minutes * 60_000 + seconds * 1_000;
    },
    notifierSays: never,
    killBlinder: never,
    second: never,
    close: async () => {
      await open.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Playwright's own Chromium, or the system's; null where there is none. */
export function chromiumPath(): string | null {
  const all = [
    process.env['E2E_CHROMIUM'],
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
  ];
  return all.find((one) => one !== undefined && one !== '' && existsSync(one)) ?? null;
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  // Chromium refuses to run as root inside its own sandbox.
  return await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
}
