import { compactDay, toJd } from './calendar.ts';
import { ENTRY_END, ENTRY_START, wildcardEntry } from './entry-filler.ts';
import { chosenMethods, methodMap, orNull, type AskedFields, type Method } from './fields.ts';
import { creditPeriod } from './ledgers.ts';
import { dateMethod, guidOf, isWithin, numberMethod } from './masters.ts';
import { hex8, type FakeBill, type FakeBook, type FakeLine, type FakeVoucher } from './records.ts';
import { escapeXml } from './xml.ts';
import { amountText, blankList, emptyTag, field, list, numberText, yesNo } from './wire.ts';

export type VoucherRow = { readonly voucher: FakeVoucher; readonly book: FakeBook };

const INVOICE_VIEW = 'Invoice Voucher View';
const ACCOUNTING_VIEW = 'Accounting Voucher View';

/** In Tally's own order. Those that come unasked were seen so on the wire. */
export const VOUCHER_METHODS: readonly Method<VoucherRow>[] = [
  dateMethod('DATE', ({ voucher }) => voucher.date),
  { tag: 'GUID', type: null, isAlways: true, value: ({ voucher, book }) => guidOf(book, voucher.masterId) },
  { tag: 'NARRATION', type: 'String', value: ({ voucher }) => orNull(voucher.narration) },
  { tag: 'REQUESTORRULE', type: null, isAlways: true, value: () => null },
  { tag: 'VOUCHERTYPENAME', type: null, value: ({ voucher }) => voucher.type },
  {
    tag: 'PARTYLEDGERNAME',
    type: 'String',
    value: ({ voucher, book }) => (voucher.partyId === null ? '' : ledgerName(book, voucher.partyId)),
  },
  { tag: 'VOUCHERNUMBER', type: null, value: ({ voucher }) => orNull(voucher.number) },
  { tag: 'REFERENCE', type: 'String', value: ({ voucher }) => orNull(voucher.reference) },
  { tag: 'SERIALMASTER', type: 'String', isConstant: true, value: () => '' },
  { tag: 'ARESERIALMASTER', type: 'String', isConstant: true, value: () => '' },
  {
    tag: 'NUMBERINGSTYLE',
    type: null,
    isAlways: true,
    value: ({ voucher, book }) => numbering(book, voucher.type),
  },
  {
    tag: 'PERSISTEDVIEW',
    type: null,
    isAlways: true,
    value: ({ voucher }) => (voucher.cancelled ? null : viewOf(voucher)),
  },
  { tag: 'ISDELETED', type: null, isConstant: true, isAlways: true, value: () => 'No' },
  { tag: 'ASORIGINAL', type: null, isConstant: true, isAlways: true, value: () => 'No' },
  {
    tag: 'ISDEEMEDPOSITIVE',
    type: 'Logical',
    value: ({ voucher }) => yesNo(voucher.type !== 'Receipt' && (voucher.lines[0]?.amount ?? 0) > 0),
  },
  { tag: 'ISOPTIONAL', type: 'Logical', value: ({ voucher }) => yesNo(voucher.optional) },
  dateMethod('EFFECTIVEDATE', ({ voucher }) => (voucher.cancelled ? null : voucher.date)),
  { tag: 'ISCANCELLED', type: 'Logical', value: ({ voucher }) => yesNo(voucher.cancelled) },
  { tag: 'ISPOSTDATED', type: 'Logical', value: ({ voucher }) => yesNo(voucher.postDated) },
  { tag: 'ISINVOICE', type: null, isAlways: true, value: ({ voucher }) => yesNo(voucher.invoice) },
  { tag: 'ASPAYSLIP', type: null, isConstant: true, isAlways: true, value: () => 'No' },
  { tag: 'ISDELETEDVCHRETAINED', type: null, isConstant: true, isAlways: true, value: () => 'No' },
  { tag: 'ISNEGISPOSSET', type: 'Logical', isConstant: true, isAlways: true, value: () => 'Yes' },
  numberMethod('ALTERID', ({ voucher }) => voucher.alterId),
  numberMethod('MASTERID', ({ voucher }) => voucher.masterId),
  { tag: 'VOUCHERKEY', type: 'Number', isAlways: true, value: ({ voucher }) => voucherKey(voucher) },
  {
    tag: 'VOUCHERRETAINKEY',
    type: 'Number',
    isAlways: true,
    value: ({ voucher }) => (voucher.optional ? '0' : String(voucher.retainKey)),
  },
  { tag: 'REUSEHOLEID', type: 'Number', isConstant: true, isAlways: true, value: () => '0' },
  { tag: 'VOUCHERNUMBERSERIES', type: 'String', isConstant: true, isAlways: true, value: () => 'Default' },
];

