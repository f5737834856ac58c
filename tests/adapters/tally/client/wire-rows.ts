import { day } from '#domain/days.ts';
import type { TallyTarget } from '../../../../src-engine/adapters/ports.ts';
import {
  collectionOf,
  companiesReply,
  goodReply,
  GREETING,
  scriptedTally,
  type ScriptedTally,
} from './scripted-tally.ts';

// Rows as a Tally writes them, and a server that answers each id of a request with its text.

export const asOf = day('2026-11-22');
export const period = { from: day('2026-04-01'), to: asOf };
export const company = 'Asha Traders';
export const guid = '710de34a-3661-4a7b-8148-c2206c3b3e17';

export type Replies = Readonly<Record<string, string | readonly string[]>>;

/** Answers each id with its text; several texts are given one after the other, the last one for good. */
export async function tallyWith(replies: Replies): Promise<{ tally: ScriptedTally; on: TallyTarget }> {
  const asked = new Map<string, number>();
  const all: Replies = { ArCompanies: companiesReply({}), GET: GREETING, ...replies };
  const tally = await scriptedTally(({ id }, socket) => {
    const found = all[id] ?? collectionOf('');
    const count = asked.get(id) ?? 0;
    asked.set(id, count + 1);
    const text = typeof found === 'string' ? found : (found[Math.min(count, found.length - 1)] ?? '');
    socket.end(goodReply(text));
  });
  return { tally, on: { address: tally.address, company } };
}

export const ledgerRow =
  `    <LEDGER NAME="Mohan &amp; Sons" RESERVEDNAME="">\r\n     <GUID TYPE="String">${guid}-00000011</GUID>\r\n` +
  '     <PARENT TYPE="String">Sundry Debtors</PARENT>\r\n     <MASTERID TYPE="Number"> 17</MASTERID>\r\n' +
  '     <ALTERID TYPE="Number"> 105</ALTERID>\r\n     <ISBILLWISEON TYPE="Logical">Yes</ISBILLWISEON>\r\n' +
  '     <CLOSINGBALANCE TYPE="Amount">-1500.50</CLOSINGBALANCE>\r\n    </LEDGER>\r\n';
export const groupRow =
  `    <GROUP NAME="Sundry Debtors" RESERVEDNAME="Sundry Debtors">\r\n     <GUID TYPE="String">${guid}-00000005</GUID>\r\n` +
  '     <PARENT TYPE="String">Current Assets</PARENT>\r\n     <ALTERID TYPE="Number"> 5</ALTERID>\r\n    </GROUP>\r\n';
export const typeRow = (typeName: string): string =>
  `    <VOUCHERTYPE NAME="${typeName}" RESERVEDNAME="${typeName}">\r\n     <GUID TYPE="String">${guid}-00000020</GUID>\r\n` +
  `     <PARENT TYPE="String">${typeName}</PARENT>\r\n     <ALTERID TYPE="Number"> 5</ALTERID>\r\n    </VOUCHERTYPE>\r\n`;
export const billRow =
  '    <BILL NAME="S010">\r\n     <NAME TYPE="String">S010</NAME>\r\n     <PARENT TYPE="String">Mohan &amp; Sons</PARENT>\r\n' +
  '     <BILLDATE TYPE="Date">20261015</BILLDATE>\r\n     <CLOSINGBALANCE TYPE="Amount">-1500.50</CLOSINGBALANCE>\r\n    </BILL>\r\n';
export const billsReport =
  '<ENVELOPE>\r\n <BILLFIXED>\r\n  <BILLDATE>15-Oct-26</BILLDATE>\r\n  <BILLREF>S010</BILLREF>\r\n' +
  '  <BILLPARTY>Mohan &amp; Sons</BILLPARTY>\r\n</BILLFIXED>\r\n <BILLCL>-1500.50</BILLCL>\r\n' +
  ' <BILLDUE>15-Oct-26</BILLDUE>\r\n <BILLOVERDUE>38</BILLOVERDUE>\r\n</ENVELOPE>\r\n';
export const dayRow = (text: string, count: number): string =>
  `    <OBJECT>\r\n     <DATE>${text}</DATE>\r\n     <COUNT> ${count}</COUNT>\r\n    </OBJECT>\r\n`;
export const voucherRow = (id: number, date = '20261015', typeName = 'Sales'): string =>
  `    <VOUCHER REMOTEID="${guid}-0000000${id}" VCHKEY="${guid}-0000b4f1:00000008" VCHTYPE="${typeName}" OBJVIEW="Invoice Voucher View">\r\n` +
  `     <DATE TYPE="Date">${date}</DATE>\r\n     <GUID TYPE="String">${guid}-0000000${id}</GUID>\r\n` +
  `     <VOUCHERTYPENAME TYPE="String">${typeName}</VOUCHERTYPENAME>\r\n     <VOUCHERNUMBER TYPE="String">${id}</VOUCHERNUMBER>\r\n` +
  `     <ISCANCELLED>No</ISCANCELLED>\r\n     <ISOPTIONAL>No</ISOPTIONAL>\r\n     <ISPOSTDATED>No</ISPOSTDATED>\r\n` +
  `     <ALTERID TYPE="Number"> ${100 + id}</ALTERID>\r\n     <MASTERID TYPE="Number"> ${id}</MASTERID>\r\n` +
  `     <KSALES TYPE="Logical">No</KSALES>\r\n     <KRECEIPT TYPE="Logical">No</KRECEIPT>\r\n     <KCN TYPE="Logical">No</KCN>\r\n` +
  `     <KDN TYPE="Logical">No</KDN>\r\n     <KJRN TYPE="Logical">No</KJRN>\r\n    </VOUCHER>\r\n`;

export const goodReplies: Replies & Record<string, string> = {
  ArGroups: collectionOf(groupRow),
  ArThinLedgers: collectionOf(ledgerRow),
  ArLedgers: collectionOf(ledgerRow),
  ArParty: collectionOf(ledgerRow),
  ArBills: collectionOf(billRow),
  ArDays: collectionOf(dayRow('15-Oct-26', 2)),
  ArVouchers: collectionOf(voucherRow(1)),
  ArVoucherTypes: collectionOf(typeRow('Sales')),
  ArCensus: collectionOf(voucherRow(1)),
  'Bills Receivable': billsReport,
  'Bills Payable': billsReport,
};
