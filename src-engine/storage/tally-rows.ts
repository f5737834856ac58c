import type { Day } from '#domain/days.ts';
import type { BillKind, CreditKind } from '#domain/ledger.ts';
import type { Paise } from '#domain/money.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import type Database from 'better-sqlite3';
import { bulkInsert, nextId } from './bulk.ts';
import type { WriteTx } from './database.ts';
import { TALLY_SOURCE } from './tally-customers.ts';

// Bills, receipts and credits that come from Tally, in one form, for what is done with all of them alike.

export type Side = 'bill' | 'receipt' | 'credit';
export const SIDES: readonly Side[] = ['bill', 'receipt', 'credit'];

/** What Tally says of a document. A receipt has no kind, and only a bill has a due day. */
export type DocumentFacts = {
  readonly kind: BillKind | CreditKind | null;
  readonly number: string | null;
  readonly day: Day;
  readonly dueDay: Day | null;
  readonly amountPaise: Paise;
  readonly narration: string | null;
};

export type WishedDocument = DocumentFacts & { readonly sourceKey: string };

export type StoredDocument = WishedDocument & {
  readonly id: number;
  readonly customerId: number;
  readonly voidedAt: number | null;
  readonly voidReason: string | null;
};

/** The days and kinds of a side under their own names, as edits tell of them. */
export const DAY_FIELD = { bill: 'billDay', receipt: 'receiptDay', credit: 'creditDay' } as const;

export function wishedOf(derived: DerivedDocuments): Readonly<Record<Side, readonly WishedDocument[]>> {
  return {
    bill: derived.bills.map(({ billDay: day, ...bill }) => ({ ...bill, day })),
    receipt: derived.receipts.map(({ receiptDay: day, ...receipt }) => ({
      ...receipt,
      kind: null,
      day,
      dueDay: null,
    })),
    credit: derived.credits.map(({ creditDay: day, ...credit }) => ({ ...credit, day, dueDay: null })),
  };
}

const SPECS = {
  bill: { table: 'bills', day: 'bill_day', kind: 'kind', dueDay: 'due_day' },
  receipt: { table: 'receipts', day: 'receipt_day', kind: 'null', dueDay: 'null' },
  credit: { table: 'credits', day: 'credit_day', kind: 'kind', dueDay: 'null' },
} as const satisfies Record<Side, Readonly<Record<'table' | 'day' | 'kind' | 'dueDay', string>>>;

export type SideRows = {
  readonly ofCustomer: (customerId: number) => readonly StoredDocument[];
  /** Whoever's it is; none is looked for where the book has nothing from Tally yet. */
  readonly ofKey: (sourceKey: string) => StoredDocument | undefined;
  /** Queues a row and answers its id; it stands in the file after `flush`. */
  readonly add: (customerId: number, wished: WishedDocument) => number;
  /** Writes what differs: every column that is set anew moves its index, and a number the search table. */
  readonly change: (row: StoredDocument, next: StoredDocument) => void;
  /** Deletes a row on which nothing of a person's rests: no application, note or edit. False where it has to stay. */
  readonly drop: (id: number) => boolean;
  readonly flush: () => void;
};

export type RowsWish = {
  readonly now: number;
  /** Whether a document may stand under another customer, because its ledger became his. */
  readonly looksElsewhere: boolean;
};

export function sideRows(tx: WriteTx, side: Side, { now, looksElsewhere }: RowsWish): SideRows {
  const { table, day, kind, dueDay } = SPECS[side];
  const columns = `id, customer_id as customerId, source_key as sourceKey, ${kind} as kind, number, ${day} as day,
    ${dueDay} as dueDay, amount_paise as amountPaise, narration, voided_at as voidedAt, void_reason as voidReason`;
  const where = `from ${table} where source = '${TALLY_SOURCE}' and`;
  const ofCustomer = tx.sqlite.prepare<[number], StoredDocument>(
    `select ${columns} from ${table} where customer_id = ? and +source = '${TALLY_SOURCE}'`,
  );
  const ofKey = tx.sqlite.prepare<[string], StoredDocument>(`select ${columns} ${where} source_key = ?`);
  const isEmpty =
    tx.sqlite.prepare(`select 1 from ${table} where source = '${TALLY_SOURCE}' limit 1`).get() === undefined;
  const change = changer(tx, side);
  const id = nextId(tx, table);
  const added = ['customer_id', 'number', 'amount_paise', 'narration', 'source_key', day];
  const extra = side === 'bill' ? ['kind', 'due_day'] : side === 'credit' ? ['kind'] : [];
  const same = { created_at: now, source: TALLY_SOURCE };
  const bulk = bulkInsert(tx, table, { columns: [...added, ...extra], same });
  return {
    ofCustomer: (customerId) => (isEmpty ? [] : ofCustomer.all(customerId)),
    ofKey: (sourceKey) => (isEmpty || !looksElsewhere ? undefined : ofKey.get(sourceKey)),
    add: (customerId, wished) => {
      const made = id();
      const { number, amountPaise, narration, sourceKey } = wished;
      const kinds = side === 'bill' ? [wished.kind, wished.dueDay] : side === 'credit' ? [wished.kind] : [];
      bulk.add([made, customerId, number, amountPaise, narration, sourceKey, wished.day, ...kinds]);
      return made;
    },
    change,
    drop: dropper(tx, side),
    flush: () => bulk.flush(),
  };
}

function dropper(tx: WriteTx, side: Side): SideRows['drop'] {
  const resting = [
    `select 1 from allocations where ${side}_id = @id`,
    `select 1 from edits where noun = '${side}' and row_id = @id and by_tally = 0`,
    ...(side === 'bill'
      ? ['select 1 from notes where bill_id = @id', 'select 1 from instalments where bill_id = @id']
      : []),
  ];
  const free = resting.map((one) => `not exists (${one})`).join(' and ');
  const row = tx.sqlite.prepare<{ id: number }>(
    `delete from ${SPECS[side].table} where id = @id and source = '${TALLY_SOURCE}' and ${free}`,
  );
  const edits = tx.sqlite.prepare<{ id: number }>(
    `delete from edits where noun = '${side}' and row_id = @id`,
  );
  return (id) => {
    if (row.run({ id }).changes === 0) return false;
    edits.run({ id });
    return true;
  };
}

function changer(tx: WriteTx, side: Side): SideRows['change'] {
  const { table, day } = SPECS[side];
  const columns = {
    customerId: 'customer_id',
    kind: 'kind',
    number: 'number',
    day,
    dueDay: 'due_day',
    amountPaise: 'amount_paise',
    narration: 'narration',
    voidedAt: 'voided_at',
    voidReason: 'void_reason',
  } as const satisfies Partial<Record<keyof StoredDocument, string>>;
  const statements = new Map<string, Database.Statement<[StoredDocument]>>();
  return (row, next) => {
    const set = FIELDS.filter((field) => row[field] !== next[field])
      .map((field) => `${columns[field]} = @${field}`)
      .join(', ');
    if (set === '') return;
    const statement = statements.get(set) ?? tx.sqlite.prepare(`update ${table} set ${set} where id = @id`);
    statements.set(set, statement);
    statement.run(next);
  };
}

const FIELDS = [
  'customerId',
  'kind',
  'number',
  'day',
  'dueDay',
  'amountPaise',
  'narration',
  'voidedAt',
  'voidReason',
] as const;
