import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packagedPostgres, systemPostgres } from '#registry/postgres/start-postgres.ts';

// PostgreSQL's own load program: what the engine does with the bare statements on this machine in this minute.

export type PgbenchWish = {
  readonly url: string;
  readonly script: string;
  readonly connections: number;
  readonly seconds: number;
  readonly variables: Readonly<Record<string, number>>;
};

export type PgbenchTold = {
  readonly perSecond: number;
  readonly latencyMs: number;
  readonly count: number;
  /** Of pgbench itself, for each transaction. */
  readonly cpuMicros: number;
};

/** The newest that is installed; npm's PostgreSQL brings none, and the system's speaks with it, too. */
function program(): string {
  const bins = [systemPostgres(), packagedPostgres()].flatMap((one) => (one === null ? [] : [one.bin]));
  const found = bins.map((bin) => path.join(bin, 'pgbench')).find((one) => existsSync(one));
  if (found === undefined) throw new Error('There is no pgbench. Debian has it in postgresql-15.');
  return found;
}

export function pgbench({ url, script, connections, seconds, variables }: PgbenchWish): PgbenchTold {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-pgbench-'));
  try {
    const file = path.join(folder, 'script.sql');
    writeFileSync(file, script);
    const { searchParams, username, pathname } = new URL(url.replace('@/', '@localhost/'));
    const words = [
      '-n',
      '-M',
      'prepared',
      '-f',
      file,
      '-c',
      String(connections),
      '-j',
      '1',
      '-T',
      String(seconds),
      ...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
      '-h',
      searchParams.get('host') ?? '',
      '-p',
      searchParams.get('port') ?? '5432',
      '-U',
      username,
      pathname.slice(1),
    ];
    const text = execFileSync(
      'bash',
      ['-c', '"$@"; code=$?; times; exit $code', 'bash', program(), ...words],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const numberOf = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
    const count = numberOf(/transactions actually processed: (\d+)/);
    const cpu = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(text)?.slice(1).map(Number) ?? [];
    const [userMinutes = 0, userSeconds = 0, systemMinutes = 0, systemSeconds = 0] = cpu;
    const cpuSeconds = (userMinutes + systemMinutes) * 60 + userSeconds + systemSeconds;
    return {
      perSecond: Math.round(numberOf(/tps = ([\d.]+)/)),
      latencyMs: numberOf(/latency average = ([\d.]+)/),
      count,
      cpuMicros: Math.round((cpuSeconds * 1e6) / Math.max(1, count)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
