// The text that a user may send to us: versions and the ends of the logs, with nothing in it that names anyone.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EngineState, UpdateState } from '#contract/shell.ts';
import { redact, type Person } from './redact.ts';

const LINES_MOST = 150;
const TAIL_BYTES_MOST = 64_000;

export type DiagnosticFacts = {
  readonly version: string;
  readonly locale: string;
  readonly isPackaged: boolean;
  readonly engineKind: string;
  readonly engine: EngineState;
  readonly update: UpdateState;
  readonly dataFolder: string;
  readonly logsFolder: string;
};

function tailOf(file: string): string {
  const { size } = fs.statSync(file);
  const start = Math.max(0, size - TAIL_BYTES_MOST);
  const content = Buffer.alloc(size - start);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, content, 0, content.length, start);
  } finally {
    fs.closeSync(handle);
  }
  return content.toString('utf8').split('\n').slice(-LINES_MOST).join('\n').trim();
}

function logTails(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => /^[a-z]+\.log$/.test(name));
  return names.sort().flatMap((name) => [`--- ${name}`, tailOf(path.join(folder, name))]);
}

function thisPerson(): Person {
  return { home: os.homedir(), user: os.userInfo().username, computer: os.hostname() };
}

export function diagnosticsText(facts: DiagnosticFacts, person: Person = thisPerson()): string {
  const { engine, update } = facts;
  const { electron, chrome, node, v8 } = process.versions;
  const lines = [
    `Baaki ${facts.version}${facts.isPackaged ? '' : ' (not packaged)'}`,
    `Electron ${electron}, Chromium ${chrome}, Node ${node}, V8 ${v8}`,
    `System ${os.platform()} ${os.release()} ${os.arch()}, ${os.cpus().length} processors, ` +
      `${Math.round(os.totalmem() / 2 ** 20)} MiB, locale ${facts.locale}`,
    `Engine ${facts.engineKind} ${engine.state}, restarted ${engine.restartCount}, last exit ${engine.lastExit ?? 'none'}`,
    `Update ${update.state}${update.version === null ? '' : ` ${update.version}`}`,
    `Data ${facts.dataFolder}`,
    ...logTails(facts.logsFolder),
  ];
  return redact(lines.join('\n'), person);
}
