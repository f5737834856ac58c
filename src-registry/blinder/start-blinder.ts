import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Identifier } from '#domain/registry/subjects.ts';
import { AwayError } from '../away.ts';
import { makeKeyFile } from '../key-files.ts';
import { isAnswer, type Answer } from './messages.ts';

/** Turns identifiers into tokens, in the order asked; null for what is no identifier. */
export type Blinder = {
  readonly blind: (identifiers: readonly Identifier[]) => Promise<readonly (string | null)[]>;
  /** Its process at this moment; null while it is started anew. */
  readonly pid: () => number | null;
  readonly close: () => Promise<void>;
};

type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };
type Running = { readonly child: ChildProcess; readonly waiting: Map<number, Waiting> };

const STARTED_WITHIN_MS = 30_000;
const ANSWERED_WITHIN_MS = 10_000;

/**
 * Starts the blinder, and starts it again when it is asked after it ended. Makes the key file where there is none yet:
 * losing it orphans every token, so it is to be kept in two places.
 */
export async function startBlinder(keyFile: string): Promise<Blinder> {
  // Only the other process ever reads it.
  makeKeyFile(keyFile);
  let pid: number | null = null;
  const started = async (): Promise<Running> => {
    pid = null;
    const made = await start(keyFile);
    pid = made.child.pid ?? null;
    return made;
  };
  let running = started();
  let asked = 0;
  const blinder = async (): Promise<Running> => {
    const before = running;
    const found = await before.catch(() => null);
    if (found?.child.connected) return found;
    // Of all who find it gone, the first starts another.
    if (running === before) running = started();
    return await running;
  };
  await running;
  return {
    blind: async (identifiers) => {
      if (identifiers.length === 0) return [];
      const { child, waiting } = await blinder();
      asked += 1;
      const id = asked;
      const answer = answerTo(id, waiting, ANSWERED_WITHIN_MS);
      child.send({ id, identifiers }, (error) => error && waiting.get(id)?.reject(away()));
      return (await answer).tokens;
    },
    pid: () => pid,
    close: async () => {
      const found = await running.catch(() => null);
      if (found) await closed(found.child);
    },
  };
}

async function start(keyFile: string): Promise<Running> {
  const waiting = new Map<number, Waiting>();
  const child = fork(path.join(import.meta.dirname, 'process.ts'), {
    // Nothing of the registry's own surroundings: neither its database nor its keys.
    env: { PATH: process.env['PATH'], BLINDER_KEY_FILE: keyFile },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (message) => {
    if (isAnswer(message)) waiting.get(message.id)?.resolve(message);
  });
  const onEnd = (): void => {
    for (const one of waiting.values()) one.reject(away());
  };
  child.once('exit', onEnd).once('error', onEnd);
  await answerTo(0, waiting, STARTED_WITHIN_MS);
  return { child, waiting };
}

function away(): AwayError {
  return new AwayError('The blinder does not answer.');
}

/** The process says 0 when it is ready, and each question's number with its answer. */
function answerTo(id: number, waiting: Map<number, Waiting>, withinMs: number): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => reject(away()), withinMs);
    waiting.set(id, {
      resolve: (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      reject: (error) => {
        clearTimeout(timer);
        reject(error);
      },
    });
  }).finally(() => waiting.delete(id));
}

function closed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.disconnect();
  });
}
