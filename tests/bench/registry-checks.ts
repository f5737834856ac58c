// Complete signed checks over HTTP at 16 connections, the server in a process of its own, beside pgbench with the three
// statements at their core in the same run: the consent's row, the subject's dues, a durable row of the access log. And a
// subject with 100,000 dues of 20,000 reporters. BAAKI_BENCH_CHECKS, _SUBJECTS and _ROUNDS say other sizes.
// Run: node tests/bench/registry-checks.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packagedPostgres, startPostgres, systemPostgres } from '#registry/postgres/start-postgres.ts';
import { measureChecks, type Measured } from './registry/check-run.ts';

const sizeOf = (name: string, usual: number): number => Number(process.env[`BAAKI_BENCH_${name}`] ?? usual);
const SIZES = {
  checks: sizeOf('CHECKS', 18_000),
  subjects: sizeOf('SUBJECTS', 50_000),
  rounds: sizeOf('ROUNDS', 3),
  floorSeconds: sizeOf('FLOOR_SECONDS', 5),
  members: 2_000,
  hotChecks: 600,
  connections: 16,
};
/** Of the quiet two-core machine; the share of the floor holds on a busy one, too. */
const LIMITS = { floorShareLeast: 0.3, perSecondLeast: 1_500, p99MostMs: 50, hotP99MostMs: 50 } as const;
const QUIET_LOAD_MOST = 0.5;
const REPO = path.resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const programs =
    (process.env['BAAKI_POSTGRES'] === 'packaged' ? null : systemPostgres()) ?? packagedPostgres();
  if (programs === null) throw new Error('There is no PostgreSQL.');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
  const keyFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-keys-'));
  const load = os.loadavg()[0] ?? 0;
  // As it comes: fsync is on, a commit is on the disk.
  const postgres = await startPostgres({
    programs,
    folder,
    settings: ['shared_buffers=256MB', 'max_connections=80', 'max_wal_size=4GB'],
  });
  try {
    const measured = await measureChecks({
      ...SIZES,
      url: postgres.url,
      postgresPid: postgres.pid,
      keyFolder,
    });
    const out = path.join(REPO, 'test-results/bench');
    mkdirSync(out, { recursive: true });
    const whole = {
      postgres: programs.version,
      loadBefore: load,
      loadAfter: os.loadavg()[0],
      ...SIZES,
      ...measured,
    };
    writeFileSync(path.join(out, 'registry-checks.json'), JSON.stringify(whole, null, 2));
    console.log(whole);
    judge(measured, load);
  } finally {
    await postgres.stop('immediate');
    rmSync(folder, { recursive: true, force: true });
    rmSync(keyFolder, { recursive: true, force: true });
  }
}

function judge({ floorShare, checks, hot }: Measured, load: number): void {
  const missed = [
    ...(floorShare < LIMITS.floorShareLeast ? [`Less than ${LIMITS.floorShareLeast} of the floor.`] : []),
    ...(hot.p99 > LIMITS.hotP99MostMs ? [`A hot subject took more than ${LIMITS.hotP99MostMs} ms.`] : []),
  ];
  if (load > QUIET_LOAD_MOST) console.log(`Others are at work here (load ${load}): rates are not judged.`);
  else if (checks.perSecond < LIMITS.perSecondLeast || checks.p99 > LIMITS.p99MostMs)
    missed.push(`Less than ${LIMITS.perSecondLeast} a second, or p99 above ${LIMITS.p99MostMs} ms.`);
  for (const one of missed) console.error(one);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

await main();
