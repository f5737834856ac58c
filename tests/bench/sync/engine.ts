// One measurement of ../sync.ts in a process of its own: the engine as in the product, or the floor, which takes the same
// bytes from the same socket and does nothing with them.
import { readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type * as OpenEngine from '#engine/open-engine.ts';

export type EngineWish = {
  readonly what: 'first' | 'history' | 'parties' | 'floor';
  readonly engine: string;
  readonly dataFolder: string;
  readonly port: number;
  /** Of the floor: where the requests are kept, and which in which order. */
  readonly folder: string;
  readonly keys: readonly string[];
};

const wish: EngineWish = JSON.parse(process.argv[2] ?? '');
const host = '127.0.0.1';

/** Of this process alone: Node's own figure is inherited from the parent. */
function peakMb(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Math.round(Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function read(key: string): Promise<number> {
  const body = readFileSync(path.join(wish.folder, `${key}.request`));
  const isGreeting = body.length === 0;
  const headers = { 'content-type': 'text/xml;charset=utf-16', 'content-length': body.length };
  return await new Promise((resolve, reject) => {
    const made = ask({ host, port: wish.port, method: isGreeting ? 'GET' : 'POST', headers }, (reply) => {
      let byteCount = 0;
      reply.on('data', (chunk: Buffer) => void (byteCount += chunk.length));
      reply.on('end', () => resolve(byteCount));
    });
    made.on('error', reject);
    made.end(body);
  });
}

async function floor(): Promise<object> {
  let byteCount = 0;
  const [startedAt, before] = [performance.now(), cpuMs()];
  for (const key of wish.keys) byteCount += await read(key);
  return { ms: performance.now() - startedAt, cpuMs: cpuMs() - before, byteCount, peakMb: peakMb() };
}

async function open() {
  const { openEngine }: typeof OpenEngine = await import(wish.engine);
  const { client, context } = await openEngine({
    dataFolder: wish.dataFolder,
    version: 'bench',
    now: () => Date.UTC(2026, 10, 20, 4, 30),
    onBug: (_, error) => {
      throw error;
    },
  });
  await client.books.create({ name: 'Bench Traders' });
  const { companies } = await client.sync.look({ host, port: wish.port });
  const [company] = companies;
  if (!company) throw new Error('No company.');
  return {
    client,
    context,
    connect: () => client.sync.connect({ host, port: wish.port, company, options: { speed: 'normal' } }),
  };
}

type Opened = Awaited<ReturnType<typeof open>>;

type Status = Awaited<ReturnType<Opened['connect']>>;

/** Told as the window is: at most four times a second. */
async function until(client: Opened['client'], isThere: (status: Status) => boolean): Promise<Status> {
  for await (const status of await client.sync.watch()) {
    if (status.failure) throw new Error(status.failure.sentence);
    if (isThere(status)) return status;
  }
  throw new Error('The watch ended before the sync did.');
}

/** As soon as it is so: asks the book's own row, which costs next to nothing. */
async function firstSynced({ context }: Opened): Promise<void> {
  const db = context.shelf.current()?.db;
  const isSynced = (): boolean =>
    db?.read(({ sqlite }) => sqlite.prepare('select synced_at from tally_connection').pluck().get()) !== null;
  while (!isSynced()) await new Promise((resolve) => setTimeout(resolve, 4));
}

/** From the click to a complete aging; then looks at a Tally in which nothing changed. */
async function first(): Promise<object> {
  const opened = await open();
  const { client, connect } = opened;
  const startedAt = performance.now();
  const begun = performance.timeOrigin + startedAt;
  await connect();
  await firstSynced(opened);
  const { totals } = await client.aging.summary({});
  const ms = performance.now() - startedAt;
  await client.sync.pause();
  await until(client, ({ isReading }) => !isReading);
  await client.sync.check();
  const checks: number[] = [];
  const checkedFrom = performance.timeOrigin + performance.now();
  for (let times = 0; times < 20; times += 1) {
    const at = performance.now();
    await client.sync.check();
    checks.push(performance.now() - at);
  }
  return { ms, begun, ended: begun + ms, checkedFrom, checks, openBillCount: totals.openBillCount };
}

/** From the first aging to the last document that the history explains. */
async function history(): Promise<object> {
  const opened = await open();
  const { client, connect } = opened;
  const [startedAt, before] = [performance.now(), cpuMs()];
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await connect();
  await firstSynced(opened);
  const firstMs = performance.now() - startedAt;
  const firstBlockedMs = delay.max / 1e6;
  delay.reset();
  const status = await until(client, (one) => one.history?.state === 'complete' && !one.isReading);
  delay.disable();
  const ms = performance.now() - startedAt;
  const runs = await client.sync.runs({});
  return {
    ms,
    firstMs,
    cpuMs: cpuMs() - before,
    peakMb: peakMb(),
    firstBlockedMs,
    blockedMs: delay.max / 1e6,
    blockedP999Ms: delay.percentile(99.9) / 1e6,
    vouchers: status.history?.voucherCount,
    windows: status.history?.windowsDone,
    differencePaise: status.tieOut?.differencePaise,
    byteCount: runs.reduce((sum, run) => sum + run.byteCount, 0),
  };
}

/** One customer after another, as before reminders leave, while the history is read. */
async function parties(): Promise<object> {
  const { client, connect } = await open();
  await connect();
  await until(client, (one) => one.history?.state === 'reading');
  const { rows } = await client.customers.list({});
  const times: number[] = [];
  for (const { customerId } of rows) {
    const status = await client.sync.status();
    if (status.history?.state !== 'reading' || times.length >= 200) break;
    const at = performance.now();
    await client.sync.refreshParty({ customerId });
    times.push(performance.now() - at);
  }
  return { times };
}

// The engine's own timers keep no process alive.
setInterval(() => undefined, 60_000);
const work = { first, history, parties, floor }[wish.what];
process.stdout.write(JSON.stringify(await work()), () => process.exit(0));
