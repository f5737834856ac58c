import type { TallyCompany, TallyGroup, TallyThinLedger } from '#domain/tally/facts.ts';
import {
  balanceOf,
  dayOfText,
  firstText,
  isYes,
  masterIdOf,
  needed,
  numberOf,
  textAt,
  type Doubts,
} from './row-values.ts';
import { slotOf, type Found, type Shape } from './shapes.ts';
import type { TallyVoucherType } from './voucher-kinds.ts';

export const COMPANY = {
  tag: 'COMPANY',
  texts: [
    '@NAME',
    'NAME',
    'GUID',
    'COMPANYNUMBER',
    'BOOKSFROM',
    'STARTINGFROM',
    'ENDINGAT',
    'LASTVOUCHERDATE',
    'ALTMSTID',
    'ALTVCHID',
    'CURRENCYNAME',
    'STATENAME',
    'GSTREGISTRATIONNUMBER',
    'ISACTIVECOMPANY',
    'ISEDU',
    'ISAGGREGATE',
  ],
} satisfies Shape;

const company = (text: string): number => slotOf(COMPANY, text);

export function companyOf(found: Found, doubts: Doubts): TallyCompany {
  const text = (tag: string): string | null => textAt(found, company(tag));
  const name = firstText(found, company('@NAME'), company('NAME'));
  return {
    guid: needed(doubts, 'GUID', text('GUID'), ''),
    companyNumber: text('COMPANYNUMBER'),
    name: needed(doubts, 'NAME', name, ''),
    booksFrom: dayOfText(doubts, 'BOOKSFROM', text('BOOKSFROM')),
    startingFrom: dayOfText(doubts, 'STARTINGFROM', text('STARTINGFROM')),
    endingAt: dayOfText(doubts, 'ENDINGAT', text('ENDINGAT')),
    lastVoucherDay: dayOfText(doubts, 'LASTVOUCHERDATE', text('LASTVOUCHERDATE')),
    masterCounter: numberOf(doubts, 'ALTMSTID', text('ALTMSTID')),
    voucherCounter: numberOf(doubts, 'ALTVCHID', text('ALTVCHID')),
    currencyName: text('CURRENCYNAME'),
    stateName: text('STATENAME'),
    gstin: text('GSTREGISTRATIONNUMBER'),
    isActive: isYes(text('ISACTIVECOMPANY')),
    isEducational: isYes(text('ISEDU')),
    isGroup: isYes(text('ISAGGREGATE')),
  };
}

/** The root of all groups, which is no group. Tally writes a control character before it, which is gone by now. */
const ROOT = 'primary';

function parentOf(text: string | null): string | null {
  return text === null || text.toLowerCase() === ROOT ? null : text;
}

export const GROUP = {
  tag: 'GROUP',
  texts: ['@NAME', 'NAME', '@RESERVEDNAME', 'RESERVEDNAME', 'PARENT', 'GUID', 'ALTERID'],
} satisfies Shape;

const group = (text: string): number => slotOf(GROUP, text);

export function groupOf(found: Found, doubts: Doubts): TallyGroup {
  const text = (tag: string): string | null => textAt(found, group(tag));
  const name = firstText(found, group('@NAME'), group('NAME'));
  return {
    guid: needed(doubts, 'GUID', text('GUID'), ''),
    alterId: numberOf(doubts, 'ALTERID', text('ALTERID')) ?? 0,
    name: needed(doubts, 'NAME', name, ''),
    parent: parentOf(text('PARENT')),
    reservedName: firstText(found, group('@RESERVEDNAME'), group('RESERVEDNAME')),
  };
}

export const VOUCHER_TYPE = {
  tag: 'VOUCHERTYPE',
  texts: ['@NAME', 'NAME', '@RESERVEDNAME', 'RESERVEDNAME', 'PARENT'],
} satisfies Shape;

const voucherType = (text: string): number => slotOf(VOUCHER_TYPE, text);

export function voucherTypeOf(found: Found, doubts: Doubts): TallyVoucherType {
  const name = firstText(found, voucherType('@NAME'), voucherType('NAME'));
  return {
    name: needed(doubts, 'NAME', name, ''),
    parent: parentOf(textAt(found, voucherType('PARENT'))),
    reservedName: firstText(found, voucherType('@RESERVEDNAME'), voucherType('RESERVEDNAME')),
  };
}

export const THIN_LEDGER = {
  tag: 'LEDGER',
  texts: ['@NAME', 'NAME', 'GUID', 'MASTERID', 'ALTERID', 'PARENT', 'ISBILLWISEON', 'CLOSINGBALANCE'],
} satisfies Shape;

const thin = (text: string): number => slotOf(THIN_LEDGER, text);

export function thinLedgerOf(found: Found, doubts: Doubts): TallyThinLedger {
  const text = (tag: string): string | null => textAt(found, thin(tag));
  const guid = needed(doubts, 'GUID', text('GUID'), '');
  return {
    guid,
    masterId: masterIdOf(doubts, text('MASTERID'), guid),
    alterId: numberOf(doubts, 'ALTERID', text('ALTERID')) ?? 0,
    name: needed(doubts, 'NAME', firstText(found, thin('@NAME'), thin('NAME')), ''),
    parent: parentOf(text('PARENT')),
    isBillWise: isYes(text('ISBILLWISEON')),
    closingPaise: balanceOf(doubts, 'CLOSINGBALANCE', found.texts[thin('CLOSINGBALANCE')]),
  };
}
