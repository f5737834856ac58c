import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Notice, Notified } from '#registry/notifier/notifier.ts';
import { openRegistry, type OpenRegistry, type RegistryWish } from '#registry/open-registry.ts';
import { afterAll, vi } from 'vitest';
import { tempDatabase, WITH_TABLES } from './postgres.ts';

/** 2026-11-22, 10:00 in India. */
export const TEN_IN_THE_MORNING = Date.UTC(2026, 10, 22, 4, 30);

// The first file of a run waits for PostgreSQL to make its cluster.
vi.setConfig({ hookTimeout: 60_000 });

export type TempRegistry = OpenRegistry & {
  readonly databaseUrl: string;
  readonly keyFolder: string;
  /** What left, oldest first. */
  readonly sent: Notice[];
  readonly bugs: { readonly errorId: string; readonly error: unknown }[];
  /** Events of the structured log, as 'event' or 'event {"count":1}'. */
  readonly logged: string[];
  /** Moves the clock, which otherwise stands still. */
  readonly pass: (time: {
    readonly days?: number;
    readonly minutes?: number;
    readonly seconds?: number;
  }) => void;
  /** What the notifier answers from now on: 'sent' until told otherwise. */
  readonly notifierSays: (answer: Notified) => void;
  /** Ends the blinder's process as a crash would. */
  readonly killBlinder: () => void;
  /** Another server on the same database, keys and clock; closed with the first. */
  readonly second: () => Promise<OpenRegistry>;
};

const DAY_MS = 86_400_000;

/** A registry on a database and keys of its own; closed and removed after the file's tests. Call it in beforeAll or a test. */
export async function tempRegistry(wish: Partial<RegistryWish> = {}): Promise<TempRegistry> {
  const database = await tempDatabase(WITH_TABLES);
  const keyFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-registry-keys-'));
  let now = TEN_IN_THE_MORNING;
  let answer: Notified = 'sent';
  const sent: Notice[] = [];
  const bugs: TempRegistry['bugs'] = [];
  const logged: string[] = [];
  const whole: RegistryWish = {
    databaseUrl: database.url,
    keyFolder,
    notifier: {
      send: (notice) => {
        if (answer === 'sent') sent.push(notice);
        return Promise.resolve(answer);
      },
    },
    name: 'Test registry',
    origin: 'registry.test/log1',
    publicUrl: 'https://registry.test',
    admits: 'everyone',
    log: (event, facts) => logged.push(facts ? `${event} ${JSON.stringify(facts)}` : event),
    onBug: (errorId, error) => bugs.push({ errorId, error }),
    now: () => now,
    connectionsMost: 6,
    ...wish,
  };
  const open = await openRegistry(whole);
  const more: OpenRegistry[] = [];
  onEnd(async () => {
    for (const one of [...more, open]) await one.close();
    await database.drop();
    rmSync(keyFolder, { recursive: true, force: true });
  });
  return {
    ...open,
    databaseUrl: database.url,
    keyFolder,
    sent,
    bugs,
    logged,
    pass: ({ days = 0, minutes = 0, seconds = 0 }) => {
      now += days * DAY_MS + minutes * 60_000 + seconds * 1_000;
    },
    notifierSays: (says) => {
      answer = says;
    },
    killBlinder: () => {
      const pid = open.registry.blinder.pid();
      if (pid !== null) process.kill(pid, 'SIGKILL');
    },
    second: async () => {
      const opened = await openRegistry(whole);
      more.push(opened);
      return opened;
    },
  };
}

const ends: (() => Promise<void>)[] = [];

/** Registries opened by a test live until the file's end: a hook may be set in the file's body only. */
function onEnd(end: () => Promise<void>): void {
  ends.push(end);
}

afterAll(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
