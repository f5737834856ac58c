import { addDays, laterDay, type Day } from '../days.ts';
import { paise, subtract, sumOf, ZERO, type Paise } from '../money.ts';
import type { PartyFacts, PartyLine } from './party.ts';
import { compare, unexplainedPaise, voucherParts, type RefAccount } from './ref-accounts.ts';

/**
 * One signed amount of a reference, which becomes one document or, of money, a share of one. 'brought-forward' is what
 * was there before the loaded history, 'adjustment' what Tally's report says beyond all that is known.
 */
export type AccountPart = {
  readonly from: 'brought-forward' | 'voucher' | 'adjustment';
  /** The day from which it counts. */
  readonly day: Day;
  readonly amountPaise: Paise;
  /** The first line of a voucher's part; null for the two others. */
  readonly first: PartyLine | null;
  /** The debit that the reference is known by. */
  readonly isFirstDebit: boolean;
};

export type AccountParts = { readonly account: RefAccount; readonly parts: readonly AccountPart[] };

type Rest = { readonly broughtForwardPaise: Paise; readonly adjustmentPaise: Paise };

/** The parts of every reference, each list in order of day; together they are Tally's balance at the end of `asOf`. */
export function partsOfAccounts(facts: PartyFacts, accounts: readonly RefAccount[]): readonly AccountParts[] {
  const rests = new Map<RefAccount, Rest>();
  for (const account of accounts) {
    if (account.ref !== null) rests.set(account, restOfRef(account, facts.asOf));
  }
  const adjusted = sumOf([...rests.values()], (rest) => rest.adjustmentPaise);
  return accounts.map((account) => {
    const rest = rests.get(account) ?? restOnAccount(account, facts.asOf, adjusted);
    return { account, parts: partsOf(facts, account, rest) };
  });
}

/** Nothing was brought forward where the beginning of the bill is in the history: then the report knows of a change. */
function restOfRef(account: RefAccount, asOf: Day): Rest {
  const restPaise = unexplainedPaise(account, asOf);
  const hasBeginning = account.lines.some((line) => line.day <= asOf && isBeginning(account, line));
  return hasBeginning
    ? { broughtForwardPaise: ZERO, adjustmentPaise: restPaise }
    : { broughtForwardPaise: restPaise, adjustmentPaise: ZERO };
}

/**
 * A revaluation moves a bill in the report and not the ledger, so that the same amount turns up on account with the
 * opposite sign. That share is as young as the adjustment of the bill.
 */
function restOnAccount(account: RefAccount, asOf: Day, adjusted: Paise): Rest {
  const restPaise = unexplainedPaise(account, asOf);
  const isMirrored = adjusted > 0 ? restPaise < 0 : restPaise > 0;
  const size = adjusted === 0 || !isMirrored ? 0 : Math.min(Math.abs(adjusted), Math.abs(restPaise));
  const adjustmentPaise = paise(restPaise < 0 ? 0 - size : size);
  return { broughtForwardPaise: subtract(restPaise, adjustmentPaise), adjustmentPaise };
}

function isBeginning(account: RefAccount, line: PartyLine): boolean {
  if (line.type !== 'new' && line.type !== 'advance') return false;
  return account.billDay === null || (line.billDay ?? line.day) === account.billDay;
}

function partsOf(facts: PartyFacts, account: RefAccount, rest: Rest): readonly AccountPart[] {
  const parts: AccountPart[] = [];
  const { broughtForwardPaise, adjustmentPaise } = rest;
  let hasFirst = broughtForwardPaise > 0;
  if (broughtForwardPaise !== 0) {
    const day = broughtForwardDay(facts, account);
    parts.push({
      from: 'brought-forward',
      day,
      amountPaise: broughtForwardPaise,
      first: null,
      isFirstDebit: hasFirst,
    });
  }
  for (const { first, amountPaise } of voucherParts(account.lines)) {
    // On account there is no bill to be known by: each debit there is its own, however much history is here.
    const isFirstDebit = account.ref !== null && amountPaise > 0 && !hasFirst;
    const opens = isFirstDebit && parts.length === 0;
    const day = opens ? openingDay(facts, account, first) : first.day;
    parts.push({ from: 'voucher', day, amountPaise, first, isFirstDebit });
    hasFirst ||= isFirstDebit;
  }
  if (adjustmentPaise !== 0) {
    const day = undatedDay(facts);
    parts.push({ from: 'adjustment', day, amountPaise: adjustmentPaise, first: null, isFirstDebit: false });
  }
  // Stable: what came first in the list comes first of a day.
  return parts.toSorted((a, b) => compare(a.day, b.day));
}

/**
 * The debit that opens a bill counts from the bill's own day; a later one, a bounced cheque for example, from its own.
 * It never counts at `asOf` where its voucher does not, nor fails to where it does.
 */
function openingDay(facts: PartyFacts, account: RefAccount, first: PartyLine): Day {
  const billDay = account.reportedDay ?? first.billDay ?? account.billDay;
  const isOpening = first.type === 'new' || first.type === 'advance';
  return !isOpening || billDay === null || first.day > facts.asOf || billDay > facts.asOf
    ? first.day
    : billDay;
}

function broughtForwardDay(facts: PartyFacts, account: RefAccount): Day {
  const before = dayBeforeHistory(facts);
  if (account.ref === null) return before;
  const billDay = account.billDay ?? before;
  // A young bill without a line: its voucher has not been read yet.
  const isUnread = facts.historyFrom === null || !account.lines.some((line) => line.day <= facts.asOf);
  return earlierDay(billDay, isUnread ? facts.asOf : before);
}

// Where no history is here, what has no day of its own stands under the day of the report.
function dayBeforeHistory(facts: PartyFacts): Day {
  const latest = undatedDay(facts);
  return facts.historyFrom === null ? latest : earlierDay(addDays(facts.historyFrom, -1), latest);
}

function undatedDay({ asOf, today }: PartyFacts): Day {
  return today === undefined ? asOf : earlierDay(asOf, today);
}

function earlierDay(a: Day, b: Day): Day {
  return laterDay(a, b) === a ? b : a;
}
