import type { Cell } from './cells.ts';
import { readDay } from './dates.ts';
import type { ImportMap } from './map.ts';

/** Whether a row is dated; a day that does not exist or can be read in two ways is still meant as one. */
export function hasOwnDay(map: ImportMap, row: readonly Cell[]): boolean {
  const { billDay } = map.columns;
  if (billDay === undefined) return false;
  const read = readDay(row[billDay] ?? null, map.dateOrder);
  return read.ok ? read.value !== null : read.refusal.code !== 'day-unreadable';
}
