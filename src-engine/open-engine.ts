import { randomUUID } from 'node:crypto';
import { open as openFile } from 'node:fs/promises';
import { nouns, type Noun } from '#contract/engine/changes.ts';
import type { Contract } from '#contract/index.ts';
import { day, type Day } from '#domain/days.ts';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient, EventPublisher } from '@orpc/server';
import * as csv from './adapters/csv/csv.ts';
import * as excel from './adapters/excel/workbook.ts';
import type { ReadFile, WorkbookSource } from './adapters/ports.ts';
import { router } from './router.ts';
import type { Context, Log } from './services/door.ts';
import { sqliteVersion } from './storage/database.ts';
import { openShelf, type Shelf } from './storage/shelf.ts';

export type EngineWish = {
  /** Holds books/ and backups/; made when absent. */
  readonly dataFolder: string;
  readonly version: string;
  readonly log?: Log;
  /** Told the whole of a bug, which the door shows only by its id. */
  readonly onBug?: (errorId: string, error: unknown) => void;
  /** UTC milliseconds; tests hand in a clock that stands. */
  readonly now?: () => number;
};

export type Engine = {
  readonly client: ContractRouterClient<Contract>;
  readonly context: Context;
  readonly close: () => Promise<void>;
};

/** The one wiring file: concrete adapters, clock and ids meet the services here. */
export async function openEngine(wish: EngineWish): Promise<Engine> {
  const now = wish.now ?? (() => Date.now());
  const publisher = new EventPublisher<{ changed: { nouns: Noun[] } }>();
  const shelf = openShelf(wish.dataFolder);
  const log: Log = wish.log ?? (() => undefined);
  const context: Context = {
    shelf,
    workbooks: workbooks(),
    now,
    dayAt,
    newId: () => randomUUID(),
    changed: (...nouns) => publisher.publish('changed', { nouns: [...nouns] }),
    watch: (signal) => publisher.subscribe('changed', signal ? { signal } : {}),
    log,
    logBug: (error) => {
      const errorId = randomUUID().slice(0, 8);
      wish.onBug?.(errorId, error);
      log('bug', {}, errorId);
      return errorId;
    },
    version: wish.version,
    startedAt: now(),
    runtime: { node: process.versions.node, sqlite: sqliteVersion() },
  };
  const stopWatching = watchOthers(shelf, () => context.changed(...nouns));
  const close = (): Promise<void> => {
    stopWatching();
    shelf.close();
    return Promise.resolve();
  };
  return { client: createRouterClient(router, { context }), context, close };
}

const OTHERS_LOOKED_AT_MS = 2000;

/** Another process (the command line) may write into the open book: whoever watches is told within seconds. */
function watchOthers(shelf: Shelf, tell: () => void): () => void {
  let before: string | null = null;
  const timer = setInterval(() => {
    const now = shelf.writtenByOthers();
    if (before !== null && now !== null && now !== before) tell();
    before = now;
  }, OTHERS_LOOKED_AT_MS);
  timer.unref();
  return () => clearInterval(timer);
}

// The company's own calendar day, never the UTC day: they differ until half past five in India.
function dayAt(instant: number, timeZone: string): Day {
  const parts = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return day(new Intl.DateTimeFormat('en-CA', parts).format(instant));
}

const HEAD_BYTES = 4096;

/** The reader is chosen by what the file holds, not by what it is called. */
function workbooks(): Pick<WorkbookSource, 'read'> {
  const sources = [
    { canRead: excel.canRead, read: excel.readWorkbook },
    { canRead: csv.canRead, read: csv.readCsv },
  ];
  return {
    read: async (path, signal) => {
      const head = await headOf(path);
      if (head === null) return notFound(path);
      const source = sources.find((one) => one.canRead(head)) ?? sources[0];
      return source === undefined ? notFound(path) : source.read(path, signal);
    },
  };
}

async function headOf(path: string): Promise<Uint8Array | null> {
  try {
    const file = await openFile(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

function notFound(path: string): ReadFile {
  const sentence = `There is no readable file at ${path}. Choose it again.`;
  return { ok: false, failure: { code: 'not-found', sentence, retryable: false } };
}
