// Sending never slows the window: the real window on a book of thousands of customers approves a run of about three thousand
// messages, and while they leave by a fast gateway every screen is looked at. The same screens at rest,
// in the same run and window, are the floor. BAAKI_BENCH_PROFILE=1 keeps what the window computed in test-results/bench.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { bundleSources } from '../../builders/bundle.ts';
import { expect, launchApp, repo, test } from '../../e2e/app.ts';
import { startHttpGateway, type FakeHttpGateway } from '../../fakes/gateways/http-gateway.ts';
import { watchWindow, type Held } from './held-up.ts';
import { watchMain } from './main-loop.ts';

const LONG_TASK_MS = 50;
/** A task that is as long at rest is not due to sending; the rest is noise of a loaded machine. */
const TIMES_REST_MOST = 1.3;
const MESSAGES_LEAST = 2500;
/** The last few wait for a person, for money that was found, or for the next minute. */
const NEARLY = 0.95;
const OPENED_MS = 2000;
const LOOKED_MS = 3500;
const SCROLL_EVERY_MS = 120;
const UNDO_MS = 31_000;
const QUIET_MS = 4000;
/** A fast gateway: seventy messages a second at most over the outbox's three lanes, long enough to look at every screen. */
const ANSWER_MS = 40;
const KEY = 'bench-key';
const reports = path.join(repo, 'test-results/bench');

type Screen = { readonly name: string; readonly hash: string; readonly list: string | null };

const screens: readonly Screen[] = [
  { name: 'run', hash: '#/reminders?tab=run', list: '.run-list, .silences' },
  { name: 'outbox', hash: '#/reminders?tab=outbox', list: '.data-table__grid' },
  { name: 'calendar', hash: '#/reminders?tab=calendar', list: null },
  { name: 'inbox', hash: '#/inbox', list: '.threads' },
  { name: 'customer', hash: '#/customers/1000', list: null },
  { name: 'customers', hash: '#/customers', list: '.data-table__grid' },
  { name: 'dashboard', hash: '#/', list: null },
];

/** Opens each screen, then stays there and scrolls; goes round again while there is a reason to. */
async function lookAround(
  page: Page,
  wish: {
    readonly prefix: string;
    readonly part: (name: string) => Promise<void>;
    readonly goOn: () => boolean;
  },
): Promise<void> {
  for (const screen of screens) {
    if (!wish.goOn()) return;
    process.stdout.write(`  ${new Date().toISOString()} ${wish.prefix} ${screen.name}\n`);
    await wish.part(`${wish.prefix} ${screen.name} opened`);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, screen.hash);
    await page.waitForTimeout(OPENED_MS);
    await wish.part(`${wish.prefix} ${screen.name} looked at`);
    await scroll(page, screen.list);
  }
}

async function scroll(page: Page, list: string | null): Promise<void> {
  const until = Date.now() + LOOKED_MS;
  const box =
    list === null
      ? null
      : await page
          .locator(list)
          .first()
          .boundingBox({ timeout: 500 })
          .catch(() => null);
  if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; Date.now() < until; turn += 1) {
    if (box) await page.mouse.wheel(0, turn % 20 < 14 ? 420 : -700);
    await page.waitForTimeout(SCROLL_EVERY_MS);
  }
}

const sendingTest = test.extend<{ readonly gateway: FakeHttpGateway }>({
  gateway: async ({}, use) => {
    const server = await startHttpGateway({
      key: KEY,
      user: '',
      dlt: null,
      now: Date.now,
      answerMs: ANSWER_MS,
    });
    await use(server);
    await server.close();
  },
});

sendingTest('sending three thousand messages never slows the window', async ({ dataDir, gateway }) => {
  sendingTest.skip(process.platform !== 'linux', 'It needs the display of the other benches.');
  const clock = await makeBook(dataDir, gateway);
  const app = await launchApp({ dataDir, lang: 'en', env: { BAAKI_CLOCK: String(clock) } });
  const page = await app.firstWindow();
  page.setDefaultTimeout(120_000);
  await page.locator('.figure__value').first().waitFor();
  const watch = await watchWindow(app, page);
  const profile = await startProfile(app, page);
  const always = (): boolean => true;

  const mainAtRest = await watchMain(app, () =>
    lookAround(page, { prefix: 'before', part: watch.part, goOn: always }),
  );

  const { approvedMs, messages } = await approve(page, watch.part);
  expect(messages).toBeGreaterThan(MESSAGES_LEAST);
  await page.waitForTimeout(UNDO_MS);
  await expect.poll(() => gateway.accepted.length, { timeout: 120_000 }).toBeGreaterThan(0);

  const begun = { at: Date.now(), count: gateway.accepted.length };
  const isSending = (): boolean => gateway.accepted.length < messages * NEARLY;
  const mainSending = await watchMain(app, () =>
    lookAround(page, { prefix: 'sending', part: watch.part, goOn: isSending }),
  );
  const eachSecond = (1000 * (gateway.accepted.length - begun.count)) / (Date.now() - begun.at);
  await watch.part('sending ends');
  await untilQuiet(page, () => gateway.accepted.length);
  await lookAround(page, { prefix: 'after', part: watch.part, goOn: always });

  await profile();
  const held = await watch.end();
  await app.close();
  report({
    messages,
    accepted: gateway.accepted.length,
    approvedMs,
    eachSecond,
    mainAtRest,
    mainSending,
    held: Object.fromEntries(held),
  });
  expect(dueToSending(held)).toEqual([]);
});

