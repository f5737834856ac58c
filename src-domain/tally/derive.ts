import { dueAfter, type Day } from '../days.ts';
import type { BillKind, CreditKind } from '../ledger.ts';
import { add, negate, type Paise } from '../money.ts';
import { partsOfAccounts, type AccountPart } from './account-parts.ts';
import { offsetParts } from './offset-parts.ts';
import type {
  DerivedAllocation,
  DerivedBill,
  DerivedCredit,
  DerivedDocuments,
  DerivedReceipt,
  PartyFacts,
  PartyLine,
} from './party.ts';
import { compare, refAccounts, type RefAccount } from './ref-accounts.ts';

/** What an adjustment says of itself in the book. */
export const ADJUSTMENT_NARRATION =
  'Tally’s bills report differs from its vouchers by this amount, for example after an exchange rate changed.';

// Masters and vouchers count their GUIDs apart, so nothing else tells the key of a voucher from that of a reference.
const ON_ACCOUNT = 'on-account|';

type Money =
  | { readonly kind: 'receipt'; readonly document: DerivedReceipt }
  | { readonly kind: 'credit'; readonly document: DerivedCredit };

/**
 * The documents of one ledger. Each reference is a running account: its debits become bills, its credits money, and they
 * offset each other oldest first. On every day the open rest of the documents of a reference is its balance, and at the
 * end of `asOf` that is what Tally reports. Keys are the same with and without history, and after a renaming.
 */
export function deriveParty(facts: PartyFacts): DerivedDocuments {
  const bills: DerivedBill[] = [];
  const money = new Map<string, Money>();
  const allocations: DerivedAllocation[] = [];
  for (const { account, parts } of partsOfAccounts(facts, refAccounts(facts))) {
    const billOfPart = new Map<AccountPart, DerivedBill>();
    const moneyOfPart = new Map<AccountPart, Money>();
    for (const part of parts) {
      if (part.amountPaise > 0) billOfPart.set(part, billOf(facts, account, part));
      else moneyOfPart.set(part, addMoney(money, moneyOf(facts, account, part)));
    }
    for (const bill of billOfPart.values()) bills.push(bill);
    for (const { debit, credit, day: allocationDay, amountPaise } of offsetParts(parts)) {
      const [bill, paidBy] = [billOfPart.get(debit), moneyOfPart.get(credit)];
      if (bill === undefined || paidBy === undefined) throw new Error('An offset without its documents.');
      const billKey = bill.sourceKey;
      const { kind: moneyKind } = paidBy;
      const moneyKey = paidBy.document.sourceKey;
      const sourceKey = `${moneyKey}>${billKey}`;
      allocations.push({ sourceKey, billKey, moneyKind, moneyKey, allocationDay, amountPaise });
    }
  }
  const moneys = [...money.values()];
  return {
    bills: byDay(bills, (bill) => bill.billDay),
    receipts: byDay(
      moneys.flatMap((one) => (one.kind === 'receipt' ? [one.document] : [])),
      (receipt) => receipt.receiptDay,
    ),
    credits: byDay(
      moneys.flatMap((one) => (one.kind === 'credit' ? [one.document] : [])),
      (credit) => credit.creditDay,
    ),
    allocations: byDay(allocations, (allocation) => allocation.allocationDay),
  };
}

// Of equal days in the order of the references, which does not depend on the order of the facts.
function byDay<T>(rows: readonly T[], dayOf: (row: T) => Day): readonly T[] {
  return rows.toSorted((a, b) => compare(dayOf(a), dayOf(b)));
}

function billOf(facts: PartyFacts, account: RefAccount, part: AccountPart): DerivedBill {
  const { first, day: billDay, amountPaise } = part;
  return {
    sourceKey: billKeyOf(facts.ledgerGuid, account, part),
    kind: billKindOf(facts, account, part),
    number: account.ref ?? first?.number ?? null,
    billDay,
    dueDay: dueDayOf(facts, account, part),
    amountPaise,
    narration: part.from === 'adjustment' ? ADJUSTMENT_NARRATION : (first?.narration ?? null),
  };
}

