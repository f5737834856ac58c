import { amountParts } from './amounts.ts';
import { cellText, type Cell, type SheetGrid } from './cells.ts';
import { currencyOfText } from './currencies.ts';
import { looksLikeDay } from './dates.ts';
import { headerKey, matchesOf } from './headers.ts';
import type { Columns, Guess, ImportField } from './map.ts';

/** How many filled cells of a column are looked at to confirm what its header says. */
const SAMPLE_MOST = 200;
const ROWS_SAMPLED_MOST = 10_000;
/** A guess less sure than this is not made. */
const CONFIDENCE_LEAST = 40;
const LAYOUT_CONFIDENCE = 99;
/** What a column is worth whose values alone speak for it; below 60 the user is shown a doubt. */
export const VALUES_ONLY = 50;

export type Sampled = { readonly labels: readonly string[]; readonly samples: readonly (readonly Cell[])[] };

/** The first filled cells of every column below the header; of a long list only its top is looked at. */
export function sampleColumns(grid: SheetGrid, labels: readonly string[], firstRow: number): Sampled {
  const samples: Cell[][] = labels.map(() => []);
  const end = Math.min(grid.rows.length, firstRow + ROWS_SAMPLED_MOST);
  for (let at = firstRow; at < end; at += 1) {
    const row = grid.rows[at] ?? [];
    samples.forEach((sample, column) => {
      const cell = row[column];
      if (sample.length < SAMPLE_MOST && cell !== undefined && cellText(cell) !== '') sample.push(cell);
    });
  }
  return { labels, samples };
}

/** The columns of a program's export are known; their values may still speak against them. */
export function layoutGuesses(columns: Columns, sampled: Sampled): Guess[] {
  const guesses: Guess[] = [];
  for (const field of fieldsOf(columns)) {
    const column = columns[field];
    if (column === undefined) continue;
    const sample = sampled.samples[column] ?? [];
    if (fieldNeedsValues(field) && sample.length > 0 && likeness(field, sample) < 0.5) continue;
    guesses.push({ field, column, confidence: LAYOUT_CONFIDENCE });
  }
  return guesses;
}

/** Header words first, confirmed by values; then what is still missing from values alone. */
export function listGuesses(sampled: Sampled): Guess[] {
  const candidates = sampled.labels.flatMap((label, column) => candidatesOf(label, column, sampled));
  candidates.sort((a, b) => b.confidence - a.confidence || a.column - b.column);
  const guesses: Guess[] = [];
  for (const candidate of candidates) {
    if (candidate.confidence < CONFIDENCE_LEAST) break;
    if (isFree(guesses, candidate.field, candidate.column)) guesses.push(candidate);
  }
  addFromValues(guesses, sampled);
  return guesses.map((guess) => ({ ...guess, confidence: Math.round(guess.confidence) }));
}

export function columnsOf(guesses: readonly Guess[]): Columns {
  const columns: Columns = {};
  for (const { field, column } of guesses) columns[field] = column;
  return columns;
}

function candidatesOf(label: string, column: number, sampled: Sampled): Guess[] {
  const sample = sampled.samples[column] ?? [];
  return matchesOf(label).map(({ field, score }) => ({
    field,
    column,
    confidence: sample.length === 0 ? score - 30 : score + worthOf(field, likeness(field, sample)),
  }));
}

function worthOf(field: ImportField, share: number): number {
  if (share >= 0.9) return 4;
  if (share >= 0.5) return 0;
  return fieldNeedsValues(field) ? -70 : -25;
}

/** Fields whose values have a form of their own, so that a column without it cannot be meant. */
function fieldNeedsValues(field: ImportField): boolean {
  return ![
    'customerName',
    'customerCode',
    'billNumber',
    'voucherType',
    'status',
    'salesperson',
    'group',
    'address',
    'territory',
    'narration',
    'phone',
  ].includes(field);
}

/** Which share of the values looks like the field, 0 to 1. */
function likeness(field: ImportField, sample: readonly Cell[]): number {
  const looks = LOOKS[field] ?? ((cell: Cell) => cellText(cell) !== '');
  return sample.length === 0 ? 0 : sample.filter(looks).length / sample.length;
}

