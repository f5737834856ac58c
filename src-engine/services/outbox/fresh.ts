import type { SendingPolicy } from '#domain/reminders/policy.ts';
import { ORPCError } from '@orpc/server';
import type { MessageRow } from '../../storage/messages.ts';
import { tallyReadAt } from '../../storage/outbox-facts.ts';
import type { BookContext } from '../door.ts';
import { refreshParty } from '../sync/party.ts';
import type { Runner } from './runner.ts';

const HOUR_MS = 3_600_000;
/** Several messages to one customer within a minute are checked by one look. */
const READ_ONCE_MS = 60_000;

/** Whether the balances a message is about are good enough; 'old' with their age in hours. */
export type Freshness = { readonly kind: 'fresh' } | { readonly kind: 'old'; readonly hours: number };

const FRESH: Freshness = { kind: 'fresh' };

/**
 * Reads the balance of a customer of Tally anew where Tally can be reached (RM9); where it cannot, says how old what the
 * book has is. Customers who are not from Tally have no other books than this one.
 */
export async function freshBooks(
  context: BookContext,
  runner: Runner,
  {
    message,
    policy,
  }: { readonly message: MessageRow; readonly policy: Pick<SendingPolicy, 'booksHoursMost'> },
): Promise<Freshness> {
  const { customerId } = message;
  if (customerId === null) return FRESH;
  const { db, now } = context;
  const tally = db.read((tx) => tallyReadAt(tx, customerId));
  if (tally === null) return FRESH;
  const readAt = runner.partyReadAt.get(customerId);
  const isJustRead = readAt !== undefined && Math.abs(now() - readAt) < READ_ONCE_MS;
  if (isJustRead) return FRESH;
  if (tally.isLive && (await couldRead(context, runner, customerId))) {
    runner.partyReadAt.set(customerId, now());
    return FRESH;
  }
  const hours = Math.floor((now() - tally.at) / HOUR_MS);
  return hours < policy.booksHoursMost ? FRESH : { kind: 'old', hours };
}

async function couldRead(context: BookContext, runner: Runner, customerId: number): Promise<boolean> {
  try {
    await refreshParty(context, customerId, runner.stop.signal);
    return true;
  } catch (error) {
    // Tally is away, is busy or has another company open: what the book knows has an age. The rest is a bug of ours.
    const isWorld = error instanceof ORPCError || (error instanceof Error && error.name === 'AbortError');
    if (!isWorld) throw error;
    return false;
  }
}
