// npm run bench: every measurement in turn, each against a floor of the same run; the report is in test-results/bench.
// npm run bench -- aging window: only these.
import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { isMain, repo, runNode, toolScript } from './project-node.mjs';

const folder = path.join(repo, 'tests/bench');
const reports = path.join(repo, 'test-results/bench');

const windowBench = () =>
  runNode([
    toolScript('@playwright/test', 'playwright'),
    'test',
    '--config',
    path.join(folder, 'window/playwright.config.ts'),
  ]);

/** Names of the benches: the scripts of tests/bench, and the window. */
function benches() {
  const scripts = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [path.basename(name, '.ts'), () => runNode([path.join(folder, name)])]);
  return new Map([...scripts, ['window', windowBench]]);
}

function run(names) {
  const known = benches();
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    console.error(`There is no bench “${unknown}”. There are: ${[...known.keys()].join(', ')}.`);
    return 2;
  }
  build();
  const wanted = names.length === 0 ? [...known.keys()] : names;
  const failed = wanted.filter((name) => {
    console.log(`\n— ${name}`);
    return known.get(name)() !== 0;
  });
  console.log(`\nReports: ${path.relative(repo, reports)}`);
  if (failed.length > 0) console.error(`Beyond their limits: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

if (isMain(import.meta.filename)) process.exitCode = run(process.argv.slice(2));
