import { Buffer } from 'node:buffer';
import type { Day } from '#domain/days.ts';
import { monthStart } from '#domain/days.ts';
import { never } from '#domain/result.ts';
import { eduDayFrom } from '#domain/tally/edu-days.ts';
import type { VoucherShape } from '#domain/tally/facts.ts';
import type { TallyPeriod } from '../ports.ts';
import {
  type Collection,
  collectionText,
  compact,
  envelope,
  quoted,
  type Variables,
  variablesText,
} from './requests-form.ts';

/**
 * All that is ever asked of a Tally. The set is closed: names of fields and formulas stand in this file only, a caller
 * brings texts (escaped), days and numbers. What freezes or ends a Tally therefore cannot be sent.
 */
export type TallyRequest =
  | { readonly kind: 'companies' }
  | { readonly kind: 'groups'; readonly company: string }
  | { readonly kind: 'voucher-types'; readonly company: string }
  | { readonly kind: 'thin-ledgers'; readonly company: string; readonly asOf: Day }
  | {
      readonly kind: 'ledgers';
      readonly company: string;
      readonly asOf: Day;
      readonly afterAlterId?: number | undefined;
    }
  | {
      readonly kind: 'bills-report';
      readonly company: string;
      readonly side: 'receivable' | 'payable';
      readonly period: TallyPeriod;
    }
  | { readonly kind: 'bills'; readonly company: string; readonly asOf: Day }
  | {
      readonly kind: 'party-ledger' | 'party-bills';
      readonly company: string;
      readonly party: string;
      readonly asOf: Day;
    }
  | { readonly kind: 'voucher-counts' | 'census'; readonly company: string; readonly period: TallyPeriod }
  | {
      readonly kind: 'vouchers';
      readonly company: string;
      readonly period: TallyPeriod;
      readonly shape: VoucherShape;
      readonly afterAlterId?: number | undefined;
    };

/** The body of a request: UTF-16LE without a mark, the only encoding in which no character of a name is lost. */
export function requestBytes(request: TallyRequest): Buffer {
  return Buffer.from(requestText(request), 'utf16le');
}

export function requestText(request: TallyRequest): string {
  switch (request.kind) {
    case 'companies':
      return collectionText({}, companies);
    case 'groups':
      return collectionText({ company: request.company }, groups);
    case 'voucher-types':
      return collectionText({ company: request.company }, voucherTypes);
    case 'thin-ledgers':
      return collectionText(asOfDay(request), thinLedgers);
    case 'ledgers':
      return collectionText(asOfDay(request), {
        ...wholeLedgers,
        // What changed may have left the customers' groups: it is asked for wherever it stands now.
        filter: request.afterAlterId === undefined ? inScope : changedAfter(request.afterAlterId),
      });
    case 'bills-report':
      return reportText(request);
    case 'bills':
      return collectionText(asOfDay(request), openBills);
    case 'party-bills':
      return collectionText(asOfDay(request), { ...openBills, childOf: quoted(request.party) });
    case 'party-ledger':
      return collectionText(asOfDay(request), {
        ...thinLedgers,
        id: 'ArParty',
        filter: `$$IsEqual:$Name:${quoted(request.party)}`,
      });
    case 'voucher-counts':
      return collectionText(loaded(request), { ...dayVouchers, filter: within(request.period) });
    case 'census':
      return collectionText(loaded(request), { ...census, filter: within(request.period) });
    case 'vouchers':
      return collectionText(loaded(request), {
        ...vouchers,
        fetch: [...vouchers.fetch, ...entriesOf[request.shape]],
        filter:
          request.afterAlterId === undefined ? within(request.period) : changedAfter(request.afterAlterId),
      });
    default:
      return never(request);
  }
}

/** The bounds an Educational mode obeys, which takes only days 1, 2 and 31. The exact days stand in the filter. */
export function widened({ from, to }: TallyPeriod): TallyPeriod {
  return { from: monthStart(from), to: eduDayFrom(to) };
}

const companies: Collection = {
  id: 'ArCompanies',
  type: 'Company',
  // prettier-ignore
  fetch: ['Name', 'GUID', 'CompanyNumber', 'StartingFrom', 'EndingAt', 'BooksFrom', 'LastVoucherDate', 'AltMstId',
    'AltVchId', 'AlterID', 'CurrencyName', 'StateName', 'PinCode', 'GSTRegistrationNumber', 'IsAggregate'],
  compute: [
    { name: 'IsActiveCompany', formula: '$$IsEqual:$Name:##SVCurrentCompany' },
    { name: 'IsEdu', formula: '$$LicenseInfo:IsEducationalMode' },
  ],
};

