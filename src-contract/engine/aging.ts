import { agingParts } from '#domain/aging.ts';
import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField } from '../fields.ts';
import { ageBys, creditViews, groupBys } from './aging-words.ts';

/** Upper bounds in days late, inclusive and ascending, of every bucket but the last; the first is 0 = not due. */
export const boundsField = z
  .array(z.int().min(0).max(9999))
  .min(1)
  .max(12)
  .refine(
    (bounds) => bounds[0] === 0 && bounds.every((bound, at) => at === 0 || bound > (bounds[at - 1] ?? 0)),
    'days like 0, 30, 60, 90, 120: from 0 on, each larger than the one before',
  );

/** How a question about aging is put. What is left out is as the book's settings say. */
export const agingWish = z.object({
  asOf: dayField.optional(),
  /** Buckets by age from the due day or from the bill's own day; what is overdue always is so by the due day. */
  by: z.enum(ageBys).optional(),
  bounds: boundsField.optional(),
  /** A bill counts as overdue only when it is more days late than this; buckets are not moved by it. */
  graceDays: z.int().min(0).max(365).optional(),
  /** 'net': unallocated receipts and credits stand in the buckets, negative. 'gross': bills only. */
  credits: z.enum(creditViews).optional(),
});
export type AgingWish = z.infer<typeof agingWish>;

/** Not due | 1–30 | 31–60 | 61–90 | 91–120 | 120+ by default: upper bounds inclusive, due today is not overdue. */
export const bucketsShape = z.array(paiseField);

