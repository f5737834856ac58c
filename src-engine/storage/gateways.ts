import type { Channel } from '#domain/reminders/words.ts';
import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { gateways } from './schema-reminders.ts';
import { rowReader } from './statements.ts';

type Stored = typeof gateways.$inferSelect;

/** An account of the user at a gateway. Its secrets are in the vault under `vaultName`; instants are UTC milliseconds. */
export type GatewayRow = Omit<Stored, 'channel'> & { readonly channel: Channel | 'payment' };

/** What the user says of it. */
export type GatewayWish = Pick<
  GatewayRow,
  | 'kind'
  | 'channel'
  | 'name'
  | 'fieldsJson'
  | 'isOn'
  | 'place'
  | 'perMinute'
  | 'perDay'
  | 'pricePerPartMicros'
  | 'gstBps'
>;

function typed(row: Stored): GatewayRow {
  return row as GatewayRow;
}

const everyGateway = rowReader(gateways, 'where removed_at is null order by channel, place, id');
const oneGateway = rowReader<typeof gateways, [number]>(gateways, 'where id = ?');

/** Those that are there, the first to be used first. */
export function gatewayRows(tx: ReadTx): readonly GatewayRow[] {
  return everyGateway(tx).map(typed);
}

/** Also one that was removed: old messages name it. */
export function gatewayById(tx: ReadTx, gatewayId: number): GatewayRow | undefined {
  const [row] = oneGateway(tx, gatewayId);
  return row && typed(row);
}

export function insertGateway(
  tx: WriteTx,
  wish: GatewayWish & Pick<GatewayRow, 'vaultName' | 'createdAt'>,
): number {
  return tx.orm.insert(gateways).values(wish).returning({ id: gateways.id }).get().id;
}

export function patchGateway(
  tx: WriteTx,
  gatewayId: number,
  fields: Partial<Omit<GatewayRow, 'id' | 'createdAt' | 'vaultName'>>,
): void {
  const { changes } = tx.orm.update(gateways).set(fields).where(eq(gateways.id, gatewayId)).run();
  if (changes === 0) throw new Error(`There is no gateway ${gatewayId}.`);
}
