import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runningPostgres } from '#registry/postgres/start-postgres.ts';
import { openStore } from '#registry/store/database.ts';
import { gstinOf, otpIn } from '#tests/builders/registry/member.ts';
import { compiledBefore, postgresUrl, tempDatabase } from '#tests/builders/registry/postgres.ts';
import { expect, it, onTestFinished, vi } from 'vitest';

// The program itself, started as npm run registry does.

// It starts whole programs, one after the other.
vi.setConfig({ testTimeout: 90_000 });

const SERVER = path.resolve(import.meta.dirname, '../../../src-registry/server.ts');

type Started = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly metricsUrl: string;
  readonly folder: string;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
};

let port = 20_000 + (process.pid % 20_000);

async function start(env: Readonly<Record<string, string>>): Promise<Started> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-server-'));
  // Under root PostgreSQL runs as nobody, who has to get there.
  chmodSync(folder, 0o755);
  port += 2;
  const child = spawn(process.execPath, [SERVER], {
    env: {
      PATH: process.env['PATH'],
      REGISTRY_DATA: folder,
      REGISTRY_PORT: String(port),
      REGISTRY_METRICS_PORT: String(port + 1),
      ...compiledBefore(),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  for (let tries = 0; !said.includes('"ready"'); tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error(`The server did not start: ${said}`);
    await pause(50);
  }
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    metricsUrl: `http://127.0.0.1:${port + 1}/metrics`,
    folder,
    said: () => said,
    ended,
  };
}

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('brings its own PostgreSQL and keys, keeps what it said when it is killed, and writes nobody into its log', async () => {
  const first = await start({});
  expect(await (await fetch(`${first.url}/health`)).json()).toEqual({ status: 'ok' });
  for (const name of ['blinder', 'contacts', 'receipt', 'log'])
    expect(statSync(path.join(first.folder, 'keys', `${name}.key`)).mode & 0o777, name).toBe(0o600);
  const application_id = '01938f00-0000-7000-8000-000000000001';
  const gstin = gstinOf(4321);
  const asked = await post(`${first.url}/v1/members`, {
    schema: 'join.v1',
    application_id,
    legal_name: 'Canary Traders',
    gstin,
    contact: { mobile: '+919876501234', email: null },
    purpose: 'both',
    terms_version: '2026-11',
    device_key: 'C'.repeat(43),
    lang: 'en',
  });
  expect(asked.status).toBe(200);
  const otp = otpIn(readFileSync(path.join(first.folder, 'notices.jsonl'), 'utf8').replace(/\+\d+/, ''));
  const confirm = { schema: 'join-confirm.v1', application_id, otp };
  const made: unknown = await (await post(`${first.url}/v1/members/confirm`, confirm)).json();
  expect(made).toMatchObject({ status: 'probation', legal_name: 'Canary Traders' });
  const metrics = await (await fetch(first.metricsUrl)).text();
  expect(metrics).toContain('registry_answers_total{operation="confirmJoin",status="200"} 1');
  expect(metrics).toContain('registry_members_pending 0');
  // Whoever asks from outside is not told them.
  expect((await fetch(`${first.url}/metrics`)).status).toBe(404);
  // The operator's commands find the database that a running server brought.
  const [folder = ''] = readdirSync(first.folder).filter((name) => name.startsWith('postgres-'));
  const found = runningPostgres(path.join(first.folder, folder));
  const beside = openStore({ url: found ?? '', connectionsMost: 1, onTrouble: () => undefined });
  expect(await beside.rows({ text: 'SELECT legal_name FROM member' })).toEqual([
    { legal_name: 'Canary Traders' },
  ]);
  await beside.close();
  expect(first.said()).toContain('"everyone-is-admitted","warning":true');
  const meta = await metaOf(first.url);
  first.child.kill('SIGKILL');
  await first.ended;

  const second = await start({
    REGISTRY_DATA: first.folder,
    REGISTRY_URL: `http://${new URL(first.url).host}`,
  });
  expect(await metaOf(second.url)).toEqual(meta);
  expect(await (await post(`${second.url}/v1/members/confirm`, confirm)).json()).toEqual(made);
  const [own = ''] = readdirSync(first.folder).filter((name) => name.startsWith('postgres-'));
  const pidFile = path.join(first.folder, own, 'data', 'postmaster.pid');
  expect(existsSync(pidFile)).toBe(true);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  expect(existsSync(pidFile)).toBe(false);

  const said = first.said() + second.said();
  for (const line of said.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
  expect(said).not.toMatch(new RegExp(`Canary|9876501234|${gstin.slice(2, 12)}|${otp}|01938f00`));
});

async function metaOf(url: string): Promise<string | undefined> {
  const text = await (await fetch(`${url}/v1/meta`)).text();
  return /"receipt_key":"[^"]+"/.exec(text)?.[0];
}

it('finishes what it is at before it ends, and takes nothing new', async () => {
  const database = await tempDatabase();
  const server = await start({ DATABASE_URL: database.url });
  const holder = openStore({ url: database.url, connectionsMost: 1, onTrouble: () => undefined });
  let answered: Promise<number | undefined> | undefined;
  await holder.transaction(async (tx) => {
    // While the table is locked, an answer waits.
    await tx.rows({ text: 'LOCK TABLE application IN ACCESS EXCLUSIVE MODE' });
    answered = confirmStatus(server.url);
    await someoneWaits(database.url);
    server.child.kill('SIGTERM');
    while (!server.said().includes('"stopping"')) await pause(20);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });
  expect(await answered).toBe(403);
  expect(await server.ended).toBe(0);
  expect(server.said()).toContain('"stopped"');
  await holder.close();
  await database.drop();
});

/** Until somebody waits for a lock in that database. */
async function someoneWaits(url: string): Promise<void> {
  const watcher = openStore({ url: await postgresUrl(), connectionsMost: 1, onTrouble: () => undefined });
  for (let waiting = 0; waiting === 0; await pause(20)) {
    const [row] = await watcher.rows<{ n: number }>({
      text: `SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = $1`,
      values: [/\/(t_[0-9_]+)\?/.exec(url)?.[1]],
    });
    waiting = row?.n ?? 0;
  }
  await watcher.close();
}

/** An application that never was. */
function confirmStatus(url: string): Promise<number | undefined> {
  const body = JSON.stringify({
    schema: 'join-confirm.v1',
    application_id: '01938f00-0000-7000-8000-000000000002',
    otp: '000000',
  });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const request = http.request(`${url}/v1/members/confirm`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject).end(body);
  });
}

it('gives up after its deadline where something never ends', async () => {
  const database = await tempDatabase();
  const server = await start({ DATABASE_URL: database.url, REGISTRY_STOP_SECONDS: '1' });
  const holder = openStore({ url: database.url, connectionsMost: 1, onTrouble: () => undefined });
  await holder.transaction(async (tx) => {
    await tx.rows({ text: 'LOCK TABLE application IN ACCESS EXCLUSIVE MODE' });
    const hanging = confirmStatus(server.url).catch(() => undefined);
    await someoneWaits(database.url);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(1);
    await hanging;
  });
  expect(server.said()).toContain('"stopped-by-force"');
  await holder.close();
  await database.drop();
});
