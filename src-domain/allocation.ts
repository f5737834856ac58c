import { openInstalments } from './aging.ts';
import { formatDay, laterDay, type Day } from './days.ts';
import { moneyText } from './imports/reasons.ts';
import type { Instalment } from './ledger.ts';
import { mulDiv, paise, sumOf, ZERO, type Paise } from './money.ts';
import { ok, refuse, type Result } from './result.ts';

/** Money applied to a bill from its own day on, until the day it was undone. Above zero. */
export type AppliedSpan = {
  readonly allocationId: number;
  readonly instalmentId: number | null;
  readonly fromDay: Day;
  readonly untilDay: Day | null;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
};

type Spanned = { readonly amountPaise: Paise; readonly spans: readonly AppliedSpan[] };

/** A bill that is not void, and what is or was applied to it. */
export type BillSide = Spanned & {
  readonly billId: number;
  readonly customerId: number;
  /** Who pays for the customer: a head office. */
  readonly payerId: number | null;
  readonly number: string | null;
  readonly billDay: Day;
  readonly dueDay: Day;
  readonly currency: string | null;
  readonly foreignMinor: number | null;
  /** In order of due day; null for a bill due in one sum. */
  readonly instalments: readonly Instalment[] | null;
};

/** A receipt or credit that is not void, and what is or was taken from it. */
export type MoneySide = Spanned & {
  readonly kind: 'receipt' | 'credit';
  readonly documentId: number;
  readonly customerId: number;
  readonly effectiveDay: Day;
  readonly currency: string | null;
};

/** One application that fits. `foreignMinor` is the bill's share in its own currency; null for a bill in base. */
export type NewApplication = {
  readonly money: Pick<MoneySide, 'kind' | 'documentId'>;
  readonly billId: number;
  readonly instalmentId: number | null;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
};

/**
 * The most that is applied on any one day from `fromDay` on (on any day at all: null), in paise. Only the days of the
 * allocations themselves are looked at: an allocation counts from the latest of its own day and those of its two
 * documents, so what fits by its own day fits however the documents' days are edited later.
 */
export function peakFrom(spans: readonly AppliedSpan[], fromDay: Day | null): Paise {
  if (spans.length === 0) return ZERO;
  let running = 0;
  const steps: { readonly day: Day; readonly change: number }[] = [];
  for (const { fromDay: from, untilDay: until, amountPaise } of spans) {
    if (until !== null && (until <= from || (fromDay !== null && until <= fromDay))) continue;
    if (fromDay !== null && from <= fromDay) running += amountPaise;
    else steps.push({ day: from, change: amountPaise });
    if (until !== null) steps.push({ day: until, change: 0 - amountPaise });
  }
  let peak = running;
  steps.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  steps.forEach(({ day, change }, at) => {
    running += change;
    if (steps[at + 1]?.day !== day) peak = Math.max(peak, running);
  });
  return paise(peak);
}

/** What can still be applied from a day on without exceeding the document on that day or any later one. */
export function roomFrom(of: Spanned, fromDay: Day): Paise {
  return paise(of.amountPaise - peakFrom(of.spans, fromDay));
}

/** A receipt may pay the bills of its own customer, and of those for whom its customer pays. */
export function mayPay(
  money: Pick<MoneySide, 'customerId'>,
  bill: Pick<BillSide, 'customerId' | 'payerId'>,
): boolean {
  return bill.customerId === money.customerId || bill.payerId === money.customerId;
}

export type OpenPart = {
  readonly dueDay: Day;
  readonly openPaise: Paise;
  readonly instalmentId: number | null;
};

/** What is open of a bill today and later, by instalment, oldest due day first. */
export function openPartsOf(bill: BillSide): readonly OpenPart[] {
  const live = bill.spans.filter(({ untilDay }) => untilDay === null);
  const applied = sumOf(live, (span) => span.amountPaise);
  if (bill.instalments === null) {
    const openPaise = paise(bill.amountPaise - applied);
    return openPaise > 0 ? [{ dueDay: bill.dueDay, openPaise, instalmentId: null }] : [];
  }
  const ids = new Map(bill.instalments.map((one) => [one.position, one.instalmentId]));
  return openInstalments(bill.instalments, applied, namedSums(live)).map(
    ({ position, dueDay, openPaise }) => ({ dueDay, openPaise, instalmentId: ids.get(position) ?? null }),
  );
}

function namedSums(spans: readonly AppliedSpan[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { instalmentId, amountPaise } of spans) {
    if (instalmentId !== null) sums.set(instalmentId, (sums.get(instalmentId) ?? 0) + amountPaise);
  }
  return sums;
}

export type PartWish = {
  readonly billId: number;
  readonly instalmentId?: number | undefined;
  readonly amountPaise: Paise;
};

/** Parts of a receipt or credit as a person chose them, from a day on. Nothing may exceed either side on any day. */
export function applyParts(
  money: MoneySide,
  bills: ReadonlyMap<number, BillSide>,
  wish: { readonly parts: readonly PartWish[]; readonly day: Day; readonly baseCurrency: string },
): Result<readonly NewApplication[]> {
  const { parts, day, baseCurrency } = wish;
  const own = new Map(bills);
  const made: NewApplication[] = [];
  for (const part of parts) {
    const bill = own.get(part.billId);
    if (!bill) return refuse('document-gone', 'This entry is no longer in the book, or it was voided.');
    const fits = partFits(money, bill, { part, day, baseCurrency });
    if (!fits.ok) return fits;
    const instalmentId = part.instalmentId ?? null;
    const foreignMinor = foreignShare(bill, part.amountPaise);
    const span = { instalmentId, foreignMinor, amountPaise: part.amountPaise, fromDay: day };
    own.set(part.billId, { ...bill, spans: [...bill.spans, { ...span, allocationId: 0, untilDay: null }] });
    const { kind, documentId } = money;
    const { billId, amountPaise } = part;
    made.push({ money: { kind, documentId }, billId, instalmentId, amountPaise, foreignMinor });
  }
  const total = sumOf(parts, (part) => part.amountPaise);
  const room = roomFrom(money, day);
  if (total > room) return overMoney(total, room, { day, baseCurrency });
  return ok(made);
}

