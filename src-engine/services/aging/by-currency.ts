import type { CurrencyAging } from '#contract/engine/aging.ts';
import { ageOf, bucketOf, bucketsOf, customerOf, openItemsAsOf, type OpenItem } from '#domain/aging.ts';
import { hasOpen, sumsByCustomer, type Question } from '#domain/aging-columns.ts';
import type { Faces } from '#domain/customer-groups.ts';
import { foreignOpen } from '#domain/foreign-open.ts';
import type { LedgerColumns } from '#domain/ledger-columns.ts';
import { paise, sumOf } from '#domain/money.ts';
import { ledgerOf, scopeOfForeign } from '../../storage/ledger.ts';
import type { BookFile } from '../../storage/database.ts';
import { questionOf } from '../aging-view.ts';
import { bookDoor } from '../door.ts';
import { columnsNow, facesNow } from '../ledger.ts';

type Currency = CurrencyAging['currencies'][number];
type Row = Currency['rows'][number];
type ForeignItem = { readonly item: OpenItem; readonly currency: string; readonly minor: number };

/** The book's own currency first, then the others by code; within each the largest first. */
export const byCurrency = bookDoor.aging.byCurrency.handler(({ context, input }): CurrencyAging => {
  const { db, book, today } = context;
  const question = questionOf(context, input);
  const foreign = foreignItems(db, question);
  const faces = facesNow(db);
  const base = baseRows(columnsNow(db, today), { question, foreign, faces });
  const others = [...Map.groupBy(foreign, (one) => one.currency)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const currencies = others.map(([currency, own]) => currencyOf(currency, foreignRows(own, question, faces)));
  return {
    asOf: question.asOf,
    baseCurrency: book.baseCurrency,
    buckets: [...bucketsOf(question.view.bounds)],
    currencies: base.length === 0 ? currencies : [currencyOf(book.baseCurrency, base), ...currencies],
  };
});

function foreignItems(db: BookFile, { asOf, view }: Question): readonly ForeignItem[] {
  const ledger = db.read((tx) => ledgerOf(tx, scopeOfForeign(tx)));
  const items = openItemsAsOf(ledger, asOf).filter((item) => item.bill !== null || view.credits === 'net');
  return [...foreignOpen(ledger, items, asOf)].map(([item, minor]) => {
    const currency = (item.bill ?? item.moneyIn).currency ?? '';
    return { item, currency, minor };
  });
}

function foreignRows(items: readonly ForeignItem[], { view }: Question, faces: Faces): Row[] {
  return [...Map.groupBy(items, (one) => customerOf(one.item))].map(([customerId, own]) => {
    const bucketMinors = view.bounds.map(() => 0).concat(0);
    for (const { item, minor } of own) {
      const at = bucketOf(ageOf(item, view.by), view.bounds);
      bucketMinors[at] = (bucketMinors[at] ?? 0) + minor;
    }
    const openMinor = own.reduce((sum, one) => sum + one.minor, 0);
    const basePaise = sumOf(own, (one) => one.item.openPaise);
    return { customerId, name: faces.byId.get(customerId)?.name ?? '', openMinor, basePaise, bucketMinors };
  });
}

type Parts = { readonly question: Question; readonly foreign: readonly ForeignItem[]; readonly faces: Faces };

/** What is in the book's own currency: everything, less what is not. */
function baseRows(columns: LedgerColumns, { question, foreign, faces }: Parts): Row[] {
  const { view } = question;
  const sums = sumsByCustomer(columns, question);
  const notBase = Map.groupBy(foreign, (one) => customerOf(one.item));
  return columns.customers.ids.flatMap((customerId, place) => {
    if (!hasOpen(sums, place)) return [];
    const bucketMinors = Array.from(
      { length: sums.bucketCount },
      (_, at) => sums.buckets[at * sums.count + place] ?? 0,
    );
    for (const { item } of notBase.get(customerId) ?? []) {
      const at = bucketOf(ageOf(item, view.by), view.bounds);
      bucketMinors[at] = (bucketMinors[at] ?? 0) - item.openPaise;
    }
    if (bucketMinors.every((amount) => amount === 0)) return [];
    const basePaise = paise(bucketMinors.reduce((sum, amount) => sum + amount, 0));
    const name = faces.byId.get(customerId)?.name ?? '';
    return [{ customerId, name, openMinor: basePaise, basePaise, bucketMinors }];
  });
}

function currencyOf(currency: string, unordered: readonly Row[]): Currency {
  const rows = unordered.toSorted((a, b) => b.openMinor - a.openMinor || a.name.localeCompare(b.name));
  const bucketMinors = (rows[0]?.bucketMinors ?? []).map((_, at) =>
    rows.reduce((sum, row) => sum + (row.bucketMinors[at] ?? 0), 0),
  );
  const openMinor = rows.reduce((sum, row) => sum + row.openMinor, 0);
  return { currency, rows, openMinor, basePaise: sumOf(rows, (row) => row.basePaise), bucketMinors };
}
