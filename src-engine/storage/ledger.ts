import type Database from 'better-sqlite3';
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
import { oncePrepared } from './statements.ts';

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

const scopes = oncePrepared((sqlite) => {
  const idsOf = (table: 'bills' | 'receipts' | 'credits'): Database.Statement<[string], number> =>
    sqlite
      .prepare<[string], number>(
        `select id from ${table} where customer_id in (select value from json_each(?))`,
      )
      .pluck();
  return { bills: idsOf('bills'), receipts: idsOf('receipts'), credits: idsOf('credits') };
});

/** Every document of some customers. */
export function scopeOfCustomers(tx: ReadTx, customerIds: readonly number[]): LedgerScope {
  const { bills, receipts, credits } = scopes(tx);
  const ids = JSON.stringify(customerIds);
  return { billIds: bills.all(ids), receiptIds: receipts.all(ids), creditIds: credits.all(ids) };
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

type Ends = Pick<AllocationRow, 'allocationId' | 'billId' | 'receiptId' | 'creditId'>;

const ends = oncePrepared((sqlite) =>
  sqlite.prepare<Omit<Ids, 'allocations'>, Ends>(
    `select id as allocationId, bill_id as billId, receipt_id as receiptId, credit_id as creditId from allocations
      where id in (select id from allocations where bill_id in (select value from json_each(@bills))
             union select id from allocations where receipt_id in (select value from json_each(@receipts))
             union select id from allocations where credit_id in (select value from json_each(@credits)))`,
  ),
);

function idsIn(tx: ReadTx, scope: LedgerScope): Ids {
  const asked = {
    bills: JSON.stringify(scope.billIds),
    receipts: JSON.stringify(scope.receiptIds),
    credits: JSON.stringify(scope.creditIds),
  };
  const rows = ends(tx).all(asked);
  const together = (ids: readonly number[], others: readonly (number | null)[]): string =>
    JSON.stringify([...new Set([...ids, ...others.filter((id) => id !== null)])]);
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

/** Rows of a list of ids, or of the whole book. */
function among<Row>(
  column: string,
  write: (isAsked: string) => string,
): (tx: ReadTx, ids: string | undefined) => IterableIterator<Row> {
  const every = oncePrepared((sqlite) => sqlite.prepare<[], Row>(write('true')));
  const some = oncePrepared((sqlite) =>
    sqlite.prepare<[string], Row>(write(`${column} in (select value from json_each(?))`)),
  );
  return (tx, ids) => (ids === undefined ? every(tx).iterate() : some(tx).iterate(ids));
}

function moneyKey(kind: MoneyInKind | 'credit', id: number | null): string {
  return `${kind === 'receipt' ? 'receipt' : 'credit'}:${id}`;
}

const billRows = among<Omit<LedgerBill, 'instalments'>>(
  'id',
  (
    isAsked,
  ) => `select id as billId, customer_id as customerId, kind, number, bill_day as billDay, due_day as dueDay,
      amount_paise as amountPaise, currency, foreign_minor as foreignMinor
    from bills where voided_at is null and ${isAsked} order by id`,
);

function billsOf(tx: ReadTx, ids: string | undefined): readonly LedgerBill[] {
  const instalments = Map.groupBy(instalmentRows(tx, ids), (row) => row.billId);
  return Array.from(billRows(tx, ids), (row) => ({
    ...row,
    instalments: instalments.get(row.billId) ?? null,
  }));
}

const instalmentRows = among<Instalment & { readonly billId: number }>(
  'bill_id',
  (
    isAsked,
  ) => `select bill_id as billId, id as instalmentId, position, due_day as dueDay, amount_paise as amountPaise
    from instalments where ${isAsked} order by bill_id, due_day, position`,
);

const receiptsOf = among<LedgerMoneyIn>(
  'id',
  (
    isAsked,
  ) => `select 'receipt' as kind, id as documentId, customer_id as customerId, number, receipt_day as day,
      effective_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
    from receipts where voided_at is null and ${isAsked} order by id`,
);

const creditsOf = among<LedgerMoneyIn>(
  'id',
  (isAsked) => `select kind, id as documentId, customer_id as customerId, number, credit_day as day,
      credit_day as effectiveDay, amount_paise as amountPaise, currency, foreign_minor as foreignMinor
    from credits where voided_at is null and ${isAsked} order by id`,
);

const allocationRows = among<AllocationRow>(
  'id',
  (
    isAsked,
  ) => `select id as allocationId, bill_id as billId, instalment_id as instalmentId, receipt_id as receiptId,
      credit_id as creditId, allocation_day as allocationDay, amount_paise as amountPaise,
      foreign_minor as foreignMinor
    from allocations where ${isAsked} order by id`,
);
