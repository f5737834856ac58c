// The command line of the installed app: `Baaki cli aging --format csv`. It opens no window; it runs the same program
// as from a clone, in the kind of process that can run SQLite here.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { utilityProcess } from 'electron';
import { besideArchive } from './engine-node.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs it to its end and gives its exit code. */
export function runCommandLine(words: readonly string[], around: Surroundings): Promise<number> {
  const script = path.join(path.dirname(around.engineProgram.script), 'cli.js');
  const env = { ...around.engineProgram.env };
  return around.engineKind === 'utilityProcess' ? inUtility(script, words, env) : inNode(script, words, env);
}

function inUtility(script: string, words: readonly string[], env: Record<string, string>): Promise<number> {
  const child = utilityProcess.fork(script, [...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  return new Promise((resolve) => child.once('exit', resolve));
}

function inNode(script: string, words: readonly string[], env: Record<string, string>): Promise<number> {
  const node = env['BAAKI_NODE'];
  if (!node) throw new Error('This Electron is too old for SQLite: set BAAKI_NODE to a Node 22.14 or newer.');
  const child = spawn(node, [besideArchive(script), ...words], { env, stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
