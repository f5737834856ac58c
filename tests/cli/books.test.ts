import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtCli, runProgram } from './run-cli.ts';

const booksShape = z.strictObject({
  books: z.array(z.looseObject({ bookId: z.string(), name: z.string() })),
});
const errorShape = z.strictObject({ error: z.strictObject({ code: z.string(), sentence: z.string() }) });
const create = (name: string): readonly string[] => ['call', 'books.create', JSON.stringify({ name })];

describe('books and calls', () => {
  const cli = builtCli('each test');

  it('lists no book before there is one, on the standard error', async () => {
    expect(await cli.run('books')).toEqual({ stdout: '', stderr: 'There is no book yet.\n', code: 0 });
    expect((await cli.run('books', '--format', 'json')).stdout).toBe('{"books":[]}\n');
  });

  it('makes a book by a call, and lists it as a table and as JSON', async () => {
    const made = await cli.run(...create('Rao & Sons'));
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout)).toMatchObject({ name: 'Rao & Sons', baseCurrency: 'INR' });
    expect((await cli.run('books')).stdout).toMatch(/Rao & Sons +rao-sons +INR +Asia\/Kolkata/);
    const listed = booksShape.parse(JSON.parse((await cli.run('books', '--format', 'json')).stdout));
    expect(listed.books.map((book) => book.name)).toEqual(['Rao & Sons']);
  });

  it('refuses the aging of no book, and of a book that is not there, with exit code 1', async () => {
    const none = await cli.run('aging');
    expect(none).toMatchObject({ stdout: '', code: 1 });
    expect(none.stderr).toContain('There is no book yet.');
    await cli.run(...create('Rao'));
    const absent = await cli.run('aging', '--book', 'Iyer', '--format', 'json');
    expect(absent.code).toBe(1);
    expect(errorShape.parse(JSON.parse(absent.stdout)).error).toEqual({
      code: 'no-book',
      sentence: 'There is no book “Iyer”. There are: “Rao” (rao).',
    });
  });

  it('finds a book by name in any case and by id, and asks for the id where names clash', async () => {
    await cli.run(...create('Rao'));
    expect((await cli.run('aging', '--book', 'RAO')).code).toBe(0);
    expect((await cli.run('aging', '--book', 'rao')).code).toBe(0);
    await cli.run(...create('RAO'));
    await cli.run(...create('Iyer'));
    const clash = await cli.run('aging', '--book', 'Rao');
    expect(clash.code).toBe(1);
    expect(clash.stderr).toContain('2 books are called “Rao”. Name one by its id:');
  });

  it('takes the book that was made or opened last when none is named; naming one once changes nothing', async () => {
    await cli.run(...create('Rao'));
    await cli.run(...create('Iyer'));
    expect((await cli.run('aging', '--book', 'Rao')).stdout).toContain('Rao: aging as of');
    expect((await cli.run('aging')).stdout).toContain('Iyer: aging as of');
    await cli.run('call', 'books.open', '{"bookId":"rao"}');
    expect((await cli.run('aging')).stdout).toContain('Rao: aging as of');
  });

  it('keeps its books where --data-dir says, before the environment', async () => {
    const there = path.join(cli.folder, 'there');
    await cli.run(...create('Rao'), '--data-dir', there);
    expect(existsSync(path.join(there, 'books'))).toBe(true);
    expect(existsSync(path.join(cli.folder, 'data'))).toBe(false);
    const home = { BAAKI_DATA: '', HOME: cli.folder, XDG_CONFIG_HOME: path.join(cli.folder, 'config') };
    const appData = { APPDATA: path.join(cli.folder, 'config') };
    await runProgram(cli.program(), ['books'], { ...home, ...appData });
    const appFolder = process.platform === 'darwin' ? 'Library/Application Support/Baaki' : 'config/Baaki';
    expect(existsSync(path.join(cli.folder, appFolder))).toBe(true);
  });

  it('calls an input that does not fit the contract a usage fault, with its place', async () => {
    await cli.run(...create('Rao'));
    const { stdout, code } = await cli.run('call', 'customers.get', '{"customerId":"seven"}');
    expect(code).toBe(2);
    expect(errorShape.parse(JSON.parse(stdout)).error.sentence).toContain('customerId');
  });

  it('passes a refusal of the engine on with its own code', async () => {
    await cli.run(...create('Rao'));
    const { stdout, stderr, code } = await cli.run('call', 'customers.get', '{"customerId":7}');
    expect(code).toBe(1);
    const { error } = errorShape.parse(JSON.parse(stdout));
    expect(error.code).not.toBe('internal');
    expect(stderr).toBe(`${error.sentence}\n`);
  });

  it('prints a stream as one JSON object a line', async () => {
    const wish = JSON.stringify({ customers: 10, until: '2026-03-31' });
    const { stdout, stderr, code } = await cli.run('call', 'books.createDemo', wish);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.at(-1)).toMatchObject({ book: { isDemo: true } });
  });

  it('renames a book by id or name, and its id stays', async () => {
    await cli.run(...create('Rao'));
    const renamed = await cli.run('books', 'rename', 'RAO', 'Rao & Sons');
    expect(renamed).toMatchObject({ stdout: '', stderr: '“Rao” is now called “Rao & Sons”.\n', code: 0 });
    expect((await cli.run('books')).stdout).toMatch(/Rao & Sons +rao +INR/);
    expect(await cli.run('books', 'rename', 'Iyer', 'X')).toMatchObject({ code: 1 });
    expect(await cli.run('books', 'rename', 'rao')).toMatchObject({ code: 2 });
    expect(await cli.run('books', 'burn')).toMatchObject({ code: 2 });
  });

  it('closes the book, and then takes none up by itself', async () => {
    await cli.run(...create('Rao'));
    expect(await cli.run('books', 'close')).toMatchObject({ stderr: '“Rao” is closed.\n', code: 0 });
    const none = await cli.run('aging');
    expect(none).toMatchObject({ stdout: '', code: 1 });
    expect(none.stderr).toContain('No book is open. Name one with --book NAME. There are: “Rao” (rao).');
    expect(await cli.run('aging', '--book', 'Rao')).toMatchObject({ code: 0 });
    expect(await cli.run('aging')).toMatchObject({ code: 1 });
    await cli.run('call', 'books.open', '{"bookId":"rao"}');
    expect(await cli.run('aging')).toMatchObject({ code: 0 });
  });

  it('checks the file of a book, in the built program too', async () => {
    await cli.run(...create('Rao'));
    expect(await cli.run('books', 'check')).toEqual({ stdout: '', stderr: '“Rao” is sound.\n', code: 0 });
    const { stdout } = await cli.run('books', 'check', 'rao', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ bookId: 'rao', isSound: true, problemCount: 0 });
  });
});
