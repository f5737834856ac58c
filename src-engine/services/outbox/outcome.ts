import {
  LOOK_BACK_DAYS,
  afterFailure,
  nextPollAt,
  FIND_AFTER_MS,
  type AfterFailure,
} from '#domain/reminders/retry.ts';
import { afterSuccess, afterThrottle, afterWorldFailed, type Bucket } from '#domain/reminders/rates.ts';
import type { ErrorClass, MessageState } from '#domain/reminders/words.ts';
import type { Capabilities, SendOutcome } from '../../adapters/message-ports.ts';
import type { WriteTx } from '../../storage/database.ts';
import type { GatewayRow } from '../../storage/gateways.ts';
import { messageById, type MessageRow } from '../../storage/messages.ts';
import { attemptRows, patchAttempt } from '../../storage/outbox.ts';
import { putRate } from '../../storage/rates.ts';
import { putSuppression } from '../../storage/suppressions.ts';
import type { BookContext } from '../door.ts';
import { policyNow } from '../reminders/policy.ts';
import { nextWithinHours } from './clock.ts';
import { hold, pauseGateway, pauseTemplate } from './holds.ts';
import { mayFollow } from '#domain/reminders/outbox-states.ts';
import { move, tell, type MessageEventKind } from './move.ts';
import { bucketOf } from './pace.ts';

type Failure = Extract<SendOutcome, { ok: false }>;
type Success = Extract<SendOutcome, { ok: true }>;
type Came = {
  readonly messageId: number;
  readonly attemptId: number;
  readonly gateway: GatewayRow;
  readonly outcome: SendOutcome;
};

/** Writes down what came of an attempt, and what follows from it: one transaction. */
export function commitOutcome(context: BookContext, came: Came): void {
  const at = context.now();
  const commit = (tx: WriteTx): void => {
    const message = messageById(tx, came.messageId);
    if (!message) return;
    const { outcome, gateway } = came;
    endAttempt(tx, came, at);
    putRate(tx, { gatewayId: gateway.id, ...rateAfter(tx, context, gateway, outcome) });
    if (outcome.ok) succeeded(tx, message, { outcome, at, context, gateway });
    else failed(tx, message, { outcome, at, context, gateway });
  };
  context.db.write(commit);
  context.changed('messages', 'reminders', ...(came.outcome.ok ? [] : (['gateways', 'consents'] as const)));
}

function endAttempt(tx: WriteTx, { attemptId, outcome }: Came, at: number): void {
  const how = outcome.ok
    ? {}
    : { errorClass: outcome.errorClass, code: outcome.code, detail: outcome.detail };
  patchAttempt(tx, attemptId, { phase: 'done', endedAt: at, ...how });
}

function rateAfter(tx: WriteTx, context: BookContext, gateway: GatewayRow, outcome: SendOutcome): Bucket {
  const now = context.now();
  const day = context.dayAt(now, context.book.timeZone);
  const bucket = bucketOf(tx, gateway, { now, day });
  if (outcome.ok) return afterSuccess(bucket);
  if (outcome.errorClass === 'throttled') return afterThrottle(bucket, now, outcome.retryAfterSeconds);
  const isWorld =
    outcome.errorClass === 'transient-before-send' || outcome.errorClass === 'transient-after-send';
  return isWorld ? afterWorldFailed(bucket, now) : bucket;
}

type With<T> = {
  readonly outcome: T;
  readonly at: number;
  readonly context: BookContext;
  readonly gateway: GatewayRow;
};

const kindOfSuccess: Readonly<Record<Success['state'], MessageEventKind>> = {
  accepted: 'accepted',
  sent: 'sent',
  'handed-to-user': 'handed',
};

function succeeded(tx: WriteTx, message: MessageRow, { outcome, at, context, gateway }: With<Success>): void {
  const { state, providerId, parts, costMicros } = outcome;
  // Somebody took over meanwhile and found out for himself: what he wrote stands.
  if (!mayFollow(message.state, state)) return;
  const sentAt = message.sentAt ?? at;
  move(tx, message, {
    to: state,
    at,
    kind: kindOfSuccess[state],
    fields: {
      providerId,
      parts: parts ?? message.parts,
      costMicros: costMicros ?? message.costMicros,
      sentAt,
      pollCount: 0,
      nextAt: state === 'handed-to-user' ? null : firstPollAt(sentAt, capabilitiesOf(context, gateway)),
    },
  });
}

export function capabilitiesOf(context: BookContext, gateway: GatewayRow): Capabilities | null {
  return context.gatewayKinds.get(gateway.kind)?.describe.capabilities ?? null;
}

