import { client } from '../../client.ts';
import type { Voidable } from './entry-store.ts';

/** Takes a document out of every figure. */
export async function voidDocument(what: Voidable, id: number, reason: string): Promise<void> {
  switch (what) {
    case 'bill':
      await client.bills.void({ billId: id, reason });
      return;
    case 'receipt':
      await client.receipts.void({ receiptId: id, reason });
      return;
    case 'credit':
      await client.credits.void({ creditId: id, reason });
  }
}

/** Brings a voided document back. */
export async function restoreDocument(what: Voidable, id: number): Promise<void> {
  switch (what) {
    case 'bill':
      await client.bills.restore({ billId: id });
      return;
    case 'receipt':
      await client.receipts.restore({ receiptId: id });
      return;
    case 'credit':
      await client.credits.restore({ creditId: id });
  }
}
