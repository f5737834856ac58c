// The app under test, in a data folder of its own. A spec takes `page`, `app` or `dataDir`, and may set
// test.use({ theme: 'dark', lang: 'hi', windowSize: { width: 1920, height: 1080 }, env: { … } }).
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { drawingArguments, sandboxArguments } from '../../scripts/electron-runtime.mjs';
import { projectNode } from '../../scripts/project-node.mjs';

export { expect } from '@playwright/test';

export const repo = path.resolve(import.meta.dirname, '../..');
export const isPackaged = Boolean(process.env['E2E_APP']);

// Given an executablePath, Playwright leaves out its own loader, which holds back `ready` until it is attached.
// Without it about one launch in ten hangs, because it attaches while the first page is being made.
const playwright = path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
const loader = path.join(playwright, 'lib/server/electron/loader.js');

/** What Chromium says about a machine with no desktop; everything else on stderr is shown. */
const NOISE =
  /bus\.cc|Waiting for the debugger|interface_endpoint_client|shared_image|one_copy_raster|DevTools listening|Debugger|^For help|viz_main|gpu|GPU|libva|dbus|vaapi/;

// Given on every Linux, where the packaged test build does not say which runtime it was made with.
const softwareDrawing = process.platform === 'linux' ? drawingArguments('fallback') : [];

type Options = {
  readonly theme: 'light' | 'dark' | 'system';
  readonly lang: 'en' | 'hi';
  readonly windowSize: { readonly width: number; readonly height: number } | null;
  readonly env: Readonly<Record<string, string>>;
};
type Fixtures = {
  readonly dataDir: string;
  readonly app: ElectronApplication;
  readonly page: Page;
};

export type LaunchOptions = Pick<Options, 'lang' | 'env'> & {
  readonly dataDir: string;
  /** Another app than ours, started in the same way: the floor of a measurement. */
  readonly folder?: string;
};

/** The environment as it is, with what an app under test needs and nothing that would change it. */
function environment({ dataDir, lang, env }: LaunchOptions): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) own[name] = value;
  const language = lang === 'hi' ? 'hi_IN' : 'en_GB';
  return {
    ...own,
    LANGUAGE: language,
    LC_ALL: `${language}.UTF-8`,
    BAAKI_DATA: dataDir,
    BAAKI_NODE: projectNode(),
    BAAKI_PLAIN_VAULT: '1',
    ...(isPackaged && { BAAKI_E2E_GATE: '1' }),
    ...env,
  };
}

/** How the app is started by hand, for a spec that starts a second one. */
export function commandLine(folder: string = repo): {
  readonly executable: string;
  readonly args: readonly string[];
} {
  const packaged = process.env['E2E_APP'];
  const executable = packaged ?? process.env['E2E_ELECTRON'];
  if (!executable) throw new Error('Run the specs through Playwright: its global set-up finds the Electron.');
  return {
    executable,
    args: [...sandboxArguments(), ...(packaged ? [] : [folder])],
  };
}

export async function launchApp(options: LaunchOptions): Promise<ElectronApplication> {
  const { executable, args } = commandLine(options.folder);
  const app = await _electron.launch({
    executablePath: executable,
    args: [...(isPackaged ? [] : ['-r', loader]), ...softwareDrawing, `--lang=${options.lang}`, ...args],
    env: environment(options),
    // Playwright would answer for the system's theme itself.
    colorScheme: null,
  });
  app.process().stderr?.on('data', (said: Buffer) => {
    for (const line of said.toString().split('\n')) {
      if (line.trim() && !NOISE.test(line)) process.stderr.write(`${line}\n`);
    }
  });
  return app;
}

export const test = base.extend<Fixtures & Options>({
  theme: ['light', { option: true }],
  lang: ['en', { option: true }],
  windowSize: [null, { option: true }],
  env: [{}, { option: true }],
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  app: async ({ dataDir, lang, env }, use) => {
    const app = await launchApp({ dataDir, lang, env });
    await use(app);
    await app.close();
  },
  page: async ({ app, theme, windowSize }, use) => {
    const page = await app.firstWindow();
    // The window tells main its own choice of theme ('as the system has it') once it has started, so the system's
    // side is answered in the page itself.
    if (theme !== 'system') await page.emulateMedia({ colorScheme: theme });
    if (windowSize) {
      const window = await app.browserWindow(page);
      await window.evaluate((target, size) => target.setContentSize(size.width, size.height), windowSize);
    }
    await use(page);
  },
});
