import type { Day } from '#domain/days.ts';
import type { Ledger } from '#domain/ledger.ts';
import { facesOf, type Faces } from '#domain/customer-groups.ts';
import { columnsOf, withChanges, type LedgerColumns } from '#domain/ledger-columns.ts';
import { factsOf } from '#domain/ledger-facts.ts';
import { customerFaces } from '../storage/customer-groups.ts';
import type { BookFile, ReadTx } from '../storage/database.ts';
import { ledgerOf, type LedgerScope } from '../storage/ledger.ts';
import { factsOfBook } from '../storage/ledger-facts.ts';
import { tagsByCustomer } from '../storage/tags.ts';
import { touchedSince, watchTouched, type Marks } from '../storage/touched.ts';

type Kept = {
  readonly version: string;
  /** Moves when another process wrote: what it touched is not known here. */
  readonly writtenByOthers: string;
  readonly marks: Marks;
  readonly columns: LedgerColumns;
};

type Book = Pick<BookFile, 'read' | 'version' | 'writtenByOthers'>;

// One book is open at a time; a closed one is forgotten with its file.
const kept = new WeakMap<Book, Kept>();

const TOUCHED_LEAST = 500;
const TOUCHED_MOST = 20_000;

/**
 * The book in memory as columns: read when first asked for, then kept up with every write of our own. Not to be asked for
 * inside db.write: it would keep what may yet be rolled back.
 */
export function columnsNow(db: Book, today: Day): LedgerColumns {
  const before = kept.get(db);
  const now = { version: db.version(), writtenByOthers: db.writtenByOthers() };
  if (before?.version === now.version && today >= before.columns.madeOn) return before.columns;
  const isOurs = before?.writtenByOthers === now.writtenByOthers && today >= before.columns.madeOn;
  const made = db.read((tx) => (isOurs && keptUp(tx, before)) || readAnew(tx, today));
  kept.set(db, { ...now, ...made });
  return made.columns;
}

type Made = Pick<Kept, 'marks' | 'columns'>;

function readAnew(tx: ReadTx, today: Day): Made {
  const marks = watchTouched(tx);
  return { marks, columns: columnsOf(factsOfBook(tx), today) };
}

/** Null where so much was touched that reading all of it anew is cheaper. */
function keptUp(tx: ReadTx, { marks, columns }: Kept): Made | null {
  const most = Math.min(TOUCHED_MOST, Math.max(TOUCHED_LEAST, columns.spans.length >> 3));
  const touched = touchedSince(tx, marks, most);
  if (!touched) return null;
  const { billIds, receiptIds, creditIds } = touched.scope;
  if (billIds.length + receiptIds.length + creditIds.length === 0) return { marks: touched.marks, columns };
  const changed = {
    bills: new Set(billIds),
    moneyIn: new Set([...receiptIds, ...creditIds.map((id) => 0 - id)]),
  };
  const facts = factsOf(ledgerOf(tx, touched.scope));
  return { marks: touched.marks, columns: withChanges(columns, facts, changed) };
}

/** Some documents with their whole history, as the rules read them. */
export function ledgerOfScope(db: Book, scope: LedgerScope): Ledger {
  return db.read((tx) => ledgerOf(tx, scope));
}

const keptFaces = new WeakMap<Book, { readonly version: string; readonly faces: Faces }>();

/** Names of the customers and what they are put together by, from memory while the book has not changed. */
export function facesNow(db: Book): Faces {
  const version = db.version();
  const before = keptFaces.get(db);
  if (before?.version === version) return before.faces;
  const faces = db.read((tx) => facesOf(customerFaces(tx), tagsByCustomer(tx)));
  keptFaces.set(db, { version, faces });
  return faces;
}
