import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import type { BookFile, ReadTx } from '#engine/storage/database.ts';
import { putConnection } from '#engine/storage/tally-connection.ts';
import {
  putLedgers,
  putOpeningBills,
  replaceOpenBills,
  setLedgerCustomer,
} from '#engine/storage/tally-masters.ts';
import { everyParty, partyFactsOf, partyLines } from '#engine/storage/tally-parties.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import {
  forgetAllVouchers,
  forgetBefore,
  forgetVouchers,
  marksOf,
  putVouchers,
  touchedLedgers,
  voucherCount,
  voucherWriter,
} from '#engine/storage/tally-vouchers.ts';
import { describe, expect, it } from 'vitest';
import {
  against,
  aLedger,
  aLine,
  aTallyCustomer,
  aVoucher,
  COMPANY,
  connection,
  emptyBook,
  guidOf,
  NOW,
} from './tally-book.ts';

function bookOfTwo() {
  const db = emptyBook();
  const ids = db.write((tx) => {
    putConnection(tx, connection);
    return putLedgers(tx, [aLedger(1, 'Asha'), aLedger(2, 'Birla')]);
  });
  const [asha, birla] = [ids.get(guidOf(1)), ids.get(guidOf(2))];
  if (asha === undefined || birla === undefined) throw new Error('No ledgers.');
  const ledgerIdOf = (name: string): number | null => ({ Asha: asha, Birla: birla })[name] ?? null;
  const put = (...vouchers: readonly TallyVoucher[]) =>
    db.write((tx) => {
      const writer = voucherWriter(tx, { companyGuid: COMPANY, ledgerIdOf });
      for (const voucher of vouchers) writer.put(voucher);
      return writer.flush();
    });
  return { db, asha, birla, ledgerIdOf, put };
}

const linesIn = (db: BookFile, ledgerId: number) => db.read((tx) => partyLines(tx, ledgerId));
const short = (db: BookFile, ledgerId: number) =>
  linesIn(db, ledgerId).map((one) => [
    one.voucherGuid.slice(-2),
    one.line,
    one.position,
    one.ref,
    one.type,
    one.amountPaise,
  ]);

describe('a voucher', () => {
  it('is kept with one row for each allocation and one for the rest of a line; lines of other ledgers are not', () => {
    const { db, asha, put } = bookOfTwo();
    const lines = [
      aLine(0, 'Asha', 1000, [against('B1', 600), against('B2', 300)]),
      aLine(1, 'Sales', -1000),
      aLine(2, 'Asha', -50, [against(null, -50, 'on-account')]),
    ];
    expect(put(aVoucher(42, { lines }))).toEqual({
      voucherCount: 1,
      lineCount: 4,
      ledgerIds: new Set([asha]),
    });
    expect(short(db, asha)).toEqual([
      ['2a', 0, 0, 'B1', 'new', 600],
      ['2a', 0, 1, 'B2', 'new', 300],
      ['2a', 0, 2, null, 'on-account', 100],
      ['2a', 2, 0, null, 'on-account', -50],
    ]);
    expect(linesIn(db, asha)[0]).toMatchObject({
      voucherGuid: guidOf(42).slice(COMPANY.length + 1),
      day: '2026-01-05',
      kind: 'sales',
      number: '42',
      billDay: '2026-01-05',
    });
    expect(db.read((tx) => tx.sqlite.prepare('select id, guid from tally_vouchers').raw().all())).toEqual([
      [42, null],
    ]);
  });

  it('replaces the one of the same GUID, and tells of the ledger that it left', () => {
    const { db, asha, birla, put } = bookOfTwo();
    put(aVoucher(1, { lines: [aLine(0, 'Asha', 100)] }), aVoucher(2, { lines: [aLine(0, 'Asha', 7)] }));
    const written = put(
      aVoucher(1, { alterId: 9, lines: [aLine(0, 'Asha', 1)] }),
      aVoucher(1, { alterId: 10, lines: [aLine(0, 'Birla', 120)] }),
    );
    expect(written.ledgerIds).toEqual(new Set([asha, birla]));
    expect(short(db, asha)).toEqual([['02', 0, 0, null, 'on-account', 7]]);
    expect(short(db, birla)).toEqual([['01', 0, 0, null, 'on-account', 120]]);
    expect(db.read(voucherCount)).toBe(2);
  });

  it('that is cancelled or optional is kept and marked, and its lines do not count', () => {
    const { db, asha, put } = bookOfTwo();
    const lines = [aLine(0, 'Asha', 100)];
    put(
      aVoucher(1, { isCancelled: true, lines }),
      aVoucher(2, { isOptional: true, lines }),
      aVoucher(3, { lines }),
    );
    expect(short(db, asha).map(([guid]) => guid)).toEqual(['03']);
    const year = { from: day('2026-01-01'), to: day('2026-12-31'), companyGuid: COMPANY };
    expect([...db.read((tx) => marksOf(tx, year)).keys()]).toEqual([guidOf(1), guidOf(2), guidOf(3)]);
  });

  it('of another company keeps its whole GUID', () => {
    const { db, put } = bookOfTwo();
    put(aVoucher(1, { guid: 'another-00000001' }));
    const year = { from: day('2026-01-05'), to: day('2026-01-05'), companyGuid: COMPANY };
    expect([...db.read((tx) => marksOf(tx, year)).entries()]).toEqual([
      ['another-00000001', { id: 2 ** 32 + 1, alterId: 1, day: '2026-01-05' }],
    ]);
  });

  it('stands in order of day, then of entry, whenever it was read', () => {
    const { db, asha, put } = bookOfTwo();
    const on = (masterId: number, at: string) =>
      aVoucher(masterId, { day: day(at), lines: [aLine(0, 'Asha', masterId)] });
    put(on(30, '2026-02-02'), on(17, '2026-02-02'));
    put(on(40, '2026-01-01'), on(5, '2026-03-01'));
    expect(linesIn(db, asha).map((one) => one.amountPaise)).toEqual([40, 17, 30, 5]);
  });

  it('is forgotten with its lines', () => {
    const { db, asha, birla, put } = bookOfTwo();
    const on = (masterId: number, at: string, name = 'Asha') =>
      aVoucher(masterId, { day: day(at), lines: [aLine(0, name, masterId)] });
    put(on(1, '2025-12-31'), on(2, '2026-01-01'), on(3, '2026-01-02', 'Birla'), on(4, '2026-01-03'));
    expect(db.write((tx) => forgetBefore(tx, day('2026-01-01')))).toBe(1);
    expect(db.read((tx) => touchedLedgers(tx, [2, 3]))).toEqual(new Set([asha, birla]));
    expect(db.write((tx) => forgetVouchers(tx, [3]))).toEqual(new Set([birla]));
    expect(linesIn(db, asha).map((one) => one.amountPaise)).toEqual([2, 4]);
    db.write(forgetAllVouchers);
    expect(db.read((tx) => tx.sqlite.prepare('select count(*) from tally_lines').pluck().get())).toBe(0);
    expect(db.read(voucherCount)).toBe(0);
  });
});

