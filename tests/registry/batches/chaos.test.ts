import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BodyOf } from '#contract/registry.ts';
import { day } from '#domain/days.ts';
import { newSeed, signingKey } from '#registry/crypto.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import {
  packagedPostgres,
  startPostgres,
  systemPostgres,
  type RunningPostgres,
} from '#registry/postgres/start-postgres.ts';
import { openStore, type Store } from '#registry/store/database.ts';
import { addDevice } from '#registry/store/devices.ts';
import { insertMember } from '#registry/store/members.ts';
import { migrate } from '#registry/store/migrate.ts';
import { asIfBlinded, batcher, due } from '#tests/builders/registry/batch.ts';
import { crashServer, sendUntilReceipt, type Line } from '#tests/builders/registry/chaos.ts';
import { expect, it } from 'vitest';

// Batches over a bad line to a server that is killed and a PostgreSQL that is stopped in the middle of its work: whoever has a
// receipt has it for good, and nothing is done twice. BAAKI_CHAOS=full: 2,000 batches, 20 kills, 10 stops.

const isFull = process.env['BAAKI_CHAOS'] === 'full';
const RUN = isFull
  ? { batches: 2_000, kills: 20, stops: 10, senders: 8, timeout: 1_800_000 }
  : { batches: 40, kills: 1, stops: 1, senders: 4, timeout: 120_000 };
const ITEMS = 5;
/** Nobody may send more than 200 batches a day. */
const MEMBERS = isFull ? 20 : 8;
const SEED = Number(process.env['BAAKI_SEED'] ?? 6);
const isPackaged = process.env['BAAKI_POSTGRES'] === 'packaged';

type Body = NonNullable<BodyOf<'sendBatch'>>;
type Seller = {
  readonly memberNo: number;
  readonly key: ReturnType<typeof signingKey>;
  readonly bodies: readonly Body[];
};

type World = {
  readonly folder: string;
  readonly postgres: () => Promise<RunningPostgres>;
  readonly end: () => Promise<void>;
};

