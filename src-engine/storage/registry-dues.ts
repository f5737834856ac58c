import type { InferSelectModel } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { registryDues } from './schema-registry.ts';
import { oncePrepared, rowInserter, rowPatcher, rowReader } from './statements.ts';

export type DueRow = InferSelectModel<typeof registryDues>;
export type NewDue = typeof registryDues.$inferInsert;

const readReady = rowReader<typeof registryDues, [number, number]>(
  registryDues,
  `where id in (select due_id from registry_outbox) and undone_at is null and (sent_at is not null or sent_rev = 0 or hold_until <= ?)
   order by rev = 0 and sent_rev is not 0, withdrawn_at is null and bill_id is not null and exists (
     select 1 from bills b where b.id = registry_dues.bill_id and b.voided_at is null
        and b.amount_paise > (select coalesce(sum(a.amount_paise), 0) from allocations a where a.bill_id = b.id)), id
   limit ?`,
);

/** Queued ones that may leave now: of what is known first what was paid or is taken back, then other news; last what is new. */
export function readyDues(tx: ReadTx, now: number, most: number): readonly DueRow[] {
  return readReady(tx, now, most);
}

const firstReady = oncePrepared((sqlite) =>
  sqlite
    .prepare<[], number | null>(
      `select min(case when d.sent_at is not null or d.sent_rev = 0 then 0 else d.hold_until end) from registry_outbox o
         join registry_dues d on d.id = o.due_id where d.undone_at is null`,
    )
    .pluck(),
);

/** When the first of those that wait may leave: 0 = it may now; null = none waits. */
export function firstReadyAt(tx: ReadTx): number | null {
  return firstReady(tx).get() ?? null;
}

const knownQueued = oncePrepared((sqlite) =>
  sqlite
    .prepare<[], number>(
      `select exists (select 1 from registry_outbox o join registry_dues d on d.id = o.due_id
         where d.sent_at is not null and d.undone_at is null)`,
    )
    .pluck(),
);

/** Whether there is news of what the registry has. */
export function isKnownQueued(tx: ReadTx): boolean {
  return knownQueued(tx).get() === 1;
}

const liveRows = rowReader(registryDues, `where undone_at is null and state <> 'withdrawn' order by id`);

/** Those of which something may still have to be said. */
export function liveDues(tx: ReadTx): readonly DueRow[] {
  return liveRows(tx);
}

const saidRows = rowReader(registryDues, 'where rev > 0 and undone_at is null order by id');

/** Those of which something was ever said, ended ones too. */
export function saidDues(tx: ReadTx): readonly DueRow[] {
  return saidRows(tx);
}

const queuedKnownRows = rowReader(
  registryDues,
  `where id in (select due_id from registry_outbox) and undone_at is null and (sent_at is not null or sent_rev = 0) order by id`,
);

/** News that waits of what the registry has. */
export function queuedKnownDues(tx: ReadTx): readonly DueRow[] {
  return queuedKnownRows(tx);
}

const byIds = rowReader<typeof registryDues, [string]>(
  registryDues,
  'where id in (select value from json_each(?))',
);

export function duesById(tx: ReadTx, dueIds: readonly number[]): readonly DueRow[] {
  return byIds(tx, JSON.stringify(dueIds));
}

const byBills = rowReader<typeof registryDues, [string]>(
  registryDues,
  'where bill_id in (select value from json_each(?))',
);

export function duesOfBills(tx: ReadTx, billIds: readonly number[]): readonly DueRow[] {
  return byBills(tx, JSON.stringify(billIds));
}

const byRef = rowReader<typeof registryDues, [string]>(registryDues, 'where due_ref = ?');

export function dueOfRef(tx: ReadTx, dueRef: string): DueRow | undefined {
  return byRef(tx, dueRef)[0];
}

/** Null: there is one with this reference already. */
export const insertDue: (tx: WriteTx, due: NewDue) => number | null = rowInserter<NewDue>(registryDues);

export const patchDue: (tx: WriteTx, dueId: number, fields: Partial<NewDue>) => number =
  rowPatcher<Partial<NewDue>>(registryDues);

export function queueDues(tx: WriteTx, dueIds: readonly number[]): void {
  tx.sqlite
    .prepare(
      `insert into registry_outbox (due_id) select value from json_each(?) where true on conflict do nothing`,
    )
    .run(JSON.stringify(dueIds));
}

export function unqueueDues(tx: WriteTx, dueIds: readonly number[]): void {
  tx.sqlite
    .prepare('delete from registry_outbox where due_id in (select value from json_each(?))')
    .run(JSON.stringify(dueIds));
}

export type PublishedRow = {
  readonly dueId: number;
  readonly billId: number;
  readonly number: string | null;
  readonly customerId: number;
  readonly customerName: string;
  readonly dueDay: string;
  readonly state: DueRow['state'];
  readonly openPaise: number;
  readonly visibility: string | null;
  readonly visibleFrom: string | null;
  readonly publishedAt: number;
  readonly holdUntil: number;
  readonly rev: number;
  readonly sentAt: number | null;
  readonly notice: string | null;
  readonly writtenOffAt: number | null;
  readonly errorCode: string | null;
  readonly disputeId: string | null;
  readonly disputeReason: string | null;
  readonly disputeState: string | null;
  readonly answerBy: string | null;
};

/** Newest first; what was taken back before anybody heard of it is not told. */
export function publishedRows(
  tx: ReadTx,
  wish: { readonly customerId: number | null; readonly billId: number | null },
): readonly PublishedRow[] {
  return tx.sqlite
    .prepare<typeof wish, PublishedRow>(
      `select d.id as dueId, b.id as billId, b.number, b.customer_id as customerId, c.name as customerName,
              b.due_day as dueDay, d.state, d.stated_open_paise as openPaise, d.visibility,
              d.visible_from as visibleFrom, d.published_at as publishedAt, d.hold_until as holdUntil, d.rev,
              d.sent_at as sentAt, d.notice, d.written_off_at as writtenOffAt, d.error_code as errorCode, x.dispute_id as disputeId, x.reason as disputeReason,
              x.state as disputeState, x.answer_by as answerBy
         from registry_dues d join bills b on b.id = d.bill_id join customers c on c.id = b.customer_id
         left join registry_disputes x on x.id = (select max(id) from registry_disputes where due_id = d.id)
        where d.undone_at is null and (@customerId is null or b.customer_id = @customerId)
          and (@billId is null or b.id = @billId)
        order by d.published_at desc, d.id desc`,
    )
    .all(wish);
}

const toldRows = rowReader<typeof registryDues, [number, number]>(
  registryDues,
  'where rev > 0 and sent_rev = rev and sent_at is not null and undone_at is null and id > ? order by id limit ?',
);

/** Those that the registry has, as far as this book knows; from behind an id on. */
export function toldDues(tx: ReadTx, after: number, most: number): readonly DueRow[] {
  return toldRows(tx, after, most);
}

export type NumberedBill = {
  readonly billId: number;
  readonly number: string | null;
  readonly billDay: Day;
};

/** Every bill of the book, for finding one again by its reference. */
export function numberedBills(tx: ReadTx): readonly NumberedBill[] {
  return tx.sqlite
    .prepare<[], NumberedBill>('select id as billId, number, bill_day as billDay from bills order by id')
    .all();
}
