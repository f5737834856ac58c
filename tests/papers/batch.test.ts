import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { statementPaper } from '#domain/papers/statement-paper.ts';
import { paperFiles } from '#engine/adapters/disk/paper-files.ts';
import { openTypstPrinter } from '#engine/adapters/typst/printer.ts';
import {
  writePapers,
  type BatchEnd,
  type BatchProgress,
  type BatchWish,
} from '#engine/services/papers/batch.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, statementFacts } from '../builders/papers.ts';

const printer = openTypstPrinter({ sideBySide: 1, idleMs: 10_000 });
afterAll(() => printer.close());

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baaki-batch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const paper = statementPaper(statementFacts(account(2), { payLink: null }));

function wishFor(count: number, more: Partial<BatchWish> = {}): BatchWish {
  const entries = Array.from({ length: count }, (_, at) => ({
    customerId: at + 1,
    fileName: `${at + 1}.pdf`,
  }));
  const paperOf = (): typeof paper => paper;
  return {
    printer,
    files: paperFiles,
    folder,
    entries,
    paperOf,
    keepsExisting: false,
    now: () => 0,
    ...more,
  };
}

async function finished(
  wish: BatchWish,
): Promise<{ readonly steps: readonly BatchProgress[]; readonly end: BatchEnd }> {
  const steps: BatchProgress[] = [];
  const run = writePapers(wish);
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return { steps, end: step.value };
    steps.push(step.value);
  }
}

function isWhole(name: string): boolean {
  const bytes = readFileSync(path.join(folder, name)).toString('latin1');
  return bytes.startsWith('%PDF-') && bytes.trimEnd().endsWith('%%EOF');
}

describe('a batch of papers', () => {
  it('writes a whole file for each customer and tells how far it is', async () => {
    const { steps, end } = await finished(wishFor(6, { paperOf: (id) => (id === 3 ? null : paper) }));
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(end).toEqual({ done: 6, of: 6, skipped: 1, perSecond: null, failure: null });
    expect(readdirSync(folder).toSorted()).toEqual(['1.pdf', '2.pdf', '4.pdf', '5.pdf', '6.pdf']);
    expect(readdirSync(folder).every(isWhole)).toBe(true);
  });

  it('leaves no half file when it is called off, and goes on from there', async () => {
    const stop = new AbortController();
    const run = writePapers(wishFor(12, { signal: stop.signal }));
    for (let at = 0; at < 3; at += 1) await run.next();
    stop.abort(new Error('called off'));
    await expect(async () => {
      for (let step = await run.next(); step.done !== true; step = await run.next());
    }).rejects.toThrow('called off');
    const left = readdirSync(folder);
    expect(left.length).toBeGreaterThanOrEqual(3);
    expect(left.length).toBeLessThan(12);
    expect(left.every((name) => /^\d+\.pdf$/u.test(name) && isWhole(name))).toBe(true);
    writeFileSync(path.join(folder, '1.pdf'), 'kept as it was');
    const { end } = await finished(wishFor(12, { keepsExisting: true }));
    expect(end).toMatchObject({ done: 12, skipped: left.length, failure: null });
    expect(readFileSync(path.join(folder, '1.pdf'), 'utf8')).toBe('kept as it was');
    expect(readdirSync(folder)).toHaveLength(12);
  });

  it('stops with a sentence where the folder is gone', async () => {
    const { end } = await finished(wishFor(5, { folder: path.join(folder, 'away') }));
    expect(end.failure).toMatchObject({ code: 'export-folder-gone' });
    expect(end.done).toBe(0);
  });
});
