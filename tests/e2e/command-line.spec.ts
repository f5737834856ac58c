// The command line of the packaged app: no window, the same answers.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectNode } from '../../scripts/project-node.mjs';
import { commandLine, expect, isPackaged, repo, test } from './app.ts';

test.skip(!isPackaged, 'From a clone the command line is its own program: tests/cli proves that.');

function run(dataDir: string, ...words: readonly string[]) {
  const { executable, args } = commandLine();
  return spawnSync(executable, [...args, 'cli', ...words], {
    encoding: 'utf8',
    env: { ...process.env, BAAKI_DATA: dataDir, BAAKI_NODE: projectNode() },
  });
}

test('imports the sample and prints its aging with exit code 0', ({ dataDir }) => {
  const sample = path.join(repo, 'resources/samples/sample-ledger.xlsx');
  const imported = run(dataDir, 'import', sample, '--book', 'sample', '--yes', '--format', 'json');
  expect({ status: imported.status, stderr: imported.stderr }).toMatchObject({ status: 0 });
  const { batch } = JSON.parse(imported.stdout);
  expect(batch.addedBillCount).toBe(60);
  // As of today, as the import says it: the sample has documents of days that were still to come when it was made.
  const aging = run(dataDir, 'aging', '--format', 'json');
  expect(JSON.parse(aging.stdout).totals.outstandingPaise).toBe(batch.openPaise);
});

test('gives the exit code and the sentence of a refusal', ({ dataDir }) => {
  const ran = run(dataDir, 'aging', '--book', 'nobody');
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('There is no book “nobody”');
});
