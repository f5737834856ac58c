import { DOMAIN_PACE, domainOf, fullBucket, takeToken, type Bucket } from '#domain/reminders/rates.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import type { GatewayRow } from '../../storage/gateways.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { domainRateRow, putDomainRate, putRate, rateRow } from '../../storage/rates.ts';
import { nextMidnight, type Place } from './clock.ts';
import type { Runner } from './runner.ts';

// How fast a gateway may go, kept in the book: in all, and for mail towards each domain of recipients (docs/gateways.md 8.8).

/** Nothing before then: through this gateway at all, or only to that domain, while the others go on. */
export type Wait = { readonly until: number; readonly domain: string | null };

type Asked = {
  readonly gateway: GatewayRow;
  readonly message: Pick<MessageRow, 'channel' | 'address'>;
  readonly at: number;
  readonly place: Place;
};

/** Takes a token of each bucket it needs, or none at all: then it says when there will be one. */
export function takeTokens(tx: WriteTx, { gateway, message, at, place }: Asked): Wait | null {
  const when = { now: at, day: place.dayAt(at, place.timeZone) };
  const own = takeToken(bucketOf(tx, gateway, when), gateway, when);
  const ofGateway = { gatewayId: gateway.id, ...own.bucket };
  if (!own.ok) {
    putRate(tx, ofGateway);
    return { until: own.at === 'day' ? nextMidnight(at, place) : own.at, domain: null };
  }
  const domain = message.channel === 'email' ? domainOf(message.address) : null;
  if (domain !== null) {
    const there = takeToken(domainBucket(tx, gateway.id, { ...when, domain }), DOMAIN_PACE, when);
    const { tokensE3, filledAt } = there.bucket;
    putDomainRate(tx, { gatewayId: gateway.id, domain, tokensE3, filledAt });
    // A pace without a limit for the day has no other wait than for the next token.
    if (!there.ok) return { until: there.at === 'day' ? nextMidnight(at, place) : there.at, domain };
  }
  putRate(tx, ofGateway);
  return null;
}

/** What a claim was told holds for those after it, so that each need not be checked in full to hear the same. */
export function rememberWait(runner: Runner, gatewayKey: number, { until, domain }: Wait): void {
  if (domain === null) return void runner.notBefore.set(gatewayKey, until);
  const own = runner.domainsNotBefore.get(gatewayKey) ?? new Map<string, number>();
  runner.domainsNotBefore.set(gatewayKey, own.set(domain, until));
}

export function closedDomains(runner: Runner, gatewayKey: number, now: number): readonly string[] {
  const own = [...(runner.domainsNotBefore.get(gatewayKey) ?? [])];
  return own.filter(([, until]) => until > now).map(([domain]) => domain);
}

/** All instants at which one of them ends. */
export function waitsOf({ notBefore, domainsNotBefore }: Runner): readonly number[] {
  return [...notBefore.values(), ...[...domainsNotBefore.values()].flatMap((own) => [...own.values()])];
}

type When = { readonly now: number; readonly day: Bucket['day'] };

export function bucketOf(tx: ReadTx, gateway: GatewayRow, { now, day }: When): Bucket {
  const row = rateRow(tx, gateway.id);
  if (!row) return fullBucket(gateway, now, day);
  const { gatewayId: _, ...bucket } = row;
  return bucket;
}

function domainBucket(
  tx: ReadTx,
  gatewayId: number,
  { domain, now, day }: When & { readonly domain: string },
): Bucket {
  const full = fullBucket(DOMAIN_PACE, now, day);
  const row = domainRateRow(tx, gatewayId, domain);
  return row ? { ...full, tokensE3: row.tokensE3, filledAt: row.filledAt } : full;
}
