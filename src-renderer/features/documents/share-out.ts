import type { OpenItem } from '#contract/engine/bills.ts';
import { paise, sumOf, type Paise } from '#domain/money.ts';

/** An open bill that money may be applied to, by its oldest open day. */
export type OpenBill = {
  readonly billId: number;
  readonly number: string | null;
  readonly dueDay: OpenItem['dueDay'];
  readonly openPaise: Paise;
  /** What oldest-first would give it. */
  readonly amountPaise: Paise;
};

/**
 * What oldest-first would do with an amount, for the form to show while one types: the engine decides it anew when
 * the receipt is saved. Instalments of one bill are one line; they fill by their own due days.
 */
export function shareOut(
  items: readonly OpenItem[],
  amountPaise: Paise,
  currency: string | null,
): readonly OpenBill[] {
  let left: number = amountPaise;
  const bills = new Map<number, OpenBill>();
  const byDue = items.toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
  for (const item of byDue) {
    const billId = Number(/^bill:(\d+)/.exec(item.key)?.[1] ?? Number.NaN);
    if (Number.isNaN(billId) || item.openPaise <= 0 || item.currency !== currency) continue;
    const given = Math.min(left, item.openPaise);
    left -= given;
    const before = bills.get(billId);
    bills.set(billId, {
      billId,
      number: item.number,
      dueDay: before?.dueDay ?? item.dueDay,
      openPaise: paise((before?.openPaise ?? 0) + item.openPaise),
      amountPaise: paise((before?.amountPaise ?? 0) + given),
    });
  }
  return [...bills.values()];
}

/** Amounts typed by hand win over what is proposed. */
export function givenTo(
  bills: readonly OpenBill[],
  typed: ReadonlyMap<number, Paise | null | undefined>,
): readonly OpenBill[] {
  return bills.map((bill) =>
    typed.has(bill.billId) ? { ...bill, amountPaise: typed.get(bill.billId) ?? paise(0) } : bill,
  );
}

export function givenSum(bills: readonly OpenBill[]): Paise {
  return sumOf(bills, (bill) => bill.amountPaise);
}
