import type { Day } from '#domain/days.ts';
import type { TallyAllocation, TallyLine, TallyVoucher } from '#domain/tally/facts.ts';
import { bulkInsert, withIndexesAfter, type BulkValue } from './bulk.ts';
import type { ReadTx, WriteTx } from './database.ts';

// Whether a voucher counts: cancelled and optional ones are kept, so that a census finds them, but have no effect.
const COUNTS = 0;
const CANCELLED = 1;
const OPTIONAL = 2;

const VOUCHER_COLUMNS = [
  'guid',
  'alter_id',
  'day',
  'kind',
  'type_name',
  'number',
  'narration',
  'state',
  'is_post_dated',
];
const LINE_COLUMNS = ['ledger_id', 'line', 'ref', 'type', 'bill_day', 'due_day', 'amount_paise'];

// A voucher's id is the number that ends its GUID, and the ids of its lines begin with it: what is found through them
// needs no index. A GUID of another company's, as data that was carried over bears it, gets a number behind all those.
const FOREIGN_FROM = 2 ** 32;
export const VOUCHER_LINES = 65_536;

export type VoucherWish = {
  /** GUIDs of the company's own vouchers are kept without it. */
  readonly companyGuid: string;
  /** Null for a ledger of which nothing is kept. The name as it stands in the voucher. */
  readonly ledgerIdOf: (name: string) => number | null;
};

export type VoucherWriter = {
  /** Adds a voucher, or replaces the one of the same GUID with all its lines. */
  readonly put: (voucher: TallyVoucher) => void;
  /** Writes what still waits. Nothing of the writer may be used after it. */
  readonly flush: () => VouchersWritten;
};

export type VouchersWritten = {
  readonly voucherCount: number;
  readonly lineCount: number;
  /** Ledgers of which a line came or went. */
  readonly ledgerIds: ReadonlySet<number>;
};

export type VoucherMarkRow = { readonly id: number; readonly alterId: number; readonly day: Day };

/** Vouchers that are looked up together. */
const LOOKED_UP_MOST = 500;

/** Writes vouchers some at a time. While it is at work nothing else may write to the mirror of vouchers. */
export function voucherWriter(tx: WriteTx, { companyGuid, ledgerIdOf }: VoucherWish): VoucherWriter {
  const ledgerIds = new Set<number>();
  const known = knownVouchers(tx);
  const idOf = voucherIds(tx, companyGuid);
  const rows = rowWriter(tx, { ledgerIdOf, ledgerIds });
  const waiting = new Map<number, TallyVoucher>();
  let voucherCount = 0;
  const write = (): void => {
    const before = known([...waiting.keys()]);
    if (before.length > 0) {
      // Rows that are still on their way to the file are forgotten too.
      rows.flush();
      for (const id of forgetVouchers(tx, before)) ledgerIds.add(id);
    }
    for (const [id, voucher] of waiting) rows.add(id, voucher);
    // What is looked up next must be in the file.
    rows.flush();
    voucherCount += waiting.size;
    waiting.clear();
  };
  return {
    put: (voucher) => {
      waiting.set(idOf(voucher.guid), voucher);
      if (waiting.size >= LOOKED_UP_MOST) write();
    },
    flush: () => {
      write();
      return { voucherCount, lineCount: rows.lineCount(), ledgerIds };
    },
  };
}

/** Many vouchers in one write. A first history is written without indexes, which are made behind it. */
export function putVouchers(
  tx: WriteTx,
  vouchers: readonly TallyVoucher[],
  wish: VoucherWish,
): VouchersWritten {
  const newRows = voucherCount(tx) === 0 ? vouchers.length : 0;
  const tables = [
    { table: 'tally_vouchers', newRows },
    { table: 'tally_lines', newRows },
  ] as const;
  return withIndexesAfter(tx, tables, () => {
    const writer = voucherWriter(tx, wish);
    for (const voucher of vouchers) writer.put(voucher);
    return writer.flush();
  });
}

function ownNumber(guid: string, companyGuid: string): number | null {
  const end = guid.length - 8;
  if (end !== companyGuid.length + 1 || guid[end - 1] !== '-' || !guid.startsWith(companyGuid)) return null;
  const digits = guid.slice(end);
  return /^[0-9a-f]{8}$/.test(digits) ? Number.parseInt(digits, 16) : null;
}

/** The whole GUID of a voucher as it is stored. */
function wholeGuid(id: number, guid: string | null, companyGuid: string): string {
  return guid ?? `${companyGuid}-${shortGuid(id, guid)}`;
}

/** Without the company's own GUID in front; one of another origin is left whole. */
export function shortGuid(id: number, guid: string | null): string {
  return guid ?? id.toString(16).padStart(8, '0');
}

function voucherIds(tx: WriteTx, companyGuid: string): (guid: string) => number {
  const find = tx.sqlite.prepare<[string], number>('select id from tally_vouchers where guid = ?').pluck();
  const given = new Map<string, number>();
  let last = Math.max(
    FOREIGN_FROM,
    tx.sqlite.prepare<[], number>('select coalesce(max(id), 0) from tally_vouchers').pluck().get() ?? 0,
  );
  return (guid) => {
    const own = ownNumber(guid, companyGuid);
    if (own !== null) return own;
    const id = given.get(guid) ?? find.get(guid) ?? last + 1;
    last = Math.max(last, id);
    given.set(guid, id);
    return id;
  };
}

function knownVouchers(tx: WriteTx): (ids: readonly number[]) => readonly number[] {
  const between = tx.sqlite.prepare<[number, number]>(
    'select 1 from tally_vouchers where id between ? and ? limit 1',
  );
  const find = tx.sqlite
    .prepare<[string], number>(
      `select v.id from json_each(?) wish cross join tally_vouchers v on v.id = wish.value`,
    )
    .pluck();
  return (ids) => {
    if (ids.length === 0) return [];
    // Windows come newest first: mostly there is nothing of their time yet.
    const isAnyNear = between.get(Math.min(...ids), Math.max(...ids)) !== undefined;
    return isAnyNear ? find.all(JSON.stringify(ids)) : [];
  };
}

