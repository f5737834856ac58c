// Apart from the shapes, so that the window can list the meanings without carrying the schema library.

/** What a column can mean. A column means at most one of these, and a meaning stands on at most one column. */
export const importFields = [
  'customerName',
  'customerCode',
  'billNumber',
  'billDay',
  'dueDay',
  'amount',
  'openAmount',
  'debit',
  'credit',
  'voucherType',
  'status',
  'currency',
  'rate',
  'lastReceiptDay',
  'creditDays',
  'phone',
  'email',
  'gstin',
  'salesperson',
  'group',
  'pan',
  'address',
  'territory',
  'narration',
] as const;

export type ImportField = (typeof importFields)[number];