export const VOUCHER_MAP = methodMap(VOUCHER_METHODS);

function ledgerName(book: FakeBook, id: number): string {
  return book.ledgers.get(id)?.name ?? '';
}

function viewOf(voucher: FakeVoucher): string {
  return voucher.invoice ? INVOICE_VIEW : ACCOUNTING_VIEW;
}

function numbering(book: FakeBook, name: string): string {
  for (const type of book.voucherTypes.values()) if (type.name === name) return type.numbering;
  return 'Automatic';
}

/** The day number in the upper half, the place within the day in the lower: beyond 32 bits, within 53. */
function voucherKey(voucher: FakeVoucher): string {
  return String(toJd(voucher.date) * 2 ** 32 + voucher.sequence);
}

/** How bill types come out of a list of chosen fields. `.BillAllocations.*` and named ones are told apart. */
export type BillTypes = 'right' | 'lost' | 'dropped';

export type EntryShape = {
  readonly asked: AskedFields;
  readonly billTypes: BillTypes;
};

export function voucherRenderer(
  { asked, billTypes }: EntryShape,
  computed: (row: VoucherRow) => string,
): (row: VoucherRow) => string {
  const scalars = scalarRenderer(asked);
  const below = [asked.below('allledgerentries'), asked.below('ledgerentries')];
  const entries = below[0] ?? null;
  const inventory = asked.below('allinventoryentries') === null ? '' : blankList(5, 'ALLINVENTORYENTRIES');
  const other = below[1] && !below[0] ? below[1] : null;
  const wanted = entries ?? other;
  return (row) => {
    const { voucher, book } = row;
    const guid = escapeXml(guidOf(book, voucher.masterId));
    const key = `${book.guid}-${hex8(toJd(voucher.date))}:${hex8(voucher.sequence)}`;
    const view = voucher.cancelled ? ACCOUNTING_VIEW : viewOf(voucher);
    return (
      `    <VOUCHER REMOTEID="${guid}" VCHKEY="${key}" VCHTYPE="${escapeXml(voucher.type)}" OBJVIEW="${view}">\r\n` +
      scalars(row) +
      computed(row) +
      inventory +
      (wanted === null ? '' : entriesText(row, wanted, billTypes)) +
      '    </VOUCHER>\r\n'
    );
  };
}

/** REQUESTORRULE and an emptied view are `<X/>`; the serial fields come with native methods. */
function scalarRenderer(asked: AskedFields): (row: VoucherRow) => string {
  const hasNative = VOUCHER_METHODS.some((method) => asked.isNative(method.tag.toLowerCase()));
  const withSerials: AskedFields = !hasNative
    ? asked
    : {
        ...asked,
        has: (name) =>
          asked.has(name) || ['serialmaster', 'areserialmaster', 'isdeemedpositive'].includes(name),
      };
  const before = chosenMethods(VOUCHER_METHODS.slice(0, 3), withSerials);
  const between = chosenMethods(VOUCHER_METHODS.slice(4, 11), withSerials);
  const after = chosenMethods(VOUCHER_METHODS.slice(12), withSerials);
  const noRule = emptyTag(5, 'REQUESTORRULE');
  const noView = emptyTag(5, 'PERSISTEDVIEW');
  const invoiceView = field(5, 'PERSISTEDVIEW', null, INVOICE_VIEW);
  const accountingView = field(5, 'PERSISTEDVIEW', null, ACCOUNTING_VIEW);
  return (row) =>
    before(row) +
    noRule +
    between(row) +
    (row.voucher.cancelled ? noView : row.voucher.invoice ? invoiceView : accountingView) +
    after(row);
}

