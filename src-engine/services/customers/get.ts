import type { CustomerPage, MoneyIn } from '#contract/engine/customers.ts';
import {
  appliedAsOf,
  bucketsOf,
  customerOf,
  figuresOf,
  isPostDatedOn,
  openItemsAsOf,
  type OpenItem,
} from '#domain/aging.ts';
import type { Question } from '#domain/aging-columns.ts';
import { tidyIdentity } from '#domain/customers.ts';
import type { Day } from '#domain/days.ts';
import { averageDaysLate } from '#domain/key-figures.ts';
import type { Ledger } from '#domain/ledger.ts';
import { limitUse } from '#domain/limits.ts';
import { paise, sumOf, ZERO } from '#domain/money.ts';
import { contactsOf } from '../../storage/contacts.ts';
import { ledgerOfCustomers } from '../../storage/customer-ledger.ts';
import { customerById } from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { childrenOf } from '../../storage/customer-tree.ts';
import { tagsOf } from '../../storage/tags.ts';
import { questionOf } from '../aging-view.ts';
import { showOpenItem } from '../bills/list-open.ts';
import { bookDoor, refused } from '../door.ts';
import { columnsNow } from '../ledger.ts';
import { billRows, compare } from './bill-rows.ts';
import { customerGone } from './save.ts';

export const get = bookDoor.customers.get.handler(({ context, input }) => {
  const { db, today } = context;
  const { customerId } = input;
  const question = questionOf(context, input);
  const page = db.read((tx) => pageOf(tx, customerId, question));
  const columns = columnsNow(db, today);
  const place = columns.customers.at.get(customerId);
  // Whoever has no document yet has no place among the figures.
  if (place === undefined) return page;
  return { ...page, averageDaysLateTenths: averageDaysLate(columns, question.asOf)(place) };
});

/** The page, but for what a whole year of the book is needed for. */
function pageOf(tx: ReadTx, customerId: number, { asOf, today, view }: Question): CustomerPage {
  const customer = customerById(tx, customerId);
  if (!customer) throw refused(customerGone().refusal);
  const { parentId } = customer;
  const children = childrenOf(tx, customerId);
  const facts = ledgerOfCustomers(tx, [customerId, ...children.map((child) => child.customerId)]);
  const byCustomer = Map.groupBy(openItemsAsOf(facts.ledger, asOf), customerOf);
  const items = byCustomer.get(customerId) ?? [];
  const figures = figuresOf(items, view, postDatedOf(facts.ledger, { customerId, asOf, today }));
  return {
    asOf,
    customer,
    parentName: parentId === null ? null : (customerById(tx, parentId)?.name ?? null),
    children: children.map((child) => {
      const own = byCustomer.get(child.customerId) ?? [];
      return { ...child, outstandingPaise: figuresOf(own, view).outstandingPaise };
    }),
    tags: [...tagsOf(tx, customerId)],
    contacts: contactsOf(tx, customerId).map(({ id: contactId, role, name, phone, email }) => {
      return { contactId, role, name, phone, email };
    }),
    limit: limitUse(
      customer,
      sumOf(items, (item) => item.openPaise),
    ),
    averageDaysLateTenths: null,
    buckets: [...bucketsOf(view.bounds)],
    warnings: [...tidyIdentity(customer).warnings],
    figures,
    bills: billRows(facts, items, { customerId, asOf, view }),
    moneyIn: moneyInRows(facts.ledger, { customerId, asOf, today }),
    openItems: items.map((item: OpenItem) => showOpenItem(item, customer.name, view)),
  };
}

type On = { readonly customerId: number; readonly asOf: Day; readonly today: Day };

function postDatedOf(ledger: Ledger, { customerId, ...on }: On): ReturnType<typeof paise> {
  const own = ledger.moneyIn.filter((money) => money.customerId === customerId && isPostDatedOn(money, on));
  return sumOf(own, (money) => money.amountPaise);
}

/** Receipts and credits up to the day, newest first, with the cheques at hand that count only later. */
function moneyInRows(ledger: Ledger, { customerId, ...on }: On): MoneyIn[] {
  const applied = appliedAsOf(ledger, on.asOf);
  const rows: MoneyIn[] = [];
  ledger.moneyIn.forEach((money, at) => {
    if (money.customerId !== customerId) return;
    if (money.day > on.asOf && !isPostDatedOn(money, on)) return;
    const { kind, documentId, number, day, effectiveDay, amountPaise, currency, foreignMinor } = money;
    const unallocatedPaise =
      effectiveDay > on.asOf ? ZERO : paise(amountPaise - (applied.ofMoneyIn[at] ?? 0));
    const chequeDay = effectiveDay > day ? effectiveDay : null;
    const amounts = { amountPaise, unallocatedPaise, currency, foreignMinor, chequeDay };
    rows.push({ kind, documentId, number, day, ...amounts });
  });
  return rows.toSorted((a, b) => compare(b.day, a.day));
}
