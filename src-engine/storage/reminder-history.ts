import type { Day } from '#domain/days.ts';
import type { BillKind } from '#domain/ledger.ts';
import type { PlanSent } from '#domain/reminders/plan-facts.ts';
import type { KnownReceipt } from '#domain/reminders/rest-after-money.ts';
import type { PauseKind } from '#domain/reminders/words.ts';
import type Database from 'better-sqlite3';
import type { ReadTx } from './database.ts';
import { ofCustomers, oncePrepared } from './statements.ts';

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
  pollCount: number,
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

type Bound = { readonly from: Day } | { readonly from: Day; ids: string; addresses: string; day: Day };
type Asking = {
  readonly rows: Database.Statement<[Bound], SentRow>;
  readonly pairs: Database.Statement<[Bound], [number, number]>;
};

function asking(sqlite: Database.Database, where: string): Asking {
  const rows = `select id, customer_id, purpose, channel, address, cadence_id, step_id, is_automatic, for_day, state,
      changed_at, poll_count from messages m where ${where}`;
  const pairs = `select distinct b.message_id, b.bill_id from messages m join message_bills b on b.message_id = m.id
     where ${where}`;
  return {
    rows: sqlite.prepare<[Bound], SentRow>(rows).raw(),
    pairs: sqlite.prepare<[Bound], [number, number]>(pairs).raw(),
  };
}

// An approval that was taken back, or a gateway that was removed, leaves nothing behind; a person's “no” holds for the day.
export const IS_HISTORY = `m.customer_id is not null and m.purpose <> 'test'
  and not (m.state = 'cancelled' and m.reason is not 'by-person')`;
const everybodys = oncePrepared((sqlite) => asking(sqlite, `m.for_day >= @from and ${IS_HISTORY}`));
// The sign keeps the days of a year from being walked through for the few that are asked for.
const somebodys = oncePrepared((sqlite) =>
  asking(
    sqlite,
    `m.id in (select id from messages where customer_id in (select value from json_each(@ids))
         union select id from messages where address in (select value from json_each(@addresses)) and +for_day = @day)
       and +m.for_day >= @from and ${IS_HISTORY}`,
  ),
);

