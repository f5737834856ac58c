// npm run registry: one registry on one machine. Settings come from the environment (settings.ts). With a word behind it
// ('-- members', '-- admit N'…) it does what the operator says and ends.
import Fastify, { type FastifyInstance } from 'fastify';
import { makeMetrics, type Metrics } from './api/metrics.ts';
import { ownPostgres, wishOf } from './from-settings.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { openRegistry, type OpenRegistry } from './open-registry.ts';
import { missingTemplates } from './notifier/sms-templates.ts';
import { alarmGauges } from './operator/alarms.ts';
import { operate } from './operator/program.ts';
import type { RunningPostgres } from './postgres/start-postgres.ts';
import { readSettings, type Settings } from './settings.ts';
import { factsOf, logLine } from './structured-log.ts';

type Running = {
  readonly open: OpenRegistry;
  readonly postgres: RunningPostgres | null;
  readonly metrics: FastifyInstance | null;
  readonly stopJobs: () => Promise<void>;
};

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  const starting = start(settings);
  const stop = once(async (code) => {
    logLine('stopping');
    setTimeout(() => {
      logLine('stopped-by-force');
      process.exit(1);
    }, settings.REGISTRY_STOP_SECONDS * 1000).unref();
    // A stop that comes while it starts must not leave a database behind.
    await stopped(await starting);
    logLine('stopped');
    process.exit(code);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0));
  process.on('disconnect', () => stop(0));
  const { postgres } = await starting;
  logLine('ready', { port: settings.REGISTRY_PORT });
  process.send?.({ ready: true });
  if (postgres === null) return;
  // Whoever keeps this program running starts it again, and with it the database.
  await postgres.ended;
  stop(1);
}

async function start(settings: Settings): Promise<Running> {
  const postgres = settings.DATABASE_URL === undefined ? await ownPostgres(settings) : null;
  const metrics = makeMetrics();
  try {
    const databaseUrl = settings.DATABASE_URL ?? postgres?.url ?? '';
    const open = await openRegistry({
      ...wishOf(settings, databaseUrl),
      log: (event, facts) => {
        metrics.counted(event);
        logLine(event, facts);
      },
      onBug: (errorId, error) => {
        metrics.counted('bug');
        logLine('bug', { errorId, ...factsOf(error) });
      },
      onAnswer: metrics.answered,
    });
    const missing = settings.SMS_URL === undefined ? [] : missingTemplates(settings.SMS_TEMPLATES);
    if (missing.length > 0) logLine('sms.templates-missing', { warning: true, missing: missing.join(' ') });
    if (settings.admits === 'everyone') logLine('everyone-is-admitted', { warning: true });
    await open.app.listen({ host: settings.REGISTRY_HOST, port: settings.REGISTRY_PORT });
    const page = await metricsPage(settings, open, metrics);
    const jobs = settings.REGISTRY_JOBS === 'on' ? open.jobs : [];
    const { stop: stopJobs } = startJobs(open.registry, jobs, (job, error) => {
      metrics.counted('job.failed');
      logLine('job.failed', { job, ...factsOf(error) });
    });
    return { open, postgres, metrics: page, stopJobs };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

async function metricsPage(
  { REGISTRY_METRICS_PORT: port }: Settings,
  { registry }: OpenRegistry,
  metrics: Metrics,
): Promise<FastifyInstance | null> {
  if (port === 0) return null;
  const app = Fastify({ logger: false });
  app.get('/metrics', async (_request, reply) => {
    const { used, waiting } = registry.store.load();
    // What is told of the server itself is told while its database is away, too.
    const alarms = await alarmGauges(registry).catch(() => ({}));
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return metrics.text({
      registry_database_connections_used: used,
      registry_database_connections_waited_for: waiting,
      ...alarms,
      process_resident_memory_bytes: process.memoryUsage.rss(),
      process_uptime_seconds: process.uptime(),
    });
  });
  await app.listen({ host: '127.0.0.1', port });
  return app;
}

/** First nothing new is taken, then what runs ends, then what it ran on. */
async function stopped({ open, postgres, metrics, stopJobs }: Running): Promise<void> {
  await Promise.all([open.app.close(), stopJobs()]);
  await metrics?.close();
  await open.close();
  await postgres?.stop();
}

function once(work: (code: number) => Promise<void>): (code: number) => void {
  let isDone = false;
  return (code) => {
    if (isDone) return;
    isDone = true;
    work(code).catch((error: unknown) => {
      logLine('stop.failed', factsOf(error));
      process.exit(1);
    });
  };
}

const words = process.argv.slice(2);
(words.length === 0 ? run() : operate(words)).catch((error: unknown) => {
  // Only here a message is told: it speaks of settings and of what is installed, to whoever started it.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
