import { amountParts, signOf } from './amounts.ts';
import { cellText, type SheetGrid } from './cells.ts';
import { looksLikeDay } from './dates.ts';
import { headerKey, matchesOf } from './headers.ts';
import type { ImportField, ImportMap } from './map.ts';
import { isTotalsText } from './total-labels.ts';

/** A column of an aging summary: what lies in it is so many days late at least; 0 = not late. */
export type AgedColumn = { readonly column: number; readonly daysLate: number };

const ROWS_SAMPLED_MOST = 500;

type Sheet = {
  readonly grid: SheetGrid;
  readonly map: ImportMap;
  readonly firstRow: number;
  readonly labels: readonly string[];
};

/** Fields that only a list of bills has. */
const OF_BILLS: ReadonlySet<ImportField> = new Set([
  'billDay',
  'dueDay',
  'billNumber',
  'voucherType',
  'lastReceiptDay',
]);

/**
 * A list of customers with what each owes in all, without bills: no column of days, numbers or types is mapped, no
 * header speaks of one, and no cell of the sheet could be a day. A list of bills whose days are unreadable is none.
 */
export function isBalanceList({ grid, map, firstRow, labels }: Sheet): boolean {
  const { columns } = map;
  if ([...OF_BILLS].some((field) => columns[field] !== undefined)) return false;
  if (columns.amount === undefined && columns.openAmount === undefined && columns.debit === undefined)
    return false;
  if (labels.some((label) => matchesOf(label).some(({ field }) => OF_BILLS.has(field)))) return false;
  const rows = grid.rows.slice(firstRow, firstRow + ROWS_SAMPLED_MOST);
  return !rows.some((row) => row.some((cell) => typeof cell !== 'number' && looksLikeDay(cell)));
}

const NOT_LATE = /^(?:current|notdue|notyetdue|withindue|undue)(?:amount|amt|inr|rs)?$/u;

/** The aged columns of a summary, or null where fewer than two stand in the header. */
export function agedColumns(labels: readonly string[]): readonly AgedColumn[] | null {
  const found: AgedColumn[] = [];
  labels.forEach((label, column) => {
    const daysLate = daysLateOf(label);
    if (daysLate !== undefined) found.push({ column, daysLate });
  });
  return found.length >= 2 ? found : null;
}

/** "Current" → 0, "1 - 30" → 1, "31-60 days" → 31, "> 90", "91 and over", "90+" → 91; undefined for other labels. */
function daysLateOf(label: string): number | undefined {
  const text = label.toLowerCase().replace(/[()]/g, ' ').trim();
  if (NOT_LATE.test(headerKey(text))) return 0;
  const range = /^(\d{1,4})\s*(?:-|–|to)\s*(\d{1,4})(?:\s*days?)?(?:\s*(?:past due|overdue|late))?$/u.exec(
    text,
  );
  if (range !== null) return Math.max(Number(range[1]), 1);
  const above =
    /^(?:>|over|above|more than)\s*(\d{1,4})(?:\s*days?)?$|^(\d{1,4})\s*(?:\+|(?:days?\s*)?(?:and|&)\s*(?:over|above))(?:\s*days?)?$/u.exec(
      text,
    );
  if (above === null) return undefined;
  const edge = Number(above[1] ?? above[2]);
  return edge % 10 === 1 ? edge : edge + 1;
}

type Line = { readonly at: number; readonly minor: number };

/**
 * Rows of a balance list that only add up the rows below them (groups and sub-groups above their leaves). Believed only
 * where a labelled grand total says what the leaves come to and all rows together do not: two customers whose balances
 * happen to equal a third one's are left alone.
 */
export function groupRows({ grid, map, firstRow }: Omit<Sheet, 'labels'>): ReadonlySet<number> {
  const column = map.columns.amount ?? map.columns.openAmount;
  if (column === undefined) return new Set();
  const lines: Line[] = [];
  let total: number | null = null;
  for (let at = firstRow; at < grid.rows.length; at += 1) {
    const row = grid.rows[at] ?? [];
    const parts = amountParts(row[column]);
    if (!parts.ok || parts.value === null) continue;
    // Hundredths are enough to compare by; the rows themselves are read to their own unit.
    const amount = Math.round(Number(parts.value.body.replace(/[, ]/g, '')) * 100) * signOf(parts.value);
    if (!Number.isSafeInteger(amount)) return new Set();
    if (row.some((cell) => isTotalsText(cellText(cell)))) total = amount;
    else lines.push({ at, minor: amount });
  }
  if (total === null || sumOf(lines) === total) return new Set();
  const groups = parentsOf(lines);
  const leaves = lines.filter(({ at }) => !groups.has(at));
  return sumOf(leaves) === total ? groups : new Set();
}

/** A line is a parent when the leaves right below it come to its own amount; inner groups are found first. */
function parentsOf(lines: readonly Line[]): Set<number> {
  const parents = new Set<number>();
  // From the last line upwards, so that what stands below is already known to be leaf or group.
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line === undefined || line.minor === 0) continue;
    let sum = 0;
    let leafCount = 0;
    for (let below = index + 1; below < lines.length; below += 1) {
      const other = lines[below];
      if (other === undefined || parents.has(other.at)) continue;
      sum += other.minor;
      leafCount += 1;
      if (leafCount >= 2 && sum === line.minor) parents.add(line.at);
      if (sum === line.minor || Math.abs(sum) > 100 * Math.abs(line.minor)) break;
    }
  }
  return parents;
}

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { minor }) => sum + minor, 0);
}