type Fit = { readonly part: PartWish; readonly day: Day; readonly baseCurrency: string };

function partFits(money: MoneySide, bill: BillSide, { part, day, baseCurrency }: Fit): Result<null> {
  const { amountPaise } = part;
  const amount = moneyText(amountPaise, baseCurrency);
  const number = bill.number ?? formatDay(bill.billDay);
  if (amountPaise <= 0) return notPositive(amountPaise, baseCurrency);
  if (!mayPay(money, bill)) {
    const sentence = `The bill ${number} is of a customer for whom this money is not meant.`;
    return refuse('not-his-bill', sentence, { field: 'parts', values: { number } });
  }
  if (money.currency !== bill.currency) {
    const [ofBill, ofMoney] = [bill.currency ?? baseCurrency, money.currency ?? baseCurrency];
    const sentence = `The bill ${number} is in ${ofBill} and the money in ${ofMoney}. Only the same currency can be applied.`;
    return refuse('other-currency', sentence, { field: 'parts', values: { number, ofBill, ofMoney } });
  }
  if (part.instalmentId !== undefined) {
    const fits = instalmentFits(bill, { ...part, instalmentId: part.instalmentId }, { day, baseCurrency });
    if (!fits.ok) return fits;
  }
  const room = roomFrom(bill, day);
  if (amountPaise <= room) return ok(null);
  const [open, on] = [moneyText(room, baseCurrency), formatDay(day)];
  const sentence = `${amount} is more than the ${open} open of the bill ${number} from ${on} on.`;
  return refuse('over-bill', sentence, { field: 'parts', values: { amount, open, number, day: on } });
}

function instalmentFits(
  bill: BillSide,
  { instalmentId, amountPaise }: PartWish & { readonly instalmentId: number },
  { day: fromDay, baseCurrency }: { readonly day: Day; readonly baseCurrency: string },
): Result<null> {
  const instalment = bill.instalments?.find((one) => one.instalmentId === instalmentId);
  const number = bill.number ?? formatDay(bill.billDay);
  if (!instalment) {
    const sentence = `The bill ${number} has no such instalment.`;
    return refuse('no-instalment', sentence, { field: 'parts', values: { number } });
  }
  const openPaise = openPartsOf(bill).find((one) => one.instalmentId === instalmentId)?.openPaise ?? ZERO;
  const named = bill.spans.filter((span) => span.instalmentId === instalmentId);
  const room = Math.min(openPaise, instalment.amountPaise - peakFrom(named, fromDay));
  if (amountPaise <= room) return ok(null);
  const [amount, open] = [moneyText(amountPaise, baseCurrency), moneyText(room, baseCurrency)];
  const day = formatDay(instalment.dueDay);
  const sentence = `${amount} is more than the ${open} open of the instalment due on ${day}.`;
  return refuse('over-instalment', sentence, { field: 'parts', values: { amount, open, day } });
}

function overMoney(total: Paise, room: Paise, of: { readonly day: Day; readonly baseCurrency: string }) {
  const [amount, open] = [moneyText(total, of.baseCurrency), moneyText(room, of.baseCurrency)];
  const day = formatDay(of.day);
  const sentence = `${amount} in all is more than the ${open} left of this money from ${day} on.`;
  return refuse('over-money', sentence, { field: 'parts', values: { amount, open, day } });
}

export function notPositive(amountPaise: Paise, baseCurrency: string) {
  const amount = moneyText(amountPaise, baseCurrency);
  const sentence = `The amount must be above zero; ${amount} is not.`;
  return refuse('amount-not-positive', sentence, { field: 'amountPaise', values: { amount } });
}

/**
 * The part of a bill's own currency that an amount in base stands for: in proportion, rounded half up, and whatever is
 * left goes to the part that closes the bill, so that a closed bill is closed in both currencies.
 */
export function foreignShare(bill: BillSide, amountPaise: Paise): number | null {
  if (bill.foreignMinor === null) return null;
  const live = bill.spans.filter(({ untilDay }) => untilDay === null);
  const before = live.reduce((sum, span) => sum + (span.foreignMinor ?? 0), 0);
  const left = Math.max(0, bill.foreignMinor - before);
  const appliedPaise = sumOf(live, (span) => span.amountPaise);
  if (appliedPaise + amountPaise >= bill.amountPaise) return left;
  return Math.min(left, mulDiv(bill.foreignMinor, amountPaise, bill.amountPaise));
}

/**
 * The day on which an application is taken back: the one asked for, else today, never before its own day. One whose
 * bill or money is void counts on no day, and is taken back on its own day, so that it counts on none if they come back.
 */
export function undoDay(
  allocation: { readonly allocationDay: Day; readonly isVoid: boolean },
  { day, today }: { readonly day: Day | undefined; readonly today: Day },
): Result<Day> {
  const { allocationDay, isVoid } = allocation;
  if (day !== undefined && day < allocationDay) {
    const values = { day: formatDay(day), applied: formatDay(allocationDay) };
    const sentence = `It was applied on ${values.applied} and cannot be taken back on ${values.day}, before that.`;
    return refuse('undo-before', sentence, { field: 'day', values });
  }
  return ok(isVoid ? allocationDay : (day ?? laterDay(today, allocationDay)));
}
