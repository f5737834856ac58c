import { paise, type Paise } from '#domain/money.ts';
import type { TallyGroup, TallyLedger, TallyOpenBill, TallyOpeningBill } from '#domain/tally/facts.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';

/** Tally's tree of groups, whole, in place of the one before. */
export function putGroups(tx: WriteTx, groups: readonly TallyGroup[]): void {
  tx.sqlite.prepare('delete from tally_groups').run();
  const insert = tx.sqlite.prepare<TallyGroup>(
    `insert into tally_groups (guid, alter_id, name, parent, reserved_name)
     values (@guid, @alterId, @name, @parent, @reservedName)`,
  );
  for (const { guid, alterId, name, parent, reservedName } of groups) {
    insert.run({ guid, alterId, name, parent, reservedName });
  }
}

/** By name. */
export function groupRows(tx: ReadTx): readonly TallyGroup[] {
  return tx.sqlite
    .prepare<[], TallyGroup>(
      `select guid, alter_id as alterId, name, parent, reserved_name as reservedName from tally_groups
        order by name, guid`,
    )
    .all();
}

export type LedgerRow = Pick<
  TallyLedger,
  'guid' | 'masterId' | 'alterId' | 'name' | 'parent' | 'isBillWise' | 'creditPeriod' | 'openingPaise'
> & {
  readonly ledgerId: number;
  /** As Tally compares names. */
  readonly nameKey: string;
  /** As of the connection's `asOfDay`. */
  readonly closingPaise: Paise;
  readonly isCustomer: boolean;
  readonly customerId: number | null;
  /** When it was found to be gone from Tally; null while it is there. */
  readonly goneAt: number | null;
};

const LEDGER = `id as ledgerId, guid, master_id as masterId, alter_id as alterId, name, name_key as nameKey, parent,
  is_bill_wise as isBillWise, credit_period as creditPeriod, opening_paise as openingPaise,
  closing_paise as closingPaise, is_customer as isCustomer, customer_id as customerId, gone_at as goneAt`;

type StoredLedger = Omit<LedgerRow, 'isBillWise' | 'isCustomer'> &
  Readonly<Record<'isBillWise' | 'isCustomer', 0 | 1>>;

function ledgerOf(row: StoredLedger): LedgerRow {
  return { ...row, isBillWise: row.isBillWise === 1, isCustomer: row.isCustomer === 1 };
}

/** Every ledger that was ever kept, those gone from Tally too; in order of id. */
export function ledgerRows(tx: ReadTx): readonly LedgerRow[] {
  return tx.sqlite
    .prepare<[], StoredLedger>(`select ${LEDGER} from tally_ledgers order by id`)
    .all()
    .map(ledgerOf);
}

/** One ledger by what it is known by. */
export function ledgerRow(
  tx: ReadTx,
  by: { readonly ledgerId: number } | { readonly customerId: number } | { readonly guid: string },
): LedgerRow | null {
  const { ofId, ofGuid, ofCustomer } = ledgerStatements(tx);
  const row =
    'ledgerId' in by
      ? ofId.get(by.ledgerId)
      : 'guid' in by
        ? ofGuid.get(by.guid)
        : ofCustomer.get(by.customerId);
  return row ? ledgerOf(row) : null;
}

const ledgerStatements = oncePrepared((sqlite) => {
  const of = <Key extends number | string>(column: string) =>
    sqlite.prepare<[Key], StoredLedger>(
      `select ${LEDGER} from tally_ledgers where ${column} = ? order by id limit 1`,
    );
  return { ofId: of<number>('id'), ofGuid: of<string>('guid'), ofCustomer: of<number>('customer_id') };
});

/** A ledger as it came, with what the services found out about it. */
export type LedgerWish = Pick<
  TallyLedger,
  'guid' | 'masterId' | 'alterId' | 'name' | 'parent' | 'isBillWise' | 'creditPeriod' | 'openingPaise'
> & { readonly nameKey: string; readonly isCustomer: boolean; readonly closingPaise: Paise };

/**
 * Adds ledgers, or replaces what was known of them: by GUID, so a rename keeps the id and the customer. One that was
 * gone is there again. Answers with the id of each GUID.
 */
export function putLedgers(tx: WriteTx, ledgers: readonly LedgerWish[]): ReadonlyMap<string, number> {
  type Bound = Omit<LedgerWish, 'isBillWise' | 'isCustomer'> & { isBillWise: number; isCustomer: number };
  const put = tx.sqlite
    .prepare<Bound, number>(
      `insert into tally_ledgers (guid, master_id, alter_id, name, name_key, parent, is_bill_wise, credit_period,
                                  opening_paise, closing_paise, is_customer)
       values (@guid, @masterId, @alterId, @name, @nameKey, @parent, @isBillWise, @creditPeriod, @openingPaise,
               @closingPaise, @isCustomer)
       on conflict (guid) do update set master_id = excluded.master_id, alter_id = excluded.alter_id,
             name = excluded.name, name_key = excluded.name_key, parent = excluded.parent,
             is_bill_wise = excluded.is_bill_wise, credit_period = excluded.credit_period,
             opening_paise = excluded.opening_paise, closing_paise = excluded.closing_paise,
             is_customer = excluded.is_customer, gone_at = null
       returning id`,
    )
    .pluck();
  return new Map(ledgers.map((ledger) => [ledger.guid, idOf(put.get(boundOf(ledger)))]));
}

function boundOf(ledger: LedgerWish) {
  const { guid, masterId, alterId, name, nameKey, parent, creditPeriod, openingPaise, closingPaise } = ledger;
  const texts = { guid, masterId, alterId, name, nameKey, parent, creditPeriod, openingPaise, closingPaise };
  return { ...texts, isBillWise: Number(ledger.isBillWise), isCustomer: Number(ledger.isCustomer) };
}

