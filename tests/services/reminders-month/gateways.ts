import type { Gateway, InboundMessage } from '#engine/adapters/message-ports.ts';
import { countingGateway, startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';

// Three gateways that count over a real socket, each with an inbox of its own.

export const CHANNELS = ['sms', 'whatsapp', 'email'] as const;
export type SentBy = (typeof CHANNELS)[number];

export type Post = {
  readonly channel: SentBy;
  readonly gateway: Gateway;
  readonly server: CountingServer;
  readonly inbound: InboundMessage[];
};

export async function posts(): Promise<Readonly<Record<SentBy, Post>>> {
  const [sms, whatsapp, email] = await Promise.all([postOf('sms'), postOf('whatsapp'), postOf('email')]);
  return { sms, whatsapp, email };
}

async function postOf(channel: SentBy): Promise<Post> {
  const server = await startCounting();
  const inbound: InboundMessage[] = [];
  const counting = countingGateway({
    kind: `${channel}-counting`,
    channel,
    can: { pullsInbound: true, takesAttachments: true },
  });
  const gateway: Gateway = {
    ...counting,
    open: (config, world) => ({
      ...counting.open(config, world),
      pullInbound: (cursor) => {
        const from = Number(cursor ?? 0);
        return Promise.resolve({
          ok: true,
          value: { messages: inbound.slice(from), cursor: String(inbound.length) },
        });
      },
    }),
  };
  return { channel, gateway, server, inbound };
}
