import type { Ledger } from '#domain/ledger.ts';
import type { WriteTx } from '#engine/storage/database.ts';

const TABLES = ['allocations', 'instalments', 'bills', 'receipts', 'credits', 'customers'] as const;

/** Writes a ledger into a book with its own ids, in the place of whatever the book held. */
export function writeLedger(tx: WriteTx, { bills, moneyIn, allocations }: Ledger): void {
  for (const table of TABLES) tx.sqlite.exec(`delete from ${table}`);
  const insert = (table: string, values: Readonly<Record<string, string | number | null>>): void => {
    const columns = Object.keys(values);
    const marks = columns.map(() => '?').join(', ');
    tx.sqlite
      .prepare(`insert into ${table} (${columns.join(', ')}) values (${marks})`)
      .run(...Object.values(values));
  };
  let key = 0;
  const origin = () => ({ created_at: 0, source: 'ledger', source_key: String((key += 1)) });
  const ids = new Set([...bills, ...moneyIn].map((one) => one.customerId));
  for (const id of ids)
    insert('customers', { ...origin(), id, name: `Customer ${id}`, name_key: `customer${id}` });
  for (const bill of bills) {
    const { billId, customerId: customer_id, kind, billDay: bill_day, dueDay: due_day } = bill;
    const fixed = { id: billId, customer_id, kind, bill_day, due_day, amount_paise: bill.amountPaise };
    insert('bills', { ...origin(), ...fixed });
    for (const part of bill.instalments ?? []) {
      const { instalmentId: id, position, amountPaise: amount_paise } = part;
      insert('instalments', { id: id + 1, bill_id: billId, position, due_day: part.dueDay, amount_paise });
    }
  }
  for (const money of moneyIn) {
    const { documentId: id, customerId: customer_id, kind, day, effectiveDay: cheque_day } = money;
    const fixed = { ...origin(), id, customer_id, amount_paise: money.amountPaise };
    if (kind === 'receipt') insert('receipts', { ...fixed, receipt_day: day, cheque_day });
    else insert('credits', { ...fixed, kind, credit_day: day });
  }
  for (const one of allocations) {
    const money = moneyIn[one.moneyIn];
    const isReceipt = money?.kind === 'receipt';
    const id = money?.documentId ?? null;
    insert('allocations', {
      ...origin(),
      id: one.allocationId,
      bill_id: bills[one.bill]?.billId ?? null,
      instalment_id: one.instalmentId === null ? null : one.instalmentId + 1,
      receipt_id: isReceipt ? id : null,
      credit_id: isReceipt ? null : id,
      allocation_day: one.allocationDay,
      amount_paise: one.amountPaise,
      reverses_id: one.amountPaise < 0 ? one.allocationId - 1 : null,
    });
  }
}
