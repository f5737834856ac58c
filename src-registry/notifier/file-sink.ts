import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Notifier } from './notifier.ts';

/** For development: every notice becomes a line of JSON in a file, and nothing leaves the machine. */
export function fileSink(file: string): Notifier {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  return {
    send: (notice) => {
      appendFileSync(file, `${JSON.stringify(notice)}\n`, { mode: 0o600 });
      return Promise.resolve('sent');
    },
  };
}
