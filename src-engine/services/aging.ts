import { bucketsOf } from '#domain/aging.ts';
import { sumsByCustomer } from '#domain/aging-columns.ts';
import { bucketTotalsOn, totalsOf } from '#domain/aging-totals.ts';
import { monthsBefore, previousMonth } from '#domain/days.ts';
import { keyFiguresOf } from '#domain/key-figures.ts';
import { spanOfBook } from '#domain/ledger-columns.ts';
import { paise, sumOf } from '#domain/money.ts';
import { byCurrency } from './aging/by-currency.ts';
import { bucketsOfCustomerOn } from './aging/of-customer.ts';
import { explain } from './aging/explain.ts';
import { groups } from './aging/groups.ts';
import { agingRows, largestRows } from './aging/rows.ts';
import { tieOut } from './aging/tie-out.ts';
import { questionOf } from './aging-view.ts';
import { bookDoor } from './door.ts';
import { columnsNow, facesNow } from './ledger.ts';

const TOP_DEBTORS = 10;

const table = bookDoor.aging.table.handler(({ context, input }) => {
  const { db, book, today } = context;
  const question = questionOf(context, input);
  const columns = columnsNow(db, today);
  const sums = sumsByCustomer(columns, question);
  return {
    asOf: question.asOf,
    baseCurrency: book.baseCurrency,
    buckets: [...bucketsOf(question.view.bounds)],
    rows: agingRows({ columns, sums, faces: facesNow(db) }),
    totals: totalsOf(columns, question).figures,
  };
});

const summary = bookDoor.aging.summary.handler(({ context, input }) => {
  const { db, book, today } = context;
  const question = questionOf(context, input);
  const previousDay = previousMonth(question.asOf);
  const columns = columnsNow(db, today);
  const faces = facesNow(db);
  const now = totalsOf(columns, question);
  const before = totalsOf(columns, { ...question, asOf: previousDay });
  const sums = sumsByCustomer(columns, question);
  return {
    asOf: question.asOf,
    previousDay,
    baseCurrency: book.baseCurrency,
    buckets: [...bucketsOf(question.view.bounds)],
    totals: now.figures,
    previous: before.figures,
    ninetyPlusPaise: now.overNinetyPaise,
    previousNinetyPlusPaise: before.overNinetyPaise,
    dueSoonPaise: now.dueSoonPaise,
    previousDueSoonPaise: before.dueSoonPaise,
    bucketBillCounts: now.bucketBillCounts,
    topDebtors: largestRows({ columns, sums, faces }, TOP_DEBTORS),
    customerCount: faces.byId.size,
  };
});

const trend = bookDoor.aging.trend.handler(({ context, input }) => {
  const { asOf, view } = questionOf(context, input);
  const days = monthsBefore(asOf, input.months);
  const totals =
    input.customerId === undefined
      ? bucketTotalsOn(columnsNow(context.db, context.today), days, view)
      : bucketsOfCustomerOn(context.db, days, { customerId: input.customerId, view });
  const months = days.map((day, at) => {
    const buckets = (totals[at] ?? []).map(paise);
    return { day, buckets, outstandingPaise: sumOf(buckets, (amount) => amount) };
  });
  return { buckets: [...bucketsOf(view.bounds)], months };
});

const keyFigures = bookDoor.aging.keyFigures.handler(({ context, input }) => {
  const { asOf, today } = questionOf(context, input);
  const { periodDays } = input;
  return {
    asOf,
    periodDays,
    ...keyFiguresOf(columnsNow(context.db, context.today), { asOf, today, periodDays }),
  };
});

const span = bookDoor.aging.span.handler(({ context: { db, today } }) => spanOfBook(columnsNow(db, today)));

export const aging = { table, summary, trend, groups, byCurrency, keyFigures, explain, span, tieOut };
