import { readFileSync } from 'node:fs';
import {
  importMapShape,
  type ImportDraft,
  type ImportMap,
  type Understood,
} from '#contract/engine/imports.ts';
import { importFields, type ImportField } from '#contract/engine/import-fields.ts';
import { parseRate } from '#domain/money.ts';
import { ok, refuse, type Result } from '#domain/result.ts';

/** What the user says of a file, over what was guessed of it. Columns are named by header or counted from 0. */
export type UserMap = {
  readonly columns: Readonly<Record<string, unknown>>;
  readonly sheet: string | number | undefined;
  readonly headerRow: number | undefined;
  /** dateOrder, creditDays, balancesDay, currency, takeDrafts, customerFrom, isCompleteList, sameCustomers, fixes: taken as they are, and checked with the whole map. */
  readonly others: Readonly<Record<string, unknown>>;
  readonly rates: Readonly<Record<string, unknown>>;
};

const otherKeys: readonly string[] = [
  'dateOrder',
  'creditDays',
  'balancesDay',
  'currency',
  'takeDrafts',
  'customerFrom',
  'isCompleteList',
  'sameCustomers',
  'fixes',
];

/** From --map (the path of a JSON file, or JSON itself) and --rate USD=83.25. */
export function readUserMap(map: string | undefined, rates: readonly string[]): Result<UserMap> {
  const given = readJsonObject(map ?? '{}');
  if (!given.ok) return given;
  const { columns = {}, sheet, headerRow, rates: mapRates = {}, ...others } = given.value;
  const unknown = Object.keys(others).find((key) => !otherKeys.includes(key));
  if (unknown !== undefined) return refuse('map', `--map knows no “${unknown}”.`);
  if (!isRecord(columns) || !isRecord(mapRates)) {
    return refuse('map', '--map wants “columns” and “rates” to be JSON objects.');
  }
  const stranger = Object.keys(columns).find((field) => !isField(field));
  if (stranger !== undefined) {
    return refuse('map', `No column can mean “${stranger}”. It may mean: ${importFields.join(', ')}.`);
  }
  if (sheet !== undefined && typeof sheet !== 'string' && typeof sheet !== 'number') {
    return refuse('map', '“sheet” is the name of a sheet, or its number from 0.');
  }
  if (headerRow !== undefined && (typeof headerRow !== 'number' || !Number.isSafeInteger(headerRow))) {
    return refuse('map', '“headerRow” is a row number, counted from 0.');
  }
  const named = readRates(rates);
  if (!named.ok) return named;
  return ok({ columns, sheet, headerRow, others, rates: { ...mapRates, ...named.value } });
}

/** The sheet that the user named, as its number; undefined when he named none. */
export function sheetOf(map: UserMap, draft: ImportDraft): Result<number | undefined> {
  if (map.sheet === undefined) return ok(undefined);
  const found = draft.sheets.find((sheet) => sheet.index === map.sheet || sheet.name === map.sheet);
  if (found) return ok(found.index);
  const names = draft.sheets.map((sheet) => `“${sheet.name}”`).join(', ');
  return refuse('map', `There is no sheet “${map.sheet}” in the file. There are: ${names}.`);
}

/** The guesses with the user's words over them. A column that he gives a meaning loses its guessed one. */
export function mergeMap(understood: Understood, map: UserMap): Result<ImportMap> {
  const columns: Partial<Record<ImportField, number>> = { ...understood.map.columns };
  for (const [name, wish] of Object.entries(map.columns)) {
    if (!isField(name)) continue;
    delete columns[name];
    if (wish === null) continue;
    const column = columnOf(wish, understood.headers);
    if (!column.ok) return column;
    const guessed = importFields.find((field) => columns[field] === column.value && !(field in map.columns));
    if (guessed !== undefined) delete columns[guessed];
    columns[name] = column.value;
  }
  const merged = importMapShape.safeParse({
    ...understood.map,
    ...map.others,
    columns,
    rates: { ...understood.map.rates, ...map.rates },
  });
  if (merged.success) return ok(merged.data);
  const [issue] = merged.error.issues;
  return refuse('map', `The map does not fit: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`);
}

function columnOf(wish: unknown, headers: readonly string[]): Result<number> {
  if (typeof wish === 'number' && wish >= 0 && wish < headers.length) return ok(wish);
  const exact = typeof wish === 'string' ? headers.indexOf(wish) : -1;
  const loose = typeof wish === 'string' ? headers.findIndex((header) => sameHeader(header, wish)) : -1;
  const found = exact === -1 ? loose : exact;
  if (found !== -1) return ok(found);
  const known = headers.filter((header) => header !== '').map((header) => `“${header}”`);
  return refuse('map', `There is no column “${String(wish)}”. The headers are: ${known.join(', ')}.`);
}

function sameHeader(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase('en') === b.trim().toLocaleLowerCase('en');
}

function readRates(rates: readonly string[]): Result<Readonly<Record<string, string>>> {
  const read: Record<string, string> = {};
  for (const text of rates) {
    const [, currency = '', rate = ''] = /^([A-Z]{3})=(.+)$/.exec(text.trim()) ?? [];
    if (currency === '') return refuse('rate', `--rate “${text}” is not written like USD=83.25.`);
    const checked = parseRate(rate);
    if (!checked.ok) return checked;
    read[currency] = rate;
  }
  return ok(read);
}

function readJsonObject(map: string): Result<Readonly<Record<string, unknown>>> {
  const isInline = map.trimStart().startsWith('{');
  try {
    const value: unknown = JSON.parse(isInline ? map : readFileSync(map, 'utf8'));
    return isRecord(value) ? ok(value) : refuse('map', '--map is not a JSON object.');
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return refuse('map', `--map cannot be read: ${said}.`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isField(name: string): name is ImportField {
  return importFields.some((field) => field === name);
}
