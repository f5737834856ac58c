import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isAway } from '#registry/away.ts';
import { openStore, type Store, type Tx } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { tempDatabase, type TempDatabase } from '#tests/builders/registry/postgres.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

vi.setConfig({ hookTimeout: 60_000 });

const MIGRATIONS = path.resolve(import.meta.dirname, '../../../src-registry/store/migrations');

let database: TempDatabase;
let store: Store;
beforeAll(async () => {
  database = await tempDatabase();
  store = open();
  await store.rows({ text: 'CREATE TABLE account (id integer PRIMARY KEY, paise bigint NOT NULL)' });
  await store.rows({ text: 'INSERT INTO account VALUES (1, 100), (2, 100)' });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

function open(): Store {
  return openStore({ url: database.url, connectionsMost: 4, onTrouble: () => undefined });
}

async function change(tx: Tx, id: number, paise: number): Promise<void> {
  await tx.rows({ text: 'UPDATE account SET paise = paise + $2 WHERE id = $1', values: [id, paise] });
}

const balances = async (): Promise<readonly number[]> => {
  const rows = await store.rows<{ paise: number }>({ text: 'SELECT paise FROM account ORDER BY id' });
  return rows.map(({ paise }) => paise);
};

it('does all of a transaction or nothing, and gives its connection back', async () => {
  const before = await balances();
  const failed = store.transaction(async (tx) => {
    await change(tx, 1, 50);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await balances()).toEqual(before);
  expect(store.load()).toEqual({ used: 0, waiting: 0 });
});

it('runs a transaction again that another had to give way to, so that both are done once', async () => {
  const before = await balances();
  let runs = 0;
  let arrived = 0;
  let both: () => void = () => undefined;
  const bothHoldOne = new Promise<void>((resolve) => (both = resolve));
  const move = (from: number, to: number): Promise<void> =>
    store.transaction(async (tx) => {
      runs += 1;
      await change(tx, from, -10);
      arrived += 1;
      if (arrived === 2) both();
      await bothHoldOne;
      await change(tx, to, 10);
    });
  // Each waits for the row that the other holds: PostgreSQL ends one of them.
  await Promise.all([move(1, 2), move(2, 1)]);
  expect(runs).toBeGreaterThan(2);
  expect(await balances()).toEqual(before);
});

it('does not try again what would fail again', async () => {
  let runs = 0;
  const twice = store.transaction(async (tx) => {
    runs += 1;
    await tx.rows({ text: 'INSERT INTO account VALUES (1, 0)' });
  });
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  expect(runs).toBe(1);
});

it('says that the database is away where the connection breaks in the middle, and the process lives on', async () => {
  const broken = store.transaction(async (tx) => {
    const [row] = await tx.rows<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' });
    await store.rows({ text: 'SELECT pg_terminate_backend($1)', values: [row?.pid] });
    await change(tx, 1, 1);
  });
  await expect(broken).rejects.toSatisfy(isAway);
  expect(await balances()).toHaveLength(2);
});

it('reads whole numbers as numbers, days as texts and instants as milliseconds', async () => {
  const rows = await store.rows({
    text: `SELECT 9007199254740991::bigint AS number, '2026-11-22'::date AS day,
             '2026-11-22T04:30:00.123Z'::timestamptz AS at`,
  });
  const at = Date.UTC(2026, 10, 22, 4, 30, 0, 123);
  expect(rows).toEqual([{ number: 9_007_199_254_740_991, day: '2026-11-22', at }]);
});

it('makes its tables once, also where two servers start at the same moment', async () => {
  const [one, other] = [open(), open()];
  const ran = await Promise.all([migrate(one), migrate(other)]);
  expect(ran.flat()).toEqual(
    readdirSync(MIGRATIONS)
      .filter((name) => name.endsWith('.sql'))
      .toSorted(),
  );
  await one.rows({ text: `INSERT INTO otp_count VALUES ('\\x00', '2026-11-22', 1)` });
  expect(await migrate(other)).toEqual([]);
  expect(await one.rows({ text: 'SELECT sent FROM otp_count' })).toEqual([{ sent: 1 }]);
  await one.close();
  await other.close();
});
