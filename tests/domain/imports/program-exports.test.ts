import { suggestSame } from '#domain/imports/same-customer.ts';
import { nameKeyOf } from '#domain/imports/names.ts';
import { expect, it } from 'vitest';
import { gridOf, readAll, understood } from './grids.ts';

/** 'customer kind number amount open' of every document. */
function takenOf(rows: readonly string[]): string[] {
  return readAll(gridOf(rows)).documents.map(({ customer, kind, number, amountPaise, paid }) =>
    [
      customer.name,
      kind,
      number ?? '-',
      amountPaise / 100,
      (amountPaise - (paid?.amountPaise ?? 0)) / 100,
    ].join(' '),
  );
}

const EXPORTS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'tally-ledger',
    [
      'Kiran Traders',
      '12 Mill Road, Nashik',
      'Bina Stores',
      'Ledger Account',
      '1-Apr-26 to 22-Nov-26',
      'Date|Particulars|Vch Type|Vch No.|Debit|Credit',
      '1-Oct-26|Opening Balance|||500.00|',
      '5-Oct-26|Sales|Sales|S/1|7,000.00|',
      '9-Oct-26|HDFC Bank|Receipt|R/1||3,000.00',
      '|Closing Balance||||4,500.00',
    ],
    ['Bina Stores invoice S/1 7000 7000', 'Bina Stores receipt R/1 3000 3000'],
  ],
  [
    'tally-ledger-outstandings',
    [
      'Statement of Account of Bina Stores',
      'Date|Ref. No.|Opening Amount|Pending Amount|Due on|Overdue by days',
      '1-Oct-26|B/1|1,000.00|400.00|31-Oct-26|22',
      '|On Account||||',
      '||1,000.00|400.00||',
    ],
    ['Bina Stores invoice B/1 1000 400'],
  ],
  [
    'tally-sales-register',
    [
      'Sales Register',
      'Date|Particulars|Voucher Type|Voucher No.|Quantity|Rate|Value|Gross Total',
      '5-Oct-26|Bina Stores|Sales|S/1|||10,000.00|11,800.00',
      '|Steel Rod|||10|1,000|10,000.00|',
      '6-Oct-26|Asha Traders|Sales|S/2|||500.00|590.00',
      '|Nails|||5|100|500.00|',
      '|Grand Total|||15||10,500.00|12,390.00',
    ],
    ['Bina Stores invoice S/1 11800 11800', 'Asha Traders invoice S/2 590 590'],
  ],
  [
    'quickbooks-aging-detail',
    [
      'A/R Aging Detail',
      'Date|Transaction type|Num|Customer full name|Due date|Amount|Open balance',
      'Current||||||',
      '10/20/2026|Invoice|1001|Bina Stores|11/25/2026|500.00|200.00',
      'Total for Current|||||500.00|200.00',
      '1 - 30 days past due||||||',
      '10/01/2026|Payment|77|Asha Traders|10/01/2026|-300.00|-50.00',
      'Total for 1 - 30 days past due|||||-300.00|-50.00',
    ],
    ['Bina Stores invoice 1001 500 200', 'Asha Traders receipt 77 50 50'],
  ],
  [
    'quickbooks-customer-balance',
    [
      'Customer Balance Detail',
      'Date|Transaction type|Num|Due date|Amount|Open balance|Balance',
      'Bina Stores||||||',
      '10/20/2026|Invoice|1001|11/25/2026|500.00|200.00|200.00',
      'Total for Bina Stores||||500.00|200.00|',
      'Asha Traders||||||',
      '10/21/2026|Invoice|1002|11/26/2026|70.00|70.00|70.00',
      'Total for Asha Traders||||70.00|70.00|',
    ],
    ['Bina Stores invoice 1001 500 200', 'Asha Traders invoice 1002 70 70'],
  ],
  [
    'xero-aged-receivables',
    [
      'Aged Receivables Detail',
      'As at 31 October 2026',
      'Invoice Date|Due Date|Invoice Number|Invoice Reference|Current|< 1 Month|1 Month|2 Months|3 Months|Older|Total',
      'Bina Stores||||||||||',
      '1 Oct 2026|31 Oct 2026|INV-1|PO 7|0.00|500.00|0.00|0.00|0.00|0.00|500.00',
      'Total Bina Stores||||0.00|500.00|0.00|0.00|0.00|0.00|500.00',
    ],
    ['Bina Stores invoice INV-1 500 500'],
  ],
  [
    'erpnext-receivables',
    [
      'Posting Date|Customer|Voucher Type|Voucher No|Due Date|Invoiced Amount|Paid Amount|Outstanding Amount|Age (Days)|Currency|Territory|Customer Group',
      '2026-10-01|Bina Stores|Sales Invoice|SI-1|2026-10-31|900|400|500|21|INR|West|Retail',
      '2026-10-05|Bina Stores|Payment Entry|PE-1|2026-10-05|0|0|-120|17|INR|West|Retail',
    ],
    ['Bina Stores invoice SI-1 900 500', 'Bina Stores receipt PE-1 120 120'],
  ],
  [
    'busy-bills',
    [
      'Bill Date|Bill No.|Party Name|Bill Amount|Pending Amount|Due Date|Overdue Days',
      '01-10-2026|B/1|Bina Stores|900|500|31-10-2026|22',
    ],
    ['Bina Stores invoice B/1 900 500'],
  ],
  [
    'vyapar-sales',
    [
      'Date|Invoice No|Party Name|Party Phone No.|Transaction Type|Total Amount|Payment Type|Received/Paid Amount|Balance Due',
      '25/10/2026|7|Bina Stores|9876543210|Sale|900|Cash|400|500',
    ],
    ['Bina Stores invoice 7 900 500'],
  ],
];

