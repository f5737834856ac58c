import { createFakeCompany, type FakeCompany } from './book.ts';
import { fromJd, plusDays, toJd, yearEnd, yearStart } from './calendar.ts';
import type { FakeContact } from './records.ts';
import type { NewVoucher } from './wishes.ts';

export type DemoWish = {
  readonly name?: string;
  /** Customers; suppliers, banks, taxes and expenses come on top. */
  readonly ledgers?: number;
  /** Sales bills that are still open at the end. */
  readonly bills?: number;
  readonly vouchers?: number;
  readonly seed?: number;
  readonly booksFrom?: string;
  /** The last day on which anything is entered. */
  readonly today?: string;
};

type Random = (below: number) => number;

/** The same numbers for the same seed, on every machine. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const FIRST = [
  'Sharma',
  'Patel',
  'Gupta',
  'Iyer',
  'Reddy',
  'Khan',
  'Das',
  'Mehta',
  'Singh',
  'Nair',
  'Joshi',
  'Verma',
  'Rao',
  'Agarwal',
  'Chopra',
  'Pillai',
  'Bose',
  'Kulkarni',
  'Shah',
  'Yadav',
  'गणेश',
  'श्री बालाजी',
  'શ્રીજી',
  'லட்சுமி',
];
const SECOND = [
  'Traders',
  '& Sons',
  'Enterprises',
  'Textiles',
  'Electricals',
  'Hardware',
  'Agencies',
  'Steel',
  'Medicals',
  'Stores',
  'Industries',
  'Distributors',
  'Provision Stores',
  'ट्रेडर्स',
];
const CITIES = [
  ['Mumbai', 'Maharashtra', '400001', '27'],
  ['Pune', 'Maharashtra', '411001', '27'],
  ['Ahmedabad', 'Gujarat', '380001', '24'],
  ['Indore', 'Madhya Pradesh', '452001', '23'],
  ['Chennai', 'Tamil Nadu', '600001', '33'],
  ['Jaipur', 'Rajasthan', '302001', '08'],
] as const;
const SUPPLIER = 'Hindustan Wholesale Supply';
const PERIODS = ['30 Days', '45 Days', '15 Days', '', '2 Months', '60 Days', '3 Weeks'];

/** A plausible Indian trading company, the same for the same wish. Amounts in paise. */
export function demoCompany(wish: DemoWish = {}): FakeCompany {
  const today = wish.today ?? '2026-11-20';
  const booksFrom = wish.booksFrom ?? plusYears(yearStart(today), -1);
  const random = randomFrom(wish.seed ?? 1);
  const company = createFakeCompany({
    name: wish.name ?? 'Lakshmi Trading Company',
    booksFrom,
    display: { from: yearStart(today), to: yearEnd(today) },
    gstin: '27AABCL1234M1ZP',
    pinCode: '400001',
  });
  const customers = makeMasters(company, wish.ledgers ?? 120, random);
  makeVouchers(company, { customers, random, booksFrom, today, wish });
  return company;
}

