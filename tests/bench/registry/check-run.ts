import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { isSigned, newSeed, publicKeyOf, signingKey, type SigningKey } from '#registry/crypto.ts';
import { memberIdOf } from '#registry/members/member-id.ts';
import { openStore } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { signedHeaders } from '#tests/builders/registry/sign.ts';
import { checkFloor } from './check-floor.ts';
import type { Load, LoadTold } from './check-load.ts';
import { makeConsents, makeHot, makeWorld, type Granted, type World } from './check-world.ts';
import { familyCpuMicros } from './machine.ts';
import { median, rateOf, thousandths, type Rate } from './rates.ts';
import { serve, type BenchServer } from './serve.ts';

// Rounds of the floor and of complete checks in turn, so that what else the machine does meets both.

export type CheckWish = {
  readonly url: string;
  readonly postgresPid: number;
  readonly keyFolder: string;
  readonly checks: number;
  readonly subjects: number;
  readonly members: number;
  readonly connections: number;
  readonly rounds: number;
  readonly floorSeconds: number;
  readonly hotChecks: number;
};

/** CPU microseconds for one check, by whose they are. */
export type CpuOfOne = { readonly server: number; readonly postgres: number | null; readonly sender: number };

export type Measured = {
  readonly floor: { readonly perSecond: number; readonly postgresMicros: number | null };
  readonly checks: Rate & { readonly cpuMicros: CpuOfOne };
  readonly floorShares: readonly number[];
  readonly floorShare: number;
  readonly hot: Rate & { readonly cpuMicros: CpuOfOne };
  readonly hotFirstMs: number;
  readonly lagP99Ms: number;
  /** What verifying one signature costs in this minute: how slow the machine is just now. */
  readonly verifyMicros: number;
};

type Ready = CheckWish & { readonly key: SigningKey; readonly server: BenchServer };

export async function measureChecks(wish: CheckWish): Promise<Measured> {
  const key = signingKey(newSeed());
  const store = openStore({ url: wish.url, onTrouble: () => undefined });
  await migrate(store);
  const world = await makeWorld({
    store,
    memberCount: wish.members,
    subjectCount: wish.subjects,
    publicKey: key.publicKey,
  });
  const hotKey = await makeHot(store, { dues: 100_000, reporters: 20_000 });
  const warm = Math.ceil(wish.checks / 4);
  const consents = consentsFor(world, warm + wish.checks, 0);
  const hot = consentsFor({ ...world, subjects: [hotKey] }, wish.hotChecks + 1, consents.length);
  await makeConsents(store, [...consents, ...hot]);
  await store.rows({ text: 'VACUUM ANALYZE' });
  await store.rows({ text: 'CHECKPOINT' });
  await store.close();
  const server = await serve({
    databaseUrl: wish.url,
    keyFolder: wish.keyFolder,
    connections: wish.connections,
    jobs: [],
  });
  try {
    const ready = { ...wish, key, server };
    // The first requests compile what the others run.
    await sent(ready, consents.slice(0, warm), wish.connections);
    return await inRounds(ready, consents.slice(warm), hot);
  } finally {
    await server.stop();
  }
}

async function inRounds(ready: Ready, all: readonly Granted[], hot: readonly Granted[]): Promise<Measured> {
  const part = Math.floor(all.length / ready.rounds);
  const floors: number[] = [];
  const floorCpu: number[] = [];
  const rounds: Sent[] = [];
  const verifying: number[] = [];
  const { url, connections, floorSeconds: seconds, checks: count, members, subjects } = ready;
  for (let round = 0; round < ready.rounds; round += 1) {
    const before = familyCpuMicros(ready.postgresPid);
    const floor = checkFloor({ url, connections, seconds, count, members, subjects });
    const after = familyCpuMicros(ready.postgresPid);
    floors.push(floor.perSecond);
    verifying.push(verifyMicros(ready.key));
    if (before !== null && after !== null) floorCpu.push(Math.round((after - before) / floor.count));
    rounds.push(await sent(ready, all.slice(round * part, (round + 1) * part), connections));
  }
  const shares = rounds.map(
    ({ told }, at) => rateOf(told.each, told.milliseconds).perSecond / (floors[at] ?? 1),
  );
  const first = await sent(ready, hot.slice(0, 1), 1);
  const hotSent = await sent(ready, hot.slice(1), 4);
  return {
    floor: { perSecond: median(floors), postgresMicros: floorCpu.length === 0 ? null : median(floorCpu) },
    checks: together(rounds),
    floorShares: shares.map(thousandths),
    floorShare: thousandths(median(shares)),
    hot: together([hotSent]),
    hotFirstMs: Math.round(first.told.each[0] ?? 0),
    verifyMicros: median(verifying),
    lagP99Ms: Math.max(...rounds.map(({ lagP99Ms }) => lagP99Ms)),
  };
}

