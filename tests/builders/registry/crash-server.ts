// A registry in a process of its own, for tests that kill it. Told by its parent; tells when it listens and where.
import { openRegistry } from '#registry/open-registry.ts';
import { startJobs } from '#registry/jobs/start-jobs.ts';

const [databaseUrl = '', keyFolder = ''] = process.argv.slice(2);

const open = await openRegistry({
  databaseUrl,
  keyFolder,
  notifier: { send: () => Promise.resolve('sent') },
  name: 'Crash test',
  origin: 'registry.test/log1',
  publicUrl: 'http://localhost',
  log: () => undefined,
  onBug: (_errorId, error) => process.send?.({ bug: error instanceof Error ? error.message : String(error) }),
  connectionsMost: 6,
});
await open.app.listen({ host: '127.0.0.1', port: 0 });
const address = open.app.server.address();
startJobs(
  open.registry,
  open.jobs.filter(({ name }) => name === 'log.sequence'),
  () => undefined,
);
process.on('disconnect', () => process.exit(0));
process.send?.({ port: typeof address === 'object' ? address?.port : null });
