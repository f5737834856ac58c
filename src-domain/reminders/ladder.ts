import type { Day } from '../days.ts';
import type { Refusal, Result } from '../result.ts';
import type { MessageLanguage } from './languages.ts';
import { nextOpenDay, windowFrom, windowOn, type Window } from './hours.ts';
import type { PlanAddress, PlanCustomer, PlanGateway } from './plan-facts.ts';
import { templateFor, type PlanIndex } from './plan-index.ts';
import { stop, type Stop } from './plan-stops.ts';
import type { Written } from './plan-text.ts';
import type { MessageTemplate } from './template-facts.ts';
import type { Channel, Purpose, SilenceReason } from './words.ts';

// Which channel a message takes: the first of the ladder on which everything that is needed is there (docs/gateways.md
// 8.10).

export type Rung = {
  readonly channel: Channel;
  readonly address: PlanAddress;
  readonly gateway: PlanGateway | null;
  readonly template: MessageTemplate;
};

export type RungTaken = Rung & {
  readonly window: Window;
  readonly written: Written;
  readonly warnings: readonly SilenceReason[];
};

export type LadderWish = {
  readonly customer: PlanCustomer;
  readonly purpose: Purpose;
  readonly templateKey: string;
  readonly channels: readonly Channel[];
  /** Channels on which this very step did not arrive. */
  readonly tried: readonly Channel[];
  readonly at: { readonly day: Day; readonly minute: number };
  readonly write: (rung: Rung) => Result<Written>;
};

export type LadderAnswer =
  { readonly taken: RungTaken; readonly stop?: never } | { readonly taken?: never; readonly stop: Stop };

/** Done by a person, so that no gateway is needed. */
const byHand: ReadonlySet<Channel> = new Set(['letter', 'call']);

/** How far a channel came before something was missing: the last one is the easiest to put right, and is told. */
const progress: readonly SilenceReason[] = [
  'no-address',
  'opted-out',
  'suppressed',
  'no-consent',
  'no-gateway',
  'gateway-paused',
  'no-template',
  'template-paused',
  'no-payment-details',
  'no-business-phone',
  'text-refused',
];

export function takeRung(index: PlanIndex, wish: LadderWish): LadderAnswer {
  const { channels, hasLetterInstead } = ladderOf(wish);
  const { policy } = index.facts;
  const missing: Stop[] = [stop('no-address', null, { tried: wish.tried.length })];
  const closed = ({ channel }: Rung): LadderAnswer => ({
    stop: stop('outside-hours', nextOpenDay(policy, channel, wish.at.day), { channel }),
  });
  let shut: Rung | null = null;
  let isAnyOpen = false;
  for (const channel of channels) {
    if (wish.tried.includes(channel)) continue;
    const rung = rungOf(index, wish, channel);
    if (typeof rung === 'string') {
      missing.push(stop(rung, null, { channel }));
      continue;
    }
    if (windowOn(policy, channel, wish.at.day) === null) {
      shut ??= rung;
      continue;
    }
    isAnyOpen = true;
    const window = windowFrom(policy, channel, wish.at);
    // Its hours are over for today: it waits, because another channel would be a second rung.
    if (window === null) return closed(rung);
    const written = wish.write(rung);
    if (!written.ok) {
      missing.push(textStop(written.refusal, channel));
      continue;
    }
    const isInstead = hasLetterInstead && channel === 'letter';
    const warnings: readonly SilenceReason[] = isInstead ? ['no-address'] : [];
    return { taken: { ...rung, window, written: written.value, warnings } };
  }
  return shut === null || isAnyOpen ? { stop: nearest(missing) } : closed(shut);
}

function nearest(missing: readonly Stop[]): Stop {
  return missing.reduce((best, one) =>
    progress.indexOf(one.reason) > progress.indexOf(best.reason) ? one : best,
  );
}

/** What the owner has not told of his business yet, by the field that needs it. */
const missingReasons: Readonly<Record<string, SilenceReason>> = {
  upi_link: 'no-payment-details',
  pay_link: 'no-payment-details',
  business_phone: 'no-business-phone',
};

function textStop({ code, field = '' }: Refusal, channel: Channel): Stop {
  return stop(missingReasons[field] ?? 'text-refused', null, { channel, code, field });
}

