// All kinds of calls at an even rate for BAAKI_SOAK_MINUTES (3): whether memory, connections and times stay what they were.
// Run: node tests/bench/registry-soak.ts
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { day } from '#domain/days.ts';
import type { SigningKey } from '#registry/crypto.ts';
import { keyOfToken, uuidV7 } from '#registry/ids.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import { openStore, type Store } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { seeEntities } from '#registry/store/subject-entities.ts';
import { batcher, due, tokenOf, type Batcher } from '#tests/builders/registry/batch.ts';
import { gstinOf, panOf } from '#tests/builders/registry/member.ts';
import { AUTHORITY } from '#tests/builders/registry/sign.ts';
import { benchPostgres, loadNow, QUIET_LOAD_MOST, writeReport } from './registry/bench-postgres.ts';
import { makeConsents, makeWorld, type World } from './registry/check-world.ts';
import { benchKey, call, poll, type Answer } from './registry/desktops.ts';
import { percentile, thousandths } from './registry/rates.ts';
import { serve, type BenchServer, type ServerUse } from './registry/serve.ts';

const MINUTES = Number(process.env['BAAKI_SOAK_MINUTES'] ?? 3);
const MEMBERS = 2_000;
const SUBJECTS = 5_000;
const CHECKS_A_SECOND = 20;
const POLLS_A_SECOND = 20;
const BLINDS_A_SECOND = 2;
const ITEMS = 100;
/** Until code is compiled and caches are full. */
const WARM_SHARE = 1 / 3;
/** Shorter ones tell of leaks by the heap alone: what is not collected. */
const LONG_MINUTES = 20;
const LIMITS = { heapMbAMinute: 1, rssMbAMinute: 1, p99Drift: 0.2 } as const;
const HEAP_SHORT_MB_A_MINUTE = 3;

type Sample = { readonly minute: number; readonly use: ServerUse };
type Took = { readonly minute: number; readonly kind: string; readonly answer: Answer };

async function main(): Promise<void> {
  const loadBefore = loadNow();
  const { postgres, version, keyFolder, remove } = await benchPostgres();
  const store = openStore({ url: postgres.url, onTrouble: () => undefined });
  try {
    const key = benchKey();
    await migrate(store);
    const world = await makeWorld({
      store,
      memberCount: MEMBERS,
      subjectCount: SUBJECTS,
      publicKey: key.publicKey,
    });
    const jobs = ['log.sequence', 'subject-summaries', 'short-lived'];
    const server = await serve({
      databaseUrl: postgres.url,
      keyFolder,
      connections: 10,
      jobs,
      isWatched: true,
    });
    const { samples, took } = await soaked({ server, store, world, key });
    const idle = await server.use();
    await server.stop();
    const report = {
      postgres: version,
      loadBefore,
      loadAfter: loadNow(),
      minutes: MINUTES,
      ...reportOf(samples, took, idle),
    };
    writeReport('registry-soak', report);
    judge(report);
  } finally {
    await store.close();
    await remove();
  }
}

type Ready = {
  readonly server: BenchServer;
  readonly store: Store;
  readonly world: World;
  readonly key: SigningKey;
};

async function soaked(ready: Ready): Promise<{ readonly samples: Sample[]; readonly took: Took[] }> {
  const [samples, took]: [Sample[], Took[]] = [[], []];
  const began = performance.now();
  const minuteNow = (): number => (performance.now() - began) / 60_000;
  const running = new Set<Promise<void>>();
  const run = (kind: string, work: Promise<Answer>): void => {
    const minute = minuteNow();
    const done = work
      .then((answer) => void took.push({ minute, kind, answer }))
      .finally(() => running.delete(done));
    running.add(done);
  };
  const senders = new Map<number, Batcher>();
  for (let second = 0; minuteNow() < MINUTES; second += 1) {
    const checks = await checksOf(ready, second);
    if (second % 5 === 0) samples.push({ minute: minuteNow(), use: await ready.server.use() });
    run('batch', sendBatch(ready, senders));
    for (let at = 0; at < CHECKS_A_SECOND; at += 1) {
      const check = checks[at];
      if (check) run('check', check());
      for (let one = 0; one < POLLS_A_SECOND / CHECKS_A_SECOND; one += 1)
        run('poll', poll({ port: ready.server.port, key: ready.key, memberNo: memberOf(), cursor: '0' }));
      if (at < BLINDS_A_SECOND) run('blind', blind(ready));
      const next = began + second * 1000 + ((at + 1) * 1000) / CHECKS_A_SECOND;
      await pause(Math.max(0, next - performance.now()));
    }
  }
  await Promise.all(running);
  return { samples, took };
}

const memberOf = (): number => 1 + randomInt(MEMBERS);

/** A consent of its own for each. */
async function checksOf(
  { server, store, world, key }: Ready,
  second: number,
): Promise<readonly (() => Promise<Answer>)[]> {
  const wanted = Array.from({ length: CHECKS_A_SECOND }, (_, at) => ({
    memberNo: 1 + ((second * CHECKS_A_SECOND + at) % MEMBERS),
    consentId: uuidV7(Date.now(), Buffer.from(`${second}-${at}`.padEnd(16, '.'))),
    subject: world.subjects[randomInt(world.subjects.length)] ?? Buffer.alloc(32),
  }));
  await makeConsents(store, wanted);
  return wanted.map(({ memberNo, consentId, subject }) => () => {
    const pan = `h1.${subject.toString('base64url')}`;
    return call({
      port: server.port,
      key,
      memberNo,
      method: 'POST',
      target: '/v1/checks',
      idempotencyKey: consentId,
      body: Buffer.from(
        JSON.stringify({
          schema: 'check.v1',
          check_id: consentId,
          consent_id: consentId,
          subject: { pan, gstin: null, mobile: null, entity: 'C' },
        }),
      ),
    });
  });
}

