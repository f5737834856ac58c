// What reaches the engine from outside of the window: a file that stops all sending, and the machine that wakes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test as base } from './app.ts';
import { runCli } from './demo-book.ts';

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    runCli(dataDir, 'call', 'books.create', JSON.stringify({ name: 'Dukaan Traders' }));
    await use(dataDir);
  },
});

test('a file in the data folder stops all sending, and the window says which', async ({ page, dataDir }) => {
  const light = page.locator('.sending-light');
  await expect(light).toContainText('Sending is on');
  const file = path.join(dataDir, 'STOP-SENDING.txt');
  writeFileSync(file, '');
  await expect(light).toContainText('Stopped by a file', { timeout: 10_000 });
  await light.click();
  const strip = page.locator('.sending-strip');
  await expect(strip).toContainText('“STOP-SENDING.txt”');
  // A press cannot undo what lies in the folder.
  await expect(strip.getByRole('button', { name: 'Let sending go on' })).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('stopped-by-file.png') });
  rmSync(file);
  await expect(light).toContainText('Sending is on', { timeout: 10_000 });
});

test('a machine that wakes hurries the engine once, however often it says so', async ({
  app,
  page,
  dataDir,
}) => {
  await expect(page.locator('.sending-light')).toBeVisible();
  await app.evaluate(({ powerMonitor }) => {
    for (let times = 0; times < 5; times += 1) powerMonitor.emit('resume');
  });
  const logged = (): number =>
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
      .reduce((count, text) => count + text.split('hurried').length - 1, 0);
  await expect.poll(logged, { timeout: 5000 }).toBe(1);
});
