import type { FakeCompany } from './book.ts';
import { readDay } from './calendar.ts';
import { byName, type FakeBill, type FakeBillType, type FakeBook, type FakeVoucher } from './records.ts';
import type { TallyWish } from './request.ts';
import { companyFor, isEducationalDay, type Session } from './session.ts';
import type { NewLine, NewVoucher } from './wishes.ts';
import { plainReply, UNKNOWN_REQUEST, type Reply } from './wire.ts';
import { childrenOf, escapeXml, textOf, type XmlNode } from './xml.ts';

type Counts = {
  created: number;
  altered: number;
  deleted: number;
  lastVoucherId: number;
  lastMasterId: number;
  errors: number;
  cancelled: number;
  exceptions: number;
  readonly lines: string[];
};

export type ImportRules = { readonly isEducational: boolean };

/** Vouchers and masters a client posts. Success shows in the counters alone; the status is 200 and often 1 anyway. */
export function importReply(
  session: Session,
  wish: Extract<TallyWish, { readonly type: 'import' }>,
  rules: ImportRules,
): Reply {
  const id = wish.id.toLowerCase();
  if (id !== 'vouchers' && id !== 'all masters') return plainReply(UNKNOWN_REQUEST);
  // SVCURRENTCOMPANY is no safe guard on writing: an unknown name writes into the active company.
  const company = companyFor(session, wish.variables) ?? session.active();
  const counts: Counts = {
    created: 0,
    altered: 0,
    deleted: 0,
    lastVoucherId: 0,
    lastMasterId: 0,
    errors: 0,
    cancelled: 0,
    exceptions: 0,
    lines: [],
  };
  if (!company) {
    counts.errors += 1;
    counts.lines.push('No company is open!');
  } else {
    for (const node of wish.messages.flatMap((message) => message.children)) {
      if (node.tag === 'VOUCHER') importVoucher(company, node, { counts, rules });
      else importMaster(company, node, counts);
    }
  }
  return plainReply(wish.isOldForm ? countsText(counts, '', 'RESPONSE') : wrappedCounts(counts));
}

type Import = { readonly counts: Counts; readonly rules: ImportRules };

function importVoucher(company: FakeCompany, node: XmlNode, { counts, rules }: Import): void {
  const book = company.view();
  const remoteId = node.attributes['REMOTEID'] ?? null;
  const action = (node.attributes['ACTION'] ?? 'Create').toLowerCase();
  const known = remoteId === null ? undefined : byRemoteId(book, remoteId);
  if (action === 'delete' || action === 'cancel') {
    if (!known) return exception(counts, 'Voucher not found!');
    if (action === 'delete') {
      company.deleteVoucher(known.masterId);
      counts.deleted += 1;
    } else {
      company.cancelVoucher(known.masterId);
      counts.altered += 1;
    }
    counts.lastVoucherId = known.masterId;
    return;
  }
  const type = textOf(node, 'VOUCHERTYPENAME') ?? node.attributes['VCHTYPE'] ?? '';
  const date = readDay(textOf(node, 'DATE') ?? '');
  // A date that Educational mode refuses is called missing.
  if (date === null || (rules.isEducational && !isEducationalDay(date)))
    return exception(counts, `Voucher date is missing for: ${type}`);
  const lines = readLines(node);
  const stranger = lines.find(({ ledger }) => !byName(book.ledgers, ledger));
  if (stranger) return exception(counts, `Ledger '${stranger.ledger}' does not exist!`);
  if (lines.reduce((sum, line) => sum + line.amount, 0) !== 0)
    return exception(counts, 'Voucher totals do not match!');
  const voucher = voucherOf(book, node, { type, date, lines, remoteId });
  // ACTION Alter without a known id makes another one, as it does under automatic numbering.
  const made = known ? company.alterVoucher(known.masterId, voucher) : company.createVoucher(voucher);
  if (known) counts.altered += 1;
  else counts.created += 1;
  counts.lastVoucherId = made.masterId;
}

function exception(counts: Counts, sentence: string): void {
  counts.exceptions += 1;
  counts.lines.push(sentence);
}

/** The client's own id, or the one a reader sees. */
function byRemoteId(book: FakeBook, remoteId: string): FakeVoucher | undefined {
  for (const voucher of book.vouchers.values()) if (voucher.remoteId === remoteId) return voucher;
  const suffix = remoteId.startsWith(`${book.guid}-`) ? remoteId.slice(book.guid.length + 1) : '';
  return suffix === '' ? undefined : book.vouchers.get(Number.parseInt(suffix, 16));
}

