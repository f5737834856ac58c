/** What can be done with a document of a customer. The screen says how; undefined while nothing may be written. */
export type DocumentActions = {
  readonly changeBill: (billId: number) => void;
  readonly voidBill: (billId: number, number: string | null) => void;
  readonly changeMoney: (kind: 'receipt' | 'credit', id: number) => void;
  readonly voidMoney: (kind: 'receipt' | 'credit', id: number, number: string | null) => void;
  readonly allocate: (kind: 'receipt' | 'credit', id: number, number: string | null) => void;
};