/** A step by email reaches a customer without an email address by letter, and says so (case E13). */
function ladderOf({ channels, customer }: LadderWish): {
  readonly channels: readonly Channel[];
  readonly hasLetterInstead: boolean;
} {
  const hasEmail = (customer.addresses.email ?? []).length > 0;
  if (!channels.includes('email') || hasEmail) return { channels, hasLetterInstead: false };
  return {
    channels: channels.includes('letter') ? channels : [...channels, 'letter'],
    hasLetterInstead: true,
  };
}

/** What a channel needs, or what is missing first. The check at the last moment asks the same. */
function rungOf(
  index: PlanIndex,
  wish: Pick<LadderWish, 'customer' | 'purpose' | 'templateKey'>,
  channel: Channel,
): Rung | SilenceReason {
  const { customer, purpose, templateKey: key } = wish;
  const addresses = customer.addresses[channel] ?? [];
  if (addresses.length === 0) return 'no-address';
  const blocked = personStop(index, customer, { channel, purpose });
  if (blocked !== null) return blocked;
  const suppressed = customer.suppressed.map(plainAddress);
  const address = addresses.find((one) => !suppressed.includes(plainAddress(one.address)));
  if (address === undefined) return 'suppressed';
  const gateway = gatewayOf(index, channel);
  if (typeof gateway === 'string') return gateway;
  const { language } = customer;
  const template = chosenTemplate(index, { purpose, channel, key, language }, gateway);
  const unusable = templateStop(template, gateway);
  if (unusable !== null || template === null) return unusable ?? 'no-template';
  return { channel, address, gateway, template };
}

/** The gateway is the one of the channel, hence the same each time. */
function chosenTemplate(
  index: PlanIndex,
  wish: Pick<MessageTemplate, 'purpose' | 'channel' | 'key' | 'language'>,
  gateway: PlanGateway | null,
): MessageTemplate | null {
  const asked = `${wish.purpose}|${wish.channel}|${wish.language}|${wish.key}`;
  const known = index.chosen.get(asked);
  if (known !== undefined) return known;
  const template = templateFor(index, wish, (one) => templateStop(one, gateway) === null);
  index.chosen.set(asked, template);
  return template;
}

/** What the customer himself has said of messages for a purpose (CU9). */
export function personStop(
  index: PlanIndex,
  customer: PlanCustomer,
  { channel, purpose }: { readonly channel: Channel; readonly purpose: Purpose },
): SilenceReason | null {
  const own = customer.otherWords?.find((word) => word.channel === channel && word.purpose === purpose);
  if (customer.optedOut.includes(channel) || own?.isGranted === false) return 'opted-out';
  const needsConsent = index.facts.policy.needsConsent.includes(channel);
  const agreed = purpose === 'reminder' ? customer.consented.includes(channel) : own?.isGranted === true;
  return needsConsent && !agreed ? 'no-consent' : null;
}

export function gatewayOf(index: PlanIndex, channel: Channel): PlanGateway | null | SilenceReason {
  const all = index.gateways.get(channel) ?? [];
  const working = all.find((one) => !one.isPaused);
  if (working !== undefined) return working;
  if (byHand.has(channel)) return null;
  return all.length > 0 ? 'gateway-paused' : 'no-gateway';
}

const spoken: ReadonlySet<MessageLanguage> = new Set(['en', 'hi']);

export function templateStop(
  template: MessageTemplate | null,
  gateway: PlanGateway | null,
): SilenceReason | null {
  if (template === null) return 'no-template';
  // What is said around it (who calls, which key means what) is in these two languages: a call speaks one.
  if (template.channel === 'voice' && !spoken.has(template.language)) return 'no-template';
  if (template.isPaused) return 'template-paused';
  if (gateway?.needsDlt === true && template.dlt === null) return 'no-template';
  if (gateway?.needsWhatsappTemplate !== true) return null;
  if (template.whatsapp === null) return 'no-template';
  return template.whatsapp.status === 'approved' ? null : 'template-paused';
}

/** Neither spaces nor capitals: most of them, and a month of a book asks a hundred thousand times. */
const PLAIN = /^[!-@[-~]*$/u;

/** Two customers with one phone or mailbox are one person to annoy. */
export function plainAddress(address: string): string {
  if (PLAIN.test(address)) return address;
  return address.trim().toLowerCase().replace(/\s+/gu, ' ');
}
