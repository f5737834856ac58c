import type { Day } from '#domain/days.ts';
import type {
  TallyCompany,
  TallyGroup,
  TallyLedger,
  TallyOpenBill,
  TallyThinLedger,
  TallyVoucher,
  TallyVoucherMark,
} from '#domain/tally/facts.ts';
import {
  BILL,
  BILL_CLOSING,
  BILL_DUE,
  BILL_FIXED,
  billOf,
  reportBillOf,
  type ReportRow,
} from './bill-rows.ts';
import { fileRows, type FileTakers } from './file-rows.ts';
import { LEDGER, ledgerOf } from './ledger-rows.ts';
import {
  COMPANY,
  companyOf,
  GROUP,
  groupOf,
  THIN_LEDGER,
  thinLedgerOf,
  VOUCHER_TYPE,
  voucherTypeOf,
} from './master-rows.ts';
import { collectionRows, IN_COLLECTION, replyReader, taking, type RowTaker } from './reply-rows.ts';
import type { ReplyReader } from './reply.ts';
import { dayOfSerial, dayOfText, needed, numberOf, textAt, type Doubts } from './row-values.ts';
import type { Shape } from './shapes.ts';
import type { KindOf, TallyVoucherType } from './voucher-kinds.ts';
import { CENSUS, markOf, VOUCHER, voucherOf } from './voucher-rows.ts';

type Take<T> = (row: T) => void;

/** COMPUTEs: IsActiveCompany, IsEdu; IsAggregate is fetched to know a group company. */
export function companyReader(take: Take<TallyCompany>): ReplyReader {
  return replyReader([collectionRows(COMPANY, companyOf, take)]);
}

export function groupReader(take: Take<TallyGroup>): ReplyReader {
  return replyReader([collectionRows(GROUP, groupOf, take)]);
}

export function voucherTypeReader(take: Take<TallyVoucherType>): ReplyReader {
  return replyReader([collectionRows(VOUCHER_TYPE, voucherTypeOf, take)]);
}

export function thinLedgerReader(take: Take<TallyThinLedger>): ReplyReader {
  return replyReader([collectionRows(THIN_LEDGER, thinLedgerOf, take)]);
}

export function ledgerReader(take: Take<TallyLedger>): ReplyReader {
  return replyReader([collectionRows(LEDGER, ledgerOf, take)]);
}

/** The reports Bills Receivable and Bills Payable. A bill is handed on when the next one starts, or at the end. */
export function openBillReader(take: Take<TallyOpenBill>): ReplyReader {
  let row: ReportRow | null = null;
  const finish = (doubts: Doubts): void => {
    const bill = row === null ? null : reportBillOf(row, doubts);
    row = null;
    if (bill !== null && doubts.first === null) take(bill);
  };
  const inReport = (shape: Shape, read: RowTaker['take'], isCounted = false): RowTaker => ({
    paths: [['ENVELOPE', shape.tag]],
    shape,
    isCounted,
    take: read,
  });
  const start: RowTaker['take'] = (fixed, doubts) => {
    finish(doubts);
    row = { fixed };
  };
  return replyReader(
    [
      inReport(BILL_FIXED, start, true),
      inReport(BILL_CLOSING, (found) => {
        if (row !== null) row.closing ??= found.texts[0];
      }),
      inReport(BILL_DUE, (found) => {
        if (row !== null) row.due ??= found.texts[0];
      }),
    ],
    finish,
  );
}

/** A collection of TYPE Bills: Name, Parent, BillDate, BillCreditPeriod, ClosingBalance. */
export function billsCollectionReader(take: Take<TallyOpenBill>): ReplyReader {
  const paths = [BILL.tag, 'BILLS'].map((tag) => [...IN_COLLECTION, tag]);
  return replyReader([{ ...collectionRows(BILL, billOf, take), paths }]);
}

/** COMPUTEs: KSales, KReceipt, KCN, KDN, KJrn (see VoucherFlags). */
export function voucherReader(take: Take<TallyVoucher>, kindOf: KindOf): ReplyReader {
  return replyReader([collectionRows(VOUCHER, (found, doubts) => voucherOf(found, doubts, kindOf), take)]);
}

export function censusReader(take: Take<TallyVoucherMark>): ReplyReader {
  return replyReader([collectionRows(CENSUS, markOf, take)]);
}

const COUNTED: Shape = { tag: 'OBJECT', texts: ['DATE', 'COUNT'] };

/** Aggregated rows <OBJECT><DATE>1-Apr-24</DATE><COUNT>12</COUNT></OBJECT>. */
export function countReader(take: (day: Day, count: number) => void): ReplyReader {
  const counted: RowTaker = {
    ...collectionRows(
      COUNTED,
      () => null,
      () => undefined,
    ),
    take: (found, doubts) => {
      const day = needed(doubts, 'DATE', dayOfText(doubts, 'DATE', textAt(found, 0)), null);
      const count = needed(doubts, 'COUNT', numberOf(doubts, 'COUNT', textAt(found, 1)), 0);
      if (day !== null && doubts.first === null) take(day, count);
    },
  };
  return replyReader([counted]);
}

/** What a function answered: <RESULT TYPE="Date" JD="46104">…</RESULT>. */
export type FunctionResult = {
  readonly text: string | null;
  readonly type: string | null;
  /** Only where the result is a day: from its text, else from its number. */
  readonly day: Day | null;
};

const RESULT: Shape = { tag: 'RESULT', texts: ['.', '@TYPE', '@JD'] };

export function functionReader(take: Take<FunctionResult>): ReplyReader {
  const read: RowTaker['take'] = taking((found) => {
    const text = textAt(found, 0);
    const type = textAt(found, 1);
    const isDay = type?.toLowerCase() === 'date';
    const day = isDay ? (dayOfText({ first: null }, 'RESULT', text) ?? dayOfSerial(textAt(found, 2))) : null;
    return { text, type, day };
  }, take);
  const paths = [['ENVELOPE'], ['ENVELOPE', 'BODY'], ['ENVELOPE', 'BODY', 'DATA']];
  return replyReader([
    { paths: paths.map((path) => [...path, RESULT.tag]), shape: RESULT, isCounted: true, take: read },
  ]);
}

/** A greeting, an import's answer, or anything else of which only the end is of interest. */
export function plainReader(): ReplyReader {
  return replyReader([]);
}

/** Masters and day book as Tally exports them to a file; kinds of vouchers come from the file's own voucher types. */
export function fileReader(takers: FileTakers, kindOf?: KindOf): ReplyReader {
  return replyReader(fileRows(takers, kindOf));
}