function entriesText(row: VoucherRow, below: readonly string[], billTypes: BillTypes): string {
  const { voucher, book } = row;
  if (voucher.lines.length === 0) return blankList(5, 'ALLLEDGERENTRIES');
  const isWhole = below.includes('*');
  let text = '';
  for (const line of voucher.lines)
    text += isWhole
      ? wholeEntry(book, voucher, line)
      : curatedEntry({ book, voucher, line, below, billTypes });
  return text;
}

function wholeEntry(book: FakeBook, voucher: FakeVoucher, line: FakeLine): string {
  const bills = line.bills.length === 0 ? blankList(6, 'BILLALLOCATIONS') : '';
  return wildcardEntry({
    ledgerTag: field(6, 'LEDGERNAME', null, ledgerName(book, line.ledgerId)),
    side: line.amount > 0 ? 'Yes' : 'No',
    isParty: isParty(book, line.ledgerId),
    amountTag: field(6, 'AMOUNT', null, lineAmount(book, line, line.amount)),
    bills: bills + line.bills.map((bill) => wholeBill(book, voucher, { line, bill })).join(''),
  });
}

/** A foreign amount in Tally's own words: `-$ 500.00 @ I₹ 84/$  = -I₹ 42000.00`. */
function lineAmount(book: FakeBook, line: FakeLine, amount: number): string {
  if (!line.forex) return amountText(amount);
  const { symbol, amount: whole, rate } = line.forex;
  const foreign = line.amount === 0 ? 0 : Math.round((whole * amount) / line.amount);
  const signed = (text: string, mark: string): string =>
    text.startsWith('-') ? `-${mark} ${text.slice(1)}` : `${mark} ${text}`;
  const base = `I${book.currency}`;
  return `${signed(amountText(foreign), symbol)} @ ${base} ${rate}/${symbol}  = ${signed(amountText(amount), base)}`;
}

/** The day and terms of the bill itself, also on money set against it, and as they stand now. */
function termsOf(
  book: FakeBook,
  voucher: FakeVoucher,
  { line, bill }: { readonly line: FakeLine; readonly bill: FakeBill },
): { readonly day: string; readonly period: string } {
  const made = bill.type === 'Agst Ref' ? book.refs.get(`${line.ledgerId}|${bill.ref}`) : undefined;
  const { billDate, period } = made ?? bill;
  return { day: billDate ?? voucher.date, period: period ?? '' };
}

function wholeBill(
  book: FakeBook,
  voucher: FakeVoucher,
  { line, bill }: { readonly line: FakeLine; readonly bill: FakeBill },
): string {
  const { day, period } = termsOf(book, voucher, { line, bill });
  const isNamed = bill.type !== 'On Account';
  return list(
    6,
    'BILLALLOCATIONS',
    (isNamed ? field(7, 'BILLDATE', 'Date', compactDay(day)) : emptyTag(7, 'BILLDATE')) +
      emptyTag(7, 'YEAREND') +
      (isNamed ? field(7, 'BILLCREATIONDATE', 'Date', compactDay(day)) : emptyTag(7, 'BILLCREATIONDATE')) +
      (isNamed ? field(7, 'NAME', null, bill.ref ?? '') : emptyTag(7, 'NAME')) +
      creditPeriod(7, period, day) +
      emptyTag(7, 'TDSDEDUCTEESECTIONNUMBER') +
      emptyTag(7, 'TDSLEDGERNC') +
      emptyTag(7, 'SERVICETAXLEDGER') +
      field(7, 'BILLTYPE', null, bill.type) +
      emptyTag(7, 'SUMNAME') +
      field(7, 'TDSDEDUCTEEISSPECIALRATE', null, 'No') +
      field(7, 'TDSDEDUCTEESPECIALRATE', null, '0') +
      field(7, 'BILLID', 'Number', numberText(bill.billId ?? 0)) +
      field(7, 'AMOUNT', null, lineAmount(book, line, bill.amount)) +
      blankList(7, 'INTERESTCOLLECTION') +
      blankList(7, 'STBILLCATEGORIES'),
  );
}

