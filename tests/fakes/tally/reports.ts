import { billsOf, type BillState } from './balances.ts';
import { overdueDays } from './bill-rows.ts';
import { shortDay } from './calendar.ts';
import { askedFields } from './fields.ts';
import { ledgerRenderer } from './ledgers.ts';
import { byMasterName } from './masters.ts';
import { byName } from './records.ts';
import { ledgerRow, type Scope } from './scope.ts';
import { firstFrom, orderedVouchers } from './voucher-book.ts';
import { voucherRenderer } from './voucher-rows.ts';
import { amountText, plainReply, type Reply } from './wire.ts';
import { escapeXml } from './xml.ts';

type NamedBill = BillState & { readonly party: string };

/** By the sign of the balance, whatever group the party is in; by bill date, party, ref. No row on account. */
export function billsReport(scope: Scope, side: 'receivable' | 'payable'): Reply {
  return billsReply(
    scope,
    openBills(scope).filter((bill) => (side === 'receivable' ? bill.balance > 0 : bill.balance < 0)),
  );
}

/** One party's bills of either sign. */
export function ledgerOutstandings(scope: Scope): Reply {
  const ledger = byName(scope.book.ledgers, scope.variables.others['LEDGERNAME'] ?? '');
  return billsReply(
    scope,
    openBills(scope).filter((bill) => bill.ledgerId === ledger?.masterId),
  );
}

function openBills(scope: Scope): readonly NamedBill[] {
  const named: NamedBill[] = [];
  for (const bill of billsOf(scope.book, scope.period.to)) {
    const party = scope.book.ledgers.get(bill.ledgerId)?.name ?? '';
    if (bill.balance !== 0) named.push({ ...bill, party });
  }
  return named.sort((a, b) => order(a.billDay, b.billDay) || order(a.party, b.party) || order(a.ref, b.ref));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function billsReply(scope: Scope, bills: readonly NamedBill[]): Reply {
  const rows = bills.map(
    (bill) =>
      ` <BILLFIXED>\r\n  <BILLDATE>${shortDay(bill.billDay)}</BILLDATE>\r\n  <BILLREF>${escapeXml(bill.ref)}</BILLREF>\r\n` +
      // The end tag stands at the very beginning of its line, as Tally writes it.
      `  <BILLPARTY>${escapeXml(bill.party)}</BILLPARTY>\r\n</BILLFIXED>\r\n <BILLCL>${amountText(bill.balance)}</BILLCL>\r\n` +
      ` <BILLDUE>${shortDay(bill.dueDay)}</BILLDUE>\r\n <BILLOVERDUE>${overdueDays(bill, scope.period.to) ?? ''}</BILLOVERDUE>\r\n`,
  );
  if (rows.length === 0) return plainReply('<ENVELOPE></ENVELOPE>\r\n');
  return plainReply(`<ENVELOPE>\r\n${rows.join('')}</ENVELOPE>\r\n`, rows.length);
}

/** Tally's own export of masters, in the wrapping of its files. */
export function listOfAccounts(scope: Scope): Reply {
  const asked = askedFields(
    ['guid', 'parent', 'isbillwiseon', 'openingbalance', 'alterid', 'billallocations.*', 'address'].map(
      (name) => ({
        name,
        isNative: false,
      }),
    ),
  );
  const render = ledgerRenderer(asked, () => '');
  const rows = [...scope.book.ledgers.values()].sort(byMasterName).map((ledger) => ledgerRow(scope, ledger));
  return wrapped(scope, { rowCount: rows.length, rows: () => rows.map(render) });
}

export function dayBook(scope: Scope): Reply {
  const names = [
    'date',
    'narration',
    'vouchertypename',
    'partyledgername',
    'vouchernumber',
    'effectivedate',
    'iscancelled',
    'isoptional',
    'alterid',
    'masterid',
    'allledgerentries.*',
  ];
  const asked = askedFields(names.map((name) => ({ name, isNative: false })));
  const render = voucherRenderer({ asked, billTypes: 'right' }, () => '');
  const all = orderedVouchers(scope.book);
  const rows = all
    .slice(firstFrom(all, scope.period.from))
    .filter((voucher) => voucher.date <= scope.period.to);
  return wrapped(scope, {
    rowCount: rows.length,
    rows: function* () {
      for (const voucher of rows) yield render({ voucher, book: scope.book });
    },
  });
}

function wrapped(
  scope: Scope,
  { rowCount, rows }: { readonly rowCount: number; readonly rows: () => Iterable<string> },
): Reply {
  return {
    rowCount,
    chunks: function* () {
      yield (
        '<ENVELOPE>\r\n <HEADER>\r\n  <TALLYREQUEST>Import Data</TALLYREQUEST>\r\n </HEADER>\r\n <BODY>\r\n  <IMPORTDATA>\r\n' +
        '   <REQUESTDESC>\r\n    <REPORTNAME>All Masters</REPORTNAME>\r\n    <STATICVARIABLES>\r\n' +
        `     <SVCURRENTCOMPANY>${escapeXml(scope.book.name)}</SVCURRENTCOMPANY>\r\n    </STATICVARIABLES>\r\n   </REQUESTDESC>\r\n   <REQUESTDATA>\r\n`
      );
      for (const row of rows())
        yield `    <TALLYMESSAGE xmlns:UDF="TallyUDF">\r\n${row}    </TALLYMESSAGE>\r\n`;
      yield '   </REQUESTDATA>\r\n  </IMPORTDATA>\r\n </BODY>\r\n</ENVELOPE>\r\n';
    },
  };
}
