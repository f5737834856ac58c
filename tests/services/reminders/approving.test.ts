import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '#engine/open-engine.ts';
import { refusalOf } from '#tests/builders/facts.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileOf } from '../../bench/reminders-book.ts';
import { aBookToApprove, approveAll, approvedIn, CUSTOMERS } from './approving-book.ts';

async function aBook(): Promise<Engine> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-approving-'));
  const engine = await aBookToApprove(dataFolder);
  onTestFinished(async () => {
    await engine.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return engine;
}

function rowsIn(engine: Engine): ReturnType<typeof approvedIn> {
  return fileOf(engine).read(approvedIn);
}

/** Runs SQL as soon as a part of the run is in the book. */
async function meanwhile(engine: Engine, sql: string): Promise<number> {
  for (let turns = 0; turns < 100_000; turns += 1) {
    const there = rowsIn(engine).messages;
    if (there > 0) {
      fileOf(engine).write(({ sqlite }) => sqlite.exec(sql));
      return there;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('Nothing came into the book.');
}

describe('an approval', () => {
  it('lets others write while it is written, and is whole all the same', async () => {
    const engine = await aBook();
    const approving = approveAll(engine);
    const there = await meanwhile(engine, `update customers set territory = 'North' where id = 1`);
    expect(there).toBeLessThan(CUSTOMERS);
    // Something of a customer has moved, so that all of it is made anew; nothing of the message did.
    expect((await approving).approvedCount).toBe(CUSTOMERS);
    expect(rowsIn(engine)).toEqual({ messages: CUSTOMERS, runs: ['open'] });
  });

  it('comes to nothing when a bill changes while it is written', async () => {
    const engine = await aBook();
    const approving = refusalOf(approveAll(engine));
    const there = await meanwhile(engine, `update bills set amount_paise = amount_paise + 100`);
    expect(there).toBeLessThan(CUSTOMERS);
    expect((await approving).code).toBe('plan-changed');
    expect(rowsIn(engine)).toEqual({ messages: 0, runs: [] });
  });

  it('is made once when it is asked for twice at once', async () => {
    const engine = await aBook();
    const { rows, rowsHash } = await engine.client.reminders.plan({});
    const wish = { rowsHash, rowKeys: rows.map((row) => row.rowKey) };
    const both = [engine.client.reminders.approve(wish), refusalOf(engine.client.reminders.approve(wish))];
    const [first, second] = await Promise.all(both);
    expect(first).toMatchObject({ approvedCount: CUSTOMERS });
    expect(second).toMatchObject({ code: 'plan-changed' });
    expect(rowsIn(engine)).toEqual({ messages: CUSTOMERS, runs: ['open'] });
  });
});
