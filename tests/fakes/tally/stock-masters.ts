/** The groups every company is born with. `isDeemedPositive`: a debit is its natural side. */
export type StockGroup = {
  readonly name: string;
  readonly parent: string | null;
  readonly aliases?: readonly string[];
  readonly isRevenue?: boolean;
  readonly isDeemedPositive?: boolean;
};

export const STOCK_GROUPS: readonly StockGroup[] = [
  { name: 'Branch / Divisions', parent: null },
  { name: 'Capital Account', parent: null },
  { name: 'Current Assets', parent: null, isDeemedPositive: true },
  { name: 'Current Liabilities', parent: null },
  {
    name: 'Direct Expenses',
    parent: null,
    aliases: ['Expenses (Direct)'],
    isRevenue: true,
    isDeemedPositive: true,
  },
  { name: 'Direct Incomes', parent: null, aliases: ['Income (Direct)'], isRevenue: true },
  { name: 'Fixed Assets', parent: null, isDeemedPositive: true },
  {
    name: 'Indirect Expenses',
    parent: null,
    aliases: ['Expenses (Indirect)'],
    isRevenue: true,
    isDeemedPositive: true,
  },
  { name: 'Indirect Incomes', parent: null, aliases: ['Income (Indirect)'], isRevenue: true },
  { name: 'Investments', parent: null, isDeemedPositive: true },
  { name: 'Loans (Liability)', parent: null },
  { name: 'Misc. Expenses (ASSET)', parent: null, isDeemedPositive: true },
  { name: 'Purchase Accounts', parent: null, isRevenue: true, isDeemedPositive: true },
  { name: 'Sales Accounts', parent: null, isRevenue: true },
  { name: 'Suspense A/c', parent: null },
  { name: 'Bank Accounts', parent: 'Current Assets', isDeemedPositive: true },
  { name: 'Bank OD A/c', parent: 'Loans (Liability)', aliases: ['Bank OCC A/c'] },
  { name: 'Cash-in-Hand', parent: 'Current Assets', isDeemedPositive: true },
  { name: 'Deposits (Asset)', parent: 'Current Assets', isDeemedPositive: true },
  { name: 'Duties & Taxes', parent: 'Current Liabilities' },
  { name: 'Loans & Advances (Asset)', parent: 'Current Assets', isDeemedPositive: true },
  { name: 'Provisions', parent: 'Current Liabilities' },
  { name: 'Reserves & Surplus', parent: 'Capital Account', aliases: ['Retained Earnings'] },
  { name: 'Secured Loans', parent: 'Loans (Liability)' },
  { name: 'Stock-in-Hand', parent: 'Current Assets', isDeemedPositive: true },
  { name: 'Sundry Creditors', parent: 'Current Liabilities' },
  { name: 'Sundry Debtors', parent: 'Current Assets', isDeemedPositive: true },
  { name: 'Unsecured Loans', parent: 'Loans (Liability)' },
];

/** Tally's own types of vouchers; users make types of their own beneath them. */
export const BASE_TYPES: readonly string[] = [
  'Contra',
  'Credit Note',
  'Debit Note',
  'Delivery Note',
  'Journal',
  'Memorandum',
  'Payment',
  'Physical Stock',
  'Purchase',
  'Purchase Order',
  'Receipt',
  'Receipt Note',
  'Reversing Journal',
  'Sales',
  'Sales Order',
  'Stock Journal',
];
