import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Gateway } from '#engine/adapters/message-ports.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import type { BookFile, WriteTx } from '#engine/storage/database.ts';
import { fileOf } from '#tests/builders/facts.ts';
import { onTestFinished } from 'vitest';
import { fakePrinter, type FakePrinter } from './fake-printer.ts';

/** Monday 2026-11-23, 11:00 in India: all channels are open. */
export const MONDAY = Date.UTC(2026, 10, 23, 5, 30);

export type PapersBook = Engine & {
  readonly db: BookFile;
  readonly printer: FakePrinter;
  /** What was logged as a fault of Baaki. */
  readonly bugs: readonly unknown[];
  /** A folder beside the books. */
  readonly folder: string;
};

export async function papersBook(gateways: readonly Gateway[] = []): Promise<PapersBook> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'baaki-papers-'));
  const [dataFolder, folder] = [path.join(root, 'data'), path.join(root, 'out')];
  mkdirSync(folder);
  const papers = fakePrinter();
  const bugs: unknown[] = [];
  const vaultKey = new Uint8Array(32).fill(7);
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => MONDAY,
    papers,
    gateways,
    vaultKey,
    onBug: (_, error) => bugs.push(error),
  });
  onTestFinished(async () => {
    await engine.close();
    rmSync(root, { recursive: true, force: true });
  });
  await engine.client.books.create({ name: 'Gupta Traders' });
  return { ...engine, db: fileOf(engine), printer: papers, bugs, folder };
}

let lastKey = 0;

export function someone(tx: WriteTx, name: string, language: string | null = null): number {
  lastKey += 1;
  const origin = { source: 'test', sourceKey: `paper-${lastKey}`, importBatchId: null, createdAt: 0 };
  return insertCustomer(tx, {
    name,
    nameKey: `${name}${lastKey}`,
    language,
    address: 'Market Yard\nPune',
    ...origin,
  });
}
