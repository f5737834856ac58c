import type { Channel } from '#domain/reminders/words.ts';
import type { InboundMessage } from '../../adapters/message-ports.ts';
import type { ReadTx } from '../../storage/database.ts';
import { messageByProviderId, messageByUid, type MessageRow } from '../../storage/messages.ts';
import { messageByMailId, newestMessageTo, reachables } from '../../storage/replies.ts';
import { dialledPhones, emailsOf, tidyAddress } from '../reminders/reach.ts';

// Whom something that came in is from: what it answers tells it best, then who has that address.

export type Matched = {
  readonly inbound: InboundMessage;
  readonly address: string;
  readonly message: MessageRow | null;
  /** Null: an address that is no customer's. */
  readonly customerId: number | null;
};

type From = { readonly gatewayId: number; readonly channel: Channel };

/** In the order in which they were received, so that a batch means the same however it was sorted. */
export function matchAll(tx: ReadTx, from: From, inbound: readonly InboundMessage[]): readonly Matched[] {
  const sorted = inbound.toSorted((a, b) => a.at - b.at || (a.externalId < b.externalId ? -1 : 1));
  const found = sorted.map((one) => {
    const address = addressIn(from.channel, one.from);
    return { inbound: one, address, message: messageFor(tx, { ...from, address }, one) };
  });
  const unknown = found.filter(({ message }) => (message?.customerId ?? null) === null);
  const known = customersOfAddresses(tx, new Set(unknown.filter(isOfPerson).map(({ address }) => address)));
  return found.map((one) => {
    const byAddress = isOfPerson(one) ? (known.get(one.address) ?? null) : null;
    return { ...one, customerId: one.message?.customerId ?? byAddress };
  });
}

/** As addresses of the channel are kept; a sender's name ('VM-ASHATR') stays as it is. */
function addressIn(channel: Channel, from: string): string {
  const bare = /<([^<>]+)>\s*$/u.exec(from)?.[1] ?? from;
  return tidyAddress(channel, bare) ?? bare.trim();
}

/** A bounce comes from a machine that many share. */
function isOfPerson({ inbound: { kind } }: Pick<Matched, 'inbound'>): boolean {
  return kind !== 'bounce' && kind !== 'delivery-report';
}

function messageFor(
  tx: ReadTx,
  { gatewayId, channel, address }: From & { readonly address: string },
  inbound: InboundMessage,
): MessageRow | null {
  const { about, news, at } = inbound;
  for (const uid of [about.uid, news?.uid ?? null]) {
    const message = uid === null ? undefined : messageByUid(tx, uid);
    if (message) return message;
  }
  for (const providerId of [about.providerId, news?.providerId ?? null]) {
    const message = providerId === null ? undefined : messageByProviderId(tx, gatewayId, providerId);
    if (message) return message;
  }
  for (const mailId of about.messageIds) {
    const message = messageByMailId(tx, mailId);
    if (message) return message;
  }
  return isOfPerson({ inbound }) ? (newestMessageTo(tx, { address, channel, at }) ?? null) : null;
}

const TAIL_DIGITS = 10;
/** Several stand in one cell. */
const SEPARATED = /[,;\s]/u;

/** The customer of each address; where several share one, the first that was entered. */
export function customersOfAddresses(
  tx: ReadTx,
  addresses: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (addresses.size === 0) return found;
  const tails = [...addresses]
    .filter((one) => /^\+\d{7,}$/u.test(one))
    .map((one) => one.slice(0 - TAIL_DIGITS));
  const take = (address: string, customerId: number): void => {
    if (addresses.has(address) && !found.has(address)) found.set(address, customerId);
  };
  for (const { customerId, phone, email } of reachables(tx)) {
    if (email !== null && email.includes('@')) {
      const isOne = !SEPARATED.test(email);
      for (const one of isOne ? [email.toLowerCase()] : emailsOf(email)) take(one, customerId);
    }
    if (phone === null || tails.length === 0) continue;
    // Reading a number is slow, and almost none of a book's is asked for.
    const digits = phone.replaceAll(/\D/gu, '');
    if (!tails.some((tail) => digits.includes(tail))) continue;
    for (const { e164 } of dialledPhones(phone)) take(e164, customerId);
  }
  return found;
}
