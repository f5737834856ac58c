import type { OpenBook } from '#contract/engine/books.ts';

const BOOK_NAME_LENGTH_MOST = 120;

type BookBefore = Pick<OpenBook, 'name' | 'isDemo' | 'customerCount' | 'billCount'>;

/**
 * Whether a company goes into the open book: into an empty one, or into its own after it was disconnected. In any other
 * the same bills could stand twice.
 */
export function goesInto(book: BookBefore | null, companyName: string): boolean {
  if (book === null || book.isDemo) return false;
  return (book.customerCount === 0 && book.billCount === 0) || book.name === bookNameOf(companyName);
}

/** What the book of a company is called; Tally allows longer names than a book bears. */
export function bookNameOf(companyName: string): string {
  return companyName.trim().slice(0, BOOK_NAME_LENGTH_MOST);
}