type Curated = {
  readonly book: FakeBook;
  readonly voucher: FakeVoucher;
  readonly line: FakeLine;
  readonly below: readonly string[];
  readonly billTypes: BillTypes;
};

function curatedEntry({ book, voucher, line, below, billTypes }: Curated): string {
  const wants = (name: string): boolean => below.includes(name);
  const billFields = below.flatMap((name) => {
    if (name === 'billallocations') return ['*'];
    return name.startsWith('billallocations.') ? [name.slice('billallocations.'.length)] : [];
  });
  const bills =
    billFields.length === 0
      ? ''
      : line.bills.length === 0
        ? blankList(6, 'BILLALLOCATIONS')
        : line.bills
            .map((bill) =>
              billFields.includes('*') && billTypes !== 'lost'
                ? wholeBill(book, voucher, { line, bill })
                : curatedBill({ book, voucher, line, bill }, billFields, billTypes),
            )
            .join('');
  return (
    ENTRY_START +
    (wants('ledgername') ? field(6, 'LEDGERNAME', 'String', ledgerName(book, line.ledgerId)) : '') +
    (wants('isdeemedpositive') ? field(6, 'ISDEEMEDPOSITIVE', 'Logical', yesNo(line.amount > 0)) : '') +
    (wants('ispartyledger')
      ? field(6, 'ISPARTYLEDGER', 'Logical', yesNo(isParty(book, line.ledgerId)))
      : '') +
    (wants('amount') ? field(6, 'AMOUNT', 'Amount', lineAmount(book, line, line.amount)) : '') +
    bills +
    ENTRY_END
  );
}

function curatedBill(
  { book, voucher, line, bill }: Omit<Curated, 'below' | 'billTypes'> & { readonly bill: FakeBill },
  fields: readonly string[],
  billTypes: BillTypes,
): string {
  const wants = (name: string): boolean => fields.includes('*') || fields.includes(name);
  // One 7.0 says On Account of every row and forgets its name; one 7.1 says no type and leaves On Account out.
  if (billTypes === 'dropped' && bill.type === 'On Account') return '';
  const isNamed = bill.type !== 'On Account' && billTypes !== 'lost';
  const type = billTypes === 'lost' ? 'On Account' : bill.type;
  const { day, period } = termsOf(book, voucher, { line, bill });
  return list(
    6,
    'BILLALLOCATIONS',
    (wants('billdate') && isNamed ? field(7, 'BILLDATE', 'Date', compactDay(day)) : '') +
      (wants('name') ? (isNamed ? field(7, 'NAME', 'String', bill.ref ?? '') : emptyTag(7, 'NAME')) : '') +
      (wants('billcreditperiod') && period ? creditPeriod(7, period, day) : '') +
      (wants('billtype') && billTypes !== 'dropped' ? field(7, 'BILLTYPE', 'String', type) : '') +
      (wants('billid') && isNamed ? field(7, 'BILLID', 'Number', numberText(bill.billId ?? 0)) : '') +
      (wants('amount') ? field(7, 'AMOUNT', 'Amount', lineAmount(book, line, bill.amount)) : ''),
  );
}

const partyMarks = new WeakMap<FakeBook, Map<number, boolean>>();

/** Customers, suppliers, banks and cash are party ledgers of a voucher; sales and taxes are not. */
function isParty(book: FakeBook, ledgerId: number): boolean {
  let marks = partyMarks.get(book);
  if (!marks) partyMarks.set(book, (marks = new Map()));
  const known = marks.get(ledgerId);
  if (known !== undefined) return known;
  const roots = [...book.groups.values()].filter((group) =>
    ['Sundry Debtors', 'Sundry Creditors', 'Bank Accounts', 'Cash-in-Hand'].includes(group.reservedName),
  );
  const parentId = book.ledgers.get(ledgerId)?.parentId ?? null;
  const mark = roots.some((root) => isWithin(book, parentId, root.masterId));
  marks.set(ledgerId, mark);
  return mark;
}
