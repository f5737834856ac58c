import { peakFrom, type AppliedSpan } from './allocation.ts';
import { dueAfter, formatDay, type Day } from './days.ts';
import { enterAmount, type EnteredAmount, type ForeignEntry } from './documents.ts';
import { moneyText } from './imports/reasons.ts';
import type { BillKind, Instalment } from './ledger.ts';
import { limitUse, type CreditLimit } from './limits.ts';
import { add, paise, split, subtract, sumOf, type Paise } from './money.ts';
import { ok, refuse, type Refusal, type Result } from './result.ts';

export type InstalmentEntry = {
  /** Set for one that the bill already has. */
  readonly instalmentId?: number | undefined;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
};

export type BillEntry = {
  readonly customerId: number;
  readonly kind: BillKind;
  readonly number: string | null;
  readonly billDay: Day;
  /** Left out: the bill's day and the customer's credit days. */
  readonly dueDay?: Day | undefined;
  readonly amountPaise?: Paise | undefined;
  readonly foreign: ForeignEntry | null;
  readonly instalments: readonly InstalmentEntry[];
  readonly salesperson: string | null;
  readonly narration: string | null;
};

export type EnteredInstalment = {
  readonly instalmentId: number | null;
  readonly position: number;
  readonly dueDay: Day;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
};

export type EnteredBill = EnteredAmount & {
  readonly customerId: number;
  readonly kind: BillKind;
  readonly number: string | null;
  readonly billDay: Day;
  /** The last one, where there are instalments. */
  readonly dueDay: Day;
  readonly salesperson: string | null;
  readonly narration: string | null;
  /** Two or more in order of due day, or none. */
  readonly instalments: readonly EnteredInstalment[];
};

/** A bill as it will stand in the book. */
export function enterBill(
  entry: BillEntry,
  terms: { readonly baseCurrency: string; readonly creditDays: number | null },
): Result<EnteredBill> {
  const amount = enterAmount(entry, terms.baseCurrency);
  if (!amount.ok) return amount;
  const parts = enterInstalments(entry, amount.value, terms.baseCurrency);
  if (!parts.ok) return parts;
  const last = parts.value.at(-1)?.dueDay;
  const dueDay = last ?? entry.dueDay ?? dueAfter(entry.billDay, terms.creditDays ?? 0);
  if (dueDay < entry.billDay) return dueBefore('due-before-bill', dueDay, entry.billDay);
  const { customerId, kind, billDay } = entry;
  const [number, salesperson, narration] = [entry.number, entry.salesperson, entry.narration].map(textOrNull);
  return ok({
    ...amount.value,
    customerId,
    kind,
    number: number ?? null,
    billDay,
    dueDay,
    salesperson: salesperson ?? null,
    narration: narration ?? null,
    // A bill in one part is due in one sum.
    instalments: parts.value.length > 1 ? parts.value : [],
  });
}

function textOrNull(text: string | null): string | null {
  return text === '' ? null : text;
}

function enterInstalments(
  { instalments, billDay }: BillEntry,
  amount: EnteredAmount,
  baseCurrency: string,
): Result<readonly EnteredInstalment[]> {
  if (instalments.length === 0) return ok([]);
  const inOrder = instalments.toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
  for (const { dueDay, amountPaise } of inOrder) {
    if (dueDay < billDay) return dueBefore('instalment-before-bill', dueDay, billDay);
    if (amountPaise <= 0) {
      const [shown, day] = [moneyText(amountPaise, baseCurrency), formatDay(dueDay)];
      const sentence = `The instalment due on ${day} must be above zero; ${shown} is not.`;
      return refuse('instalment-not-positive', sentence, {
        field: 'instalments',
        values: { day, amount: shown },
      });
    }
  }
  const sum = sumOf(inOrder, (part) => part.amountPaise);
  if (sum !== amount.amountPaise) return sumDiffers(sum, amount.amountPaise, baseCurrency);
  const weights = inOrder.map((part) => part.amountPaise);
  const foreign = amount.foreignMinor === null ? null : split(paise(amount.foreignMinor), weights);
  return ok(
    inOrder.map(({ instalmentId, dueDay, amountPaise }, at) => ({
      instalmentId: instalmentId ?? null,
      position: at + 1,
      dueDay,
      amountPaise,
      foreignMinor: foreign?.[at] ?? null,
    })),
  );
}

