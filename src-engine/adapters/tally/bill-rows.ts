import { day } from '#domain/days.ts';
import { ZERO } from '#domain/money.ts';
import { readDueDay } from '#domain/tally/credit-period.ts';
import type { TallyOpenBill } from '#domain/tally/facts.ts';
import { balanceOf, dayOfText, doubt, firstText, needed, textAt, type Doubts } from './row-values.ts';
import { slotOf, type Found, type Shape } from './shapes.ts';

const NO_DAY = day('1900-01-01');

export const BILL_FIXED: Shape = { tag: 'BILLFIXED', texts: ['BILLDATE', 'BILLREF', 'BILLPARTY'] };
/** What follows a BILLFIXED belongs to it until the next one; tags of third parties may stand between. */
export const BILL_CLOSING: Shape = { tag: 'BILLCL', texts: ['.'] };
export const BILL_DUE: Shape = { tag: 'BILLDUE', texts: ['.'] };

/** One row of a bills report, gathered by position. Undefined is a tag that has not come. */
export type ReportRow = { readonly fixed: Found; closing?: string | null; due?: string | null };

export function reportBillOf({ fixed, closing, due }: ReportRow, doubts: Doubts): TallyOpenBill | null {
  const text = (tag: string): string | null => textAt(fixed, slotOf(BILL_FIXED, tag));
  const billDay = needed(doubts, 'BILLDATE', dayOfText(doubts, 'BILLDATE', text('BILLDATE')), NO_DAY);
  const balance = balanceOf(doubts, 'BILLCL', closing);
  const bill = {
    party: needed(doubts, 'BILLPARTY', text('BILLPARTY'), ''),
    ref: text('BILLREF') ?? '',
    billDay,
    dueDay: dayOfText(doubts, 'BILLDUE', due === undefined || due === '' ? null : due) ?? billDay,
    balancePaise: needed(doubts, 'BILLCL', balance, ZERO),
  };
  return bill.balancePaise === 0 ? null : bill;
}

export const BILL: Shape = {
  tag: 'BILL',
  texts: [
    '@NAME',
    'NAME',
    'PARENT',
    'BILLDATE',
    'BILLCREDITPERIOD',
    'BILLCREDITPERIOD@JD',
    'BILLCREDITPERIOD@P',
    'CLOSINGBALANCE',
  ],
};

export function billOf(found: Found, doubts: Doubts): TallyOpenBill | null {
  const at = (tag: string): number => slotOf(BILL, tag);
  const text = (tag: string): string | null => textAt(found, at(tag));
  const billDay = needed(doubts, 'BILLDATE', dayOfText(doubts, 'BILLDATE', text('BILLDATE')), NO_DAY);
  const due = readDueDay(billDay, {
    text: text('BILLCREDITPERIOD'),
    serial: text('BILLCREDITPERIOD@JD'),
    period: text('BILLCREDITPERIOD@P'),
  });
  if (due.reason !== null) doubt(doubts, 'BILLCREDITPERIOD', text('BILLCREDITPERIOD'));
  const balance = balanceOf(doubts, 'CLOSINGBALANCE', found.texts[at('CLOSINGBALANCE')]);
  const bill = {
    party: needed(doubts, 'PARENT', text('PARENT'), ''),
    ref: firstText(found, at('NAME'), at('@NAME')) ?? '',
    billDay,
    dueDay: due.value ?? billDay,
    balancePaise: needed(doubts, 'CLOSINGBALANCE', balance, ZERO),
  };
  return bill.balancePaise === 0 ? null : bill;
}
