import { noLongerFitting } from '#domain/allocation-restore.ts';
import { moneyText } from '#domain/imports/reasons.ts';
import { sumOf } from '#domain/money.ts';
import type { Refusal } from '#domain/result.ts';
import { billSides, moneySides, openApplicationsOf } from '../../storage/allocation-sides.ts';
import { allocationsById } from '../../storage/allocations.ts';
import type { WriteTx } from '../../storage/database.ts';
import { insertUndos, type Writing } from './write.ts';

/**
 * To be called while a document is still void, before it is brought back. Voiding wrote no rows, because a void
 * document's applications count on no day; so restoring gives back every figure of every day exactly. What no longer
 * fits is taken back on its own day: it then counts on no day at all, neither before the document was voided nor after.
 */
export function bringBack(
  tx: WriteTx,
  writing: Writing,
  document: { readonly kind: 'bill' | 'receipt' | 'credit'; readonly id: number },
): Refusal[] {
  const returning = openApplicationsOf(tx, document);
  const idsOf = (kind: 'receipt' | 'credit') => ({
    idsVoidOrNot: returning.filter((one) => one.kind === kind).map((one) => one.moneyId),
  });
  const bills = billSides(tx, { idsVoidOrNot: returning.map(({ billId }) => billId) });
  const money = {
    receipt: moneySides(tx, 'receipt', idsOf('receipt')),
    credit: moneySides(tx, 'credit', idsOf('credit')),
  };
  const lost = noLongerFitting(
    returning.flatMap(({ span, billId, kind, moneyId }) => {
      const [bill, paying] = [bills.get(billId), money[kind].get(moneyId)];
      return bill && paying ? [{ span, bill, money: paying }] : [];
    }),
  );
  if (lost.length === 0) return [];
  const stored = allocationsById(tx, lost);
  insertUndos(
    tx,
    writing,
    stored.map((allocation) => ({ allocation, day: allocation.allocationDay })),
  );
  const amount = moneyText(
    sumOf(stored, (one) => one.amountPaise),
    writing.book.baseCurrency,
  );
  const sentence = `${amount} that was applied before is used elsewhere by now and is not applied again.`;
  return [{ code: 'not-applied-again', sentence, values: { amount } }];
}
