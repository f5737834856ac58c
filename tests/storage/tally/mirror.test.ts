import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { answerOffer, openOfferCount, openOffers, putOffers } from '#engine/storage/contact-offers.ts';
import { updateCustomer } from '#engine/storage/customers.ts';
import { endDanglingRuns, endRun, runRows, startRun } from '#engine/storage/sync-runs.ts';
import { connectionRow, patchConnection, putConnection } from '#engine/storage/tally-connection.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import { differenceOf, differenceRows, replaceDifferences } from '#engine/storage/tally-differences.ts';
import {
  groupRows,
  ledgerRow,
  ledgerRows,
  markLedgersGone,
  openBillRows,
  openBillsOf,
  openingBillsOf,
  putGroups,
  putLedgers,
  putOpeningBills,
  replaceOpenBills,
  setClosings,
  setLedgerCustomer,
} from '#engine/storage/tally-masters.ts';
import { markWindow, replaceWindows, windowRows } from '#engine/storage/tally-windows.ts';
import { describe, expect, it } from 'vitest';
import { aLedger, aTallyCustomer, connection, emptyBook, guidOf, NOW } from './tally-book.ts';

describe('the connection of a book', () => {
  it('is one row that comes back as it was put, and changes field by field', () => {
    const db = emptyBook();
    expect(db.read(connectionRow)).toBeNull();
    expect(() => db.write((tx) => patchConnection(tx, { isPaused: true }))).toThrow('not tied');
    db.write((tx) => putConnection(tx, connection));
    expect(db.read(connectionRow)).toEqual(connection);
    db.write((tx) => patchConnection(tx, { isPaused: true, historyFrom: null, voucherCounter: 77 }));
    const patched = { ...connection, isPaused: true, historyFrom: null, voucherCounter: 77 };
    expect(db.read(connectionRow)).toEqual(patched);
    db.write((tx) => putConnection(tx, { ...connection, companyName: 'Other Traders' }));
    expect(db.read(connectionRow)?.companyName).toBe('Other Traders');
  });
});

describe('masters', () => {
  it('are groups as they are now', () => {
    const db = emptyBook();
    const group = (name: string) => ({ guid: name, alterId: 1, name, parent: null, reservedName: null });
    db.write((tx) => putGroups(tx, [group('B'), group('A')]));
    expect(db.read(groupRows)).toEqual([group('A'), group('B')]);
    db.write((tx) => putGroups(tx, [group('C')]));
    expect(db.read(groupRows)).toEqual([group('C')]);
  });

  it('are ledgers that keep id and customer through a rename, and come back when they were gone', () => {
    const db = emptyBook();
    const id = db.write((tx) => putLedgers(tx, [aLedger(1, 'Asha')]).get(guidOf(1)) ?? 0);
    const customerId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1), NOW));
    db.write((tx) => {
      setLedgerCustomer(tx, id, customerId);
      setClosings(tx, new Map([[id, paise(900)]]));
    });
    expect(db.read((tx) => ledgerRow(tx, { customerId }))).toMatchObject({ ledgerId: id, closingPaise: 900 });
    db.write((tx) => markLedgersGone(tx, [id], NOW));
    expect(db.read((tx) => ledgerRow(tx, { ledgerId: id }))).toMatchObject({ goneAt: NOW, closingPaise: 0 });
    const renamed = { ...aLedger(1, 'Asha & Sons'), isBillWise: false };
    expect(db.write((tx) => putLedgers(tx, [renamed])).get(guidOf(1))).toBe(id);
    const expected = { ...renamed, ledgerId: id, customerId, goneAt: null };
    expect(db.read(ledgerRows)).toEqual([expected]);
    expect(db.read((tx) => ledgerRow(tx, { guid: guidOf(2) }))).toBeNull();
  });

  it('are bills of Tally’s reports, whole or of one ledger, equal ones added up and none of zero', () => {
    const db = emptyBook();
    const bill = (ledgerId: number, ref: string, balance: number) => {
      const days = { billDay: day('2026-01-05'), dueDay: day('2026-02-04') };
      return { ledgerId, ref, ...days, balancePaise: paise(balance) };
    };
    db.write((tx) =>
      replaceOpenBills(tx, [
        bill(1, 'A', 5),
        bill(1, 'A', 7),
        bill(2, 'B', -3),
        bill(2, 'C', 4),
        bill(2, 'C', -4),
      ]),
    );
    expect(db.read(openBillRows)).toEqual([bill(1, 'A', 12), bill(2, 'B', -3)]);
    db.write((tx) => replaceOpenBills(tx, [bill(2, 'D', 9)], { ledgerId: 2 }));
    expect(db.read(openBillRows)).toEqual([bill(1, 'A', 12), bill(2, 'D', 9)]);
    const { ledgerId: _ledgerId, ...one } = bill(2, 'D', 9);
    expect(db.read((tx) => openBillsOf(tx, 2))).toEqual([one]);
  });

  it('are opening bills of a ledger, in their own order', () => {
    const db = emptyBook();
    const bill = (ref: string, amount: number) => {
      const days = { billDay: day('2025-01-05'), dueDay: null };
      return { ref, ...days, isAdvance: amount < 0, amountPaise: paise(amount) };
    };
    db.write((tx) => putOpeningBills(tx, 1, [bill('Z', 5), bill('A', -5)]));
    expect(db.read((tx) => openingBillsOf(tx, 1))).toEqual([bill('Z', 5), bill('A', -5)]);
    db.write((tx) => putOpeningBills(tx, 1, [bill('B', 1)]));
    expect(db.read((tx) => openingBillsOf(tx, 1))).toEqual([bill('B', 1)]);
  });
});

