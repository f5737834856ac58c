// One contract for both ways to run the engine: an echo engine over a real utility process and over a plain Node.
import path from 'node:path';
import { expect, test } from './app.ts';
import { exchange, openBarePage, openPort, send } from './window-port.ts';

const script = path.join(import.meta.dirname, 'echo-engine/engine.mjs');

for (const kind of ['utilityProcess', 'node'] as const) {
  test.describe(`an engine run by ${kind}`, () => {
    test.use({ env: { BAAKI_ENGINE_KIND: kind, BAAKI_ENGINE_SCRIPT: script } });
    test.beforeEach(({ page }) => openBarePage(page));

    test('says how it is run', async ({ page }) => {
      expect(await page.evaluate(() => window.baaki.appInfo())).toMatchObject({ engineKind: kind });
      await expect
        .poll(() => page.evaluate(() => window.baaki.engineState()))
        .toMatchObject({ state: 'running' });
    });

    test('gives back text, numbers and bytes unharmed', async ({ page }) => {
      await openPort(page);
      const text = 'बाक़ी ₹12,345.67 \u0000 end';
      expect(await exchange(page, { echo: text })).toEqual({ echo: text });
      expect(await exchange(page, { echo: { n: -0.5, list: [1, null, true] } })).toEqual({
        echo: { n: -0.5, list: [1, null, true] },
      });
      const bytes = await page.evaluate(
        () =>
          new Promise<{ isBuffer: boolean; values: number[] }>((resolve) => {
            const sent = new Uint8Array([0, 1, 127, 128, 255]).buffer;
            window.testPort?.addEventListener(
              'message',
              ({ data }) =>
                resolve({
                  isBuffer: data.echo instanceof ArrayBuffer,
                  values: [...new Uint8Array(data.echo)],
                }),
              { once: true },
            );
            window.testPort?.postMessage({ echo: sent });
          }),
      );
      expect(bytes).toEqual({ isBuffer: true, values: [0, 1, 127, 128, 255] });
    });

    test('is told its folders and version', async ({ page, dataDir }) => {
      await openPort(page);
      expect(await exchange(page, { ask: 'environment' })).toEqual({
        environment: {
          BAAKI_DATA: dataDir,
          BAAKI_LOGS: path.join(dataDir, 'logs'),
          BAAKI_VERSION: expect.stringMatching(/^\d+\.\d+\.\d+/),
        },
      });
    });

    test('forgets a connection when the page is loaded anew', async ({ page }) => {
      await openPort(page);
      await exchange(page, { echo: 1 });
      const before = await exchange(page, { ask: 'connections' });
      await page.reload();
      await openPort(page);
      await exchange(page, { echo: 2 });
      const after = await exchange(page, { ask: 'connections' });
      const [first, second] = [before, after].map((answer) => Math.max(...connectionsOf(answer)));
      expect(second).toBeGreaterThan(first ?? 0);
      expect(connectionsOf(after)).not.toContain(first);
    });

    test('ends with its code, closes the ports and is started again', async ({ page }) => {
      await openPort(page);
      expect(await exchange(page, { echo: 'there' })).toEqual({ echo: 'there' });
      await page.evaluate(() => {
        const told: string[] = [];
        Object.assign(window, { told });
        window.baaki.onEngineState(({ state }) => told.push(state));
        window.testPort?.addEventListener('close', () => told.push('port closed'));
      });
      await send(page, { end: 7 });
      const told = (): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'told'));
      await expect.poll(told).toContain('running');
      expect(await told()).toEqual(expect.arrayContaining(['port closed', 'restarting', 'running']));
      expect(await page.evaluate(() => window.baaki.engineState())).toEqual({
        state: 'running',
        restartCount: 1,
        lastExit: '7',
      });
      await openPort(page);
      expect(await exchange(page, { echo: 'again' })).toEqual({ echo: 'again' });
    });

    test('does not keep the app from quitting while it waits to be started again', async ({ app, page }) => {
      await openPort(page);
      expect(await exchange(page, { echo: 'there' })).toEqual({ echo: 'there' });
      const ended = new Promise((resolve) => app.process().once('exit', resolve));
      await send(page, { end: 7 });
      await expect
        .poll(() => page.evaluate(() => window.baaki.engineState()))
        .toMatchObject({ lastExit: '7' });
      await app.evaluate(({ app: running }) => running.quit());
      expect(await ended).toBe(0);
    });

    test('is left alone after three restarts, until it is restarted by hand', async ({ page }) => {
      const state = () => page.evaluate(() => window.baaki.engineState());
      for (let restarts = 0; restarts < 4; restarts++) {
        await expect.poll(state).toMatchObject({ state: 'running', restartCount: restarts });
        await openPort(page);
        await send(page, { end: 3 });
        await expect.poll(state).not.toMatchObject({ state: 'running', restartCount: restarts });
      }
      await expect.poll(state).toEqual({ state: 'failed', restartCount: 3, lastExit: '3' });
      await openPort(page);
      await expect(exchange(page, { echo: 1 })).rejects.toThrow('The port was closed.');
      await page.evaluate(() => window.baaki.restartEngine());
      await expect.poll(state).toMatchObject({ state: 'running', restartCount: 4 });
    });
  });
}

function connectionsOf(answer: unknown): readonly number[] {
  if (typeof answer !== 'object' || answer === null || !('connections' in answer)) return [];
  return Array.isArray(answer.connections) ? answer.connections : [];
}
