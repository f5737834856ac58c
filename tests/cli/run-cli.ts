import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { repository } from '#tests/architecture/read-tree.ts';
import { bundleSources } from '#tests/builders/bundle.ts';

export type Ran = { readonly stdout: string; readonly stderr: string; readonly code: number | null };

/** The command line as a script meets it: the built program, in a process and a data folder of its own. */
export type Cli = {
  readonly folder: string;
  readonly run: (...words: readonly string[]) => Promise<Ran>;
  /** A file beside the data folder. */
  readonly file: (name: string, text: string) => string;
  readonly remove: () => void;
};

/** On a machine that does much else. */
const BUILT_WITHIN_MS = 60_000;

/** Built once for all test files, from the sources as they stand; two folders below the repository like the product's. */
async function builtProgram(): Promise<string> {
  const results = path.join(repository, 'test-results');
  mkdirSync(results, { recursive: true });
  const place = path.join(results, `cli-${digestOfSources()}`);
  const program = path.join(place, 'cli.js');
  if (existsSync(program)) return program;
  const beside = mkdtempSync(path.join(results, 'cli-'));
  // Files are parsed, and papers drawn, in threads of their own, whose programs stand beside.
  await bundleSources(beside, {
    cli: 'src-cli/index.ts',
    reader: 'src-engine/reader.ts',
    papers: 'src-engine/adapters/typst/worker.ts',
  });
  try {
    renameSync(beside, place);
  } catch {
    // Another worker was done first, with the same.
    rmSync(beside, { recursive: true, force: true });
  }
  return program;
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of ['src-cli', 'src-contract', 'src-domain', 'src-engine', 'resources']) {
    const entries = readdirSync(path.join(repository, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

export function newCli(program: string): Cli {
  const folder = mkdtempSync(path.join(tmpdir(), 'baaki-cli-'));
  const file = (name: string, text: string): string => {
    const at = path.join(folder, name);
    writeFileSync(at, text);
    return at;
  };
  return {
    folder,
    file,
    run: (...words) => runProgram(program, words, { BAAKI_DATA: path.join(folder, 'data') }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * The command line for the tests of one file or one describe: built once for them, with a data folder that is new for
 * each test or shared by all of them.
 */
export function builtCli(folderFor: 'each test' | 'all tests'): Cli & { readonly program: () => string } {
  let program = '';
  let cli: Cli;
  const open = (): void => {
    cli = newCli(program);
  };
  beforeAll(async () => {
    program = await builtProgram();
    if (folderFor === 'all tests') open();
  }, BUILT_WITHIN_MS);
  afterAll(() => {
    if (folderFor === 'all tests') cli.remove();
  });
  if (folderFor === 'each test') {
    beforeEach(open);
    afterEach(() => cli.remove());
  }
  return {
    get folder() {
      return cli.folder;
    },
    run: (...words) => cli.run(...words),
    file: (name, text) => cli.file(name, text),
    remove: () => cli.remove(),
    program: () => program,
  };
}

export function runProgram(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      // Some hundred starts of the same six megabytes: compiled once.
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: path.join(path.dirname(program), 'compiled'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ stdout, stderr, code }));
  });
}