/** A PostgreSQL of its own that writes to disk before it says that it has; unless told otherwise. */
async function world(settings: readonly string[]): Promise<World> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-chaos-'));
  chmodSync(folder, 0o755);
  const programs = (isPackaged ? null : systemPostgres()) ?? packagedPostgres();
  if (programs === null) throw new Error('There is no PostgreSQL.');
  let running: RunningPostgres | null = null;
  return {
    folder,
    postgres: async () =>
      (running = await startPostgres({ programs, folder: path.join(folder, 'pg'), settings })),
    end: async () => {
      await running?.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address stays the same over restarts of the engine. */
function storeAt(url: string): Store {
  return openStore({ url, connectionsMost: 2, onTrouble: () => undefined });
}

async function sellers(store: Store, batches: number): Promise<readonly Seller[]> {
  const made: Seller[] = [];
  for (let at = 0; at < MEMBERS; at += 1) {
    const [memberNo, key] = [at + 1, signingKey(newSeed())];
    const blank = Buffer.from([at]);
    await insertMember(store, {
      member_no: memberNo,
      pan_key: blank,
      gstin_key: blank,
      legal_name: 'M',
      contact_ct: blank,
      purpose: 'both',
      terms_version: 't',
      lang: 'en',
      joined_on: day('2026-01-01'),
      probation_until: day('2099-01-01'),
    });
    await addDevice(store, { memberNo, publicKey: key.publicKey, at: Date.now() });
    const next = batcher({
      origin: 'registry.test/log1',
      memberId: memberIdOf(memberNo),
      deviceId: 'd1',
      key,
      now: Date.now,
    });
    const count = Math.ceil(batches / MEMBERS);
    // Half of what a batch says is a new version of what the one before said.
    const bodies = Array.from({ length: count }, (_one, index) =>
      next.batch(
        Array.from({ length: ITEMS }, (_item, place) => {
          const number = index * Math.floor(ITEMS / 2) + place;
          return due({
            ref: `${number}`,
            of: `${number}`,
            rev: index + 1,
            state: 'part',
            openPaise: 1 + index,
          });
        }),
      ),
    );
    for (const { items } of bodies) await asIfBlinded({ store, today: () => day('2026-01-01') }, items);
    made.push({ memberNo, key, bodies });
  }
  return made;
}

function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What the database must say when each batch had exactly one effect; the differences. */
async function differences(
  store: Store,
  all: readonly Seller[],
  acknowledged: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const receipts = await store.rows<{ member_no: number; batch_id: string; receipt: string }>({
    text: 'SELECT member_no, batch_id, receipt FROM submission',
  });
  const stored = new Map(
    receipts.map((row) => [row.batch_id, (JSON.parse(row.receipt) as { sig: string }).sig]),
  );
  for (const [id, sig] of acknowledged) if (stored.get(id) !== sig) found.push(`lost receipt ${id}`);
  for (const { memberNo, bodies } of all) {
    const sent = bodies.filter(({ batch_id }) => acknowledged.has(batch_id));
    const rows = await store.rows<{ open_p: number }>({
      text: 'SELECT open_p FROM due WHERE member_no = $1 ORDER BY due_ref',
      values: [memberNo],
    });
    const expected = new Map(
      sent.flatMap(({ items }) => items.map((item) => [String(item[0]), Number(item[8])] as const)),
    );
    const opens = [...expected].toSorted(([a], [b]) =>
      Buffer.from(a, 'base64url') < Buffer.from(b, 'base64url') ? -1 : 1,
    );
    const isSame =
      rows.length === opens.length &&
      rows
        .map(({ open_p }) => open_p)
        .toSorted((a, b) => a - b)
        .join() ===
        opens
          .map(([, open]) => open)
          .toSorted((a, b) => a - b)
          .join();
    if (!isSame) found.push(`dues of ${memberNo}: ${rows.length} for ${opens.length}`);
    const [counts] = await store.rows<{ used: number; changes: number; batches: number }>({
      text: `SELECT (SELECT used FROM quota WHERE member_no = $1 AND kind = 'batches') AS used,
               (SELECT count(*) FROM feed WHERE member_no = $1)::integer AS changes,
               (SELECT count(*) FROM submission WHERE member_no = $1)::integer AS batches`,
      values: [memberNo],
    });
    // A batch done twice would have counted twice.
    if (counts && (counts.used !== counts.batches || counts.changes !== counts.batches))
      found.push(`double effect for ${memberNo}: ${JSON.stringify(counts)}`);
    if (counts && counts.batches !== sent.length) found.push(`batches of ${memberNo}: ${counts.batches}`);
  }
  return found;
}

it(
  `loses no receipt and does nothing twice: ${RUN.batches} batches, ${RUN.kills} kills, ${RUN.stops} stops`,
  { timeout: RUN.timeout },
  async () => {
    const own = await world(['max_connections=40']);
    let postgres = await own.postgres();
    const store = storeAt(postgres.url);
    const server = crashServer(postgres.url, path.join(own.folder, 'keys'));
    try {
      await migrate(store);
      const random = chance(SEED);
      const all = await sellers(store, RUN.batches);
      await server.start();
      const counts = { attempts: 0, aborts: 0 };
      const acknowledged = new Map<string, string>();
      let replays = 0;
      const total = all.reduce((sum, { bodies }) => sum + bodies.length, 0);
      const sending = Promise.all(
        all.map(async ({ memberNo, key, bodies }) => {
          const line: Line = {
            server,
            key,
            keyId: `${memberIdOf(memberNo)}/d1`,
            random,
            abortPercent: 50,
            counts,
          };
          for (const body of bodies) {
            const receipt = await sendUntilReceipt(line, body);
            acknowledged.set(body.batch_id, receipt.sig);
            if (receipt.replayed) replays += 1;
            // One of five is sent once more by somebody who does not trust his own notes.
            if (random(5) === 0) {
              const again = await sendUntilReceipt(line, body);
              expect([again.sig, again.replayed]).toEqual([receipt.sig, true]);
            }
          }
        }),
      );
      const blows = [
        ...Array.from({ length: RUN.kills }, () => 'kill' as const),
        ...Array.from({ length: RUN.stops }, () => 'stop' as const),
      ];
      for (const [at, blow] of blows.entries()) {
        // Spread over the run, in the middle of its work.
        while (acknowledged.size < ((at + 1) * total) / (blows.length + 1)) await pause(2);
        if (blow === 'kill') {
          server.kill();
          await server.start();
        } else {
          await postgres.stop('immediate');
          postgres = await own.postgres();
        }
      }
      await sending;
      expect(await differences(store, all, acknowledged)).toEqual([]);
      expect(acknowledged.size).toBe(total);
      expect(counts.aborts).toBeGreaterThan(total / 5);
      expect(server.bugs).toEqual([]);
      if (isFull) console.log({ total, ...counts, replays });
    } finally {
      server.kill();
      await store.close();
      await own.end();
    }
  },
);

/** Sends until the last receipt is there, and stops the engine in that moment. What is missing once it is back. */
async function lossesWith(settings: readonly string[]): Promise<readonly string[]> {
  const own = await world(['max_connections=40', ...settings]);
  let postgres = await own.postgres();
  const store = storeAt(postgres.url);
  const server = crashServer(postgres.url, path.join(own.folder, 'keys'));
  try {
    await migrate(store);
    const all = await sellers(store, 16);
    // Tables and members are there in any case; what is sent from here on is what may be lost.
    await store.rows({ text: 'CHECKPOINT' });
    await server.start();
    const acknowledged = new Map<string, string>();
    for (const { memberNo, key, bodies } of all) {
      const counts = { attempts: 0, aborts: 0 };
      const keyId = `${memberIdOf(memberNo)}/d1`;
      const line: Line = { server, key, keyId, random: chance(SEED), abortPercent: 0, counts };
      for (const body of bodies) acknowledged.set(body.batch_id, (await sendUntilReceipt(line, body)).sig);
    }
    await postgres.stop('immediate');
    server.kill();
    postgres = await own.postgres();
    const found = await differences(store, all, acknowledged);
    expect(acknowledged.size).toBe(all.reduce((sum, { bodies }) => sum + bodies.length, 0));
    return found;
  } finally {
    server.kill();
    await store.close();
    await own.end();
  }
}

it('would see it if the engine lost a receipt', { timeout: 120_000 }, async () => {
  // The same with an engine that keeps its word loses nothing; the test above stops one, too.
  if (isFull) expect(await lossesWith([])).toEqual([]);
  // An engine that says that it has written, and writes up to ten seconds later.
  const late = [
    'fsync=off',
    'synchronous_commit=off',
    'wal_writer_delay=10s',
    'wal_buffers=16MB',
    'autovacuum=off',
  ];
  expect((await lossesWith(late)).filter((one) => one.startsWith('lost receipt')).length).toBeGreaterThan(0);
});
