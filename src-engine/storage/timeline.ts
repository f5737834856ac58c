import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import type { ReadTx } from './database.ts';

/** One thing that happened with a customer. `day` is null where the instant tells the day. */
export type TimelineRow = {
  readonly kind: string;
  /** Of the row that tells of it, in its table. */
  readonly id: number;
  readonly day: Day | null;
  /** UTC milliseconds. */
  readonly at: number;
  readonly documentId: number | null;
  readonly number: string | null;
  readonly subject: string | null;
  readonly amountPaise: Paise | null;
  readonly field: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly text: string | null;
};

export type TimelineWish = {
  readonly customerId: number;
  /** Receipts of post-dated cheques are told of from their own day on. */
  readonly today: Day;
  /** Of each kind of event. */
  readonly most: number;
};

/** The newest events of each source by itself, each through an index of the customer; in no order among the sources. */
export function timelineRows(tx: ReadTx, wish: TimelineWish): readonly TimelineRow[] {
  return SOURCES.flatMap((sql) =>
    tx.sqlite.prepare<TimelineWish, TimelineRow>(`select ${sql} limit @most`).all(wish),
  );
}

type Columns = { readonly [Column in keyof TimelineRow]?: string };

const NAMES: readonly (keyof TimelineRow)[] = [
  'kind',
  'id',
  'day',
  'at',
  'documentId',
  'number',
  'subject',
  'amountPaise',
  'field',
  'before',
  'after',
  'text',
];

/** Every source gives the same columns; what it does not name is null. */
function columns(named: Columns): string {
  return NAMES.map((name) => `${named[name] ?? 'null'} as "${name}"`).join(', ');
}

/** The documents of each kind: their table, their own word for themselves, and their day. */
const BILL = { table: 'bills', subject: 'd.kind', day: 'd.bill_day' } as const;
const RECEIPT = { table: 'receipts', subject: `'receipt'`, day: 'd.receipt_day' } as const;
const CREDIT = { table: 'credits', subject: 'd.kind', day: 'd.credit_day' } as const;

type Document = typeof BILL | typeof RECEIPT | typeof CREDIT;

const common = {
  id: 'd.id',
  at: 'd.created_at',
  documentId: 'd.id',
  number: 'd.number',
  amountPaise: 'd.amount_paise',
};

function documents(kind: string, { table, subject, day }: Document, more: Columns, where = ''): string {
  return `${columns({ ...common, kind: `'${kind}'`, subject, day, ...more })}
    from ${table} d where d.customer_id = @customerId ${where}
   order by ${more.day ?? day} desc, d.id desc`;
}

/** A void by hand is among the edits, with the restoring that may have followed; here are the others. */
function voids(noun: string, { table, subject }: Document): string {
  const more = { kind: `'void'`, at: 'd.voided_at', subject, text: 'd.void_reason' };
  return `${columns({ ...common, ...more })}
    from ${table} d where d.customer_id = @customerId and d.voided_at is not null
     and not exists (select 1 from edits
                      where noun = '${noun}' and row_id = d.id and field = 'voidReason')
   order by d.voided_at desc, d.id desc`;
}

const ALLOCATIONS = `${columns({
  kind: `case when a.reverses_id is null then 'allocation' else 'allocation-undone' end`,
  id: 'a.id',
  day: 'a.allocation_day',
  at: 'a.created_at',
  documentId: 'b.id',
  number: 'b.number',
  subject: `coalesce(c.kind, 'receipt')`,
  amountPaise: 'abs(a.amount_paise)',
  text: 'coalesce(r.number, c.number)',
})}
    from (select id from allocations where bill_id in (select id from bills where customer_id = @customerId)
          union
          select id from allocations where receipt_id in (select id from receipts where customer_id = @customerId)
          union
          select id from allocations where credit_id in (select id from credits where customer_id = @customerId)) own
    join allocations a on a.id = own.id
    join bills b on b.id = a.bill_id
    left join receipts r on r.id = a.receipt_id
    left join credits c on c.id = a.credit_id
   order by a.allocation_day desc, a.id desc`;