type Sent = { readonly told: LoadTold; readonly cpu: CpuOfOne; readonly lagP99Ms: number };

function together(rounds: readonly Sent[]): Rate & { readonly cpuMicros: CpuOfOne } {
  const each = rounds.flatMap(({ told }) => told.each);
  const milliseconds = rounds.reduce((sum, { told }) => sum + told.milliseconds, 0);
  const postgres = rounds.flatMap(({ cpu }) => cpu.postgres ?? []);
  return {
    ...rateOf(each, milliseconds),
    cpuMicros: {
      server: median(rounds.map(({ cpu }) => cpu.server)),
      postgres: postgres.length === 0 ? null : median(postgres),
      sender: median(rounds.map(({ cpu }) => cpu.sender)),
    },
  };
}

function verifyMicros({ publicKey, sign }: SigningKey): number {
  const bytes = Buffer.alloc(500);
  const [key, signature] = [publicKeyOf(publicKey), sign(bytes)];
  const before = process.cpuUsage();
  for (let at = 0; at < 1_000; at += 1) isSigned(key, bytes, signature);
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1_000);
}

async function sent(ready: Ready, all: readonly Granted[], connections: number): Promise<Sent> {
  const load: Load = {
    port: ready.server.port,
    connections,
    requests: all.map((one) => requestOf(one, ready.key)),
  };
  const child = fork(path.join(import.meta.dirname, 'check-load.ts'), { serialization: 'advanced' });
  try {
    const before = { server: await ready.server.use(), postgres: familyCpuMicros(ready.postgresPid) };
    child.send(load);
    const [told] = (await once(child, 'message')) as [LoadTold];
    const after = { server: await ready.server.use(), postgres: familyCpuMicros(ready.postgresPid) };
    if (Object.keys(told.statuses).join() !== '200')
      throw new Error(`Answers: ${JSON.stringify(told.statuses)} ${told.unlike}`);
    const each = (micros: number): number => Math.round(micros / all.length);
    return {
      told,
      cpu: {
        server: each(after.server.cpuMicros - before.server.cpuMicros),
        postgres:
          after.postgres === null || before.postgres === null ? null : each(after.postgres - before.postgres),
        sender: each(told.cpuMicros),
      },
      lagP99Ms: after.server.lagP99Ms,
    };
  } finally {
    child.kill();
  }
}

function consentsFor({ members, subjects }: World, count: number, from: number): readonly Granted[] {
  return Array.from({ length: count }, (_, at) => ({
    memberNo: members[at % members.length] ?? 1,
    consentId: uuidOf(from + at),
    subject: subjects[(at * 31) % subjects.length] ?? Buffer.alloc(32),
  }));
}

const uuidOf = (at: number): string => `01900000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;

function requestOf({ memberNo, consentId, subject }: Granted, key: SigningKey): string {
  const pan = `h1.${subject.toString('base64url')}`;
  const body = Buffer.from(
    JSON.stringify({
      schema: 'check.v1',
      check_id: consentId,
      consent_id: consentId,
      subject: { pan, gstin: null, mobile: null, entity: 'C' },
    }),
  );
  const wish = { key, keyId: `${memberIdOf(memberNo)}/d1`, now: Date.now() };
  const unsigned = { method: 'POST', target: '/v1/checks', body, idempotencyKey: consentId };
  const headers = { ...signedHeaders(unsigned, wish), 'content-length': String(body.length) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /v1/checks HTTP/1.1\r\n${lines.join('')}\r\n${body.toString('utf8')}`;
}
