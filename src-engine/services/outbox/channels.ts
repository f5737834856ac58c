import type { GatewayConfig, MessageChannel } from '../../adapters/message-ports.ts';
import type { GatewayRow } from '../../storage/gateways.ts';
import type { BookContext } from '../door.ts';
import type { Runner } from './runner.ts';

// Channels that are open: one for each gateway of the user, opened anew when its settings change.

export type Opened =
  | { readonly ok: true; readonly channel: MessageChannel }
  | { readonly ok: false; readonly code: 'no-secrets' | 'unknown-kind'; readonly detail: string };

/** The settings of a gateway with its secrets; null where the vault is closed or has none of a kind that needs some. */
export async function configOf(context: BookContext, gateway: GatewayRow): Promise<GatewayConfig | null> {
  const kind = context.gatewayKinds.get(gateway.kind);
  const secrets = (await context.vault.take(gateway.vaultName)) ?? {};
  const needed = kind?.describe.fields.filter((field) => field.kind === 'secret' && field.isRequired) ?? [];
  if (needed.some(({ key }) => (secrets[key] ?? '') === '')) return null;
  return { fields: fieldsOf(gateway), secrets };
}

export function fieldsOf(gateway: Pick<GatewayRow, 'fieldsJson'>): Readonly<Record<string, string>> {
  const fields: unknown = JSON.parse(gateway.fieldsJson);
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}

/** Opens a channel of its own, for whoever closes it: the test of a gateway. */
export function openChannel(
  context: BookContext,
  gateway: GatewayRow,
  config: GatewayConfig,
): MessageChannel {
  const kind = context.gatewayKinds.get(gateway.kind);
  if (!kind) throw new Error(`There is no gateway of the kind ${gateway.kind}.`);
  const { now, newId, vault } = context;
  const keepSecret = async (key: string, value: string): Promise<void> => {
    const secrets = (await vault.take(gateway.vaultName)) ?? {};
    await vault.put(gateway.vaultName, { ...secrets, [key]: value });
  };
  return kind.open(config, { now, newId, keepSecret });
}

export async function channelOf(context: BookContext, runner: Runner, gateway: GatewayRow): Promise<Opened> {
  if (!context.gatewayKinds.has(gateway.kind)) {
    return { ok: false, code: 'unknown-kind', detail: `This Baaki does not know ${gateway.kind}.` };
  }
  const config = await configOf(context, gateway);
  if (config === null) {
    return {
      ok: false,
      code: 'no-secrets',
      detail: 'A password or key of this gateway is not on this computer.',
    };
  }
  const key = JSON.stringify(config);
  const known = runner.channels.get(gateway.id);
  if (known?.key === key) return { ok: true, channel: known.channel };
  const channel = openChannel(context, gateway, config);
  runner.channels.set(gateway.id, { key, channel });
  void known?.channel.close().catch((error: unknown) => context.logBug(error));
  return { ok: true, channel };
}

export async function closeChannels(context: Pick<BookContext, 'logBug'>, runner: Runner): Promise<void> {
  const open = [...runner.channels.values()];
  runner.channels.clear();
  for (const ended of await Promise.allSettled(open.map(({ channel }) => channel.close()))) {
    if (ended.status === 'rejected') context.logBug(ended.reason);
  }
}
