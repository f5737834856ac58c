import type { MoneyRef } from '#contract/engine/allocations.ts';
import {
  applyParts,
  undoDay,
  type MoneySide,
  type NewApplication,
  type PartWish,
} from '#domain/allocation.ts';
import { laterDay, type Day } from '#domain/days.ts';
import { gone } from '#domain/documents.ts';
import { negate } from '#domain/money.ts';
import { oldestFirst } from '#domain/oldest-first.ts';
import { refuse, type Result } from '#domain/result.ts';
import { billSides, moneySides } from '../../storage/allocation-sides.ts';
import { allocationsById, insertAllocations, type StoredAllocation } from '../../storage/allocations.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { refused, type BookContext } from '../door.ts';

export type Writing = Pick<BookContext, 'newId' | 'now' | 'today' | 'book'>;

/** The receipt or credit that is applied; refused when it is gone or void. */
export function moneyOf(tx: ReadTx, ref: MoneyRef): MoneySide {
  const money = moneySides(tx, ref.kind, { ids: [ref.id] }).get(ref.id);
  if (!money) throw refused(gone().refusal);
  return money;
}

/** Money and bills of a day still to come take part from the day on which the money counts. */
export function planDayOf(money: MoneySide, today: Day): Day {
  return laterDay(today, money.effectiveDay);
}

/** Applies parts as a person chose them. Refuses by throwing, so that nothing of the transaction stays. */
export function applyChosen(
  tx: WriteTx,
  writing: Writing,
  wish: { readonly money: MoneySide; readonly parts: readonly PartWish[]; readonly day: Day },
): number[] {
  const made = checked(tx, writing, wish);
  if (!made.ok) throw refused(made.refusal);
  return insertApplications(tx, writing, { made: made.value, day: wish.day });
}

function checked(
  tx: ReadTx,
  { book }: Writing,
  wish: { readonly money: MoneySide; readonly parts: readonly PartWish[]; readonly day: Day },
): Result<readonly NewApplication[]> {
  const bills = billSides(tx, { ids: wish.parts.map(({ billId }) => billId) });
  return applyParts(wish.money, bills, { ...wish, baseCurrency: book.baseCurrency });
}

/**
 * What a receipt or credit pays as it is entered. It is applied on the document's own day, as if it had been entered
 * then; where that day is taken (the bill was paid then by a cheque that came back), from today on.
 */
export function applyOnEntry(
  tx: WriteTx,
  writing: Writing,
  wish: {
    readonly money: MoneyRef;
    readonly allocate: 'oldest-first' | 'none' | readonly PartWish[];
    readonly documentDay: Day;
  },
): void {
  const { allocate, documentDay } = wish;
  if (allocate === 'none') return;
  const money = moneyOf(tx, wish.money);
  const planDay = planDayOf(money, writing.today);
  const parts =
    allocate === 'oldest-first'
      ? oldestFirst([money], [...billSides(tx, { customerId: money.customerId }).values()], planDay).map(
          ({ billId, amountPaise }) => ({ billId, amountPaise }),
        )
      : allocate;
  if (parts.length === 0) return;
  const day = checked(tx, writing, { money, parts, day: documentDay }).ok ? documentDay : planDay;
  applyChosen(tx, writing, { money, parts, day });
}

export function insertApplications(
  tx: WriteTx,
  { newId, now }: Writing,
  { made, day }: { readonly made: readonly NewApplication[]; readonly day: Day },
): number[] {
  const own = originOf(newId());
  const createdAt = now();
  const rows = made.map(({ money, billId, instalmentId, amountPaise, foreignMinor }, at) => ({
    ...own(at),
    billId,
    instalmentId,
    receiptId: money.kind === 'receipt' ? money.documentId : null,
    creditId: money.kind === 'credit' ? money.documentId : null,
    allocationDay: day,
    amountPaise,
    foreignMinor,
    reversesId: null,
    createdAt,
  }));
  return insertAllocations(tx, rows);
}

// One id for all rows of a click: keys that ascend as text are far cheaper to index than as many random ones.
function originOf(key: string): (at: number) => { source: string; sourceKey: string; importBatchId: null } {
  return (at) => ({
    source: 'manual',
    sourceKey: `${key}:${String(at + 1).padStart(7, '0')}`,
    importBatchId: null,
  });
}

/** Takes applications back by further rows. All or none: one that was undone before is refused. */
export function undoAllocations(
  tx: WriteTx,
  writing: Writing,
  { ids, day }: { readonly ids: readonly number[]; readonly day: Day | undefined },
): number[] {
  const stored = allocationsById(tx, ids);
  if (stored.length < new Set(ids).size) throw refused(gone().refusal);
  const undone = stored.filter((one) => one.isUndo || one.isUndone).length;
  if (undone > 0) {
    const sentence =
      undone === 1 ? 'One of these was taken back before.' : `${undone} of these were taken back before.`;
    throw refused(refuse('already-undone', sentence, { values: { count: undone } }).refusal);
  }
  return insertUndos(
    tx,
    writing,
    stored.map((allocation) => {
      const on = undoDay(allocation, { day, today: writing.today });
      if (!on.ok) throw refused(on.refusal);
      return { allocation, day: on.value };
    }),
  );
}

/** The same application once more with the other sign; with its instalment, so that this one is open again too. */
export function insertUndos(
  tx: WriteTx,
  { newId, now }: Writing,
  undos: readonly { readonly allocation: StoredAllocation; readonly day: Day }[],
): number[] {
  const own = originOf(newId());
  const createdAt = now();
  const rows = undos.map(({ allocation, day }, at) => {
    const { allocationId, billId, instalmentId, receiptId, creditId, amountPaise, foreignMinor } = allocation;
    return {
      ...own(at),
      billId,
      instalmentId,
      receiptId,
      creditId,
      allocationDay: day,
      amountPaise: negate(amountPaise),
      foreignMinor: foreignMinor === null ? null : 0 - foreignMinor,
      reversesId: allocationId,
      createdAt,
    };
  });
  return insertAllocations(tx, rows);
}
