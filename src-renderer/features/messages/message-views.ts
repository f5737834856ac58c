import type { messageViews, MessageShown } from '#contract/engine/messages.ts';
import type { MessageState } from '#domain/reminders/words.ts';

export type MessageView = (typeof messageViews)[number];
export type MessageAction = MessageShown['actions'][number];

/** The views of the outbox; what waits for hands has a tab of its own. */
export const outboxViews = [
  'all',
  'waiting',
  'needs-you',
  'left',
  'failed',
  'not-sent',
] as const satisfies readonly MessageView[];
export type OutboxView = (typeof outboxViews)[number];

export function outboxViewOf(asked: string | null): OutboxView {
  return outboxViews.find((view) => view === asked) ?? 'all';
}

/** How far a message is, for its colourless mark: on its way, gone, with a person, or ended without leaving. */
export type Standing = 'waiting' | 'left' | 'needs-you' | 'failed' | 'not-sent';

const standings = {
  'awaiting-approval': 'waiting',
  scheduled: 'waiting',
  claimed: 'waiting',
  sending: 'waiting',
  'retry-wait': 'waiting',
  held: 'needs-you',
  unknown: 'needs-you',
  'needs-person': 'needs-you',
  'handed-to-user': 'needs-you',
  accepted: 'left',
  sent: 'left',
  delivered: 'left',
  read: 'left',
  'no-report': 'left',
  'user-confirmed': 'left',
  undelivered: 'failed',
  bounced: 'failed',
  rejected: 'failed',
  skipped: 'not-sent',
  declined: 'not-sent',
  cancelled: 'not-sent',
  'not-sent': 'not-sent',
  'user-cancelled': 'not-sent',
} as const satisfies Record<MessageState, Standing>;

export function standingOf(state: MessageState): Standing {
  return standings[state];
}