/** Messages with the bills they were about; tests to the owner are none. */
export function messagesSince(tx: ReadTx, { from, only }: SentWish): readonly PlanSent[] {
  const ids = only && {
    ids: JSON.stringify(only.customerIds),
    addresses: JSON.stringify(only.addresses),
    day: only.day,
  };
  const bound: Bound = { from, ...ids };
  const ask = only === null ? everybodys(tx) : somebodys(tx);
  const rows = ask.rows.all(bound);
  if (rows.length === 0) return [];
  const bills = new Map<number, number[]>();
  const pairs = ask.pairs.all(bound);
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
        pollCount,
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
        wasAsked: pollCount > 0,
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

const faces = oncePrepared((sqlite) =>
  sqlite
    .prepare<[string], [number, BillKind, string | null, Day, string | null, string | null]>(
      `select id, kind, number, bill_day, currency, do_not_chase_reason from bills
        where id in (select value from json_each(?))`,
    )
    .raw(),
);

/** What a message says of bills besides the amounts. */
export function billFaces(tx: ReadTx, billIds: readonly number[]): ReadonlyMap<number, BillFace> {
  const rows = faces(tx).all(JSON.stringify(billIds));
  return new Map(
    rows.map(([id, kind, number, billDay, currency, doNotChaseReason]) => [
      id,
      { kind, number, billDay, currency, doNotChaseReason },
    ]),
  );
}

type DaySpan = { readonly from: Day; readonly until: Day };
type ReceiptRow = Omit<KnownReceiptRow, 'sourceSince'> & { readonly source: string };

const receiptsKnown = oncePrepared((sqlite) => {
  const asking = (isAsked: string) => `select distinct customer_id as customerId, receipt_day as receiptDay,
      created_at as enteredAt, source from receipts
    where voided_at is null and receipt_day between @from and @until and ${isAsked}`;
  return {
    every: sqlite.prepare<[DaySpan], ReceiptRow>(asking('true')),
    some: sqlite.prepare<[DaySpan & { readonly ids: string }], ReceiptRow>(
      asking('customer_id in (select value from json_each(@ids))'),
    ),
    // Whoever asks has a row of that source at hand, so that the walk from the oldest on ends early.
    began: sqlite
      .prepare<[string], number>(
        'select created_at from receipts not indexed where source = ? order by id limit 1',
      )
      .pluck(),
  };
});

export type KnownReceiptRow = Omit<KnownReceipt, 'enteredDay'> & { readonly customerId: number };

/**
 * Receipts of some days, the last of them included: a post-dated cheque too, for money is on its way. One of a later day
 * is none yet.
 */
export function receiptsOfDays(
  tx: ReadTx,
  span: { readonly customerIds: readonly number[] | null; readonly from: Day; readonly until: Day },
): readonly KnownReceiptRow[] {
  const { every, some, began } = receiptsKnown(tx);
  const { customerIds, from, until } = span;
  const rows =
    customerIds === null
      ? every.all({ from, until })
      : some.all({ from, until, ids: JSON.stringify(customerIds) });
  const since = new Map<string, number | null>([['manual', null]]);
  return rows.map(({ source, ...row }) => {
    const known = since.get(source);
    const sourceSince = known === undefined ? (began.get(source) ?? null) : known;
    since.set(source, sourceSince);
    return { ...row, sourceSince };
  });
}

export type ReachRow = {
  readonly customerId: number;
  readonly role: 'owner' | 'accounts' | 'purchase' | 'other';
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
};

/** Contacts that are not removed, in the order in which they were added. */
export const contactsAmong: (tx: ReadTx, customerIds: readonly number[] | null) => readonly ReachRow[] =
  ofCustomers<ReachRow>(
    'customer_id',
    (isAsked) => `select customer_id as customerId, role, name, phone, email from contacts
      where removed_at is null and ${isAsked} order by id`,
  );

const openReplies = ofCustomers<[number]>(
  'customer_id',
  (isAsked) => `select distinct customer_id from replies
    where answered_at is null and kind = 'reply' and customer_id is not null and ${isAsked}`,
  true,
);

/** Customers with a reply that nobody has answered or marked. */
export function customersWithOpenReply(
  tx: ReadTx,
  customerIds: readonly number[] | null = null,
): ReadonlySet<number> {
  return new Set(openReplies(tx, customerIds).map(([customerId]) => customerId));
}

const ties = ofCustomers<[number, number]>(
  'l.customer_id',
  (isAsked) => `select l.customer_id, d.ledger_id is null
      from tally_ledgers l left join tally_differences d on d.ledger_id = l.id
     where l.customer_id is not null and l.gone_at is null and ${isAsked}`,
  true,
);

/** Of the customers who are parties of Tally, whether the last tie-out found them equal here and there. */
export function tiedCustomers(
  tx: ReadTx,
  customerIds: readonly number[] | null,
): ReadonlyMap<number, boolean> {
  return new Map(ties(tx, customerIds).map(([customerId, isTied]) => [customerId, isTied === 1]));
}

export type PauseFacts = {
  readonly customerId: number;
  readonly billId: number | null;
  readonly kind: PauseKind;
  /** Last day; null = until it is ended. */
  readonly untilDay: Day | null;
};

/** Pauses that nobody has ended, newest first. */
export const pausesAmong: (tx: ReadTx, customerIds: readonly number[] | null) => readonly PauseFacts[] =
  ofCustomers<PauseFacts>(
    'customer_id',
    (isAsked) => `select customer_id as customerId, bill_id as billId, kind, until_day as untilDay
      from reminder_pauses where ended_at is null and ${isAsked} order by created_at desc, id desc`,
  );
