import type { PlanAddress } from '#domain/reminders/plan-facts.ts';
import { channels, type Channel } from '#domain/reminders/words.ts';
import { readPhones } from '#domain/phone.ts';
import type { CustomerFacts } from '../../storage/customers.ts';
import type { ReachRow } from '../../storage/reminder-history.ts';

// Where a customer can be reached: his own number first, then the people of his in the order in which they deal with bills.

const ROLES: readonly ReachRow['role'][] = ['accounts', 'owner', 'purchase', 'other'];
const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/u;
const KNOWN_MOST = 50_000;

type Phone = { readonly e164: string; readonly isMobile: boolean };
const known = new Map<string, readonly Phone[]>();

/** The numbers of a cell that can be dialled, as '+919876543210'. Senders' own series (140, 1600) are nobody's phone. */
export function dialledPhones(text: string): readonly Phone[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const phones = readPhones(text).phones.flatMap((one) => phoneOf(one) ?? []);
  if (known.size < KNOWN_MOST) known.set(text, phones);
  return phones;
}

function phoneOf(tidy: string): Phone | null {
  if (!tidy.startsWith('+')) return null;
  const e164 = `+${tidy.replaceAll(/\D/gu, '')}`;
  const own = e164.startsWith('+91') ? e164.slice(3) : null;
  if (own !== null && /^(?:140|1600|18[06]0)/u.test(own)) return null;
  // India's mobile numbers begin with 6 to 9 (docs/gateways.md 1); of other countries it is not known here.
  return { e164, isMobile: own === null || /^[6-9]\d{9}$/u.test(own) };
}

/** Addresses of a cell, written one way: in small letters, each once. */
export function emailsOf(text: string): readonly string[] {
  const parts = text.toLowerCase().split(/[,;\s]+/u);
  return [...new Set(parts.filter((part) => EMAIL.test(part)))];
}

/** One address of a channel as it is kept and compared; null for what is none. */
export function tidyAddress(channel: Channel, text: string): string | null {
  if (channel === 'email') return emailsOf(text)[0] ?? null;
  if (channel === 'letter') return text.trim() === '' ? null : text.trim();
  const phone = dialledPhones(text)[0];
  if (phone === undefined) return null;
  return phone.isMobile || channel === 'call' || channel === 'voice' ? phone.e164 : null;
}

type Reach = {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
};

export type Addresses = Readonly<Partial<Record<Channel, readonly PlanAddress[]>>>;

/** Channels with no address are left out. */
export function addressesOf(
  customer: Pick<CustomerFacts, 'name' | 'phone' | 'email' | 'address'>,
  contacts: readonly ReachRow[],
): Addresses {
  const byRole = contacts.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  const mobile: PlanAddress[] = [];
  const dialled: PlanAddress[] = [];
  const email: PlanAddress[] = [];
  const seen = new Set<string>();
  const take = (into: PlanAddress[], one: PlanAddress): void => {
    if (!seen.has(one.address)) into.push(one);
  };
  for (const one of [customer, ...byRole] satisfies readonly Reach[]) {
    const toName = one.name.trim() === '' ? customer.name : one.name;
    for (const { e164, isMobile } of dialledPhones(one.phone ?? '')) {
      if (isMobile) take(mobile, { address: e164, toName });
      take(dialled, { address: e164, toName });
      seen.add(e164);
    }
    for (const address of emailsOf(one.email ?? '')) {
      take(email, { address, toName });
      seen.add(address);
    }
  }
  const written = customer.address?.trim() ?? '';
  const letter = written === '' ? [] : [{ address: written, toName: customer.name }];
  return {
    ...(mobile.length === 0 ? {} : { sms: mobile, whatsapp: mobile }),
    ...(dialled.length === 0 ? {} : { voice: dialled, call: dialled }),
    ...(email.length === 0 ? {} : { email }),
    ...(letter.length === 0 ? {} : { letter }),
  };
}

/**
 * A number may be struck out for one channel (it is not on WhatsApp) and good on another: it is taken out of that channel.
 * What is struck out on every channel it could serve stays, named as suppressed, so that the reason can be told.
 */
export function withoutSuppressed(
  addresses: Addresses,
  isStruck: ReadonlySet<string>,
): { readonly addresses: Addresses; readonly suppressed: readonly string[] } {
  if (isStruck.size === 0) return { addresses, suppressed: [] };
  const usable = new Set<string>();
  const struck = new Set<string>();
  const served = channels.flatMap((channel) =>
    (addresses[channel] ?? []).map(({ address }) => ({ channel, address })),
  );
  for (const { channel, address } of served)
    (isStruck.has(`${channel}|${address}`) ? struck : usable).add(address);
  const suppressed = [...struck].filter((address) => !usable.has(address));
  if (struck.size === 0) return { addresses, suppressed };
  const left: Partial<Record<Channel, readonly PlanAddress[]>> = {};
  for (const channel of channels) {
    const own = (addresses[channel] ?? []).filter(
      ({ address }) => !isStruck.has(`${channel}|${address}`) || !usable.has(address),
    );
    if (own.length > 0) left[channel] = own;
  }
  return { addresses: left, suppressed };
}
