// Many desktops in one process, each looking for news when its time has come; hours go by in minutes. Started by
// registry-polls.ts.
import { gzipSync } from 'node:zlib';
import { randomInt } from 'node:crypto';
import { pollAfterSeconds } from '#domain/registry/polling.ts';
import { signingKey } from '#registry/crypto.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import { batcher, due, type Batcher } from '#tests/builders/registry/batch.ts';
import { AUTHORITY } from '#tests/builders/registry/sign.ts';
import { call, poll } from './desktops.ts';

export type PollLoad = {
  readonly port: number;
  readonly seed: Uint8Array;
  readonly desktops: number;
  /** Seconds of theirs in one of ours. */
  readonly scale: number;
  /** Names of debtors whose tokens were blinded. */
  readonly debtors: readonly string[];
  /** Of a hundred polls so many bring a batch with them. */
  readonly batchPercent: number;
};

export type PollTold = {
  /** Milliseconds since 1970, and how long it took; null where nobody answered. */
  readonly polls: readonly { readonly at: number; readonly took: number | null; readonly status: number }[];
  readonly batches: readonly number[];
  readonly cpuMicros: number;
};

/** As the engine waits after failures (src-engine/services/registry/sync.ts): full jitter. */
const BACKOFF_FIRST_SECONDS = 2;
const BACKOFF_MOST_SECONDS = 30 * 60;
const TICK_MS = 5;

type Desktop = { readonly memberNo: number; cursor: string; failures: number; batcher: Batcher | null };

process.on('message', (load: PollLoad | 'end') => {
  if (load !== 'end') return start(load);
  isEnding = true;
});

let isEnding = false;

function start(load: PollLoad): void {
  const key = signingKey(load.seed);
  const told: { polls: PollTold['polls'][number][]; batches: number[] } = { polls: [], batches: [] };
  const due = new Map<number, Desktop[]>();
  let next = tickOf(Date.now());
  const plan = (desktop: Desktop, seconds: number): void => {
    const tick = Math.max(next, tickOf(Date.now() + (seconds * 1000) / load.scale));
    const there = due.get(tick);
    if (there) there.push(desktop);
    else due.set(tick, [desktop]);
  };
  const look = async (desktop: Desktop): Promise<void> => {
    const at = Date.now();
    try {
      if (randomInt(100) < load.batchPercent) told.batches.push(await sendBatch(load, key, desktop));
      const answer = await poll({ port: load.port, key, memberNo: desktop.memberNo, cursor: desktop.cursor });
      told.polls.push({ at, took: answer.milliseconds, status: answer.status });
      desktop.cursor = answer.cursor;
      desktop.failures = 0;
      plan(desktop, answer.pollAfterSeconds ?? pollAfterSeconds(randomInt(1e6) / 1e6));
    } catch {
      told.polls.push({ at, took: null, status: 0 });
      desktop.failures += 1;
      const most = Math.min(BACKOFF_MOST_SECONDS, BACKOFF_FIRST_SECONDS * 2 ** (desktop.failures - 1));
      plan(desktop, randomInt(1, most * 1000) / 1000);
    }
  };
  // As on any day: each stands somewhere between two looks.
  for (let at = 1; at <= load.desktops; at += 1)
    plan({ memberNo: at, cursor: '0', failures: 0, batcher: null }, randomInt(1, pollAfterSeconds(0.5)));
  const timer = setInterval(() => {
    for (const now = tickOf(Date.now()); next <= now; next += 1) {
      for (const desktop of due.get(next) ?? []) void look(desktop);
      due.delete(next);
    }
    if (!isEnding) return;
    clearInterval(timer);
    const { user, system } = process.cpuUsage();
    process.send?.({ ...told, cpuMicros: user + system } satisfies PollTold);
  }, TICK_MS);
}

function tickOf(at: number): number {
  return Math.floor(at / TICK_MS);
}

const ITEMS = 20;

async function sendBatch(
  { port, debtors }: PollLoad,
  key: ReturnType<typeof signingKey>,
  desktop: Desktop,
): Promise<number> {
  const { memberNo } = desktop;
  const memberId = memberIdOf(memberNo);
  desktop.batcher ??= batcher({ origin: `${AUTHORITY}/log1`, memberId, deviceId: 'd1', key, now: Date.now });
  const body = desktop.batcher.batch(
    Array.from({ length: ITEMS }, () => {
      const ref = `${memberNo} ${randomInt(1e9)}`;
      return due({ ref, of: debtors[randomInt(debtors.length)] ?? '' });
    }),
  );
  const answer = await call({
    port,
    key,
    memberNo,
    method: 'POST',
    target: '/v1/batches',
    body: gzipSync(JSON.stringify(body)),
    headers: { 'content-encoding': 'gzip' },
    idempotencyKey: body?.batch_id ?? '',
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.milliseconds;
}