it('keeps the plan of the history, and what was read of it', () => {
  const db = emptyBook();
  const plan = (position: number) => {
    const days = { fromDay: day('2026-01-01'), toDay: day('2026-01-31') };
    return { position, ...days, expectedCount: 10 };
  };
  db.write((tx) => replaceWindows(tx, [plan(1), plan(0)]));
  const read = { readAt: NOW, voucherCount: 9, milliseconds: 800 };
  db.write((tx) => markWindow(tx, 1, read));
  const unread = { readAt: null, voucherCount: null, milliseconds: null };
  expect(db.read(windowRows)).toEqual([
    { ...plan(0), ...unread },
    { ...plan(1), ...read },
  ]);
  expect(() => db.write((tx) => markWindow(tx, 5, read))).toThrow('No window');
});

it('tells of runs newest first, and of one whose process was killed that it was stopped', () => {
  const db = emptyBook();
  const [first, second] = db.write((tx) => [
    startRun(tx, { kind: 'first', startedAt: 10 }),
    startRun(tx, { kind: 'changes', startedAt: 20 }),
  ]);
  const counts = {
    requestCount: 5,
    tallyMilliseconds: 900,
    byteCount: 10,
    ledgerCount: 2,
    billCount: 3,
    voucherCount: 0,
  };
  const documents = {
    addedCount: 3,
    changedCount: 1,
    goneCount: 0,
    differencePaise: paise(0),
    failureJson: null,
  };
  const end = { ...counts, ...documents, endedAt: 15, outcome: 'done' as const };
  db.write((tx) => endRun(tx, first ?? 0, end));
  expect(db.write((tx) => endDanglingRuns(tx, 30))).toBe(1);
  const rows = db.read((tx) => runRows(tx, 10));
  expect(rows.map((row) => [row.runId, row.outcome, row.endedAt])).toEqual([
    [second, 'stopped', 30],
    [first, 'done', 15],
  ]);
  expect(rows[1]).toEqual({ ...end, runId: first, kind: 'first', startedAt: 10 });
  expect(db.read((tx) => runRows(tx, 1))).toHaveLength(1);
});

it('keeps the differences of the last tie-out, and none of whoever ties out', () => {
  const db = emptyBook();
  const row = (ledgerId: number) => ({
    ledgerId,
    differencePaise: paise(-5),
    billCount: 1,
    causes: ['on-account'],
  });
  db.write((tx) => replaceDifferences(tx, [row(1), row(2)]));
  expect(db.read(differenceRows)).toEqual([row(1), row(2)]);
  db.write((tx) => replaceDifferences(tx, [], { ledgerId: 1 }));
  expect(db.read((tx) => [differenceOf(tx, 1), differenceOf(tx, 2)])).toEqual([null, row(2)]);
  db.write((tx) => replaceDifferences(tx, []));
  expect(db.read(differenceRows)).toEqual([]);
});

it('offers a number once: not again after an answer, and not for a field that was filled meanwhile', () => {
  const db = emptyBook();
  const customerId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1, { name: 'Asha' }), NOW));
  const offer = (value: string, field: 'phone' | 'email' = 'phone') => ({ customerId, field, value });
  expect(db.write((tx) => putOffers(tx, [offer('+919800000001'), offer('a@b.in', 'email')], NOW))).toBe(2);
  expect(db.write((tx) => putOffers(tx, [offer('+919800000001')], NOW))).toBe(0);
  const [phone, email] = db.read(openOffers);
  expect(phone).toMatchObject({ customerName: 'Asha', ...offer('+919800000001') });
  const decline = { isTaken: false, at: NOW };
  expect(db.write((tx) => answerOffer(tx, phone?.offerId ?? 0, decline))).toEqual(offer('+919800000001'));
  expect(db.write((tx) => answerOffer(tx, phone?.offerId ?? 0, decline))).toBeNull();
  expect(db.write((tx) => putOffers(tx, [offer('+919800000001')], NOW))).toBe(0);
  expect(db.write((tx) => putOffers(tx, [offer('+919800000002')], NOW))).toBe(1);
  expect(db.read(openOfferCount)).toBe(2);
  db.write((tx) => updateCustomer(tx, customerId, { email: 'own@b.in' }));
  expect(db.read(openOffers).map((one) => one.value)).toEqual(['+919800000002']);
  expect(email?.field).toBe('email');
});
