// Batches of 500 dues, signed, packed and chained, over HTTP to a registry in a process of its own on a PostgreSQL that writes
// to disk before it says so; beside the bare upsert of the same rows by the same number of connections in the same run, so
// that the machine's speed cancels out. Run: node tests/bench/registry-batches.ts [rounds]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { Agent, request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BodyOf } from '#contract/registry.ts';
import { receiptShape } from '#contract/registry/batches.ts';
import { day } from '#domain/days.ts';
import type { Due } from '#domain/registry/dues.ts';
import { newSeed, signingKey } from '#registry/crypto.ts';
import { keyOfToken } from '#registry/ids.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import { packagedPostgres, startPostgres, systemPostgres } from '#registry/postgres/start-postgres.ts';
import { openStore, type Store } from '#registry/store/database.ts';
import { addDevice } from '#registry/store/devices.ts';
import { insertMember } from '#registry/store/members.ts';
import { seeEntities } from '#registry/store/subject-entities.ts';
import { migrate } from '#registry/store/migrate.ts';
import { batcher, due, tokenOf } from '../builders/registry/batch.ts';
import { signedHeaders } from '../builders/registry/sign.ts';
import { floorOf } from './registry/batch-floor.ts';
import { familyCpuMicros } from './registry/machine.ts';
import { median, percentile, thousandths } from './registry/rates.ts';
import { serve } from './registry/serve.ts';

const ITEMS = 500;
const CONNECTIONS = 4;
const BATCHES_A_ROUND = 4;
const ROUNDS = Number(process.argv[2] ?? 3);
/** Of the bare upsert's rate, and of the quiet two-core machine; what a batch does besides is in docs/registry.md 8. */
const LIMITS = { newsToFloorLeast: 0.5, duesPerSecondLeast: 10_000, p99MostMs: 500 } as const;
const QUIET_LOAD_MOST = 0.5;

const programs =
  (process.env['BAAKI_POSTGRES'] === 'packaged' ? null : systemPostgres()) ?? packagedPostgres();
if (programs === null) throw new Error('There is no PostgreSQL.');
const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
chmodSync(folder, 0o755);
const keyFolder = path.join(folder, 'keys');
const postgres = await startPostgres({
  programs,
  folder: path.join(folder, 'pg'),
  settings: ['shared_buffers=256MB', 'max_wal_size=2GB'],
});
const store = openStore({ url: postgres.url, connectionsMost: CONNECTIONS, onTrouble: () => undefined });
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const loadBefore = os.loadavg()[0] ?? 0;

type Packed = { readonly id: string; readonly bytes: Buffer };
type Seller = {
  readonly key: ReturnType<typeof signingKey>;
  readonly keyId: string;
  readonly memberNo: number;
};

/**
 * The floor is the bare upsert of the dues as the driver sends its lists by itself. `packed`: with the lists as we send them.
 * `rows`: so, and into both tables where a due stands.
 */
const kinds = ['floorFirst', 'floorNews', 'packed', 'rows', 'first', 'firstWithContacts', 'news'] as const;
type Kind = (typeof kinds)[number];
type Lap = {
  readonly kind: Kind;
  readonly duesPerSecond: number;
  readonly milliseconds: readonly number[];
  /** CPU microseconds for each due. */
  readonly server: number;
  readonly postgres: number;
  readonly sender: number;
};

await migrate(store);
for (const name of ['plain', 'packed', 'rows'])
  for (const table of ['due', 'member_due'])
    await store.rows({
      text: `CREATE TABLE ${name}_${table} (LIKE ${table} INCLUDING ALL) WITH (fillfactor = 75)`,
    });
