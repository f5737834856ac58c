// The slider over the days of the book: it moves every figure of the dashboard while it is dragged.
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { formatMoney } from '../../src-domain/money.ts';
import { repo, test as bare } from './app.ts';
import { agingBy, expect, runCli, test } from './demo-book.ts';

// A trace takes a picture of the whole page at every move of the mouse: it would measure itself.
test.use({ trace: 'off' });

const CUSTOMERS = 2000;
const BILLS_LEAST = 50_000;
/** One move a frame: four seconds where the screen draws sixty a second. */
const MOVES = 240;
/** A frame of 60 a second; the bounds are generous, for this machine may be shared. */
const TARGET_MILLISECONDS = 17;
const P95_MOST_MILLISECONDS = 67;
const BUSY_MOST_MILLISECONDS = 30;
const REDRAWS_LEAST = 60;
/** The summary of a day and, in a month that was not shown yet, the month-ends before it. */
const UNDER_WAY_MOST = 2;

declare global {
  // Interfaces merge, types do not: the page under test carries what it counted.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    calls?: { underWay: number; underWayMost: number; sent: number };
  }
}

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'The day all figures hold for' });
const figure = (page: Page, label: string): Locator =>
  page.locator('.figure').filter({ has: page.getByText(label, { exact: true }) });

async function dayOnSlider(page: Page): Promise<string> {
  const words = (await slider(page).getAttribute('aria-valuetext')) ?? '';
  const [, dd, mm, yyyy] = /(\d\d)-(\d\d)-(\d{4})/.exec(words) ?? [];
  return `${yyyy}-${mm}-${dd}`;
}

test('the slider shows the figures of a day while it is held, and moves the window when it is let go', async ({
  page,
  dataDir,
}) => {
  const box = await boxOf(slider(page));
  const moved = page.getByText('You are looking at', { exact: false });
  await page.mouse.move(box.x + box.width * 0.9, box.y + 11);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 11, { steps: 20 });
  const day = await dayOnSlider(page);
  const { totals, rows } = agingBy(dataDir, '--as-of', day);
  await expect(figure(page, 'Outstanding')).toContainText(formatMoney(totals.outstandingPaise));
  await expect(figure(page, 'Overdue')).toContainText(formatMoney(totals.overduePaise));
  await expect(page.locator('.debtors--top tbody tr').first()).toContainText(rows[0]?.name ?? 'nobody');
  await expect(moved).toHaveCount(0);
  await page.mouse.up();
  await expect(moved).toBeVisible();
  await expect(figure(page, 'Outstanding')).toContainText(formatMoney(totals.outstandingPaise));
  await expect(page.getByTestId('as-of')).toContainText(day.split('-').toReversed().join('-'));
});

test('the slider goes by days, months and to its ends with the keys, and home with its button', async ({
  page,
  dataDir,
}) => {
  const today = agingBy(dataDir).asOf;
  await slider(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('PageDown');
  const then = await dayOnSlider(page);
  expect(then.slice(0, 7) < today.slice(0, 7)).toBe(true);
  const { totals } = agingBy(dataDir, '--as-of', then);
  await expect(figure(page, 'Outstanding')).toContainText(formatMoney(totals.outstandingPaise));
  await expect(page.getByText('You are looking at', { exact: false })).toBeVisible();
  await page.keyboard.press('Home');
  expect(Number(await slider(page).getAttribute('aria-valuenow'))).toBe(
    Number(await slider(page).getAttribute('aria-valuemin')),
  );
  await page.keyboard.press('End');
  expect(Number(await slider(page).getAttribute('aria-valuenow'))).toBe(
    Number(await slider(page).getAttribute('aria-valuemax')),
  );
  await page.locator('.time').getByRole('button', { name: 'Today' }).click();
  expect(await dayOnSlider(page)).toBe(today);
  await expect(page.getByText('You are looking at', { exact: false })).toHaveCount(0);
});

const large = bare.extend({
  dataDir: async ({ dataDir }, use) => {
    runCli(dataDir, 'demo', '--customers', String(CUSTOMERS));
    await use(dataDir);
  },
});

large('dragging redraws a book of 50,000 bills at the pace of the screen', async ({ page }) => {
  large.setTimeout(240_000);
  await page.addInitScript(watchPort);
  await page.reload();
  await expect(slider(page)).toBeVisible();
  const billCount = await countBills(page);
  expect(billCount).toBeGreaterThanOrEqual(BILLS_LEAST);
  await slider(page).scrollIntoViewIfNeeded();
  const box = await boxOf(slider(page));
  const y = box.y + 11;
  await page.mouse.move(box.x + box.width * 0.9, y);
  await page.mouse.down();
  const heights = await panelHeights(page);
  await expect(page.locator('.day-slider--held')).toBeVisible();
  // What the first press asked for is answered.
  await page.waitForTimeout(500);
  const workOf = await watchWork(page);
  const workBefore = await workOf();
  const dragged = await drag(page, box);
  const busy = (await workOf()) - workBefore;
  expect(await panelHeights(page)).toEqual(heights);
  await page.mouse.up();
  const report = reportOf(billCount, busy, dragged);
  mkdirSync(path.join(repo, 'test-results/bench'), { recursive: true });
  writeFileSync(path.join(repo, 'test-results/bench/time-machine.json'), JSON.stringify(report, null, 2));
  expect(dragged.underWayMost).toBeLessThanOrEqual(UNDER_WAY_MOST);
  expect(report.redrawCount).toBeGreaterThan(REDRAWS_LEAST);
  expect(report.p95Milliseconds).toBeLessThanOrEqual(P95_MOST_MILLISECONDS);
  expect(report.busyMillisecondsPerRedraw).toBeLessThanOrEqual(BUSY_MOST_MILLISECONDS);
});

type Dragged = {
  readonly frames: readonly number[];
  readonly shown: readonly string[];
  readonly longTasks: readonly number[];
  readonly underWayMost: number;
  readonly sent: number;
};

function reportOf(
  billCount: number,
  busy: number,
  { frames, shown, sent, underWayMost, longTasks }: Dragged,
) {
  const gaps = frames
    .slice(1)
    .map((at, index) => at - (frames[index] ?? at))
    .toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((gaps[Math.floor((gaps.length - 1) * share)] ?? 0) * 10) / 10;
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  return {
    billCount,
    seconds: Math.round(seconds * 10) / 10,
    frameCount: frames.length,
    medianMilliseconds: at(0.5),
    p95Milliseconds: at(0.95),
    longestMilliseconds: at(1),
    targetMilliseconds: TARGET_MILLISECONDS,
    framesWithinTargetPercent: Math.round(
      (gaps.filter((gap) => gap <= TARGET_MILLISECONDS).length * 100) / gaps.length,
    ),
    redrawCount: shown.length,
    redrawsPerSecond: Math.round(shown.length / seconds),
    busyMillisecondsPerRedraw: Math.round((busy * 10) / shown.length) / 10,
    requestCount: sent,
    requestsUnderWayMost: underWayMost,
    longTaskCount: longTasks.length,
    longestTaskMilliseconds: Math.round(Math.max(0, ...longTasks)),
    loadAverage: os.loadavg().map((load) => Math.round(load * 10) / 10),
  };
}

/** Returns how to ask how long the window's thread has worked, in its own time: scripts, styles, layout, painting. */
async function watchWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('The slider is not on the screen.');
  return box;
}

