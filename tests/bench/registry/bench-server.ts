// A registry in a process of its own, as it runs in production, for the benches. Told by its parent; tells where it listens,
// and what it used so far when it is asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startJobs } from '#registry/jobs/start-jobs.ts';
import { openRegistry } from '#registry/open-registry.ts';
import { AUTHORITY } from '#tests/builders/registry/sign.ts';
import type { BenchServerWish, ServerUse } from './serve.ts';

const given: BenchServerWish = JSON.parse(process.argv[2] ?? '{}');

const open = await openRegistry({
  databaseUrl: given.databaseUrl,
  keyFolder: given.keyFolder,
  notifier: { send: () => Promise.resolve('sent') },
  name: 'Bench',
  origin: `${AUTHORITY}/log1`,
  publicUrl: `https://${AUTHORITY}`,
  log: () => undefined,
  onBug: (_id, error) => process.stderr.write(`${String(error)}\n`),
  connectionsMost: given.connections,
});
const { stop } = startJobs(
  open.registry,
  open.jobs.filter(({ name }) => given.jobs.includes(name)),
  (name, error) => process.stderr.write(`${name}: ${String(error)}\n`),
);
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
await open.app.listen({ host: '127.0.0.1', port: given.port ?? 0 });
const address = open.app.server.address();

/** Where the process may collect its garbage by itself (--expose-gc), what is left after it. */
const heapLeft = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const used = (): ServerUse => {
  const lagP99Ms = Math.round(delay.percentile(99) / 1e5) / 10;
  delay.reset();
  const { user, system } = process.cpuUsage();
  return {
    cpuMicros: user + system,
    rssBytes: process.memoryUsage.rss(),
    heapBytes: heapLeft(),
    lagP99Ms,
    connections: open.registry.store.load(),
  };
};

process.on('message', (word) => {
  if (word === 'use') process.send?.({ use: used() });
  if (word === 'stop')
    void stop()
      .then(() => open.close())
      // A profile is written as the process ends by itself.
      .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: typeof address === 'object' ? address?.port : null });
