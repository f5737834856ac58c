// How many bytes a due, a check and a batch are in the tables, and how many go through the log of the database: what
// docs/registry.md 8 reckons with. Run: node tests/bench/registry-sizes.ts [thousands of dues]
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { day } from '#domain/days.ts';
import type { Due } from '#domain/registry/dues.ts';
import type { SigningKey } from '#registry/crypto.ts';
import { keyOfToken, uuidV7 } from '#registry/ids.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import { openStore, type Store } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { seeEntities } from '#registry/store/subject-entities.ts';
import { batcher, due, tokenOf, type Batcher } from '#tests/builders/registry/batch.ts';
import { AUTHORITY } from '#tests/builders/registry/sign.ts';
import { benchPostgres, writeReport } from './registry/bench-postgres.ts';
import { makeConsents, makeWorld, type Granted } from './registry/check-world.ts';
import { benchKey, call } from './registry/desktops.ts';
import { serve } from './registry/serve.ts';

const DUES = Number(process.argv[2] ?? 50) * 1_000;
const MEMBERS = 100;
const ITEMS = 500;
const CHECKS = 4_000;

type Ready = { readonly store: Store; readonly port: number; readonly key: SigningKey };

const { postgres, version, keyFolder, remove } = await benchPostgres();
const store = openStore({ url: postgres.url, onTrouble: () => undefined });
try {
  const key = benchKey();
  await migrate(store);
  await makeWorld({ store, memberCount: MEMBERS, subjectCount: 1, publicKey: key.publicKey });
  // Known for long: a sudden swing would be held.
  await store.rows({ text: 'UPDATE member SET live_dues = 1000000' });
  const server = await serve({
    databaseUrl: postgres.url,
    keyFolder,
    connections: 10,
    jobs: ['log.sequence'],
  });
  const ready = { store, port: server.port, key };
  const wal = { first: 0, news: 0, check: 0 };
  const senders = Array.from({ length: MEMBERS }, (_, at) =>
    batcher({
      origin: `${AUTHORITY}/log1`,
      memberId: memberIdOf(at + 1),
      deviceId: 'd1',
      key,
      now: Date.now,
    }),
  );
  const sizes: Record<string, unknown> = {};
  for (const [phase, rev] of [
    ['first', 1],
    ['news', 2],
  ] as const) {
    const before = await walNow();
    for (let batch = 0; batch < DUES / ITEMS; batch += 1)
      await sendBatch(ready, {
        batch,
        rev,
        sender: senders[batch % MEMBERS],
        memberNo: 1 + (batch % MEMBERS),
      });
    wal[phase] = Math.round(((await walNow()) - before) / DUES);
    sizes[phase] = await tableSizes();
  }
  const before = await walNow();
  await runChecks(ready);
  wal.check = Math.round(((await walNow()) - before) / CHECKS);
  await server.stop();
  sizes['checks'] = await tableSizes();
  writeReport('registry-sizes', { postgres: version, dues: DUES, checks: CHECKS, walBytes: wal, sizes });
} finally {
  await store.close();
  await remove();
}

async function walNow(): Promise<number> {
  const [row] = await store.rows<{ bytes: number }>({
    text: `SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint AS bytes`,
  });
  return row?.bytes ?? 0;
}

type Size = { readonly rows: number; readonly bytes: number; readonly indexes: number };

/** Bytes of a row with its indexes and what lies beside the table, and its indexes alone. */
async function tableSizes(): Promise<Readonly<Record<string, Size>>> {
  await store.rows({ text: 'VACUUM ANALYZE' });
  const tables = await store.rows<{ name: string; bytes: number; indexes: number }>({
    text: `SELECT relname AS name, pg_total_relation_size(oid) AS bytes, pg_indexes_size(oid) AS indexes
           FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`,
  });
  const sizes: [string, Size][] = [];
  for (const { name, bytes, indexes } of tables) {
    const [row] = await store.rows<{ n: number }>({ text: `SELECT count(*) AS n FROM ${name}` });
    const rows = row?.n ?? 0;
    if (rows >= 50)
      sizes.push([name, { rows, bytes: Math.round(bytes / rows), indexes: Math.round(indexes / rows) }]);
  }
  return Object.fromEntries(sizes);
}

type BatchWish = {
  readonly batch: number;
  readonly rev: number;
  readonly sender: Batcher | undefined;
  readonly memberNo: number;
};

/** Each debtor has two or three dues, by GSTIN and PAN, with one contact. */
async function sendBatch({ port, key }: Ready, { batch, rev, sender, memberNo }: BatchWish): Promise<void> {
  const dues = Array.from({ length: ITEMS }, (_, at): Due => {
    const of = `debtor ${(batch * ITEMS + at) % Math.ceil(DUES / 2.5)}`;
    const news = rev > 1 ? ({ state: 'part', openPaise: 500_00 } as const) : {};
    const salt = randomBytes(16).toString('base64url');
    return due({ ref: `${memberNo} ${batch} ${at}`, of, gstin: tokenOf(`gstin ${of}`), rev, salt, ...news });
  });
  const keys = dues.flatMap(({ subject: { pan, gstin } }) => [
    { subject_key: keyOfToken(pan ?? ''), is_person: false, holds_pan: false },
    { subject_key: keyOfToken(gstin ?? ''), is_person: false, holds_pan: true },
  ]);
  await seeEntities(store, day('2026-11-22'), keys);
  const contacts = dues.map(({ subject: { pan } }, at) => ({
    subject: pan ?? '',
    mobile: `+9198${String((batch * ITEMS + at) % Math.ceil(DUES / 2.5)).padStart(8, '0')}`,
    email: null,
  }));
  const body = sender?.batch(dues, rev === 1 ? { contacts } : {});
  const answer = await call({
    port,
    key,
    memberNo,
    method: 'POST',
    target: '/v1/batches',
    idempotencyKey: body?.batch_id ?? '',
    body: gzipSync(JSON.stringify(body)),
    headers: { 'content-encoding': 'gzip' },
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
}

async function runChecks({ port, key }: Ready): Promise<void> {
  const wanted = Array.from({ length: CHECKS }, (_, at): Granted => ({
    memberNo: 1 + (at % MEMBERS),
    consentId: uuidV7(Date.now(), randomBytes(16)),
    subject: keyOfToken(tokenOf(`debtor ${(at * 7) % Math.ceil(DUES / 2.5)}`)),
  }));
  await makeConsents(store, wanted);
  for (const { memberNo, consentId, subject } of wanted) {
    const pan = `h1.${subject.toString('base64url')}`;
    const body = Buffer.from(
      JSON.stringify({
        schema: 'check.v1',
        check_id: consentId,
        consent_id: consentId,
        subject: { pan, gstin: null, mobile: null, entity: 'C' },
      }),
    );
    const target = '/v1/checks';
    const answer = await call({
      port,
      key,
      memberNo,
      method: 'POST',
      target,
      body,
      idempotencyKey: consentId,
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  }
}
