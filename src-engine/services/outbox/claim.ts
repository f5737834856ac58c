import { monthStart } from '#domain/days.ts';
import { payLinkIn, withPayLink } from '#domain/reminders/pay-place.ts';
import type { Verdict } from '#domain/reminders/plan-check.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { sha256Of } from '../../storage/digest.ts';
import { factsVersion } from '../../storage/facts-version.ts';
import { gatewayById, type GatewayRow } from '../../storage/gateways.ts';
import { messageBillRows, messageById, runById, type MessageRow } from '../../storage/messages.ts';
import { insertAttempt, moveMessage, spentSince } from '../../storage/outbox.ts';
import { isDryRun } from '../../storage/reminder-settings.ts';
import { suppressedAddresses } from '../../storage/suppressions.ts';
import { templateById } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { fieldsOf } from './channels.ts';
import { instantOf, nextMidnight, nextWithinHours, type Place } from './clock.ts';
import type { Freshness } from './fresh.ts';
import { hold } from './holds.ts';
import { factsFor } from './kept-facts.ts';
import { isKilled } from './killed.ts';
import { checkNow, rewrite } from './last-check.ts';
import { holdsLease, LEASE_MS, type Who } from './lease.ts';
import { move, tell } from './move.ts';
import { mailIdOf, valuesIn } from './outgoing.ts';
import { takeTokens, type Wait } from './pace.ts';
import type { Runner } from './runner.ts';

/**
 * 'moved': it is no longer to be sent now. 'wait': its gateway takes nothing before then, or nothing for that domain.
 * 'lost': another one sends now.
 */
export type Claimed =
  | {
      readonly kind: 'claimed';
      readonly message: MessageRow;
      readonly attemptId: number;
      readonly isDryRun: boolean;
    }
  | { readonly kind: 'moved' }
  | ({ readonly kind: 'wait' } & Wait)
  | { readonly kind: 'lost' };

const MOVED: Claimed = { kind: 'moved' };
/** Times the facts are read again because somebody else wrote meanwhile. */
const READS_MOST = 5;

type Wish = { readonly messageId: number; readonly who: Who; readonly freshness: Freshness };
type Now = { readonly at: number; readonly place: Place; readonly facts: PlanFacts | null };

/**
 * scheduled → claimed, with everything looked at once more in the same transaction: what it says, to whom, when, at what
 * price, and whether anybody has said stop (docs/gateways.md 8.3, 8.6).
 */
export function claim(context: BookContext, runner: Runner, wish: Wish): Claimed {
  const { db, now, book, dayAt } = context;
  const place = { timeZone: book.timeZone, dayAt };
  for (let reads = 0; reads < READS_MOST; reads += 1) {
    const message = db.read((tx) => messageById(tx, wish.messageId));
    if (!message) return MOVED;
    // Facts are read outside of the transaction and hold inside of it as long as nobody has written in between.
    const facts = factsFor(context, runner, message);
    const made = db.write((tx) =>
      facts === null || factsVersion(tx) === runner.facts?.version
        ? claimIn(tx, context, { ...wish, now: { at: now(), place, facts } })
        : null,
    );
    if (made !== null) return made;
  }
  return MOVED;
}

function claimIn(tx: WriteTx, context: BookContext, wish: Wish & { readonly now: Now }): Claimed {
  const { now, who, messageId } = wish;
  const { at } = now;
  if (!holdsLease(tx, who, at)) return { kind: 'lost' };
  const found = messageById(tx, messageId);
  if (found?.state !== 'scheduled' || found.notBefore > at) return MOVED;
  const message = onItsDay(tx, found, now);
  const gateway = message.gatewayId === null ? undefined : gatewayById(tx, message.gatewayId);
  const isStopped = stopsBefore(tx, context, { message, gateway, at }) || stopsByRule(tx, message, wish);
  if (isStopped) return MOVED;
  if (overBudget(tx, message, now)) return MOVED;
  const isDry = isDryRun(tx);
  const wait = gateway && !isDry ? takeTokens(tx, { gateway, message, ...now }) : null;
  if (wait !== null) return { kind: 'wait', ...wait };
  return claimed(tx, { messageId, gateway, who, at, isDryRun: isDry });
}

/** A thank-you has no day of its own: within its time it is for the day on which it leaves. */
function onItsDay(tx: WriteTx, message: MessageRow, { at, place }: Now): MessageRow {
  const today = place.dayAt(at, place.timeZone);
  if (message.purpose !== 'thanks' || message.forDay >= today || message.expiresAt < at) return message;
  moveMessage(tx, message.id, { forDay: today });
  return { ...message, forDay: today };
}

