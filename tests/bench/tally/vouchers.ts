// Voucher collections as a Tally answers them, of any size, the same in every run. Nothing of them is anybody's.
import { closeSync, openSync, writeSync } from 'node:fs';
import { addDays, day } from '#domain/days.ts';
import { diceOf, type Dice } from '#domain/demo-dice.ts';

/** 'lean': the fields that a sync asks for. 'whole': every field of every ledger entry, most of them empty. */
export type ReplyShape = 'lean' | 'whole';

const COMPANY = '0f3a77c2-51de-4c1b-9a40-6e2b8d1c7f55';
const FIRST = day('2023-04-01');
const PEOPLE = [
  'Sharma & Sons',
  'Patel “Agro” Traders',
  'Verma <Steel>',
  'गणेश ट्रेडर्स',
  'Iyer Textiles',
  'Das Electricals',
];
const BLANK_FIELDS = fieldNames(110, 'VATFIELD')
  .map((name) => `      <${name}/>\r\n`)
  .join('');
const PLAIN_FIELDS = fieldNames(36, 'STRDFIELD')
  .map((name) => `      <${name}>No</${name}>\r\n`)
  .join('');
const NOISE = '      <GSTCLASS>&#4; Not Applicable</GSTCLASS>\r\n';
const BLANK_LISTS = fieldNames(24, 'TAXALLOCATIONS')
  .map((name) => `      <${name}.LIST>      </${name}.LIST>\r\n`)
  .join('');