const groups: Collection = {
  id: 'ArGroups',
  type: 'Group',
  fetch: ['Name', 'Parent', 'GUID', 'MasterID', 'AlterID', 'ReservedName'],
};

const voucherTypes: Collection = {
  id: 'ArVoucherTypes',
  type: 'VoucherType',
  fetch: ['Name', 'Parent', 'GUID', 'MasterID', 'AlterID', 'ReservedName'],
};

const thinLedgers: Collection = {
  id: 'ArThinLedgers',
  type: 'Ledger',
  fetch: ['Name', 'GUID', 'MasterID', 'AlterID', 'Parent', 'IsBillWiseOn', 'ClosingBalance'],
};

const wholeLedgers: Collection = {
  id: 'ArLedgers',
  type: 'Ledger',
  // prettier-ignore
  fetch: ['Name', 'GUID', 'MasterID', 'AlterID', 'Parent', 'OnlyAlias', 'LanguageName', 'IsBillWiseOn',
    'BillCreditPeriod', 'CreditLimit', 'IsCreditDaysChkOn', 'OpeningBalance', 'ClosingBalance', 'CurrencyName',
    'MailingName', 'Address', 'LedStateName', 'CountryName', 'PinCode', 'Email', 'EmailCC', 'LedgerPhone',
    'LedgerMobile', 'LedgerCountryISDCode', 'LedgerContact', 'IncomeTaxNumber', 'PartyGSTIN',
    'GSTRegistrationType', 'LedGSTRegDetails.*', 'LedMailingDetails.*', 'ContactDetails.*', 'BillAllocations.*'],
};

const inScope = '$IsBillWiseOn OR $$IsLedOfGrp:$Name:$$GroupSundryDebtors';

const openBills: Collection = {
  id: 'ArBills',
  type: 'Bills',
  fetch: ['Name', 'Parent', 'BillDate', 'BillCreditPeriod', 'OpeningBalance', 'ClosingBalance', 'IsAdvance'],
  filter: 'NOT $$IsEmpty:$ClosingBalance',
};

const dayVouchers: Collection = {
  id: 'ArDays',
  type: 'Voucher',
  fetch: [],
  countBy: { name: 'Date', formula: '$Date' },
};

const census: Collection = {
  id: 'ArCensus',
  type: 'Voucher',
  fetch: ['Date', 'GUID', 'MasterID', 'AlterID'],
};

const vouchers: Collection = {
  id: 'ArVouchers',
  type: 'Voucher',
  // prettier-ignore
  fetch: ['Date', 'EffectiveDate', 'GUID', 'MasterID', 'AlterID', 'VoucherTypeName', 'VoucherNumber', 'Reference',
    'ReferenceDate', 'Narration', 'PartyLedgerName', 'IsCancelled', 'IsOptional', 'IsPostDated', 'IsInvoice',
    'IsDeleted'],
  compute: [
    { name: 'KSales', formula: '$$IsSales:$VoucherTypeName' },
    { name: 'KReceipt', formula: '$$IsReceipt:$VoucherTypeName' },
    { name: 'KCN', formula: '$$IsCreditNote:$VoucherTypeName' },
    { name: 'KDN', formula: '$$IsDebitNote:$VoucherTypeName' },
    { name: 'KJrn', formula: '$$IsJournal:$VoucherTypeName' },
  ],
};

const entriesOf = {
  'every-field': ['AllLedgerEntries.*'],
  allocations: [
    'AllLedgerEntries.LedgerName',
    'AllLedgerEntries.IsDeemedPositive',
    'AllLedgerEntries.Amount',
    'AllLedgerEntries.BillAllocations.*',
  ],
} as const satisfies Readonly<Record<VoucherShape, readonly string[]>>;

function within({ from, to }: TallyPeriod): string {
  return `$Date >= $$Date:"${compact(from)}" AND $Date <= $$Date:"${compact(to)}"`;
}

function changedAfter(alterId: number): string {
  if (!Number.isSafeInteger(alterId) || alterId < 0) throw new Error(`Not an AlterID: ${alterId}`);
  return `$AlterID > ${alterId}`;
}

/** Only the end: a first day on a read of ledgers has frozen a Tally. */
function asOfDay(request: { readonly company: string; readonly asOf: Day }): Variables {
  return { company: request.company, to: request.asOf };
}

/** Which period Tally loads: without one it is that of its screen. */
function loaded(request: { readonly company: string; readonly period: TallyPeriod }): Variables {
  return { company: request.company, ...widened(request.period) };
}

function reportText(request: TallyRequest & { readonly kind: 'bills-report' }): string {
  const id = request.side === 'receivable' ? 'Bills Receivable' : 'Bills Payable';
  return envelope('Data', id, variablesText({ company: request.company, ...request.period }));
}
