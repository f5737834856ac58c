import { day, type Day } from '#domain/days.ts';
import { ZERO } from '#domain/money.ts';
import { readDueDay } from '#domain/tally/credit-period.ts';
import type {
  TallyAllocation,
  TallyAllocationType,
  TallyLine,
  TallyVoucher,
  TallyVoucherMark,
} from '#domain/tally/facts.ts';
import {
  amountOf,
  dayOfText,
  doubt,
  firstText,
  flagAt,
  isYes,
  masterIdOf,
  needed,
  numberOf,
  textAt,
  type Doubts,
} from './row-values.ts';
import { slotOf, type Found, type Shape } from './shapes.ts';
import type { KindOf, VoucherFlags } from './voucher-kinds.ts';

const NO_DAY = day('1900-01-01');

const ALLOCATION: Shape = {
  tag: 'BILLALLOCATIONS.LIST',
  texts: [
    'NAME',
    'BILLTYPE',
    'AMOUNT',
    'BILLDATE',
    'BILLCREDITPERIOD',
    'BILLCREDITPERIOD@JD',
    'BILLCREDITPERIOD@P',
  ],
  fresh: ['AMOUNT'],
};
const lineShape = (tag: string): Shape => ({
  tag,
  texts: ['LEDGERNAME', 'AMOUNT'],
  fresh: ['AMOUNT'],
  lists: [ALLOCATION],
});

/** Lists of stock stand beside these and are passed over: their accounts are in the ledger entries as well. */
export const VOUCHER: Shape = {
  tag: 'VOUCHER',
  texts: [
    'GUID',
    'MASTERID',
    'ALTERID',
    'DATE',
    'VOUCHERTYPENAME',
    'VOUCHERNUMBER',
    'REFERENCE',
    'NARRATION',
    'PARTYLEDGERNAME',
    'PARTYNAME',
    'ISCANCELLED',
    'ISOPTIONAL',
    'ISPOSTDATED',
    'KSALES',
    'KRECEIPT',
    'KCN',
    'KDN',
    'KJRN',
  ],
  fresh: ['GUID', 'MASTERID', 'ALTERID', 'VOUCHERNUMBER', 'REFERENCE', 'NARRATION'],
  // An item invoice in a file has the second only.
  lists: [lineShape('ALLLEDGERENTRIES.LIST'), lineShape('LEDGERENTRIES.LIST')],
};

const at = (text: string): number => slotOf(VOUCHER, text);
const GUID = at('GUID');
const MASTER_ID = at('MASTERID');
const ALTER_ID = at('ALTERID');
const DATE = at('DATE');
const TYPE = at('VOUCHERTYPENAME');
const NUMBER = at('VOUCHERNUMBER');
const REFERENCE = at('REFERENCE');
const NARRATION = at('NARRATION');
const PARTY_LEDGER = at('PARTYLEDGERNAME');
const PARTY = at('PARTYNAME');
const CANCELLED = at('ISCANCELLED');
const OPTIONAL = at('ISOPTIONAL');
const POST_DATED = at('ISPOSTDATED');
const K_SALES = at('KSALES');
const K_RECEIPT = at('KRECEIPT');
const K_CREDIT_NOTE = at('KCN');
const K_DEBIT_NOTE = at('KDN');
const K_JOURNAL = at('KJRN');

export function voucherOf(found: Found, doubts: Doubts, kindOf: KindOf): TallyVoucher {
  const guid = needed(doubts, 'GUID', textAt(found, GUID), '');
  const typeName = needed(doubts, 'VOUCHERTYPENAME', textAt(found, TYPE), '');
  const day = needed(doubts, 'DATE', dayOfText(doubts, 'DATE', textAt(found, DATE)), NO_DAY);
  const whole = found.lists[0] ?? [];
  const entries = whole.length > 0 ? whole : (found.lists[1] ?? []);
  return {
    guid,
    masterId: masterIdOf(doubts, textAt(found, MASTER_ID), guid),
    alterId: numberOf(doubts, 'ALTERID', textAt(found, ALTER_ID)) ?? 0,
    day,
    typeName,
    kind: kindOf(typeName, flagsOf(found)),
    number: textAt(found, NUMBER),
    reference: textAt(found, REFERENCE),
    narration: textAt(found, NARRATION),
    partyName: firstText(found, PARTY_LEDGER, PARTY),
    isCancelled: isYes(textAt(found, CANCELLED)),
    isOptional: isYes(textAt(found, OPTIONAL)),
    isPostDated: isYes(textAt(found, POST_DATED)),
    lines: entries.map((entry, index) => lineOf(entry, index + 1, doubts)),
  };
}

