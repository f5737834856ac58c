import type { AppliedSpan, BillSide, MoneySide } from '#domain/allocation.ts';
import type { Instalment } from '#domain/ledger.ts';
import type { ReadTx } from './database.ts';

/** Which bills, or which receipts and credits, to read with what is applied to them. Void ones only where it says so. */
export type SideScope =
  | { readonly ids: readonly number[] }
  | { readonly idsVoidOrNot: readonly number[] }
  /** Of a customer, and of those for whom he pays where bills are asked for. */
  | { readonly customerId: number }
  | 'book';

type MoneyKind = MoneySide['kind'];

/** Bills by id, with their instalments in order of due day and their spans. */
export function billSides(tx: ReadTx, scope: SideScope): ReadonlyMap<number, BillSide> {
  const [chosen, value] = scopeSql(
    scope,
    'd.customer_id in (select id from customers where id = @value or parent_id = @value)',
  );
  const rows = tx.sqlite
    .prepare<[Value], Omit<BillSide, 'instalments' | 'spans'>>(
      `select d.id as billId, d.customer_id as customerId, c.parent_id as payerId, d.number, d.bill_day as billDay,
              d.due_day as dueDay, d.amount_paise as amountPaise, d.currency, d.foreign_minor as foreignMinor
         from bills d join customers c on c.id = d.customer_id where ${chosen}`,
    )
    .all({ value });
  const instalments = Map.groupBy(
    tx.sqlite
      .prepare<[Value], Instalment & { readonly billId: number }>(
        `select i.bill_id as billId, i.id as instalmentId, i.position, i.due_day as dueDay,
                i.amount_paise as amountPaise
           from bills d join instalments i on i.bill_id = d.id where ${chosen}
          order by i.bill_id, i.due_day, i.position`,
      )
      .all({ value }),
    (row) => row.billId,
  );
  const spans = spansOf(tx, { table: 'bills', column: 'bill_id', chosen, value });
  return new Map(
    rows.map((row) => [
      row.billId,
      { ...row, instalments: instalments.get(row.billId) ?? null, spans: spans.get(row.billId) ?? NONE },
    ]),
  );
}

/** Receipts or credits by id, with what is or was taken from them. */
export function moneySides(tx: ReadTx, kind: MoneyKind, scope: SideScope): ReadonlyMap<number, MoneySide> {
  const [table, day] = kind === 'receipt' ? ['receipts', 'effective_day'] : ['credits', 'credit_day'];
  const [chosen, value] = scopeSql(scope, 'd.customer_id = @value');
  const rows = tx.sqlite
    .prepare<[Value], Omit<MoneySide, 'spans'>>(
      `select '${kind}' as kind, d.id as documentId, d.customer_id as customerId, d.${day} as effectiveDay,
              d.amount_paise as amountPaise, d.currency
         from ${table} d where ${chosen}`,
    )
    .all({ value });
  const spans = spansOf(tx, { table, column: `${kind}_id`, chosen, value });
  return new Map(rows.map((row) => [row.documentId, { ...row, spans: spans.get(row.documentId) ?? NONE }]));
}

const NONE: readonly AppliedSpan[] = [];
type Value = { readonly value: number | string | null };

function scopeSql(
  scope: SideScope,
  ofCustomer: string,
): readonly [where: string, value: number | string | null] {
  if (scope === 'book') return ['d.voided_at is null and @value is null', null];
  const byId = 'd.id in (select value from json_each(@value))';
  if ('idsVoidOrNot' in scope) return [byId, JSON.stringify(scope.idsVoidOrNot)];
  if ('ids' in scope) return [`d.voided_at is null and ${byId}`, JSON.stringify(scope.ids)];
  return [`d.voided_at is null and ${ofCustomer}`, scope.customerId];
}

/**
 * Spans by document. One that was undone is read whatever became of its documents (they may be restored, and then it
 * counts in the figures of its days again); one still open only while neither of its documents is void.
 */
function spansOf(
  tx: ReadTx,
  of: { readonly table: string; readonly column: string; readonly chosen: string } & Value,
): ReadonlyMap<number, AppliedSpan[]> {
  const rows = tx.sqlite
    .prepare<[Value], AppliedSpan & { readonly documentId: number }>(
      `select d.id as documentId, ${SPAN}
         from ${of.table} d join allocations a on a.${of.column} = d.id ${SPAN_JOINS}
        where ${of.chosen} and a.reverses_id is null
          and (u.id is not null or (b.voided_at is null and r.voided_at is null and c.voided_at is null))`,
    )
    .all({ value: of.value });
  return Map.groupBy(rows, (row) => row.documentId);
}

const SPAN = `a.id as allocationId, a.instalment_id as instalmentId, a.allocation_day as fromDay,
  u.allocation_day as untilDay, a.amount_paise as amountPaise, a.foreign_minor as foreignMinor`;
const SPAN_JOINS = `left join allocations u on u.reverses_id = a.id
  join bills b on b.id = a.bill_id
  left join receipts r on r.id = a.receipt_id
  left join credits c on c.id = a.credit_id`;

export type LiveApplication = {
  readonly span: AppliedSpan;
  readonly billId: number;
  readonly kind: MoneyKind;
  readonly moneyId: number;
};

/** Applications of one document that were never undone and whose other document is not void, oldest first. */
export function openApplicationsOf(
  tx: ReadTx,
  document: { readonly kind: MoneyKind | 'bill'; readonly id: number },
): readonly LiveApplication[] {
  const others = { bill: ['r', 'c'], receipt: ['b'], credit: ['b'] }[document.kind];
  const rows = tx.sqlite
    .prepare<[number], AppliedSpan & Omit<LiveApplication, 'span'>>(
      `select ${SPAN}, a.bill_id as billId, iif(a.receipt_id is null, 'credit', 'receipt') as kind,
              coalesce(a.receipt_id, a.credit_id) as moneyId
         from allocations a ${SPAN_JOINS}
        where a.${document.kind}_id = ? and a.reverses_id is null and u.id is null
          and ${others.map((other) => `${other}.voided_at is null`).join(' and ')}
        order by a.id`,
    )
    .all(document.id);
  return rows.map(({ billId, kind, moneyId, ...span }) => ({ span, billId, kind, moneyId }));
}