const server = await serve({
  databaseUrl: postgres.url,
  keyFolder,
  connections: 8,
  jobs: ['log.sequence'],
});
try {
  const laps: Lap[] = [];
  // The first round compiles what the others run.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const made = await roundOf(round);
    if (round > 0) laps.push(...made);
  }
  const report = reportOf(laps);
  const reports = path.resolve(import.meta.dirname, '../../test-results/bench');
  mkdirSync(reports, { recursive: true });
  writeFileSync(path.join(reports, 'registry-batches.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  judge(report);
} finally {
  agent.destroy();
  await server.stop();
  await store.close();
  await postgres.stop('immediate');
  rmSync(folder, { recursive: true, force: true });
}

async function roundOf(round: number): Promise<readonly Lap[]> {
  const laps: Lap[] = [];
  for (const kind of ['first', 'firstWithContacts'] as const) {
    const sellers = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_one, at) =>
        newSeller(store, round * 100 + at + (kind === 'first' ? 1 : 51)),
      ),
    );
    const said = sellers.map((seller) => duesOf(seller, 1));
    await blinded(said.flat(2));
    const prepared = sellers.map((seller, at) =>
      packed(seller, said[at] ?? [], { hasContacts: kind !== 'first', seq: 0 }),
    );
    if (kind === 'first') laps.push(await lap('floorFirst', floorOf(store, said, 'plain')));
    laps.push(await lap(kind, () => sent(sellers, prepared)));
    if (kind !== 'first') continue;
    const later = sellers.map((seller) => duesOf(seller, 2));
    const more = sellers.map((seller, at) =>
      packed(seller, later[at] ?? [], { hasContacts: false, seq: BATCHES_A_ROUND }),
    );
    laps.push(await lap('floorNews', floorOf(store, later, 'plain')));
    for (const into of ['packed', 'rows'] as const) {
      await floorOf(store, said, into)();
      laps.push(await lap(into, floorOf(store, later, into)));
    }
    laps.push(await lap('news', () => sent(sellers, more)));
  }
  return laps;
}

async function lap(kind: Kind, work: () => Promise<readonly number[]>): Promise<Lap> {
  const [server0, postgres0, sender0] = [await server.use(), postgresCpu(), process.cpuUsage()];
  const began = performance.now();
  const milliseconds = await work();
  const took = performance.now() - began;
  const own = process.cpuUsage(sender0);
  const dues = CONNECTIONS * BATCHES_A_ROUND * ITEMS;
  return {
    kind,
    duesPerSecond: Math.round((dues * 1_000) / took),
    milliseconds,
    server: ((await server.use()).cpuMicros - server0.cpuMicros) / dues,
    postgres: (postgresCpu() - postgres0) / dues,
    sender: (own.user + own.system) / dues,
  };
}

function postgresCpu(): number {
  return familyCpuMicros(postgres.pid) ?? 0;
}

type Report = ReturnType<typeof reportOf>;

function reportOf(laps: readonly Lap[]) {
  const of = (kind: Kind): readonly Lap[] => laps.filter((one) => one.kind === kind);
  const rate = (kind: Kind): number => median(of(kind).map(({ duesPerSecond }) => duesPerSecond));
  return {
    postgres: programs?.version,
    loadBefore,
    loadAfter: os.loadavg()[0],
    duesPerSecond: Object.fromEntries(kinds.map((kind) => [kind, rate(kind)])),
    cpuMicrosPerDue: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        (['server', 'postgres', 'sender'] as const).map((who) =>
          Math.round(median(of(kind).map((one) => one[who]))),
        ),
      ]),
    ),
    firstToFloor: thousandths(rate('first') / rate('floorFirst')),
    firstWithContactsToFloor: thousandths(rate('firstWithContacts') / rate('floorFirst')),
    newsToFloor: thousandths(rate('news') / rate('floorNews')),
    newsToPacked: thousandths(rate('news') / rate('packed')),
    newsToRows: thousandths(rate('news') / rate('rows')),
    newsPerSecond: rate('news'),
    newsP99Ms: percentile(
      of('news').flatMap(({ milliseconds }) => milliseconds),
      0.99,
    ),
    milliseconds: Object.fromEntries(
      kinds.map((kind) => {
        const all = of(kind).flatMap(({ milliseconds }) => milliseconds);
        return [kind, { p50: percentile(all, 0.5), p99: percentile(all, 0.99) }];
      }),
    ),
  };
}

