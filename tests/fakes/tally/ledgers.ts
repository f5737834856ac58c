import type { Balances } from './balances.ts';
import { compactDay, longDay, readDay, toJd } from './calendar.ts';
import { chosenMethods, methodMap, orNull, type AskedFields, type Method } from './fields.ts';
import { guidOf, languageNames, masterStart, numberMethod, parentName, primaryGroup } from './masters.ts';
import type { FakeBook, FakeLedger, FakeOpeningBill } from './records.ts';
import { escapeXml } from './xml.ts';
import { amountText, blankList, emptyTag, field, list, yesNo } from './wire.ts';

export type LedgerRow = {
  readonly ledger: FakeLedger;
  readonly book: FakeBook;
  /** Worked out once, when the first row asks for it. */
  readonly balances: () => Balances;
  /** The product knows dated GST lists: TallyPrime 3 and later. */
  readonly hasDatedLists: boolean;
};

export const LEDGER_METHODS: readonly Method<LedgerRow>[] = [
  { tag: 'GUID', type: 'String', value: ({ ledger, book }) => guidOf(book, ledger.masterId) },
  {
    tag: 'CURRENCYNAME',
    type: 'String',
    value: ({ ledger, book }) => orNull(ledger.currency || book.currency),
  },
  text('EMAIL', (row) => row.ledger.contact.email),
  text('EMAILCC', (row) => row.ledger.contact.emailCc),
  { tag: 'PARENT', type: 'String', value: ({ ledger, book }) => parentName(book, ledger.parentId) },
  text('_PRIMARYGROUP', ({ ledger, book }) => primaryGroup(book, ledger.parentId)),
  text('ONLYALIAS', (row) => row.ledger.aliases[0]),
  text('LEDSTATENAME', (row) => undated(row, row.ledger.contact.state)),
  text('COUNTRYNAME', (row) => undated(row, row.ledger.contact.country)),
  text('PINCODE', (row) => undated(row, row.ledger.contact.pinCode)),
  text('INCOMETAXNUMBER', (row) => row.ledger.contact.pan),
  text('PARTYGSTIN', (row) => undated(row, row.ledger.contact.gstin)),
  text('GSTREGISTRATIONTYPE', (row) => undated(row, registrationType(row))),
  text('LEDGERPHONE', (row) => row.ledger.contact.phone),
  text('LEDGERCOUNTRYISDCODE', (row) => row.ledger.contact.isdCode),
  text('LEDGERCONTACT', (row) => row.ledger.contact.person),
  text('LEDGERMOBILE', (row) => row.ledger.contact.mobile),
  { tag: 'ISBILLWISEON', type: 'Logical', value: ({ ledger }) => yesNo(ledger.billWise) },
  { tag: 'ISCREDITDAYSCHKON', type: 'Logical', value: ({ ledger }) => yesNo(ledger.creditPeriod !== '') },
  numberMethod('ALTERID', ({ ledger }) => ledger.alterId),
  numberMethod('MASTERID', ({ ledger }) => ledger.masterId),
  {
    tag: 'CLOSINGBALANCE',
    type: 'Amount',
    // A ledger that nothing touched has an empty closing; one that came back to nothing has 0.00.
    value: ({ ledger, balances }) =>
      balances().touched.has(ledger.masterId) ? amountText(balances().closing.get(ledger.masterId) ?? 0) : '',
    worth: ({ ledger, balances }) => {
      const closing = balances().closing.get(ledger.masterId) ?? 0;
      return closing === 0 ? null : -closing / 100;
    },
  },
  {
    tag: 'OPENINGBALANCE',
    type: 'Amount',
    value: ({ ledger, balances }) => amountText(balances().opening.get(ledger.masterId) ?? 0),
    worth: ({ ledger, balances }) => {
      const opening = balances().opening.get(ledger.masterId) ?? 0;
      return opening === 0 ? null : -opening / 100;
    },
  },
  {
    tag: 'CREDITLIMIT',
    type: 'Amount',
    value: ({ ledger }) => (ledger.creditLimit === null ? null : amountText(-ledger.creditLimit)),
  },
  { tag: 'BILLCREDITPERIOD', type: 'Due Date', value: ({ ledger }) => orNull(ledger.creditPeriod) },
];

export const LEDGER_MAP = methodMap<LedgerRow>([
  ...LEDGER_METHODS,
  { tag: 'NAME', type: 'String', value: ({ ledger }) => ledger.name },
]);

function text(tag: string, value: (row: LedgerRow) => string | undefined): Method<LedgerRow> {
  return { tag, type: 'String', value: (row) => orNull(value(row)) };
}

/** A value that a newer Tally keeps only in its dated lists. */
function undated(row: LedgerRow, value: string | undefined): string | undefined {
  return row.hasDatedLists && row.ledger.contact.dated ? undefined : value;
}

function registrationType(row: LedgerRow): string | undefined {
  if (row.ledger.contact.gstin) return 'Regular';
  return row.hasDatedLists ? 'Unregistered/Consumer' : 'Unregistered';
}

/** How one ledger goes out; what was asked is looked at once. */
export function ledgerRenderer(
  asked: AskedFields,
  computed: (row: LedgerRow) => string,
): (row: LedgerRow) => string {
  const scalars = chosenMethods(LEDGER_METHODS, asked);
  const lists = LISTS.filter(({ name }) => asked.below(name) !== null);
  return (row) => {
    const { ledger } = row;
    const names = [ledger.name, ...ledger.aliases];
    let content = scalars(row) + computed(row);
    for (const { name, render, isBeforeNames } of lists)
      if (isBeforeNames) content += render(row, asked.below(name) ?? [], asked.isNative(name));
    content += languageNames(names, ledger.otherLanguage);
    for (const { name, render, isBeforeNames } of lists)
      if (!isBeforeNames) content += render(row, asked.below(name) ?? [], asked.isNative(name));
    return `${masterStart('LEDGER', ledger.name, ledger.reservedName)}${content}    </LEDGER>\r\n`;
  };
}

