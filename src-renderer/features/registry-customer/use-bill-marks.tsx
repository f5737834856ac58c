import { useMemo, type JSX } from 'react';
import { DueMark } from './due-mark.tsx';
import { usePublished } from './use-customer-dues.ts';

/** Returns the mark of a bill; undefined where none of the bills was ever published. */
export function useBillMarks(customerId?: number): ((billId: number) => JSX.Element | null) | undefined {
  const dues = usePublished(customerId);
  return useMemo(() => {
    if (dues.length === 0) return undefined;
    const byBill = new Map(dues.map((due) => [due.billId, due]));
    return (billId) => {
      const due = byBill.get(billId);
      return due ? <DueMark due={due} /> : null;
    };
  }, [dues]);
}
