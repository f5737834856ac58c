import { creditWords, readDueDay } from '#domain/tally/credit-period.ts';
import type { TallyContact, TallyLedger, TallyOpeningBill } from '#domain/tally/facts.ts';
import { THIN_LEDGER, thinLedgerOf } from './master-rows.ts';
import { amountOf, dayOfText, doubt, firstText, isYes, sizeOf, textAt, type Doubts } from './row-values.ts';
import { slotOf, type Found, type Shape } from './shapes.ts';

const line = (tag: string): Shape => ({ tag, texts: ['.'] });

const ADDRESS: Shape = { tag: 'ADDRESS.LIST', texts: [], lists: [line('ADDRESS')] };
const MAILING: Shape = {
  tag: 'LEDMAILINGDETAILS.LIST',
  texts: ['APPLICABLEFROM', 'MAILINGNAME', 'STATE', 'PINCODE'],
  lists: [ADDRESS],
};
const GST: Shape = { tag: 'LEDGSTREGDETAILS.LIST', texts: ['APPLICABLEFROM', 'GSTIN', 'PARTYGSTIN'] };
const CONTACT: Shape = {
  tag: 'CONTACTDETAILS.LIST',
  texts: ['NAME', 'PHONENUMBER', 'COUNTRYISDCODE', 'ISDEFAULTWHATSAPPNUM'],
};
const OPENING_BILL: Shape = {
  tag: 'BILLALLOCATIONS.LIST',
  texts: [
    'NAME',
    'BILLDATE',
    'BILLCREDITPERIOD',
    'BILLCREDITPERIOD@JD',
    'BILLCREDITPERIOD@P',
    'ISADVANCE',
    'OPENINGBALANCE',
  ],
};
const LANGUAGE: Shape = {
  tag: 'LANGUAGENAME.LIST',
  texts: [],
  lists: [{ tag: 'NAME.LIST', texts: [], lists: [line('NAME')] }],
};
const MAILING_NAMES: Shape = { tag: 'MAILINGNAME.LIST', texts: [], lists: [line('MAILINGNAME')] };

/** Starts like the thin one, so that one function reads what both have. */
export const LEDGER: Shape = {
  tag: 'LEDGER',
  texts: [
    ...THIN_LEDGER.texts,
    'BILLCREDITPERIOD',
    'CREDITLIMIT',
    'OPENINGBALANCE',
    'MAILINGNAME',
    'LEDSTATENAME',
    'STATENAME',
    'PINCODE',
    'EMAIL',
    'LEDGERPHONE',
    'LEDGERMOBILE',
    'LEDGERCOUNTRYISDCODE',
    'LEDGERCONTACT',
    'INCOMETAXNUMBER',
    'PARTYGSTIN',
  ],
  lists: [LANGUAGE, ADDRESS, MAILING, GST, CONTACT, OPENING_BILL, MAILING_NAMES],
};

const ledger = (text: string): number => slotOf(LEDGER, text);

export function ledgerOf(found: Found, doubts: Doubts): TallyLedger {
  const thin = thinLedgerOf(found, doubts);
  const names = listed(found, LANGUAGE).flatMap((one) => linesOf(one.lists[0] ?? []));
  const name = thin.name === '' ? (names[0] ?? '') : thin.name;
  // A ledger whose name stands nowhere but among its language names is not in doubt.
  if (thin.name === '' && name !== '' && doubts.first === 'NAME is missing.') doubts.first = null;
  const text = (tag: string): string | null => textAt(found, ledger(tag));
  return {
    ...thin,
    name,
    aliases: [...new Set(names)].filter((alias) => alias.toLowerCase() !== name.toLowerCase()),
    creditPeriod: creditWords(text('BILLCREDITPERIOD')),
    creditLimitPaise: sizeOf(amountOf(doubts, 'CREDITLIMIT', text('CREDITLIMIT'))),
    openingPaise: amountOf(doubts, 'OPENINGBALANCE', text('OPENINGBALANCE')),
    contact: contactOf(found),
    openingBills: listed(found, OPENING_BILL).flatMap((bill) => openingBillOf(bill, doubts)),
  };
}

function listed(found: Found, shape: Shape): readonly Found[] {
  return found.lists[(LEDGER.lists ?? []).indexOf(shape)] ?? [];
}