export const agingFigures = z.object({
  /** Sum of the buckets. Net: open bills less unallocated receipts and credits, may be negative. Gross: open bills. */
  outstandingPaise: paiseField,
  /** Open bills past their due day, before unallocated credits. */
  overduePaise: paiseField,
  /** Unallocated receipts and credits, as a negative amount. */
  unallocatedPaise: paiseField,
  /** Post-dated cheques and receipts at hand on the as-of day that count only later; positive, in no other figure. */
  postDatedPaise: paiseField,
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

/** One row of a grouped table: a salesperson, a territory, a payer, a tag, an account group. */
export const agingGroupShape = agingFigures.extend({
  /** What to hand to `bills.listOpen` as `group`; '' = customers without one. */
  key: z.string(),
  /** The name to show; '' where there is none. */
  name: z.string(),
  customerCount: z.int(),
});
export type AgingGroup = z.infer<typeof agingGroupShape>;

export const agingGroupsShape = z.object({
  asOf: dayField,
  baseCurrency: z.string(),
  groupBy: z.enum(groupBys),
  buckets: z.array(bucketShape),
  rows: z.array(agingGroupShape),
  /** Of the whole book. By tag it is less than the rows together where customers bear several tags. */
  totals: agingFigures,
});
export type AgingGroups = z.infer<typeof agingGroupsShape>;

/** The same open items in the currency that the party owes: minor units of it, base amounts beside. */
export const currencyAgingShape = z.object({
  asOf: dayField,
  baseCurrency: z.string(),
  buckets: z.array(bucketShape),
  currencies: z.array(
    z.object({
      currency: z.string(),
      rows: z.array(
        z.object({
          customerId: idField,
          name: z.string(),
          openMinor: z.int(),
          basePaise: paiseField,
          bucketMinors: z.array(z.int()),
        }),
      ),
      openMinor: z.int(),
      basePaise: paiseField,
      bucketMinors: z.array(z.int()),
    }),
  ),
});
export type CurrencyAging = z.infer<typeof currencyAgingShape>;

/** A ratio with both of its sides, so that a screen can show what it was made of. Null where nothing was to divide by. */
const share = z.object({ bps: z.int().nullable(), partPaise: paiseField, wholePaise: paiseField });

export const keyFiguresShape = z.object({
  asOf: dayField,
  /** The period the moving figures look back over: (asOf − periodDays, asOf]. */
  periodDays: z.int(),
  /** Gross receivables ÷ sales of the period × days of the period, rounded to a tenth: tenths of a day. */
  dso: z.object({ tenths: z.int().nullable(), receivablesPaise: paiseField, salesPaise: paiseField }),
  /** Days late of the money that came in during the period, weighted by amount: tenths of a day; early counts below 0. */
  averageDaysLate: z.object({ tenths: z.int().nullable(), settledPaise: paiseField }),
  /** (opening + sales − closing) ÷ (opening + sales − closing not yet due), receivables gross. */
  collectionEffectiveness: share,
  ninetyPlus: share,
  /** The ten largest customers' share of gross outstanding. */
  topTen: share,
});
export type KeyFigures = z.infer<typeof keyFiguresShape>;

/** How a figure came to be: its documents, what was applied to each, and what is left; they add up to totalPaise. */
export const explainedShape = z.object({
  asOf: dayField,
  totalPaise: paiseField,
  documents: z.array(
    z.object({
      key: z.string(),
      kind: z.string(),
      customerId: idField,
      customerName: z.string(),
      number: z.string().nullable(),
      day: dayField,
      dueDay: dayField,
      daysLate: z.int(),
      bucket: z.int(),
      /** Original amount of the document or of its instalment; negative for receipts and credits. */
      amountPaise: paiseField,
      applied: z.array(
        z.object({
          kind: z.string(),
          number: z.string().nullable(),
          day: dayField,
          allocationDay: dayField,
          amountPaise: paiseField,
        }),
      ),
      openPaise: paiseField,
    }),
  ),
  /** Documents beyond the most that are listed, and what they add. */
  restCount: z.int(),
  restPaise: paiseField,
  /** Foreign documents: what rounding to whole paise has added or taken, one line; 0 in a book of one currency. */
  roundingPaise: paiseField,
});
export type Explained = z.infer<typeof explainedShape>;

/** The customers' ledgers (documents alone) beside the aging (bill by bill): AG11, equal to the paisa in a sound book. */
export const tieOutShape = z.object({
  asOf: dayField,
  baseCurrency: z.string(),
  billedPaise: paiseField,
  receivedPaise: paiseField,
  creditedPaise: paiseField,
  /** billed − received − credited. */
  ledgerPaise: paiseField,
  /** Outstanding of the aging, net of unallocated money. */
  agingPaise: paiseField,
  customerCount: z.int(),
  differingCount: z.int(),
  /** Customers whose two sides differ; at most 200. */
  rows: z.array(
    z.object({
      customerId: idField,
      name: z.string(),
      ledgerPaise: paiseField,
      agingPaise: paiseField,
      differencePaise: paiseField,
    }),
  ),
});
export type TieOut = z.infer<typeof tieOutShape>;

export const aging = {
  /** As of a day (the company's today by default): one row a customer, and the totals. */
  table: call.input(agingWish).output(bulk(agingTableShape)),
  /** The same figures by payer, salesperson, territory, account group or tag. */
  groups: call.input(agingWish.extend({ groupBy: z.enum(groupBys) })).output(bulk(agingGroupsShape)),
  /** In the currencies that are owed. Never added together. */
  byCurrency: call.input(agingWish).output(bulk(currencyAgingShape)),
  /** What the dashboard shows, with the same figures one month earlier. Cheap enough to be asked at every frame. */
  summary: call.input(agingWish).output(bulk(agingSummaryShape)),
  /** Buckets at the as-of day and at the month-ends before it, oldest first: of the book, or of one customer. */
  trend: call
    .input(agingWish.extend({ months: z.int().min(1).max(36).default(24), customerId: idField.optional() }))
    .output(bulk(trendShape)),
  keyFigures: call
    .input(agingWish.extend({ periodDays: z.int().min(7).max(366).default(90) }))
    .output(keyFiguresShape),
  /** "How this number came to be", for the whole book or one customer, one bucket or one part. */
  explain: call
    .input(
      agingWish.extend({
        customerId: idField.optional(),
        bucket: z.int().min(0).max(12).optional(),
        part: z.enum(agingParts).optional(),
        billId: idField.optional(),
        most: z.int().min(1).max(1000).default(200),
      }),
    )
    .output(bulk(explainedShape)),
  /** First and last day on which anything happened or falls due: the ends of the time machine. Null in an empty book. */
  span: call.output(z.object({ firstDay: dayField, lastDay: dayField }).nullable()),
  /** Whether ledgers and aging agree as of a day. */
  tieOut: call.input(z.object({ asOf: dayField.optional() })).output(tieOutShape),
};
