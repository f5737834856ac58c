import { cellText } from './cells.ts';
import { totalledKey } from './heading-names.ts';
import { nameKeyOf } from './names.ts';
import { hasOwnDay } from './own-day.ts';
import { textOf, type Reading } from './reading.ts';
import { bareLabel, isTotalsText } from './total-labels.ts';
import { isSumOfSections, type Running } from './totals.ts';

const AMOUNT_FIELDS = ['amount', 'openAmount', 'debit', 'credit'] as const;

/** As `totalsLabel`, for rows whose customer stands above them: even one bill may be followed by its total. */
export function headedTotalsLabel(
  reading: Reading,
  at: number,
  running: Running,
  columnMinor: number,
): string | undefined {
  const row = reading.grid.rows[at] ?? [];
  if (hasOwnDay(reading.map, row)) return undefined;
  const party = nameKeyOf(reading.headings?.partyAt.get(at) ?? '');
  const isTotal = (text: string): boolean => isTotalsText(bareLabel(text)) || totals(text, party);
  const number = textOf(reading, row, 'billNumber');
  const label = row.map(cellText).find((text) => text !== '' && isTotal(text));
  if (label !== undefined && (number === '' || isTotal(number))) return label;
  const amountColumns = new Set(AMOUNT_FIELDS.map((field) => reading.map.columns[field]));
  const isNameless = row.every((cell, column) => amountColumns.has(column) || !/\p{L}/u.test(cellText(cell)));
  return isNameless && number === '' && isSumOfSections(running, columnMinor) ? '' : undefined;
}

/** "Total Bina Stores" below the bills of Bina Stores. */
function totals(text: string, party: string): boolean {
  return party !== '' && /\btotal/iu.test(text) && totalledKey(text) === party;
}
