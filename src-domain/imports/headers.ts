import { cellText, type Cell } from './cells.ts';
import type { ImportField } from './map.ts';

// Each row is asked whether it says the header once more, and begins with one of the same few thousand names.
const keys = new Map<string, string>();
const KEYS_MOST = 20_000;
const KEY_LETTERS_MOST = 100;

/** Letters, digits and vowel signs only: "Cust. Name", "cust_name" and "CUST-NAME" are one word. */
export function headerKey(header: string): string {
  const before = keys.get(header);
  if (before !== undefined) return before;
  const key = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/#/g, 'no')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  if (keys.size < KEYS_MOST && header.length < KEY_LETTERS_MOST) keys.set(header, key);
  return key;
}

// Each list goes from the surest word to the least sure one: the first is worth 95, the last 70.
// English, Hindi, and the words of SAP, Zoho, QuickBooks, Xero, Tally, Busy, Marg, Vyapar and ERPNext.
const WORDS: Readonly<Record<ImportField, string>> = {
  customerName:
    'customername namecustomer partyname partysname party customer particulars contactname clientname buyername buyer debtorname debtor client accountname accname ledgername ledger billto billedto soldtoparty soldtoname customerfullname partydetails partyledgername customervendor nameofparty nameofcustomer nameoftheparty dealername dealer retailername firmname companyname name ग्राहककानाम ग्राहक पार्टीकानाम पार्टी पार्टीनाम खरीदार नाम',
  customerCode:
    'customercode custcode customerid customerno customernumber custno custnumber partycode partyid clientcode clientid debtorcode accountcode acccode ledgercode bpcode cardcode soldto kunnr contactid ग्राहककोड पार्टीकोड',
  billNumber:
    'invoicenumber invoiceno invno billno billnumber invoicenum voucherno vchno vchbillno vouchernumber docno documentnumber documentno docnumber refno referenceno referencenumber billrefno billref vchno invoice invoiceid billid docid belnr no num number ref reference bill बिलनंबर बिलसंख्या बिलनं चालानसंख्या इनवॉइससंख्या इनवॉइसनंबर',
  billDay:
    'invoicedate billdate invdate dateofinvoice invoicedt billdt voucherdate vchdate documentdate docdate postingdate dateissued issuedate transactiondate txndate date dated dt documentcreatedate createddate तारीख दिनांक बिलतारीख बिलदिनांक तिथि',
  dueDay:
    'duedate dueindate dateduedate paymentduedate netduedate duedt dueon dueby paymentdue expirydate maturitydate duebydate देयतिथि देयतारीख नियततिथि अंतिमतिथि',
  amount:
    'invoiceamount invoicetotal billamount grandtotal totalinvoiceamount invoicevalue billvalue totalamount amountincltax invamount invamt billamt netamount netamt invoiceamt grossamount total amount amt openingamount billtotal originalamount documentamount docamount valueinrs value बिलराशि कुलराशि राशि रकम मूल्य',
  openAmount:
    'openamount totalopenamount outstandingamount outstanding balancedue amountdue dueamount pendingamount pending openbalance balanceamount amountoutstanding balance invoiceamountdue invoicebalance billbalance netoutstanding totaloutstanding unpaidamount unpaid remainingamount remaining receivable openamt pendingamt balanceamt dueamt balamt osamount closingbalance due बकाया बकायाराशि शेषराशि शेष',
  debit: 'debitamount debit dramount debitamt dr dramt debits debitinr नामे डेबिट',
  credit: 'creditamount credit cramount creditamt cr cramt credits creditinr जमा क्रेडिट',
  voucherType:
    'vouchertype vchtype transactiontype txntype documenttype doctype vchtypename type blart वाउचरप्रकार प्रकार',
  status: 'invoicestatus status billstatus paymentstatus docstatus isopen documentstatus स्थिति',
  currency:
    'currencycode currency invoicecurrency customercurrency transactioncurrency documentcurrency doccurrency curr waers मुद्रा',
  rate: 'exchangerate conversionrate exchrate exrate currencyrate fxrate विनिमयदर',
  lastReceiptDay:
    'lastpaymentdate lastreceiptdate paymentdate receiptdate paidon datepaid settleddate settlementdate cleardate clearingdate paiddate lastpaidon भुगतानतिथि',
  creditDays:
    'creditdays paymenttermsdays creditperiod termsdays paymentterms terms paymenttermslabel उधारदिन',
  phone:
    'phone phoneno phonenumber mobile mobileno mobilenumber contactno contactnumber cell billingphone telephone whatsapp whatsappno फोन मोबाइल मोबाइलनंबर',
  email: 'email emailid emailaddress mail mailid ईमेल',
  gstin:
    'gstin gstno gstinno gstnumber gstinuin gst customergstin partygstin gstidentificationnumbergstin जीएसटीआईएन',
  salesperson:
    'salesperson salesman salesexecutive salesrep salesmanname agent agentname broker brokername salespersonname executive collector विक्रेता',
  group: 'group groupname customergroup partygroup parentgroup branch category समूह',
  pan: 'pan panno pannumber panitno incometaxno पैन',
  address: 'address billingaddress partyaddress customeraddress addressline1 address1 fulladdress पता',
  territory: 'territory area route beat zone region salesarea क्षेत्र इलाका',
  narration: 'narration remarks remark memo notes note comment comments विवरण टिप्पणी',
};

const SURE = 95;
const LEAST_SURE = 70;
/** Words that a header may bear besides its own: "Amount (INR)", "Total Rs". */
const TRIMMINGS = /^(?:total)?(.+?)(?:ininr|inrs|inr|rs|rupees|usd|₹)$/u;

export type HeaderMatch = { readonly field: ImportField; readonly score: number };

const byWord: ReadonlyMap<string, readonly HeaderMatch[]> = indexWords();

/** The fields a header word can stand for, surest first. */
export function matchesOf(header: string): readonly HeaderMatch[] {
  const key = headerKey(header);
  const exact = byWord.get(key);
  if (exact !== undefined) return exact;
  const trimmed = TRIMMINGS.exec(key)?.[1];
  const near = trimmed === undefined ? undefined : byWord.get(trimmed);
  return near?.map((match) => ({ ...match, score: match.score - 3 })) ?? [];
}

/** How many different fields the words of a row name: the measure of a header. */
export function headerScore(row: readonly Cell[]): number {
  const fields = new Set<ImportField>();
  let strangers = 0;
  for (const cell of row) {
    if (cell === null || cell === '') continue;
    const first = typeof cell === 'string' ? matchesOf(cell)[0] : undefined;
    if (first !== undefined) fields.add(first.field);
    else if (typeof cell !== 'string' || cellText(cell).length > 60) strangers += 1;
  }
  return fields.size - strangers / 2;
}

function indexWords(): ReadonlyMap<string, readonly HeaderMatch[]> {
  const index = new Map<string, HeaderMatch[]>();
  for (const field of Object.keys(WORDS).filter(isField)) {
    const words = WORDS[field].split(' ');
    const step = (SURE - LEAST_SURE) / Math.max(words.length - 1, 1);
    words.forEach((word, at) => {
      const matches = index.get(word) ?? [];
      if (!matches.some((match) => match.field === field)) matches.push({ field, score: SURE - at * step });
      index.set(word, matches);
    });
  }
  for (const matches of index.values()) matches.sort((a, b) => b.score - a.score);
  return index;
}

function isField(name: string): name is ImportField {
  return Object.hasOwn(WORDS, name);
}