/** What needs no facts of the customer. True: it was held or skipped. */
function stopsBefore(
  tx: WriteTx,
  context: BookContext,
  {
    message,
    gateway,
    at,
  }: { readonly message: MessageRow; readonly gateway: GatewayRow | undefined; readonly at: number },
): boolean {
  if (message.expiresAt < at) return skip(tx, message, { reason: 'stale', at });
  if (isKilled(tx, context)) return keep(tx, message, { reason: 'kill-switch', at });
  // Struck out on this channel alone it is no address of his there any more, whatever he is written for.
  if (message.purpose !== 'test' && isStruckOut(tx, message)) {
    return skip(tx, message, { reason: 'suppressed', at, values: { channel: message.channel } });
  }
  if (isByHand(message)) return false;
  if (!gateway || gateway.removedAt !== null) return skip(tx, message, { reason: 'no-gateway', at });
  if (gateway.pausedAt !== null || !gateway.isOn) {
    return keep(tx, message, { reason: 'gateway-paused', at, values: { gateway: gateway.name } });
  }
  if (gateway.reachedOwnerAt === null && message.purpose !== 'test') {
    return keep(tx, message, { reason: 'first-run-to-self', at, values: { gateway: gateway.name } });
  }
  return false;
}

export function isStruckOut(
  tx: ReadTx,
  { channel, address }: Pick<MessageRow, 'channel' | 'address'>,
): boolean {
  return suppressedAddresses(tx, [address]).has(`${channel}|${address}`);
}

/** A letter is posted and a call is made by a person. */
export function isByHand({ channel, gatewayId }: Pick<MessageRow, 'channel' | 'gatewayId'>): boolean {
  return gatewayId === null && (channel === 'letter' || channel === 'call');
}

/** These may end within the day; everything else that speaks against a message speaks against it for good. */
const mayEnd: ReadonlySet<SilenceReason> = new Set([
  'unmatched-money',
  'not-tied-out',
  'gateway-paused',
  'template-paused',
]);

function stopsByRule(
  tx: WriteTx,
  message: MessageRow,
  { now, freshness }: { readonly now: Now; readonly freshness: Freshness },
): boolean {
  const { at, facts } = now;
  if (freshness.kind === 'old')
    return keep(tx, message, { reason: 'books-old', at, values: { hours: freshness.hours } });
  const verdict = checkNow(tx, message, facts);
  if (verdict.kind === 'go') return false;
  if (verdict.kind === 'changed') {
    const own = linkedAs(verdict.written, message);
    const isSameText = own.text === message.body && own.subject === message.subject;
    const mayRewrite = message.isAutomatic && !message.isEdited && isWithinApproval(tx, message, verdict);
    if (isSameText || mayRewrite) {
      rewrite(tx, message, { verdict, at });
      return false;
    }
    const values = { balancePaise: verdict.balancePaise, beforePaise: message.balancePaise };
    move(tx, message, { to: 'awaiting-approval', at, kind: 'held', reason: verdict.why, values });
    return true;
  }
  const { reason, values } = verdict;
  if (reason === 'outside-hours') return toNextWindow(tx, message, now);
  if (message.purpose === 'thanks' && endsByDay.has(reason)) return toNextDay(tx, message, { verdict, now });
  if (mayEnd.has(reason)) return keep(tx, message, { reason, at, values });
  return skip(tx, message, { reason, at, values });
}

/** The text of now with the payment link that the message has: it may have got it when it was claimed before. */
function linkedAs(
  { subject, text, values }: Extract<Verdict, { kind: 'changed' }>['written'],
  message: MessageRow,
): { readonly subject: string | null; readonly text: string } {
  const link = payLinkIn(valuesIn(message));
  return link === null ? { subject, text } : withPayLink({ subject, text, values }, link);
}

/** Whoever approved an amount and words has not approved a higher one or others; less may be asked for without him (RM10). */
function isWithinApproval(
  tx: ReadTx,
  { id, runId, templateId, templateVersion }: MessageRow,
  { items }: Extract<Verdict, { kind: 'changed' }>,
): boolean {
  if (runById(tx, runId)?.kind !== 'approved') return true;
  const template = templateId === null ? undefined : templateById(tx, templateId);
  if (template?.version !== templateVersion) return false;
  const approved = new Map(
    messageBillRows(tx, id).map((bill) => [`${bill.billId}|${bill.dueDay}`, bill.openPaise]),
  );
  return items.every((item) => item.openPaise <= (approved.get(`${item.billId}|${item.dueDay}`) ?? 0));
}

