import type { InboundMessage, MessageChannel, Pulled } from '../../adapters/message-ports.ts';
import type { BookFile } from '../../storage/database.ts';
import { gatewayById, gatewayRows, patchGateway, type GatewayRow } from '../../storage/gateways.ts';
import type { BookContext } from '../door.ts';
import { channelOf } from '../outbox/channels.ts';
import { pauseGateway } from '../outbox/holds.ts';
import { outboxOf } from '../outbox/runner.ts';
import { matchAll } from './match.ts';
import { takeInbound } from './take.ts';

const PAGES_MOST = 20;
/** Nobody waits longer for one page of an inbox. */
const ANSWERED_WITHIN_MS = 120_000;
const EVERY_MS = 3 * 60_000;
const BACK_OFF_MOST_MS = 30 * 60_000;

/** Gateways that could not be reached are asked ever more seldom; what is asked for by a person is asked at once. */
type Patience = { failuresInARow: number; notBefore: number };
type Puller = {
  readonly patience: Map<number, Patience>;
  running: Promise<number> | null;
};
const pullers = new WeakMap<BookFile, Puller>();

function pullerOf(db: BookFile): Puller {
  const known = pullers.get(db);
  if (known) return known;
  const made: Puller = { patience: new Map(), running: null };
  pullers.set(db, made);
  return made;
}

export type PullWish = { readonly signal: AbortSignal; readonly isAsked?: boolean };

/**
 * Fetches what came in at every gateway that can tell it, and answers how many new replies there are. Two that are asked
 * for together are one. A gateway that fails holds up no other one.
 */
export function pullAll(context: BookContext, wish: PullWish): Promise<number> {
  const puller = pullerOf(context.db);
  puller.running ??= pullEach(context, puller, wish).finally(() => {
    puller.running = null;
  });
  return puller.running;
}

/** The same of one gateway, which has said that there is something. */
export async function pullFrom(
  context: BookContext,
  gatewayId: number,
  signal: AbortSignal,
): Promise<number> {
  const puller = pullerOf(context.db);
  await puller.running;
  if (signal.aborted || !context.db.isOpen()) return 0;
  const gateway = context.db.read((tx) => gatewayById(tx, gatewayId));
  return gateway && canPull(context, gateway) ? pullGateway(context, puller, { gateway, signal }) : 0;
}

async function pullEach(context: BookContext, puller: Puller, wish: PullWish): Promise<number> {
  const { db, now } = context;
  if (!context.vault.isOpen()) return 0;
  const due = db
    .read(gatewayRows)
    .filter((gateway) => canPull(context, gateway))
    .filter(({ id }) => wish.isAsked === true || (puller.patience.get(id)?.notBefore ?? 0) <= now());
  const counts = await Promise.all(due.map((gateway) => pullGateway(context, puller, { ...wish, gateway })));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A pause for what it may not send says nothing of what it could tell; one for its keys does. */
export function canPull(
  { gatewayKinds }: BookContext,
  { kind, isOn, pausedAt, pausedJson }: GatewayRow,
): boolean {
  const isShut = pausedAt !== null && (pausedJson ?? '').includes('"auth"');
  return isOn && !isShut && gatewayKinds.get(kind)?.describe.capabilities.pullsInbound === true;
}

type OfGateway = PullWish & { readonly gateway: GatewayRow };

async function pullGateway(context: BookContext, puller: Puller, of: OfGateway): Promise<number> {
  const { gateway } = of;
  try {
    const pulled = await pullPages(context, of);
    if (pulled.isReached) puller.patience.delete(gateway.id);
    else wait(context, puller, gateway.id);
    return pulled.newCount;
  } catch (error) {
    if (of.signal.aborted || !context.db.isOpen()) return 0;
    context.logBug(error);
    wait(context, puller, gateway.id);
    return 0;
  }
}

function wait({ now }: BookContext, { patience }: Puller, gatewayId: number): void {
  const failuresInARow = (patience.get(gatewayId)?.failuresInARow ?? 0) + 1;
  const after = Math.min(EVERY_MS * 2 ** failuresInARow, BACK_OFF_MOST_MS);
  patience.set(gatewayId, { failuresInARow, notBefore: now() + after });
}

async function pullPages(
  context: BookContext,
  { gateway, signal }: OfGateway,
): Promise<{ readonly newCount: number; readonly isReached: boolean }> {
  const opened = await channelOf(context, outboxOf(context), gateway);
  const pullInbound = opened.ok ? opened.channel.pullInbound : undefined;
  if (!pullInbound) return { newCount: 0, isReached: false };
  const seen = new Set<string>();
  let newCount = 0;
  for (let pages = 0; pages < PAGES_MOST; pages += 1) {
    const { db } = context;
    if (signal.aborted || !db.isOpen()) return { newCount, isReached: true };
    const cursor = db.read((tx) => gatewayById(tx, gateway.id)?.inboundCursor ?? null);
    const answer = await pulled(pullInbound, cursor, signal);
    if (!db.isOpen()) return { newCount, isReached: true };
    if (!answer.ok) {
      keepOut(context, gateway, answer);
      return { newCount, isReached: false };
    }
    newCount += keep(context, gateway, { from: cursor, ...answer.value });
    const isMore = answer.value.messages.some(({ externalId }) => !seen.has(externalId));
    if (!isMore || answer.value.cursor === cursor) break;
    for (const { externalId } of answer.value.messages) seen.add(externalId);
  }
  return { newCount, isReached: true };
}

function pulled(
  pullInbound: NonNullable<MessageChannel['pullInbound']>,
  cursor: string | null,
  signal: AbortSignal,
): ReturnType<typeof pullInbound> {
  return pullInbound(cursor, AbortSignal.any([signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]));
}

type Page = {
  readonly from: string | null;
  readonly messages: readonly InboundMessage[];
  readonly cursor: string;
};

/**
 * Everything of a page and the place where it ends, in one transaction: whoever is killed before it pulls the page again,
 * and what came twice is one row.
 */
function keep(context: BookContext, gateway: GatewayRow, { from, messages, cursor }: Page): number {
  const { db, now, today, book } = context;
  const { channel, id: gatewayId } = gateway;
  if (channel === 'payment') return 0;
  const taken = db.write((tx) => {
    const at = now();
    const dayAt = (instant: number) => context.dayAt(instant, book.timeZone);
    const taking = { gatewayId, channel, at, today, dayAt };
    const kept = matchAll(tx, { gatewayId, channel }, messages).map((one) => takeInbound(tx, taking, one));
    // Another process may have pulled further meanwhile: its place is not moved back.
    const isOurs = gatewayById(tx, gatewayId)?.inboundCursor === from;
    patchGateway(tx, gatewayId, isOurs ? { inboundCursor: cursor, pulledAt: at } : { pulledAt: at });
    return kept;
  });
  if (taken.some((one) => one !== null)) context.changed('replies', 'messages', 'consents', 'reminders');
  return taken.filter((one) => one === 'kept').length;
}

/** Wrong keys are told where a person sees them; all else is tried again later. */
function keepOut(
  context: BookContext,
  gateway: GatewayRow,
  answer: Extract<Pulled<unknown>, { ok: false }>,
): void {
  const { errorClass, code, detail } = answer;
  context.log('inbox-not-reached', { gatewayId: gateway.id });
  if (errorClass !== 'auth') return;
  const at = context.now();
  context.db.write((tx) => pauseGateway(tx, gateway.id, { errorClass, code, detail, at }));
  context.changed('gateways', 'messages');
}
