import { customerOf, figuresOf, isPostDatedOn, openItemsAsOf, type OpenItem } from '#domain/aging.ts';
import type { Day } from '#domain/days.ts';
import { foreignOpen } from '#domain/foreign-open.ts';
import { sumOf, ZERO } from '#domain/money.ts';
import type { OutstandingFacts } from '#domain/papers/outstanding-paper.ts';
import { statementOf, type StatementLine } from '#domain/statements.ts';
import { ledgerOfCustomers } from '../../storage/customer-ledger.ts';
import type { ReadTx } from '../../storage/database.ts';
import { questionOf } from '../aging-view.ts';
import type { BookContext } from '../door.ts';

/** What one customer's papers say: his open items with the figures of the app, and every line of his account. */
export type PaperAccount = Pick<OutstandingFacts, 'items' | 'figures' | 'view' | 'foreign'> & {
  readonly lines: readonly StatementLine[];
};

export type AccountWish = {
  readonly customerId: number;
  readonly asOf: Day;
  /** Only these parts of bills, and the money that waits; null = all that is open. */
  readonly parts: ReadonlySet<string> | null;
};

/** An instalment is a part with a due day of its own. */
export function partKey({ billId, dueDay }: { readonly billId: number; readonly dueDay: Day }): string {
  return `${billId}:${dueDay}`;
}

/**
 * Read from his own documents. Money that is on no bill yet is always taken off, whatever the settings of the aging say: a
 * customer is asked for no more than he owes, and sees what he is credited with.
 */
export function accountOf(context: BookContext, tx: ReadTx, wish: AccountWish): PaperAccount {
  const { customerId, asOf, parts } = wish;
  const { today } = context;
  const view = { ...questionOf(context, { asOf }).view, credits: 'net' } as const;
  const { ledger } = ledgerOfCustomers(tx, [customerId]);
  const isNamed = (item: OpenItem): boolean =>
    parts === null || item.bill === null || parts.has(partKey({ ...item.bill, dueDay: item.dueDay }));
  const items = openItemsAsOf(ledger, asOf).filter(
    (item) => customerOf(item) === customerId && isNamed(item),
  );
  const held = ledger.moneyIn.filter(
    (money) => money.customerId === customerId && isPostDatedOn(money, { asOf, today }),
  );
  return {
    items,
    view,
    figures: figuresOf(items, view, held.length === 0 ? ZERO : sumOf(held, (money) => money.amountPaise)),
    foreign: foreignOpen(ledger, items, asOf),
    lines: statementOf(ledger, { customerId, asOf }),
  };
}