async function countBills(page: Page): Promise<number> {
  const words = (await page.locator('.status').textContent()) ?? '';
  return Number((/([\d,]+) bills/.exec(words)?.[1] ?? '0').replaceAll(',', ''));
}

/** Where each panel begins and ends: nothing may jump while the slider is held. */
async function panelHeights(page: Page): Promise<readonly number[]> {
  return page
    .locator('.figures, .aging-bar, .trend, .debtors--top')
    .evaluateAll((panels) => panels.map((panel) => Math.round(panel.getBoundingClientRect().bottom)));
}

/** Counts calls on the window's port that wait for their answer. It must be there before the client opens the port. */
function watchPort(): void {
  const calls = { underWay: 0, underWayMost: 0, sent: 0 };
  window.calls = calls;
  const heard = new WeakSet<MessagePort>();
  // Both are called with the port that they were called on.
  // oxlint-disable-next-line typescript/unbound-method
  const { postMessage, addEventListener } = MessagePort.prototype;
  MessagePort.prototype.addEventListener = function listen(
    this: MessagePort,
    kind: string,
    listener: EventListenerOrEventListenerObject,
  ) {
    // Before the client's own listener: what that one sends when it hears the answer is the next call.
    if (kind === 'message' && !heard.has(this)) {
      heard.add(this);
      addEventListener.call(this, kind, () => (calls.underWay -= 1));
    }
    addEventListener.call(this, kind, listener);
  };
  MessagePort.prototype.postMessage = function send(this: MessagePort, ...message: [unknown]) {
    // The screen library wakes itself through a port too, with nothing in the message.
    if (message[0] !== null) {
      calls.sent += 1;
      calls.underWay += 1;
      calls.underWayMost = Math.max(calls.underWayMost, calls.underWay);
    }
    postMessage.apply(this, message);
  };
}

/**
 * Moves the held slider once a frame, from within the page: a hand does so too, while Playwright's own moves come fifteen
 * a second. Counts frames, the figures shown, long tasks and calls meanwhile.
 */
async function drag(page: Page, box: { readonly x: number; readonly width: number }): Promise<Dragged> {
  return page.evaluate(
    async ({ x, width, moves }) => {
      const [frames, shown, longTasks]: [number[], string[], number[]] = [[], [], []];
      const calls = Object.assign(window.calls ?? {}, { underWay: 0, underWayMost: 0, sent: 0 });
      const tasks = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(duration);
      });
      tasks.observe({ entryTypes: ['longtask'] });
      const handle = document.querySelector('.day-slider');
      const outstanding = document.querySelector('.figure__value');
      await new Promise<void>((resolve) => {
        const frame = (at: number): void => {
          const text = outstanding?.textContent ?? '';
          if (text !== shown.at(-1)) shown.push(text);
          if (frames.push(at) > moves) return resolve();
          const place = 0.55 + 0.35 * Math.cos((frames.length / moves) * 2 * Math.PI);
          const clientX = x + width * place;
          handle?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerId: 1, clientX }));
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
      tasks.disconnect();
      return { frames, shown, longTasks, underWayMost: calls.underWayMost, sent: calls.sent };
    },
    { x: box.x, width: box.width, moves: MOVES },
  );
}
