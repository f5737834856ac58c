import { waitsForNews } from '#domain/reminders/outbox-states.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { gatewayById } from '../../storage/gateways.ts';
import { messageById, type MessageRow } from '../../storage/messages.ts';
import {
  dueGatewayIds,
  dueMessages,
  messagesDue,
  messagesExpired,
  nextInstant,
  underWay,
} from '../../storage/outbox.ts';
import { freeable, stoppable } from '../../storage/outbox-holds.ts';
import type { BookContext } from '../door.ts';
import { findUnknown } from './find.ts';
import { free, settleHolds } from './holds.ts';
import { isKilled } from './killed.ts';
import { takeLease, whoOf, type LeaseState } from './lease.ts';
import { move } from './move.ts';
import { pullNews } from './news.ts';
import { closedDomains, rememberWait } from './pace.ts';
import { recover } from './recover.ts';
import type { Runner } from './runner.ts';
import { sendMessage } from './send.ts';
import { mayBeNeedless, withdrawNeedless } from './withdraw.ts';

/** Rows handled in one go. */
const ROWS_MOST = 2000;
/** Requests of one gateway that may be under way together; calls go one at a time. */
const LANES = 3;

/** Whether a round would find something to do. */
export function hasWork(tx: ReadTx, context: BookContext, runner: Runner): boolean {
  const next = nextInstant(tx);
  if (next !== null && next <= context.now()) return true;
  if (isCrashed(tx, runner) || mayBeNeedless(tx, runner)) return true;
  const isStopped = isKilled(tx, context);
  return freeable(tx, isStopped).length > 0 || (isStopped && stoppable(tx, null).length > 0);
}

/** Something was under way in a process that is no more, or in another one. */
export function isCrashed(tx: ReadTx, runner: Runner): boolean {
  return underWay(tx).some((messageId) => !runner.working.has(messageId));
}

/** Everything that can be done now, in this order: what a crash left, what is over, what came of earlier ones, then new ones. */
export async function oneRound(context: BookContext, runner: Runner): Promise<LeaseState> {
  const { db, now } = context;
  const who = whoOf(context, runner.owner);
  const lease = db.write((tx) => takeLease(tx, who, now()));
  runner.holdsLease = lease.kind === 'mine';
  if (lease.kind !== 'mine') return lease;
  const settled = recover(context, runner) + expire(context) + db.write((tx) => settleHolds(tx, context));
  const moved = settled + (await withdrawNeedless(context, runner));
  if (moved > 0) context.changed('messages', 'reminders', 'gateways');
  await followUp(context, runner);
  if (runner.isStopped || !db.isOpen()) return lease;
  await sendDue(context, runner);
  return lease;
}

/** What was not sent in its time is not sent any more; why it waited is the reason, where there was one. */
function expire(context: BookContext): number {
  const at = context.now();
  const over = context.db.read((tx) => messagesExpired(tx, at, ROWS_MOST));
  if (over.length === 0) return 0;
  context.db.write((tx) => {
    for (const message of over) {
      const reason = message.state === 'held' && message.reason !== null ? message.reason : 'stale';
      move(tx, message, { to: 'skipped', at, kind: 'skipped', reason });
    }
  });
  return over.length;
}

/** Waits that are over, and what is to be asked about messages that left. */
async function followUp(context: BookContext, runner: Runner): Promise<void> {
  const { db, now } = context;
  const due = db.read((tx) => messagesDue(tx, now(), ROWS_MOST)).filter(({ id }) => !runner.working.has(id));
  if (due.length === 0) return;
  const waits = due.filter(({ state }) => state === 'retry-wait' || state === 'held');
  if (waits.length > 0) db.write((tx) => waits.forEach((message) => resume(tx, message, now())));
  await pullNews(
    context,
    runner,
    due.filter(({ state }) => waitsForNews.has(state)),
  );
  await findUnknown(
    context,
    runner,
    due.filter(({ state }) => state === 'unknown'),
  );
}

function resume(tx: WriteTx, message: MessageRow, at: number): void {
  if (message.state === 'held') free(tx, message, at);
  else move(tx, message, { to: 'scheduled', at, kind: 'retry' });
}

/** Each gateway at its own pace beside the others: one that hangs or is paused holds up nobody. */
async function sendDue(context: BookContext, runner: Runner): Promise<void> {
  const ids = context.db.read((tx) => dueGatewayIds(tx, context.now()));
  await Promise.all(ids.map((gatewayId) => sendOf(context, runner, gatewayId)));
}

async function sendOf(context: BookContext, runner: Runner, gatewayId: number | null): Promise<void> {
  const gateway = gatewayId === null ? null : context.db.read((tx) => gatewayById(tx, gatewayId) ?? null);
  const lanes = gateway === null || gateway.channel === 'voice' ? 1 : LANES;
  await Promise.all(Array.from({ length: lanes }, () => lane(context, runner, gatewayId)));
}

async function lane(context: BookContext, runner: Runner, gatewayId: number | null): Promise<void> {
  const who = whoOf(context, runner.owner);
  const key = gatewayId ?? 0;
  const tried = new Set<number>();
  for (;;) {
    const { db, now } = context;
    if (runner.isStopped || !db.isOpen() || (runner.notBefore.get(key) ?? 0) > now()) return;
    const gateway = gatewayId === null ? null : db.read((tx) => gatewayById(tx, gatewayId) ?? null);
    const skip = [...runner.working, ...tried];
    const notTo = closedDomains(runner, key, now());
    const [message] = db.read((tx) => dueMessages(tx, { gatewayId, now: now(), skip, notTo, most: 1 }));
    if (!message) return;
    runner.working.add(message.id);
    try {
      const went = await sendMessage({ context, runner, who, gateway }, message);
      if (went.kind === 'lost') return;
      if (went.kind === 'wait') {
        rememberWait(runner, key, went);
        if (went.domain === null) return;
        continue;
      }
    } finally {
      runner.working.delete(message.id);
    }
    // What is where it was is not tried in a circle; the rest is no longer among those that are due.
    if (db.isOpen() && db.read((tx) => messageById(tx, message.id))?.state === 'scheduled')
      tried.add(message.id);
    context.changed('messages', 'reminders');
  }
}
