import { fileOf } from '#tests/builders/facts.ts';
import { addressOf, desktop, joinAs, synced, type Desktop } from '#tests/builders/registry/desktop.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const waits = async ({ client }: Desktop): Promise<number> =>
  ((await client.registry.membership()).nextSyncAt ?? 0) - registry.registry.now();

it('waits longer after each try that reached nobody, never the same time, and half an hour at the most', async () => {
  const one = await desktop(registry);
  await joinAs(registry, one);
  const callAt = (address: string): void =>
    fileOf(one).write(
      (tx) => void tx.sqlite.prepare('update registry_membership set address = ?').run(address),
    );
  callAt('http://127.0.0.1:9');
  const all: number[] = [];
  for (let tried = 0; tried < 14; tried += 1) {
    await synced(one);
    all.push(await waits(one));
    expect(all.at(-1)).toBeGreaterThan(0);
    expect(all.at(-1)).toBeLessThanOrEqual(Math.min(30 * 60_000, 2_000 * 2 ** tried));
  }
  // Chance may make one of them short, and not all of the last ten.
  expect(Math.max(...all.slice(4))).toBeGreaterThan(2_000);
  expect(new Set(all).size).toBeGreaterThan(5);
  callAt(await addressOf(registry));
  await synced(one);
  expect((await one.client.registry.membership()).trouble).toBeNull();
});

it('comes back no sooner than the registry said', async () => {
  const one = await desktop(registry);
  await joinAs(registry, one);
  await registry.registry.store.rows({
    text: `INSERT INTO quota SELECT member_no, 'changes', $1, 1440 FROM member
           ON CONFLICT (member_no, kind, day) DO UPDATE SET used = 1440`,
    values: [registry.registry.today()],
  });
  await synced(one);
  expect((await one.client.registry.membership()).trouble?.code).toBe('too_many');
  // It is ten in the morning, and a new day's quota begins at midnight of India.
  expect(await waits(one)).toBe(14 * 3_600_000);
});
