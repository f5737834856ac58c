import type { Refusal } from '../result.ts';
import type { BookFacts } from './imported.ts';
import { isHeaded, type UnclearHeading } from './headings.ts';
import type { ImportMap, RowNote } from './map.ts';
import { moneyText } from './reasons.ts';

/** What a totals row of the file says beside what the rows above it add up to. */
export type TotalsCheck = {
  readonly row: number;
  readonly saysMinor: number;
  readonly sumMinor: number;
  readonly isRight: boolean;
};

/** Something about a customer's number that is kept all the same. */
export type RowWarning = { readonly row: number; readonly refusal: Refusal };

type Findings = {
  readonly notes: readonly RowNote[];
  readonly totals: readonly TotalsCheck[];
  readonly warnings: readonly RowWarning[];
  readonly map: ImportMap;
  readonly book: BookFacts;
  readonly isBalanceList: boolean;
  readonly unclear: UnclearHeading | null;
};

/** What the user must look at before the rows are taken. */
export function readingDoubts(findings: Findings): Refusal[] {
  return [
    ...missingColumns(findings),
    ...missingRates(findings),
    ...undecidedDates(findings.notes),
    ...wrongTotals(findings),
    ...unclearHeading(findings.unclear),
    ...warningDoubts(findings.warnings),
    ...draftsLeftOut(findings.notes),
  ];
}

function missingColumns({ map, book, isBalanceList }: Findings): Refusal[] {
  const { columns } = map;
  const doubts: Refusal[] = [];
  if (columns.customerName === undefined && columns.customerCode === undefined && !isHeaded(map)) {
    doubts.push({ code: 'no-customer', sentence: 'Choose the column that names the customer.' });
  }
  if ([columns.amount, columns.openAmount, columns.debit, columns.credit].every((at) => at === undefined)) {
    doubts.push({ code: 'no-amount', sentence: 'Choose the column that bears the amounts.' });
  }
  if (isBalanceList) {
    const day = map.balancesDay ?? book.today;
    const sentence = `The list has no bills: what each customer owes is taken as one opening bill of ${day}.`;
    doubts.push({ code: 'balances-only', sentence, values: { day } });
  } else if (columns.billDay === undefined) {
    doubts.push({ code: 'no-day', sentence: 'Choose the column that bears the date of the bill.' });
  }
  return doubts;
}

function missingRates({ notes, book: { baseCurrency } }: Findings): Refusal[] {
  const counts = new Map<string, number>();
  for (const { reason } of notes) {
    const currency = reason?.code === 'rate-missing' ? reason.values?.['currency'] : undefined;
    if (typeof currency === 'string') counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].map(([currency, rowCount]) => ({
    code: 'rate-missing',
    sentence: `${rowCount} rows are in ${currency}. Give the rate of one ${currency} in ${baseCurrency}.`,
    values: { currency, rowCount },
  }));
}

function undecidedDates(notes: readonly RowNote[]): Refusal[] {
  const undecided = notes.filter(({ reason }) => reason?.code === 'date-order-ambiguous');
  const text = undecided[0]?.reason?.values?.['text'];
  if (text === undefined) return [];
  return [
    {
      code: 'date-order-ambiguous',
      sentence: `${undecided.length} rows bear dates such as “${text}” that can be read as two different days. Choose whether the day or the month stands first.`,
      values: { text, rowCount: undecided.length },
    },
  ];
}

// Debits and credits have totals of their own, and sums of two currencies mean nothing: only a plain column is checked.
function wrongTotals({ totals, map, book: { baseCurrency } }: Findings): Refusal[] {
  const { amount, openAmount, currency } = map.columns;
  if ((amount === undefined && openAmount === undefined) || currency !== undefined) return [];
  const unit = map.currency ?? baseCurrency;
  return totals
    .filter(({ isRight, saysMinor }) => !isRight && saysMinor !== 0)
    .slice(-1)
    .map(({ row, saysMinor, sumMinor }) => ({
      code: 'total-row-differs',
      sentence: `The totals row ${row} says ${moneyText(saysMinor, unit)}, but the rows above it add up to ${moneyText(sumMinor, unit)}.`,
      values: { row, says: moneyText(saysMinor, unit), sum: moneyText(sumMinor, unit) },
    }));
}

function unclearHeading(unclear: UnclearHeading | null): Refusal[] {
  if (unclear === null) return [];
  const { at, name: text, other } = unclear;
  return [
    {
      code: 'heading-unclear',
      sentence: `“${other}” and “${text}” (row ${at + 1}) both stand above the same bills. “${text}” is taken for the customer. Check a few bills.`,
      values: { text, other, row: at + 1 },
    },
  ];
}

const WARNINGS = [
  {
    code: 'phone-lost',
    of: ['phone-lost'],
    tell: (count: number, text: string, row: number) =>
      `${count} phone numbers were cut by a spreadsheet, such as “${text}” (row ${row}), and are not taken.`,
  },
  {
    code: 'phone-doubtful',
    of: ['phone-unreadable'],
    tell: (count: number, text: string, row: number) =>
      `${count} phone numbers cannot be dialled, such as “${text}” (row ${row}). They are kept as they are.`,
  },
  {
    code: 'gstin-doubtful',
    of: ['gstin-form', 'gstin-state', 'gstin-check'],
    tell: (count: number, text: string, row: number) =>
      `${count} GSTINs do not hold, such as “${text}” (row ${row}). They are kept as they are.`,
  },
  {
    code: 'pan-doubtful',
    of: ['pan-form'],
    tell: (count: number, text: string, row: number) =>
      `${count} PANs do not hold, such as “${text}” (row ${row}). They are kept as they are.`,
  },
] as const satisfies readonly {
  readonly code: string;
  readonly of: readonly string[];
  readonly tell: (count: number, text: string, row: number) => string;
}[];

/** One doubt of each kind, with the first row as an example; each number counts once, however often it stands. */
function warningDoubts(warnings: readonly RowWarning[]): Refusal[] {
  return WARNINGS.flatMap(({ code, of, tell }) => {
    const found = warnings.filter(({ refusal }) => of.some((one) => one === refusal.code));
    const [first] = found;
    if (first === undefined) return [];
    const text = String(first.refusal.values?.['text'] ?? '');
    const values = { text, row: first.row, count: found.length };
    return [{ code, sentence: tell(found.length, text, first.row), values }];
  });
}

function draftsLeftOut(notes: readonly RowNote[]): Refusal[] {
  const rowCount = notes.filter(({ reason }) => reason?.code === 'draft').length;
  if (rowCount === 0) return [];
  const sentence = `${rowCount} rows are drafts and are left out. If those bills were sent all the same, take drafts too.`;
  return [{ code: 'drafts-left-out', sentence, values: { rowCount } }];
}
