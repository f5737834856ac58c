import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileOf, moneyIn } from '#tests/builders/facts.ts';
import { addressOf, desktop, joinAs, owes, publishAll, synced } from '#tests/builders/registry/desktop.ts';
import { gstinOf } from '#tests/builders/registry/member.ts';
import { copyOfDatabase, tempDatabase } from '#tests/builders/registry/postgres.ts';
import { TEN_IN_THE_MORNING, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import type { Notice } from '#registry/notifier/notifier.ts';
import { openRegistry, type OpenRegistry } from '#registry/open-registry.ts';
import { expect, it, onTestFinished } from 'vitest';

// The server is brought back from a backup. Where the backup is whole nobody notices; where it is older than what was
// promised, every desktop that was promised more raises the alarm.

type Server = OpenRegistry & Pick<TempRegistry, 'sent'>;

const DAY_MS = 86_400_000;

it('goes on from a whole backup, and an older one is told by every desktop that knows more', async () => {
  const keyFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-restored-'));
  onTestFinished(() => rmSync(keyFolder, { recursive: true, force: true }));
  const database = await tempDatabase();
  onTestFinished(() => database.drop());
  let now = TEN_IN_THE_MORNING;
  let port = 0;
  const sent: Notice[] = [];
  const serve = async (databaseUrl: string): Promise<Server> => {
    const open = await openRegistry({
      databaseUrl,
      keyFolder,
      notifier: { send: (notice) => Promise.resolve((sent.push(notice), 'sent' as const)) },
      name: 'Test registry',
      origin: 'registry.test/log1',
      publicUrl: 'https://registry.test',
      admits: 'everyone',
      log: () => undefined,
      onBug: (_id, error) => expect(error).toBeNull(),
      now: () => now,
    });
    await open.app.listen({ port, host: '127.0.0.1' });
    return { ...open, sent };
  };
  const logged = async ({ jobs, registry }: Server): Promise<void> => {
    for (const job of jobs) if (job.name === 'log.sequence') await job.run(registry);
  };

  let server = await serve(database.url);
  port = Number(new URL(await addressOf(server)).port);
  const one = await desktop(server);
  await joinAs(server, one, { gstin: gstinOf(9_001) });
  const { customerId, billIds } = owes(one, { gstin: gstinOf(9_002), amounts: [10_000, 20_000] });
  await publishAll(one, billIds);
  now += DAY_MS + 60_000;
  await synced(one);
  await logged(server);
  await synced(one);
  const membership = () => one.client.registry.membership();
  expect(await membership()).toMatchObject({ trouble: null, queuedCount: 0, log: { size: 1 } });

  const settle = async (at: number, amount: number): Promise<void> => {
    fileOf(one).write((tx) =>
      moneyIn(tx, customerId, {
        amount,
        day: '2026-11-20',
        allocated: new Map([[billIds[at] ?? 0, amount]]),
      }),
    );
    await synced(one);
    // The server before this one kept the log to itself for so long.
    now += 2 * 60_000;
    await logged(server);
    await synced(one);
  };

  await server.close();
  const old = await copyOfDatabase(database.url);
  onTestFinished(() => old.drop());
  server = await serve(database.url);
  await settle(0, 10_000);
  expect(await membership()).toMatchObject({ trouble: null, log: { size: 2 } });

  await server.close();
  const whole = await copyOfDatabase(database.url);
  onTestFinished(() => whole.drop());
  server = await serve(whole.url);
  await settle(1, 20_000);
  expect(await membership()).toMatchObject({ trouble: null, log: { size: 3 } });
  expect((await one.client.registry.published({})).map(({ state }) => state)).toEqual(['settled', 'settled']);

  await server.close();
  server = await serve(old.url);
  onTestFinished(() => server.close());
  await synced(one);
  expect((await membership()).trouble?.code).toBe('log-broken');
  // What it knew of the longer log is kept: the alarm stays until somebody explains it.
  expect((await membership()).log?.size).toBe(3);
  // The payments that the older backup has forgotten are told anew, though nothing happened here.
  const atServer = async (): Promise<readonly { readonly state: string }[]> =>
    await server.registry.store.rows({ text: 'select state from due order by amount_p' });
  expect((await atServer()).map(({ state }) => state)).toEqual(['open', 'open']);
  for (let round = 0; round < 2; round += 1) await synced(one);
  expect((await atServer()).map(({ state }) => state)).toEqual(['settled', 'settled']);
});
