import { parseArgs } from 'node:util';
import { aging } from './commands/aging.ts';
import { books } from './commands/books.ts';
import { call } from './commands/call.ts';
import { customers } from './commands/customers.ts';
import { demo } from './commands/demo.ts';
import { importFile } from './commands/import.ts';
import { papers } from './commands/papers.ts';
import { registry } from './commands/registry.ts';
import { reminders } from './commands/reminders.ts';
import { sync } from './commands/sync.ts';
import { tallyProbe } from './commands/tally-probe.ts';
import type { Command, Job, Options } from './command.ts';
import { usage, type Ending } from './ending.ts';

const commands: Readonly<Record<string, Command>> = {
  import: importFile,
  aging,
  customers,
  books,
  demo,
  sync,
  reminders,
  papers,
  registry,
  'tally-probe': tallyProbe,
  call,
};

/** What was asked for, known before anything is opened or written. */
export type Asked =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'job'; readonly job: Job; readonly options: Options }
  | { readonly kind: 'ending'; readonly ending: Ending };

const optionShapes = {
  'data-dir': { type: 'string' },
  format: { type: 'string' },
  book: { type: 'string' },
  map: { type: 'string' },
  rate: { type: 'string', multiple: true },
  'take-drafts': { type: 'boolean' },
  'complete-list': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  'as-of': { type: 'string' },
  search: { type: 'string' },
  customers: { type: 'string' },
  until: { type: 'string' },
  by: { type: 'string' },
  bounds: { type: 'string' },
  grace: { type: 'string' },
  credits: { type: 'string' },
  'group-by': { type: 'string' },
  output: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  company: { type: 'string' },
  full: { type: 'boolean' },
  quick: { type: 'boolean' },
  day: { type: 'string' },
  hash: { type: 'string' },
  customer: { type: 'string' },
  kind: { type: 'string' },
  from: { type: 'string' },
  language: { type: 'string' },
  out: { type: 'string' },
  all: { type: 'boolean' },
  folder: { type: 'string' },
  address: { type: 'string' },
  gstin: { type: 'string' },
  pan: { type: 'string' },
  name: { type: 'string' },
  mobile: { type: 'string' },
  email: { type: 'string' },
  purpose: { type: 'string' },
  confirm: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export function readWords(words: readonly string[], version: string): Asked {
  const parsed = parse(words);
  if (typeof parsed === 'string') return { kind: 'ending', ending: usage(parsed) };
  const { help, version: wantsVersion, ...options } = parsed.values;
  const [name, ...rest] = parsed.positionals;
  if (wantsVersion) return { kind: 'print', text: version };
  if (name === undefined || name === 'help') {
    if (help || name === 'help') return { kind: 'print', text: helpText() };
    return { kind: 'ending', ending: usage('Which command? “baaki --help” lists them.') };
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    return { kind: 'ending', ending: usage(`There is no command “${name}”. “baaki --help” lists them.`) };
  }
  if (help) return { kind: 'print', text: command.help };
  const fault = misfit(name, command, options);
  if (fault !== undefined) return { kind: 'ending', ending: usage(fault) };
  const job = command.read({ options, rest });
  return typeof job === 'function' ? { kind: 'job', job, options } : { kind: 'ending', ending: job };
}

/** Whether the answer, and so a refusal too, is to be JSON: told even of words that cannot be understood. */
export function wantsJson(words: readonly string[]): boolean {
  const at = words.indexOf('--format');
  return words.includes('--format=json') || words[at + 1] === 'json' || words.includes('call');
}

function parse(words: readonly string[]): ReturnType<typeof parseStrictly> | string {
  try {
    return parseStrictly(words);
  } catch (error) {
    // Node says what is wrong in the first sentence, and goes on with advice for programmers.
    const said = error instanceof Error ? error.message : String(error);
    return `${said.split(/\. |\n/, 1)[0]?.replace(/\.$/, '') ?? said}.`;
  }
}

function parseStrictly(words: readonly string[]) {
  return parseArgs({ args: [...words], options: optionShapes, allowPositionals: true, strict: true });
}

function misfit(name: string, command: Command, options: Options): string | undefined {
  const takes: readonly string[] = ['data-dir', ...command.takes];
  const stranger = Object.keys(options).find((option) => !takes.includes(option));
  if (stranger !== undefined) return `“baaki ${name}” takes no --${stranger}.`;
  if (options.format !== undefined && !command.formats.includes(options.format)) {
    return `--format “${options.format}” is not one of: ${command.formats.join(', ')}.`;
  }
  return undefined;
}

function helpText(): string {
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(11)} ${summary}`);
  return `Usage: baaki COMMAND [options]

Commands:
${list.join('\n')}

Options of every command:
  --data-dir DIR   where the books are; else the environment's BAAKI_DATA, else the app's own folder
  -h, --help       this text, or that of a command
  -v, --version    the version

Results are on the standard output, all else on the standard error. Amounts in JSON are whole paise.

Exit codes:
  0  done
  1  refused: the request cannot be carried out, e.g. there is no such book
  2  usage: the command was not understood, or nobody agreed to the import
  3  failed: the world outside, e.g. a file that cannot be read
  4  internal: a fault of Baaki itself
With --format json a refusal is printed as {"error":{"code":"…","sentence":"…"}} too.`;
}
