import type { TallyCompanyShown } from '#contract/engine/sync.ts';
import type { LedgerScope } from '#contract/engine/sync-words.ts';
import { useSyncExternalStore } from 'react';
import { client, orpc, problemOf, queryClient, type CallProblem } from '../../client.ts';
import { bookNameOf, goesInto } from './goes-into.ts';
import { historyFromOf, type HistoryChoice } from './history-choice.ts';

export type Address = { readonly host: string; readonly port: number };

/** Lives outside the screen: a new book is another frame, and what was begun in the last one must not be lost. */
type Connecting = {
  /** Where the user said that Tally is; null = this computer. */
  readonly asked: Address | null;
  /** The company that is being connected; null when none is. */
  readonly companyName: string | null;
  readonly problem: CallProblem | null;
};

export type ConnectWish = {
  readonly address: Address;
  readonly company: TallyCompanyShown;
  readonly scope: LedgerScope;
  readonly history: HistoryChoice;
};

let state: Connecting = { asked: null, companyName: null, problem: null };
const listeners = new Set<() => void>();

function set(next: Partial<Connecting>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnecting(): Connecting {
  return useSyncExternalStore(subscribe, () => state);
}

/** Looks at another address from now on; null looks at this computer. */
export function askAddress(asked: Address | null): void {
  set({ asked, problem: null });
}

/** Ties a company to a book, which it makes where none fits, and begins the first sync. */
export async function connectTo(wish: ConnectWish): Promise<void> {
  if (state.companyName !== null) return;
  const { company } = wish;
  set({ companyName: company.name, problem: null });
  try {
    const before = await client.books.current();
    const isHere = goesInto(before, company.name) && (await connectIfEmpty(wish));
    if (!isHere) await connectNewBook(wish, before?.bookId ?? null);
  } catch (error) {
    set({ problem: problemOf(error) });
  } finally {
    set({ companyName: null });
  }
}

/** False where the open book bears the company's name and yet holds what came from elsewhere. */
async function connectIfEmpty(wish: ConnectWish): Promise<boolean> {
  try {
    await connectOpenBook(wish);
    return true;
  } catch (error) {
    const problem = problemOf(error);
    if (problem.kind === 'refused' && problem.refusal.code === 'book-has-others') return false;
    throw error;
  }
}

async function connectNewBook(wish: ConnectWish, bookIdBefore: string | null): Promise<void> {
  const made = await client.books.create({ name: bookNameOf(wish.company.name) });
  try {
    await connectOpenBook(wish);
  } catch (error) {
    await client.books.discardEmpty({ bookId: made.bookId });
    if (bookIdBefore !== null) await client.books.open({ bookId: bookIdBefore });
    throw error;
  }
}

async function connectOpenBook({ address, company, scope, history }: ConnectWish): Promise<void> {
  const book = await client.books.current();
  const { guid, companyNumber, booksFrom, name } = company;
  const status = await client.sync.connect({
    ...address,
    company: { guid, companyNumber, booksFrom, name },
    // The book's own today: without a book the window knows none.
    options: book ? { scope, historyFrom: historyFromOf(history, book.today) } : { scope },
  });
  queryClient.setQueryData(orpc.sync.status.queryKey(), status);
}
