import { addDays, type Day } from './days.ts';
import { diceOf, type Dice } from './demo-dice.ts';
import type { DemoBill, DemoMoneyIn } from './demo-documents.ts';
import { codeOf, faceOf, rarityOf, type DemoFace } from './demo-people.ts';
import { mulDiv, paise, split, subtract, toBase, type Paise } from './money.ts';

// A made-up company of a fixed seed. Nobody real: GSTINs of a series that is not issued, telephone numbers that are
// nobody's, addresses under .example.

export type DemoCustomer = DemoFace & {
  readonly name: string;
  readonly code: string;
  readonly email: string;
  readonly salesperson: string;
  readonly groupPath: string;
  readonly creditDays: number;
  readonly creditLimitPaise: Paise;
  readonly bills: readonly DemoBill[];
  readonly moneyIn: readonly DemoMoneyIn[];
};

export const DEMO_NAME = 'Demo Trading Company';
const DEMO_YEARS_DAYS = 3 * 365;
const SEED = 20_260_401;
const USD_RATE_E6 = 84_250_000;

const FAMILIES =
  'Agarwal Ahuja Banerjee Bhatia Chauhan Chettiar Desai Deshmukh Dutta Fernandes Gandhi Ghosh Gowda Gupta Iyer Jadhav Jain Joshi Kapoor Khan Kulkarni Lodha Malhotra Mehta Menon Mishra Nair Naidu Pandey Patel Patil Pillai Rao Reddy Saxena Shah Sharma Shetty Singh Sinha Soni Thakkar Trivedi Varma Verma Yadav'.split(
    ' ',
  );
const TRADES =
  'Agencies|Auto Spares|Cables|Ceramics|Chemicals|Electricals|Electronics|Engineering Works|Enterprises|Fabrics|Foods|Furnishings|Garments|Hardware Stores|Industries|Machine Tools|Packaging|Paper Mart|Pharma Distributors|Plastics|Polymers|Sanitary Mart|Steel Traders|Stationers|Textiles|Timber|Traders|Wires'.split(
    '|',
  );
const CITIES =
  'Ahmedabad Bengaluru Bhopal Chennai Coimbatore Delhi Hyderabad Indore Jaipur Kanpur Kochi Kolkata Lucknow Ludhiana Mumbai Nagpur Nashik Pune Rajkot Surat Vadodara Visakhapatnam'.split(
    ' ',
  );
const SALESPEOPLE = [
  'Anita Deshpande',
  'Farhan Qureshi',
  'Harpreet Kaur',
  'Meera Krishnan',
  'Rohit Bansal',
  'Sanjay Kulkarni',
];
const ZONES = ['North', 'South', 'East', 'West'];

type Behaviour = 'prompt' | 'late' | 'lapsed';

/** The customers one after another, so that the caller can write and report as they come. */
export function* demoCustomers(count: number, until: Day): Generator<DemoCustomer> {
  const dice = diceOf(SEED);
  // Dice of their own, so that another tag changes no bill.
  const people = diceOf(SEED + 1);
  const names = new Set<string>();
  for (let at = 0; at < count; at += 1) {
    const name = freshName(dice, names);
    const foreign = at % 97 === 41;
    const creditDays = dice.pick([15, 30, 30, 45, 45, 60, 90]);
    const behaviour = behaviourOf(dice.next());
    const books = trade(dice, { until, creditDays, behaviour, foreign, at });
    const domain = `${name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`;
    const { bills, moneyIn, ...limit } = rarityOf(at, until);
    yield {
      ...faceOf(people, { at, family: name.split(' ')[0] ?? name, domain }),
      name,
      code: codeOf(at),
      email: `accounts@${domain}`,
      salesperson: dice.pick(SALESPEOPLE),
      groupPath: `Sundry Debtors/${dice.pick(ZONES)}`,
      creditDays,
      creditLimitPaise: paise(dice.between(2, 60) * 50_000_00),
      ...limit,
      // What is rare comes last: receipts point at bills by their place.
      bills: [...books.bills, ...bills],
      moneyIn: [...books.moneyIn, ...moneyIn],
    };
  }
}

