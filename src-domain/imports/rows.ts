import type { Refusal } from '../result.ts';
import { cellText, idText } from './cells.ts';
import type { DocumentKind, PaidPart } from './imported.ts';
import { isHeaderAgain } from './header-row.ts';
import { headedTotalsLabel } from './headed-totals.ts';
import type { Heading } from './headings.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';
import { reasons } from './reasons.ts';
import { rowAmounts, type AmountsResult, type RowAmounts } from './row-amounts.ts';
import { rowCustomer, type RowCustomer } from './row-customer.ts';
import { paidDay, rowDays, type RowDays } from './row-days.ts';
import { rowMoney, type RowMoney } from './row-money.ts';
import { balanceLabel, sectionLabel, totalsLabel, type Running } from './totals.ts';
import { isBill, statusMeaning } from './vouchers.ts';

const NUMBER_MOST = 100;
const NARRATION_MOST = 1000;

/** A row that will become a document. */
export type Draft = {
  readonly row: number;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly customer: RowCustomer;
  readonly days: RowDays;
  readonly amounts: RowAmounts;
  readonly money: RowMoney;
  readonly paid: PaidPart | null;
  readonly narration: string | null;
  /** Set where the row is a customer's balance, which a later list of the kind says anew: the aged column, '' for none. */
  readonly balanceOf: string | null;
};

/** What became of a row. Where its amount could be read it counts in the tie-out, whatever became of it. */
export type RowResult =
  | { readonly outcome: 'taken'; readonly draft: Draft }
  | {
      readonly outcome: 'refused' | 'left-out';
      readonly reason: Refusal;
      readonly amounts: RowAmounts | null;
      /** A totals row: its amount is a check on the rows above it, not a part of the file's sum. */
      readonly isTotals: boolean;
      /** A row above the bills of a customer; its sum, where it bears one, is checked against those rows (from 0). */
      readonly heading: Heading | null;
    };

/** Reads one row that is not blank; `at` counts from 0. */
export function readRow(reading: Reading, at: number, running: Running): RowResult {
  const row = reading.grid.rows[at] ?? [];
  const read = rowAmounts(reading, row);
  const amounts = read.ok ? read.value : read.known;
  if (amounts !== null && running.absoluteMinor + amounts.minor > Number.MAX_SAFE_INTEGER) {
    return refused(reasons.sumTooLarge(), null);
  }
  if (reading.groupRows.has(at)) {
    return { ...leftOut(reasons.totalsRow(excerptName(reading, row)), amounts), isTotals: true };
  }
  const heading = reading.headings?.headingAt.get(at);
  if (heading !== undefined) {
    const isTotals = heading.bills.length > 0;
    return { ...leftOut(reasons.sectionRow(heading.label), isTotals ? amounts : null), isTotals, heading };
  }
  const columnMinor = amounts?.columnMinor ?? 0;
  const total =
    reading.headings === null
      ? totalsLabel(reading, row, running, columnMinor)
      : headedTotalsLabel(reading, at, running, columnMinor);
  if (total !== undefined)
    return { ...leftOut(reasons.totalsRow(total || 'Total'), amounts), isTotals: true };
  const aside = asideReason(reading, row, amounts);
  if (aside !== undefined) return leftOut(aside, amounts);
  if (!read.ok) return refused(read.refusal, amounts);
  const empty = emptyReason(reading, row, read);
  if (empty !== undefined || amounts === null) return leftOut(empty ?? reasons.noAmount(), amounts);
  if (amounts.kind === undefined) {
    return leftOut(reasons.notABill(textOf(reading, row, 'voucherType')), amounts);
  }
  return draftOf(reading, row, { at, running, kind: amounts.kind, amounts: settled(reading, row, amounts) });
}

type Wish = {
  readonly at: number;
  readonly running: Running;
  readonly kind: DocumentKind;
  readonly amounts: RowAmounts;
};

function draftOf(reading: Reading, row: Row, { at, running, kind, amounts }: Wish): RowResult {
  const customer = rowCustomer(reading, row, at);
  if (!customer.ok) return refused(customer.refusal, amounts);
  const number = idText(cellOf(reading, row, 'billNumber'));
  if (number.length > NUMBER_MOST) {
    return refused(reasons.numberTooLong(number.length, NUMBER_MOST), amounts);
  }
  const days = rowDays(reading, row);
  if (!days.ok) return refused(days.refusal, amounts);
  const money = rowMoney(reading, row, amounts);
  if (!money.ok) return refused(money.refusal, amounts);
  if (money.value.amountPaise === 0) return leftOut(reasons.zeroAmount(), amounts);
  if (running.basePaise + money.value.amountPaise > Number.MAX_SAFE_INTEGER) {
    return refused(reasons.sumTooLarge(), amounts);
  }
  const { paidPaise, paidForeignMinor } = money.value;
  const paid =
    paidPaise > 0
      ? { day: paidDay(reading, days.value), amountPaise: paidPaise, foreignMinor: paidForeignMinor }
      : null;
  const narration = textOf(reading, row, 'narration').slice(0, NARRATION_MOST);
  const draft = {
    row: at + 1,
    kind,
    number: number === '' ? null : number,
    amounts,
    paid,
    narration: narration === '' ? null : narration,
    balanceOf: reading.isBalanceList ? balanceName(reading) : null,
  };
  return {
    outcome: 'taken',
    draft: { ...draft, customer: customer.value, days: days.value, money: money.value },
  };
}

