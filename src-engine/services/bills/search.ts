import {
  billsByPart,
  billsByPrefix,
  billsOfNumber,
  canSearchPart,
  fillBillSearch,
  isBillSearchBehind,
  type FoundBill,
} from '../../storage/bill-search.ts';
import type { BookFile } from '../../storage/database.ts';
import { bookDoor } from '../door.ts';

const FOUND_MOST = 50;
const FILL_ROWS_A_WRITE = 50_000;

/** Exact first, then those that begin with the text, then those that have it in them, whatever their case. */
export const search = bookDoor.bills.search.handler(async ({ context: { db }, input }) => {
  const text = input.text.trim();
  if (text === '') return [];
  const found = new Map<number, FoundBill>();
  const take = (bills: readonly FoundBill[]): void => {
    for (const bill of bills) if (found.size < FOUND_MOST) found.set(bill.billId, bill);
  };
  const spellings = [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
  db.read((tx) => {
    for (const one of spellings) take(billsOfNumber(tx, { text: one, most: FOUND_MOST }));
    for (const one of spellings) take(billsByPrefix(tx, { text: one, most: FOUND_MOST }));
  });
  if (found.size < FOUND_MOST && canSearchPart(text)) {
    await catchUp(db);
    take(db.read((tx) => billsByPart(tx, { text, most: 2 * FOUND_MOST })));
  }
  return inOrder([...found.values()], text.toLowerCase());
});

function inOrder(bills: readonly FoundBill[], text: string): FoundBill[] {
  const ranked = bills.map((bill) => {
    const number = bill.number.toLowerCase();
    return { bill, number, rank: number === text ? 0 : number.startsWith(text) ? 1 : 2 };
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
  return ranked.map(({ bill }) => bill);
}

/**
 * Brings the index of bill numbers up to the last bill, in pieces, so that other calls get their turn between them.
 * To be called when idle after a large import too: the first search is then as fast as any other.
 */
export async function catchUp(db: BookFile): Promise<void> {
  if (!db.read(isBillSearchBehind)) return;
  while (db.write((tx) => fillBillSearch(tx, FILL_ROWS_A_WRITE)) === FILL_ROWS_A_WRITE) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
