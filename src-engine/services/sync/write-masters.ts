import { ZERO, type Paise } from '#domain/money.ts';
import type { TallyLedger, TallyThinLedger } from '#domain/tally/facts.ts';
import { isCustomer, tallyNameKey } from '#domain/tally/groups.ts';
import type { WriteTx } from '../../storage/database.ts';
import {
  ledgerRows,
  markLedgersGone,
  openingBillsOf,
  putGroups,
  putLedgers,
  putOpeningBills,
  setClosings,
  type LedgerRow,
  type LedgerWish,
} from '../../storage/tally-masters.ts';
import { putSetting, settingRows } from '../../storage/settings.ts';
import { openingSums } from '../../storage/tally-book-side.ts';
import { putCustomers } from './customers.ts';
import { moved, TallyStopped } from './failures.ts';
import { putOpenBills } from './party-bills.ts';
import type { BookRead } from './read.ts';

/** What a write of the masters found. */
export type MastersWritten = {
  /** Ledgers of which anything changed that documents are derived from. */
  readonly touched: Set<number>;
  /** Ledgers that were there before, but not kept: what their vouchers said is not in the mirror. */
  readonly cameOlder: boolean;
  readonly ledgerIdOf: (name: string) => number | null;
  readonly ledgerCount: number;
  readonly billCount: number;
};

/** Groups, ledgers, customers and the two bills reports, in the caller's transaction. */
export function writeMasters(tx: WriteTx, read: BookRead, now: number): MastersWritten {
  const before = ledgerRows(tx);
  putGroups(tx, read.groups);
  const { touched, ids, newest } = writeLedgers(tx, read, before);
  const there = new Set(read.thin.map((ledger) => ledger.guid));
  const gone = before.filter((row) => row.goneAt === null && !there.has(row.guid));
  markLedgersGone(
    tx,
    gone.map((row) => row.ledgerId),
    now,
  );
  for (const { ledgerId } of gone) touched.add(ledgerId);
  writeOpeningBills(tx, read, { ids, touched });
  putCustomers(tx, read, { now });
  const idOfKey = idsByName(read.thin, ids);
  mayBeRead(read);
  const { differing, billCount } = putOpenBills(tx, read.reported, idOfKey);
  for (const ledgerId of differing) touched.add(ledgerId);
  const ledgerIdOf = (name: string): number | null => idOfKey(tallyNameKey(name));
  return { touched, cameOlder: newest.cameOlder, ledgerIdOf, ledgerCount: ids.size, billCount };
}

type Known = ReadonlyMap<string, LedgerRow>;

function writeLedgers(tx: WriteTx, read: BookRead, before: readonly LedgerRow[]) {
  const known: Known = new Map(before.map((row) => [row.guid, row]));
  const lastMasterId = lastMasterOf(tx);
  putSetting(
    tx,
    LAST_MASTER,
    JSON.stringify(read.thin.reduce((last, row) => Math.max(last, row.masterId), 0)),
  );
  const wishes = read.thin
    .filter((ledger) => known.has(ledger.guid) || ledger.isBillWise || isCustomer(read.choice, ledger))
    .map((ledger) => wishOf(ledger, read, known));
  const changed = wishes.filter((wish) => !isAsBefore(wish, known.get(wish.guid)));
  const put = putLedgers(tx, changed);
  const ids = new Map(before.map((row) => [row.guid, row.ledgerId]));
  for (const [guid, id] of put) ids.set(guid, id);
  // Master ids only grow: one that is not above all there were may stand in vouchers that were read without it.
  const cameOlder = changed.some((wish) => !known.has(wish.guid) && wish.masterId <= lastMasterId);
  return { touched: new Set(put.values()), ids, newest: { cameOlder } };
}

/** The highest master id there was, of ledgers that are not kept too. Among the settings, for it is one number. */
const LAST_MASTER = 'tallyLastMasterId';

function lastMasterOf(tx: WriteTx): number {
  const stored = settingRows(tx).get(LAST_MASTER);
  const value: unknown = stored === undefined ? 0 : JSON.parse(stored);
  return typeof value === 'number' ? value : 0;
}

function wishOf(thin: TallyThinLedger, { whole, choice }: BookRead, known: Known): LedgerWish {
  const { guid, masterId, alterId, name, parent, isBillWise } = thin;
  const facts: Pick<TallyLedger, 'creditPeriod' | 'openingPaise'> | undefined =
    whole.get(guid) ?? known.get(guid);
  return {
    guid,
    masterId,
    alterId,
    name,
    nameKey: tallyNameKey(name),
    parent,
    isBillWise,
    creditPeriod: facts?.creditPeriod ?? null,
    openingPaise: facts?.openingPaise ?? null,
    closingPaise: thin.closingPaise ?? ZERO,
    isCustomer: isCustomer(choice, thin),
  };
}

function isAsBefore(wish: LedgerWish, row: LedgerRow | undefined): boolean {
  if (!row || row.goneAt !== null) return false;
  return (Object.keys(wish) as (keyof LedgerWish)[]).every((field) => wish[field] === row[field]);
}

type Ids = ReadonlyMap<string, number>;

function writeOpeningBills(
  tx: WriteTx,
  { whole }: BookRead,
  { ids, touched }: { readonly ids: Ids; readonly touched: Set<number> },
): void {
  const known = openingSums(tx);
  for (const { guid, openingBills } of whole.values()) {
    const ledgerId = ids.get(guid);
    if (ledgerId === undefined || (openingBills.length === 0 && !known.has(ledgerId))) continue;
    const before = openingBillsOf(tx, ledgerId);
    const isSame =
      before.length === openingBills.length &&
      openingBills.every((bill, at) => {
        const was = before[at];
        return (
          was?.ref === bill.ref &&
          was.billDay === bill.billDay &&
          was.dueDay === bill.dueDay &&
          was.amountPaise === bill.amountPaise
        );
      });
    if (isSame) continue;
    putOpeningBills(tx, ledgerId, openingBills);
    touched.add(ledgerId);
  }
}

/** A ledger's id by the key of the name it bears now, as a report or a voucher names it. */
function idsByName(thin: readonly TallyThinLedger[], ids: Ids): (nameKey: string) => number | null {
  const byName = new Map<string, number | null>();
  for (const { name, guid } of thin) byName.set(tallyNameKey(name), ids.get(guid) ?? null);
  return (nameKey) => byName.get(nameKey) ?? null;
}

/** A party that no ledger is named after was renamed in between. */
function mayBeRead({ reported, thin }: BookRead): void {
  const names = new Set(thin.map((ledger) => tallyNameKey(ledger.name)));
  if (reported.some(({ nameKey }) => !names.has(nameKey))) throw new TallyStopped(moved(1));
}

/** Balances that moved; answers the ledgers they are of. */
export function putClosings(tx: WriteTx, thin: readonly TallyThinLedger[]): ReadonlySet<number> {
  const closings = new Map(thin.map((ledger) => [ledger.guid, ledger.closingPaise ?? ZERO]));
  const moves = new Map<number, Paise>();
  for (const { guid, ledgerId, closingPaise } of ledgerRows(tx)) {
    const now = closings.get(guid);
    if (now !== undefined && now !== closingPaise) moves.set(ledgerId, now);
  }
  setClosings(tx, moves);
  return new Set(moves.keys());
}
