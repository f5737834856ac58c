import { refusalField } from '#contract/fields.ts';
import { ORPCError } from '@orpc/server';
import type { MessageChannel, OutgoingMessage, SendOutcome } from '../../adapters/message-ports.ts';
import type { GatewayRow } from '../../storage/gateways.ts';
import { messageBillRows, messageById, type MessageRow } from '../../storage/messages.ts';
import { attemptById, patchAttempt } from '../../storage/outbox.ts';
import type { BookContext } from '../door.ts';
import { lacksPaper, noPapers, papersForMessage, type MessagePapers } from '../papers/attach.ts';
import { rulesNow } from '../reminders/rules-now.ts';
import { channelOf } from './channels.ts';
import { claim, isByHand } from './claim.ts';
import { freshBooks } from './fresh.ts';
import { hold, pauseGateway } from './holds.ts';
import { isKilled } from './killed.ts';
import { holdsLease, type Who } from './lease.ts';
import { move } from './move.ts';
import { commitOutcome } from './outcome.ts';
import { outgoingOf } from './outgoing.ts';
import { linkBefore, putLink } from './pay-link.ts';
import type { Wait } from './pace.ts';
import type { Runner } from './runner.ts';

/** How it went with one message: 'wait' = its gateway takes nothing before then, or nothing for its domain. */
export type Went = { readonly kind: 'done' } | ({ readonly kind: 'wait' } & Wait) | { readonly kind: 'lost' };

const DONE: Went = { kind: 'done' };
/** Nobody answers later than this; what may have left is then unknown. */
const ANSWERED_WITHIN_MS = 120_000;

type Work = {
  readonly context: BookContext;
  readonly runner: Runner;
  readonly who: Who;
  readonly gateway: GatewayRow | null;
};

/** One message on its way: the world first, then the claim, then the request, then what came of it. */
export async function sendMessage(work: Work, message: MessageRow): Promise<Went> {
  const { context, runner, who, gateway } = work;
  const { db } = context;
  const ready = await readyChannel(work, message);
  if (ready === null || !db.isOpen()) return DONE;
  const { policy, business } = db.read((tx) => rulesNow(tx, context));
  const freshness = await freshBooks(context, runner, { message, policy });
  const papers = await papersFor(work, message);
  if (papers === null || runner.isStopped || !db.isOpen()) return DONE;
  if (lacksPaper(context, message, papers)) {
    holdText(context, message, 'whatsapp-document-missing');
    return DONE;
  }
  const link = await linkBefore(context, runner, message);
  if (runner.isStopped || !db.isOpen()) return DONE;
  const claimed = claim(context, runner, { messageId: message.id, who, freshness });
  if (claimed.kind === 'wait' || claimed.kind === 'lost') return claimed;
  if (claimed.kind === 'moved') return DONE;
  if (ready === 'by-hand' || gateway === null) {
    handOver(context, claimed);
    return DONE;
  }
  const linked = putLink(context, claimed, link);
  if (linked === 'held') return DONE;
  if (linked === 'again' || !papers.areTrue(linked.message)) {
    takeUpAgain(work, claimed);
    return DONE;
  }
  const outgoing = db.read((tx) =>
    outgoingOf(tx, linked.message, { attachments: papers.attachments, business }),
  );
  if (!mayLeave(work, { ...claimed, outgoing, channel: ready })) return DONE;
  const outcome = await sendNow(work, ready, outgoing);
  // A book that was closed meanwhile finds this attempt open when it is opened again.
  if (db.isOpen())
    commitOutcome(context, { messageId: message.id, attemptId: claimed.attemptId, gateway, outcome });
  return DONE;
}

/** Null: the message waits for its gateway. */
async function readyChannel(
  { context, runner, gateway }: Work,
  message: MessageRow,
): Promise<MessageChannel | 'by-hand' | null> {
  if (gateway === null || isByHand(message)) return 'by-hand';
  const opened = await channelOf(context, runner, gateway);
  if (opened.ok) return opened.channel;
  if (!context.db.isOpen()) return null;
  const { code, detail } = opened;
  const trouble = { errorClass: 'account-config', code, detail, at: context.now() } as const;
  context.db.write((tx) => {
    pauseGateway(tx, gateway.id, trouble);
    const now = messageById(tx, message.id);
    if (now?.state === 'scheduled')
      hold(tx, now, { reason: 'gateway-paused', at: trouble.at, values: { code } });
  });
  context.changed('gateways', 'messages');
  return null;
}

