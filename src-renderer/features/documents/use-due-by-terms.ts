import { addDays, type Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { readDay } from '#kit/day-input.ts';
import type { BillValues } from './bill-values.ts';
import { useCustomerPage } from './customer-field.tsx';

/** When the bill falls due if no day is typed: its own day and the customer's credit days. */
export function useDueByTerms({
  customerId,
  billDay,
}: Pick<BillValues, 'customerId' | 'billDay'>): { readonly day: Day; readonly creditDays: number } | null {
  const { today } = useAsOf();
  const { data } = useCustomerPage(customerId);
  const from = readDay(billDay, today);
  if (!data || from === undefined) return null;
  const creditDays = data.customer.creditDays ?? 0;
  return { day: addDays(from, creditDays), creditDays };
}
