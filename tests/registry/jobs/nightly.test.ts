import { debtor, vouch } from '#tests/builders/registry/debtor.ts';
import { member } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// How the jobs of the night run: in slices, on one server at a time, once a night; and what goes within the hour.

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

/** So many things that a member was told, older than any is kept. */
const putOld = async (memberNo: number, count = 1): Promise<void> => {
  await rows(
    `INSERT INTO feed (member_no, n, at, change)
     SELECT $1, coalesce((SELECT max(n) FROM feed WHERE member_no = $1), 0) + k, '2025-01-01', '{}'
     FROM generate_series(1, $2::integer) AS k`,
    [memberNo, count],
  );
};
const leftOf = async (memberNo: number): Promise<number> =>
  (await rows('SELECT 1 FROM feed WHERE member_no = $1', [memberNo])).length;

describe('what is kept for minutes', () => {
  it('forgets signatures’ nonces after 11 minutes, passwords after their hour, sessions after theirs', async () => {
    const own = await tempRegistry();
    const joined = await member(own);
    await joined.answer('me');
    const of = await debtor(own);
    await vouch(own, joined, of);
    await own.app.inject({
      method: 'POST',
      url: '/v1/subject/session',
      payload: { schema: 'session.v1', mobile: of.mobile, identifier: of.pan, lang: 'en' },
    });
    const left = async (): Promise<readonly number[]> =>
      await Promise.all(
        ['nonce', 'session', 'application'].map(
          async (table) => (await own.registry.store.rows({ text: `SELECT 1 FROM ${table}` })).length,
        ),
      );
    const sweep = async (): Promise<void> => {
      await runJob(own, 'short-lived');
      await runJob(own, 'sessions');
    };
    await sweep();
    expect(await left()).toEqual([1, 1, 1]);
    own.pass({ minutes: 9 });
    await sweep();
    expect(await left()).toEqual([1, 1, 1]);
    own.pass({ minutes: 3 });
    await sweep();
    expect(await left()).toEqual([0, 0, 1]);
    own.pass({ minutes: 60 });
    await sweep();
    expect(await left()).toEqual([0, 0, 0]);
  });
});

describe('a night’s work', () => {
  it('takes more than a slice in one run, and goes on where a killed one was cut off', async () => {
    registry.pass({ days: 1 });
    await putOld(77, 1_600);
    // Six steps come before it, and two slices of it are done.
    let allowed = 8;
    const { store } = registry.registry;
    const dying = {
      ...registry.registry,
      store: {
        ...store,
        transaction: ((work) => {
          allowed -= 1;
          return allowed < 0 ? Promise.reject(new Error('killed')) : store.transaction(work);
        }) satisfies typeof store.transaction,
      },
    };
    const job = registry.jobs.find(({ name }) => name === 'retention');
    const left = (): Promise<number> => leftOf(77);
    await expect(job?.run(dying)).rejects.toThrow('killed');
    const between = await left();
    expect(between).toBeGreaterThan(0);
    expect(between).toBeLessThan(1600);
    const other = await registry.second();
    await Promise.all([runJob(registry, 'retention'), runJob(other, 'retention')]);
    expect(await left()).toBe(0);
  });

  it('is done once a night, over all servers, and not before two in the morning', async () => {
    const other = await registry.second();
    registry.pass({ minutes: 15 * 60 });
    const old = (): Promise<void> => putOld(78);
    await old();
    const left = (): Promise<number> => leftOf(78);
    // One in the morning.
    await runJob(registry, 'retention');
    expect(await left()).toBe(1);
    registry.pass({ minutes: 61 });
    await runJob(registry, 'retention');
    expect(await left()).toBe(0);
    await old();
    await runJob(other, 'retention');
    expect(await left()).toBe(1);
    registry.pass({ days: 1 });
    await runJob(other, 'retention');
    expect(await left()).toBe(0);
  });

  it('leaves the work to another server ten minutes after the one that had it died', async () => {
    await runJob(registry, 'retention');
    registry.pass({ days: 1 });
    const { now } = registry.registry;
    await rows(`UPDATE job_lease SET holder = $1, until = $2 WHERE name = 'retention'`, [
      registry.registry.newId(),
      new Date(now() + 10 * 60_000).toISOString(),
    ]);
    await putOld(79);
    const left = (): Promise<number> => leftOf(79);
    await runJob(registry, 'retention');
    expect(await left()).toBe(1);
    registry.pass({ minutes: 11 });
    await runJob(registry, 'retention');
    expect(await left()).toBe(0);
  });
});
