import type { RequestKind } from './faults.ts';

/** What a request costs a Tally, in milliseconds; a row's cost is added for every row. Defaults: PROTOCOL 4, on live Tallys. */
export type CostModel = {
  readonly request: number;
  readonly companies: number;
  readonly groupRow: number;
  readonly thinLedgerRow: number;
  /** A ledger with its balances. */
  readonly balanceLedgerRow: number;
  readonly fullLedgerRow: number;
  readonly billsReport: number;
  readonly billRow: number;
  readonly voucherHeaderRow: number;
  readonly voucherCuratedRow: number;
  readonly voucherWildcardRow: number;
  /** Of every voucher of the loaded period, however few pass: an `$AlterID` filter walks them all. */
  readonly scannedVoucher: number;
  readonly countedVoucher: number;
  readonly importRequest: number;
  readonly importObject: number;
};

export const MEASURED: CostModel = {
  request: 4,
  companies: 15,
  groupRow: 0.05,
  thinLedgerRow: 0.18,
  balanceLedgerRow: 0.23,
  fullLedgerRow: 0.48,
  billsReport: 90,
  billRow: 0.34,
  voucherHeaderRow: 0.48,
  voucherCuratedRow: 1.4,
  voucherWildcardRow: 14,
  scannedVoucher: 0.22,
  countedVoucher: 0.1,
  importRequest: 500,
  importObject: 16,
};

/** How much of a row was asked for. */
export type Depth = 'thin' | 'balances' | 'full' | 'header' | 'curated' | 'wildcard';

export type Work = {
  readonly kind: RequestKind;
  readonly rowCount: number;
  readonly depth: Depth;
  readonly scannedCount: number;
};

export function costOf(model: CostModel | null, work: Work): number {
  if (!model) return 0;
  const rows = (each: number): number => model.request + work.rowCount * each;
  switch (work.kind) {
    case 'companies':
      return model.companies;
    case 'ledgers':
    case 'object':
    case 'list-of-accounts':
      return rows(ledgerRow(model, work.depth));
    case 'bills-receivable':
    case 'bills-payable':
    case 'bills':
    case 'ledger-outstandings':
      return model.billsReport + work.rowCount * model.billRow;
    case 'vouchers':
    case 'day-book':
      return rows(voucherRow(model, work.depth)) + work.scannedCount * model.scannedVoucher;
    case 'voucher-counts':
      return model.request + work.scannedCount * model.countedVoucher;
    case 'import':
      return model.importRequest + work.rowCount * model.importObject;
    case 'groups':
    case 'voucher-types':
    case 'currencies':
      return rows(model.groupRow);
    case 'greeting':
    case 'function':
    case 'unknown':
      return model.request;
  }
}

function ledgerRow(model: CostModel, depth: Depth): number {
  if (depth === 'thin') return model.thinLedgerRow;
  return depth === 'balances' ? model.balanceLedgerRow : model.fullLedgerRow;
}

function voucherRow(model: CostModel, depth: Depth): number {
  if (depth === 'header') return model.voucherHeaderRow;
  return depth === 'wildcard' ? model.voucherWildcardRow : model.voucherCuratedRow;
}
