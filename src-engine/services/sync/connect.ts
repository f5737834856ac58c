import type { SyncOptions, TallyCompanyShown } from '#contract/engine/sync.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { TallyCompany, TallyIdentity } from '#domain/tally/facts.ts';
import { sameCompany } from '#domain/tally/in-step.ts';
import type { TallyAddress } from '../../adapters/ports.ts';
import type { ReadTx } from '../../storage/database.ts';
import { connectionRow, putConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { foreignDocumentCount } from '../../storage/tally-book-side.ts';
import { accepted } from '../documents.ts';
import { failed, type BookContext } from '../door.ts';
import { noCompany, otherCompany } from './failures.ts';
import { isTwice } from './look.ts';
import { applied, DEFAULT_OPTIONS, optionsOf } from './options.ts';

export type ConnectWish = {
  readonly address: TallyAddress;
  readonly company: Pick<TallyCompanyShown, 'guid' | 'companyNumber' | 'booksFrom' | 'name'>;
  readonly options: { [K in keyof SyncOptions]?: SyncOptions[K] | undefined };
};

/** Ties the open book to a company that is open in Tally now. Nothing is read yet but the list of companies. */
export async function tie(context: BookContext, wish: ConnectWish, signal?: AbortSignal): Promise<void> {
  const { db, tally } = context;
  accepted(context.book.isDemo ? demoBook() : ok(null));
  accepted(db.read((tx) => mayTie(tx, wish.company)));
  const greeted = await tally.greet(wish.address, signal);
  if (!greeted.ok) throw failed(greeted.failure);
  const listed = await tally.companies(wish.address, signal);
  if (!listed.ok) throw failed(listed.failure);
  if (listed.value.length === 0) throw failed(noCompany());
  const company = listed.value.find((one) => sameCompany(wish.company, one));
  if (!company) throw failed(otherCompany(wish.company.name));
  accepted(mayRead(company, listed.value));
  db.write((tx) => {
    // Another process may have put something into the book meanwhile.
    accepted(mayTie(tx, company));
    putConnection(tx, rowOf(wish, { company, product: greeted.value.product, before: connectionRow(tx) }));
  });
}

/** Whether a book may take in what files of a company hold. */
export function accepts(
  { book, db }: BookContext,
  { guid, name }: Pick<TallyIdentity, 'guid' | 'name'>,
): Result<null> {
  if (book.isDemo) return demoBook();
  return db.read((tx) => mayTie(tx, { guid, name, companyNumber: null, booksFrom: null }));
}

function mayTie(tx: ReadTx, company: TallyIdentity): Result<null> {
  const before = connectionRow(tx);
  if (before) {
    const { companyGuid: guid, companyNumber, companyName: name, booksFrom } = before;
    if (!sameCompany({ guid, companyNumber, name, booksFrom }, company)) {
      const sentence = `This book holds “${name}” of Tally. Make another book for “${company.name}”.`;
      return refuse('other-company-connected', sentence, {
        field: 'company',
        values: { name, company: company.name },
      });
    }
  }
  const count = foreignDocumentCount(tx);
  // Once it follows Tally, whatever people enter beside it is theirs.
  if (count === 0 || (before?.syncedAt ?? null) !== null) return ok(null);
  const sentence = `This book holds ${count} entries that are not from Tally: they would be counted twice. Make a new book.`;
  return refuse('book-has-others', sentence, { values: { count } });
}

function mayRead(company: TallyCompany, all: readonly TallyCompany[]): Result<null> {
  const { name } = company;
  const of = { field: 'company', values: { name } };
  if (company.isGroup) {
    return refuse('company-group', `“${name}” is a group company. Choose the company itself.`, of);
  }
  if (!isTwice(company, all)) return ok(null);
  const sentence = `Two companies named “${name}” are open in Tally. Close one of them, or rename it.`;
  return refuse('company-same-name', sentence, of);
}

function demoBook() {
  return refuse('demo-book', 'The demo company cannot be connected to Tally. Make a book of your own.');
}

type Found = {
  readonly company: TallyCompany;
  readonly product: string;
  readonly before: ConnectionRow | null;
};

/** The same company again goes on where it stopped; counters and history that are here stay true. */
function rowOf({ address, options }: ConnectWish, { company, product, before }: Found): ConnectionRow {
  const chosen = applied(before ? optionsOf(before) : DEFAULT_OPTIONS, options);
  const state = {
    ...address,
    origin: 'live' as const,
    product,
    companyGuid: company.guid,
    companyNumber: company.companyNumber,
    companyName: company.name,
    booksFrom: company.booksFrom,
    isEducational: company.isEducational,
    isConnected: true,
    optionsJson: JSON.stringify(chosen),
    isPaused: false,
    failureJson: null,
  };
  if (before && before.origin === 'live') return { ...before, ...state };
  return { ...NOTHING_READ, ...state };
}

/** What came from files is no more than a beginning: all of it is read again. */
const NOTHING_READ = {
  masterCounter: null,
  voucherCounter: null,
  voucherShape: null,
  asOfDay: null,
  syncedAt: null,
  inStepAt: null,
  historyFrom: null,
  isHistoryShown: false,
} as const;
