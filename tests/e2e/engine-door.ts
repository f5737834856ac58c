// The engine's own contract, spoken by a spec over the window's port: a book is made ready as the window itself would.
import type { ElectronApplication, Page } from '@playwright/test';
import { createORPCClient, type ClientContext } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#contract/index.ts';
import { launchApp, type LaunchOptions } from './app.ts';
import { openBarePage, openPort } from './window-port.ts';

export type Door = ContractRouterClient<Contract>;

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    testPortSaid?: (data: unknown) => void;
  }
}

/** Starts the app on a data folder, lets `work` ask its engine, and ends it: the next start finds what was written. */
export async function withEngine(
  options: LaunchOptions,
  work: (door: Door, app: ElectronApplication) => Promise<void>,
): Promise<void> {
  const app = await launchApp(options);
  try {
    await askEngine(await app.firstWindow(), (door) => work(door, app));
  } finally {
    await app.close();
  }
}

/** Leaves the app's own page to let `work` ask the engine; the page stays away from it. */
export async function askEngine(page: Page, work: (door: Door) => Promise<void>): Promise<void> {
  await openBarePage(page);
  await openPort(page);
  await work(await openDoor(page));
}

/** A client whose messages go through the port that the page keeps; calls answer in JSON, never in bytes. */
async function openDoor(page: Page): Promise<Door> {
  const listeners: ((event: { readonly data: unknown }) => void)[] = [];
  await page.exposeFunction('testPortSaid', (data: unknown) => {
    for (const listener of listeners) listener({ data });
  });
  await page.evaluate(() =>
    window.testPort?.addEventListener('message', ({ data }) => window.testPortSaid?.(data)),
  );
  const port = {
    on: (event: string, listener: (event?: { readonly data: unknown }) => void) => {
      if (event === 'message') listeners.push(listener);
    },
    postMessage: (data: unknown) => void page.evaluate((sent) => window.testPort?.postMessage(sent), data),
  };
  return createORPCClient(new RPCLink<ClientContext>({ port }));
}
