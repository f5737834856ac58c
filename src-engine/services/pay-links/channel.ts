import type { PaymentChannel } from '../../adapters/message-ports.ts';
import { gatewayById, type GatewayRow } from '../../storage/gateways.ts';
import { refuse } from '#domain/result.ts';
import { failed, refused, type BookContext } from '../door.ts';
import { fieldsOf } from '../outbox/channels.ts';

/** A gateway that can be asked for payment links now; refused where there is none. */
export function paymentGateway(context: BookContext, gatewayId: number): GatewayRow {
  const gateway = context.db.read((tx) => gatewayById(tx, gatewayId));
  const isUsable = gateway?.channel === 'payment' && gateway.removedAt === null && gateway.isOn;
  if (gateway && isUsable && context.paymentKinds.has(gateway.kind)) return gateway;
  const sentence = 'This gateway makes no payment links, or it is switched off.';
  throw refused(refuse('no-payment-gateway', sentence, { field: 'gatewayId' }).refusal);
}

/** Null: its keys are not on this computer, or this program does not know its kind. */
async function openPayment(context: BookContext, gateway: GatewayRow): Promise<PaymentChannel | null> {
  const kind = context.paymentKinds.get(gateway.kind);
  if (!kind) return null;
  const secrets = (await context.vault.take(gateway.vaultName)) ?? {};
  const needed = kind.describe.fields.filter((field) => field.kind === 'secret' && field.isRequired);
  if (needed.some(({ key }) => (secrets[key] ?? '') === '')) return null;
  const { now, newId, vault } = context;
  const keepSecret = async (key: string, value: string): Promise<void> => {
    const held = (await vault.take(gateway.vaultName)) ?? {};
    await vault.put(gateway.vaultName, { ...held, [key]: value });
  };
  return kind.open({ fields: fieldsOf(gateway), secrets }, { now, newId, keepSecret });
}

/** Opens it for one piece of work and closes it; null where it cannot be opened. */
export async function withPayment<T>(
  context: BookContext,
  gateway: GatewayRow,
  work: (channel: PaymentChannel) => Promise<T>,
): Promise<T | null> {
  const channel = await openPayment(context, gateway);
  if (channel === null) return null;
  try {
    return await work(channel);
  } finally {
    await channel.close();
  }
}

/** What a gateway said no with, for whoever asked. */
export function notReached(
  gateway: Pick<GatewayRow, 'name'>,
  answer: { readonly errorClass: string; readonly code: string; readonly detail: string } | null,
): ReturnType<typeof failed> {
  if (answer === null) {
    const sentence = `The keys of ${gateway.name} are not on this computer.`;
    return failed({
      code: 'pay-link-no-keys',
      sentence,
      retryable: false,
      values: { gateway: gateway.name },
    });
  }
  const { errorClass, code, detail } = answer;
  const retryable = errorClass.startsWith('transient') || errorClass === 'throttled';
  const sentence = `${gateway.name} did not answer as hoped (${code}). ${detail}`.trim();
  return failed({
    code: 'pay-link-failed',
    sentence,
    retryable,
    values: { gateway: gateway.name, code, detail },
  });
}
