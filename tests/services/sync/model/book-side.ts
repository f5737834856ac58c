import { appliedAsOf, openItemsAsOf } from '#domain/aging.ts';
import { day, laterDay, type Day } from '#domain/days.ts';
import { refOfBill } from '#domain/tally/derive.ts';
import { ledgerOf } from '#engine/storage/ledger.ts';
import type { ReadTx } from '#engine/storage/database.ts';
import { ledgerRows } from '#engine/storage/tally-masters.ts';

// What Baaki's book says, read from its documents and not from the mirror of Tally.

export type BookParty = {
  readonly guid: string;
  readonly name: string;
  readonly customerId: number;
  readonly closing: number;
  /** Receipts and credits that are not applied; below zero. */
  readonly unapplied: number;
  /** Open bills by reference; what is on account under ''. */
  readonly bills: ReadonlyMap<
    string,
    { readonly billDay: string; readonly dueDays: string; readonly open: number }
  >;
};

type BillRow = { readonly billId: number; readonly sourceKey: string; readonly number: string | null };

/** By ledger GUID: all customers of Tally's. Throws where anything is applied beyond what there is. */
export function bookOn(tx: ReadTx, on: string): ReadonlyMap<string, BookParty> {
  const rows = tx.sqlite
    .prepare<[], BillRow>(`select id as billId, source_key as sourceKey, number from bills`)
    .all();
  const stored = new Map(rows.map((row) => [row.billId, row]));
  const items = openItemsAsOf(ledgerOf(tx), day(on));
  const found = new Map<string, BookParty>();
  for (const { guid, name, customerId } of ledgerRows(tx)) {
    if (customerId === null) continue;
    const bills = new Map<string, { billDay: string; dueDays: string; open: number }>();
    let [closing, unapplied] = [0, 0];
    for (const item of items) {
      if ((item.bill ?? item.moneyIn).customerId !== customerId) continue;
      closing += item.openPaise;
      if (item.bill === null) {
        unapplied += item.openPaise;
        continue;
      }
      const row = stored.get(item.bill.billId);
      const ref = (row && refOfBill(row)) ?? '';
      const known = bills.get(ref);
      const { billDay } = item.bill;
      bills.set(ref, {
        billDay: known && known.billDay < billDay ? known.billDay : billDay,
        dueDays: [...new Set([...(known?.dueDays.split(' ') ?? []), item.dueDay])].toSorted().join(' '),
        open: (known?.open ?? 0) + item.openPaise,
      });
    }
    found.set(guid, { guid, name, customerId, closing, unapplied, bills });
  }
  return found;
}

/** What a person's word moves beyond Tally: money applied to a bill (below zero), or taken from it again. */
export type HandEffect = {
  readonly customerId: number;
  /** '' on account. */
  readonly ref: string;
  readonly amount: number;
};

type HandRow = {
  readonly source: string;
  readonly day: Day;
  readonly amount: number;
  readonly undoDay: Day | null;
  readonly customerId: number;
  readonly sourceKey: string;
  readonly number: string | null;
  readonly billDay: Day;
  readonly moneyDay: Day;
};

/** Of applications by people, and of Tally's own that people took back, those that count on a day. */
export function handEffects(tx: ReadTx, on: string): readonly HandEffect[] {
  const rows = tx.sqlite
    .prepare<[], HandRow>(
      `select a.source, a.allocation_day as day, a.amount_paise as amount, u.allocation_day as undoDay,
              b.customer_id as customerId, b.source_key as sourceKey, b.number, b.bill_day as billDay,
              coalesce(r.effective_day, c.credit_day) as moneyDay
         from allocations a
         join bills b on b.id = a.bill_id and b.voided_at is null
         join tally_ledgers l on l.customer_id = b.customer_id
         left join receipts r on r.id = a.receipt_id
         left join credits c on c.id = a.credit_id
         left join allocations u on u.reverses_id = a.id
        where a.reverses_id is null and coalesce(r.voided_at, c.voided_at) is null
          and (a.source <> 'tally' or u.id is not null)`,
    )
    .all();
  return rows.flatMap(({ source, day: own, amount, undoDay, customerId, sourceKey, number, ...days }) => {
    const from = laterDay(own, laterDay(days.billDay, days.moneyDay));
    if (from > on) return [];
    const isUndone = undoDay !== null && laterDay(undoDay, from) <= on;
    const ref = refOfBill({ sourceKey, number }) ?? '';
    if (source === 'tally') return isUndone ? [{ customerId, ref, amount }] : [];
    return isUndone ? [] : [{ customerId, ref, amount: 0 - amount }];
  });
}

/** Looks at every day on which anything happens, so that nothing is applied beyond what there is on any of them. */
export function mustNeverBeOver(tx: ReadTx): void {
  const ledger = ledgerOf(tx);
  const days = new Set<Day>([
    ...ledger.bills.map((bill) => bill.billDay),
    ...ledger.moneyIn.map((money) => money.effectiveDay),
    ...ledger.allocations.map((allocation) => allocation.allocationDay),
  ]);
  for (const on of days) {
    const { toBills, ofMoneyIn } = appliedAsOf(ledger, on);
    toBills.forEach((applied, at) => {
      const { billId, amountPaise } = ledger.bills[at] ?? { billId: 0, amountPaise: 0 };
      if (applied < 0 || applied > amountPaise)
        throw new Error(`Bill ${billId}: ${applied} of ${amountPaise} on ${on}`);
    });
    ofMoneyIn.forEach((applied, at) => {
      const money = ledger.moneyIn[at];
      if (applied < 0 || applied > (money?.amountPaise ?? 0))
        throw new Error(`${money?.kind} ${money?.documentId}: ${applied} of ${money?.amountPaise} on ${on}`);
    });
  }
}

const DOCUMENTS = {
  bills: `select c.source_key as who, b.source_key as key, b.kind, b.bill_day as day, b.due_day as due,
                 b.amount_paise as paise
            from bills b join customers c on c.id = b.customer_id where b.voided_at is null order by 1, 2`,
  receipts: `select c.source_key as who, r.source_key as key, r.receipt_day as day, r.amount_paise as paise
               from receipts r join customers c on c.id = r.customer_id where r.voided_at is null order by 1, 2`,
  credits: `select c.source_key as who, m.source_key as key, m.kind, m.credit_day as day, m.amount_paise as paise
              from credits m join customers c on c.id = m.customer_id where m.voided_at is null order by 1, 2`,
  allocations: `select a.source_key as key, a.allocation_day as day, a.amount_paise as paise, b.source_key as bill,
                       coalesce(r.source_key, m.source_key) as money
                  from allocations a join bills b on b.id = a.bill_id
                  left join receipts r on r.id = a.receipt_id left join credits m on m.id = a.credit_id
                 where a.source = 'tally' and a.reverses_id is null order by 1`,
} as const;

/** What came from Tally, by its own keys. */
export function documentsByKey(tx: ReadTx): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, sql]) => [name, tx.sqlite.prepare(sql).all()]),
  );
}

const TABLES = [
  'customers',
  'bills',
  'receipts',
  'credits',
  'allocations',
  'notes',
  'customer_tags',
  'contacts',
];

/** Everything that a failed sync may not change. */
export function wholeBook(tx: ReadTx): string {
  return TABLES.map((table) =>
    JSON.stringify(tx.sqlite.prepare(`select * from ${table} order by 1, 2`).all()),
  ).join('\n');
}