function flagsOf(found: Found): VoucherFlags {
  return {
    isSales: flagAt(found, K_SALES),
    isReceipt: flagAt(found, K_RECEIPT),
    isCreditNote: flagAt(found, K_CREDIT_NOTE),
    isDebitNote: flagAt(found, K_DEBIT_NOTE),
    isJournal: flagAt(found, K_JOURNAL),
  };
}

/** An entry without an amount moves nothing, and is kept for its place. */
function lineOf(found: Found, line: number, doubts: Doubts): TallyLine {
  return {
    line,
    ledgerName: needed(doubts, 'LEDGERNAME', textAt(found, 0), ''),
    amountPaise: amountOf(doubts, 'AMOUNT', textAt(found, 1)) ?? ZERO,
    allocations: (found.lists[0] ?? []).map((one) => allocationOf(one, doubts)),
  };
}

const REF = slotOf(ALLOCATION, 'NAME');
const BILL_TYPE = slotOf(ALLOCATION, 'BILLTYPE');
const AMOUNT = slotOf(ALLOCATION, 'AMOUNT');
const BILL_DATE = slotOf(ALLOCATION, 'BILLDATE');
const PERIOD = slotOf(ALLOCATION, 'BILLCREDITPERIOD');
const PERIOD_SERIAL = slotOf(ALLOCATION, 'BILLCREDITPERIOD@JD');
const PERIOD_TEXT = slotOf(ALLOCATION, 'BILLCREDITPERIOD@P');

function allocationOf(found: Found, doubts: Doubts): TallyAllocation {
  const ref = textAt(found, REF);
  const type = allocationType(textAt(found, BILL_TYPE), ref, doubts);
  const billDay = dayOfText(doubts, 'BILLDATE', textAt(found, BILL_DATE));
  return {
    type,
    ref: type === 'on-account' ? null : needed(doubts, 'NAME', ref, ''),
    amountPaise: amountOf(doubts, 'AMOUNT', textAt(found, AMOUNT)) ?? ZERO,
    billDay,
    dueDay: dueDayOf(found, billDay, doubts),
  };
}

function dueDayOf(found: Found, billDay: Day | null, doubts: Doubts): Day | null {
  const text = textAt(found, PERIOD);
  const serial = textAt(found, PERIOD_SERIAL);
  if (text === null && serial === null) return billDay;
  const due = readDueDay(billDay, { text, serial, period: textAt(found, PERIOD_TEXT) });
  if (due.reason !== null) doubt(doubts, 'BILLCREDITPERIOD', text);
  return due.value;
}

const TYPES: ReadonlyMap<string, TallyAllocationType> = new Map([
  ['New Ref', 'new'],
  ['Agst Ref', 'against'],
  ['Advance', 'advance'],
  ['On Account', 'on-account'],
]);

/** A name without a type is what some fetches leave of an allocation: whether it opens or pays a bill is not known. */
function allocationType(text: string | null, ref: string | null, doubts: Doubts): TallyAllocationType {
  const known = text === null ? undefined : TYPES.get(text);
  if (known !== undefined) return known;
  if (text !== null || ref !== null) doubt(doubts, 'BILLTYPE', text);
  return 'on-account';
}

export const CENSUS: Shape = {
  tag: 'VOUCHER',
  texts: ['GUID', 'ALTERID', 'DATE'],
  fresh: ['GUID', 'ALTERID'],
};

export function markOf(found: Found, doubts: Doubts): TallyVoucherMark {
  const [guid, alterId, date] = [0, 1, 2] as const;
  const marked = numberOf(doubts, 'ALTERID', textAt(found, alterId));
  return {
    guid: needed(doubts, 'GUID', textAt(found, guid), ''),
    alterId: needed(doubts, 'ALTERID', marked, 0),
    day: needed(doubts, 'DATE', dayOfText(doubts, 'DATE', textAt(found, date)), NO_DAY),
  };
}
