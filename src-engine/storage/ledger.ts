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

/** Documents asked for. */
export type LedgerScope = {
  readonly billIds: readonly number[];
  readonly receiptIds: readonly number[];
  readonly creditIds: readonly number[];
};

type AllocationRow = {
  readonly allocationId: number;
  readonly billId: number;
  readonly instalmentId: number | null;
  readonly receiptId: number | null;
  readonly creditId: number | null;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
  readonly foreignMinor: number | null;
};

/**
 * All facts of the book that are not void, or those of some documents: these whole, with every allocation of theirs, and
 * whatever stands at the other end of one (of which only that allocation is there). Allocations of a voided document are
 * left out with it.
 */
export function ledgerOf(tx: ReadTx, scope?: LedgerScope): Ledger {
  const ids = scope && idsIn(tx, scope);
  const bills = billsOf(tx, ids?.bills);
  const moneyIn = [...receiptsOf(tx, ids?.receipts), ...creditsOf(tx, ids?.credits)];
  const billAt = new Map(bills.map((bill, at) => [bill.billId, at]));
  const moneyAt = new Map(moneyIn.map((one, at) => [moneyKey(one.kind, one.documentId), at]));
  const allocations: LedgerAllocation[] = [];
  for (const row of allocationRows(tx, ids?.allocations)) {
    const { receiptId, creditId, ...allocation } = row;
    const bill = billAt.get(row.billId);
    const key = receiptId === null ? moneyKey('credit', creditId) : moneyKey('receipt', receiptId);
    const money = moneyAt.get(key);
    if (bill === undefined || money === undefined) continue;
    const { allocationId, instalmentId, allocationDay, amountPaise, foreignMinor } = allocation;
    allocations.push({
      allocationId,
      bill,
      moneyIn: money,
      instalmentId,
      allocationDay,
      amountPaise,
      foreignMinor,
    });
  }
  return { bills, moneyIn, allocations };
}

/** Every document of one customer. */
export function scopeOfCustomer(tx: ReadTx, customerId: number): LedgerScope {
  const idsOf = (table: 'bills' | 'receipts' | 'credits'): readonly number[] =>
    tx.sqlite
      .prepare<[number], number>(`select id from ${table} where customer_id = ?`)
      .pluck()
      .all(customerId);
  return { billIds: idsOf('bills'), receiptIds: idsOf('receipts'), creditIds: idsOf('credits') };
}

/** Every document in another currency than the book's. */
export function scopeOfForeign(tx: ReadTx): LedgerScope {
  const idsOf = (table: 'bills' | 'receipts' | 'credits'): readonly number[] =>
    tx.sqlite
      .prepare<[], number>(`select id from ${table} where currency is not null and voided_at is null`)
      .pluck()
      .all();
  return { billIds: idsOf('bills'), receiptIds: idsOf('receipts'), creditIds: idsOf('credits') };
}

/** Ids as JSON texts, which one parameter can carry however many there are. */
type Ids = Readonly<Record<'bills' | 'receipts' | 'credits' | 'allocations', string>>;

function idsIn(tx: ReadTx, scope: LedgerScope): Ids {
  const asked = {
    bills: JSON.stringify(scope.billIds),
    receipts: JSON.stringify(scope.receiptIds),
    credits: JSON.stringify(scope.creditIds),
  };
  const rows = tx.sqlite
    .prepare<typeof asked, Pick<AllocationRow, 'allocationId' | 'billId' | 'receiptId' | 'creditId'>>(
      `select id as allocationId, bill_id as billId, receipt_id as receiptId, credit_id as creditId from allocations
        where id in (select id from allocations where bill_id in (select value from json_each(@bills))
               union select id from allocations where receipt_id in (select value from json_each(@receipts))
               union select id from allocations where credit_id in (select value from json_each(@credits)))`,
    )
    .all(asked);
  const together = (ids: readonly number[], ends: readonly (number | null)[]): string =>
    JSON.stringify([...new Set([...ids, ...ends.filter((id) => id !== null)])]);
  return {
    bills: together(
      scope.billIds,
      rows.map((row) => row.billId),
    ),
    receipts: together(
      scope.receiptIds,
      rows.map((row) => row.receiptId),
    ),
    credits: together(
      scope.creditIds,
      rows.map((row) => row.creditId),
    ),
    allocations: JSON.stringify(rows.map((row) => row.allocationId)),
  };
}

/** A condition on ids, and what to bind for it. */
function among(column: string, ids: string | undefined): { readonly sql: string; readonly bound: string[] } {
  return ids === undefined
    ? { sql: 'true', bound: [] }
    : { sql: `${column} in (select value from json_each(?))`, bound: [ids] };
}

function moneyKey(kind: MoneyInKind | 'credit', id: number | null): string {
  return `${kind === 'receipt' ? 'receipt' : 'credit'}:${id}`;
}

function billsOf(tx: ReadTx, ids: string | undefined): readonly LedgerBill[] {
  const instalments = instalmentsOf(tx, ids);
  const { sql, bound } = among('id', ids);
  const rows = tx.sqlite
    .prepare<string[], Omit<LedgerBill, 'instalments'>>(
      `select id as billId, customer_id as customerId, kind, number, bill_day as billDay, due_day as dueDay,
              amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from bills where voided_at is null and ${sql} order by id`,
    )
    .all(...bound);
  return rows.map((row) => ({ ...row, instalments: instalments.get(row.billId) ?? null }));
}

function instalmentsOf(tx: ReadTx, ids: string | undefined): ReadonlyMap<number, Instalment[]> {
  const { sql, bound } = among('bill_id', ids);
  const rows = tx.sqlite
    .prepare<string[], Instalment & { readonly billId: number }>(
      `select bill_id as billId, id as instalmentId, position, due_day as dueDay, amount_paise as amountPaise
         from instalments where ${sql} order by bill_id, due_day, position`,
    )
    .all(...bound);
  return Map.groupBy(rows, (row) => row.billId);
}

function receiptsOf(tx: ReadTx, ids: string | undefined): readonly LedgerMoneyIn[] {
  const { sql, bound } = among('id', ids);
  return tx.sqlite
    .prepare<string[], LedgerMoneyIn>(
      `select 'receipt' as kind, id as documentId, customer_id as customerId, number, receipt_day as day,
              effective_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from receipts where voided_at is null and ${sql} order by id`,
    )
    .all(...bound);
}

function creditsOf(tx: ReadTx, ids: string | undefined): readonly LedgerMoneyIn[] {
  const { sql, bound } = among('id', ids);
  return tx.sqlite
    .prepare<string[], LedgerMoneyIn>(
      `select kind, id as documentId, customer_id as customerId, number, credit_day as day,
              credit_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
         from credits where voided_at is null and ${sql} order by id`,
    )
    .all(...bound);
}

function allocationRows(tx: ReadTx, ids: string | undefined): Iterable<AllocationRow> {
  const { sql, bound } = among('id', ids);
  return tx.sqlite
    .prepare<string[], AllocationRow>(
      `select id as allocationId, bill_id as billId, instalment_id as instalmentId, receipt_id as receiptId,
              credit_id as creditId, allocation_day as allocationDay, amount_paise as amountPaise,
              foreign_minor as foreignMinor
         from allocations where ${sql} order by id`,
    )
    .iterate(...bound);
}