export function sumDiffers(
  sum: Paise,
  whole: Paise,
  baseCurrency: string,
): { readonly ok: false; readonly refusal: Refusal } {
  const values = {
    sum: moneyText(sum, baseCurrency),
    amount: moneyText(whole, baseCurrency),
    difference: moneyText(Math.abs(subtract(whole, sum)), baseCurrency),
  };
  return sum < whole
    ? refuse(
        'instalments-short',
        `The instalments add up to ${values.sum}, ${values.difference} short of the ${values.amount} of the bill.`,
        { field: 'instalments', values },
      )
    : refuse(
        'instalments-over',
        `The instalments add up to ${values.sum}, ${values.difference} more than the ${values.amount} of the bill.`,
        { field: 'instalments', values },
      );
}

function dueBefore(code: string, dueDay: Day, billDay: Day) {
  const values = { due: formatDay(dueDay), billed: formatDay(billDay) };
  const sentence = `The due date ${values.due} is before the bill's own date ${values.billed}.`;
  const field = code === 'due-before-bill' ? 'dueDay' : 'instalments';
  return refuse(code, sentence, { field, values });
}

/** Which rows of a bill's instalments stay, which are new, and which go; ids of rows that allocations name never go. */
export type InstalmentChange = {
  readonly kept: readonly (EnteredInstalment & { readonly instalmentId: number })[];
  readonly added: readonly EnteredInstalment[];
  readonly removedIds: readonly number[];
};

/** An instalment is the one of its id; without an id, the one with the same due day and amount. */
export function changeInstalments(
  before: { readonly instalments: readonly Instalment[]; readonly spans: readonly AppliedSpan[] },
  after: readonly EnteredInstalment[],
  baseCurrency: string,
): Result<InstalmentChange> {
  const left = new Map(before.instalments.map((one) => [one.instalmentId, one]));
  const kept: (EnteredInstalment & { readonly instalmentId: number })[] = [];
  const added: EnteredInstalment[] = [];
  const named = after.filter(({ instalmentId }) => instalmentId !== null && left.has(instalmentId));
  for (const { instalmentId } of named) if (instalmentId !== null) left.delete(instalmentId);
  for (const one of after) {
    const same = named.includes(one)
      ? one
      : [...left.values()].find((old) => old.dueDay === one.dueDay && old.amountPaise === one.amountPaise);
    if (same?.instalmentId === undefined || same.instalmentId === null) added.push(one);
    else kept.push({ ...one, instalmentId: same.instalmentId });
    if (same?.instalmentId) left.delete(same.instalmentId);
  }
  for (const old of before.instalments) {
    const fits = staysOpen(old, kept, { spans: before.spans, baseCurrency });
    if (!fits.ok) return fits;
  }
  return ok({ kept, added, removedIds: [...left.keys()] });
}

type Applied = { readonly spans: readonly AppliedSpan[]; readonly baseCurrency: string };

function staysOpen(
  old: Instalment,
  kept: readonly (EnteredInstalment & { readonly instalmentId: number })[],
  { spans, baseCurrency }: Applied,
): Result<null> {
  const own = spans.filter(({ instalmentId }) => instalmentId === old.instalmentId);
  if (own.length === 0) return ok(null);
  const now = kept.find(({ instalmentId }) => instalmentId === old.instalmentId);
  const peak = peakFrom(own, null);
  if (now && now.amountPaise >= peak) return ok(null);
  const [applied, day] = [moneyText(peak, baseCurrency), formatDay(old.dueDay)];
  const sentence = `${applied} is or was applied to the instalment due on ${day}. It can neither go nor be less than that.`;
  return refuse('instalment-applied', sentence, { field: 'instalments', values: { applied, day } });
}

/** What a bill would do to the customer's limit: nothing, a warning, or a refusal where the customer is set to block. */
export function limitAfter(
  customer: CreditLimit & { readonly onLimit: 'warn' | 'block' | null },
  owed: { readonly outstandingPaise: Paise; readonly billPaise: Paise },
  baseCurrency: string,
): Result<readonly Refusal[]> {
  const use = limitUse(customer, add(owed.outstandingPaise, owed.billPaise));
  if (!use?.isOver) return ok([]);
  const values = {
    used: moneyText(use.usedPaise, baseCurrency),
    usable: moneyText(use.usablePaise, baseCurrency),
    over: moneyText(use.usedPaise - use.usablePaise, baseCurrency),
  };
  const sentence = `With this bill the customer owes ${values.used}, ${values.over} above the limit of ${values.usable}.`;
  const field = 'amountPaise';
  if (customer.onLimit === 'block') return refuse('limit-blocked', sentence, { field, values });
  return ok([{ code: 'over-limit', sentence, field, values }]);
}
