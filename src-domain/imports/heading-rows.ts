import { amountParts } from './amounts.ts';
import { cellText, isBlankRow, type Cell, type SheetGrid } from './cells.ts';
import { isHeaderAgain } from './header-row.ts';
import { headingText, totalledKey } from './heading-names.ts';
import type { ImportMap } from './map.ts';
import { nameKeyOf } from './names.ts';
import { hasOwnDay } from './own-day.ts';
import { titleParty } from './title-party.ts';
import { bareLabel, isTotalsText } from './total-labels.ts';

/** A sheet and how its columns are read; all that is needed to find its headings. */
export type HeadedSheet = {
  readonly grid: SheetGrid;
  readonly map: ImportMap;
  readonly firstRow: number;
};

/** A row that could name the customer of the rows below it. */
export type HeadingLine = {
  readonly at: number;
  readonly column: number;
  readonly name: string;
  readonly isLabelled: boolean;
  /** A customer only where no other line stands with it. */
  readonly isWeak: boolean;
};

export type Role =
  | { readonly kind: 'heading'; readonly line: HeadingLine; readonly hasSum: boolean }
  | { readonly kind: 'total'; readonly key: string }
  | { readonly kind: 'blank' | 'bill' | 'group' | 'aside' };

const AMOUNT_FIELDS = ['amount', 'openAmount', 'debit', 'credit'] as const;
const ASIDE: Role = { kind: 'aside' };
const FILLED_MOST = 4;
const FILLED_BESIDE_SUM_MOST = 2;
const FILLED_LABELLED_MOST = 5;

/** Where plain headings stand above bills, a name beside an amount is none: "TDS held back | 500". */
export function rolesOf(sheet: HeadedSheet): ReadonlyMap<number, Role> {
  const roles = new Map<number, Role>();
  const titles = new Set<string>();
  for (let at = 0; at < sheet.grid.rows.length; at += 1) {
    const row = sheet.grid.rows[at] ?? [];
    if (at < sheet.firstRow) {
      for (const cell of row) if (cellText(cell) !== '') titles.add(nameKeyOf(cellText(cell)));
      const title = at < sheet.map.headerRow ? titleRole(row, at) : undefined;
      if (title !== undefined) roles.set(at, title);
      continue;
    }
    roles.set(at, roleOf(sheet, row, { at, titles }));
  }
  const alone = aloneAbove(sheet, roles);
  if (alone !== undefined) return new Map([alone, ...roles]);
  const plain = isPlain(roles.values());
  return new Map(
    [...roles].map(([at, role]) => {
      const isKept = role.kind !== 'heading' || role.line.isLabelled || !role.hasSum || !plain;
      return [at, isKept ? role : ASIDE];
    }),
  );
}

function isPlain(roles: Iterable<Role>): boolean {
  let plain = 0;
  let summed = 0;
  let before: Role | undefined;
  for (const role of roles) {
    if (role.kind === 'bill' && before?.kind === 'heading') {
      if (before.hasSum) summed += 1;
      else plain += 1;
    }
    if (role.kind !== 'blank') before = role;
  }
  return plain >= summed;
}

/** Whether a row bears an amount in one of the mapped columns. */
function bearsAmount({ map }: HeadedSheet, row: readonly Cell[]): boolean {
  return AMOUNT_FIELDS.some((field) => {
    const column = map.columns[field];
    const parts = column === undefined ? undefined : amountParts(row[column]);
    return parts?.ok === true && parts.value !== null;
  });
}

type Place = { readonly at: number; readonly titles: ReadonlySet<string> };

