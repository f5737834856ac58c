import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ExportTable } from '#contract/engine/exports.ts';
import exceljs from 'exceljs';
import { expect, it } from 'vitest';
import { tempBook, tempEngine, type TempEngine } from '../builders/temp-engine.ts';

const table: ExportTable = {
  title: 'Bills',
  lines: ['Test Traders'],
  columns: [
    { label: 'Bill', kind: 'text' },
    { label: 'Due day', kind: 'day' },
    { label: 'Open', kind: 'money' },
    { label: 'Open in dollars', kind: 'money', currency: 'USD' },
  ],
  rows: [
    ['INV-1', '2026-11-22', 1_23_456_78, null],
    ['INV-2', '2026-12-01', -50, 1_000_000_00],
  ],
  totals: ['Total', null, 1_23_456_28, null],
};

/** A folder beside the data of the engine's own, removed with it. */
function outbox({ dataFolder }: TempEngine): string {
  const folder = path.join(dataFolder, 'outbox');
  mkdirSync(folder);
  return folder;
}

it('writes a workbook with real numbers, in the currency of the book where a column names none', async () => {
  const engine = await tempBook();
  const target = path.join(outbox(engine), 'bills.xlsx');
  const written = await engine.client.exports.write({ path: target, format: 'xlsx', table });
  expect(written).toEqual({ rowCount: 2, byteCount: readFileSync(target).length });
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(target);
  const sheet = book.getWorksheet('Bills');
  expect(sheet?.getCell('C5').value).toBe(123456.78);
  expect(sheet?.getCell('C5').numFmt).toContain('[>=100000]');
  expect(sheet?.getCell('D6').value).toBe(1_000_000);
  expect(sheet?.getCell('D6').numFmt).toBe('#,##0.00');
  expect(sheet?.getCell('C7').value).toBe(123456.28);
});

it('writes CSV over an older file', async () => {
  const engine = await tempBook();
  const target = path.join(outbox(engine), 'bills.csv');
  writeFileSync(target, 'old');
  await engine.client.exports.write({ path: target, format: 'csv', table });
  expect(readFileSync(target, 'utf8')).toBe(
    '\uFEFFBill,Due day,Open,Open in dollars\r\nINV-1,2026-11-22,123456.78,\r\n' +
      'INV-2,2026-12-01,-0.50,1000000.00\r\nTotal,,123456.28,\r\n',
  );
});

it('refuses to write among the books, by a way round too', async () => {
  const engine = await tempBook();
  const folder = outbox(engine);
  for (const place of [
    path.join(engine.context.shelf.folder, 'a.csv'),
    `${folder}/../books/a.csv`,
    path.join(engine.context.shelf.folder, 'new', 'a.csv'),
  ]) {
    await expect(engine.client.exports.write({ path: place, format: 'csv', table })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { code: 'export-among-books' },
    });
  }
  expect(readdirSync(engine.context.shelf.folder).filter((name) => name.includes('a.csv'))).toEqual([]);
});

it('refuses another extension than the format’s, and a path that is not full', async () => {
  const engine = await tempBook();
  const target = path.join(outbox(engine), 'bills.db');
  await expect(engine.client.exports.write({ path: target, format: 'xlsx', table })).rejects.toMatchObject({
    code: 'REFUSED',
    data: {
      code: 'export-extension',
      sentence: 'The name of this file must end in .xlsx, and “bills.db” does not. Choose another name.',
    },
  });
  await expect(
    engine.client.exports.write({ path: 'bills.xlsx', format: 'xlsx', table }),
  ).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'export-path' } });
  expect(existsSync(target)).toBe(false);
});

it('fails with a sentence when the folder is gone', async () => {
  const engine = await tempBook();
  const target = path.join(engine.dataFolder, 'gone', 'bills.csv');
  await expect(engine.client.exports.write({ path: target, format: 'csv', table })).rejects.toMatchObject({
    code: 'FAILED',
    message: 'The folder for “bills.csv” is not there any more. Choose another one.',
    data: { code: 'export-folder-gone', retryable: false },
  });
});

it('stops when the caller goes away, and leaves nothing behind', async () => {
  const engine = await tempBook();
  const folder = outbox(engine);
  const rows = Array.from({ length: 50_000 }, (_, at) => [`INV-${at}`, '2026-11-22', at, null]);
  const abort = new AbortController();
  const writing = engine.client.exports.write(
    { path: path.join(folder, 'a.xlsx'), format: 'xlsx', table: { ...table, rows } },
    { signal: abort.signal },
  );
  await expect.poll(() => readdirSync(folder)).toHaveLength(1);
  abort.abort();
  await expect(writing).rejects.toThrow(/abort/i);
  expect(readdirSync(folder)).toEqual([]);
  expect(engine.bugs).toEqual([]);
});

it('needs an open book', async () => {
  const engine = await tempEngine();
  await expect(
    engine.client.exports.write({ path: '/tmp/a.csv', format: 'csv', table }),
  ).rejects.toMatchObject({ code: 'NO_BOOK' });
});

it('does not take a currency that is none', async () => {
  const engine = await tempBook();
  const columns = [{ label: 'Open', kind: 'money', currency: '1$2' }] as const;
  await expect(
    engine.client.exports.write({
      path: '/tmp/a.csv',
      format: 'csv',
      table: { ...table, columns: [...columns] },
    }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
