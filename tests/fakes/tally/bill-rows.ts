import type { BillState } from './balances.ts';
import { toJd } from './calendar.ts';
import { methodMap, orNull, type Method } from './fields.ts';
import { dateMethod, numberMethod } from './masters.ts';
import type { FakeLedger } from './records.ts';
import { amountText, yesNo } from './wire.ts';

/** A row of the collection of TYPE Bills. */
export type BillRow = { readonly bill: BillState; readonly ledger: FakeLedger; readonly asOf: string };

export const BILL_METHODS: readonly Method<BillRow>[] = [
  dateMethod('BILLDATE', ({ bill }) => bill.billDay),
  { tag: 'NAME', type: 'String', value: ({ bill }) => bill.ref },
  { tag: 'PARENT', type: 'String', value: ({ ledger }) => ledger.name },
  { tag: 'ISADVANCE', type: 'Logical', value: ({ bill }) => yesNo(bill.isAdvance) },
  numberMethod('_OVERDUEDAYS', ({ bill, asOf }) => overdueDays(bill, asOf)),
  amount('CLOSINGBALANCE', ({ bill }) => bill.balance),
  amount('OPENINGBALANCE', ({ bill }) => bill.opening),
  { tag: 'BILLCREDITPERIOD', type: 'Due Date', value: ({ bill }) => orNull(bill.period) },
];

export const BILL_MAP = methodMap(BILL_METHODS);

/** Days from the due day to a day; null where it is not overdue then. */
export function overdueDays(bill: BillState, asOf: string): number | null {
  const days = toJd(asOf) - toJd(bill.dueDay);
  return days > 0 ? days : null;
}

function amount(tag: string, value: (row: BillRow) => number): Method<BillRow> {
  return {
    tag,
    type: 'Amount',
    value: (row) => (value(row) === 0 ? '' : amountText(value(row))),
    worth: (row) => (value(row) === 0 ? null : -value(row) / 100),
  };
}
