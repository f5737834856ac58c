// The window on a demo company that the command line has made, and what the command line says of it.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { agingTableShape, type AgingTable } from '../../src-contract/engine/aging.ts';
import { projectNode } from '../../scripts/project-node.mjs';
import { repo, test as base } from './app.ts';

export { expect } from './app.ts';

const CLI = path.join(repo, 'out/main/cli.js');

export function runCli(dataDir: string, ...words: readonly string[]): string {
  return execFileSync(projectNode(), [CLI, ...words, '--data-dir', dataDir], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

/** The aging of the open book by the command line: the same engine, another door handle. */
export function agingBy(dataDir: string, ...words: readonly string[]): AgingTable {
  return agingTableShape.parse(JSON.parse(runCli(dataDir, 'aging', '--format', 'json', ...words)));
}

export const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    runCli(dataDir, 'demo', '--customers', '60');
    await use(dataDir);
  },
});
