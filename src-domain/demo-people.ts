import { addDays, type Day } from './days.ts';
import type { DemoBill, DemoMoneyIn } from './demo-documents.ts';
import type { Dice } from './demo-dice.ts';
import { gstinCheck } from './gstin.ts';
import { paise, split, type Paise } from './money.ts';

// What the demo shows beside its trade: people, tags, places, notes, branches, and one of each rare document.

export type DemoContact = {
  readonly role: 'owner' | 'accounts' | 'purchase';
  readonly name: string;
  readonly phone: string;
  readonly email: string;
};

export type DemoFace = {
  readonly phone: string;
  /** Null: one that is not registered. */
  readonly gstin: string | null;
  readonly territory: string;
  readonly tags: readonly string[];
  readonly contacts: readonly DemoContact[];
  readonly notes: readonly string[];
  /** The code of an earlier customer who pays for this one. */
  readonly payerCode: string | null;
  readonly doNotChaseReason: string | null;
};

/** Towns, their telephone code and the GSTIN's code of their state. Numbers there have eight digits; none of the codes begins as a mobile does (6–9). */
const TOWNS = [
  ['Chennai', '44', '33'],
  ['Delhi', '11', '07'],
  ['Hyderabad', '40', '36'],
  ['Kolkata', '33', '19'],
  ['Mumbai', '22', '27'],
  ['Pune', '20', '27'],
] as const;
const FIRST_NAMES =
  'Aditya Anjali Arjun Asha Deepa Divya Farida Gaurav Imran Ishaan Kavita Lakshmi Manoj Nikhil Pooja Priya Rakesh Sunita Vikram Zoya'.split(
    ' ',
  );
const TAGS = ['Key account', 'Cash on delivery', 'Festival season', 'New', 'Through broker'];
const NOTES = [
  'Pays on the tenth of the month only; call the week before.',
  'Asked for the ledger by mail; the accountant will confirm.',
  'The owner decides about payments himself, after five o’clock.',
  'Says that a part of the last delivery was short; goods are being counted.',
];
const DO_NOT_CHASE = 'The owner’s family asked for time until the month’s end.';
/** Each kind of rarity comes once in so many customers; the first of all in a demo of ten already. */
const RARE_EVERY = 40;

type Who = { readonly at: number; readonly family: string; readonly domain: string };

/** What is known of a customer. A head office pays for the two customers after it. */
export function faceOf(dice: Dice, { at, family, domain }: Who): DemoFace {
  const [territory, area, state] = dice.pick(TOWNS);
  const round = at % RARE_EVERY;
  const tags = TAGS.filter(() => dice.next() < 0.12);
  const contacts = contactsOf(dice, { at, family, domain, area });
  return {
    phone: phoneOf(area, 3 * at),
    gstin: gstinOf(at, state),
    territory,
    tags: round === 0 ? ['Key account', ...tags.filter((tag) => tag !== 'Key account')] : tags,
    contacts,
    notes: round === 0 || dice.next() < 0.15 ? [dice.pick(NOTES)] : [],
    payerCode: round === 1 || round === 2 ? codeOf(at - round) : null,
    doNotChaseReason: round === 7 ? DO_NOT_CHASE : null,
  };
}

export function codeOf(at: number): string {
  return `C${String(1001 + at)}`;
}

function contactsOf(dice: Dice, who: Who & { readonly area: string }): readonly DemoContact[] {
  const { at, family, domain, area } = who;
  const accounts = { role: 'accounts', name: `${dice.pick(FIRST_NAMES)} ${family}` } as const;
  const owner = { role: 'owner', name: `${dice.pick(FIRST_NAMES)} ${family}` } as const;
  const isKnown = at % RARE_EVERY === 0 || dice.next() < 0.45;
  if (!isKnown) return [];
  return [
    { ...owner, phone: phoneOf(area, 3 * at + 1), email: `owner@${domain}` },
    { ...accounts, phone: phoneOf(area, 3 * at + 2), email: `accounts@${domain}` },
  ];
}

/**
 * India keeps no numbers apart for stories. These are written as a landline is, and are nobody's: no subscriber's
 * number begins with 0, because a 0 dialled first asks for another town. This version sends nothing to anybody.
 */
function phoneOf(area: string, count: number): string {
  const digits = String(1001 + count).padStart(8, '0');
  return `+91 ${area} ${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/**
 * PANs are given out in the order of their first letters, and none that begins with ZZ will be for a long time: these
 * are nobody's. Most are companies (C), some partnerships (F), some persons (P), and every twelfth has none.
 */
function gstinOf(at: number, state: string): string | null {
  if (at % 12 === 11) return null;
  const letters = LETTERS.charAt(Math.trunc(at / LETTERS.length) % LETTERS.length);
  const holder = at % 10 === 4 ? 'P' : at % 5 === 1 ? 'F' : 'C';
  const pan = `ZZ${letters}${holder}${LETTERS.charAt(at % LETTERS.length)}${String(1001 + (at % 8999))}Q`;
  const without = `${state}${pan}1Z`;
  return `${without}${gstinCheck(without)}`;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export type DemoRarity = {
  readonly bills: readonly DemoBill[];
  readonly moneyIn: readonly DemoMoneyIn[];
  /** A limit that his bills exceed. */
  readonly creditLimitPaise?: Paise;
};

const nothingForeign = { currency: null, foreignMinor: null, rateE6: null };
const NONE: DemoRarity = { bills: [], moneyIn: [] };

/** A broken limit, a cheque of a later day, a bill in instalments, money on account: so that every screen has its case. */
export function rarityOf(at: number, until: Day): DemoRarity {
  const round = at % RARE_EVERY;
  const number = (kind: string): string => `${kind}/${codeOf(at)}`;
  if (round === 3) {
    const amountPaise = paise(6_40_000_00);
    const days = { billDay: addDays(until, -62), dueDay: addDays(until, -32) };
    const bill = { ...nothingForeign, ...days, number: number('DT'), amountPaise, instalments: [] };
    return { ...NONE, bills: [bill], creditLimitPaise: paise(5_00_000_00) };
  }
  if (round === 5) {
    const amountPaise = paise(3_60_000_50);
    const parts = split(amountPaise, [1, 1, 1]);
    const instalments = parts.map((part, place) => ({
      dueDay: addDays(until, 30 * place - 20),
      amountPaise: part,
    }));
    const days = { billDay: addDays(until, -50), dueDay: addDays(until, 40) };
    return {
      ...NONE,
      bills: [{ ...nothingForeign, ...days, number: number('DT'), amountPaise, instalments }],
    };
  }
  const money = { ...nothingForeign, chequeDay: null, applied: [] };
  if (round === 4) {
    const days = { day: addDays(until, -2), chequeDay: addDays(until, 12) };
    const cheque = { ...money, ...days, number: number('PDC'), amountPaise: paise(85_000_00) };
    return { ...NONE, moneyIn: [{ ...cheque, kind: 'receipt' }] };
  }
  if (round === 6) {
    const advance = {
      ...money,
      day: addDays(until, -9),
      number: number('ADV'),
      amountPaise: paise(75_000_00),
    };
    return { ...NONE, moneyIn: [{ ...advance, kind: 'advance' }] };
  }
  return NONE;
}
