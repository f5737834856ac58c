import type { Channel } from '#domain/reminders/words.ts';
import { pullAll } from '#engine/services/replies/pull.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import { aCustomer } from '#tests/builders/facts.ts';
import { scriptedGateway, type Scripted } from '#tests/fakes/gateways/scripted.ts';
import {
  aGateway,
  aMessage,
  aWorld,
  MONDAY,
  phoneOf,
  type World,
  type WorldWish,
} from '../outbox/outbox-world.ts';

// A book whose gateways tell what a test lets customers write.

export type Inbox = World & {
  readonly sms: Scripted;
  readonly whatsapp: Scripted;
  readonly email: Scripted;
  readonly voice: Scripted;
  readonly ids: Readonly<Record<'sms' | 'whatsapp' | 'email' | 'voice', number>>;
  /** Pulls all of them; the count of new replies. */
  readonly pull: () => Promise<number>;
};

export async function anInbox(wish: WorldWish = {}): Promise<Inbox> {
  const [sms, whatsapp, email, voice] = (['sms', 'whatsapp', 'email', 'voice'] as const).map((channel) =>
    scriptedGateway(`${channel}-scripted`, channel),
  );
  if (!sms || !whatsapp || !email || !voice) throw new Error('A gateway is missing.');
  const world = await aWorld({ ...wish, gateways: [sms, whatsapp, email, voice].map((one) => one.gateway) });
  const ids = world.db.write((tx) => ({
    sms: gatewayOf(tx, 'sms'),
    whatsapp: gatewayOf(tx, 'whatsapp'),
    email: gatewayOf(tx, 'email'),
    voice: gatewayOf(tx, 'voice'),
  }));
  const pull = (): Promise<number> =>
    pullAll(world.book(), { signal: new AbortController().signal, isAsked: true });
  return { ...world, sms, whatsapp, email, voice, ids, pull };
}

function gatewayOf(tx: WriteTx, channel: Channel): number {
  return aGateway(tx, { port: 1, kind: `${channel}-scripted`, channel, name: `My ${channel}` });
}

/** A customer with a mobile number and a mailbox, to whom a message has left on a channel. */
export function aReached(
  tx: WriteTx,
  wish: { readonly at: number; readonly channel: Channel; readonly gatewayId: number },
): {
  readonly customerId: number;
  readonly messageId: number;
  readonly phone: string;
  readonly email: string;
} {
  const { at, channel, gatewayId } = wish;
  const phone = phoneOf(at);
  const email = `buyer${at}@example.in`;
  const customerId = aCustomer(tx, `Customer ${at}`);
  tx.sqlite.prepare('update customers set phone = ?, email = ? where id = ?').run(phone, email, customerId);
  const messageId = aMessage(tx, {
    customerId,
    channel,
    gatewayId,
    address: channel === 'email' ? email : phone,
    subject: channel === 'email' ? 'Your bills' : null,
    mailId: channel === 'email' ? `<ours-${at}@example.in>` : null,
    state: 'accepted',
  });
  tx.sqlite
    .prepare('update messages set sent_at = ?, provider_id = ? where id = ?')
    .run(MONDAY, `p-${at}`, messageId);
  return { customerId, messageId, phone, email };
}

export function rowsOf<T>(world: Pick<World, 'db'>, sql: string): readonly T[] {
  return world.db.read(({ sqlite }) => sqlite.prepare<[], T>(sql).all());
}