async function sendBatch({ server, store, key }: Ready, senders: Map<number, Batcher>): Promise<Answer> {
  const memberNo = memberOf();
  const of = {
    origin: `${AUTHORITY}/log1`,
    memberId: memberIdOf(memberNo),
    deviceId: 'd1',
    key,
    now: Date.now,
  };
  const sender = senders.get(memberNo) ?? batcher(of);
  senders.set(memberNo, sender);
  const names = Array.from({ length: ITEMS }, () => `${memberNo} ${randomInt(1e9)}`);
  const seen = names.map((name) => ({
    subject_key: keyOfToken(tokenOf(name)),
    is_person: false,
    holds_pan: false,
  }));
  await seeEntities(store, day('2026-11-22'), seen);
  const body = sender.batch(names.map((name) => due({ ref: name, of: name })));
  return await call({
    port: server.port,
    key,
    memberNo,
    method: 'POST',
    target: '/v1/batches',
    idempotencyKey: body?.batch_id ?? '',
    body: gzipSync(JSON.stringify(body)),
    headers: { 'content-encoding': 'gzip' },
  });
}

async function blind({ server, key }: Ready): Promise<Answer> {
  const ids = Array.from({ length: 5 }, () => ({ kind: 'pan', value: panOf(gstinOf(randomInt(9_999))) }));
  return await call({
    port: server.port,
    key,
    memberNo: memberOf(),
    method: 'POST',
    target: '/v1/blind',
    idempotencyKey: uuidV7(Date.now(), Buffer.from(`${randomInt(1e12)}`.padEnd(16, '.'))),
    body: Buffer.from(JSON.stringify({ schema: 'blind.v1', kv: 'h1', ids })),
  });
}

function reportOf(samples: readonly Sample[], took: readonly Took[], idle: ServerUse) {
  const warm = MINUTES * WARM_SHARE;
  const late = samples.filter(({ minute }) => minute >= warm);
  const slope = (of: (use: ServerUse) => number): number =>
    thousandths(slopeOf(late.map(({ minute, use }) => [minute, of(use) / 2 ** 20])));
  const p99 = (from: number, until: number): number =>
    percentile(
      took
        .filter(({ kind, minute }) => kind === 'check' && minute >= from && minute < until)
        .map(({ answer }) => answer.milliseconds),
      0.99,
    );
  const half = (MINUTES - warm) / 2;
  const [first, second] = [p99(warm, warm + half), p99(warm + half, Infinity)];
  const statuses = Map.groupBy(took, ({ kind, answer }) => `${kind} ${answer.status}`);
  return {
    answers: Object.fromEntries([...statuses].map(([name, all]) => [name, all.length])),
    heapMbAMinute: slope(({ heapBytes }) => heapBytes),
    rssMbAMinute: slope(({ rssBytes }) => rssBytes),
    rssMb: Math.round((samples.at(-1)?.use.rssBytes ?? 0) / 2 ** 20),
    checkP99Ms: { first, second },
    p99Drift: thousandths(second / first - 1),
    lagP99Ms: Math.max(...late.map(({ use }) => use.lagP99Ms)),
    connectionsWhenIdle: idle.connections,
  };
}

/** Of the straight line that lies closest. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  return mean((point) => (point[0] - x) * (point[1] - y)) / mean((point) => (point[0] - x) ** 2);
}

type Report = ReturnType<typeof reportOf> & { readonly loadBefore: number };

function judge({
  answers,
  heapMbAMinute,
  rssMbAMinute,
  p99Drift,
  connectionsWhenIdle,
  loadBefore,
}: Report): void {
  const isLong = MINUTES >= LONG_MINUTES;
  const heapMost = isLong ? LIMITS.heapMbAMinute : HEAP_SHORT_MB_A_MINUTE;
  const unlike = Object.keys(answers).filter((name) => !/ (?:200|304)$/.test(name));
  const missed = [
    ...unlike.map((name) => `Answered otherwise: ${name}.`),
    ...(heapMbAMinute > heapMost ? [`The heap grows by ${heapMbAMinute} MB a minute.`] : []),
    ...(isLong && rssMbAMinute > LIMITS.rssMbAMinute ? [`Memory grows by ${rssMbAMinute} MB a minute.`] : []),
    ...(connectionsWhenIdle.used + connectionsWhenIdle.waiting > 0
      ? ['Connections were not given back.']
      : []),
  ];
  if (loadBefore > QUIET_LOAD_MOST)
    process.stdout.write(`Others are at work here (load ${loadBefore}): times are not judged.\n`);
  else if (isLong && Math.abs(p99Drift) > LIMITS.p99Drift) missed.push(`p99 moved by ${p99Drift}.`);
  for (const one of missed) process.stderr.write(`${one}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

await main();
