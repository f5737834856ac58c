import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import { onTestFinished } from 'vitest';

export type TempEngine = Engine & {
  readonly dataFolder: string;
  readonly bugs: { readonly errorId: string; readonly error: unknown }[];
};

/** 2026-11-22, 10:00 in India. */
export const NOON = Date.UTC(2026, 10, 22, 4, 30);

/** An engine on a temporary folder of its own, closed and removed when the test ends. */
export async function tempEngine(now: () => number = () => NOON): Promise<TempEngine> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-test-'));
  const bugs: TempEngine['bugs'] = [];
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now,
    onBug: (errorId, error) => bugs.push({ errorId, error }),
  });
  onTestFinished(async () => {
    await engine.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return { ...engine, dataFolder, bugs };
}

export async function tempBook(now?: () => number): Promise<TempEngine> {
  const engine = await tempEngine(now);
  await engine.client.books.create({ name: 'Test Traders' });
  return engine;
}
