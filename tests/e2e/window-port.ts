// What a spec does with the window's own port: the same connect call and message that the client uses.
import type { Page } from '@playwright/test';
import type { Shell } from '#contract/shell.ts';

declare global {
  // Interfaces merge, types do not: the page under test carries these two.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    readonly baaki: Shell;
    testPort?: MessagePort;
    isTestPortClosed?: boolean;
  }
}

/** Leaves the app's own page, whose client takes every port for itself, for one of the same origin with nothing in it. */
export async function openBarePage(page: Page): Promise<void> {
  await page.goto('app://baaki/nothing');
}

/** Takes a fresh port to the engine and keeps it in the page. */
export async function openPort(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.addEventListener('message', function take({ data, ports }) {
          if (data?.type !== 'baaki:port' || !ports[0]) return;
          window.removeEventListener('message', take);
          window.testPort = ports[0];
          window.isTestPortClosed = false;
          // An end that is closed already says so only once, as soon as it is started.
          window.testPort.addEventListener('close', () => {
            window.isTestPortClosed = true;
          });
          window.testPort.start();
          resolve();
        });
        window.baaki.connect();
      }),
  );
}

/** Sends one message through the kept port and gives the next answer. */
export async function exchange(page: Page, wish: unknown): Promise<unknown> {
  return page.evaluate(
    (sent) =>
      new Promise<unknown>((resolve, reject) => {
        const port = window.testPort;
        if (!port) return reject(new Error('No port was opened.'));
        if (window.isTestPortClosed) return reject(new Error('The port was closed.'));
        port.addEventListener('message', ({ data }) => resolve(data), { once: true });
        port.addEventListener('close', () => reject(new Error('The port was closed.')), { once: true });
        return port.postMessage(sent);
      }),
    wish,
  );
}

export async function send(page: Page, message: unknown): Promise<void> {
  await page.evaluate((sent) => window.testPort?.postMessage(sent), message);
}
