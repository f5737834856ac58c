import type { Day } from '#domain/days.ts';
import type { BillKind } from '#domain/ledger.ts';
import type { PlanSent } from '#domain/reminders/plan-facts.ts';
import type { ReadTx } from './database.ts';

// What a plan is made of besides the ledger, each read in one go over the whole book.

type SentRow = readonly [
  messageId: number,
  customerId: number,
  purpose: PlanSent['purpose'],
  channel: PlanSent['channel'],
  address: string,
  cadenceId: number | null,
  stepId: string | null,
  isAutomatic: number,
  day: Day,
  state: PlanSent['state'],
  changedAt: number,
];

export type SentWish = {
  /** Messages for this day or later. */
  readonly from: Day;
  /** Of some customers, and of all others what went to one of their addresses for `day`. Null = of everybody. */
  readonly only: {
    readonly customerIds: readonly number[];
    readonly addresses: readonly string[];
    readonly day: Day;
  } | null;
};

/** Messages with the bills they were about; tests to the owner are none. */
export function messagesSince(tx: ReadTx, wish: SentWish): readonly PlanSent[] {
  const { from, only } = wish;
  const isAsked = `m.for_day >= @from and m.customer_id is not null and m.purpose <> 'test'`;
  const some = `m.id in (select id from messages where customer_id in (select value from json_each(@ids))
         union select id from messages where for_day = @day and address in (select value from json_each(@addresses)))`;
  const where = only === null ? isAsked : `${isAsked} and ${some}`;
  const ids = only && {
    ids: JSON.stringify(only.customerIds),
    addresses: JSON.stringify(only.addresses),
    day: only.day,
  };
  const bound = { from, ...ids };
  const bills = new Map<number, number[]>();
  const rows = tx.sqlite
    .prepare<typeof bound, SentRow>(
      `select id, customer_id, purpose, channel, address, cadence_id, step_id, is_automatic, for_day, state, changed_at
         from messages m where ${where}`,
    )
    .raw()
    .all(bound);
  if (rows.length === 0) return [];
  const pairs = tx.sqlite
    .prepare<typeof bound, [number, number]>(
      `select distinct b.message_id, b.bill_id from messages m join message_bills b on b.message_id = m.id
        where ${where}`,
    )
    .raw()
    .all(bound);
  for (const [messageId, billId] of pairs) {
    const own = bills.get(messageId);
    if (own) own.push(billId);
    else bills.set(messageId, [billId]);
  }
  return rows
    .toSorted((a, b) => a[0] - b[0])
    .map(
      ([
        id,
        customerId,
        purpose,
        channel,
        address,
        cadenceId,
        stepId,
        isAutomatic,
        day,
        state,
        changedAt,
      ]) => ({
        customerId,
        billIds: (bills.get(id) ?? []).toSorted((a, b) => a - b),
        purpose,
        channel,
        address,
        cadenceId,
        stepId,
        isAutomatic: isAutomatic === 1,
        day,
        state,
        changedAt,
      }),
    );
}

export type BillFace = {
  readonly kind: BillKind;
  readonly number: string | null;
  readonly billDay: Day;
  readonly currency: string | null;
  readonly doNotChaseReason: string | null;
};

/** What a message says of bills besides the amounts. */
export function billFaces(tx: ReadTx, billIds: readonly number[]): ReadonlyMap<number, BillFace> {
  const rows = tx.sqlite
    .prepare<[string], [number, BillKind, string | null, Day, string | null, string | null]>(
      `select id, kind, number, bill_day, currency, do_not_chase_reason from bills
        where id in (select value from json_each(?))`,
    )
    .raw()
    .all(JSON.stringify(billIds));
  return new Map(
    rows.map(([id, kind, number, billDay, currency, doNotChaseReason]) => [
      id,
      { kind, number, billDay, currency, doNotChaseReason },
    ]),
  );
}

/** A condition that rows are of some customers, and what to bind for it; null = of everybody. */
function ofCustomers(
  column: string,
  ids: readonly number[] | null,
): { readonly sql: string; readonly bound: string[] } {
  if (ids === null) return { sql: 'true', bound: [] };
  return { sql: `${column} in (select value from json_each(?))`, bound: [JSON.stringify(ids)] };
}

/**
 * Day of the newest receipt up to a day, by customer: a post-dated cheque too, for money is on its way. One of a later day
 * is none yet, and must not hide those before it.
 */
export function lastReceiptDays(
  tx: ReadTx,
  { customerIds, until }: { readonly customerIds: readonly number[] | null; readonly until: Day },
): ReadonlyMap<number, Day> {
  const { sql, bound } = ofCustomers('customer_id', customerIds);
  const rows = tx.sqlite
    .prepare<string[], [number, Day]>(
      `select customer_id, max(receipt_day) from receipts
        where voided_at is null and receipt_day <= ? and ${sql} group by customer_id`,
    )
    .raw()
    .all(until, ...bound);
  return new Map(rows);
}

export type ReachRow = {
  readonly customerId: number;
  readonly role: 'owner' | 'accounts' | 'purchase' | 'other';
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Contacts that are not removed, in the order in which they were added. */
export function contactsAmong(tx: ReadTx, customerIds: readonly number[] | null): readonly ReachRow[] {
  const { sql, bound } = ofCustomers('customer_id', customerIds);
  return tx.sqlite
    .prepare<string[], ReachRow>(
      `select customer_id as customerId, role, name, phone, email from contacts
        where removed_at is null and ${sql} order by id`,
    )
    .all(...bound);
}

/** Customers with a reply that nobody has answered or marked. */
export function customersWithOpenReply(tx: ReadTx): ReadonlySet<number> {
  return new Set(
    tx.sqlite
      .prepare<[], number>(
        `select distinct customer_id from replies
          where answered_at is null and kind = 'reply' and customer_id is not null`,
      )
      .pluck()
      .all(),
  );
}

/** Of the customers who are parties of Tally, whether the last tie-out found them equal here and there. */
export function tiedCustomers(
  tx: ReadTx,
  customerIds: readonly number[] | null,
): ReadonlyMap<number, boolean> {
  const { sql, bound } = ofCustomers('l.customer_id', customerIds);
  const rows = tx.sqlite
    .prepare<string[], [number, number]>(
      `select l.customer_id, d.ledger_id is null
         from tally_ledgers l left join tally_differences d on d.ledger_id = l.id
        where l.customer_id is not null and l.gone_at is null and ${sql}`,
    )
    .raw()
    .all(...bound);
  return new Map(rows.map(([customerId, isTied]) => [customerId, isTied === 1]));
}
