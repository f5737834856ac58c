import { mkdirSync } from 'node:fs';
import path from 'node:path';
import logger from 'electron-log/node';

// The engine's own log: an event word with numbers and ids. Of a bug only the places in our code are written, never
// its message, which may quote a name or an amount.

const SIZE_MOST_BYTES = 1_000_000;
const FRAMES_MOST = 12;

export type EngineLog = {
  readonly write: (
    event: string,
    facts?: Readonly<Record<string, number | boolean | null>>,
    errorId?: string,
  ) => void;
  readonly bug: (errorId: string, error: unknown) => void;
};

/** Lines go to engine.log in the folder; at a megabyte it becomes engine.old.log, and the one before goes. */
export function openLog(folder: string): EngineLog {
  mkdirSync(folder, { recursive: true });
  const log = logger.create({ logId: 'engine' });
  log.transports.console.level = false;
  log.transports.file.resolvePathFn = () => path.join(folder, 'engine.log');
  log.transports.file.maxSize = SIZE_MOST_BYTES;
  log.transports.file.format = '{iso} {text}';
  log.transports.file.level = 'info';
  return {
    write: (event, facts = {}, errorId) => {
      const words = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
      log.info([event, ...words, ...(errorId === undefined ? [] : [`id=${errorId}`])].join(' '));
    },
    bug: (errorId, error) => log.info(['bug-at', `id=${errorId}`, ...framesOf(error)].join(' ')),
  };
}

function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return ['no-error'];
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const frame = /^\s+at (?:([\w$.<>[\] ]+) \()?.*?([\w.-]+:\d+:\d+)\)?$/.exec(line);
    return frame ? [`${(frame[1] ?? '').replaceAll(' ', '_')}@${frame[2]}`] : [];
  });
  return [error.constructor.name, ...frames.slice(0, FRAMES_MOST)];
}
