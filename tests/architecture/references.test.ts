import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { repository } from './read-tree.ts';

// The compiler and the linter are the other two nets of the house. A net that catches nothing is silent too, so
// wrong lines are planted in a temporary copy of the real projects, and each must be caught there.
const sound = {
  'src-domain/sound.ts': 'export type Paise = number;\n',
  'src-contract/sound.ts':
    "import type { Paise } from '#domain/sound.ts';\nexport type Due = { owed: Paise };\n",
  'src-engine/sound.ts':
    "import { sep } from 'node:path';\nimport type { Due } from '#contract/sound.ts';\n" +
    'export const due: Due = { owed: sep.length };\n',
  'src-preload/sound.ts': 'export const title: string = document.title;\n',
  // The libraries that the window really uses come along: one of them could bring Node's types in by a back door.
  'src-renderer/sound.tsx':
    "import '@mantine/core';\nimport '@orpc/client';\nimport '@tanstack/react-query';\nimport 'recharts';\n" +
    'export const Title = (): React.JSX.Element => <b>{document.title}</b>;\n',
} as const satisfies Record<string, string>;

const planted = {
  'src-domain/planted.ts': 'export const title: string = document.title;\n',
  'src-domain/planted-node.ts': "import { sep } from 'node:path';\nexport const separator: string = sep;\n",
  'src-domain/planted-console.ts': 'console.log(1);\nexport {};\n',
  'src-contract/planted.ts': 'export const platform: string = process.platform;\n',
  'src-contract/planted-engine.ts':
    "import { due } from '#engine/sound.ts';\nexport const owed: unknown = due;\n",
  'src-engine/planted.ts': 'export const title: string = document.title;\n',
  'src-preload/planted.ts': 'export const platform: string = process.platform;\n',
  'src-renderer/planted.ts': 'export const platform: string = process.platform;\n',
  'src-renderer/planted-engine.ts':
    "import { due } from '#engine/sound.ts';\nexport const owed: unknown = due;\n",
} as const satisfies Record<string, string>;

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

/** The house's own settings over small projects of our making. */
function copyHouse(files: Readonly<Record<string, string>>): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'baaki-house-'));
  copies.push(copy);
  for (const name of ['package.json', 'tsconfig.base.json', '.oxlintrc.json']) {
    cpSync(path.join(repository, name), path.join(copy, name));
  }
  for (const folder of ['src-domain', 'src-contract', 'src-engine', 'src-preload', 'src-renderer']) {
    mkdirSync(path.join(copy, folder));
    cpSync(path.join(repository, folder, 'tsconfig.json'), path.join(copy, folder, 'tsconfig.json'));
  }
  for (const [name, text] of Object.entries({ ...sound, ...files }))
    writeFileSync(path.join(copy, name), text);
  symlinkSync(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  return copy;
}

function run(copy: string, tool: string, args: readonly string[]): { status: number | null; output: string } {
  const script = path.join(repository, 'node_modules', tool);
  const done = spawnSync(process.execPath, [script, ...args], { cwd: copy, encoding: 'utf8' });
  return { status: done.status, output: done.stdout + done.stderr };
}

const compile = (copy: string) =>
  run(copy, 'typescript/bin/tsc', ['-b', 'src-renderer', 'src-engine', '--pretty', 'false']);

describe('the project references', () => {
  it('compile the house without the plants', () => {
    expect(compile(copyHouse({}))).toEqual({ status: 0, output: '' });
  });

  it('do not compile what a room must not know', () => {
    const { status, output } = compile(copyHouse(planted));
    expect(status).not.toBe(0);
    const uncaught = Object.keys(planted).filter((name) => !output.includes(`${name}(`));
    expect(uncaught, output).toEqual([]);
  });
});

describe('the linter', () => {
  const lint = (copy: string) =>
    run(copy, 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', 'src-domain']);
  const filesSeen = (output: string): number => Number(/ on (\d+) files? /.exec(output)?.[1] ?? 0);

  it('visits the files of a room and finds a sound room sound', () => {
    const { status, output } = lint(copyHouse({}));
    expect(status, output).toBe(0);
    expect(filesSeen(output)).toBe(1);
  });

  it('refuses an any, a console and a promise that nobody waits for', () => {
    const bad = [
      'export const anything: any = 1;',
      'console.log(anything);',
      'async function later(): Promise<void> {}',
      'export function now(): void {\n  later();\n}\n',
    ];
    const { status, output } = lint(copyHouse({ 'src-domain/planted.ts': bad.join('\n') }));
    expect(status).not.toBe(0);
    expect(output).toContain('no-explicit-any');
    expect(output).toContain('no-console');
    expect(output).toContain('no-floating-promises');
  });
});
