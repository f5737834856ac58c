import { bucketOf, isLateAsPart, openItemsAsOf, type AgingPart, type OpenItem } from '#domain/aging.ts';
import { openDocuments, type OpenDocuments, type Question } from '#domain/aging-columns.ts';
import { groupKeysOf, type GroupBy } from '#domain/customer-groups.ts';
import type { Ledger } from '#domain/ledger.ts';
import { moneyNumber } from '#domain/ledger-facts.ts';
import type { BookFile } from '../../storage/database.ts';
import { columnsNow, facesNow, ledgerOfScope } from '../ledger.ts';

/** Which open items are asked for; what is left out does not narrow. */
export type ItemWish = {
  readonly customerId?: number | undefined;
  readonly billId?: number | undefined;
  readonly bucket?: number | undefined;
  readonly part?: AgingPart | undefined;
  readonly group?: { readonly by: GroupBy; readonly key: string } | undefined;
};

export type Chosen = { readonly ledger: Ledger; readonly items: readonly OpenItem[] };

/**
 * Open items as of a day with the facts behind them. The columns say which documents have any; only these are read, and
 * the rule (openItemsAsOf) says what is open of each. Credits are left out where the view is gross.
 */
export function chooseItems(db: BookFile, question: Question, wish: ItemWish): Chosen {
  const { asOf, view } = question;
  const documents = openDocuments(columnsNow(db, question.today), asOf, {
    isOfCustomer: customerTest(db, question, wish),
    isOfAge: ageTest(question, wish),
    withMoneyIn: view.credits === 'net' && wish.part === undefined && wish.billId === undefined,
  });
  const ledger = ledgerOfScope(db, scopeOf(documents, wish.billId));
  const isOfAge = ageTest(question, wish);
  const items = openItemsAsOf(ledger, asOf).filter(
    (item) => isAmong(documents, item, wish.billId) && isOfAge(item.daysLate, item.daysOld),
  );
  return { ledger, items };
}

function scopeOf(
  { bills, moneyIn }: OpenDocuments,
  billId: number | undefined,
): Parameters<typeof ledgerOfScope>[1] {
  return {
    billIds: billId === undefined ? [...bills] : [billId].filter((id) => bills.has(id)),
    receiptIds: [...moneyIn].filter((number) => number > 0),
    creditIds: [...moneyIn].filter((number) => number < 0).map((number) => 0 - number),
  };
}

function isAmong({ bills, moneyIn }: OpenDocuments, item: OpenItem, billId: number | undefined): boolean {
  if (item.bill !== null)
    return bills.has(item.bill.billId) && (billId === undefined || item.bill.billId === billId);
  return moneyIn.has(moneyNumber(item.moneyIn.kind, item.moneyIn.documentId));
}

function customerTest(db: BookFile, { today }: Question, wish: ItemWish): (place: number) => boolean {
  const { customerId, group } = wish;
  const { ids, at } = columnsNow(db, today).customers;
  if (customerId !== undefined && group === undefined) {
    const own = at.get(customerId);
    return (place) => place === own;
  }
  if (group === undefined) return () => true;
  const faces = facesNow(db);
  return (place) => {
    const id = ids[place] ?? 0;
    if (customerId !== undefined && id !== customerId) return false;
    return groupKeysOf(faces, id, group.by).includes(group.key);
  };
}

function ageTest({ view }: Question, { bucket, part }: ItemWish): (late: number, old: number) => boolean {
  return (late, old) => {
    if (part !== undefined && !isLateAsPart(late, part, view.graceDays)) return false;
    return bucket === undefined || bucketOf(view.by === 'due' ? late : old, view.bounds) === bucket;
  };
}