function plusYears(day: string, years: number): string {
  return `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
}

function makeMasters(company: FakeCompany, count: number, random: Random): readonly string[] {
  for (const zone of ['West Zone Debtors', 'North & East Debtors'])
    company.createGroup({ name: zone, parent: 'Sundry Debtors' });
  const plain = (name: string, parent: string, opening = 0): void =>
    void company.createLedger({ name, parent, opening });
  plain('HDFC Bank - Current A/c', 'Bank Accounts', 4_50_000_00);
  plain('State Bank of India', 'Bank Accounts', 1_20_000_00);
  plain('Sales @ 18%', 'Sales Accounts');
  plain('Purchase @ 18%', 'Purchase Accounts');
  plain('CGST', 'Duties & Taxes');
  plain('SGST', 'Duties & Taxes');
  plain('Discount Allowed', 'Indirect Expenses');
  plain('Rent', 'Indirect Expenses');
  plain('Capital Account', 'Capital Account', -5_70_000_00);
  company.createVoucherType({ name: 'GST Sale Invoice', base: 'Sales' });
  for (let at = 0; at < Math.max(3, Math.floor(count / 20)); at += 1)
    company.createLedger({
      name: `Supplier ${pick(FIRST, random)} ${at + 1}`,
      parent: 'Sundry Creditors',
      billWise: true,
    });
  const { booksFrom } = company.view();
  company.createLedger({ name: SUPPLIER, parent: 'Sundry Creditors', billWise: true });
  const groups = ['Sundry Debtors', 'West Zone Debtors', 'North & East Debtors'];
  const customers: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = `${pick(FIRST, random)} ${pick(SECOND, random)} ${String(at + 1).padStart(4, '0')}`;
    customers.push(name);
    // Every twentieth is kept without bills, every eighth comes with something from before.
    const isBillWise = at % 20 !== 19;
    const opening = at % 8 === 0 ? (random(50_000) + 500) * 100 : 0;
    const bill = Math.floor(opening * 0.8);
    company.createLedger({
      name,
      parent: pick(groups, random),
      billWise: isBillWise,
      creditPeriod: pick(PERIODS, random),
      ...(at % 3 === 0 ? { creditLimit: 2_00_000_00 } : {}),
      opening,
      openingBills:
        opening === 0 || !isBillWise
          ? []
          : [
              {
                ref: `OP/${at + 1}`,
                billDate: plusDays(booksFrom, -(10 + random(200))),
                period: '30 Days',
                amount: bill,
              },
            ],
      contact: contactOf(at, random),
    });
  }
  return customers;
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

function contactOf(at: number, random: Random): FakeContact {
  const [city, state, pinCode, code] = pick(CITIES, random);
  const mobile = `9${String(800_000_000 + random(99_999_999)).padStart(9, '0')}`;
  const line = `${random(200) + 1}, M.G. Road`;
  const place = { state, country: 'India', pinCode };
  // Some keep the number in the address, as people do.
  if (at % 5 === 0) return { ...place, address: [line, city, `Mob: ${mobile}`] };
  return {
    ...place,
    address: [line, city],
    mobile,
    isdCode: '+91',
    ...(at % 4 === 0 ? { email: `accounts${at + 1}@example.in`, person: 'Accounts' } : {}),
    ...(at % 3 === 0 ? { gstin: `${code}ABCDE${String(1000 + (at % 9000))}F1Z5`, dated: at % 6 === 0 } : {}),
  };
}

type Made = {
  readonly customers: readonly string[];
  readonly random: Random;
  readonly booksFrom: string;
  readonly today: string;
  readonly wish: DemoWish;
};

type OpenSale = { readonly customer: string; readonly ref: string; amount: number };

/** Sales and receipts in turn over the whole time; at the end about as many bills are open as were wished for. */
function makeVouchers(company: FakeCompany, { customers, random, booksFrom, today, wish }: Made): void {
  const count = wish.vouchers ?? 900;
  const openMost = wish.bills ?? 150;
  const days = toJd(today) - toJd(booksFrom);
  const open: OpenSale[] = [];
  let saleCount = 0;
  for (let at = 0; at < count; at += 1) {
    const date = fromJd(toJd(booksFrom) + Math.floor((at / Math.max(1, count)) * (days + 1)));
    const isLate = count - at <= openMost;
    const side = sideVoucher(at, { customers, random, date });
    if (side) {
      company.createVoucher(side);
      continue;
    }
    const takesMoney = open.length > 0 && (open.length >= openMost || (!isLate && random(10) < 3));
    if (takesMoney) company.createVoucher(receipt(open, { date, random }));
    else {
      saleCount += 1;
      const { voucher, made } = sale(pick(customers, random), { date, random, saleCount });
      company.createVoucher(voucher);
      if (made.customer !== '') open.push(made);
    }
  }
}

/** What a real book holds besides: purchases, advances, and vouchers that count for nothing. */
function sideVoucher(
  at: number,
  { customers, random, date }: Pick<Made, 'customers' | 'random'> & { readonly date: string },
): NewVoucher | null {
  const amount = (random(40_000) + 1000) * 100;
  if (at % 40 === 7) {
    const ref = `PUR/${at}`;
    return {
      type: 'Purchase',
      date,
      reference: ref,
      party: SUPPLIER,
      lines: [
        { ledger: 'Purchase @ 18%', amount },
        {
          ledger: SUPPLIER,
          amount: -amount,
          bills: [{ type: 'New Ref', ref, amount: -amount, period: '30 Days' }],
        },
      ],
    };
  }
  const customer = pick(customers, random);
  if (at % 97 === 13) {
    const bills = [{ type: 'Advance', ref: `ADV/${at}`, amount: -amount } as const];
    const lines = [
      { ledger: 'State Bank of India', amount },
      { ledger: customer, amount: -amount, bills },
    ];
    return { type: 'Receipt', date, narration: 'Advance against order', lines };
  }
  const isOptional = at % 131 === 50;
  if (!isOptional && at % 149 !== 60) return null;
  const ref = `X/${at}`;
  return {
    type: 'Sales',
    date,
    optional: isOptional,
    cancelled: !isOptional,
    lines: [
      { ledger: customer, amount, bills: [{ type: 'New Ref', ref, amount }] },
      { ledger: 'Sales @ 18%', amount: -amount },
    ],
  };
}

function sale(
  customer: string,
  { date, random, saleCount }: { readonly date: string; readonly random: Random; readonly saleCount: number },
): { readonly voucher: NewVoucher; readonly made: OpenSale } {
  const net = (random(90_000) + 500) * 100;
  const tax = net * 0.09;
  const total = net + 2 * tax;
  const ref = `INV/${String(saleCount).padStart(5, '0')}`;
  return {
    made: { customer, ref, amount: total },
    voucher: {
      type: saleCount % 3 === 0 ? 'GST Sale Invoice' : 'Sales',
      date,
      number: ref,
      invoice: true,
      narration: `Being goods sold as per invoice ${ref}`,
      lines: [
        { ledger: customer, amount: total, bills: [{ type: 'New Ref', ref, amount: total }] },
        { ledger: 'Sales @ 18%', amount: -net },
        { ledger: 'CGST', amount: -tax },
        { ledger: 'SGST', amount: -tax },
      ],
    },
  };
}

/** Mostly an old bill in full; now and then a part of it, or money on account. */
function receipt(
  open: OpenSale[],
  { date, random }: { readonly date: string; readonly random: Random },
): NewVoucher {
  const at = random(Math.min(open.length, 12));
  const bill = open[at];
  if (!bill) throw new Error('No open bill.');
  const isPart = random(6) === 0;
  const isOnAccount = random(15) === 0;
  const amount = isPart || isOnAccount ? Math.floor(bill.amount / 2) : bill.amount;
  if (!isOnAccount) bill.amount -= amount;
  if (bill.amount === 0) open.splice(at, 1);
  return {
    type: 'Receipt',
    date,
    narration: `NEFT ${100_000 + random(899_999)}`,
    lines: [
      { ledger: 'HDFC Bank - Current A/c', amount },
      {
        ledger: bill.customer,
        amount: -amount,
        bills: isOnAccount ? [] : [{ type: 'Agst Ref', ref: bill.ref, amount: -amount }],
      },
    ],
  };
}
