import type { ImportField } from './map.ts';

export type LayoutName =
  | 'tally-day-book'
  | 'tally-bills-receivable'
  | 'tally-ledger-outstandings'
  | 'tally-ledger'
  | 'tally-sales-register'
  | 'tally-ledgers'
  | 'busy-bills'
  | 'marg-outstanding'
  | 'vyapar-sales'
  | 'zoho-invoices'
  | 'quickbooks-aging-detail'
  | 'quickbooks-customer-balance'
  | 'xero-invoices'
  | 'xero-aged-receivables'
  | 'erpnext-receivables'
  | 'erpnext-sales-invoices'
  | 'highradius'
  | 'frappe-sales-invoices'
  | 'list';

/**
 * A program's export: recognised when all of `needs` are there (of several spellings one); each field stands in the
 * first column that is there. Words are header keys: letters and digits alone.
 */
export type Layout = {
  readonly name: LayoutName;
  readonly needs: readonly (string | readonly string[])[];
  /** Words that only another export has. */
  readonly lacks?: readonly string[];
  readonly columns: Partial<Record<ImportField, readonly string[]>>;
};

const VOUCHER_TYPE = ['vchtype', 'vouchertype'] as const;
const VOUCHER_NUMBER = ['vchno', 'voucherno', 'vouchernumber'] as const;
const QUICKBOOKS_TYPE = ['transactiontype', 'type'] as const;
const QUICKBOOKS_CUSTOMER = [
  'customer',
  'customerfullname',
  'customerdisplayname',
  'name',
  'client',
] as const;

