import type { Day } from '#domain/days.ts';
import { deriveParty } from '#domain/tally/derive.ts';
import type { DerivedDocuments, PartyFacts } from '#domain/tally/party.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { hasStanding, ledgersSince, standingAmounts } from '../../storage/tally-book-side.ts';
import type { ConnectionRow } from '../../storage/tally-connection.ts';
import { documentWriter, type AppliedCounts, type DocumentWriter } from '../../storage/tally-documents.ts';
import { ledgerRow, type LedgerRow } from '../../storage/tally-masters.ts';
import { everyParty, partyFactsOf, type Party, type PartyFrame } from '../../storage/tally-parties.ts';
import type { BookContext } from '../door.ts';

/** One that is no customer any more has no documents. */
export function documentsOf(derived: DerivedDocuments | null): DerivedDocuments {
  return derived ?? NO_DOCUMENTS;
}

const NO_DOCUMENTS: DerivedDocuments = { bills: [], receipts: [], credits: [], allocations: [] };

/** Of which parties the documents are derived anew, and as of when. */
export type DeriveWish = {
  readonly connection: ConnectionRow;
  readonly today: Day;
  readonly now: number;
  readonly parties: ReadonlySet<number> | 'all';
  /** False where Tally says nothing new and only the history was read. */
  readonly keepsOldValues?: boolean;
};

/** As long as the history is being read for the first time, documents are those that the bills reports alone make. */
export function frameOf(connection: ConnectionRow): PartyFrame {
  const { companyGuid, asOfDay, booksFrom, historyFrom, isHistoryShown } = connection;
  return { companyGuid, asOfDay, booksFrom, historyFrom: isHistoryShown ? historyFrom : null };
}

export type Derived = AppliedCounts & {
  /** Days of the vouchers under references that add up to what Tally reports no longer. */
  readonly suspectDays: ReadonlySet<Day>;
  /** What is on account of somebody moved by what none of his vouchers says: one may be gone, or another than here. */
  readonly hasLostTrack: boolean;
};

/** Brings the book's documents to what the mirror says, in the caller's transaction. */
export function deriveInto(
  tx: WriteTx,
  { connection, today, now, parties, keepsOldValues = true }: DeriveWish,
): Derived {
  const writer = documentWriter(tx, { now, keepsOldValues });
  const suspectDays = new Set<Day>();
  let hasLostTrack = false;
  for (const { ledger, facts } of partiesOf(tx, frameOf(connection), parties)) {
    const derived = documentsOf(ledger.isCustomer ? deriveParty({ ...facts, today }) : null);
    // Asked before it is written: what no voucher explained yesterday either needs no new search.
    for (const day of suspectDaysOf(tx, derived, facts)) suspectDays.add(day);
    hasLostTrack ||= hasMovedOnAccount(tx, ledger, { derived, facts });
    applyOne(writer, ledger, derived);
  }
  return { ...writer.flush(), suspectDays, hasLostTrack };
}

/** More parties than this are read in one pass and not one by one. */
const SINGLY_MOST = 50;

function* partiesOf(tx: WriteTx, frame: PartyFrame, parties: DeriveWish['parties']): Generator<Party, void> {
  if (parties === 'all' || parties.size > SINGLY_MOST) {
    yield* everyParty(
      tx,
      frame,
      (ledger) => ledger.customerId !== null && (parties === 'all' || parties.has(ledger.ledgerId)),
    );
    return;
  }
  for (const ledgerId of parties) {
    const ledger = ledgerRow(tx, { ledgerId });
    const facts = ledger && ledger.customerId !== null ? partyFactsOf(tx, ledgerId, frame) : null;
    if (ledger && facts) yield { ledger, facts };
  }
}

const ADJUSTMENT = 'adjustment|';

function suspectDaysOf(
  tx: ReadTx,
  { bills, credits }: DerivedDocuments,
  { lines }: PartyFacts,
): readonly Day[] {
  const all = [...bills, ...credits].filter((one) => one.sourceKey.startsWith(ADJUSTMENT));
  if (all.length === 0) return [];
  const known = standingAmounts(
    tx,
    all.map((one) => one.sourceKey),
  );
  const adjusted = all.filter((one) => !known.has(one.sourceKey));
  const refs = new Set(adjusted.map((one) => one.number));
  return lines.filter((line) => refs.has(line.ref)).map((line) => line.day);
}

/**
 * The sum that vouchers on account leave unexplained stands as brought forward, and stays as it is for ever. A share that
 * mirrors the revaluation of a bill is none of it, and of a new customer nothing is known that could have moved.
 */
function hasMovedOnAccount(
  tx: ReadTx,
  { guid, customerId, isCustomer }: LedgerRow,
  { derived, facts }: { readonly derived: DerivedDocuments; readonly facts: PartyFacts },
): boolean {
  if (customerId === null || !isCustomer || facts.historyFrom === null) return false;
  const [debit, credit] = [`${guid}|`, `brought-forward|${guid}|`];
  const before = standingAmounts(tx, [debit, credit]);
  const owed = derived.bills.find((bill) => bill.sourceKey === debit)?.amountPaise;
  const paid = derived.credits.find((one) => one.sourceKey === credit)?.amountPaise;
  const isAsBefore = owed === before.get(debit) && paid === before.get(credit);
  return !isAsBefore && hasStanding(tx, customerId);
}

export function applyOne(writer: DocumentWriter, { customerId }: LedgerRow, derived: DerivedDocuments): void {
  if (customerId !== null) writer.apply(customerId, derived);
}

/**
 * Parties whose documents another day moves: what no voucher explains bears the day it was read, and what is dated
 * later begins to count.
 */
export function movedByDay(
  tx: ReadTx,
  { today, dayAt, book }: Pick<BookContext, 'today' | 'dayAt' | 'book'>,
  { asOfDay, syncedAt }: ConnectionRow,
): readonly number[] {
  if (asOfDay === null || syncedAt === null) return [];
  const readOn = dayAt(syncedAt, book.timeZone);
  if (readOn === today) return [];
  return ledgersSince(tx, asOfDay < readOn ? asOfDay : readOn);
}