function balanceName({ agedColumn }: Reading): string {
  return agedColumn === null ? '' : `:${agedColumn.daysLate}`;
}

function excerptName(reading: Reading, row: Row): string {
  return textOf(reading, row, 'customerName') || cellText(row.find((cell) => cellText(cell) !== ''));
}

/** Rows that are no documents at all, or documents that are not owed. */
function asideReason(reading: Reading, row: Row, amounts: RowAmounts | null): Refusal | undefined {
  const header = reading.grid.rows[reading.map.headerRow] ?? [];
  if (isHeaderAgain(row, header)) return reasons.headerAgain();
  const balance = balanceLabel(reading, row);
  if (balance !== undefined) return reasons.balanceRow(balance);
  if (isDetail(reading, row)) return reasons.detailRow();
  const section = amounts === null ? sectionLabel(reading, row) : undefined;
  return section === undefined ? statusReason(reading, row) : reasons.sectionRow(section);
}

function statusReason(reading: Reading, row: Row): Refusal | undefined {
  if (reading.cancelledColumn !== null) {
    const text = cellText(row[reading.cancelledColumn]);
    if (statusMeaning('cancelled', text) === 'void') return reasons.void(text);
  }
  const status = textOf(reading, row, 'status');
  switch (statusOf(reading, row)) {
    case 'draft':
      return reading.map.takeDrafts ? undefined : reasons.draft(status);
    case 'void':
      return reasons.void(status);
    case 'not-a-bill':
      return reasons.notABill(status);
    case 'paid':
    case 'open':
      return undefined;
  }
}

function emptyReason(reading: Reading, row: Row, read: AmountsResult & { ok: true }): Refusal | undefined {
  const amounts = read.value;
  if (amounts === null) return reasons.noAmount();
  if (amounts.minor === 0) return amounts.columnMinor === 0 ? reasons.zeroAmount() : reasons.usedUp();
  const { amount, openAmount } = reading.map.columns;
  const hasOnlyOpen = amount === undefined && openAmount !== undefined;
  return hasOnlyOpen && statusOf(reading, row) === 'paid' ? reasons.closed() : undefined;
}

/** Where the file has no open amounts, a status or a settlement day says that a bill is paid in full. */
function settled(reading: Reading, row: Row, amounts: RowAmounts): RowAmounts {
  if (amounts.openMinor !== null || amounts.kind === undefined || !isBill(amounts.kind)) return amounts;
  return statusOf(reading, row) === 'paid' || isSettledDay(reading, row)
    ? { ...amounts, openMinor: 0 }
    : amounts;
}

function isSettledDay(reading: Reading, row: Row): boolean {
  const { lastReceiptDay, openAmount } = reading.map.columns;
  if (lastReceiptDay === undefined || openAmount !== undefined) return false;
  const isFinal = /^(?:settle|clear|closed|paidin)/i.test(reading.labels[lastReceiptDay] ?? '');
  return isFinal && textOf(reading, row, 'lastReceiptDay') !== '';
}

function statusOf(reading: Reading, row: Row): ReturnType<typeof statusMeaning> {
  const column = reading.map.columns.status;
  if (column === undefined) return 'open';
  return statusMeaning(reading.labels[column] ?? '', textOf(reading, row, 'status'));
}

// Tally's detailed day book writes the ledgers of a voucher below it, without day, type and number.
function isDetail(reading: Reading, row: Row): boolean {
  return (
    reading.layout.startsWith('tally-') &&
    reading.map.columns.voucherType !== undefined &&
    (['billDay', 'voucherType', 'billNumber'] as const).every((field) => textOf(reading, row, field) === '')
  );
}

function refused(
  reason: Refusal,
  amounts: RowAmounts | null,
): RowResult & { outcome: 'refused' | 'left-out' } {
  return { outcome: 'refused', reason, amounts, isTotals: false, heading: null };
}

function leftOut(
  reason: Refusal,
  amounts: RowAmounts | null,
): RowResult & { outcome: 'refused' | 'left-out' } {
  return { outcome: 'left-out', reason, amounts, isTotals: false, heading: null };
}
