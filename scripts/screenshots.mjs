// Photographs the real window with the demo company in it: docs/screenshot.png, and with --all every screen in both
// themes, both languages and three sizes into test-results/screens/, to be looked at by a human. With --desk instead the
// screens where reminders are worked on, on the book of tests/e2e/desk-book.ts.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { resolveElectron, sandboxArguments } from './electron-runtime.mjs';
import { projectNode, repo, runNode, toolScript } from './project-node.mjs';

const cover = path.join(repo, 'docs', 'screenshot.png');
const screensFolder = path.join(repo, 'test-results', 'screens');
const coverSize = { width: 1366, height: 768 };
const sizes = [{ width: 800, height: 560 }, coverSize, { width: 1920, height: 1080 }];
const SCREEN = '1920x1080x24';
const DISPLAY_PIPE = 3;
const SETTLE_MS = 700;
const WAIT_MOST_MS = 20_000;

function newestChange(folder) {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const times = files.filter((file) => file.isFile());
  return Math.max(0, ...times.map((file) => fs.statSync(path.join(file.parentPath, file.name)).mtimeMs));
}

function buildIfNeeded() {
  const built = path.join(repo, 'out', 'renderer', 'index.html');
  const builtAt = fs.existsSync(built) ? fs.statSync(built).mtimeMs : 0;
  const sources = fs.readdirSync(repo).filter((name) => name.startsWith('src-'));
  if (sources.every((source) => newestChange(path.join(repo, source)) < builtAt)) return;
  if (runNode([toolScript('electron-vite'), 'build']) !== 0) throw new Error('The build failed (see above).');
}

/** The command line makes the company, as any script could. */
function makeDemo(dataFolder) {
  const cli = path.join(repo, 'out', 'main', 'cli.js');
  if (runNode([cli, 'demo', '--data-dir', dataFolder]) !== 0)
    throw new Error('The demo company was not made.');
}

/** A display of our own where there is none; gives what ends it. */
async function openDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return () => {};
  const words = ['-displayfd', String(DISPLAY_PIPE), '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve, reject) => {
    server.once('error', () => reject(new Error('There is no display and no Xvfb: run npm run setup.')));
    server.stdio[DISPLAY_PIPE].once('data', (said) => resolve(said.toString().trim()));
  });
  process.env.DISPLAY = `:${number}`;
  return () => server.kill();
}

async function launch(dataFolder) {
  const { _electron } = await import('@playwright/test');
  const runtime = await resolveElectron();
  // Given an executablePath, Playwright leaves out its own loader; without it a launch may hang.
  const playwright = path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const loader = path.join(playwright, 'lib/server/electron/loader.js');
  return _electron.launch({
    executablePath: runtime.path,
    args: ['-r', loader, '--lang=en', ...sandboxArguments(), repo],
    env: { ...process.env, BAAKI_DATA: dataFolder, BAAKI_NODE: projectNode() },
  });
}

/** The page remembers theme and language itself, so they are set where it looks for them. */
async function dress(app, page, { theme, language, size }) {
  const window = await app.browserWindow(page);
  await window.evaluate((target, { width, height }) => target.setContentSize(width, height), size);
  await page.evaluate(
    (wanted) => {
      localStorage.setItem('baaki.theme', wanted.theme);
      localStorage.setItem('baaki.language', wanted.language);
    },
    { theme, language },
  );
  await page.reload();
}

/** Drawn while something is on its way: busy tables and grey blocks. */
const BUSY = '[aria-busy="true"], .mantine-Skeleton-root';

/** Still means: nothing was on its way for a while, the fonts are there, and the charts have ended their movement. */
async function settle(page) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const isBusy = () => page.evaluate((busy) => document.querySelector(busy) !== null, BUSY);
  const until = Date.now() + WAIT_MOST_MS;
  for (let isStill = false; !isStill;) {
    if (Date.now() > until) throw new Error('The screen never came to rest.');
    const wasBusy = await isBusy();
    await page.waitForTimeout(SETTLE_MS);
    isStill = !wasBusy && !(await isBusy());
  }
}

async function photograph(page, route, file) {
  await page.evaluate((hash) => (location.hash = hash), `#${route}`);
  await settle(page);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  console.log(path.relative(repo, file));
}

async function photographAll(app, page) {
  const routes = ['/', '/customers', '/customers/1', '/bills', '/imports', '/books', '/settings'];
  fs.rmSync(screensFolder, { recursive: true, force: true });
  for (const language of ['en', 'hi']) {
    for (const theme of ['light', 'dark']) {
      for (const size of sizes) {
        await dress(app, page, { theme, language, size });
        for (const route of routes) {
          const name = route === '/' ? 'dashboard' : route.slice(1).replaceAll('/', '-');
          await photograph(
            page,
            route,
            path.join(screensFolder, `${name}-${language}-${theme}-${size.width}.png`),
          );
        }
      }
    }
  }
}

/** Their book needs gateways that answer: the specs have them. */
function photographDesk() {
  process.env.BAAKI_SHOTS = 'all';
  const words = ['test', 'reminders-desk', '-g', 'as a picture'];
  if (runNode([toolScript('@playwright/test', 'playwright'), ...words]) !== 0)
    throw new Error('The pictures were not made (see above).');
}

async function main() {
  buildIfNeeded();
  if (process.argv.includes('--desk')) return photographDesk();
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'baaki-screens-'));
  const closeDisplay = await openDisplay();
  try {
    makeDemo(dataFolder);
    const app = await launch(dataFolder);
    const page = await app.firstWindow();
    await dress(app, page, { theme: 'light', language: 'en', size: coverSize });
    await photograph(page, '/', cover);
    if (process.argv.includes('--all')) await photographAll(app, page);
    await app.close();
  } finally {
    closeDisplay();
    fs.rmSync(dataFolder, { recursive: true, force: true });
  }
}

await main();