function billKeyOf(
  ledgerGuid: string,
  { ref }: RefAccount,
  { from, first, isFirstDebit }: AccountPart,
): string {
  if (isFirstDebit) return `${ledgerGuid}|${ref ?? ''}`;
  if (first === null) return `${from}|${ledgerGuid}|${ref ?? ''}`;
  const key = `${first.voucherGuid}|${first.line}|${first.position}|${ledgerGuid}`;
  return ref === null ? ON_ACCOUNT + key : key;
}

/** The reference that a bill of the book belongs to; null for one on account, whose number is its voucher's. */
export function refOfBill({
  sourceKey,
  number,
}: {
  readonly sourceKey: string;
  readonly number: string | null;
}): string | null {
  return /^[^|]+\|$/.test(sourceKey) || sourceKey.startsWith(ON_ACCOUNT) ? null : number;
}

/**
 * Whether a document stands in for what no voucher explains (yet): no document of Tally's own. The first debit of a
 * named bill is none: it stays, whatever explains it later.
 */
export function isStandIn(sourceKey: string): boolean {
  return isAdjustment(sourceKey) || /^(?:brought-forward\|.*|[^|]+\|)$/s.test(sourceKey);
}

/** Whether a document of the book is what Tally's report says beyond its vouchers. */
export function isAdjustment(sourceKey: string): boolean {
  return sourceKey.startsWith('adjustment|');
}

function billKindOf(facts: PartyFacts, account: RefAccount, { from, first }: AccountPart): BillKind {
  if (from === 'adjustment') return 'charge';
  if (first === null) {
    const isBefore =
      facts.booksFrom !== null && account.billDay !== null && account.billDay < facts.booksFrom;
    return account.ref === null || account.isOpening || isBefore ? 'opening-bill' : 'invoice';
  }
  if (first.kind === 'sales') return 'invoice';
  return first.kind === 'payment' ? 'charge' : 'debit-note';
}

function dueDayOf(facts: PartyFacts, account: RefAccount, { first, day }: AccountPart): Day {
  if (account.ref === null) return dueAfter(day, facts.creditDays ?? 0);
  return account.reportedDue ?? first?.dueDay ?? account.dueDay ?? day;
}

function moneyOf(facts: PartyFacts, account: RefAccount, part: AccountPart): Money {
  const { first, day, from } = part;
  const amountPaise = negate(part.amountPaise);
  if (first === null) {
    const kind = creditKindOf(account, from);
    const sourceKey = `${from}|${facts.ledgerGuid}|${account.ref ?? ''}`;
    const narration = from === 'adjustment' ? ADJUSTMENT_NARRATION : null;
    return {
      kind: 'credit',
      document: { sourceKey, kind, number: account.ref, creditDay: day, amountPaise, narration },
    };
  }
  return moneyOfVoucher(first, amountPaise, `${first.voucherGuid}|${facts.ledgerGuid}`);
}

function creditKindOf({ ref }: RefAccount, from: AccountPart['from']): CreditKind {
  if (ref === null) return 'on-account';
  return from === 'adjustment' ? 'credit-note' : 'advance';
}

function moneyOfVoucher(
  { kind, number, narration, day }: PartyLine,
  amountPaise: Paise,
  sourceKey: string,
): Money {
  if (kind === 'receipt') {
    return { kind, document: { sourceKey, number, receiptDay: day, amountPaise, narration } };
  }
  const document = {
    sourceKey,
    kind: 'credit-note',
    number,
    creditDay: day,
    amountPaise,
    narration,
  } as const;
  return { kind: 'credit', document };
}

/** A voucher's money is one document, whatever references it is for. */
function addMoney(money: Map<string, Money>, one: Money): Money {
  const { sourceKey } = one.document;
  const known = money.get(sourceKey);
  const whole = known === undefined ? one : withAmount(known, one.document.amountPaise);
  money.set(sourceKey, whole);
  return whole;
}

function withAmount(one: Money, morePaise: Paise): Money {
  const amountPaise = add(one.document.amountPaise, morePaise);
  return one.kind === 'receipt'
    ? { kind: 'receipt', document: { ...one.document, amountPaise } }
    : { kind: 'credit', document: { ...one.document, amountPaise } };
}
