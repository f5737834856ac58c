import { openItemsAsOf, type OpenItem } from '#domain/aging.ts';
import type { Day } from '#domain/days.ts';
import type { Ledger } from '#domain/ledger.ts';
import { columnsOf, type LedgerColumns } from '#domain/ledger-columns.ts';
import type { BookFile } from '../storage/database.ts';
import { ledgerOf } from '../storage/ledger.ts';

type Kept = {
  columns: LedgerColumns | null;
  readonly version: string;
  readonly ledger: Ledger;
  readonly openItems: Map<Day, readonly OpenItem[]>;
};

// Several panels ask for the same day at once: the facts are read once per version of the book, not once per panel.
const kept = new WeakMap<BookFile, Kept>();
const DAYS_KEPT_MOST = 40;

function keptOf(db: BookFile): Kept {
  const version = db.version();
  const before = kept.get(db);
  if (before?.version === version) return before;
  const fresh: Kept = { columns: null, version, ledger: db.read(ledgerOf), openItems: new Map() };
  kept.set(db, fresh);
  return fresh;
}

export function ledgerNow(db: BookFile): Ledger {
  return keptOf(db).ledger;
}

/** The ledger as columns, for many days at once; made on the first question after a change. */
export function columnsNow(db: BookFile): LedgerColumns {
  const own = keptOf(db);
  own.columns ??= columnsOf(own.ledger);
  return own.columns;
}

/** Open items as of a day, from memory while the book has not changed. */
export function openItemsNow(db: BookFile, asOf: Day): readonly OpenItem[] {
  const { ledger, openItems } = keptOf(db);
  const found = openItems.get(asOf);
  if (found) return found;
  const made = openItemsAsOf(ledger, asOf);
  if (openItems.size >= DAYS_KEPT_MOST) openItems.clear();
  openItems.set(asOf, made);
  return made;
}