/** The more particular one stands before those it could be taken for. */
export const LAYOUTS: readonly Layout[] = [
  {
    name: 'tally-day-book',
    needs: ['date', 'particulars', 'vchtype', 'vchno', 'debitamount', 'creditamount'],
    columns: {
      billDay: ['date'],
      customerName: ['particulars'],
      voucherType: ['vchtype'],
      billNumber: ['vchno'],
      debit: ['debitamount'],
      credit: ['creditamount'],
    },
  },
  {
    name: 'tally-sales-register',
    needs: ['date', 'particulars', VOUCHER_TYPE, VOUCHER_NUMBER, 'grosstotal'],
    columns: {
      billDay: ['date'],
      customerName: ['particulars', 'buyer'],
      voucherType: VOUCHER_TYPE,
      billNumber: VOUCHER_NUMBER,
      amount: ['grosstotal'],
      gstin: ['gstinuin', 'gstin'],
      address: ['buyeraddress', 'address'],
      narration: ['narration'],
    },
  },
  {
    name: 'tally-bills-receivable',
    needs: ['date', 'refno', 'partysname', 'pendingamount', 'dueon'],
    columns: {
      billDay: ['date'],
      billNumber: ['refno'],
      customerName: ['partysname'],
      amount: ['openingamount'],
      openAmount: ['pendingamount'],
      dueDay: ['dueon'],
    },
  },
  {
    // One customer, or several one below the other, each under his own name.
    name: 'tally-ledger-outstandings',
    needs: ['date', 'refno', 'pendingamount', 'dueon'],
    lacks: ['partysname', 'partyname', 'party', 'customer', 'customername'],
    columns: {
      billDay: ['date'],
      billNumber: ['refno'],
      amount: ['openingamount'],
      openAmount: ['pendingamount'],
      dueDay: ['dueon'],
    },
  },
  {
    name: 'tally-ledger',
    needs: ['date', 'particulars', VOUCHER_TYPE, VOUCHER_NUMBER, 'debit', 'credit'],
    columns: {
      billDay: ['date'],
      voucherType: VOUCHER_TYPE,
      billNumber: VOUCHER_NUMBER,
      debit: ['debit'],
      credit: ['credit'],
    },
  },
  {
    name: 'busy-bills',
    needs: [
      ['billno', 'refno', 'billrefno'],
      ['billdate', 'date'],
      ['particulars', 'partyname', 'accountname', 'account'],
      ['billamount', 'billamt', 'refamount'],
      ['pendingamount', 'pendingamt', 'balanceamount', 'balanceamt'],
      ['overduedays', 'daysoverdue', 'noofdays', 'overdueby'],
    ],
    columns: {
      billNumber: ['billno', 'refno', 'billrefno'],
      billDay: ['billdate', 'date'],
      customerName: ['partyname', 'accountname', 'account', 'particulars'],
      amount: ['billamount', 'billamt', 'refamount'],
      openAmount: ['pendingamount', 'pendingamt', 'balanceamount', 'balanceamt'],
      dueDay: ['duedate', 'dueon'],
      salesperson: ['salesman', 'broker', 'agent'],
      territory: ['area'],
      phone: ['mobileno', 'phoneno', 'mobile', 'phone'],
    },
  },
  {
    name: 'marg-outstanding',
    needs: [
      ['partyname', 'party', 'ledgername'],
      ['billno', 'invno', 'vno'],
      ['billdate', 'date', 'dated'],
      ['billamt', 'billamount', 'billvalue'],
      ['received', 'recd', 'receivedamt', 'adjusted'],
      ['balance', 'balanceamt', 'balamt', 'outstanding'],
    ],
    columns: {
      customerName: ['partyname', 'party', 'ledgername'],
      billNumber: ['billno', 'invno', 'vno'],
      billDay: ['billdate', 'date', 'dated'],
      amount: ['billamt', 'billamount', 'billvalue'],
      openAmount: ['balance', 'balanceamt', 'balamt', 'outstanding'],
      dueDay: ['duedate'],
      salesperson: ['salesman', 'mr', 'representative'],
      territory: ['area', 'route', 'station'],
      phone: ['mobile', 'mobileno', 'phone', 'phoneno'],
    },
  },
  {
    name: 'vyapar-sales',
    needs: [
      'date',
      ['invoiceno', 'refno'],
      'partyname',
      'transactiontype',
      'totalamount',
      ['balancedue', 'balance'],
    ],
    columns: {
      billDay: ['date'],
      billNumber: ['invoiceno', 'refno'],
      customerName: ['partyname'],
      phone: ['partyphoneno', 'phoneno'],
      gstin: ['partygstin', 'gstin', 'gstinno'],
      voucherType: ['transactiontype'],
      amount: ['totalamount'],
      openAmount: ['balancedue', 'balance'],
      dueDay: ['duedate'],
      status: ['paymentstatus', 'status'],
      narration: ['description'],
    },
  },
  {
    name: 'zoho-invoices',
    needs: ['invoiceid', 'invoicenumber', 'invoicestatus', 'customername', 'duedate', 'total', 'balance'],
    columns: {
      billDay: ['invoicedate'],
      billNumber: ['invoicenumber'],
      status: ['invoicestatus'],
      customerName: ['customername'],
      customerCode: ['customerid'],
      dueDay: ['duedate'],
      currency: ['currencycode'],
      rate: ['exchangerate'],
      amount: ['total'],
      openAmount: ['balance'],
      salesperson: ['salesperson'],
      creditDays: ['paymentterms'],
      lastReceiptDay: ['lastpaymentdate'],
      phone: ['billingphone', 'shippingphonenumber'],
      gstin: ['gstidentificationnumbergstin', 'gstin'],
    },
  },
  {
    name: 'quickbooks-aging-detail',
    needs: ['date', QUICKBOOKS_TYPE, ['num', 'no'], QUICKBOOKS_CUSTOMER, 'duedate', 'openbalance'],
    columns: {
      billDay: ['date'],
      voucherType: QUICKBOOKS_TYPE,
      billNumber: ['num', 'no'],
      customerName: QUICKBOOKS_CUSTOMER,
      dueDay: ['duedate'],
      amount: ['amount'],
      openAmount: ['openbalance'],
      narration: ['memodescription', 'memo'],
    },
  },
  {
    // The running balance in the last column is nobody's.
    name: 'quickbooks-customer-balance',
    needs: ['date', QUICKBOOKS_TYPE, ['num', 'no'], 'duedate', 'openbalance'],
    columns: {
      billDay: ['date'],
      voucherType: QUICKBOOKS_TYPE,
      billNumber: ['num', 'no'],
      dueDay: ['duedate'],
      amount: ['amount'],
      openAmount: ['openbalance'],
    },
  },
  {
    // One row for each line of an invoice, with the invoice's total on each.
    name: 'xero-invoices',
    needs: ['contactname', 'invoicenumber', 'invoicedate', 'duedate', 'total', 'invoiceamountdue'],
    columns: {
      customerName: ['contactname'],
      billNumber: ['invoicenumber'],
      billDay: ['invoicedate'],
      dueDay: ['duedate'],
      amount: ['total'],
      openAmount: ['invoiceamountdue'],
      voucherType: ['type'],
      status: ['status'],
      currency: ['currency'],
      email: ['emailaddress'],
      narration: ['reference'],
    },
  },
  {
    // Its aged columns say again what the total says; the due date tells where a bill belongs.
    name: 'xero-aged-receivables',
    needs: ['invoicedate', 'duedate', ['invoicenumber', 'number'], 'current', 'older', 'total'],
    columns: {
      billDay: ['invoicedate'],
      dueDay: ['duedate'],
      billNumber: ['invoicenumber', 'number'],
      openAmount: ['total'],
      customerName: ['contact', 'contactname'],
      narration: ['invoicereference', 'reference'],
    },
  },
  {
    name: 'erpnext-receivables',
    needs: [
      'postingdate',
      'vouchertype',
      'voucherno',
      'duedate',
      ['invoicedamount', 'invoiced'],
      ['outstandingamount', 'outstanding'],
    ],
    columns: {
      billDay: ['postingdate'],
      voucherType: ['vouchertype'],
      billNumber: ['voucherno'],
      dueDay: ['duedate'],
      customerName: ['customername', 'partyname', 'customer', 'party'],
      amount: ['invoicedamount', 'invoiced'],
      openAmount: ['outstandingamount', 'outstanding'],
      currency: ['currency'],
      group: ['customergroup'],
      territory: ['territory'],
      salesperson: ['salesperson', 'salespersons'],
      phone: ['customerprimarycontact', 'contact'],
      narration: ['remarks'],
    },
  },
  {
    name: 'erpnext-sales-invoices',
    needs: [['id', 'name'], ['customer', 'customername'], 'status', 'grandtotal', 'outstandingamount'],
    lacks: ['invoiceno'],
    columns: {
      billNumber: ['id', 'name'],
      customerName: ['customername', 'customer'],
      billDay: ['date', 'postingdate'],
      dueDay: ['paymentduedate', 'duedate'],
      status: ['status'],
      amount: ['grandtotal'],
      openAmount: ['outstandingamount'],
      currency: ['currency'],
      territory: ['territory'],
      group: ['customergroup'],
      gstin: ['taxid', 'billingaddressgstin', 'customergstin'],
    },
  },
  {
    name: 'highradius',
    needs: ['custnumber', 'namecustomer', 'totalopenamount', 'dueindate', 'invoicecurrency'],
    columns: {
      customerCode: ['custnumber'],
      customerName: ['namecustomer'],
      billNumber: ['invoiceid', 'docid'],
      billDay: ['postingdate', 'baselinecreatedate'],
      dueDay: ['dueindate'],
      openAmount: ['totalopenamount'],
      currency: ['invoicecurrency'],
      voucherType: ['documenttype'],
      status: ['isopen'],
    },
  },
  {
    // Grand Total is in the customer's currency, Base Grand Total and Outstanding Amount in the book's own: the two
    // base columns belong together, so no currency is mapped.
    name: 'frappe-sales-invoices',
    needs: ['invoiceno', 'party', 'customercurrency', 'basegrandtotal', 'outstandingamount', 'submitted'],
    columns: {
      billNumber: ['invoiceno'],
      billDay: ['date'],
      customerName: ['party'],
      amount: ['basegrandtotal'],
      openAmount: ['outstandingamount'],
      status: ['submitted'],
      dueDay: ['duedate'],
    },
  },
];
