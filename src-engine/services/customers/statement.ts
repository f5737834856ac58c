import type { CustomerStatement } from '#contract/engine/customers.ts';
import { isPostDatedOn } from '#domain/aging.ts';
import { sumOf, ZERO } from '#domain/money.ts';
import { statementOf } from '#domain/statements.ts';
import { ledgerOfCustomers } from '../../storage/customer-ledger.ts';
import { customerById } from '../../storage/customers.ts';
import { bookDoor, refused } from '../door.ts';
import { customerGone } from './save.ts';

export const statement = bookDoor.customers.statement.handler(({ context, input }): CustomerStatement => {
  const { db, today } = context;
  const { customerId, asOf = today } = input;
  return db.read((tx) => {
    if (!customerById(tx, customerId)) throw refused(customerGone().refusal);
    const { ledger } = ledgerOfCustomers(tx, [customerId]);
    const lines = [...statementOf(ledger, { customerId, asOf })];
    const held = ledger.moneyIn.filter(
      (money) => money.customerId === customerId && isPostDatedOn(money, { asOf, today }),
    );
    return {
      asOf,
      lines,
      closingPaise: lines.at(-1)?.balancePaise ?? ZERO,
      postDatedPaise: sumOf(held, (money) => money.amountPaise),
    };
  });
});
