import type { Book } from '#contract/engine/books.ts';
import type { Client } from './command.ts';
import { noBook, refused, type Ending } from './ending.ts';

export type Choice =
  | { readonly kind: 'book'; readonly book: Book }
  /** A book was named, and there is none of that name. */
  | { readonly kind: 'absent'; readonly name: string }
  | { readonly kind: 'ending'; readonly ending: Ending };

/** The book of that id or name (in any case), opened; without a name the one that was opened last. */
export async function chooseBook(client: Client, named: string | undefined): Promise<Choice> {
  const current = await client.books.current();
  if (named === undefined) {
    if (current) return { kind: 'book', book: current };
    return { kind: 'ending', ending: noneOpen(await client.books.list()) };
  }
  const books = await client.books.list();
  const byId = books.filter((book) => book.bookId === named);
  const matches = byId.length > 0 ? byId : books.filter((book) => sameName(book.name, named));
  const [book, another] = matches;
  if (book === undefined) return { kind: 'absent', name: named };
  if (another !== undefined) {
    const ids = matches.map((match) => match.bookId).join(', ');
    const sentence = `${matches.length} books are called “${named}”. Name one by its id: ${ids}.`;
    return { kind: 'ending', ending: refused('book-ambiguous', sentence) };
  }
  // A script that looks into a book must not change which one the owner finds open in the app.
  const opened = await client.books.open({ bookId: book.bookId, remember: false });
  return { kind: 'book', book: opened };
}

/** There are none yet, or the user has closed his book. */
function noneOpen(books: readonly Book[]): Ending {
  if (books.length === 0) return noBook;
  return refused('no-book', `No book is open. Name one with --book NAME. There are: ${namesOf(books)}.`);
}

function namesOf(books: readonly Book[]): string {
  return books.map((book) => `“${book.name}” (${book.bookId})`).join(', ');
}

export function absentBook(name: string, books: readonly Book[]): Ending {
  const known = namesOf(books);
  const sentence = `There is no book “${name}”. ${known === '' ? 'There is none at all yet.' : `There are: ${known}.`}`;
  return refused('no-book', sentence);
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase('en') === b.trim().toLocaleLowerCase('en');
}
