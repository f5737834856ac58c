import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';

/** A gateway's tokens as they were at `filledAt`. A token is 1000 `tokensE3`; instants are UTC milliseconds. */
export type RateRow = {
  readonly gatewayId: number;
  readonly tokensE3: number;
  readonly filledAt: number;
  readonly day: Day;
  readonly dayCount: number;
  /** No request before this instant; null = none is closed. */
  readonly closedUntil: number | null;
  readonly failuresInRow: number;
};

const rate = oncePrepared((sqlite) =>
  sqlite.prepare<[number], RateRow>(
    `select gateway_id as gatewayId, tokens_e3 as tokensE3, filled_at as filledAt, day, day_count as dayCount,
            closed_until as closedUntil, failures_in_row as failuresInRow
       from rate_buckets where gateway_id = ?`,
  ),
);

export function rateRow(tx: ReadTx, gatewayId: number): RateRow | undefined {
  return rate(tx).get(gatewayId);
}

const rateWriter = oncePrepared((sqlite) =>
  sqlite.prepare<RateRow>(
    `insert into rate_buckets (gateway_id, tokens_e3, filled_at, day, day_count, closed_until, failures_in_row)
     values (@gatewayId, @tokensE3, @filledAt, @day, @dayCount, @closedUntil, @failuresInRow)
     on conflict (gateway_id) do update set tokens_e3 = excluded.tokens_e3, filled_at = excluded.filled_at,
       day = excluded.day, day_count = excluded.day_count, closed_until = excluded.closed_until,
       failures_in_row = excluded.failures_in_row`,
  ),
);

export function putRate(tx: WriteTx, row: RateRow): void {
  rateWriter(tx).run(row);
}

export function forgetRate(tx: WriteTx, gatewayId: number): void {
  tx.sqlite.prepare('delete from rate_buckets where gateway_id = ?').run(gatewayId);
  tx.sqlite.prepare('delete from domain_rates where gateway_id = ?').run(gatewayId);
}

/** Tokens of a mail gateway towards a domain of recipients, as they were at `filledAt`. */
export type DomainRateRow = Pick<RateRow, 'gatewayId' | 'tokensE3' | 'filledAt'> & {
  readonly domain: string;
};

const domainRate = oncePrepared((sqlite) =>
  sqlite.prepare<[number, string], DomainRateRow>(
    `select gateway_id as gatewayId, domain, tokens_e3 as tokensE3, filled_at as filledAt
       from domain_rates where gateway_id = ? and domain = ?`,
  ),
);

export function domainRateRow(tx: ReadTx, gatewayId: number, domain: string): DomainRateRow | undefined {
  return domainRate(tx).get(gatewayId, domain);
}

const domainRateWriter = oncePrepared((sqlite) =>
  sqlite.prepare<DomainRateRow>(
    `insert into domain_rates (gateway_id, domain, tokens_e3, filled_at)
     values (@gatewayId, @domain, @tokensE3, @filledAt)
     on conflict (gateway_id, domain) do update set tokens_e3 = excluded.tokens_e3, filled_at = excluded.filled_at`,
  ),
);

export function putDomainRate(tx: WriteTx, row: DomainRateRow): void {
  domainRateWriter(tx).run(row);
}
