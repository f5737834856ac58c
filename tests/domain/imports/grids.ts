import { day, type Day } from '#domain/days.ts';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import { readDocuments, type ReadRows } from '#domain/imports/documents.ts';
import type { ImportMap, Understood } from '#domain/imports/map.ts';
import { understandSheet } from '#domain/imports/understand.ts';

export const TODAY: Day = day('2026-11-22');
export const BOOK = { baseCurrency: 'INR', today: TODAY } as const;

/** A sheet from lines of cells; 'a|b|c' is a row of texts. */
export function gridOf(rows: readonly (string | readonly Cell[])[], name = 'Sheet1'): SheetGrid {
  return {
    name,
    rows: rows.map((row) =>
      typeof row === 'string' ? row.split('|').map((text) => text.trim() || null) : row,
    ),
  };
}

export function understood(grid: SheetGrid, baseCurrency = 'INR'): Understood {
  return understandSheet([grid], { sheet: null, headerRow: null, baseCurrency });
}

/** Understands the sheet and reads it as understood, with a change of the map where a test asks for one. */
export function readAll(grid: SheetGrid, change: Partial<ImportMap> = {}, baseCurrency = 'INR'): ReadRows {
  const { map } = understood(grid, baseCurrency);
  return readDocuments(grid, { ...map, ...change }, { ...BOOK, baseCurrency });
}

export function codesOf(read: ReadRows): (readonly [number, string, string | undefined])[] {
  return read.notes.map(({ row, outcome, reason }) => [row, outcome, reason?.code] as const);
}