function judge({ newsToFloor, newsPerSecond, newsP99Ms }: Report): void {
  const missed: string[] = [];
  if (newsToFloor < LIMITS.newsToFloorLeast)
    missed.push(`Less than ${LIMITS.newsToFloorLeast} of the floor.`);
  if (loadBefore > QUIET_LOAD_MOST)
    process.stdout.write(`Others are at work here (load ${loadBefore}): rates are not judged.\n`);
  else if (newsPerSecond < LIMITS.duesPerSecondLeast || newsP99Ms > LIMITS.p99MostMs)
    missed.push(`Less than ${LIMITS.duesPerSecondLeast} a second, or p99 above ${LIMITS.p99MostMs} ms.`);
  for (const one of missed) process.stderr.write(`${one}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/** As POST /blind would have seen them. */
async function blinded(dues: readonly Due[]): Promise<void> {
  const keys = (kind: 'pan' | 'gstin'): readonly Buffer[] =>
    dues.flatMap(({ subject }) => (subject[kind] === null ? [] : [keyOfToken(subject[kind])]));
  await seeEntities(store, day('2026-11-22'), [
    ...keys('pan').map((subject_key) => ({ subject_key, is_person: false, holds_pan: false })),
    ...keys('gstin').map((subject_key) => ({ subject_key, is_person: false, holds_pan: true })),
  ]);
}

async function newSeller(tx: Store, memberNo: number): Promise<Seller> {
  const key = signingKey(newSeed());
  const blank = Buffer.from([memberNo]);
  await insertMember(tx, {
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
  // Known for long: a sudden swing would be held.
  await tx.rows({ text: 'UPDATE member SET live_dues = 1000000 WHERE member_no = $1', values: [memberNo] });
  await addDevice(tx, { memberNo, publicKey: key.publicKey, at: Date.now() });
  return { key, keyId: `${memberIdOf(memberNo)}/d1`, memberNo };
}

/** Batches of what one member says: each bill of another debtor, by GSTIN and PAN. */
function duesOf({ memberNo }: Seller, rev: number): readonly (readonly Due[])[] {
  return Array.from({ length: BATCHES_A_ROUND }, (_batch, batch) =>
    Array.from({ length: ITEMS }, (_item, item) => {
      const name = `${memberNo} ${batch} ${item}`;
      return due({
        ref: name,
        of: name,
        gstin: tokenOf(`gstin ${name}`),
        rev,
        ...(rev > 1 && { state: 'part', openPaise: 500_00 }),
      });
    }),
  );
}

function packed(
  { key, keyId }: Seller,
  batches: readonly (readonly Due[])[],
  { hasContacts, seq }: { readonly hasContacts: boolean; readonly seq: number },
): readonly Packed[] {
  const [memberId = '', deviceId = ''] = keyId.split('/');
  const next = batcher({ origin: 'registry.test/log1', memberId, deviceId, key, now: Date.now });
  return batches.map((dues, at) => {
    const contacts = dues.map(({ subject }, index) => ({
      subject: subject.pan ?? '',
      mobile: `+9198${String(index).padStart(8, '0')}`,
      email: null,
    }));
    const body: NonNullable<BodyOf<'sendBatch'>> = next.batch(dues, {
      seq: seq + at,
      ...(hasContacts && { contacts }),
    });
    return { id: body.batch_id, bytes: gzipSync(JSON.stringify(body)) };
  });
}

/** Over HTTP, one batch at a time for each member, as desktops send; milliseconds of each. */
async function sent(
  sellers: readonly Seller[],
  batches: readonly (readonly Packed[])[],
): Promise<readonly number[]> {
  const times: number[] = [];
  await Promise.all(
    sellers.map(async (seller, at) => {
      for (const one of batches[at] ?? []) {
        const start = performance.now();
        await send(seller, one);
        times.push(performance.now() - start);
      }
    }),
  );
  return times;
}

function send({ key, keyId }: Seller, { id, bytes }: Packed): Promise<void> {
  const unsigned = { method: 'POST', target: '/v1/batches', body: bytes, idempotencyKey: id };
  const headers = { ...signedHeaders(unsigned, { key, keyId, now: Date.now() }), 'content-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    const made = request(
      { agent, host: '127.0.0.1', port: server.port, method: 'POST', path: '/v1/batches', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => {
          if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${text}`));
          const { counts } = receiptShape.parse(JSON.parse(text));
          if (counts.applied !== ITEMS) return reject(new Error(text.slice(0, 500)));
          resolve();
        });
      },
    );
    made.once('error', reject);
    made.end(bytes);
  });
}
