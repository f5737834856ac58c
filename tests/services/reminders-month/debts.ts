import type { Mirror, Row } from './mirror.ts';

// What a customer owes on a day, reckoned from his documents alone by this test's own rule.

/** 'bill id|due day' → what is open of it, whole paise. */
export type Debt = {
  readonly parts: ReadonlyMap<string, number>;
  /** Money of his that is applied to nothing. */
  readonly unallocated: number;
  readonly balance: number;
};

const num = (row: Row, name: string): number => Number(row[name] ?? 0);
const text = (row: Row, name: string): string => String(row[name] ?? '');

/** The first day on which a receipt or a credit counts. */
function countsFrom(money: Row): string {
  if (money['receipt_day'] === undefined) return text(money, 'credit_day');
  const [receipt, cheque] = [text(money, 'receipt_day'), text(money, 'cheque_day')];
  return cheque > receipt ? cheque : receipt;
}

export function isVoid(row: Row): boolean {
  return row['voided_at'] !== null;
}

/** Applied to a bill, or of a receipt, by that day; void documents apply nothing. */
function counted(mirror: Mirror, applied: readonly Row[], on: string): readonly Row[] {
  return applied.filter((one) => {
    const bill = mirror.one('bills', num(one, 'bill_id'));
    const money =
      one['receipt_id'] === null
        ? mirror.one('credits', num(one, 'credit_id'))
        : mirror.one('receipts', num(one, 'receipt_id'));
    const days = [text(one, 'allocation_day'), text(bill, 'bill_day'), countsFrom(money)];
    return !isVoid(bill) && !isVoid(money) && days.every((one) => one <= on);
  });
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((all, row) => all + num(row, 'amount_paise'), 0);
}

export function debtOf(mirror: Mirror, customerId: number, on: string): Debt {
  const parts = new Map<string, number>();
  for (const bill of mirror.by('bills', 'customer_id', customerId)) {
    if (isVoid(bill) || text(bill, 'bill_day') > on) continue;
    for (const [dueDay, open] of openOf(mirror, bill, on)) {
      const key = `${num(bill, 'id')}|${dueDay}`;
      parts.set(key, (parts.get(key) ?? 0) + open);
    }
  }
  const unallocated = (['receipts', 'credits'] as const)
    .flatMap((noun) => mirror.by(noun, 'customer_id', customerId).map((money) => ({ noun, money })))
    .filter(({ money }) => !isVoid(money) && countsFrom(money) <= on)
    .reduce((all, { noun, money }) => {
      const column = noun === 'receipts' ? 'receipt_id' : 'credit_id';
      const used = sum(counted(mirror, mirror.by('allocations', column, money['id']), on));
      return all + num(money, 'amount_paise') - used;
    }, 0);
  const open = [...parts.values()].reduce((all, one) => all + one, 0);
  return { parts, unallocated, balance: open - unallocated };
}

/** Money that names an instalment lowers it; the rest lowers the one that is due first. */
function openOf(mirror: Mirror, bill: Row, on: string): readonly (readonly [string, number])[] {
  const applied = counted(mirror, mirror.by('allocations', 'bill_id', bill['id']), on);
  const instalments = mirror
    .by('instalments', 'bill_id', bill['id'])
    .toSorted((a, b) => (text(a, 'due_day') < text(b, 'due_day') ? -1 : 1));
  if (instalments.length === 0) {
    const open = num(bill, 'amount_paise') - sum(applied);
    return open > 0 ? [[text(bill, 'due_day'), open]] : [];
  }
  const named = instalments.map((one) =>
    sum(applied.filter((other) => other['instalment_id'] === one['id'])),
  );
  let rest = sum(applied) - named.reduce((all, one) => all + one, 0);
  return instalments.flatMap((one, at) => {
    const left = num(one, 'amount_paise') - (named[at] ?? 0);
    const filled = Math.min(left, rest);
    rest -= filled;
    return left > filled ? [[text(one, 'due_day'), left - filled] as const] : [];
  });
}

/** Amounts of the receipts of his that count by a day. */
export function receivedBy(mirror: Mirror, customerId: number, on: string): readonly number[] {
  return mirror
    .by('receipts', 'customer_id', customerId)
    .filter((one) => !isVoid(one) && countsFrom(one) <= on)
    .map((one) => num(one, 'amount_paise'));
}
