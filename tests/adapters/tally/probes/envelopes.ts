// Requests as PROTOCOL writes them, in text of their own.

export type Wish = {
  /** SVCURRENTCOMPANY as sent; none is sent where it is not given. */
  readonly company?: string;
  /** As written inside SVFROMDATE and SVTODATE. */
  readonly from?: string;
  readonly to?: string;
  /** Without TYPE="Date". */
  readonly isUntyped?: boolean;
};

export type CollectionWish = Wish & {
  readonly type: string;
  readonly fetch?: string;
  /** 'Name : expression' each. */
  readonly compute?: readonly string[];
  /** One formula, as text that is not yet escaped. */
  readonly filter?: string;
  /** Lines of the collection that have no word here, as XML. */
  readonly more?: string;
};

/** A company of this name is asked for unless told otherwise. */
export const COMPANY = 'Kalpana Traders';

export function collection(wish: CollectionWish): string {
  const computes = (wish.compute ?? []).map((line) => `<COMPUTE>${escaped(line)}</COMPUTE>`).join('');
  const filter = wish.filter === undefined ? '' : '<FILTERS>PrFilter</FILTERS>';
  const formula =
    wish.filter === undefined
      ? ''
      : `<SYSTEM TYPE="Formulae" NAME="PrFilter">${escaped(wish.filter)}</SYSTEM>`;
  const fetch = wish.fetch === undefined ? '' : `<FETCH>${wish.fetch}</FETCH>`;
  return envelope(
    'Collection',
    'PrRows',
    `${variables(wish)}<TDL><TDLMESSAGE><COLLECTION NAME="PrRows" ISMODIFY="No"><TYPE>${wish.type}</TYPE>` +
      `${fetch}${wish.more ?? ''}${computes}${filter}</COLLECTION>${formula}</TDLMESSAGE></TDL>`,
  );
}

export function report(id: string, wish: Wish = {}): string {
  return envelope('Data', id, variables(wish));
}

export function functionCall(id: string): string {
  return envelope('Function', id, '');
}

/** The envelope of ERP 9's days. */
export function oldReport(name: string, wish: Wish = {}): string {
  return (
    '<ENVELOPE><HEADER><TALLYREQUEST>Export Data</TALLYREQUEST></HEADER><BODY><EXPORTDATA><REQUESTDESC>' +
    `<REPORTNAME>${name}</REPORTNAME>${variables(wish)}</REQUESTDESC></EXPORTDATA></BODY></ENVELOPE>`
  );
}

export function importVouchers(vouchers: string, company = COMPANY): string {
  return (
    '<ENVELOPE><HEADER><TALLYREQUEST>Import Data</TALLYREQUEST></HEADER><BODY><IMPORTDATA><REQUESTDESC>' +
    '<REPORTNAME>Vouchers</REPORTNAME><STATICVARIABLES>' +
    `<SVCURRENTCOMPANY>${escaped(company)}</SVCURRENTCOMPANY></STATICVARIABLES></REQUESTDESC><REQUESTDATA>` +
    `<TALLYMESSAGE xmlns:UDF="TallyUDF">${vouchers}</TALLYMESSAGE></REQUESTDATA></IMPORTDATA></BODY></ENVELOPE>`
  );
}

function envelope(type: string, id: string, desc: string): string {
  return (
    `<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>${type}</TYPE>` +
    `<ID>${id}</ID></HEADER><BODY><DESC>${desc}</DESC></BODY></ENVELOPE>`
  );
}

function variables({ company, from, to, isUntyped }: Wish): string {
  const typed = isUntyped === true ? '' : ' TYPE="Date"';
  const lines = [
    '<SVEXPORTFORMAT>$$SysName:XML</SVEXPORTFORMAT>',
    company === undefined ? '' : `<SVCURRENTCOMPANY>${escaped(company)}</SVCURRENTCOMPANY>`,
    from === undefined ? '' : `<SVFROMDATE${typed}>${from}</SVFROMDATE>`,
    to === undefined ? '' : `<SVTODATE${typed}>${to}</SVTODATE>`,
  ];
  return `<STATICVARIABLES>${lines.join('')}</STATICVARIABLES>`;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
