import { openEntry } from './entry-store.ts';

/** What the screens hand to the panels that list documents: each opens its dialog. */
export const documentActions = {
  changeBill: (billId: number): void => openEntry({ kind: 'bill', billId }),
  voidBill: (id: number, number: string | null): void =>
    openEntry({ kind: 'void', what: 'bill', id, number }),
  changeMoney: (kind: 'receipt' | 'credit', id: number): void =>
    openEntry(kind === 'receipt' ? { kind, receiptId: id } : { kind, creditId: id }),
  voidMoney: (what: 'receipt' | 'credit', id: number, number: string | null): void =>
    openEntry({ kind: 'void', what, id, number }),
  allocate: (kind: 'receipt' | 'credit', id: number, number: string | null): void =>
    openEntry({ kind: 'allocate', money: { kind, id }, number }),
} as const;

export const chequeActions = {
  change: (receiptId: number): void => openEntry({ kind: 'receipt', receiptId }),
  void: (id: number, number: string | null): void => openEntry({ kind: 'void', what: 'receipt', id, number }),
} as const;