/** What Tally keeps of it, and what it drops without a word. */
function voucherOf(
  book: FakeBook,
  node: XmlNode,
  {
    type,
    date,
    lines,
    remoteId,
  }: {
    readonly type: string;
    readonly date: string;
    readonly lines: readonly NewLine[];
    readonly remoteId: string | null;
  },
): NewVoucher {
  const kind = [...book.voucherTypes.values()].find((one) => one.name.toLowerCase() === type.toLowerCase());
  const number = textOf(node, 'VOUCHERNUMBER');
  const party = textOf(node, 'PARTYLEDGERNAME');
  const kept = lines.map((line) => {
    const ledger = byName(book.ledgers, line.ledger);
    const bills = (line.bills ?? []).map((bill): FakeBill => {
      const isKnown = bill.type === 'Advance' && book.refs.has(`${ledger?.masterId}|${bill.ref}`);
      // A day of its own is lost on a new bill, and an advance that names a bill of before is set against it.
      return { ...bill, type: isKnown ? 'Agst Ref' : bill.type, billDate: undefined };
    });
    return { ...line, bills };
  });
  return {
    type: kind?.name ?? type,
    date,
    lines: kept,
    ...(number !== undefined && kind?.numbering === 'Manual' ? { number } : {}),
    ...(party !== undefined && byName(book.ledgers, party) ? { party } : {}),
    ...(remoteId === null ? {} : { remoteId }),
    reference: textOf(node, 'REFERENCE') ?? '',
    narration: textOf(node, 'NARRATION') ?? '',
    optional: textOf(node, 'ISOPTIONAL') === 'Yes',
    postDated: textOf(node, 'ISPOSTDATED') === 'Yes',
    invoice: textOf(node, 'ISINVOICE') === 'Yes',
  };
}

const BILL_TYPES: readonly FakeBillType[] = ['New Ref', 'Agst Ref', 'Advance', 'On Account'];

function readLines(node: XmlNode): readonly NewLine[] {
  const entries = [...childrenOf(node, 'ALLLEDGERENTRIES.LIST'), ...childrenOf(node, 'LEDGERENTRIES.LIST')];
  return entries.map((entry) => ({
    ledger: textOf(entry, 'LEDGERNAME') ?? '',
    amount: readAmount(textOf(entry, 'AMOUNT')),
    bills: childrenOf(entry, 'BILLALLOCATIONS.LIST').flatMap((bill): readonly FakeBill[] => {
      const type = BILL_TYPES.find((one) => one === textOf(bill, 'BILLTYPE'));
      if (!type) return [];
      const amount = readAmount(textOf(bill, 'AMOUNT'));
      if (type === 'On Account') return [{ type, amount }];
      return [
        {
          type,
          ref: textOf(bill, 'NAME') ?? '',
          amount,
          period: textOf(bill, 'BILLCREDITPERIOD') || undefined,
        },
      ];
    }),
  }));
}

/** Tally's text → paise, debit positive. */
function readAmount(text: string | undefined): number {
  const paise = Math.round(Number((text ?? '').replace(/,/g, '')) * 100);
  return Number.isFinite(paise) && paise !== 0 ? -paise : 0;
}

function importMaster(company: FakeCompany, node: XmlNode, counts: Counts): void {
  const name = node.attributes['NAME'] ?? textOf(node, 'NAME');
  const parent = textOf(node, 'PARENT') ?? '';
  if (node.tag !== 'LEDGER' || name === undefined) {
    counts.errors += 1;
    counts.lines.push(`Invalid master ${node.tag}`);
    return;
  }
  const book = company.view();
  const creditPeriod = textOf(node, 'BILLCREDITPERIOD');
  if (byName(book.ledgers, name)) {
    // Creating what is there alters it without a word.
    counts.lastMasterId = company.alterLedger(
      name,
      creditPeriod === undefined ? {} : { creditPeriod },
    ).masterId;
    counts.altered += 1;
  } else if (!byName(book.groups, parent)) exception(counts, `Group '${parent}' does not exist!`);
  else {
    const made = company.createLedger({
      name,
      parent,
      billWise: textOf(node, 'ISBILLWISEON') === 'Yes',
      opening: readAmount(textOf(node, 'OPENINGBALANCE')),
      ...(creditPeriod === undefined ? {} : { creditPeriod }),
    });
    counts.lastMasterId = made.masterId;
    counts.created += 1;
  }
}

function countsText(counts: Counts, blanks: string, tag: string): string {
  const rows: readonly (readonly [string, number])[] = [
    ['CREATED', counts.created],
    ['ALTERED', counts.altered],
    ['DELETED', counts.deleted],
    ['LASTVCHID', counts.lastVoucherId],
    ['LASTMID', counts.lastMasterId],
    ['COMBINED', 0],
    ['IGNORED', 0],
    ['ERRORS', counts.errors],
    ['CANCELLED', counts.cancelled],
    ['EXCEPTIONS', counts.exceptions],
  ];
  const lines = counts.lines.map((text) => `${blanks} <LINEERROR>${escapeXml(text)}</LINEERROR>\r\n`);
  const values = rows.map(([name, value]) => `${blanks} <${name}>${value}</${name}>\r\n`);
  return `${blanks}<${tag}>\r\n${lines.join('')}${values.join('')}${blanks}</${tag}>\r\n`;
}

function wrappedCounts(counts: Counts): string {
  const status = counts.errors + counts.exceptions === 0 ? 1 : 0;
  return (
    `<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>${status}</STATUS>\r\n </HEADER>\r\n <BODY>\r\n  <DATA>\r\n` +
    `${countsText(counts, '   ', 'IMPORTRESULT')}  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n`
  );
}
