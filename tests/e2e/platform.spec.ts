import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { projectNode } from '../../scripts/project-node.mjs';
import { commandLine, expect, launchApp, test } from './app.ts';
import './window-port.ts';

test.describe('the window', () => {
  test('opens with its title and is shown', async ({ app, page }) => {
    await expect(page).toHaveTitle(/Baaki/);
    const isVisible = (): Promise<boolean | undefined> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    await expect.poll(isVisible).toBe(true);
    expect(page.url()).toBe('app://baaki/index.html');
  });

  test('runs no inline script and reports the attempt', async ({ page }) => {
    const violation = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) =>
            resolve(`${event.violatedDirective} ${event.blockedURI}`),
          );
          const script = document.createElement('script');
          script.textContent = 'window.wasRun = true';
          document.body.append(script);
        }),
    );
    expect(violation).toContain('script-src-elem inline');
    expect(await page.evaluate(() => Reflect.has(window, 'wasRun'))).toBe(false);
  });

  test('is sent a policy without unsafe words and a nonce that is new at each load', async ({ page }) => {
    const load = () =>
      page.evaluate(async () => {
        const answer = await fetch('app://baaki/index.html');
        return { policy: answer.headers.get('content-security-policy') ?? '', text: await answer.text() };
      });
    const [first, second] = [await load(), await load()];
    const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? 'none';
    expect(first.policy).toContain("default-src 'none'");
    expect(first.policy).not.toContain('unsafe');
    expect(first.text).toContain(`content="${nonce}"`);
    expect(second.policy).not.toContain(nonce);
  });

  test('lets a style with the nonce in and keeps one without it out', async ({ page }) => {
    const colours = await page.evaluate(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
      const paint = (id: string, given: string): string => {
        const target = document.createElement('p');
        target.id = id;
        const style = document.createElement('style');
        style.nonce = given;
        style.textContent = `#${id} { color: rgb(1, 2, 3) }`;
        document.body.append(target, style);
        return getComputedStyle(target).color;
      };
      return { withNonce: paint('with-nonce', nonce), without: paint('without', '') };
    });
    expect(colours.withNonce).toBe('rgb(1, 2, 3)');
    expect(colours.without).not.toBe('rgb(1, 2, 3)');
  });

  test('reaches nothing outside the app', async ({ page }) => {
    const reach = (address: string): Promise<string> =>
      page.evaluate(
        (target) =>
          fetch(target).then(
            (answer) => `answered ${answer.status}`,
            () => 'blocked',
          ),
        address,
      );
    expect(await reach('https://example.com/')).toBe('blocked');
    expect(await reach('http://127.0.0.1:9/')).toBe('blocked');
    expect(await reach('file:///etc/hostname')).toBe('blocked');
    expect(await reach('app://baaki/../../package.json')).toBe('answered 404');
    expect(await reach('app://baaki/%E0%A4%A.js')).toBe('answered 404');
    expect(await reach('app://other/index.html')).toBe('blocked');
    expect(await reach('app://baaki/%2e%2e%2fmain%2findex.js')).toBe('answered 404');
  });

  test('has the sandbox on and no way to Node', async ({ app, page }) => {
    expect(
      await page.evaluate(() => [
        typeof Reflect.get(window, 'require'),
        typeof Reflect.get(window, 'process'),
      ]),
    ).toEqual(['undefined', 'undefined']);
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const read: unknown = contents && Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? JSON.parse(JSON.stringify(read.call(contents))) : null;
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  test('is refused every permission', async ({ page }) => {
    const refusals = await page.evaluate(async () => {
      const asked = await Notification.requestPermission();
      const place = await new Promise<string>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code === 1 ? 'denied' : `code ${code}`),
        ),
      );
      const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        (error: unknown) => (error instanceof DOMException ? error.name : 'other'),
      );
      return { asked, place, camera };
    });
    expect(refusals.asked).toBe('denied');
    expect(refusals.place).toBe('denied');
    expect(refusals.camera).not.toBe('given');
  });

  test('opens no second window and does not leave the app', async ({ app, page }) => {
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'https://example.com/';
      document.body.append(link);
      link.click();
    });
    await page.waitForTimeout(300);
    expect(page.url()).toMatch(/^app:\/\/baaki\//);
    expect(app.windows()).toHaveLength(1);
  });
});

