import { laterDay, type Day } from '#domain/days.ts';
import { negate, type Paise } from '#domain/money.ts';
import type { DerivedAllocation } from '#domain/tally/party.ts';
import { bulkInsert, nextId } from './bulk.ts';
import type { WriteTx } from './database.ts';
import { TALLY_SOURCE } from './tally-customers.ts';
import { takeBackWhatNoLongerFits } from './tally-overflow.ts';
import type { RowsWish, Side } from './tally-rows.ts';

// Applications that come from Tally are a mirror: they are added, changed and taken out as Tally says. Those that people
// made stand beside them and are never changed; one that no longer fits is taken back by a further row.

export type MirrorWish = {
  readonly customerId: number;
  /** The customer had nothing from Tally before. */
  readonly isNew: boolean;
  /** Ids of his documents by source key. */
  readonly ids: Readonly<Record<Side, ReadonlyMap<string, number>>>;
  readonly wished: readonly DerivedAllocation[];
};

export type MirrorAllocations = {
  /** Answers how many applications of people's were taken back. */
  readonly apply: (wish: MirrorWish) => number;
  /** Documents must be in the file before. */
  readonly flush: () => void;
};

/** An application that takes nothing back, with the row that took it back where there is one. */
export type StoredApplication = {
  readonly id: number;
  readonly source: string;
  readonly sourceKey: string;
  readonly billId: number;
  readonly receiptId: number | null;
  readonly creditId: number | null;
  readonly day: Day;
  readonly amountPaise: Paise;
  readonly undoId: number | null;
  readonly undoDay: Day | null;
};

type Ends = Pick<StoredApplication, 'billId' | 'receiptId' | 'creditId' | 'day' | 'amountPaise'>;

const COLUMNS = `a.id, a.source, a.source_key as sourceKey, a.bill_id as billId, a.receipt_id as receiptId,
  a.credit_id as creditId, a.allocation_day as day, a.amount_paise as amountPaise, u.id as undoId,
  u.allocation_day as undoDay`;

const OF_CUSTOMER = `select ${COLUMNS}
    from (select id from allocations where bill_id in (select id from bills where customer_id = @customerId)
          union all
          select id from allocations where receipt_id in (select id from receipts where customer_id = @customerId)
          union all
          select id from allocations where credit_id in (select id from credits where customer_id = @customerId)) own
    cross join allocations a on a.id = own.id
    left join allocations u on u.reverses_id = a.id
   where a.reverses_id is null`;

export function mirrorAllocations(
  tx: WriteTx,
  { now, looksElsewhere, flushDocuments }: RowsWish & { readonly flushDocuments: () => void },
): MirrorAllocations {
  const statements = mirrorStatements(tx, now);
  const writeAll = (): void => {
    flushDocuments();
    statements.flush();
  };
  return {
    apply: ({ customerId, isNew, ids, wished }) => {
      const stored = isNew ? [] : statements.ofCustomer(customerId);
      const byKey = new Map(
        stored.filter((row) => row.source === TALLY_SOURCE).map((row) => [row.sourceKey, row]),
      );
      const wishes = wished.map((one) => ({ sourceKey: one.sourceKey, ends: endsOf(one, ids) }));
      const keys = new Set(wishes.map((one) => one.sourceKey));
      // What goes makes way for what comes.
      for (const row of byKey.values()) if (!keys.has(row.sourceKey)) statements.remove(row);
      for (const { sourceKey, ends } of wishes) {
        const row = byKey.get(sourceKey) ?? (looksElsewhere ? statements.ofKey(sourceKey) : undefined);
        if (!row) statements.add(sourceKey, ends);
        else if (!isSame(row, ends)) {
          flushDocuments();
          statements.change(row, ends);
        }
      }
      const ofPeople = stored.filter((row) => row.source !== TALLY_SOURCE);
      if (ofPeople.length === 0) return 0;
      writeAll();
      return takeBackWhatNoLongerFits(tx, ofPeople, {
        undo: statements.undo,
        moveUndo: statements.moveUndo,
      });
    },
    flush: statements.flush,
  };
}