it.each(EXPORTS)('%s is known by its headings and read to the paisa', (layout, rows, taken) => {
  expect(understood(gridOf(rows)).layout).toBe(layout);
  expect(takenOf(rows)).toEqual(taken);
});

it('adds up the items of a bill where each row bears its own part, a discount included', () => {
  const head = 'Bill No|Bill Date|Party Name|Item Name|Qty|Amount';
  const rows = [
    head,
    'B/1|01-10-2026|Bina|Rod|2|700',
    'B/1|01-10-2026|Bina|Nails|5|300',
    'B/1|01-10-2026|Bina|Discount|1|-50',
    'B/2|15-10-2026|Asha|Rod|1|350',
  ];
  expect(takenOf(rows)).toEqual(['Bina invoice B/1 950 950', 'Asha invoice B/2 350 350']);
  expect(readAll(gridOf(rows)).notes).toEqual([]);
});

it('takes the total once where every row of a bill says it again', () => {
  const head = 'Bill No|Bill Date|Party Name|Item Name|Amount';
  expect(takenOf([head, 'B/1|25-10-2026|Bina|Rod|700', 'B/1|25-10-2026|Bina|Nails|700'])).toEqual([
    'Bina invoice B/1 700 700',
  ]);
});

it('looks for the same customer among 10,000 × 10,000 names within a few seconds', () => {
  const trades = ['Traders', 'Stores', 'Agencies', 'Enterprises', 'Brothers', 'Textiles'];
  const letters = (at: number): string =>
    [at % 26, (at * 7) % 23, (at * 11) % 19, Math.floor(at / 40) % 26]
      .map((one) => String.fromCharCode(97 + one))
      .join('');
  const names = Array.from(
    { length: 10_000 },
    (_, at) => `${letters(at)}${letters(at * 3 + 1)} ${trades[at % 6]}`,
  );
  const facts = {
    code: null,
    phone: null,
    email: null,
    gstin: null,
    pan: null,
    address: null,
    salesperson: null,
    group: null,
    territory: null,
    creditDays: null,
  };
  const book = names.map((name, at) => ({ ...facts, name, nameKey: nameKeyOf(name), customerId: at + 1 }));
  const newcomers = names
    .map((name) => ({ ...facts, name: `${name}x`, nameKey: nameKeyOf(`${name}x`) }))
    .slice(0, 10_000);
  const startedAt = performance.now();
  const found = suggestSame(newcomers, book);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(found).toHaveLength(1000);
  expect(found[0]).toMatchObject({ why: 'spelling' });
});
