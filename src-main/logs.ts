// Main's log. A line is a word for what happened and some numbers; there is no way to write a sentence into it,
// so nothing that a customer or an owner typed can end up there.
import fs from 'node:fs';
import path from 'node:path';
import logger from 'electron-log/node';

export type LogWord =
  | 'app-started'
  | 'app-quitting'
  | 'bug'
  | 'engine-started'
  | 'engine-ready'
  | 'engine-exited'
  | 'engine-given-up'
  | 'second-instance'
  | 'vault-no-safe'
  | 'vault-key-unreadable'
  | 'sender-refused'
  | 'navigation-refused'
  | 'page-not-loaded'
  | 'permission-refused'
  | 'place-refused'
  | 'printed'
  | 'update-state'
  | 'update-trouble'
  | 'window-gone'
  | 'window-opened';

declare const codeBrand: unique symbol;
/** A short technical code: made only by logCode and logFrames, which let nothing else through. */
export type LogCode = string & { readonly [codeBrand]: true };
export type LogFacts = Readonly<Record<string, number | boolean | LogCode>>;

const SIZE_MOST_BYTES = 1_000_000;
const KEPT_COUNT = 3;
const FRAMES_MOST = 12;

/** An exit code, a signal, an error code or a version: capitals, digits and the few words listed. */
const CODE = /^(-?\d{1,10}|[A-Z][A-Z0-9_]{1,60}|\d+\.\d+\.\d+[\w.-]{0,20}|[0-9a-f-]{8,36})$/;
const KNOWN_CODES: readonly string[] = [
  'not-started',
  'crashed',
  'killed',
  'oom',
  'launch-failed',
  'integrity-failure',
  'abnormal-exit',
  'off',
  'idle',
  'checking',
  'none',
  'downloading',
  'ready',
  'refused',
  'failed',
  'win32',
  'linux',
  'darwin',
];

/** The text as a code when it looks like one, else the word 'withheld'. */
export function logCode(text: unknown): LogCode {
  const isCode = typeof text === 'string' && (CODE.test(text) || KNOWN_CODES.includes(text));
  return (isCode ? text : 'withheld') as LogCode;
}

/** Where an error arose: function names and file names only, never its message, which may quote data. */
export function logFrames(error: unknown): LogCode {
  if (!(error instanceof Error)) return logCode('NOT_AN_ERROR');
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const frame = /^\s+at (?:([\w$.<>[\] ]+) \()?.*?([\w.-]+:\d+:\d+)\)?$/.exec(line);
    return frame ? [`${frame[1] ?? ''}@${frame[2]}`.replaceAll(' ', '_')] : [];
  });
  return [logCode(error.name.toUpperCase()), ...frames.slice(0, FRAMES_MOST)].join('<') as LogCode;
}

/** Makes room: main.log becomes main.1.log and so on; the oldest goes. */
export function rotate(file: string): void {
  const { dir, name, ext } = path.parse(file);
  const numbered = (count: number): string => path.join(dir, `${name}.${count}${ext}`);
  fs.rmSync(numbered(KEPT_COUNT), { force: true });
  for (let count = KEPT_COUNT - 1; count >= 1; count--) {
    if (fs.existsSync(numbered(count))) fs.renameSync(numbered(count), numbered(count + 1));
  }
  fs.renameSync(file, numbered(1));
}

const log = logger.create({ logId: 'main' });
log.transports.console.level = false;
log.transports.file.level = false;

/** Nothing is written before this; the folder is made when it is missing. */
export function startLogs(folder: string, sizeMostBytes = SIZE_MOST_BYTES): void {
  fs.mkdirSync(folder, { recursive: true });
  const { file } = log.transports;
  file.resolvePathFn = () => path.join(folder, 'main.log');
  file.maxSize = sizeMostBytes;
  file.format = '{iso} {text}';
  file.archiveLogFn = (old) => rotate(old.path);
  file.level = 'info';
}

export function logEvent(word: LogWord, facts: LogFacts = {}): void {
  log.info([word, ...Object.entries(facts).map(([name, value]) => `${name}=${value}`)].join(' '));
}
