import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** Built once a test file, from the sources as they stand; two folders below the repository like the product's. */
async function buildCli(): Promise<{ readonly program: string; readonly remove: () => void }> {
  const results = path.join(repository, 'test-results');
  mkdirSync(results, { recursive: true });
  const outDir = mkdtempSync(path.join(results, 'cli-'));
  // Files are parsed, and papers drawn, in threads of their own, whose programs stand beside.
  await bundleSources(outDir, {
    cli: 'src-cli/index.ts',
    reader: 'src-engine/reader.ts',
    papers: 'src-engine/adapters/typst/worker.ts',
  });
  return {
    program: path.join(outDir, 'cli.js'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
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
  let built: Awaited<ReturnType<typeof buildCli>>;
  let cli: Cli;
  const open = (): void => {
    cli = newCli(built.program);
  };
  beforeAll(async () => {
    built = await buildCli();
    if (folderFor === 'all tests') open();
  }, BUILT_WITHIN_MS);
  afterAll(() => {
    if (folderFor === 'all tests') cli.remove();
    built.remove();
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
    program: () => built.program,
  };
}

export function runProgram(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: { ...process.env, ...environment },
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