function idOf(id: number | undefined): number {
  if (id === undefined) throw new Error('A ledger was written without an id.');
  return id;
}

/** Says which customers of the book ledgers are: customer ids by ledger id. */
export function setLedgerCustomers(tx: WriteTx, customerIds: ReadonlyMap<number, number>): void {
  const set = tx.sqlite.prepare(
    'update tally_ledgers set customer_id = @customerId where id = @ledgerId and customer_id is not @customerId',
  );
  for (const [ledgerId, customerId] of customerIds) set.run({ ledgerId, customerId });
}

export function setLedgerCustomer(tx: WriteTx, ledgerId: number, customerId: number): void {
  setLedgerCustomers(tx, new Map([[ledgerId, customerId]]));
}

/** Closing balances as of the connection's `asOfDay`, by ledger id. */
export function setClosings(tx: WriteTx, closings: ReadonlyMap<number, Paise>): void {
  const set = tx.sqlite.prepare(
    'update tally_ledgers set closing_paise = @closing where id = @ledgerId and closing_paise <> @closing',
  );
  for (const [ledgerId, closing] of closings) set.run({ ledgerId, closing });
}

/** Their customers and history stay; they owe nothing any more, and their bills are out of Tally's reports. */
export function markLedgersGone(tx: WriteTx, ledgerIds: readonly number[], at: number): void {
  const mark = tx.sqlite.prepare(
    'update tally_ledgers set gone_at = ?, closing_paise = 0 where id = ? and gone_at is null',
  );
  for (const id of ledgerIds) mark.run(at, id);
}

/** A ledger's bills of before the books began, whole. */
export function putOpeningBills(tx: WriteTx, ledgerId: number, bills: readonly TallyOpeningBill[]): void {
  tx.sqlite.prepare('delete from tally_opening_bills where ledger_id = ?').run(ledgerId);
  if (bills.length === 0) return;
  const insert = tx.sqlite.prepare(
    `insert into tally_opening_bills (ledger_id, position, ref, bill_day, due_day, amount_paise)
     values (@ledgerId, @position, @ref, @billDay, @dueDay, @amountPaise)`,
  );
  bills.forEach((bill, position) => insert.run({ ledgerId, position, ...openingColumns(bill) }));
}

function openingColumns({ ref, billDay, dueDay, amountPaise }: TallyOpeningBill) {
  return { ref, billDay, dueDay, amountPaise };
}

/** In the order in which Tally gave them. */
export function openingBillsOf(tx: ReadTx, ledgerId: number): readonly TallyOpeningBill[] {
  return openingBillsStatement(tx)
    .all(ledgerId)
    .map((row) => ({ ...row, isAdvance: row.amountPaise < 0 }));
}

const openingBillsStatement = oncePrepared((sqlite) =>
  sqlite.prepare<[number], Omit<TallyOpeningBill, 'isAdvance'>>(
    `select ref, bill_day as billDay, due_day as dueDay, amount_paise as amountPaise from tally_opening_bills
      where ledger_id = ? order by position`,
  ),
);

/** A bill of Tally's reports, of a ledger that is known here. */
export type OpenBillRow = Omit<TallyOpenBill, 'party'> & { readonly ledgerId: number };

/**
 * Tally's bills reports whole, in place of the ones before; or only those of one ledger. Two rows of one ledger, ref and
 * day are one bill: their balances are added.
 */
export function replaceOpenBills(
  tx: WriteTx,
  rows: readonly OpenBillRow[],
  only: { readonly ledgerId: number } | 'all' = 'all',
): void {
  if (only === 'all') tx.sqlite.prepare('delete from tally_open_bills').run();
  else tx.sqlite.prepare('delete from tally_open_bills where ledger_id = ?').run(only.ledgerId);
  const insert = tx.sqlite.prepare<OpenBillRow>(
    `insert into tally_open_bills (ledger_id, ref, bill_day, due_day, balance_paise)
     values (@ledgerId, @ref, @billDay, @dueDay, @balancePaise)`,
  );
  for (const row of addedUp(rows)) insert.run(row);
}

function addedUp(rows: readonly OpenBillRow[]): readonly OpenBillRow[] {
  const found = new Map<string, OpenBillRow>();
  for (const { ledgerId, ref, billDay, dueDay, balancePaise } of rows) {
    const key = `${ledgerId}|${billDay}|${ref}`;
    const before = found.get(key);
    const sum = (before?.balancePaise ?? 0) + balancePaise;
    found.set(key, { ledgerId, ref, billDay, dueDay: before?.dueDay ?? dueDay, balancePaise: paise(sum) });
  }
  return [...found.values()].filter((row) => row.balancePaise !== 0);
}

/** By ref and day. */
export function openBillsOf(tx: ReadTx, ledgerId: number): readonly Omit<OpenBillRow, 'ledgerId'>[] {
  return openBillsStatement(tx).all(ledgerId);
}

const openBillsStatement = oncePrepared((sqlite) =>
  sqlite.prepare<[number], Omit<OpenBillRow, 'ledgerId'>>(
    `select ref, bill_day as billDay, due_day as dueDay, balance_paise as balancePaise from tally_open_bills
      where ledger_id = ? order by ref, bill_day`,
  ),
);

/** Every open bill, by ledger, ref and day. */
export function openBillRows(tx: ReadTx): readonly OpenBillRow[] {
  return tx.sqlite
    .prepare<[], OpenBillRow>(
      `select ledger_id as ledgerId, ref, bill_day as billDay, due_day as dueDay, balance_paise as balancePaise
         from tally_open_bills order by ledger_id, ref, bill_day`,
    )
    .all();
}
