import { gatewayById } from '../../storage/gateways.ts';
import { linkById, liveLinks, type LinkRow } from '../../storage/pay-links.ts';
import type { BookContext } from '../door.ts';
import type { OutboxHooks } from '../outbox/runner.ts';
import { withPayment } from './channel.ts';
import { applyLinkState, applyNoAnswer, applyNoLink } from './settle.ts';

/** A look must not keep a message waiting for long. */
const ANSWERED_WITHIN_MS = 15_000;
/** What was looked at just now need not be asked again. */
const FRESH_MS = 60_000;

export type Looked =
  | { readonly ok: true }
  | { readonly ok: false; readonly errorClass: string; readonly code: string; readonly detail: string }
  /** Its keys are not here. */
  | null;

/** Asks the gateway about one link and writes down what it says. Never throws for what the world does. */
export async function lookAt(context: BookContext, link: LinkRow, signal: AbortSignal): Promise<Looked> {
  const { db, now } = context;
  const gateway = db.read((tx) => gatewayById(tx, link.gatewayId));
  if (!gateway || gateway.removedAt !== null) return null;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]);
  const answer = await withPayment(context, gateway, (channel) => channel.look(link.reference, patience));
  if (!db.isOpen()) return null;
  const isNews = db.write((tx) => {
    const before = linkById(tx, link.id);
    if (!before) return false;
    let isClaimed = false;
    if (answer?.ok && answer.value) isClaimed = applyLinkState(tx, link.id, answer.value, now());
    else if (answer?.ok) applyNoLink(tx, before, now());
    else applyNoAnswer(tx, before, now());
    return isClaimed || linkById(tx, link.id)?.status !== before.status;
  });
  if (isNews) context.changed('replies', 'consents', 'reminders');
  if (answer === null || answer.ok) return answer === null ? null : { ok: true };
  return answer;
}

/**
 * The forced look right before a message about these bills (docs/gateways.md 6.2): what was paid through a link a
 * minute ago is known, and pauses them, before the last check reads their facts.
 */
export const lookAtLinksOf: OutboxHooks['lookAtLinks'] = async (context, { billIds }, signal) => {
  if (billIds.length === 0) return;
  const { db, now } = context;
  const links = db.read((tx) => liveLinks(tx, billIds));
  for (const link of links) {
    if (signal.aborted || !db.isOpen()) return;
    if (link.lookedAt !== null && now() - link.lookedAt < FRESH_MS) continue;
    await lookAt(context, link, signal);
  }
};