function fieldNames(count: number, stem: string): readonly string[] {
  return Array.from(
    { length: count },
    (_, at) => stem + String.fromCharCode(65 + (at % 26)).repeat(1 + (at % 9)) + String(at),
  );
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const hex = (value: number): string => value.toString(16).padStart(8, '0');
const money = (paise: number): string =>
  `${paise < 0 ? '-' : ''}${Math.trunc(Math.abs(paise) / 100)}.${String(Math.abs(paise) % 100).padStart(2, '0')}`;

export function* voucherReply(count: number, shape: ReplyShape): Generator<string> {
  const dice = diceOf(4711);
  yield '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>1</STATUS>\r\n </HEADER>\r\n <BODY>\r\n  <DESC>\r\n   <CMPINFO>\r\n    <LEDGER>30</LEDGER>\r\n    <VOUCHER>15</VOUCHER>\r\n   </CMPINFO>\r\n  </DESC>\r\n  <DATA>\r\n   <COLLECTION ISCMPDEPTYPE="Yes" CMPLOCUS="4" CMPDEPTYPE="64">\r\n';
  for (let at = 1; at <= count; at += 1) yield voucher(at, count, shape, dice);
  yield '   </COLLECTION>\r\n  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n';
}

function voucher(at: number, count: number, shape: ReplyShape, dice: Dice): string {
  const isReceipt = dice.next() < 0.4;
  const party = dice.between(0, 4999);
  const name = escaped(`${PEOPLE[party % PEOPLE.length] ?? ''} ${String(party).padStart(5, '0')}`);
  const dated = addDays(FIRST, Math.floor((at / count) * 1000)).replaceAll('-', '');
  const amount = dice.between(10_000, 500_000_000);
  const signed = isReceipt ? amount : 0 - amount;
  const type = isReceipt ? 'Receipt' : 'Sales';
  const guid = `${COMPANY}-${hex(at)}`;
  const against = isReceipt ? dice.between(1, at) : at;
  const entries =
    entry(name, signed, shape, bill(`INV/${against}`, isReceipt, dated, signed)) +
    entry(isReceipt ? 'HDFC Bank - Current A/c' : 'Sales @ 18% GST', 0 - signed, shape, '');
  return `    <VOUCHER REMOTEID="${guid}" VCHKEY="${COMPANY}-0000b401:${hex(at * 8)}" VCHTYPE="${type}" OBJVIEW="Accounting Voucher View">\r\n     <DATE TYPE="Date">${dated}</DATE>\r\n     <GUID>${guid}</GUID>\r\n     <NARRATION TYPE="String">Being goods sold as per invoice ${at} &amp; delivered at site&#13;&#10;with thanks</NARRATION>\r\n     <REQUESTORRULE/>\r\n     <VOUCHERTYPENAME>${type}</VOUCHERTYPENAME>\r\n     <REFERENCE>REF/${at}</REFERENCE>\r\n     <PARTYLEDGERNAME TYPE="String">${name}</PARTYLEDGERNAME>\r\n     <VOUCHERNUMBER>${at}</VOUCHERNUMBER>\r\n     <SERIALMASTER TYPE="String"></SERIALMASTER>\r\n     <NUMBERINGSTYLE>Auto Retain</NUMBERINGSTYLE>\r\n     <PERSISTEDVIEW>Accounting Voucher View</PERSISTEDVIEW>\r\n     <ISDELETED>No</ISDELETED>\r\n     <ASORIGINAL>No</ASORIGINAL>\r\n     <ISCANCELLED>No</ISCANCELLED>\r\n     <ISOPTIONAL>No</ISOPTIONAL>\r\n     <ISPOSTDATED>No</ISPOSTDATED>\r\n     <ISINVOICE>No</ISINVOICE>\r\n     <ISDELETEDVCHRETAINED>No</ISDELETEDVCHRETAINED>\r\n     <MASTERID TYPE="Number"> ${at}</MASTERID>\r\n     <ALTERID TYPE="Number"> ${at + 7}</ALTERID>\r\n     <VOUCHERKEY TYPE="Number">197916387966992</VOUCHERKEY>\r\n     <VOUCHERRETAINKEY TYPE="Number">${at}</VOUCHERRETAINKEY>\r\n     <KSALES TYPE="Logical">${isReceipt ? 'No' : 'Yes'}</KSALES>\r\n     <KRECEIPT TYPE="Logical">${isReceipt ? 'Yes' : 'No'}</KRECEIPT>\r\n     <VOUCHERNUMBERSERIES TYPE="String">Default</VOUCHERNUMBERSERIES>\r\n     <ALLINVENTORYENTRIES.LIST>     </ALLINVENTORYENTRIES.LIST>\r\n${entries}    </VOUCHER>\r\n`;
}

function entry(ledger: string, signed: number, shape: ReplyShape, bills: string): string {
  const isWhole = shape === 'whole';
  return `     <ALLLEDGERENTRIES.LIST>\r\n      <OLDAUDITENTRYIDS.LIST TYPE="Number">\r\n       <OLDAUDITENTRYIDS>-1</OLDAUDITENTRYIDS>\r\n      </OLDAUDITENTRYIDS.LIST>\r\n      <NARRATION/>\r\n${isWhole ? NOISE + BLANK_FIELDS : ''}      <LEDGERNAME>${ledger}</LEDGERNAME>\r\n${isWhole ? PLAIN_FIELDS : ''}      <ISDEEMEDPOSITIVE>${signed < 0 ? 'Yes' : 'No'}</ISDEEMEDPOSITIVE>\r\n      <ISPARTYLEDGER>Yes</ISPARTYLEDGER>\r\n      <AMOUNT>${money(signed)}</AMOUNT>\r\n      <BANKALLOCATIONS.LIST>      </BANKALLOCATIONS.LIST>\r\n${bills === '' ? '      <BILLALLOCATIONS.LIST>      </BILLALLOCATIONS.LIST>\r\n' : bills}      <INTERESTCOLLECTION.LIST>      </INTERESTCOLLECTION.LIST>\r\n${isWhole ? BLANK_LISTS : ''}     </ALLLEDGERENTRIES.LIST>\r\n`;
}

function bill(ref: string, isReceipt: boolean, dated: string, signed: number): string {
  const period = isReceipt
    ? '<BILLCREDITPERIOD/>'
    : '<BILLCREDITPERIOD JD="45383" P="30 Days">30 Days</BILLCREDITPERIOD>';
  return `      <BILLALLOCATIONS.LIST>\r\n       <BILLDATE TYPE="Date">${dated}</BILLDATE>\r\n       <YEAREND/>\r\n       <NAME>${ref}</NAME>\r\n       ${period}\r\n       <BILLTYPE>${isReceipt ? 'Agst Ref' : 'New Ref'}</BILLTYPE>\r\n       <TDSDEDUCTEEISSPECIALRATE>No</TDSDEDUCTEEISSPECIALRATE>\r\n       <BILLID TYPE="Number"> 33</BILLID>\r\n       <AMOUNT>${money(signed)}</AMOUNT>\r\n       <INTERESTCOLLECTION.LIST>       </INTERESTCOLLECTION.LIST>\r\n      </BILLALLOCATIONS.LIST>\r\n`;
}

/** Writes a reply as UTF-16 without a mark, as Tally answers, and the same without noise for a strict parser. */
export function writeReply(
  files: { readonly wide: string; readonly clean: string },
  count: number,
  shape: ReplyShape,
): number {
  const wide = openSync(files.wide, 'w');
  const clean = openSync(files.clean, 'w');
  let byteCount = 0;
  let text = '';
  const flush = (): void => {
    byteCount += writeSync(wide, Buffer.from(text, 'utf16le'));
    writeSync(clean, Buffer.from(text.replaceAll('&#4;', ''), 'utf16le'));
    text = '';
  };
  for (const piece of voucherReply(count, shape)) {
    text += piece;
    if (text.length > 1 << 20) flush();
  }
  flush();
  closeSync(wide);
  closeSync(clean);
  return byteCount;
}
