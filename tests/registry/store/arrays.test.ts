import { day } from '#domain/days.ts';
import { bigints, booleans, byteas, dates, integers, texts, uuids } from '#registry/store/arrays.ts';
import { openStore } from '#registry/store/database.ts';
import { tempDatabase } from '#tests/builders/registry/postgres.ts';
import { expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

it('sends lists that the engine reads as they were, with what is null, empty, negative or no ASCII in them', async () => {
  const database = await tempDatabase();
  const store = openStore({ url: database.url, connectionsMost: 1, onTrouble: () => undefined });
  const id = '01930000-abcd-7ef0-8123-0123456789ab';
  const lists = {
    bytea: [byteas, [Buffer.from([0, 255, 7]), null, Buffer.alloc(0)]],
    text: [texts, ['बकाया "x"\\,{}', null, '']],
    uuid: [uuids, [id, null]],
    bigint: [bigints, [0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 32, -(2 ** 32) - 1]],
    integer: [integers, [0, -1, 2 ** 31 - 1, -(2 ** 31)]],
    date: [dates, [day('1970-01-01'), null, day('2000-02-29'), day('2199-12-31')]],
    boolean: [booleans, [true, null, false]],
  } as const;
  try {
    for (const [type, [spelled, list]] of Object.entries(lists)) {
      const read = async (items: readonly unknown[]): Promise<unknown> => {
        const rows = await store.rows<{ one: unknown }>({
          text: `SELECT one FROM unnest($1::${type}[]) AS one`,
          // Each list goes to the function of its own kind.
          values: [(spelled as (items: readonly unknown[]) => Buffer)(items)],
        });
        return rows.map(({ one }) => one);
      };
      expect(await read(list), type).toEqual(list);
      expect(await read([]), type).toEqual([]);
    }
  } finally {
    await store.close();
    await database.drop();
  }
});
