import type { TieOut } from '#contract/engine/aging.ts';
import { figuresOfSome, sumsByCustomer } from '#domain/aging-columns.ts';
import { paise, sumOf, ZERO } from '#domain/money.ts';
import { ledgerBalances } from '../../storage/tie-out.ts';
import { questionOf } from '../aging-view.ts';
import { bookDoor } from '../door.ts';
import { columnsNow, facesNow } from '../ledger.ts';

const DIFFERENCES_SHOWN_MOST = 200;

/** The ledgers of the documents beside the aging, which is reckoned bill by bill: in a sound book they are equal. */
export const tieOut = bookDoor.aging.tieOut.handler(({ context, input }): TieOut => {
  const { db, today, book } = context;
  // Gross would leave unallocated money out, and the documents know nothing of it.
  const question = questionOf(context, { ...input, credits: 'net' });
  const { asOf } = question;
  const balances = db.read((tx) => ledgerBalances(tx, asOf));
  const columns = columnsNow(db, today);
  const sums = sumsByCustomer(columns, question);
  const faces = facesNow(db);
  const rows = balances.map((one) => {
    const place = columns.customers.at.get(one.customerId);
    const agingPaise = place === undefined ? ZERO : figuresOfSome(sums, [place]).outstandingPaise;
    const ledgerPaise = paise(one.billedPaise - one.receivedPaise - one.creditedPaise + one.passedOnPaise);
    const differencePaise = paise(ledgerPaise - agingPaise);
    const name = faces.byId.get(one.customerId)?.name ?? '';
    return { customerId: one.customerId, name, ledgerPaise, agingPaise, differencePaise };
  });
  const differing = rows.filter((row) => row.differencePaise !== 0);
  return {
    asOf,
    baseCurrency: book.baseCurrency,
    billedPaise: sumOf(balances, (one) => one.billedPaise),
    receivedPaise: sumOf(balances, (one) => one.receivedPaise),
    creditedPaise: sumOf(balances, (one) => one.creditedPaise),
    ledgerPaise: sumOf(rows, (row) => row.ledgerPaise),
    agingPaise: figuresOfSome(
      sums,
      columns.customers.ids.map((_, place) => place),
    ).outstandingPaise,
    customerCount: rows.length,
    differingCount: differing.length,
    rows: differing.slice(0, DIFFERENCES_SHOWN_MOST),
  };
});
