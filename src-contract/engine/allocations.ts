import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';

/** The receipt or credit that is applied. */
export const moneyRef = z.object({ kind: z.enum(['receipt', 'credit']), id: idField });
export type MoneyRef = z.infer<typeof moneyRef>;

export const allocationPart = z.object({
  billId: idField,
  /** One instalment; left out: oldest due day first. */
  instalmentId: idField.optional(),
  amountPaise: paiseField,
});

export const proposalShape = z.object({
  money: moneyRef,
  customerId: idField,
  unallocatedPaise: paiseField,
  /** Every open bill of the customer (and of those he pays for), oldest due day first, with what oldest-first would give it. */
  parts: z.array(
    z.object({
      billId: idField,
      number: z.string().nullable(),
      billDay: dayField,
      dueDay: dayField,
      openPaise: paiseField,
      amountPaise: paiseField,
    }),
  ),
});
export type Proposal = z.infer<typeof proposalShape>;

/** Oldest-first over a whole book makes as many at once, and can be taken back in one go. */
const UNDONE_AT_ONCE_MOST = 1_000_000;

export const allocations = {
  /** What oldest-first would do with what is left of a receipt or credit, as a proposal to change by hand. */
  propose: call.input(z.object({ money: moneyRef })).output(proposalShape),
  /** Applies parts of a receipt or credit to bills on a day (today by default). Over-allocation of either side is refused. */
  apply: call
    .input(
      z.object({
        money: moneyRef,
        parts: z.array(allocationPart).min(1).max(2000),
        day: dayField.optional(),
      }),
    )
    .output(z.object({ allocationIds: z.array(idField) })),
  /** Takes applications back by further rows; history is kept. One that was undone before is refused. */
  undo: call
    .input(
      z.object({ allocationIds: z.array(idField).min(1).max(UNDONE_AT_ONCE_MOST), day: dayField.optional() }),
    )
    .output(bulk(z.object({ allocationIds: z.array(idField) }))),
  /** Oldest-first for all unallocated money of one customer, or of the book. The ids are for undo. */
  oldestFirst: call
    .input(z.object({ customerId: idField.optional(), day: dayField.optional() }))
    .output(
      bulk(z.object({ allocationIds: z.array(idField), appliedPaise: paiseField, billCount: z.int() })),
    ),
};
