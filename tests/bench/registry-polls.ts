// 20,000 desktops that look for news as the registry tells them to, nearly all of which find none, one in a hundred with a
// batch; and the registry away for ten of their minutes. Their hours go by in minutes: BAAKI_BENCH_SCALE of their seconds in one
// of ours. Run: node tests/bench/registry-polls.ts
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { day } from '#domain/days.ts';
import { newSeed, signingKey } from '#registry/crypto.ts';
import { keyOfToken } from '#registry/ids.ts';
import { openStore } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { seeEntities } from '#registry/store/subject-entities.ts';
import { tokenOf } from '#tests/builders/registry/batch.ts';
import { benchPostgres, loadNow, QUIET_LOAD_MOST, writeReport } from './registry/bench-postgres.ts';
import { familyCpuMicros } from './registry/machine.ts';
import { makeWorld } from './registry/check-world.ts';
import { percentile, thousandths } from './registry/rates.ts';
import { serve, type BenchServer } from './registry/serve.ts';
import type { PollLoad, PollTold } from './registry/poll-load.ts';

const DESKTOPS = 20_000;
const SCALE = Number(process.env['BAAKI_BENCH_SCALE'] ?? 60);
/** Of ours. */
const BEFORE_SECONDS = 45;
const AFTER_SECONDS = 45;
const OUTAGE_MINUTES = 10;
/** The busiest of their minutes after the outage, beside an ordinary one: without chance in it all of ten would come at once. */
const LIMITS = { p99MostMs: 100, peakMost: 6, lostMost: 0 } as const;
const WARM_SECONDS = 5;

type Span = { readonly from: number; readonly until: number };

async function main(): Promise<void> {
  const loadBefore = loadNow();
  const { postgres, version, keyFolder, remove } = await benchPostgres();
  try {
    const seed = newSeed();
    const debtors = await prepared(postgres.url, signingKey(seed).publicKey);
    const wish = { databaseUrl: postgres.url, keyFolder, connections: 10, jobs: ['log.sequence'] };
    const server = await serve(wish);
    const { told, spans, again, cpu } = await watched(
      server,
      { ...wish, postgresPid: postgres.pid },
      {
        port: server.port,
        seed,
        desktops: DESKTOPS,
        scale: SCALE,
        debtors,
        batchPercent: 1,
      },
    );
    await again.stop();
    const report = {
      postgres: version,
      loadBefore,
      loadAfter: loadNow(),
      scale: SCALE,
      ...reportOf(told, spans, cpu),
    };
    writeReport('registry-polls', report);
    judge(report);
  } finally {
    await remove();
  }
}

async function prepared(url: string, publicKey: Uint8Array): Promise<readonly string[]> {
  const store = openStore({ url, onTrouble: () => undefined });
  await migrate(store);
  await makeWorld({ store, memberCount: DESKTOPS, subjectCount: 1_000, publicKey });
  const debtors = Array.from({ length: 500 }, (_, at) => `debtor ${at}`);
  await seeEntities(
    store,
    day('2026-11-22'),
    debtors.map((name) => ({ subject_key: keyOfToken(tokenOf(name)), is_person: false, holds_pan: false })),
  );
  await store.rows({ text: 'VACUUM ANALYZE' });
  await store.close();
  return debtors;
}

type Spans = { readonly before: Span; readonly outage: Span; readonly after: Span };

type Watched = {
  readonly told: PollTold;
  readonly spans: Spans;
  readonly again: BenchServer;
  /** Microseconds, of all polls and batches before the outage. */
  readonly cpu: { readonly server: number; readonly postgres: number };
};

async function watched(
  server: BenchServer,
  { postgresPid, ...wish }: Parameters<typeof serve>[0] & { readonly postgresPid: number },
  load: PollLoad,
): Promise<Watched> {
  const child = fork(path.join(import.meta.dirname, 'registry/poll-load.ts'), { serialization: 'advanced' });
  try {
    child.send(load);
    await pause(WARM_SECONDS * 1000);
    const began = Date.now();
    const [used, postgresUsed] = [await server.use(), familyCpuMicros(postgresPid) ?? 0];
    await pause(BEFORE_SECONDS * 1000);
    const gone = Date.now();
    const cpu = {
      server: (await server.use()).cpuMicros - used.cpuMicros,
      postgres: (familyCpuMicros(postgresPid) ?? 0) - postgresUsed,
    };
    await server.stop();
    await pause(Math.max(0, gone + (OUTAGE_MINUTES * 60_000) / SCALE - Date.now()));
    const again = await serve({ ...wish, port: server.port });
    const back = Date.now();
    await pause(AFTER_SECONDS * 1000);
    const ended = Date.now();
    child.send('end');
    const [told] = (await once(child, 'message')) as [PollTold];
    const spans = {
      before: { from: began, until: gone },
      outage: { from: gone, until: back },
      after: { from: back, until: ended },
    };
    return { told, spans, again, cpu };
  } finally {
    child.kill();
  }
}

function reportOf({ polls, batches }: PollTold, { before, outage, after }: Spans, cpu: Watched['cpu']) {
  const minuteMs = 60_000 / SCALE;
  const inSpan = ({ from, until }: Span): PollTold['polls'] =>
    polls.filter(({ at }) => at >= from && at < until);
  const ordinary = inSpan(before).length / ((before.until - before.from) / minuteMs);
  const minutes = Map.groupBy(inSpan(after), ({ at }) => Math.floor((at - after.from) / minuteMs));
  const busiest = Math.max(...[...minutes.values()].map(({ length }) => length));
  const took = (span: Span): readonly number[] => inSpan(span).flatMap((one) => one.took ?? []);
  return {
    polls: polls.length,
    unchanged: polls.filter(({ status }) => status === 304).length,
    batches: batches.length,
    theirMinutesAway: Math.round((outage.until - outage.from) / minuteMs),
    turnedAway: inSpan(outage).length,
    pollsAMinute: Math.round(ordinary),
    cpuMicrosPerPoll: {
      server: Math.round(cpu.server / inSpan(before).length),
      postgres: Math.round(cpu.postgres / inSpan(before).length),
    },
    busiestMinuteAfter: busiest,
    peak: thousandths(busiest / ordinary),
    lostAfter: inSpan(after).filter((one) => one.took === null && one.at > after.from + 1_000).length,
    p99Ms: percentile(took(before), 0.99),
    p99AfterMs: percentile(took(after), 0.99),
    p50Ms: percentile(took(before), 0.5),
    batchP99Ms: percentile(batches, 0.99),
  };
}

type Report = ReturnType<typeof reportOf> & { readonly loadBefore: number };

function judge({ loadBefore, p99Ms, p99AfterMs, peak, lostAfter }: Report): void {
  const missed = [
    ...(peak > LIMITS.peakMost
      ? [`They came back ${peak} times as many at once as on an ordinary day.`]
      : []),
    ...(lostAfter > LIMITS.lostMost ? [`${lostAfter} were not answered after it had come back.`] : []),
  ];
  if (loadBefore > QUIET_LOAD_MOST)
    process.stdout.write(`Others are at work here (load ${loadBefore}): times are not judged.\n`);
  else if (Math.max(p99Ms, p99AfterMs) > LIMITS.p99MostMs) missed.push(`p99 above ${LIMITS.p99MostMs} ms.`);
  for (const one of missed) process.stderr.write(`${one}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

await main();
