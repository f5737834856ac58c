import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { UpdateState } from '#contract/shell.ts';
import { expect, launchApp, test } from '../e2e/app.ts';
import '../e2e/window-port.ts';
import { fileName, goneServer, serveUpdate, type Offer } from './update-server.ts';

test.skip(process.platform === 'darwin', "A Mac's updater takes signed files only.");

const file = Buffer.alloc(300_000, 'a newer Baaki ');
const offer: Offer = { version: '99.0.0', file };

type Running = { readonly app: ElectronApplication; readonly page: Page; readonly pending: string };

/** Starts the app with a feed and a cache of its own. */
async function start(dataDir: string, feed: string, firstCheckMs?: number): Promise<Running> {
  const cache = path.join(dataDir, 'cache');
  const image = path.join(dataDir, 'Baaki.AppImage');
  mkdirSync(cache, { recursive: true });
  writeFileSync(image, 'the version that runs now');
  const own = { BAAKI_UPDATE_URL: feed, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, APPIMAGE: image };
  const env = { ...own, ...(firstCheckMs !== undefined && { BAAKI_UPDATE_AFTER_MS: String(firstCheckMs) }) };
  const app = await launchApp({ dataDir, lang: 'en', env });
  const page = await app.firstWindow();
  await page.evaluate(() => {
    const told: UpdateState[] = [];
    Object.assign(window, { told });
    window.baaki.onUpdateState((state) => told.push(state));
  });
  return { app, page, pending: path.join(cache, 'baaki-updater-dev', 'pending') };
}

const state = (page: Page): Promise<UpdateState> => page.evaluate(() => window.baaki.updateState());
const told = (page: Page): Promise<readonly UpdateState[]> =>
  page.evaluate(() => Reflect.get(window, 'told'));
const left = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

test('is off where nothing is packaged and no feed is given', async ({ page }) => {
  expect(await state(page)).toEqual({ state: 'off', version: null, percent: null });
  await page.evaluate(() => window.baaki.checkForUpdate());
  expect((await state(page)).state).toBe('off');
});

test('fetches a newer version, checks it and waits to be told to install', async ({ dataDir }) => {
  const server = await serveUpdate(offer);
  const { app, page, pending } = await start(dataDir, server.address);
  expect((await state(page)).state).toBe('idle');
  await page.evaluate(() => window.baaki.checkForUpdate());
  expect(await state(page)).toEqual({ state: 'ready', version: '99.0.0', percent: null });
  const states = (await told(page)).map((news) => news.state);
  expect(states[0]).toBe('checking');
  expect(states).toContain('downloading');
  expect(states.at(-1)).toBe('ready');
  expect(readFileSync(path.join(pending, fileName)).equals(file)).toBe(true);
  await app.close();
  // Closing the app installs nothing: that is the user's own decision.
  expect(readFileSync(path.join(dataDir, 'Baaki.AppImage'), 'utf8')).toBe('the version that runs now');
  await server.close();
});

test('says that there is none when this is the newest', async ({ dataDir }) => {
  const server = await serveUpdate({ version: '0.0.1', file });
  const { app, page } = await start(dataDir, server.address);
  await page.evaluate(() => window.baaki.checkForUpdate());
  expect((await state(page)).state).toBe('none');
  expect(server.asked).toEqual([expect.stringContaining('latest')]);
  await app.close();
  await server.close();
});

test('refuses a file that was changed after it was listed, and keeps nothing of it', async ({ dataDir }) => {
  const handedOut = Buffer.from(file);
  handedOut.write('tampered', 1000);
  const server = await serveUpdate({ ...offer, handedOut });
  const { app, page, pending } = await start(dataDir, server.address);
  await page.evaluate(() => window.baaki.checkForUpdate());
  expect(await state(page)).toEqual({ state: 'refused', version: '99.0.0', percent: null });
  expect(left(pending)).toEqual([]);
  await page.evaluate(() => window.baaki.restartToUpdate());
  expect((await state(page)).state).toBe('refused');
  expect(app.windows()).toHaveLength(1);
  await app.close();
  await server.close();
});

test('keeps quiet in the background when the server is gone', async ({ dataDir }) => {
  const { app, page } = await start(dataDir, await goneServer(), 3_000);
  const log = (): string => readFileSync(path.join(dataDir, 'logs', 'main.log'), 'utf8');
  await expect.poll(log).toContain('update-trouble');
  expect(await state(page)).toEqual({ state: 'idle', version: null, percent: null });
  expect((await told(page)).map((news) => news.state)).toEqual(['checking', 'idle']);
  await app.close();
});

test('says that it failed when it was asked for by hand and the server is gone', async ({ dataDir }) => {
  const { app, page } = await start(dataDir, await goneServer());
  await page.evaluate(() => window.baaki.checkForUpdate());
  expect((await state(page)).state).toBe('failed');
  expect(app.windows()).toHaveLength(1);
  await app.close();
});

test('looks for updates by itself only once the user has turned it on, and remembers that', async ({
  dataDir,
}) => {
  const first = await launchApp({ dataDir, lang: 'en', env: {} });
  const page = await first.firstWindow();
  expect(await page.evaluate(() => window.baaki.looksForUpdates())).toBe(false);
  await page.evaluate(() => window.baaki.lookForUpdates(true));
  await expect.poll(() => page.evaluate(() => window.baaki.looksForUpdates())).toBe(true);
  await first.close();
  const second = await launchApp({ dataDir, lang: 'en', env: {} });
  const again = await second.firstWindow();
  expect(await again.evaluate(() => window.baaki.looksForUpdates())).toBe(true);
  await second.close();
});
