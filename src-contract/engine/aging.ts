import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';

/** Not due | 1–30 | 31–60 | 61–90 | 91–120 | 120+: upper bounds inclusive, due today is not overdue. */
export const bucketsShape = z.array(paiseField);

export const agingFigures = z.object({
  /** Sum of the buckets: open bills less unallocated receipts and credits. May be negative. */
  outstandingPaise: paiseField,
  /** Open bills past their due day, before unallocated credits. */
  overduePaise: paiseField,
  /** Unallocated receipts and credits, as a negative amount. */
  unallocatedPaise: paiseField,
  /** One figure per bucket of the table; they add up to outstandingPaise. */
  buckets: bucketsShape,
  openBillCount: z.int(),
  overdueBillCount: z.int(),
  /** Days late of the oldest overdue bill; 0 when nothing is overdue. */
  oldestDays: z.int(),
});
export type AgingFigures = z.infer<typeof agingFigures>;

export const agingRow = agingFigures.extend({
  customerId: idField,
  name: z.string(),
  code: z.string().nullable(),
});
export type AgingRow = z.infer<typeof agingRow>;

export const bucketShape = z.object({
  /** 'not-due' | '1-30' | '31-60' | '61-90' | '91-120' | '120+'. */
  key: z.string(),
  fromDays: z.int().nullable(),
  toDays: z.int().nullable(),
});

export const agingTableShape = z.object({
  asOf: dayField,
  baseCurrency: z.string(),
  buckets: z.array(bucketShape),
  /** Customers with anything open, largest outstanding first. */
  rows: z.array(agingRow),
  totals: agingFigures,
});
export type AgingTable = z.infer<typeof agingTableShape>;

export const agingSummaryShape = z.object({
  asOf: dayField,
  previousDay: dayField,
  baseCurrency: z.string(),
  buckets: z.array(bucketShape),
  totals: agingFigures,
  previous: agingFigures,
  /** Sum of the open bills more than 90 days late. */
  ninetyPlusPaise: paiseField,
  previousNinetyPlusPaise: paiseField,
  /** Open bills that fall due in the 30 days after the as-of day. */
  dueSoonPaise: paiseField,
  previousDueSoonPaise: paiseField,
  bucketBillCounts: z.array(z.int()),
  topDebtors: z.array(agingRow),
  customerCount: z.int(),
});
export type AgingSummary = z.infer<typeof agingSummaryShape>;

export const trendShape = z.object({
  buckets: z.array(bucketShape),
  months: z.array(z.object({ day: dayField, buckets: bucketsShape, outstandingPaise: paiseField })),
});
export type AgingTrend = z.infer<typeof trendShape>;

const asOf = z.object({ asOf: dayField.optional() });

export const aging = {
  /** As of a day (the company's today by default): one row a customer, and the totals. */
  table: call.input(asOf).output(bulk(agingTableShape)),
  /** What the dashboard shows, with the same figures one month earlier. */
  summary: call.input(asOf).output(agingSummaryShape),
  /** Buckets at the as-of day and at the month-ends before it, oldest first. */
  trend: call.input(asOf.extend({ months: z.int().min(1).max(36).default(24) })).output(trendShape),
};
