import type { Day } from '#domain/days.ts';
import type {
  Instalment,
  Ledger,
  LedgerAllocation,
  LedgerBill,
  LedgerMoneyIn,
  MoneyInKind,
} from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx } from './database.ts';

type AllocationRow = {
  readonly billId: number;
  readonly instalmentId: number | null;
  readonly receiptId: number | null;
  readonly creditId: number | null;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
};

/** All facts of the book that are not void. Allocations of a voided document are left out with it. */
export function ledgerOf(tx: ReadTx): Ledger {
  const bills = billsOf(tx);
  const moneyIn = [...receiptsOf(tx), ...creditsOf(tx)];
  const billAt = new Map(bills.map((bill, at) => [bill.billId, at]));
  const moneyAt = new Map(moneyIn.map((one, at) => [moneyKey(one.kind, one.documentId), at]));
  const allocations: LedgerAllocation[] = [];
  for (const row of allocationRows(tx)) {
    const bill = billAt.get(row.billId);
    const key =
      row.receiptId === null ? moneyKey('credit', row.creditId) : moneyKey('receipt', row.receiptId);
    const money = moneyAt.get(key);
    if (bill === undefined || money === undefined) continue;
    const { instalmentId, allocationDay, amountPaise } = row;
    allocations.push({ bill, moneyIn: money, instalmentId, allocationDay, amountPaise });
  }
  return { bills, moneyIn, allocations };
}

function moneyKey(kind: MoneyInKind | 'credit', id: number | null): string {
  return `${kind === 'receipt' ? 'receipt' : 'credit'}:${id}`;
}

function billsOf(tx: ReadTx): readonly LedgerBill[] {
  const instalments = instalmentsOf(tx);
  const rows = tx.sqlite
    .prepare<[], Omit<LedgerBill, 'instalments'>>(
      `select id as billId, customer_id as customerId, kind, number, bill_day as billDay, due_day as dueDay,
              amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from bills where voided_at is null order by id`,
    )
    .all();
  return rows.map((row) => ({ ...row, instalments: instalments.get(row.billId) ?? null }));
}

function instalmentsOf(tx: ReadTx): ReadonlyMap<number, Instalment[]> {
  const rows = tx.sqlite
    .prepare<[], Instalment & { readonly billId: number }>(
      `select bill_id as billId, id as instalmentId, position, due_day as dueDay, amount_paise as amountPaise
         from instalments order by bill_id, due_day, position`,
    )
    .all();
  return Map.groupBy(rows, (row) => row.billId);
}

function receiptsOf(tx: ReadTx): readonly LedgerMoneyIn[] {
  return tx.sqlite
    .prepare<[], LedgerMoneyIn>(
      `select 'receipt' as kind, id as documentId, customer_id as customerId, number, receipt_day as day,
              effective_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from receipts where voided_at is null order by id`,
    )
    .all();
}

function creditsOf(tx: ReadTx): readonly LedgerMoneyIn[] {
  return tx.sqlite
    .prepare<[], LedgerMoneyIn>(
      `select kind, id as documentId, customer_id as customerId, number, credit_day as day,
              credit_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from credits where voided_at is null order by id`,
    )
    .all();
}

function allocationRows(tx: ReadTx): Iterable<AllocationRow> {
  return tx.sqlite
    .prepare<[], AllocationRow>(
      `select bill_id as billId, instalment_id as instalmentId, receipt_id as receiptId, credit_id as creditId,
              allocation_day as allocationDay, amount_paise as amountPaise
         from allocations order by id`,
    )
    .iterate();
}