const NOTES = `${columns({
  kind: `'note'`,
  id: 'n.id',
  at: 'n.created_at',
  documentId: 'n.id',
  number: 'b.number',
  subject: `case when n.bill_id is null then 'customer' else 'bill' end`,
  text: 'n.text',
})}
    from notes n left join bills b on b.id = n.bill_id
   where n.customer_id = @customerId and n.removed_at is null
   order by n.created_at desc, n.id desc`;

const EXCERPT_CHARS = 140;

/** The body's first letters, cut with a sign that there is more. */
const EXCERPT = `case when length(d.body) > ${EXCERPT_CHARS} then substr(d.body, 1, ${EXCERPT_CHARS - 1}) || '…' else d.body end`;

/** What has left for certain, or was handed to a person who brings it: all else has told the customer nothing. */
const LEFT = `('accepted', 'sent', 'delivered', 'read', 'undelivered', 'bounced', 'no-report', 'handed-to-user', 'user-confirmed')`;

const MESSAGES = `${columns({
  kind: `'message'`,
  id: 'd.id',
  at: 'd.sent_at',
  documentId: 'd.id',
  subject: 'd.channel',
  text: EXCERPT,
})}
    from messages d
   where d.customer_id = @customerId and d.sent_at is not null and d.state in ${LEFT}
   order by d.sent_at desc, d.id desc`;

/** What a person wrote: no machine's answer, no bounce, no pressed key. */
const REPLIES = `${columns({
  kind: `'reply'`,
  id: 'd.id',
  at: 'd.received_at',
  documentId: 'd.id',
  subject: 'd.channel',
  text: EXCERPT,
})}
    from replies d
   where d.customer_id = @customerId and d.kind = 'reply'
   order by d.received_at desc, d.id desc`;

const EDITS = `${columns({
  kind: `case when e.field <> 'voidReason' then 'edit' when e.after is null then 'restored' else 'void' end`,
  id: 'e.id',
  at: 'e.edited_at',
  documentId: 'e.row_id',
  number: `case e.noun when 'bill' then (select number from bills where id = e.row_id)
                       when 'receipt' then (select number from receipts where id = e.row_id)
                       when 'credit' then (select number from credits where id = e.row_id) end`,
  subject: `case when e.field <> 'voidReason' then e.noun
                 when e.noun = 'bill' then (select kind from bills where id = e.row_id)
                 when e.noun = 'credit' then (select kind from credits where id = e.row_id) else e.noun end`,
  field: `case when e.field <> 'voidReason' then e.field end`,
  before: `case when e.field <> 'voidReason' then e.before end`,
  after: `case when e.field <> 'voidReason' then e.after end`,
  text: `case when e.field = 'voidReason' then coalesce(e.after, e.before) else i.file_name end`,
})}
    from edits e left join import_batches i on i.id = e.import_batch_id
   where e.customer_id = @customerId
   order by e.edited_at desc, e.id desc`;

const IMPORTS = `${columns({
  kind: `'import'`,
  id: 'i.id',
  at: 'i.imported_at',
  documentId: 'i.id',
  text: 'i.file_name',
})}
    from (select import_batch_id as id from customers where id = @customerId
          union select import_batch_id from bills where customer_id = @customerId
          union select import_batch_id from receipts where customer_id = @customerId
          union select import_batch_id from credits where customer_id = @customerId
          union select import_batch_id from edits where customer_id = @customerId) own
    join import_batches i on i.id = own.id
   order by i.imported_at desc, i.id desc`;

const CHEQUE = 'd.cheque_day is not null and d.cheque_day > d.receipt_day';

const SOURCES: readonly string[] = [
  documents('bill', BILL, { text: 'd.narration' }),
  documents(
    'receipt',
    RECEIPT,
    { day: 'd.effective_day', text: 'd.narration' },
    `and not (${CHEQUE} and d.effective_day > @today)`,
  ),
  documents('cheque', RECEIPT, { text: 'd.cheque_day' }, `and ${CHEQUE}`),
  documents('credit', CREDIT, { text: 'd.narration' }),
  voids('bill', BILL),
  voids('receipt', RECEIPT),
  voids('credit', CREDIT),
  ALLOCATIONS,
  NOTES,
  MESSAGES,
  REPLIES,
  EDITS,
  IMPORTS,
];
