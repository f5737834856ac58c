import type { Day } from '#domain/days.ts';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import Database from 'better-sqlite3';
import { withIndexesAfter } from './bulk.ts';
import type { WriteTx } from './database.ts';
import { voucherCount, voucherWriter, type VouchersWritten, type VoucherWish } from './tally-vouchers.ts';

/** Vouchers that wait outside of the book, on disk: a day book of any size is held in bounded memory. */
export type VoucherSpool = {
  /** A voucher of the same GUID takes the place of the one before. */
  readonly add: (voucher: TallyVoucher) => void;
  readonly count: () => number;
  readonly firstDay: () => Day | null;
  readonly firstGuid: () => string | null;
  /** In the order in which they came first. */
  readonly all: () => Iterable<TallyVoucher>;
  readonly close: () => void;
};

const WRITTEN_AT_ONCE = 500;
const CACHE_KIB = 8192;

/** A file of SQLite's own that nobody else sees; it is gone when it is closed, also by the end of the program. */
export function voucherSpool(): VoucherSpool {
  const sqlite = new Database('');
  sqlite.pragma('journal_mode = off');
  sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  sqlite.exec(
    'create table spool (id integer primary key, guid text not null unique, day text, voucher text)',
  );
  const insert = sqlite.prepare<[string, Day, string]>(
    `insert into spool (guid, day, voucher) values (?, ?, ?)
       on conflict (guid) do update set day = excluded.day, voucher = excluded.voucher`,
  );
  let waiting: TallyVoucher[] = [];
  const write = sqlite.transaction(() => {
    for (const voucher of waiting) insert.run(voucher.guid, voucher.day, JSON.stringify(voucher));
    waiting = [];
  });
  const one = <T>(text: string): T | undefined => {
    write();
    return sqlite.prepare<[], T>(text).pluck().get();
  };
  return {
    add: (voucher) => {
      waiting.push(voucher);
      if (waiting.length >= WRITTEN_AT_ONCE) write();
    },
    count: () => one<number>('select count(*) from spool') ?? 0,
    firstDay: () => one<Day>('select min(day) from spool') ?? null,
    firstGuid: () => one<string>('select guid from spool order by id limit 1') ?? null,
    all: function* () {
      write();
      for (const text of sqlite
        .prepare<[], string>('select voucher from spool order by id')
        .pluck()
        .iterate()) {
        const voucher: TallyVoucher = JSON.parse(text);
        yield voucher;
      }
    },
    close: () => sqlite.close(),
  };
}

/** All that wait become the mirror's, with the indexes made behind them where they are many. */
export function putSpooled(
  tx: WriteTx,
  spool: VoucherSpool,
  { look, ...wish }: VoucherWish & { readonly look: (voucher: TallyVoucher) => void },
): VouchersWritten {
  const newRows = voucherCount(tx) === 0 ? spool.count() : 0;
  const tables = [
    { table: 'tally_vouchers', newRows },
    { table: 'tally_lines', newRows },
  ] as const;
  return withIndexesAfter(tx, tables, () => {
    const writer = voucherWriter(tx, wish);
    for (const voucher of spool.all()) {
      look(voucher);
      writer.put(voucher);
    }
    return writer.flush();
  });
}

/** Runs a large write with a small cache of pages: what is written once need not be kept. */
export function inLittleMemory<T>({ sqlite }: WriteTx, write: () => T): T {
  const before = Number(sqlite.pragma('cache_size', { simple: true }));
  sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  try {
    return write();
  } finally {
    sqlite.pragma(`cache_size = ${before}`);
  }
}