const LOOKS: Partial<Record<ImportField, (cell: Cell) => boolean>> = {
  billDay: looksLikeDay,
  dueDay: looksLikeDay,
  lastReceiptDay: looksLikeDay,
  amount: looksLikeAmount,
  openAmount: looksLikeAmount,
  debit: looksLikeAmount,
  credit: looksLikeAmount,
  customerName: looksLikeName,
  customerCode: (cell) => cellText(cell).length <= 40 && !(typeof cell === 'object' && cell !== null),
  billNumber: (cell) => cellText(cell).length <= 60 && !(typeof cell === 'object' && cell !== null),
  voucherType: looksLikeName,
  currency: (cell) => currencyOfText(cellText(cell)) !== undefined,
  rate: (cell) => Number(cellText(cell)) > 0,
  creditDays: (cell) =>
    /^\d{1,4}(?:\.0+)?$|\b\d{1,3}\s*days?\b|^net\s*\d+$|^due on receipt$/i.test(cellText(cell)),
  phone: (cell) => cellText(cell).replace(/\D/g, '').length >= 7,
  email: (cell) => cellText(cell).includes('@'),
  pan: (cell) => /^[A-Z]{5}\d{4}[A-Z]$/i.test(cellText(cell).replace(/\s/g, '')),
  gstin: (cell) => /^[0-9A-Z]{15}$/i.test(cellText(cell).replace(/\s/g, '')),
};

function looksLikeAmount(cell: Cell): boolean {
  const parts = amountParts(cell);
  return parts.ok;
}

function looksLikeName(cell: Cell): boolean {
  return typeof cell === 'string' && /\p{L}/u.test(cell) && !looksLikeDay(cell);
}

function isFree(guesses: readonly Guess[], field: ImportField, column: number): boolean {
  return !guesses.some((guess) => guess.field === field || guess.column === column);
}

const NO_AMOUNT =
  /^overdue$|^overdueby$|line|item|tax|gst|qty|quantity|rate|price|disc|sr|serial|days|age|year|month|code|id|no$|phone|pin|zip|hsn|sac/u;

function addFromValues(guesses: Guess[], sampled: Sampled): void {
  const take = (field: ImportField, fits: (sample: readonly Cell[], label: string) => number): void => {
    let best = { column: -1, worth: 0 };
    sampled.samples.forEach((sample, column) => {
      if (sample.length === 0 || !isFree(guesses, field, column)) return;
      const worth = fits(sample, headerKey(sampled.labels[column] ?? ''));
      if (worth > best.worth) best = { column, worth };
    });
    if (best.column >= 0) guesses.push({ field, column: best.column, confidence: VALUES_ONLY });
  };
  const has = (...fields: readonly ImportField[]): boolean =>
    guesses.some((guess) => fields.includes(guess.field));
  if (!has('billDay')) take('billDay', (sample) => (shareOf(sample, looksLikeDate) >= 0.8 ? 1 : 0));
  if (!has('amount', 'openAmount', 'debit', 'credit')) {
    take('amount', (sample, label) =>
      NO_AMOUNT.test(label) || shareOf(sample, looksLikeAmount) < 0.8 ? 0 : meanLength(sample),
    );
  }
  if (!has('customerName', 'customerCode')) {
    take('customerName', (sample) => (shareOf(sample, looksLikeName) >= 0.8 ? meanLength(sample) : 0));
  }
}

/** A bare number is no date unless its header says so. */
function looksLikeDate(cell: Cell): boolean {
  return typeof cell !== 'number' && !/^[\d.]+$/.test(cellText(cell)) && looksLikeDay(cell);
}

function shareOf(sample: readonly Cell[], test: (cell: Cell) => boolean): number {
  return sample.filter(test).length / sample.length;
}

function meanLength(sample: readonly Cell[]): number {
  return sample.reduce<number>((sum, cell) => sum + cellText(cell).length, 0) / sample.length;
}

function fieldsOf(columns: Columns): ImportField[] {
  return Object.keys(columns).filter((name): name is ImportField => Object.hasOwn(columns, name));
}
