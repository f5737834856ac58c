#!/usr/bin/env node
import { openEngine } from '#engine/open-engine.ts';
import { readFileSync } from 'node:fs';
import { dataFolder } from './data-folder.ts';
import type { Job, Options } from './command.ts';
import { endingOf, exitCodes, type Ending, type Refused } from './ending.ts';
import { readWords, wantsJson } from './read-words.ts';
import { openTerminal, type Terminal } from './terminal.ts';

// The engine opens here, in the same process, behind the same contract that the window talks to.
async function main(words: readonly string[]): Promise<void> {
  const terminal = openTerminal();
  const version = readVersion();
  const asked = readWords(words, version);
  if (asked.kind === 'print') {
    terminal.out(asked.text);
    return;
  }
  const ending =
    asked.kind === 'ending'
      ? asked.ending
      : await runJob(asked.job, { terminal, version, options: asked.options });
  if (ending.kind !== 'done') tell(terminal, ending, wantsJson(words));
  // Not process.exit(): what is still on its way to a pipe must arrive.
  process.exitCode = exitCodes[ending.kind];
}

type Opening = { readonly terminal: Terminal; readonly version: string; readonly options: Options };

async function runJob(job: Job, { terminal, version, options }: Opening): Promise<Ending> {
  try {
    const engine = await openEngine({
      dataFolder: dataFolder(options['data-dir']),
      version,
      // There is no log beside a terminal: what the door hides behind an id is told here whole.
      onBug: (errorId, error) => terminal.note(`${errorId}: ${traceOf(error)}`),
    });
    try {
      return await job({ client: engine.client, terminal });
    } finally {
      await engine.close();
    }
  } catch (error) {
    return endingOf(error);
  }
}

function tell(terminal: Terminal, { code, sentence }: Refused, isJson: boolean): void {
  terminal.note(sentence);
  if (isJson) terminal.out(JSON.stringify({ error: { code, sentence } }));
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Built to out/main/cli.js, two folders below the package. */
function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

await main(process.argv.slice(2));
