import { paise, type Paise } from '#domain/money.ts';
import { linkStatuses, type LinkStatus } from '#domain/reminders/inbox-links.ts';
import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';
import { payLinks } from './schema-inbox.ts';

type Stored = typeof payLinks.$inferSelect;
type RawLine = Stored & { readonly customerName: string; readonly gatewayName: string };

/** A payment page at the owner's payment gateway. Instants are UTC milliseconds. */
export type LinkRow = Omit<Stored, 'billIdsJson' | 'partsJson' | 'amountPaise' | 'paidPaise' | 'status'> & {
  readonly billIds: readonly number[];
  /** Only these open parts of its bills, as "bill:due day"; null = all that is open of them. */
  readonly parts: readonly string[] | null;
  readonly amountPaise: Paise;
  readonly paidPaise: Paise;
  readonly status: LinkStatus;
};
export type LinkLine = LinkRow & { readonly customerName: string; readonly gatewayName: string };

function typed({ billIdsJson, partsJson, ...row }: RawLine): LinkLine {
  const ids: unknown = JSON.parse(billIdsJson);
  const parts: unknown = partsJson === null ? null : JSON.parse(partsJson);
  return {
    ...row,
    billIds: Array.isArray(ids) ? ids.map(Number) : [],
    parts: Array.isArray(parts) ? parts.map(String) : null,
    amountPaise: paise(row.amountPaise),
    paidPaise: paise(row.paidPaise),
    status: linkStatuses.find((one) => one === row.status) ?? 'unknown',
  };
}

export function insertLink(
  tx: WriteTx,
  {
    billIds,
    parts = null,
    ...link
  }: Pick<
    LinkRow,
    'gatewayId' | 'customerId' | 'reference' | 'billIds' | 'amountPaise' | 'createdAt' | 'nextLookAt'
  > &
    Partial<Pick<LinkRow, 'parts'>>,
): number {
  const partsJson = parts === null ? null : JSON.stringify(parts);
  const row = { ...link, billIdsJson: JSON.stringify(billIds), partsJson, paidPaise: 0, status: 'making' };
  return tx.orm.insert(payLinks).values(row).returning({ id: payLinks.id }).get().id;
}

export function patchLink(
  tx: WriteTx,
  linkId: number,
  fields: Partial<Pick<LinkRow, 'externalId' | 'url' | 'paidPaise' | 'status' | 'lookedAt' | 'nextLookAt'>>,
): void {
  tx.orm.update(payLinks).set(fields).where(eq(payLinks.id, linkId)).run();
}

const COLUMNS = `l.id, l.gateway_id as gatewayId, l.customer_id as customerId, l.reference, l.external_id as externalId,
  l.url, l.bill_ids_json as billIdsJson, l.parts_json as partsJson, l.amount_paise as amountPaise, l.paid_paise as paidPaise, l.status,
  l.created_at as createdAt, l.looked_at as lookedAt, l.next_look_at as nextLookAt,
  c.name as customerName, g.name as gatewayName`;
const FROM = 'pay_links l join customers c on c.id = l.customer_id join gateways g on g.id = l.gateway_id';

/** Newest first; of one customer or of all. */
export function linkLines(tx: ReadTx, customerId: number | null): readonly LinkLine[] {
  return tx.sqlite
    .prepare<{ customerId: number | null }, RawLine>(
      `select ${COLUMNS} from ${FROM} where @customerId is null or l.customer_id = @customerId
        order by l.created_at desc, l.id desc`,
    )
    .all({ customerId })
    .map(typed);
}

export function linkById(tx: ReadTx, linkId: number): LinkLine | undefined {
  const row = tx.sqlite
    .prepare<[number], RawLine>(`select ${COLUMNS} from ${FROM} where l.id = ?`)
    .get(linkId);
  return row && typed(row);
}

const live = oncePrepared((sqlite) =>
  sqlite.prepare<{ ids: string | null }, RawLine>(
    `select ${COLUMNS} from ${FROM}
      where l.status in ('making', 'open', 'part-paid', 'unknown') and (@ids is null or exists (
        select 1 from json_each(l.bill_ids_json) b where b.value in (select value from json_each(@ids))))
      order by l.id`,
  ),
);

/** Links that may be paid, or of which it is not known, about any of these bills; all such links without them. */
export function liveLinks(tx: ReadTx, billIds: readonly number[] | null): readonly LinkLine[] {
  return live(tx)
    .all({ ids: billIds === null ? null : JSON.stringify(billIds) })
    .map(typed);
}

/** Links whose time to be looked at has come. */
export function linksDue(tx: ReadTx, now: number, most: number): readonly LinkLine[] {
  return tx.sqlite
    .prepare<[number, number], RawLine>(
      `select ${COLUMNS} from ${FROM} where l.next_look_at is not null and l.next_look_at <= ?
        order by l.next_look_at, l.id limit ?`,
    )
    .all(now, most)
    .map(typed);
}

/** When a message about any of these bills last left; null = never. */
export function remindedAt(tx: ReadTx, billIds: readonly number[]): number | null {
  const at = tx.sqlite
    .prepare(
      `select max(m.sent_at) from message_bills b join messages m on m.id = b.message_id
        where b.bill_id in (select value from json_each(?)) and m.sent_at is not null`,
    )
    .pluck()
    .get(JSON.stringify(billIds));
  return typeof at === 'number' ? at : null;
}