describe('many vouchers', () => {
  const many = Array.from({ length: 21_000 }, (_, at) =>
    aVoucher(at + 1, {
      lines: [aLine(0, at % 3 === 0 ? 'Birla' : 'Asha', at + 1, [against(`B${at}`, at + 1)])],
    }),
  );
  const indexes = (tx: ReadTx) =>
    tx.sqlite
      .prepare(`select name from sqlite_schema where type = 'index' and tbl_name like 'tally%' order by 1`)
      .all();

  it('of a first history are the same as written one by one, and every index stands behind them', () => {
    const [one, other] = [bookOfTwo(), bookOfTwo()];
    const before = one.db.read(indexes);
    one.put(...many);
    const { ledgerIdOf } = other;
    const written = other.db.write((tx) => putVouchers(tx, many, { companyGuid: COMPANY, ledgerIdOf }));
    expect(written.lineCount).toBe(21_000);
    expect(other.db.read(indexes)).toEqual(before);
    const rows = (tx: ReadTx): unknown[] =>
      tx.sqlite.prepare('select * from tally_lines order by id').raw().all();
    expect(other.db.read(rows)).toEqual(one.db.read(rows));
    other.db.write((tx) => putVouchers(tx, many.slice(0, 10), { companyGuid: COMPANY, ledgerIdOf }));
    expect(other.db.read(voucherCount)).toBe(21_000);
  });

  it('come back party by party in one ordered scan as each by itself, and may be written to meanwhile', () => {
    const { db, asha, birla, put } = bookOfTwo();
    put(...many);
    db.write((tx) => {
      for (const [at, id] of [asha, birla].entries()) {
        setLedgerCustomer(tx, id, putTallyCustomer(tx, aTallyCustomer(at + 1), NOW));
        putOpeningBills(tx, id, [
          { ref: `O${at}`, billDay: null, dueDay: null, isAdvance: false, amountPaise: paise(5) },
        ]);
      }
      const bill = {
        ref: 'B1',
        billDay: day('2026-01-05'),
        dueDay: day('2026-02-04'),
        balancePaise: paise(7),
      };
      replaceOpenBills(tx, [{ ...bill, ledgerId: asha }]);
      const seen = [];
      for (const { ledger, facts } of everyParty(tx, connection)) {
        tx.sqlite
          .prepare('update tally_ledgers set alter_id = alter_id + 1 where id = ?')
          .run(ledger.ledgerId);
        expect(facts).toEqual(partyFactsOf(tx, ledger.ledgerId, connection));
        seen.push([ledger.ledgerId, facts.lines.length, facts.openBills.length, facts.creditDays]);
      }
      expect(seen).toEqual([
        [asha, 14_000, 1, 30],
        [birla, 7000, 0, 30],
      ]);
    });
  });

  it('are left out of a party while no history is here, and before the day from which it is', () => {
    const { db, asha, put } = bookOfTwo();
    put(
      aVoucher(1, { day: day('2026-01-01'), lines: [aLine(0, 'Asha', 1)] }),
      aVoucher(2, { day: day('2026-01-02'), lines: [aLine(0, 'Asha', 2)] }),
    );
    const linesFrom = (from: string | null) =>
      db.read((tx) =>
        partyFactsOf(tx, asha, { ...connection, historyFrom: from === null ? null : day(from) }),
      )?.lines;
    expect(linesFrom(null)).toEqual([]);
    expect(linesFrom('2026-01-02')).toHaveLength(1);
    expect(linesFrom('2026-01-01')).toHaveLength(2);
  });
});