function roleOf(sheet: HeadedSheet, row: readonly Cell[], { at, titles }: Place): Role {
  if (isBlankRow(row)) return { kind: 'blank' };
  if (hasOwnDay(sheet.map, row)) return { kind: 'bill' };
  if (isHeaderAgain(row, sheet.grid.rows[sheet.map.headerRow] ?? [])) return { kind: 'aside' };
  const { billNumber } = sheet.map.columns;
  const number = billNumber === undefined ? '' : cellText(row[billNumber]);
  const hasAmount = bearsAmount(sheet, row);
  const total = row
    .map((cell) => bareLabel(cellText(cell)))
    .find((text) => text !== '' && isTotalsText(text));
  if (total !== undefined && (number === '' || isTotalsText(bareLabel(number)))) {
    return { kind: 'total', key: totalledKey(total) };
  }
  const found = lineOf(sheet, row, { at, filledMost: hasAmount ? FILLED_BESIDE_SUM_MOST : FILLED_MOST });
  if (found === 'group') return { kind: 'group' };
  if (found !== undefined && (found.isLabelled || !titles.has(nameKeyOf(found.name)))) {
    // A number beside an amount or before a text is a bill that lacks its day.
    const isAfterNumber = billNumber !== undefined && found.column > billNumber && /\d/u.test(number);
    if (!(hasAmount && number !== '' && found.column !== billNumber) && !isAfterNumber) {
      return { kind: 'heading', line: found, hasSum: hasAmount };
    }
  }
  return { kind: number !== '' && hasAmount ? 'bill' : 'aside' };
}

/** Above the header only a row that says "Party:" or the like names a customer; the others are titles. */
function titleRole(row: readonly Cell[], at: number): Role | undefined {
  const line = labelledLine(
    row.map((cell, column) => ({ column, text: cellText(cell) })).filter(({ text }) => text !== ''),
    at,
  );
  return line === undefined ? undefined : { kind: 'heading', line, hasSum: false };
}

/** Where nobody stands above any bill, the one customer whom the titles name, if they do: [row, role]. */
function aloneAbove(
  { grid, map }: HeadedSheet,
  roles: ReadonlyMap<number, Role>,
): readonly [number, Role] | undefined {
  if ([...roles.values()].some(({ kind }) => kind === 'heading')) return undefined;
  const alone = titleParty(grid.rows, map.headerRow);
  if (alone === undefined) return undefined;
  const line = { ...alone, isLabelled: true, isWeak: false };
  return [alone.at, { kind: 'heading', line, hasSum: false }];
}

type Filled = { readonly column: number; readonly text: string };

type LineWish = { readonly at: number; readonly filledMost: number };

function lineOf(
  sheet: HeadedSheet,
  row: readonly Cell[],
  { at, filledMost }: LineWish,
): HeadingLine | 'group' | undefined {
  const { columns } = sheet.map;
  const amounts = new Set(AMOUNT_FIELDS.map((field) => columns[field]));
  const filled = row
    .map((cell, column) => ({ column, text: cellText(cell), isText: typeof cell === 'string' }))
    .filter(({ text, column }) => {
      const isAmount = amounts.has(column) && amountParts(row[column]).ok;
      return text !== '' && !isAmount;
    });
  const labelled = filled.length <= FILLED_LABELLED_MOST ? labelledLine(filled, at) : undefined;
  if (labelled !== undefined) return labelled;
  if (filled.length === 0 || filled.length > filledMost) return undefined;
  const texts = filled.filter(({ isText }) => isText);
  if (texts.some(({ text }) => headingText(text).kind === 'group')) return 'group';
  // A serial or a code may stand before the name.
  const names = texts.filter(({ text }) => headingText(text).kind === 'party');
  const name = names.find(({ text }) => !/^\S*\d\S*$/u.test(text)) ?? names[0];
  if (name === undefined) return undefined;
  // In the column of the numbers a text with digits is a number.
  if (name.column === columns.billNumber && /\d/u.test(name.text)) return undefined;
  const found = headingText(name.text);
  if (found.kind !== 'party') return undefined;
  return { at, column: name.column, name: found.name, isLabelled: false, isWeak: found.isWeak };
}

function labelledLine(filled: readonly Filled[], at: number): HeadingLine | undefined {
  for (const [index, { column, text }] of filled.entries()) {
    const found = headingText(text);
    if (found.kind === 'party' && found.isLabelled)
      return { at, column, name: found.name, isLabelled: true, isWeak: false };
    const next = found.kind === 'label' ? filled[index + 1]?.text : undefined;
    if (next !== undefined) return { at, column, name: next, isLabelled: true, isWeak: false };
  }
  return undefined;
}
