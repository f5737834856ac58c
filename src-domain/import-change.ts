import { peakFrom, roomFrom, type AppliedSpan } from './allocation.ts';
import { sumDiffers } from './bills.ts';
import type { Day } from './days.ts';
import { mayChange } from './documents.ts';
import {
  dueDayOf,
  refusedRow,
  type KnownApplied,
  type KnownDocument,
  type KnownFacts,
  type KnownSpan,
  type PlannedDocument,
} from './import-known.ts';
import type { ImportedDocument, PaidPart } from './imports/imported.ts';
import type { RowNote } from './imports/map.ts';
import { formatMoney, paise, ZERO, type Paise } from './money.ts';
import { refuse, type Result } from './result.ts';

// What a file may make of a document that the book has already. The same holds as for a change by hand: no figure of
// any day, gone by or to come, may break.

type Against = { readonly known: KnownFacts; readonly baseCurrency: string };

/** A receipt or credit may not fall below what is or was taken from it. */
export function planKnownMoney(
  { document, side }: { readonly document: ImportedDocument; readonly side: 'receipt' | 'credit' },
  before: KnownDocument,
  { known, baseCurrency }: Against,
): PlannedDocument | RowNote {
  const outcome = isSame(document, before) ? 'same' : 'changed';
  if (outcome === 'changed') {
    const spans = known.spansOf(side, before.id);
    const may = mayStand({ ...before, spans }, document, baseCurrency);
    if (!may.ok) return refusedRow(document, may.refusal, baseCurrency);
  }
  return { document, side, outcome, id: before.id, before, voidReceiptIds: [], paid: document.paid };
}

export function planKnownBill(
  inFile: ImportedDocument,
  before: KnownDocument,
  { known, baseCurrency }: Against,
): PlannedDocument | RowNote {
  const isInParts = known.isInParts(before.id);
  if (isInParts && before.amountPaise !== inFile.amountPaise) {
    const { refusal } = sumDiffers(before.amountPaise, inFile.amountPaise, baseCurrency);
    return refusedRow(inFile, refusal, baseCurrency);
  }
  // A bill in instalments is due with the last of them, whatever the file says of the whole.
  const document = isInParts ? { ...inFile, dueDay: before.dueDay } : inFile;
  const applied = known.appliedTo(before.id);
  const others = applied?.otherPaise ?? ZERO;
  const paidNow = document.paid?.amountPaise ?? ZERO;
  if (others + paidNow > document.amountPaise)
    return belowAllocated(document, paise(others + paidNow), baseCurrency);
  const correction = correctPaid(document.paid, applied);
  const isUnchanged = isSame(document, before) && !correction.paid && correction.voidReceiptIds.length === 0;
  if (isUnchanged) return { document, side: 'bill', outcome: 'same', id: before.id, before, ...correction };
  const fitting = fitAllDays(document, before, { known, baseCurrency, correction });
  if ('row' in fitting) return fitting;
  return { document, side: 'bill', outcome: 'changed', id: before.id, before, ...fitting };
}

type Correction = Pick<PlannedDocument, 'paid' | 'voidReceiptIds'>;

/** What is applied today fits; what was applied on days gone by and taken back since has to as well. */
function fitAllDays(
  document: ImportedDocument,
  before: KnownDocument,
  { known, baseCurrency, correction }: Against & { readonly correction: Correction },
): Correction | RowNote {
  const { paid, voidReceiptIds } = correction;
  const isMoved = document.amountPaise < before.amountPaise || document.currency !== before.currency;
  if (paid === null && !isMoved) return correction;
  const gone = new Set(voidReceiptIds);
  const spans = known
    .spansOf('bill', before.id)
    .filter(({ untilDay, receiptId }) => untilDay !== null || receiptId === null || !gone.has(receiptId));
  if (spans.length === 0) return correction;
  const may = mayStand(
    { currency: before.currency, amountPaise: before.amountPaise, spans },
    { currency: document.currency, amountPaise: before.amountPaise },
    baseCurrency,
  );
  if (!may.ok) return refusedRow(document, may.refusal, baseCurrency);
  const most = peakFrom(spans, null);
  if (most > document.amountPaise) return belowAllocated(document, most, baseCurrency);
  if (paid === null) return correction;
  const day = firstDayOfRoom({ amountPaise: document.amountPaise, spans }, paid);
  if (day === null) return belowAllocated(document, paise(most + paid.amountPaise), baseCurrency);
  return { paid: { ...paid, day }, voidReceiptIds };
}

function isSame(document: ImportedDocument, before: KnownDocument): boolean {
  const isBill = before.dueDay !== null;
  return (
    before.kind === document.kind &&
    before.day === document.day &&
    (!isBill || before.dueDay === dueDayOf(document)) &&
    before.amountPaise === document.amountPaise &&
    before.currency === document.currency &&
    before.foreignMinor === document.foreignMinor &&
    before.rateE6 === document.rateE6
  );
}

/**
 * More paid than the last file said: the difference is a receipt of its own on its own day, so that the book still
 * knows what was open before. Less paid: the file corrects itself, its earlier receipts are void and one takes their place.
 */
function correctPaid(
  paid: PaidPart | null,
  applied: KnownApplied | null,
): Pick<PlannedDocument, 'paid' | 'voidReceiptIds'> {
  const before = applied?.bySourcePaise ?? ZERO;
  const now = paid?.amountPaise ?? ZERO;
  if (now === before) return { paid: null, voidReceiptIds: [] };
  if (now < before) return { paid, voidReceiptIds: applied?.bySourceReceiptIds ?? [] };
  if (paid === null || before === 0) return { paid, voidReceiptIds: [] };
  // A foreign part cannot be told from two base amounts at one rate; it is replaced whole.
  if (paid.foreignMinor !== null) return { paid, voidReceiptIds: applied?.bySourceReceiptIds ?? [] };
  return { paid: { ...paid, amountPaise: paise(now - before) }, voidReceiptIds: [] };
}

function belowAllocated(document: ImportedDocument, applied: Paise, baseCurrency: string): RowNote {
  const amount = formatMoney(document.amountPaise, baseCurrency);
  const settled = formatMoney(applied, baseCurrency);
  const sentence = `The bill of ${amount} is smaller than the ${settled} already settled against it.`;
  const { refusal } = refuse('below-allocated', sentence, { values: { amount, settled } });
  return refusedRow(document, refusal, baseCurrency);
}

type Standing = { readonly amountPaise: Paise; readonly currency: string | null };

/** As for a change by hand; a file never moves a document to another customer. */
function mayStand(
  before: Standing & { readonly spans: readonly KnownSpan[] },
  after: Standing,
  baseCurrency: string,
): Result<null> {
  return mayChange({ ...before, customerId: 0 }, { ...after, customerId: 0 }, baseCurrency);
}

/**
 * The day on which a further payment counts: its own, or where the bill was paid on that day by money that was taken back
 * since, the first day after on which it fits. Null where it fits on none.
 */
export function firstDayOfRoom(
  bill: { readonly amountPaise: Paise; readonly spans: readonly AppliedSpan[] },
  wish: { readonly day: Day; readonly amountPaise: Paise },
): Day | null {
  const laterDays = bill.spans
    .flatMap(({ untilDay }) => (untilDay !== null && untilDay > wish.day ? [untilDay] : []))
    .toSorted();
  return [wish.day, ...laterDays].find((day) => roomFrom(bill, day) >= wish.amountPaise) ?? null;
}