/** Nothing has left for a while, and what the last of them had to tell is told. */
async function untilQuiet(page: Page, countOf: () => number): Promise<void> {
  for (let before = -1; before !== countOf();) {
    before = countOf();
    await page.waitForTimeout(QUIET_MS);
  }
}

async function makeBook(dataDir: string, { url }: FakeHttpGateway): Promise<number> {
  mkdirSync(reports, { recursive: true });
  // Beside the packages that it loads at run time.
  const built = mkdtempSync(path.join(reports, 'sending-'));
  try {
    await bundleSources(built, { book: 'tests/bench/window/sending-book.ts' });
    const made: typeof import('./sending-book.ts') = await import(
      pathToFileURL(path.join(built, 'book.js')).href
    );
    await made.makeSendingBook(dataDir, { url, key: KEY });
    return made.sendingClock;
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

/** From the press until the window says so. */
async function approve(
  page: Page,
  part: (name: string) => Promise<void>,
): Promise<{ readonly approvedMs: number; readonly messages: number }> {
  await page.evaluate(() => {
    location.hash = '#/reminders?tab=run';
  });
  const button = page.getByTestId('approve');
  const words = (await button.innerText()).replaceAll(/[^\d]/g, '');
  await part('approving');
  const begun = Date.now();
  await button.click();
  await page.getByText(/messages approved\./).waitFor();
  const approvedMs = Date.now() - begun;
  await page.waitForTimeout(OPENED_MS);
  await part('approved');
  return { approvedMs, messages: Number(words) };
}

/**
 * Staying on a screen, no task may be longer than it may be while messages leave, unless it is as long at rest. Opening one
 * is a long task by itself, and from one time to the next at rest it differs by more than twice: there sending may not add any.
 */
function dueToSending(held: ReadonlyMap<string, Held>): readonly string[] {
  return [...held].flatMap(([name, { longestCpuMs, over50Cpu }]) => {
    if (!name.startsWith('sending ') || longestCpuMs <= LONG_TASK_MS) return [];
    const rest = ['before', 'after'].flatMap((prefix) => held.get(name.replace('sending', prefix)) ?? []);
    const restMs = Math.max(0, ...rest.map((one) => one.longestCpuMs));
    const restCount = Math.max(0, ...rest.map((one) => one.over50Cpu.length));
    const isDue = name.endsWith(' opened')
      ? over50Cpu.length > restCount
      : longestCpuMs > restMs * TIMES_REST_MOST;
    const counts = `${over50Cpu.length} tasks, longest ${longestCpuMs} ms; at rest ${restCount}, ${restMs} ms`;
    return isDue ? [`${name}: ${counts}`] : [];
  });
}

/** Gives what ends it and writes it down; does nothing unless it is asked for. */
async function startProfile(app: ElectronApplication, page: Page): Promise<() => Promise<void>> {
  if (process.env['BAAKI_BENCH_PROFILE'] === undefined) return () => Promise.resolve();
  const session = await app.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 1000 });
  await session.send('Profiler.start');
  return async () => {
    const { profile } = await session.send('Profiler.stop');
    writeFileSync(path.join(reports, 'window-sending.cpuprofile'), JSON.stringify(profile));
    await session.detach();
  };
}

type Facts = Readonly<Record<string, unknown>> & { readonly held: Readonly<Record<string, Held>> };

function report(facts: Facts): void {
  mkdirSync(reports, { recursive: true });
  const all = { ...facts, loadAverage: loadavg() };
  writeFileSync(path.join(reports, 'window-sending.json'), JSON.stringify(all, null, 2));
  const { held, ...rest } = all;
  const lines = Object.entries(held).map(
    ([name, { longestCpuMs, longestMs, over50Cpu, over50, longestFrameMs }]) =>
      `${name.padEnd(34)} cpu ${String(longestCpuMs).padStart(5)} (${over50Cpu.length} over) clock ${String(longestMs).padStart(5)} (${over50.length} over) frame ${longestFrameMs}`,
  );
  process.stdout.write(`window-sending ${JSON.stringify(rest)}\n${lines.join('\n')}\n`);
}
