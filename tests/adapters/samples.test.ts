import { resolve } from 'node:path';
import { day, daysBetween } from '#domain/days.ts';
import { readDocuments, type ReadRows } from '#domain/imports/documents.ts';
import { understandSheet } from '#domain/imports/understand.ts';
import { readCsv } from '#engine/adapters/csv/csv.ts';
import type { ReadFile } from '#engine/adapters/ports.ts';
import { readWorkbook } from '#engine/adapters/excel/workbook.ts';
import { expect, it } from 'vitest';
import { REPO } from './data.ts';

const TODAY = day('2026-11-22');

function documentsOf(file: ReadFile): ReadRows {
  if (!file.ok) throw new Error(file.failure.sentence);
  const { map, doubts } = understandSheet(file.value.sheets, {
    sheet: null,
    headerRow: null,
    baseCurrency: 'INR',
  });
  expect(doubts).toEqual([]);
  const grid = file.value.sheets[map.sheet];
  if (grid === undefined) throw new Error('No sheet was found.');
  return readDocuments(grid, map, { baseCurrency: 'INR', today: TODAY });
}

const sample = (name: string): string => resolve(REPO, 'resources/samples', name);

it('reads the sample workbook and its CSV twin as the same documents', async () => {
  const fromBook = documentsOf(await readWorkbook(sample('sample-ledger.xlsx')));
  const fromCsv = documentsOf(await readCsv(sample('sample-ledger.csv')));
  expect(fromCsv.documents).toEqual(fromBook.documents);
  expect(fromCsv.currencies).toEqual(fromBook.currencies);
  for (const read of [fromBook, fromCsv]) {
    expect(read.notes.map(({ reason }) => reason?.code)).toEqual(['totals-row']);
    expect(read.doubts).toEqual([]);
  }
});

it('samples sixty bills of 25 customers around the day, some part-paid, and some credit notes', async () => {
  const { documents } = documentsOf(await readWorkbook(sample('sample-ledger.xlsx')));
  const bills = documents.filter(({ kind }) => kind === 'invoice');
  const late = bills.map(({ dueDay }) => (dueDay === null ? Number.NaN : daysBetween(dueDay, TODAY)));
  expect(bills).toHaveLength(60);
  expect([Math.min(...late), Math.max(...late)]).toEqual([-30, 200]);
  expect(bills.filter(({ paid }) => paid !== null).length).toBeGreaterThanOrEqual(8);
  expect(documents.filter(({ kind }) => kind === 'credit-note')).toHaveLength(3);
  expect(new Set(documents.map(({ customerKey }) => customerKey)).size).toBe(25);
});