/** The texts of a list of lists of lines: ADDRESS.LIST {ADDRESS, ADDRESS}. */
function linesOf(lists: readonly Found[]): readonly string[] {
  return lists.flatMap((list) => (list.lists[0] ?? []).flatMap((one) => textAt(one, 0) ?? []));
}

/**
 * Since TallyPrime 3 parts of a contact stand in entries that apply from a day on: the newest counts, else the field of
 * older versions. The reader knows no today; an entry of the future is one that somebody has already typed in.
 */
function contactOf(found: Found): TallyContact {
  const text = (tag: string): string | null => textAt(found, ledger(tag));
  const mailing = newest(listed(found, MAILING));
  const dated = (tag: string): string | null =>
    mailing === null ? null : textAt(mailing, slotOf(MAILING, tag));
  const datedLines = mailing === null ? [] : linesOf(mailing.lists[0] ?? []);
  const gst = newest(listed(found, GST));
  const gstin = gst === null ? null : firstText(gst, slotOf(GST, 'GSTIN'), slotOf(GST, 'PARTYGSTIN'));
  const mailingNames = linesOf(listed(found, MAILING_NAMES));
  return {
    mailingName: dated('MAILINGNAME') ?? text('MAILINGNAME') ?? mailingNames[0] ?? null,
    addressLines: datedLines.length > 0 ? datedLines : linesOf(listed(found, ADDRESS)),
    stateName: dated('STATE') ?? text('LEDSTATENAME') ?? text('STATENAME'),
    pinCode: dated('PINCODE') ?? text('PINCODE'),
    email: text('EMAIL'),
    phone: text('LEDGERPHONE'),
    mobile: abroad(text('LEDGERMOBILE'), text('LEDGERCOUNTRYISDCODE')) ?? mobileOf(listed(found, CONTACT)),
    person: text('LEDGERCONTACT'),
    pan: text('INCOMETAXNUMBER'),
    gstin: gstin ?? text('PARTYGSTIN'),
  };
}

/** APPLICABLEFROM stands first in these shapes; of equal days the later entry. */
function newest(entries: readonly Found[]): Found | null {
  const doubts: Doubts = { first: null };
  let best: Found | null = null;
  let bestDay = '';
  for (const entry of entries) {
    const day = dayOfText(doubts, 'APPLICABLEFROM', textAt(entry, 0)) ?? '';
    if (day >= bestDay) [best, bestDay] = [entry, day];
  }
  return best;
}

/** The number that is marked for WhatsApp, else the first. */
function mobileOf(contacts: readonly Found[]): string | null {
  const at = (found: Found, tag: string): string | null => textAt(found, slotOf(CONTACT, tag));
  const numbered = contacts.filter((one) => at(one, 'PHONENUMBER') !== null);
  const best = numbered.find((one) => isYes(at(one, 'ISDEFAULTWHATSAPPNUM'))) ?? numbered[0];
  return best === undefined ? null : abroad(at(best, 'PHONENUMBER'), at(best, 'COUNTRYISDCODE'));
}

/** A number of another country is no use without the country's code. */
function abroad(phone: string | null, code: string | null): string | null {
  return phone === null || code === null || code === '+91' || phone.startsWith('+')
    ? phone
    : `${code} ${phone}`;
}

/** A bill without a name or an amount explains nothing: the rest of the opening balance stays on account. */
function openingBillOf(found: Found, doubts: Doubts): readonly TallyOpeningBill[] {
  const text = (tag: string): string | null => textAt(found, slotOf(OPENING_BILL, tag));
  const ref = text('NAME');
  const amountPaise = amountOf(doubts, 'OPENINGBALANCE', text('OPENINGBALANCE'));
  if (ref === null || amountPaise === null) return [];
  const billDay = dayOfText(doubts, 'BILLDATE', text('BILLDATE'));
  const due = readDueDay(billDay, {
    text: text('BILLCREDITPERIOD'),
    serial: text('BILLCREDITPERIOD@JD'),
    period: text('BILLCREDITPERIOD@P'),
  });
  if (due.reason !== null) doubt(doubts, 'BILLCREDITPERIOD', text('BILLCREDITPERIOD'));
  return [{ ref, billDay, dueDay: due.value, isAdvance: isYes(text('ISADVANCE')), amountPaise }];
}