/** The first look at its status; where no report can be had, the end of waiting for one. */
export function firstPollAt(sentAt: number, can: Capabilities | null): number {
  const lookBackDays = can?.lookBackDays ?? LOOK_BACK_DAYS;
  const never = sentAt + LOOK_BACK_DAYS * 24 * 3_600_000;
  if (can === null || can.pullsStatus === 'no') return never;
  return nextPollAt({ sentAt, pollCount: 0, lookBackDays }) ?? never;
}

function failed(tx: WriteTx, message: MessageRow, { outcome, at, context, gateway }: With<Failure>): void {
  if (message.state !== 'sending') {
    tell(tx, message.id, { at, kind: 'failed', detail: detailOf(outcome) });
    return;
  }
  applyTrouble(tx, message, { ...outcome, at });
  const [first] = attemptRows(tx, message.id);
  const next = afterFailure(outcome, {
    now: at,
    attemptCount: message.attemptCount,
    firstAttemptAt: first?.startedAt ?? at,
    jitter: jitterOf(message),
    isIdempotent: capabilitiesOf(context, gateway)?.isIdempotent ?? false,
  });
  goOn(tx, message, { next, outcome, at, context, gateway });
}

/** What a failure says of the account, the text or the address, and not of this message alone. */
export function applyTrouble(
  tx: WriteTx,
  message: MessageRow,
  trouble: {
    readonly errorClass: ErrorClass | null;
    readonly code: string | null;
    readonly detail: string;
    readonly at: number;
  },
): void {
  const { errorClass, at, detail } = trouble;
  const { channel, address, gatewayId, templateId } = message;
  const isAccount = errorClass === 'auth' || errorClass === 'balance' || errorClass === 'account-config';
  if (isAccount && gatewayId !== null) {
    pauseGateway(tx, gatewayId, { errorClass, code: trouble.code ?? errorClass, detail, at });
  }
  if (errorClass === 'template-config' && templateId !== null) pauseTemplate(tx, templateId, at);
  if (errorClass === 'recipient-permanent' && message.purpose !== 'test') {
    const reason = channel === 'email' ? 'bounced' : 'invalid';
    putSuppression(tx, { channel, address, reason, detail: trouble.code, createdAt: at });
  }
}

function goOn(
  tx: WriteTx,
  message: MessageRow,
  { next, outcome, at, context, gateway }: With<Failure> & { readonly next: AfterFailure },
): void {
  const detail = detailOf(outcome);
  const fail = (to: MessageState, kind: MessageEventKind, nextAt: number | null = null): void =>
    move(tx, message, { to, at, kind, detail, fields: { nextAt } });
  switch (next.to) {
    case 'retry-wait':
      return fail('retry-wait', 'failed', next.at);
    case 'unknown':
      return move(tx, message, {
        to: 'unknown',
        at,
        kind: 'unknown',
        detail,
        fields: { pollCount: 0, nextAt: at + FIND_AFTER_MS[0], sentAt: message.sentAt ?? at },
      });
    case 'rejected':
      return fail('rejected', 'rejected');
    case 'not-sent':
      return fail('not-sent', 'failed');
    case 'next-window':
      return toWindow(tx, message, { earliest: next.earliest, at, context, detail });
    case 'held': {
      const reason = next.because === 'gateway' ? 'gateway-paused' : 'template-paused';
      tell(tx, message.id, { at, kind: 'failed', detail });
      return hold(tx, message, { reason, at, values: { gateway: gateway.name, code: outcome.code } });
    }
  }
}

/** Tried again in the next hours in which it may be; given up where that is too late for it. */
function toWindow(
  tx: WriteTx,
  message: MessageRow,
  {
    earliest,
    at,
    context,
    detail,
  }: Pick<With<Failure>, 'at' | 'context'> & {
    readonly earliest: number;
    readonly detail: string;
  },
): void {
  const place = { timeZone: context.book.timeZone, dayAt: context.dayAt };
  const policy = policyNow(tx, context.today);
  const next = nextWithinHours(policy, message.channel, earliest, place);
  const isTooLate = next === null || next > message.expiresAt;
  if (isTooLate) move(tx, message, { to: 'not-sent', at, kind: 'failed', reason: 'window-missed', detail });
  else move(tx, message, { to: 'retry-wait', at, kind: 'failed', detail, fields: { nextAt: next } });
}

function detailOf({ code, detail }: Failure): string {
  return detail === '' ? code : `${code}: ${detail}`;
}

/** Spread by what no two messages share: the same message always waits equally long. */
function jitterOf({ id, attemptCount }: MessageRow): number {
  return ((id * 37 + attemptCount * 11) % 100) / 100;
}
