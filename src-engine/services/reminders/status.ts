import type { SendingStatus } from '#contract/engine/reminders.ts';
import type { BookFile, ReadTx } from '../../storage/database.ts';
import { nextInstant, spentSince } from '../../storage/outbox.ts';
import { monthStart } from '#domain/days.ts';
import type { Channel, MessageState } from '#domain/reminders/words.ts';
import { messageCounts, openClaimCount, openReplyCount, sentSince } from '../../storage/reminder-counts.ts';
import { isDryRun, reminderSetting } from '../../storage/reminder-settings.ts';
import { gatheredNews } from '../changes/gathered-news.ts';
import type { BookContext } from '../door.ts';
import { instantOf } from '../outbox/clock.ts';
import { isKilled } from '../outbox/killed.ts';
import { leaseState, whoOf } from '../outbox/lease.ts';
import { outboxOf } from '../outbox/runner.ts';
import { planNow } from './plan-now.ts';

/** Everything the frame and the reminders' screen tell at a glance. */
export async function statusNow(context: BookContext): Promise<SendingStatus> {
  const { db, vault } = context;
  // The plan takes its time: all else is told as it is after it.
  const toApproveCount = await toApprove(context);
  return {
    ...db.read((tx) => counted(tx, context)),
    heldElsewhere: heldElsewhere(context),
    // The engine looks at no network by itself: messages that cannot leave wait and say why.
    isOnline: true,
    canSend: vault.isOpen(),
    toApproveCount,
  };
}

type Counted = Omit<SendingStatus, 'heldElsewhere' | 'isOnline' | 'canSend' | 'toApproveCount'>;

function counted(tx: ReadTx, context: BookContext): Counted {
  const { today, book, dayAt, stopFile } = context;
  const counts = messageCounts(tx);
  const sum = (isMeant: (channel: Channel, state: MessageState) => boolean): number =>
    counts.reduce((all, [channel, state, count]) => all + (isMeant(channel, state) ? count : 0), 0);
  const of = (...states: readonly MessageState[]): number =>
    sum((channel, state) => states.includes(state) && channel !== 'letter' && channel !== 'call');
  const waiting = (wished: Channel): number =>
    sum((channel, state) => channel === wished && state === 'handed-to-user');
  const place = { timeZone: book.timeZone, dayAt };
  const [midnight, firstOfMonth] = [instantOf(today, 0, place), instantOf(monthStart(today), 0, place)];
  const roundAt = reminderSetting(tx, 'roundAt');
  return {
    isKilled: isKilled(tx, context),
    stopFile: stopFile(),
    isDryRun: isDryRun(tx),
    scheduledCount: sum((_, state) => state === 'scheduled' || state === 'retry-wait'),
    sendingCount: of('claimed', 'sending'),
    heldCount: of('held'),
    unknownCount: of('unknown', 'needs-person'),
    toPrintCount: waiting('letter'),
    toCallCount: waiting('call'),
    toHandCount: of('handed-to-user'),
    repliesCount: openReplyCount(tx),
    claimsCount: openClaimCount(tx),
    sentTodayCount: sentSince(tx, midnight),
    spentTodayMicros: spentSince(tx, midnight),
    spentMonthMicros: spentSince(tx, firstOfMonth),
    nextAt: nextInstant(tx),
    roundAt: roundAt === null ? null : Number(roundAt),
  };
}

/** Who else sends from this book; null = this engine may. */
function heldElsewhere(context: BookContext): SendingStatus['heldElsewhere'] {
  const who = whoOf(context, outboxOf(context).owner);
  const state = context.db.read((tx) => leaseState(tx, who, context.now()));
  switch (state.kind) {
    case 'mine':
      return null;
    case 'other':
      return { owner: state.owner, until: state.until, isCopy: false };
    case 'copy':
      return { owner: state.owner, until: null, isCopy: true };
  }
}

const lastCount = new WeakMap<BookFile, number>();

/** While messages leave the book moves with each of them; then the count of a moment ago is good enough. */
async function toApprove(context: BookContext): Promise<number> {
  const before = lastCount.get(context.db);
  if (before !== undefined && isSending(context)) return before;
  const { length: count } = (await planNow(context)).rows;
  lastCount.set(context.db, count);
  return count;
}

function isSending({ db }: BookContext): boolean {
  return db
    .read(messageCounts)
    .some(([, state, count]) => count > 0 && (state === 'claimed' || state === 'sending'));
}

const NOUNS: ReadonlySet<string> = new Set([
  'reminders',
  'messages',
  'replies',
  'gateways',
  'templates',
  'cadences',
  'consents',
  'bills',
  'receipts',
  'credits',
  'settings',
  'books',
]);

/** The status now, and anew whenever something of it may have moved; ends when nobody listens or the book is closed. */
export async function* watchStatus(
  context: BookContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<SendingStatus, void> {
  const { db, book, now, dayAt } = context;
  const statusOf = async (): Promise<SendingStatus | null> => {
    try {
      return await statusNow({ ...context, today: dayAt(now(), book.timeZone) });
    } catch (error) {
      // Closed while it was being planned: nobody waits for that book's status any more.
      if (db.isOpen()) throw error;
      return null;
    }
  };
  const news = gatheredNews(context, signal);
  const first = await statusOf();
  if (first === null) return;
  yield first;
  for await (const { nouns } of news) {
    if (!db.isOpen() || signal?.aborted === true) return;
    if (!nouns.some((noun) => NOUNS.has(noun))) continue;
    const status = await statusOf();
    if (status === null) return;
    yield status;
  }
}
