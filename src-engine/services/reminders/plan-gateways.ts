import { mulDiv } from '#domain/money.ts';
import type { PlanGateway } from '#domain/reminders/plan-facts.ts';
import type { Gateway } from '../../adapters/message-ports.ts';
import type { ReadTx } from '../../storage/database.ts';
import { gatewayRows } from '../../storage/gateways.ts';

const WHOLE_BPS = 10_000;

/** The user's gateways that are switched on and whose kind this program knows, the first to be used first. */
export function planGateways(
  tx: ReadTx,
  kinds: ReadonlyMap<string, Pick<Gateway, 'describe'>>,
): readonly PlanGateway[] {
  return gatewayRows(tx).flatMap((row): readonly PlanGateway[] => {
    const kind = kinds.get(row.kind)?.describe;
    const { channel } = row;
    if (!row.isOn || kind === undefined || channel === 'payment') return [];
    const price = isByHand(row.kind) ? 0 : row.pricePerPartMicros;
    return [
      {
        gatewayId: row.id,
        channel,
        isPaused: row.pausedAt !== null,
        pricePerPartMicros: price === null ? null : mulDiv(price, WHOLE_BPS + row.gstBps, WHOLE_BPS),
        needsDlt: channel === 'sms' && kind.capabilities.dlt !== 'none',
        // Whoever sends from his own WhatsApp writes what he likes; a business account needs an approved text.
        needsWhatsappTemplate:
          channel === 'whatsapp' && kind.capabilities.needsInternet && !isByHand(row.kind),
      },
    ];
  });
}

/** The user presses send himself, in his own WhatsApp. */
function isByHand(kind: string): boolean {
  return kind === 'whatsapp-link';
}
