import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  packagedPostgres,
  startPostgres,
  systemPostgres,
  type RunningPostgres,
} from '#registry/postgres/start-postgres.ts';

export type BenchPostgres = {
  readonly postgres: RunningPostgres;
  readonly version: string;
  readonly keyFolder: string;
  readonly remove: () => Promise<void>;
};

/** A PostgreSQL of the bench's own, on a real disk and with fsync, and a place for the registry's keys. */
export async function benchPostgres(settings: readonly string[] = []): Promise<BenchPostgres> {
  const programs =
    (process.env['BAAKI_POSTGRES'] === 'packaged' ? null : systemPostgres()) ?? packagedPostgres();
  if (programs === null) throw new Error('There is no PostgreSQL.');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({
    programs,
    folder: path.join(folder, 'pg'),
    settings: ['shared_buffers=256MB', 'max_connections=80', 'max_wal_size=4GB', ...settings],
  });
  return {
    postgres,
    version: programs.version,
    keyFolder: path.join(folder, 'keys'),
    remove: async () => {
      await postgres.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Into test-results/bench, and onto the screen. */
export function writeReport(name: string, report: object): void {
  const reports = path.resolve(import.meta.dirname, '../../../test-results/bench');
  mkdirSync(reports, { recursive: true });
  const text = JSON.stringify(report, null, 2);
  writeFileSync(path.join(reports, `${name}.json`), text);
  process.stdout.write(`${text}\n`);
}

/** Rates and times are judged on a machine that does nothing else. */
export const QUIET_LOAD_MOST = 0.5;

export function loadNow(): number {
  return os.loadavg()[0] ?? 0;
}
