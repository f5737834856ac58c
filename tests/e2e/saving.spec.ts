// The window may have files written only where the user said so in the native dialog.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './app.ts';

/** The native dialog cannot be pressed by a test: it answers at once, and keeps what it was asked. */
async function answerSaveDialogWith(
  app: ElectronApplication,
  chosen: string,
): Promise<() => Promise<string>> {
  await app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, {
      showSaveDialog: (_window: unknown, options: { readonly defaultPath?: string }) => {
        Object.assign(globalThis, { askedFor: options.defaultPath });
        return Promise.resolve({ canceled: false, filePath });
      },
    });
  }, chosen);
  return () => app.evaluate(() => String(Reflect.get(globalThis, 'askedFor')));
}

test('prints only where the user said so, whole, and proposes a name that a file can bear', async ({
  app,
  page,
  dataDir,
}) => {
  const folder = path.join(dataDir, 'outbox');
  mkdirSync(folder);
  const unnamed = path.join(folder, 'unnamed.pdf');
  const print = (place: string): Promise<string> =>
    page.evaluate((at) => window.baaki.printToPdf(at, false), place);
  await expect(print(unnamed)).rejects.toThrow('The user has not named this place.');
  await expect(page.evaluate((at) => window.baaki.showFile(at), unnamed)).rejects.toThrow('not named');
  expect(existsSync(unnamed)).toBe(false);

  const askedFor = await answerSaveDialogWith(app, path.join(folder, 'aging'));
  const named = await page.evaluate(() =>
    window.baaki.pickSaveFile({ name: '../Aging: 22/11/2026', kind: 'pdf' }),
  );
  expect(named).toBe(path.join(folder, 'aging.pdf'));
  expect(path.basename(await askedFor())).toBe('-Aging 22-11-2026.pdf');
  expect(await print(named ?? '')).toBe('saved');
  expect(
    readFileSync(named ?? '')
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect(readdirSync(folder)).toEqual(['aging.pdf']);
  await expect(print(`${named}/../other.pdf`)).rejects.toThrow('not named');
});

test('a place that was named for a workbook is none to print to', async ({ app, page, dataDir }) => {
  await answerSaveDialogWith(app, path.join(dataDir, 'aging.xlsx'));
  const named = await page.evaluate(() => window.baaki.pickSaveFile({ name: 'Aging', kind: 'xlsx' }));
  expect(named).toBe(path.join(dataDir, 'aging.xlsx'));
  const printed = page.evaluate((at) => window.baaki.printToPdf(at ?? '', false), named);
  await expect(printed).rejects.toThrow('not named');
});
