import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import type { PlannedMessage } from '#domain/reminders/plan-facts.ts';
import type { MessageChannel } from '../../adapters/message-ports.ts';
import { gatewayById } from '../../storage/gateways.ts';
import type { BookContext } from '../door.ts';
import { fieldsOf } from '../outbox/channels.ts';
import { idsOf, registeredValues } from '../outbox/registered.ts';

export type RowPreflight = (message: PlannedMessage, text: string) => readonly ProblemShown[];

const NOTHING: readonly ProblemShown[] = [];

/**
 * What the gateway itself says of a planned message (a missing id of its own, a text too long for it), so that a plan
 * shows what sending would find. Nothing is asked of the other side and no secret is needed.
 */
export function rowPreflight(context: BookContext): RowPreflight {
  const channels = new Map<number, MessageChannel | null>();
  return (message, text) => {
    const { gatewayId, channel, template, values, address, toName, language } = message;
    // A mail is looked at when it is put together; letters and calls have no gateway.
    if (gatewayId === null || (channel !== 'sms' && channel !== 'whatsapp')) return NOTHING;
    let gateway = channels.get(gatewayId);
    if (gateway === undefined) {
      gateway = channelFor(context, gatewayId);
      channels.set(gatewayId, gateway);
    }
    if (gateway === null) return NOTHING;
    const found = gateway.preflight({
      uid: 'planned',
      to: address,
      toName,
      text,
      language,
      values: registeredValues(channel, template, values),
      ids: idsOf(template),
      attachments: [],
      email: null,
      windowUntil: null,
    });
    return found.map(({ code, detail, isBlocking }) => ({ code, detail: { ...detail }, isBlocking }));
  };
}

/** Opened without its keys, which are in the vault: something stands for them, and nothing is sent. */
function channelFor(context: BookContext, gatewayId: number): MessageChannel | null {
  const { db, gatewayKinds, now, newId } = context;
  const row = db.read((tx) => gatewayById(tx, gatewayId));
  const kind = gatewayKinds.get(row?.kind ?? '');
  if (row === undefined || kind === undefined) return null;
  const secrets = Object.fromEntries(
    kind.describe.fields.filter((field) => field.kind === 'secret').map(({ key }) => [key, 'in-the-vault']),
  );
  return kind.open({ fields: fieldsOf(row), secrets }, { now, newId, keepSecret: () => Promise.resolve() });
}
