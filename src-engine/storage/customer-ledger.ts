import type { Day } from '#domain/days.ts';
import type { Instalment, Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx } from './database.ts';

/** What the page of a customer shows beside the facts that figures are made of. */
export type CustomerLedger = {
  readonly ledger: Ledger;
  /** Why a bill is not chased, by its id. */
  readonly doNotChase: ReadonlyMap<number, string>;
  /** Of an allocation that undoes another: that other's id, by its own. */
  readonly reverses: ReadonlyMap<number, number>;
};

/**
 * The facts of a few customers that are not void, read through indexes: a page must not wait for a whole book. Money
 * of a payer may settle another's bill, so documents of others are among them where an allocation reaches over.
 */
export function ledgerOfCustomers(tx: ReadTx, customerIds: readonly number[]): CustomerLedger {
  const ids = JSON.stringify(customerIds);
  const bills = billsOf(tx, ids);
  const moneyIn = [...receiptsOf(tx, ids), ...creditsOf(tx, ids)];
  const billAt = new Map(bills.map((bill, at) => [bill.billId, at]));
  const moneyAt = new Map(moneyIn.map((one, at) => [keyOf(one.kind, one.documentId), at]));
  const allocations: LedgerAllocation[] = [];
  const reverses = new Map<number, number>();
  for (const { billId, receiptId, creditId, reversesId, ...row } of allocationRows(tx, ids)) {
    const bill = billAt.get(billId);
    const key = receiptId === null ? keyOf('credit', creditId) : keyOf('receipt', receiptId);
    const money = moneyAt.get(key);
    // An allocation of a voided document is left out with it.
    if (bill === undefined || money === undefined) continue;
    if (reversesId !== null) reverses.set(row.allocationId, reversesId);
    allocations.push({ ...row, bill, moneyIn: money });
  }
  const doNotChase = new Map<number, string>();
  for (const { billId, doNotChaseReason: reason } of bills)
    if (reason !== null) doNotChase.set(billId, reason);
  return { ledger: { bills, moneyIn, allocations }, doNotChase, reverses };
}

function keyOf(kind: string, id: number | null): string {
  return `${kind === 'receipt' ? 'receipt' : 'credit'}:${id}`;
}

const OWN = 'select value from json_each(@ids)';
const OWN_ALLOCATIONS = `
  select id from allocations where bill_id in (select id from bills where customer_id in (${OWN}))
  union
  select id from allocations where receipt_id in (select id from receipts where customer_id in (${OWN}))
  union
  select id from allocations where credit_id in (select id from credits where customer_id in (${OWN}))`;

/** The customers' own rows of a table, and those that an allocation ties to them. */
function ownOrTied(table: 'bills' | 'receipts' | 'credits', column: string): string {
  return `id in (select id from ${table} where customer_id in (${OWN})
                 union
                 select ${column} from allocations where id in (${OWN_ALLOCATIONS}) and ${column} is not null)`;
}

type BillRow = Omit<LedgerBill, 'instalments'> & { readonly doNotChaseReason: string | null };

function billsOf(tx: ReadTx, ids: string): readonly (LedgerBill & BillRow)[] {
  const rows = tx.sqlite
    .prepare<{ ids: string }, BillRow>(
      `select id as billId, customer_id as customerId, kind, number, bill_day as billDay, due_day as dueDay,
              amount_paise as amountPaise, currency, foreign_minor as foreignMinor,
              do_not_chase_reason as doNotChaseReason
         from bills where voided_at is null and ${ownOrTied('bills', 'bill_id')} order by id`,
    )
    .all({ ids });
  const instalments = instalmentsOf(tx, JSON.stringify(rows.map((row) => row.billId)));
  return rows.map((row) => ({ ...row, instalments: instalments.get(row.billId) ?? null }));
}

function instalmentsOf(tx: ReadTx, billIds: string): ReadonlyMap<number, Instalment[]> {
  const rows = tx.sqlite
    .prepare<{ ids: string }, Instalment & { readonly billId: number }>(
      `select bill_id as billId, id as instalmentId, position, due_day as dueDay, amount_paise as amountPaise
         from instalments where bill_id in (${OWN}) order by bill_id, due_day, position`,
    )
    .all({ ids: billIds });
  return Map.groupBy(rows, (row) => row.billId);
}

function receiptsOf(tx: ReadTx, ids: string): readonly LedgerMoneyIn[] {
  return tx.sqlite
    .prepare<{ ids: string }, LedgerMoneyIn>(
      `select 'receipt' as kind, id as documentId, customer_id as customerId, number, receipt_day as day,
              effective_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from receipts where voided_at is null and ${ownOrTied('receipts', 'receipt_id')} order by id`,
    )
    .all({ ids });
}

function creditsOf(tx: ReadTx, ids: string): readonly LedgerMoneyIn[] {
  return tx.sqlite
    .prepare<{ ids: string }, LedgerMoneyIn>(
      `select kind, id as documentId, customer_id as customerId, number, credit_day as day,
              credit_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from credits where voided_at is null and ${ownOrTied('credits', 'credit_id')} order by id`,
    )
    .all({ ids });
}

type AllocationRow = Omit<LedgerAllocation, 'bill' | 'moneyIn'> & {
  readonly billId: number;
  readonly receiptId: number | null;
  readonly creditId: number | null;
  readonly reversesId: number | null;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
};

function allocationRows(tx: ReadTx, ids: string): readonly AllocationRow[] {
  return tx.sqlite
    .prepare<{ ids: string }, AllocationRow>(
      `select id as allocationId, bill_id as billId, instalment_id as instalmentId, receipt_id as receiptId,
              credit_id as creditId, reverses_id as reversesId, allocation_day as allocationDay,
              amount_paise as amountPaise, foreign_minor as foreignMinor
         from allocations where id in (${OWN_ALLOCATIONS}) order by id`,
    )
    .all({ ids });
}
