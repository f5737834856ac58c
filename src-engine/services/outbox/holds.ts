import type { ErrorClass, SilenceReason } from '#domain/reminders/words.ts';
import type { WriteTx } from '../../storage/database.ts';
import { gatewayById, patchGateway } from '../../storage/gateways.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { freeable, stoppable, waitingOfTemplate } from '../../storage/outbox-holds.ts';
import { templateById, updateTemplate } from '../../storage/templates.ts';
import type { Context } from '../door.ts';
import { isKilled } from './killed.ts';
import { move } from './move.ts';

/** What is looked at again by itself, and not freed by something that somebody does, after so long. */
const LOOKED_AT_AGAIN_MS = 15 * 60_000;
const freedByEvent: ReadonlySet<SilenceReason> = new Set([
  'kill-switch',
  'gateway-paused',
  'first-run-to-self',
  'template-paused',
]);

export type Hold = {
  readonly reason: SilenceReason;
  readonly at: number;
  readonly values?: Readonly<Record<string, string | number>>;
  /** When it is looked at again; otherwise in a quarter of an hour, or when somebody frees it. */
  readonly until?: number;
};

/** Keeps a message back for a reason that may end; it is told why, and when it is looked at again. */
export function hold(tx: WriteTx, message: MessageRow, { reason, at, values, until }: Hold): void {
  const nextAt = until ?? (freedByEvent.has(reason) ? null : at + LOOKED_AT_AGAIN_MS);
  move(tx, message, {
    to: 'held',
    at,
    kind: 'held',
    reason,
    ...(values === undefined ? {} : { values }),
    fields: { nextAt },
  });
}

export function free(tx: WriteTx, message: MessageRow, at: number): void {
  move(tx, message, { to: 'scheduled', at, kind: 'freed' });
}

/** Frees what waited for something that is over, and holds all that waits while all sending is stopped. */
export function settleHolds(tx: WriteTx, context: Pick<Context, 'now' | 'stopFile'>): number {
  const at = context.now();
  const isStopped = isKilled(tx, context);
  const freed = freeable(tx, isStopped);
  for (const message of freed) free(tx, message, at);
  // What was over before the button was pressed ended for its own reason.
  const stopped = isStopped ? stoppable(tx, null).filter(({ expiresAt }) => expiresAt >= at) : [];
  for (const message of stopped) hold(tx, message, { reason: 'kill-switch', at });
  return freed.length + stopped.length;
}

export type GatewayTrouble = {
  readonly errorClass: ErrorClass | null;
  readonly code: string;
  readonly detail: string;
  readonly at: number;
};

/** One account can no longer send: its messages wait, those of others go on (docs/gateways.md 8.5). */
export function pauseGateway(tx: WriteTx, gatewayId: number, trouble: GatewayTrouble): void {
  const gateway = gatewayById(tx, gatewayId);
  if (!gateway || gateway.pausedAt !== null) return;
  const { errorClass, code, detail, at } = trouble;
  patchGateway(tx, gatewayId, { pausedAt: at, pausedJson: JSON.stringify({ errorClass, code, detail }) });
  for (const message of stoppable(tx, gatewayId)) {
    hold(tx, message, { reason: 'gateway-paused', at, values: { gateway: gateway.name, code } });
  }
}

/** The operator or the vendor takes this text no more: only it is kept back. */
export function pauseTemplate(tx: WriteTx, templateId: number, at: number): void {
  const template = templateById(tx, templateId);
  if (!template || template.isPaused) return;
  updateTemplate(tx, templateId, { isPaused: true, changedAt: at });
  for (const message of waitingOfTemplate(tx, templateId)) {
    hold(tx, message, { reason: 'template-paused', at, values: { template: template.name } });
  }
}
