import type { Refusal } from '../result.ts';
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

type Findings = {
  readonly notes: readonly RowNote[];
  readonly totals: readonly TotalsCheck[];
  readonly lostPhones: readonly string[];
  readonly map: ImportMap;
  readonly baseCurrency: string;
  readonly unclear: UnclearHeading | null;
};

/** What the user must look at before the rows are taken. */
export function readingDoubts(findings: Findings): Refusal[] {
  return [
    ...missingColumns(findings.map),
    ...missingRates(findings),
    ...undecidedDates(findings.notes),
    ...wrongTotals(findings),
    ...unclearHeading(findings.unclear),
    ...lostPhones(findings.lostPhones),
    ...draftsLeftOut(findings.notes),
  ];
}

function missingColumns(map: ImportMap): Refusal[] {
  const { columns } = map;
  const doubts: Refusal[] = [];
  if (columns.customerName === undefined && columns.customerCode === undefined && !isHeaded(map)) {
    doubts.push({ code: 'no-customer', sentence: 'Choose the column that names the customer.' });
  }
  if ([columns.amount, columns.openAmount, columns.debit, columns.credit].every((at) => at === undefined)) {
    doubts.push({ code: 'no-amount', sentence: 'Choose the column that bears the amounts.' });
  }
  if (columns.billDay === undefined) {
    doubts.push({ code: 'no-day', sentence: 'Choose the column that bears the date of the bill.' });
  }
  return doubts;
}

function missingRates({ notes, baseCurrency }: Findings): Refusal[] {
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
function wrongTotals({ totals, map, baseCurrency }: Findings): Refusal[] {
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

function lostPhones(phones: readonly string[]): Refusal[] {
  const [text] = phones;
  if (text === undefined) return [];
  return [
    {
      code: 'phone-lost',
      sentence: `${phones.length} phone numbers were cut by a spreadsheet, such as “${text}”, and are not taken.`,
      values: { text, count: phones.length },
    },
  ];
}

function draftsLeftOut(notes: readonly RowNote[]): Refusal[] {
  const rowCount = notes.filter(({ reason }) => reason?.code === 'draft').length;
  if (rowCount === 0) return [];
  const sentence = `${rowCount} rows are drafts and are left out. If those bills were sent all the same, take drafts too.`;
  return [{ code: 'drafts-left-out', sentence, values: { rowCount } }];
}
