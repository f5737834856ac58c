import type { TempEngine } from '#tests/builders/temp-engine.ts';
import { fileOf } from '#tests/builders/facts.ts';

type Client = Pick<TempEngine, 'client' | 'context'>;

/**
 * All that a book has from Tally, without the numbers it gave to its rows and without instants: two books of one company
 * have the same facts, however they came by them. Numbers of vouchers may be left out: Tally gives them anew without a sign.
 */
export async function factsOf(engine: Client, { hasNumbers = true } = {}): Promise<object> {
  const { client } = engine;
  const { customerCount, totals } = await client.aging.summary({});
  const certificate = await client.sync.tieOut();
  return {
    ...documentsOf(engine, hasNumbers),
    ...mirrorOf(engine, hasNumbers),
    aging: { customerCount, totals },
    certificate: certificate && {
      totals: certificate.totals,
      parties: certificate.parties
        .map((party) => ({ ...party, customerId: null }))
        .toSorted((a, b) => (a.ledgerGuid < b.ledgerGuid ? -1 : 1)),
    },
  };
}

/** Documents and what is applied to them, by the keys they have from Tally. */
function documentsOf(engine: Client, hasNumbers: boolean): object {
  const number = hasNumbers ? 'number' : 'null';
  const who = `(select source_key from customers c where c.id = d.customer_id) as who`;
  return tables(engine, {
    customers: 'select source_key, name, group_path from customers where source_key is not null',
    bills: `select ${who}, source_key, kind, number, bill_day, due_day, amount_paise from bills d where voided_at is null`,
    receipts: `select ${who}, source_key, ${number}, receipt_day, amount_paise from receipts d where voided_at is null`,
    credits: `select ${who}, source_key, kind, ${number}, credit_day, amount_paise from credits d where voided_at is null`,
    allocations: `select b.source_key as bill, coalesce(r.source_key, c.source_key) as money, a.allocation_day as day,
                         sum(a.amount_paise) as paise
                    from allocations a join bills b on b.id = a.bill_id
                    left join receipts r on r.id = a.receipt_id left join credits c on c.id = a.credit_id
                   where b.voided_at is null and coalesce(r.voided_at, c.voided_at) is null
                   group by 1, 2, 3 having paise <> 0`,
  });
}

/** What Tally says, as it is kept. */
function mirrorOf(engine: Client, hasNumbers: boolean): object {
  const guid = `(select guid from tally_ledgers l where l.id = t.ledger_id) as ledger`;
  return tables(engine, {
    connection: `select company_name, master_counter, voucher_counter, as_of_day, history_from, is_history_shown,
                        is_connected, is_paused, failure_json, voucher_shape from tally_connection`,
    groups: 'select * from tally_groups',
    ledgers: `select guid, master_id, alter_id, name, parent, is_bill_wise, credit_period, opening_paise, closing_paise,
                     is_customer, gone_at is null as is_there from tally_ledgers`,
    openBills: `select ${guid}, ref, bill_day, due_day, balance_paise from tally_open_bills t`,
    openingBills: `select ${guid}, position, ref, bill_day, due_day, amount_paise from tally_opening_bills t`,
    vouchers: `select id, guid, alter_id, day, kind, type_name, narration, state, is_post_dated,
                      ${hasNumbers ? 'number' : 'null'} from tally_vouchers`,
    lines: `select ${guid}, id, line, ref, type, bill_day, due_day, amount_paise from tally_lines t`,
    differences: 'select count(*) from tally_differences',
  });
}

function tables(engine: Client, queries: Readonly<Record<string, string>>): Record<string, unknown> {
  return fileOf(engine).read(({ sqlite }) =>
    Object.fromEntries(
      Object.entries(queries).map(([name, query]) => [
        name,
        sqlite
          .prepare(query)
          .all()
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ]),
    ),
  );
}

/** How many readings look as if they still went on, and the texts of the notes that people wrote. */
export function leftOpen(engine: Client): number {
  return fileOf(engine).read(({ sqlite }) =>
    Number(sqlite.prepare('select count(*) from sync_runs where ended_at is null').pluck().get()),
  );
}

export function noteTexts(engine: Client): readonly string[] {
  return fileOf(engine).read(({ sqlite }) =>
    sqlite
      .prepare('select text from notes')
      .pluck()
      .all()
      .map((text) => String(text)),
  );
}
