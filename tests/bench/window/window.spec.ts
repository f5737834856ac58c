// How the window stands to an empty one of the same build: start, memory, and its own thread while much is imported.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, launchApp, repo, test } from '../../e2e/app.ts';
import { runCli } from '../../e2e/demo-book.ts';

const EMPTY = path.join(import.meta.dirname, 'empty');
const ROUNDS = 9;
const START_RATIO_MOST = 1.25;
const LONG_TASK_MS = 50;
const ROWS = 100_000;

function report(name: string, facts: object): void {
  const folder = path.join(repo, 'test-results/bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(facts, null, 2));
  process.stdout.write(`${name} ${JSON.stringify(facts)}\n`);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Milliseconds from the start of the process to the first paint of its window. */
async function startedIn(launch: () => Promise<ElectronApplication>): Promise<number> {
  const startedAt = Date.now();
  const app = await launch();
  const page = await app.firstWindow();
  const paintedAt = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const first = list.getEntries().find(({ name }) => name === 'first-paint');
          if (first) resolve(performance.timeOrigin + first.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await app.close();
  return paintedAt - startedAt;
}

/** The process and all that it has started. */
function familyOf(root: number): readonly number[] {
  const pairs = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const children = pairs.map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([root]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [child, parent] of children) {
      if (child !== undefined && parent !== undefined && family.has(parent)) family.add(child);
    }
  }
  return [...family];
}

/** Proportional set size in MB by kind of process; shared pages count once. */
function memoryOf(root: number): Record<string, number> {
  const byKind: Record<string, number> = {};
  for (const pid of familyOf(root)) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const kb = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      const engine = words.includes('engine.js') ? 'engine' : 'main';
      const kind = /--type=(\w+)/.exec(words)?.[1] ?? engine;
      byKind[kind] = Math.round((byKind[kind] ?? 0) + kb / 1024);
    } catch {
      // The process has ended meanwhile.
    }
  }
  return byKind;
}

test.describe('the window', () => {
  test.skip(process.platform !== 'linux', 'The figures are read from /proc.');

  test('paints first within a quarter more than an empty window takes', async ({ dataDir }) => {
    runCli(dataDir, 'demo', '--customers', '60');
    const ours: number[] = [];
    const empty: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      empty.push(await startedIn(() => launchApp({ dataDir, lang: 'en', env: {}, folder: EMPTY })));
      ours.push(await startedIn(() => launchApp({ dataDir, lang: 'en', env: {} })));
    }
    const ratio = median(ours.map((ms, at) => ms / (empty[at] ?? 1)));
    report('window-start', { emptyMs: median(empty), oursMs: median(ours), ratio, rounds: ROUNDS });
    expect(ratio).toBeLessThanOrEqual(START_RATIO_MOST);
  });

  test('is never held up for long while 100,000 rows are imported', async ({ app, page }) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
    const file = path.join(folder, 'bills.csv');
    writeFileSync(file, manyBills());
    await page.getByRole('textbox', { name: 'Company' }).fill('Sharma Traders');
    await page.getByRole('button', { name: 'Make the book' }).click();
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
    await expect(page.getByRole('button', { name: 'Choose file…' })).toBeVisible();
    // What making the book draws is none of the import's.
    await page.waitForTimeout(1000);
    await watchLongTasks(page);
    await page.getByRole('button', { name: 'Choose file…' }).click();
    await page.getByRole('button', { name: 'Dry run', exact: true }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: /^Import 1,00,000 bills/ }).click({ timeout: 60_000 });
    const peak = setInterval(() => peaks.push(memoryOf(app.process().pid ?? 0)), 250);
    const peaks: Record<string, number>[] = [];
    await expect(page.getByTestId('import-done')).toBeVisible({ timeout: 120_000 });
    clearInterval(peak);
    const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    const engineMb = Math.max(...peaks.map(({ engine = 0 }) => engine));
    report('window-import', { rows: ROWS, longTasksMs: tasks.map(Math.round), peakEngineMb: engineMb });
    rmSync(folder, { recursive: true, force: true });
    expect(tasks.filter((ms) => ms > LONG_TASK_MS)).toEqual([]);
  });

  test('tells what memory its processes hold', async ({ dataDir }) => {
    runCli(dataDir, 'demo');
    const app = await launchApp({ dataDir, lang: 'en', env: {} });
    const page = await app.firstWindow();
    await page.locator('.figure__value').first().waitFor();
    await page.waitForTimeout(2000);
    const memory = memoryOf(app.process().pid ?? 0);
    await app.close();
    const allMb = Object.values(memory).reduce((sum, mb) => sum + mb, 0);
    report('window-memory', { ...memory, allMb });
    expect(memory['engine']).toBeGreaterThan(0);
  });
});

function manyBills(): string {
  const lines = ['Party,Bill No,Bill Date,Due Date,Amount'];
  for (let at = 0; at < ROWS; at += 1) {
    const day = String((at % 28) + 1).padStart(2, '0');
    const month = String((at % 12) + 1).padStart(2, '0');
    lines.push(
      `Party ${at % 2000},B-${at},${day}/${month}/2025,${day}/${month}/2026,${1000 + (at % 9000)}.50`,
    );
  }
  return lines.join('\n');
}

/** Tasks of the window's own thread that took longer than 50 ms, from now on. */
async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
}