/** Later today, if there is such a time before it is too old; the next day is planned anew. */
function toNextWindow(tx: WriteTx, message: MessageRow, { at, place, facts }: Now): boolean {
  const isLater = facts !== null && facts.day < message.forDay;
  const from = isLater ? instantOf(message.forDay, 0, place) : at;
  const next = facts === null ? null : nextWithinHours(facts.policy, message.channel, from, place);
  if (next === null || next <= at || next > message.expiresAt) {
    return skip(tx, message, { reason: 'window-missed', at });
  }
  hold(tx, message, { reason: 'outside-hours', at, until: next });
  return true;
}

/** What has to do with what else goes out these days, and so is over on a later one. */
const endsByDay: ReadonlySet<SilenceReason> = new Set([
  'cap-day',
  'cap-week',
  'same-address',
  'window-missed',
]);

/** The next day on which it may leave, if that is within its time. */
function toNextDay(
  tx: WriteTx,
  message: MessageRow,
  wish: { readonly verdict: Extract<Verdict, { kind: 'stop' }>; readonly now: Now },
): boolean {
  const { at, place, facts } = wish.now;
  const { reason, values, until } = wish.verdict;
  const from = until === null ? nextMidnight(at, place) : instantOf(until, 0, place);
  const next = facts === null ? null : nextWithinHours(facts.policy, message.channel, from, place);
  if (next === null || next > message.expiresAt) return skip(tx, message, { reason, at, values });
  hold(tx, message, { reason, at, values, until: next });
  return true;
}

type Stopped = {
  readonly reason: SilenceReason;
  readonly at: number;
  readonly values?: Readonly<Record<string, string | number>>;
};

function skip(tx: WriteTx, message: MessageRow, { reason, at, values }: Stopped): true {
  move(tx, message, {
    to: 'skipped',
    at,
    kind: 'skipped',
    reason,
    ...(values === undefined ? {} : { values }),
  });
  return true;
}

function keep(tx: WriteTx, message: MessageRow, stopped: Stopped): true {
  hold(tx, message, stopped);
  return true;
}

/** Held over the day, or the month, whose budget it would break. */
function overBudget(tx: WriteTx, message: MessageRow, { at, place, facts }: Now): boolean {
  if (facts === null || message.estimateMicros === null || message.estimateMicros === 0) return false;
  const { dayBudgetMicros, monthBudgetMicros } = facts.policy;
  const limits = [
    { first: facts.day, limit: dayBudgetMicros, span: 'day' },
    { first: monthStart(facts.day), limit: monthBudgetMicros, span: 'month' },
  ];
  for (const { first, limit, span } of limits) {
    if (limit === null) continue;
    if (spentSince(tx, instantOf(first, 0, place)) + message.estimateMicros <= limit) continue;
    hold(tx, message, {
      reason: 'budget',
      at,
      values: { span, limitMicros: limit },
      until: nextMidnight(at, place),
    });
    return true;
  }
  return false;
}

function claimed(
  tx: WriteTx,
  wish: {
    readonly messageId: number;
    readonly gateway: GatewayRow | undefined;
    readonly who: Who;
    readonly at: number;
    readonly isDryRun: boolean;
  },
): Claimed {
  const { messageId, gateway, who, at } = wish;
  // It may have been written anew just now.
  const message = messageById(tx, messageId);
  if (!message) return MOVED;
  const number = message.attemptCount + 1;
  const requestHash = sha256Of(JSON.stringify([message.address, message.subject, message.body]));
  const attemptId = insertAttempt(tx, {
    messageId,
    number,
    gatewayId: message.gatewayId,
    requestHash,
    startedAt: at,
  });
  const from = gateway ? fieldsOf(gateway)['from'] : undefined;
  const mailId = message.channel === 'email' ? mailIdOf(message, from) : message.mailId;
  const fields = { attemptCount: number, claimedBy: who.owner, claimedUntil: at + LEASE_MS, mailId };
  move(tx, message, { to: 'claimed', at, kind: 'claimed', values: { attempt: number }, fields });
  tell(tx, messageId, { at, kind: 'checked', values: { balancePaise: message.balancePaise } });
  const now = messageById(tx, messageId);
  return now ? { kind: 'claimed', message: now, attemptId, isDryRun: wish.isDryRun } : MOVED;
}
