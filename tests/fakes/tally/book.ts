import { keptPeriod, readDay, yearEnd, yearStart } from './calendar.ts';
import { bookHolder } from './holder.ts';
import { byName, type FakeBook, type FakeGroup, type FakeLedger, type FakeVoucherType } from './records.ts';
import { splitBook } from './split.ts';
import { BASE_TYPES, STOCK_GROUPS } from './stock-masters.ts';
import { voucherOperations, type VoucherOperations } from './voucher-book.ts';
import type { NewCompany, NewGroup, NewLedger } from './wishes.ts';

export type FakeSnapshot = { readonly book: FakeBook };

/** A company of the fake, with everything a person at its Tally could do. Amounts in paise, POSITIVE = DEBIT. */
export type FakeCompany = VoucherOperations & {
  readonly name: string;
  readonly guid: string;
  /** Everything at this moment, never changed afterwards. */
  readonly view: () => FakeBook;
  readonly rename: (name: string) => void;
  readonly setDisplay: (from: string, to: string) => void;
  readonly createGroup: (group: NewGroup) => FakeGroup;
  readonly renameGroup: (name: string, to: string) => void;
  readonly moveGroup: (name: string, parent: string) => void;
  readonly createLedger: (ledger: NewLedger) => FakeLedger;
  readonly alterLedger: (
    name: string,
    change: Partial<
      Pick<
        FakeLedger,
        'billWise' | 'creditPeriod' | 'creditLimit' | 'opening' | 'openingBills' | 'contact' | 'aliases'
      >
    >,
  ) => FakeLedger;
  /** Moves only ALTMSTID, by 1: vouchers of the ledger keep their AlterID. */
  readonly renameLedger: (name: string, to: string) => FakeLedger;
  readonly moveLedger: (name: string, parent: string) => FakeLedger;
  /** Throws where a voucher still uses it, as Tally refuses. */
  readonly deleteLedger: (name: string) => void;
  readonly createVoucherType: (
    type: Pick<FakeVoucherType, 'name' | 'base'> & Partial<FakeVoucherType>,
  ) => FakeVoucherType;
  readonly ledger: (name: string) => FakeLedger;
  readonly group: (name: string) => FakeGroup;
  /** A forex revaluation: a bill (or, with ref null, the ledger alone) is worth more or less from a day on. */
  readonly revalue: (ledger: string, ref: string | null, wish: { from: string; amount: number }) => void;
  readonly backup: () => FakeSnapshot;
  /** The same GUIDs, with the counters as they were then. */
  readonly restore: (snapshot: FakeSnapshot) => void;
  /** A company of the same GUID whose books begin on a day, with openings in place of what was before. */
  readonly splitCompany: (from: string, name?: string) => FakeCompany;
  /** For fixtures that must hold a capture's own numbers. */
  readonly setNext: (
    next: Partial<
      Pick<
        FakeBook,
        'masterCounter' | 'voucherCounter' | 'lastMasterId' | 'lastVoucherId' | 'lastBillId' | 'lastRetainKey'
      >
    >,
  ) => void;
};

export function createFakeCompany(wish: NewCompany): FakeCompany {
  return companyOf(emptyBook(wish));
}

/** A company around a book that is already there. */
export function companyOf(first: FakeBook): FakeCompany {
  const holder = bookHolder(first);
  const { read, write } = holder;
  const findLedger = (name: string): FakeLedger => found(read().ledgers, name, 'ledger');
  const findGroup = (name: string): FakeGroup => found(read().groups, name, 'group');
  const putLedger = (row: Omit<FakeLedger, 'alterId'>): FakeLedger => {
    const book = write();
    const ledger = { ...row, alterId: (book.masterCounter += 1) };
    book.ledgers.set(ledger.masterId, ledger);
    return ledger;
  };
  const putGroup = (row: Omit<FakeGroup, 'alterId'>): FakeGroup => {
    const book = write();
    const group = { ...row, alterId: (book.masterCounter += 1) };
    book.groups.set(group.masterId, group);
    return group;
  };
  const company: FakeCompany = {
    ...voucherOperations({ ...holder, findLedger }),
    get name() {
      return read().name;
    },
    get guid() {
      return read().guid;
    },
    view: holder.view,
    rename: (name) => void (write().name = name),
    setDisplay: (from, to) => {
      Object.assign(write(), { displayFrom: from, displayTo: to });
    },
    createGroup: ({ name, parent, aliases }) => {
      mustBeNew(read().groups, name);
      const under = parent === null ? null : findGroup(parent);
      return putGroup({
        masterId: (write().lastMasterId += 1),
        name,
        aliases: aliases ?? [],
        reservedName: '',
        parentId: under?.masterId ?? null,
        isRevenue: under?.isRevenue ?? false,
        isDeemedPositive: under?.isDeemedPositive ?? true,
      });
    },
    renameGroup: (name, to) => void putGroup({ ...findGroup(name), name: to }),
    moveGroup: (name, parent) => void putGroup({ ...findGroup(name), parentId: findGroup(parent).masterId }),
    createLedger: (ledger) => {
      mustBeNew(read().ledgers, ledger.name);
      return putLedger(ledgerFrom(ledger, (write().lastMasterId += 1), findGroup(ledger.parent)));
    },
    alterLedger: (name, change) => {
      const creditPeriod = keptPeriod(change.creditPeriod ?? findLedger(name).creditPeriod);
      return putLedger({ ...findLedger(name), ...change, creditPeriod });
    },
    renameLedger: (name, to) => putLedger({ ...findLedger(name), name: to }),
    moveLedger: (name, parent) => putLedger({ ...findLedger(name), parentId: findGroup(parent).masterId }),
    deleteLedger: (name) => {
      const { masterId } = findLedger(name);
      for (const voucher of read().vouchers.values()) {
        if (voucher.partyId === masterId || voucher.lines.some((line) => line.ledgerId === masterId))
          throw new Error(`The ledger ${name} is used by a voucher.`);
      }
      const book = write();
      book.ledgers.delete(masterId);
      book.masterCounter += 2;
    },
    createVoucherType: ({ name, base, numbering }) => {
      const book = write();
      const type: FakeVoucherType = {
        masterId: (book.lastMasterId += 1),
        alterId: (book.masterCounter += 1),
        name,
        base,
        numbering: numbering ?? 'Automatic',
      };
      book.voucherTypes.set(type.masterId, type);
      return type;
    },
    ledger: findLedger,
    group: findGroup,
    revalue: (name, ref, { from, amount }) => {
      const book = write();
      book.revaluations = [...book.revaluations, { ledgerId: findLedger(name).masterId, ref, from, amount }];
    },
    backup: () => ({ book: holder.view() }),
    restore: (snapshot) => holder.replace(snapshot.book),
    splitCompany: (from, name) => companyOf(splitBook(holder.view(), from, name)),
    setNext: (next) => void Object.assign(write(), next),
  };
  return company;
}

