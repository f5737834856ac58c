import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client.ts';
import { manners, type Manner } from './money-values.ts';

type UsualManner = {
  /** How the next receipt or credit finds its bills unless it is said otherwise. */
  readonly usual: Manner;
  readonly remember: (manner: Manner) => void;
};

/**
 * How receipts were applied the last time in this company, else as its settings say. It is the habit of whoever sits
 * here and no fact of the book; it holds while the setting stays as it was: who changes that wants it to count.
 */
export function useManner(what: 'receipt' | 'credit'): UsualManner {
  const { data: settings } = useQuery(orpc.settings.get.queryOptions());
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  if (what === 'credit' || !settings || !book) return { usual: 'none', remember: () => undefined };
  const setting = settings.allocatesOldestFirst ? 'oldest-first' : 'none';
  const key = `baaki.manner.${book.bookId}`;
  const [heldFor, last] = (localStorage.getItem(key) ?? '').split(' ');
  return {
    usual: (heldFor === setting ? manners.find((one) => one === last) : undefined) ?? setting,
    remember: (manner) => localStorage.setItem(key, `${setting} ${manner}`),
  };
}
