import { csvLine } from '#domain/exports.ts';

/** Rows as CSV; what a spreadsheet would take for a formula is made harmless text. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map(csvLine).join('\n');
}
