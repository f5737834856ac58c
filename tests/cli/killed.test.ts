import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { agingTableShape } from '#contract/engine/aging.ts';
import { builtCli, newCli } from './run-cli.ts';

// An import is all or nothing: a book that is killed at any moment of it is as before or as after, never between.

const BILLS = 4000;
const KILLS = 12;
const file = [
  'Customer,Bill No,Bill Date,Due Date,Amount,Pending Amount',
  ...Array.from(
    { length: BILLS },
    (_, at) => `Party ${at % 250},B-${at},2026-03-01,2026-04-01,${at + 1}.50,${at + 1}`,
  ),
].join('\n');

const cli = builtCli('all tests');

/** Starts the import, kills it after a while with SIGKILL, and says how long a whole one took when it was not. */
async function importAndKill(path_: string, killAfterMs: number): Promise<'killed' | 'finished'> {
  const words = [cli.program(), 'import', path_, '--book', 'killed', '--yes', '--format', 'json'];
  const env = { ...process.env, BAAKI_DATA: path.join(cli.folder, 'data') };
  const child = spawn(process.execPath, words, { env, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
  clearTimeout(timer);
  return signal === 'SIGKILL' ? 'killed' : 'finished';
}

async function outstanding(): Promise<{ readonly paise: number; readonly bills: number }> {
  const ran = await cli.run('aging', '--book', 'killed', '--format', 'json');
  expect(ran.code, ran.stderr).toBe(0);
  const { totals } = agingTableShape.parse(JSON.parse(ran.stdout));
  return { paise: totals.outstandingPaise, bills: totals.openBillCount };
}

it('leaves a book as before or as after when the import is killed at any moment', async () => {
  const source = cli.file('bills.csv', file);
  await cli.run(
    'import',
    cli.file('one.csv', 'Customer,Bill No,Bill Date,Amount\nParty 0,First,2026-03-01,7'),
    '--book',
    'killed',
    '--yes',
  );
  const before = { paise: 700, bills: 1 };
  const after = { paise: 700 + (BILLS * (BILLS + 1) * 100) / 2, bills: BILLS + 1 };

  const startedAt = performance.now();
  const scratch = newCli(cli.program());
  expect((await scratch.run('import', source, '--book', 'whole', '--yes')).code).toBe(0);
  const wholeMs = performance.now() - startedAt;
  scratch.remove();

  let kills = 0;
  for (let at = 0; at < KILLS; at += 1) {
    // Spread over the later half, where reading and writing happen; the earlier half is starting up.
    const ended = await importAndKill(source, wholeMs * (0.4 + (0.6 * at) / KILLS));
    if (ended === 'killed') kills += 1;
    const found = await outstanding();
    expect([before, after]).toContainEqual(found);
    if (found.bills === after.bills) break;
  }
  expect(kills).toBeGreaterThan(0);
  expect((await cli.run('import', source, '--book', 'killed', '--yes')).code).toBe(0);
  expect(await outstanding()).toEqual(after);
  const left = readdirSync(path.join(cli.folder, 'data/books')).filter((name) => name.includes('draft'));
  expect(left).toEqual([]);
}, 120_000);