function freshName(dice: Dice, taken: Set<string>): string {
  for (;;) {
    const plain = `${dice.pick(FAMILIES)} ${dice.pick(TRADES)}`;
    const name = taken.has(plain) ? `${plain}, ${dice.pick(CITIES)}` : plain;
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

/** 70 of 100 pay about on time, 20 habitually late, 10 stop paying (the split collection houses report). */
function behaviourOf(roll: number): Behaviour {
  return roll < 0.7 ? 'prompt' : roll < 0.9 ? 'late' : 'lapsed';
}

type Habit = {
  readonly until: Day;
  readonly creditDays: number;
  readonly behaviour: Behaviour;
  readonly foreign: boolean;
  readonly at: number;
};

function trade(dice: Dice, habit: Habit): Pick<DemoCustomer, 'bills' | 'moneyIn'> {
  const first = addDays(habit.until, -DEMO_YEARS_DAYS);
  const gapDays = dice.between(12, 75);
  const usualPaise = Math.round(Math.exp(9.2 + dice.next() * 3.6)) * 100;
  const silentAfter = habit.behaviour === 'lapsed' ? addDays(habit.until, -dice.between(95, 420)) : null;
  const bills: DemoBill[] = [];
  const moneyIn: DemoMoneyIn[] = [];
  // Nobody goes on supplying for long a customer who has stopped paying.
  const lastBillDay = silentAfter === null ? habit.until : addDays(silentAfter, 45);
  let billDay = addDays(first, dice.between(0, gapDays));
  while (billDay <= lastBillDay) {
    const bill = billOn(dice, { ...habit, billDay, usualPaise, position: bills.length });
    bills.push(bill);
    moneyIn.push(
      ...paymentsOf(dice, { ...habit, bill, at: bills.length - 1, customer: habit.at, silentAfter }),
    );
    billDay = addDays(billDay, dice.between(Math.ceil(gapDays / 2), gapDays * 2));
  }
  if (dice.next() < 0.12) moneyIn.push(advanceOf(dice, habit));
  return { bills, moneyIn };
}

function billOn(
  dice: Dice,
  wish: Habit & { readonly billDay: Day; readonly usualPaise: number; readonly position: number },
): DemoBill {
  const { billDay, creditDays, foreign } = wish;
  const number = `DT/${billDay.slice(2, 4)}-${billDay.slice(5, 7)}/${String(wish.at + 1).padStart(3, '0')}${String(wish.position + 1).padStart(2, '0')}`;
  const rough = Math.max(500_00, Math.round(wish.usualPaise * (0.4 + dice.next() * 1.4)));
  const dueDay = addDays(billDay, creditDays);
  if (foreign) {
    const foreignMinor = Math.round(rough / 84);
    const amountPaise = toBase(foreignMinor, USD_RATE_E6, 'USD', 'INR');
    return {
      number,
      billDay,
      dueDay,
      amountPaise,
      currency: 'USD',
      foreignMinor,
      rateE6: USD_RATE_E6,
      instalments: [],
    };
  }
  const amountPaise = paise(rough);
  const isLarge = rough > 4_00_000_00 && dice.next() < 0.35;
  const parts = isLarge ? split(amountPaise, [40, 30, 30]) : [];
  const instalments = parts.map((part, at) => ({ dueDay: addDays(dueDay, at * 30), amountPaise: part }));
  const lastDue = instalments.at(-1)?.dueDay ?? dueDay;
  return {
    number,
    billDay,
    dueDay: lastDue,
    amountPaise,
    currency: null,
    foreignMinor: null,
    rateE6: null,
    instalments,
  };
}

type Paying = Habit & {
  readonly bill: DemoBill;
  readonly customer: number;
  readonly silentAfter: Day | null;
};

function paymentsOf(dice: Dice, paying: Paying): readonly DemoMoneyIn[] {
  const { bill, at, until } = paying;
  const payDay = addDays(bill.dueDay, delayDays(dice, paying.behaviour));
  const isPart = dice.next() < 0.14;
  const hasCredit = !bill.currency && dice.next() < 0.05;
  const made: DemoMoneyIn[] = [];
  let left = bill.amountPaise;
  if (hasCredit) {
    const day = addDays(bill.billDay, dice.between(3, 20));
    const amountPaise = mulDiv(bill.amountPaise, dice.between(2, 12), 100);
    left = subtract(left, amountPaise);
    if (day <= until)
      made.push(applied('credit-note', `CN/${bill.number}`, { day, amountPaise, at, bill, share: null }));
  }
  const parts = isPart ? split(left, [dice.between(30, 70), 40]) : [left];
  parts.forEach((amountPaise, part) => {
    const day = addDays(payDay, part * dice.between(15, 80));
    if (day > until || day < bill.billDay || (paying.silentAfter !== null && day > paying.silentAfter))
      return;
    const share = isPart ? { part, of: parts } : null;
    made.push(
      applied('receipt', `R/${bill.number}${isPart ? `-${part + 1}` : ''}`, {
        day,
        amountPaise,
        at,
        bill,
        share,
      }),
    );
  });
  return made;
}

function delayDays(dice: Dice, behaviour: Behaviour): number {
  if (behaviour === 'prompt') return dice.between(-6, 9);
  if (behaviour === 'late') return dice.between(8, 95);
  return dice.between(0, 60);
}

type Applying = {
  readonly day: Day;
  readonly amountPaise: Paise;
  readonly at: number;
  readonly bill: DemoBill;
  readonly share: { readonly part: number; readonly of: readonly Paise[] } | null;
};

function applied(kind: DemoMoneyIn['kind'], number: string, wish: Applying): DemoMoneyIn {
  const { day, amountPaise, bill, at } = wish;
  const { currency, rateE6 } = bill;
  const foreignMinor = foreignShare(bill, wish.share);
  const chequeDay = null;
  return {
    kind,
    number,
    day,
    chequeDay,
    amountPaise,
    currency,
    foreignMinor,
    rateE6,
    applied: [
      {
        bill: at,
        amountPaise,
        foreignMinor,
      },
    ],
  };
}

/** The foreign amount that belongs to a part of a bill: split by the same weights, the last gets the rest. */
function foreignShare(bill: DemoBill, share: Applying['share']): number | null {
  if (bill.foreignMinor === null) return null;
  if (!share) return bill.foreignMinor;
  return split(paise(bill.foreignMinor), share.of)[share.part] ?? null;
}

function advanceOf(dice: Dice, habit: Habit): DemoMoneyIn {
  const day = addDays(habit.until, -dice.between(1, 70));
  const amountPaise = paise(dice.between(5, 90) * 1_000_00);
  const isCheque = dice.next() < 0.3;
  return {
    kind: isCheque ? 'receipt' : 'advance',
    number: `${isCheque ? 'PDC' : 'ADV'}/${String(habit.at + 1).padStart(3, '0')}`,
    day,
    chequeDay: isCheque ? addDays(habit.until, dice.between(2, 40)) : null,
    amountPaise,
    currency: null,
    foreignMinor: null,
    rateE6: null,
    applied: [],
  };
}
