import { channels, type Channel, type SuppressionReason } from '#domain/reminders/words.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';

export type NewSuppression = {
  readonly channel: Channel;
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly detail: string | null;
  readonly createdAt: number;
};

export type SuppressionRow = NewSuppression & {
  readonly suppressionId: number;
  readonly customerName: string | null;
  readonly removedAt: number | null;
};

const COLUMNS = `s.id as suppressionId, s.channel, s.address, s.reason, s.detail, s.created_at as createdAt,
  s.removed_at as removedAt,
  (select u.name from messages m join customers u on u.id = m.customer_id
    where m.address = s.address and m.channel = s.channel order by m.id desc limit 1) as customerName`;

/** Those that hold, newest first. The name is of whoever was last written to there. */
export function suppressionRows(tx: ReadTx): readonly SuppressionRow[] {
  return tx.sqlite
    .prepare<[], SuppressionRow>(
      `select ${COLUMNS} from suppressions s where s.removed_at is null order by s.created_at desc, s.id desc`,
    )
    .all();
}

export function suppressionById(tx: ReadTx, suppressionId: number): SuppressionRow | undefined {
  return tx.sqlite
    .prepare<[number], SuppressionRow>(`select ${COLUMNS} from suppressions s where s.id = ?`)
    .get(suppressionId);
}

/** Adds one, or finds the one that holds already: what was said first stays. */
export function putSuppression(tx: WriteTx, wish: NewSuppression): number {
  tx.sqlite
    .prepare(
      `insert into suppressions (channel, address, reason, detail, created_at)
       values (@channel, @address, @reason, @detail, @createdAt)
       on conflict (channel, address) where removed_at is null do nothing`,
    )
    .run(wish);
  const id = tx.sqlite
    .prepare<[string, string], number>(
      'select id from suppressions where channel = ? and address = ? and removed_at is null',
    )
    .pluck()
    .get(wish.channel, wish.address);
  if (id === undefined) throw new Error('A suppression that was written is not there.');
  return id;
}

export function liftSuppression(
  tx: WriteTx,
  wish: { readonly suppressionId: number; readonly removedAt: number; readonly reason: string },
): void {
  tx.sqlite
    .prepare(
      'update suppressions set removed_at = @removedAt, removed_reason = @reason where id = @suppressionId',
    )
    .run(wish);
}

const struck = oncePrepared((sqlite) => ({
  every: sqlite
    .prepare<[], string>(`select channel || '|' || address from suppressions where removed_at is null`)
    .pluck(),
  some: sqlite
    .prepare<[string, string], string>(
      `select s.channel || '|' || s.address
         from json_each(?) c cross join json_each(?) a cross join suppressions s
           on s.channel = c.value and s.address = a.value
        where s.removed_at is null`,
    )
    .pluck(),
}));

/** Channel and address of all that hold, or of those that some addresses have. */
export function suppressedAddresses(
  tx: ReadTx,
  addresses: readonly string[] | null = null,
): ReadonlySet<string> {
  const { every, some } = struck(tx);
  const bound = addresses === null ? null : JSON.stringify(addresses);
  return new Set(bound === null ? every.all() : some.all(JSON.stringify(channels), bound));
}