type RowWriter = {
  readonly add: (id: number, voucher: TallyVoucher) => void;
  readonly flush: () => void;
  readonly lineCount: () => number;
};

function rowWriter(
  tx: WriteTx,
  {
    ledgerIdOf,
    ledgerIds,
  }: { readonly ledgerIdOf: VoucherWish['ledgerIdOf']; readonly ledgerIds: Set<number> },
): RowWriter {
  const vouchers = bulkInsert(tx, 'tally_vouchers', { columns: VOUCHER_COLUMNS, same: {} });
  const lines = bulkInsert(tx, 'tally_lines', { columns: LINE_COLUMNS, same: {} });
  let lineCount = 0;
  return {
    add: (id, voucher) => {
      vouchers.add(voucherRow(id, voucher));
      let at = id * VOUCHER_LINES;
      for (const line of voucher.lines) {
        const ledgerId = ledgerIdOf(line.ledgerName);
        if (ledgerId === null) continue;
        ledgerIds.add(ledgerId);
        for (const { ref, type, billDay, dueDay, amountPaise } of partsOf(line)) {
          lines.add([at, ledgerId, line.line, ref, type, billDay, dueDay, amountPaise]);
          at += 1;
        }
      }
      const own = at - id * VOUCHER_LINES;
      if (own > VOUCHER_LINES) throw new Error(`A voucher with ${own} allocations.`);
      lineCount += own;
    },
    flush: () => {
      vouchers.flush();
      lines.flush();
    },
    lineCount: () => lineCount,
  };
}

function voucherRow(id: number, voucher: TallyVoucher): readonly BulkValue[] {
  const { alterId, day, kind, typeName, number, narration, isCancelled, isOptional, isPostDated } = voucher;
  const guid = id > FOREIGN_FROM ? voucher.guid : null;
  const state = isCancelled ? CANCELLED : isOptional ? OPTIONAL : COUNTS;
  return [id, guid, alterId, day, kind, typeName, number, narration, state, Number(isPostDated)];
}

type Part = Omit<TallyAllocation, 'amountPaise'> & { readonly amountPaise: number };

/** The allocations of a line, and what is left of it as one on account. Together they are the line's amount. */
function partsOf({ amountPaise, allocations }: TallyLine): readonly Part[] {
  let rest: number = amountPaise;
  const parts: Part[] = [];
  for (const allocation of allocations) {
    if (allocation.amountPaise === 0) continue;
    rest -= allocation.amountPaise;
    parts.push(allocation.type === 'on-account' ? { ...allocation, ref: null } : allocation);
  }
  if (rest !== 0) {
    parts.push({ type: 'on-account', ref: null, billDay: null, dueDay: null, amountPaise: rest });
  }
  return parts;
}

/** Takes vouchers and their lines out of the mirror; answers the ledgers that they touched. */
export function forgetVouchers(tx: WriteTx, ids: readonly number[]): ReadonlySet<number> {
  const touched = touchedLedgers(tx, ids);
  const ofLines = tx.sqlite.prepare(`delete from tally_lines where ${OF_VOUCHER}`);
  const ofVoucher = tx.sqlite.prepare('delete from tally_vouchers where id = ?');
  for (const id of ids) {
    ofLines.run({ id });
    ofVoucher.run(id);
  }
  return touched;
}

const OF_VOUCHER = `id between @id * ${VOUCHER_LINES} and @id * ${VOUCHER_LINES} + ${VOUCHER_LINES - 1}`;

/** Takes all vouchers before a day out of the mirror; answers how many they were. */
export function forgetBefore(tx: WriteTx, day: Day): number {
  const ids = tx.sqlite
    .prepare<[Day], number>('select id from tally_vouchers where day < ?')
    .pluck()
    .all(day);
  forgetVouchers(tx, ids);
  return ids.length;
}

/** Takes every voucher out of the mirror, for a full resync. */
export function forgetAllVouchers(tx: WriteTx): void {
  tx.sqlite.prepare('delete from tally_lines').run();
  tx.sqlite.prepare('delete from tally_vouchers').run();
}

/** Vouchers of a period (both days belong to it) by their whole GUID. */
export function marksOf(
  tx: ReadTx,
  { from, to, companyGuid }: { readonly from: Day; readonly to: Day; readonly companyGuid: string },
): ReadonlyMap<string, VoucherMarkRow> {
  const rows = tx.sqlite
    .prepare<[Day, Day], [string | null, number, number, Day]>(
      'select guid, id, alter_id, day from tally_vouchers where day between ? and ?',
    )
    .raw()
    .iterate(from, to);
  const marks = new Map<string, VoucherMarkRow>();
  for (const [guid, id, alterId, day] of rows)
    marks.set(wholeGuid(id, guid, companyGuid), { id, alterId, day });
  return marks;
}

/** Cancelled and optional ones too. */
export function voucherCount(tx: ReadTx): number {
  return tx.sqlite.prepare<[], number>('select count(*) from tally_vouchers').pluck().get() ?? 0;
}

/** Ledgers of which the vouchers have lines, whether these count or not. */
export function touchedLedgers(tx: ReadTx, voucherIds: readonly number[]): ReadonlySet<number> {
  const find = tx.sqlite
    .prepare<{ id: number }, number>(`select ledger_id from tally_lines where ${OF_VOUCHER}`)
    .pluck();
  return new Set(voucherIds.flatMap((id) => find.all({ id })));
}