type LedgerList = {
  readonly name: string;
  readonly isBeforeNames?: boolean;
  readonly render: (row: LedgerRow, below: readonly string[], isNative: boolean) => string;
};

const LISTS: readonly LedgerList[] = [
  {
    name: 'address',
    isBeforeNames: true,
    render: (row, _, isNative) =>
      textList(
        'ADDRESS',
        row.hasDatedLists && row.ledger.contact.dated ? [] : row.ledger.contact.address,
        isNative,
      ),
  },
  {
    name: 'mailingname',
    isBeforeNames: true,
    render: ({ ledger }, _, isNative) =>
      textList('MAILINGNAME', ledger.contact.mailingName ? [ledger.contact.mailingName] : [], isNative),
  },
  { name: 'billallocations', render: ({ ledger }, below) => openingBills(ledger.openingBills, below) },
  { name: 'ledgstregdetails', render: gstDetails },
  { name: 'ledmailingdetails', render: mailingDetails },
  { name: 'contactdetails', render: contactDetails },
];

function textList(tag: string, lines: readonly string[] | undefined, isNative: boolean): string {
  if (!lines || lines.length === 0) return isNative ? blankList(5, tag) : '';
  return list(5, tag, lines.map((line) => field(6, tag, null, line)).join(''), 'String');
}

function openingBills(bills: readonly FakeOpeningBill[], below: readonly string[]): string {
  if (bills.length === 0) return blankList(5, 'BILLALLOCATIONS');
  const wants = (name: string): boolean => below.includes('*') || below.includes(name);
  return bills
    .map((bill) => {
      const rows = [
        wants('billdate') ? field(6, 'BILLDATE', null, compactDay(bill.billDate)) : '',
        wants('yearend') ? emptyTag(6, 'YEAREND') : '',
        wants('name') ? field(6, 'NAME', null, bill.ref) : '',
        wants('billcreditperiod') ? creditPeriod(6, bill.period ?? '', bill.billDate) : '',
        wants('isadvance')
          ? bill.advance
            ? field(6, 'ISADVANCE', null, 'Yes')
            : emptyTag(6, 'ISADVANCE')
          : '',
        wants('openingbalance') ? field(6, 'OPENINGBALANCE', null, amountText(bill.amount)) : '',
        wants('interestcollection') ? blankList(6, 'INTERESTCOLLECTION') : '',
      ];
      return list(5, 'BILLALLOCATIONS', rows.join(''));
    })
    .join('');
}

/** With the day the period counts from; a period that names a day says that day. */
export function creditPeriod(indent: number, period: string, base: string): string {
  if (period === '') return emptyTag(indent, 'BILLCREDITPERIOD');
  const named = readDay(period);
  const [jd, shown] = named === null ? [toJd(base), period] : [toJd(named), longDay(named)];
  const blanks = ' '.repeat(indent);
  const text = escapeXml(shown);
  return `${blanks}<BILLCREDITPERIOD JD="${jd}" P="${text}">${text}</BILLCREDITPERIOD>\r\n`;
}

function gstDetails(row: LedgerRow): string {
  const { contact } = row.ledger;
  if (!row.hasDatedLists) return '';
  if (!contact.gstin) return blankList(5, 'LEDGSTREGDETAILS');
  return list(
    5,
    'LEDGSTREGDETAILS',
    field(6, 'APPLICABLEFROM', null, compactDay(row.book.booksFrom)) +
      field(6, 'GSTREGISTRATIONTYPE', null, 'Regular') +
      (contact.state ? field(6, 'PLACEOFSUPPLY', null, contact.state) : emptyTag(6, 'PLACEOFSUPPLY')) +
      field(6, 'GSTIN', null, contact.gstin),
  );
}

function mailingDetails(row: LedgerRow): string {
  const { contact, name } = row.ledger;
  if (!row.hasDatedLists) return '';
  if (!contact.address && !contact.mailingName && !contact.pinCode) return blankList(5, 'LEDMAILINGDETAILS');
  const lines = (contact.address ?? []).map((line) => field(7, 'ADDRESS', null, line)).join('');
  return list(
    5,
    'LEDMAILINGDETAILS',
    (lines === '' ? blankList(6, 'ADDRESS') : list(6, 'ADDRESS', lines, 'String')) +
      field(6, 'APPLICABLEFROM', null, compactDay(row.book.booksFrom)) +
      optional('PINCODE', contact.pinCode) +
      field(6, 'MAILINGNAME', null, contact.mailingName ?? name) +
      optional('STATE', contact.state) +
      optional('COUNTRY', contact.country ?? 'India'),
  );
}

function contactDetails(row: LedgerRow): string {
  const { contact } = row.ledger;
  if (!row.hasDatedLists) return '';
  if (!contact.mobile) return blankList(5, 'CONTACTDETAILS');
  return list(
    5,
    'CONTACTDETAILS',
    field(6, 'NAME', null, 'Primary Mobile No.') +
      field(6, 'PHONENUMBER', null, contact.mobile) +
      field(6, 'COUNTRYISDCODE', null, contact.isdCode ?? '+91') +
      field(6, 'ISDEFAULTWHATSAPPNUM', null, 'Yes'),
  );
}

function optional(tag: string, value: string | undefined): string {
  return value ? field(6, tag, null, value) : emptyTag(6, tag);
}