/** What goes with it, after a last look at its payment links; null where its papers cannot be made now. */
async function papersFor({ context, runner }: Work, message: MessageRow): Promise<MessagePapers | null> {
  const { db, logBug } = context;
  const { customerId } = message;
  if (customerId !== null) {
    const billIds = db.read((tx) => messageBillRows(tx, message.id)).map((bill) => bill.billId);
    await runner.hooks.lookAtLinks(context, { customerId, billIds }, runner.stop.signal);
  }
  if (message.attaches === null) return noPapers;
  try {
    return await papersForMessage(context, message, runner.stop.signal);
  } catch (error) {
    // The program ends: the message waits where it was.
    if (runner.stop.signal.aborted) return null;
    // A paper that cannot be made keeps its own message back and no other one.
    const code = refusalCodeOf(error);
    if (code === null) logBug(error);
    if (db.isOpen()) holdText(context, message, code ?? 'papers');
    return null;
  }
}

function holdText({ db, now }: BookContext, { id }: MessageRow, code: string): void {
  db.write((tx) => {
    const message = messageById(tx, id);
    if (message?.state === 'scheduled')
      hold(tx, message, { reason: 'text-refused', at: now(), values: { code } });
  });
}

/** The code of a refusal; null for what is none. */
function refusalCodeOf(error: unknown): string | null {
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return null;
  return refusalField.parse(error.data).code;
}

type Claimed = {
  readonly message: MessageRow;
  readonly attemptId: number;
  readonly isDryRun: boolean;
};

/** Money came in while its paper was drawn: text and paper are made anew, so that they say the same. */
function takeUpAgain({ context, runner }: Work, { message, attemptId }: Claimed): void {
  const at = context.now();
  context.db.write((tx) => {
    patchAttempt(tx, attemptId, { phase: 'done', endedAt: at });
    const now = messageById(tx, message.id);
    if (now?.state === 'claimed') move(tx, now, { to: 'scheduled', at, kind: 'freed' });
  });
  runner.isAgain = true;
}

/** A letter to print, a call to make: from here on it is a person's. */
function handOver({ db, now }: BookContext, { message, attemptId, isDryRun }: Claimed): void {
  const at = now();
  db.write((tx) => {
    patchAttempt(tx, attemptId, { phase: 'done', endedAt: at });
    if (isDryRun) move(tx, message, { to: 'skipped', at, kind: 'skipped', reason: 'dry-run' });
    else move(tx, message, { to: 'handed-to-user', at, kind: 'handed' });
  });
}

/**
 * Commits that something may have left, before the first byte does. False: it did not come to that, because the gateway
 * could not send such a message, it is a dry run, or somebody said stop since it was claimed.
 */
function mayLeave(
  { context, who }: Work,
  {
    message,
    attemptId,
    isDryRun,
    outgoing,
    channel,
  }: Claimed & { readonly outgoing: OutgoingMessage; readonly channel: MessageChannel },
): boolean {
  const problem = channel.preflight(outgoing).find((one) => one.isBlocking);
  return context.db.write((tx) => {
    const at = context.now();
    const now = messageById(tx, message.id);
    const attempt = attemptById(tx, attemptId);
    if (now?.state !== 'claimed' || now.claimedBy !== who.owner || attempt?.phase !== 'prepared')
      return false;
    const end = (code: string | null, detail: string | null): void =>
      patchAttempt(tx, attemptId, { phase: 'done', endedAt: at, code, detail });
    if (problem) {
      end(problem.code, problem.detail.en);
      const detail = `${problem.code}: ${problem.detail.en}`;
      move(tx, now, { to: 'rejected', at, kind: 'rejected', reason: 'text-refused', detail });
      return false;
    }
    if (isDryRun) {
      end('dry-run', null);
      move(tx, now, { to: 'skipped', at, kind: 'skipped', reason: 'dry-run' });
      return false;
    }
    if (isKilled(tx, context) || !holdsLease(tx, who, at)) {
      end(null, null);
      move(tx, now, { to: 'scheduled', at, kind: 'freed' });
      return false;
    }
    patchAttempt(tx, attemptId, { phase: 'request-may-have-left' });
    const { claimedBy, claimedUntil } = now;
    move(tx, now, { to: 'sending', at, kind: 'sending', fields: { claimedBy, claimedUntil } });
    return true;
  });
}

async function sendNow(
  { context, runner }: Work,
  channel: MessageChannel,
  outgoing: OutgoingMessage,
): Promise<SendOutcome> {
  const signal = AbortSignal.any([runner.stop.signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]);
  try {
    return await channel.send(outgoing, signal);
  } catch (error) {
    // A gateway that throws breaks its contract; nobody knows how far it got.
    context.logBug(error);
    const how = {
      errorClass: 'unknown',
      phase: 'request-written',
      code: 'BUG',
      retryAfterSeconds: null,
    } as const;
    return { ok: false, ...how, detail: 'The gateway failed inside Baaki.' };
  }
}
