import { mayPay, peakFrom, type AppliedSpan, type BillSide, type MoneySide } from './allocation.ts';
import type { Instalment } from './ledger.ts';

/** An application that would count again with the document that is brought back. */
export type Returning = {
  readonly span: AppliedSpan;
  readonly bill: BillSide;
  readonly money: MoneySide;
};

/**
 * Voiding leaves a document's applications as they are: with the document they leave every figure as of every day,
 * and come back with it. Meanwhile its money (or its bill) may have been used elsewhere. Ids of those that no longer
 * fit, in the order in which they were made; the others count again as before. Both sides are looked at over all days.
 */
export function noLongerFitting(returning: readonly Returning[]): readonly number[] {
  const spans = new Map<string, readonly AppliedSpan[]>();
  const lost: number[] = [];
  for (const { span, bill, money } of returning) {
    const [billKey, moneyKey] = [`bill:${bill.billId}`, `${money.kind}:${money.documentId}`];
    const onBill = [...(spans.get(billKey) ?? bill.spans), span];
    const ofMoney = [...(spans.get(moneyKey) ?? money.spans), span];
    const fits =
      mayPay(money, bill) &&
      money.currency === bill.currency &&
      peakFrom(onBill, null) <= bill.amountPaise &&
      peakFrom(ofMoney, null) <= money.amountPaise &&
      instalmentFits(onBill, bill.instalments, span.instalmentId);
    if (!fits) {
      lost.push(span.allocationId);
      continue;
    }
    spans.set(billKey, onBill);
    spans.set(moneyKey, ofMoney);
  }
  return lost;
}

function instalmentFits(
  spans: readonly AppliedSpan[],
  instalments: readonly Instalment[] | null,
  instalmentId: number | null,
): boolean {
  if (instalmentId === null) return true;
  const instalment = instalments?.find((one) => one.instalmentId === instalmentId);
  const named = spans.filter((one) => one.instalmentId === instalmentId);
  return instalment !== undefined && peakFrom(named, null) <= instalment.amountPaise;
}
