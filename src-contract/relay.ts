import { z } from 'zod';

// An optional relay of the owner's own: the one thing with a public address, for gateways that hand replies and reports out
// only by calling somebody (Meta's Cloud API, Gupshup). It keeps what it was told until the desktop has fetched it; it
// reads nothing and decides nothing. The server comes later; this is what both will speak.
//
//   POST /v1/hooks/{gateway}            from the vendor: any body, kept as it came with its headers
//   GET  /v1/events?after=CURSOR&limit  from the desktop, with `Authorization: Bearer <key of the desktop>`
//   POST /v1/acks {upTo: CURSOR}        from the desktop: what lies before may be forgotten

export const RELAY_LIMIT_MOST = 500;
/** Nothing is kept longer, fetched or not. */
export const RELAY_KEEP_DAYS = 14;

const cursorField = z.string().regex(/^[0-9]{1,19}$/);

/** One call of a vendor, untouched: only the desktop knows its keys and can check a signature over these bytes. */
export const relayEventShape = z.object({
  cursor: cursorField,
  /** The name under which the vendor was given the address. */
  gateway: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  /** UTC milliseconds at the relay. */
  receivedAt: z.int().positive(),
  method: z.enum(['GET', 'POST']),
  /** Path and query behind the gateway's name, as they came. */
  target: z.string().max(8_000),
  /** Names in lower case; only what signatures and content need. */
  headers: z.record(z.string().max(100), z.string().max(2_000)),
  bodyBase64: z.base64().max(2_000_000),
});
export type RelayEvent = z.infer<typeof relayEventShape>;

export const relayEventsShape = z.object({
  events: z.array(relayEventShape).max(RELAY_LIMIT_MOST),
  /** Where the next question begins; the same as asked when there is nothing new. */
  cursor: cursorField,
  hasMore: z.boolean(),
});

export const relayAckShape = z.object({ upTo: cursorField });
