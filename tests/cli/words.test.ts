import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '#tests/architecture/read-tree.ts';
import { builtCli, runProgram } from './run-cli.ts';

const errorShape = z.strictObject({ error: z.strictObject({ code: z.string(), sentence: z.string() }) });

describe('the words of the command line', () => {
  const cli = builtCli('all tests');

  it('tells its commands and its exit codes', async () => {
    const { stdout, stderr, code } = await cli.run('--help');
    for (const word of ['import', 'aging', 'books', 'demo', 'call', '--data-dir', 'Exit codes:']) {
      expect(stdout).toContain(word);
    }
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  it('tells what each command takes', async () => {
    for (const name of ['import', 'aging', 'books', 'demo', 'call']) {
      const { stdout, code } = await cli.run(name, '--help');
      expect(stdout).toContain(`baaki ${name}`);
      expect(code).toBe(0);
    }
  });

  it('tells its version', async () => {
    const manifest: unknown = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
    const { stdout, code } = await cli.run('--version');
    expect(manifest).toMatchObject({ version: stdout.trim() });
    expect(code).toBe(0);
  });

  it.each([
    [[], 'Which command?'],
    [['agings'], 'There is no command “agings”.'],
    [['constructor'], 'There is no command “constructor”.'],
    [['aging', '--colour'], "Unknown option '--colour'."],
    [['aging', '--rate', 'USD=83'], '“baaki aging” takes no --rate.'],
    [['aging', '--format', 'xml'], '--format “xml” is not one of: table, csv, json, xlsx.'],
    [['aging', '--as-of', '2026-02-30'], '--as-of “2026-02-30” is not a day'],
    [['import'], 'Which file?'],
    [['import', 'a.csv', 'b.csv'], 'One file at a time'],
    [['import', 'a.csv', '--dry-run', '--yes'], 'do not go together'],
    [['import', 'a.csv', '--rate', 'dollar=1'], '--rate “dollar=1” is not written like USD=83.25.'],
    [['import', 'a.csv', '--rate', 'USD=0'], 'is not an exchange rate'],
    [['import', 'a.csv', '--map', '{"columns":{"colour":1}}'], 'No column can mean “colour”.'],
    [['import', 'a.csv', '--map', '{"colour":1}'], '--map knows no “colour”.'],
    [['import', 'a.csv', '--map', 'no-such-map.json'], '--map cannot be read'],
    [['demo', '--customers', 'many'], '--customers “many” is not a number'],
    [['demo', '--until', 'today'], '--until “today” is not a day'],
  ])('does not understand %j, says so, and touches nothing', async (words, sentence) => {
    const { stdout, stderr, code } = await cli.run(...words);
    expect(stderr).toContain(sentence);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(existsSync(path.join(cli.folder, 'data'))).toBe(false);
  });

  it.each([
    [['call'], 'Which call?'],
    [['call', 'aging.tables'], 'There is no call “aging.tables”.'],
    [['call', 'aging.table', '{'], 'The input is not JSON'],
    [['call', 'aging.table', '{}', '{}'], 'A call takes one JSON input.'],
    [['aging', '--as-of', 'x', '--format', 'json'], '--as-of “x”'],
    [['aging', '--as-of', 'x', '--format=json'], '--as-of “x”'],
  ])('prints the same as JSON for %j', async (words, sentence) => {
    const { stdout, stderr, code } = await cli.run(...words);
    const { error } = errorShape.parse(JSON.parse(stdout));
    expect(error.code).toBe('usage');
    expect(error.sentence).toContain(sentence);
    expect(stderr).toBe(`${error.sentence}\n`);
    expect(code).toBe(2);
  });

  it('calls a data folder that cannot be used a failure of the world', async () => {
    const file = path.join(cli.folder, 'not-a-folder');
    writeFileSync(file, '');
    const { stdout, stderr, code } = await runProgram(
      cli.program(),
      ['books', '--format', 'json', '--data-dir', file],
      {},
    );
    expect(code).toBe(3);
    expect(errorShape.parse(JSON.parse(stdout)).error.code).toBe('data-folder');
    expect(stderr).toContain('The data folder cannot be used');
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const child = spawn(process.execPath, [cli.program(), '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });
});
