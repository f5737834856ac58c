import { headerKey } from './headers.ts';
import type { Columns, ImportField } from './map.ts';

export type LayoutName =
  | 'tally-day-book'
  | 'tally-bills-receivable'
  | 'zoho-invoices'
  | 'highradius'
  | 'frappe-sales-invoices'
  | 'list';

/** A program's export: recognised when all of `needs` are there; each field stands in the first column that is there. */
type Layout = {
  readonly name: LayoutName;
  readonly needs: readonly string[];
  readonly columns: Partial<Record<ImportField, readonly string[]>>;
};

const LAYOUTS: readonly Layout[] = [
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

/** The program a header is known of, with the columns its fields stand in; 'list' knows no columns. */
export function layoutOf(labels: readonly string[]): {
  readonly name: LayoutName;
  readonly columns: Columns;
} {
  const columnOf = new Map<string, number>();
  labels.forEach((label, column) => {
    const key = headerKey(label);
    if (key !== '' && !columnOf.has(key)) columnOf.set(key, column);
  });
  const layout = LAYOUTS.find(({ needs }) => needs.every((word) => columnOf.has(word)));
  if (layout === undefined) return { name: 'list', columns: {} };
  const columns: Columns = {};
  for (const field of fieldsOf(layout)) {
    const word = layout.columns[field]?.find((candidate) => columnOf.has(candidate));
    if (word !== undefined) columns[field] = columnOf.get(word);
  }
  return { name: layout.name, columns };
}

function fieldsOf(layout: Layout): ImportField[] {
  return Object.keys(layout.columns).filter((name): name is ImportField =>
    Object.hasOwn(layout.columns, name),
  );
}