function endsOf(wished: DerivedAllocation, ids: MirrorWish['ids']): Ends {
  const billId = ids.bill.get(wished.billKey);
  const moneyId = ids[wished.moneyKind].get(wished.moneyKey);
  if (billId === undefined || moneyId === undefined) {
    throw new Error('An application was derived without its documents.');
  }
  const { allocationDay: day, amountPaise } = wished;
  const isReceipt = wished.moneyKind === 'receipt';
  const money = { receiptId: isReceipt ? moneyId : null, creditId: isReceipt ? null : moneyId };
  return { billId, ...money, day, amountPaise };
}

function isSame(a: Ends, b: Ends): boolean {
  return (
    a.billId === b.billId &&
    a.receiptId === b.receiptId &&
    a.creditId === b.creditId &&
    a.day === b.day &&
    a.amountPaise === b.amountPaise
  );
}

function mirrorStatements(tx: WriteTx, now: number) {
  const same = { created_at: now, source: TALLY_SOURCE };
  const columns = ['bill_id', 'receipt_id', 'credit_id', 'allocation_day', 'amount_paise', 'source_key'];
  const bulk = bulkInsert(tx, 'allocations', { columns: [...columns, 'reverses_id'], same });
  const nextRow = nextId(tx, 'allocations');
  const ofCustomer = tx.sqlite.prepare<{ customerId: number }, StoredApplication>(OF_CUSTOMER);
  const find = tx.sqlite.prepare<[string], StoredApplication>(
    `select ${COLUMNS} from allocations a left join allocations u on u.reverses_id = a.id
      where a.source = '${TALLY_SOURCE}' and a.source_key = ?`,
  );
  const isEmpty =
    tx.sqlite.prepare(`select 1 from allocations where source = '${TALLY_SOURCE}' limit 1`).get() ===
    undefined;
  const remove = tx.sqlite.prepare('delete from allocations where id = ?');
  const set = tx.sqlite.prepare<Ends & { id: number }>(
    `update allocations set bill_id = @billId, receipt_id = @receiptId, credit_id = @creditId,
            allocation_day = @day, amount_paise = @amountPaise
      where id = @id`,
  );
  const setDay = tx.sqlite.prepare<[Day, number]>('update allocations set allocation_day = ? where id = ?');
  // Rows may refer to documents that still wait: they are handed on only when those are in the file.
  const waiting: (readonly (string | number | null)[])[] = [];
  const add = (sourceKey: string, ends: Ends, reversesId: number | null = null): void => {
    const { billId, receiptId, creditId, day, amountPaise } = ends;
    waiting.push([nextRow(), billId, receiptId, creditId, day, amountPaise, sourceKey, reversesId]);
  };
  const flush = (): void => {
    for (const row of waiting) bulk.add(row);
    bulk.flush();
    waiting.length = 0;
  };
  return {
    // Between two documents of his own, one is found from both ends.
    ofCustomer: (customerId: number): readonly StoredApplication[] => [
      ...new Map(ofCustomer.all({ customerId }).map((row) => [row.id, row])).values(),
    ],
    ofKey: (sourceKey: string): StoredApplication | undefined => (isEmpty ? undefined : find.get(sourceKey)),
    add: (sourceKey: string, ends: Ends): void => add(sourceKey, ends),
    flush,
    /** With the row that took it back, which refers to it and goes first. */
    remove: ({ id, undoId }: StoredApplication): void => {
      if (undoId !== null) remove.run(undoId);
      remove.run(id);
    },
    /** A person's word that it does not count goes on: what takes it back changes with it. */
    change: ({ id, undoId, undoDay }: StoredApplication, ends: Ends): void => {
      set.run({ ...ends, id });
      if (undoId === null || undoDay === null) return;
      const back = { ...ends, amountPaise: negate(ends.amountPaise), day: laterDay(undoDay, ends.day) };
      set.run({ ...back, id: undoId });
    },
    undo: (row: StoredApplication, day: Day): void => {
      const back = { ...row, day, amountPaise: negate(row.amountPaise) };
      add(`undo|${row.id}`, back, row.id);
      flush();
    },
    moveUndo: (undoId: number, day: Day): void => void setDay.run(day, undoId),
  };
}
