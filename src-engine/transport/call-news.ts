import type { StatusNews } from '../adapters/message-ports.ts';
import type { KnownMark } from './pull-each.ts';

/** How a call ended, in the words that calling services have in common. */
const STATES: Readonly<Record<string, StatusNews['state']>> = {
  completed: 'delivered',
  busy: 'undelivered',
  'no-answer': 'undelivered',
  canceled: 'rejected',
  failed: 'rejected',
};

/** News of a call from its status; null while it has not ended. Whoever was not reached may be on another day. */
export function callNews(
  { uid, providerId }: KnownMark,
  status: string | null,
  costMicros: number | null = null,
): StatusNews | null {
  const state = STATES[status ?? ''];
  if (state === undefined) return null;
  const hasFailed = state !== 'delivered';
  return {
    uid,
    providerId,
    state,
    at: null,
    errorClass: hasFailed ? 'recipient-temporary' : null,
    code: hasFailed ? (status ?? '').toUpperCase() : null,
    detail: '',
    parts: null,
    costMicros,
  };
}
