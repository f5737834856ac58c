import type { PaymentGateway } from '../../adapters/message-ports.ts';
import type { ReadTx } from '../../storage/database.ts';
import { gatewayRows, type GatewayRow } from '../../storage/gateways.ts';

/** The gateway whose links stand in texts: the first that is set up and on. */
export function linkGateway(tx: ReadTx, kinds: ReadonlyMap<string, PaymentGateway>): GatewayRow | undefined {
  return gatewayRows(tx).find(
    (row) => row.channel === 'payment' && row.isOn && row.pausedAt === null && kinds.has(row.kind),
  );
}