function found<Row extends { readonly name: string; readonly masterId: number }>(
  rows: ReadonlyMap<number, Row>,
  name: string,
  what: string,
): Row {
  const row = byName(rows, name);
  if (!row) throw new Error(`The fake's company has no ${what} called ${name}.`);
  return row;
}

function mustBeNew(
  rows: ReadonlyMap<number, { readonly name: string; readonly masterId: number }>,
  name: string,
): void {
  if (byName(rows, name)) throw new Error(`The fake's company already has a master called ${name}.`);
}

function ledgerFrom(wish: NewLedger, masterId: number, parent: FakeGroup): Omit<FakeLedger, 'alterId'> {
  return {
    masterId,
    name: wish.name,
    aliases: wish.aliases ?? [],
    otherLanguage: wish.otherLanguage ?? null,
    reservedName: '',
    parentId: parent.masterId,
    billWise: wish.billWise ?? false,
    creditPeriod: keptPeriod(wish.creditPeriod),
    creditLimit: wish.creditLimit ?? null,
    opening: wish.opening ?? 0,
    openingBills: wish.openingBills ?? [],
    contact: wish.contact ?? {},
    currency: wish.currency ?? '',
  };
}

let companiesMade = 0;

function emptyBook(wish: NewCompany): FakeBook {
  companiesMade += 1;
  const booksFrom = wish.booksFrom ?? '2025-04-01';
  if (readDay(booksFrom) === null) throw new Error(`Not a day: ${booksFrom}`);
  const groups = new Map<number, FakeGroup>();
  const idOf = new Map<string, number>();
  STOCK_GROUPS.forEach((row, at) => idOf.set(row.name, at + 1));
  STOCK_GROUPS.forEach((row, at) => {
    groups.set(at + 1, {
      masterId: at + 1,
      alterId: at + 1,
      name: row.name,
      aliases: row.aliases ?? [],
      reservedName: row.name,
      parentId: row.parent === null ? null : (idOf.get(row.parent) ?? null),
      isRevenue: row.isRevenue ?? false,
      isDeemedPositive: row.isDeemedPositive ?? false,
    });
  });
  const voucherTypes = new Map<number, FakeVoucherType>();
  BASE_TYPES.forEach((name, at) => {
    const masterId = 32 + at;
    voucherTypes.set(masterId, { masterId, alterId: masterId, name, base: name, numbering: 'Auto Retain' });
  });
  return {
    name: wish.name,
    guid: wish.guid ?? `5b1c0fa2-77d4-4a60-9c11-${companiesMade.toString(16).padStart(12, '0')}`,
    number: wish.number ?? String(10_000 + companiesMade),
    booksFrom,
    startingFrom: wish.startingFrom ?? yearStart(booksFrom),
    displayFrom: wish.display?.from ?? yearStart(booksFrom),
    displayTo: wish.display?.to ?? yearEnd(booksFrom),
    isGroupCompany: wish.isGroupCompany ?? false,
    currency: wish.currency ?? '₹',
    state: wish.state ?? 'Maharashtra',
    pinCode: wish.pinCode ?? '',
    gstin: wish.gstin ?? '',
    masterCounter: 80,
    voucherCounter: 0,
    lastMasterId: 80,
    lastVoucherId: 0,
    lastBillId: 0,
    lastRetainKey: 0,
    groups,
    ledgers: stockLedgers(idOf),
    voucherTypes,
    vouchers: new Map(),
    revaluations: [],
    daySequences: new Map(),
    lastNumbers: new Map(),
    refs: new Map(),
  };
}

/** The two ledgers no company is without. */
function stockLedgers(groupIds: ReadonlyMap<string, number>): Map<number, FakeLedger> {
  const row = (name: string, masterId: number, parentId: number | null): FakeLedger => ({
    ...ledgerFrom({ name, parent: '' }, masterId, NO_GROUP),
    alterId: masterId,
    parentId,
    reservedName: parentId === null ? name : '',
  });
  return new Map([
    [30, row('Profit & Loss A/c', 30, null)],
    [31, row('Cash', 31, groupIds.get('Cash-in-Hand') ?? null)],
  ]);
}

const NO_GROUP: FakeGroup = {
  masterId: 0,
  alterId: 0,
  name: '',
  aliases: [],
  reservedName: '',
  parentId: null,
  isRevenue: false,
  isDeemedPositive: false,
};
