import type { MessageState } from './words.ts';

// Where a message may go from where it stands (docs/gateways.md 8.2), as data: whatever is not here cannot happen.

const BEFORE_IT_LEAVES = ['held', 'skipped', 'cancelled', 'awaiting-approval'] as const;
/** What the other side may say of a message that it has. */
export const newsStates = ['sent', 'delivered', 'read', 'undelivered', 'bounced', 'rejected'] as const;

export type NewsState = (typeof newsStates)[number];

export const transitions: Readonly<Record<MessageState, readonly MessageState[]>> = {
  'awaiting-approval': ['scheduled', 'declined', 'cancelled', 'skipped'],
  scheduled: ['claimed', ...BEFORE_IT_LEAVES],
  // Nothing of it has left: a crash here brings it back to the queue.
  claimed: ['sending', 'scheduled', 'handed-to-user', 'rejected', ...BEFORE_IT_LEAVES],
  // From here on something may have left: only an answer, or a failure that proves the contrary, leads back.
  sending: [
    'accepted',
    'sent',
    'handed-to-user',
    'unknown',
    'retry-wait',
    'scheduled',
    'held',
    'rejected',
    'not-sent',
  ],
  'retry-wait': ['scheduled', ...BEFORE_IT_LEAVES],
  held: ['scheduled', 'skipped', 'cancelled', 'awaiting-approval'],
  // 'retry-wait' only at gateways where the same uid never makes a second message.
  unknown: ['accepted', ...newsStates, 'not-sent', 'needs-person', 'retry-wait'],
  'needs-person': ['accepted', ...newsStates, 'not-sent'],
  accepted: [...newsStates, 'no-report'],
  sent: ['delivered', 'read', 'undelivered', 'bounced', 'rejected', 'no-report'],
  // Read says more than delivered; both mean that it arrived.
  delivered: ['read'],
  read: [],
  // Silence is an end only as long as nothing is heard.
  'no-report': ['delivered', 'read', 'undelivered', 'bounced', 'rejected'],
  'handed-to-user': ['user-confirmed', 'user-cancelled', 'skipped', 'cancelled'],
  undelivered: [],
  bounced: [],
  rejected: [],
  skipped: [],
  declined: [],
  cancelled: [],
  'not-sent': [],
  'user-confirmed': [],
  'user-cancelled': [],
};

export function mayFollow(from: MessageState, to: MessageState): boolean {
  return transitions[from].includes(to);
}

/** Ends: nothing more is done with the message by itself. News that say more may still come ('delivered' → 'read'). */
export const finalStates: ReadonlySet<MessageState> = new Set([
  'delivered',
  'read',
  'undelivered',
  'bounced',
  'rejected',
  'skipped',
  'declined',
  'cancelled',
  'not-sent',
  'no-report',
  'user-confirmed',
  'user-cancelled',
]);

export function isFinal(state: MessageState): boolean {
  return finalStates.has(state);
}

/** Nothing of it has left yet, so that it can be cancelled, held or skipped. */
export const canBeStopped: ReadonlySet<MessageState> = new Set([
  'awaiting-approval',
  'scheduled',
  'claimed',
  'retry-wait',
  'held',
]);

/** A message is asked about while it stands here. */
export const waitsForNews: ReadonlySet<MessageState> = new Set(['accepted', 'sent']);

/**
 * Where news lead; null where they say nothing that is not known already. News only go forward: what comes late, twice or
 * out of order changes nothing (docs/gateways.md 8.2).
 */
export function afterNews(state: MessageState, news: NewsState): NewsState | null {
  return mayFollow(state, news) ? news : null;
}