test.describe('the theme', () => {
  test.use({ theme: 'system' });

  test('follows the theme that the page sets and remembers it', async ({ app, page, dataDir }) => {
    // The window says its own choice once it has started; only then is it the page's turn.
    await expect(page.getByRole('textbox', { name: 'Company' })).toBeVisible();
    await page.evaluate(() => window.baaki.setTheme('dark'));
    const source = (): Promise<string> => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
    await expect.poll(source).toBe('dark');
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
    expect(JSON.parse(readFileSync(`${dataDir}/window.json`, 'utf8'))).toMatchObject({ theme: 'dark' });
  });
});

test.describe('the app', () => {
  test('says what it is', async ({ app, page, dataDir }) => {
    const version = await app.evaluate(({ app: running }) => running.getVersion());
    expect(await page.evaluate(() => window.baaki.appInfo())).toMatchObject({
      version,
      platform: process.platform,
      dataFolder: dataDir,
    });
  });

  test('brings its window back when it is started a second time', async ({ app, page, dataDir }) => {
    await expect(page).toHaveTitle(/Baaki/);
    const isVisible = (): Promise<boolean | undefined> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    await expect.poll(isVisible).toBe(true);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const { executable, args } = commandLine();
    const env = { ...process.env, BAAKI_DATA: dataDir, BAAKI_NODE: projectNode() };
    const second = spawn(executable, [...args], { env, stdio: 'ignore' });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    await expect.poll(isVisible).toBe(true);
  });

  test('comes back where it was and as large as it was', async ({ app, page, dataDir }) => {
    await expect(page).toHaveTitle(/Baaki/);
    const bounds = { x: 120, y: 90, width: 1010, height: 720 };
    await app.evaluate(
      ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
      bounds,
    );
    await app.close();
    const again = await launchApp({ dataDir, lang: 'en', env: {} });
    await again.firstWindow();
    const found = await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await again.close();
    expect(found).toEqual(bounds);
  });

  test('sends the commands of its menu to the window', async ({ app, page }) => {
    await page.evaluate(() => {
      const commands: string[] = [];
      Object.assign(window, { commands });
      window.baaki.onCommand((command) => commands.push(command));
    });
    await app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
      for (const item of items) if (item.accelerator?.match(/\+(O|K|,)$/)) item.click();
    });
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'commands')))
      .toEqual(['import', 'settings', 'open-palette']);
  });

  test('copies diagnostics that name versions and nobody', async ({ app, page }) => {
    await expect
      .poll(() => page.evaluate(() => window.baaki.engineState()))
      .toMatchObject({ state: 'running' });
    await page.evaluate(() => window.baaki.copyDiagnostics());
    const text = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toMatch(/^Baaki \d+\.\d+\.\d+/);
    expect(text).toMatch(/Electron \d+\.\d+\.\d+, Chromium \d+/);
    expect(text).toContain('Engine ');
    expect(text).toContain('engine-ready');
    expect(text).not.toContain(os.homedir());
    expect(text).not.toMatch(new RegExp(`\\b${os.userInfo().username}\\b`, 'i'));
    expect(text).not.toMatch(new RegExp(`\\b${os.hostname()}\\b`, 'i'));
  });
});

test.describe('the engine', () => {
  test('is started again when it is killed, and the window is told', async ({ app, page }) => {
    const state = () => page.evaluate(() => window.baaki.engineState());
    await expect.poll(state).toMatchObject({ state: 'running', restartCount: 0 });
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      window.baaki.onEngineState((news) => told.push(news.state));
    });
    const pid = enginePid(app.process().pid ?? 0);
    process.kill(pid, 'SIGKILL');
    await expect.poll(state).toMatchObject({ state: 'running', restartCount: 1 });
    expect(await page.evaluate(() => Reflect.get(window, 'told'))).toEqual(
      expect.arrayContaining(['restarting', 'running']),
    );
    expect(enginePid(app.process().pid ?? 0)).not.toBe(pid);
  });
});

/** The process under the app's own that runs the engine. */
function enginePid(appPid: number): number {
  test.skip(process.platform === 'win32', 'Processes are looked up with ps.');
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const found = rows.map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)).filter((row) => row !== null);
  const under = new Set([appPid]);
  for (const [, pid, parent] of found) if (under.has(Number(parent))) under.add(Number(pid));
  const engine = found.find(
    ([, pid, , args]) => under.has(Number(pid)) && /engine\.m?js|node\.mojom\.NodeService/.test(args ?? ''),
  );
  if (!engine?.[1]) throw new Error('No engine process was found under the app.');
  return Number(engine[1]);
}
