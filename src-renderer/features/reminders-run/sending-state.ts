import type { SendingStatus } from '#contract/engine/reminders.ts';

/** What decides whether anything leaves: the owner's own button first, then what stands in the way. */
export const sendingStates = [
  'stop-file',
  'killed',
  'copy',
  'elsewhere',
  'cannot',
  'dry-run',
  'offline',
  'on',
] as const;
export type SendingState = (typeof sendingStates)[number];

export type Lamp = 'green' | 'amber' | 'red';

type Facts = Pick<
  SendingStatus,
  'isKilled' | 'stopFile' | 'isDryRun' | 'heldElsewhere' | 'isOnline' | 'canSend'
>;

export function sendingStateOf(facts: Facts): SendingState {
  // The button cannot take away a file: that has to be said first.
  if (facts.stopFile !== null) return 'stop-file';
  if (facts.isKilled) return 'killed';
  if (facts.heldElsewhere) return facts.heldElsewhere.isCopy ? 'copy' : 'elsewhere';
  if (!facts.canSend) return 'cannot';
  if (facts.isDryRun) return 'dry-run';
  return facts.isOnline ? 'on' : 'offline';
}

/** What the sentence of a state names. */
export function sendingWords({ heldElsewhere, stopFile }: Pick<Facts, 'heldElsewhere' | 'stopFile'>): {
  readonly owner: string;
  readonly file: string;
} {
  return { owner: heldElsewhere?.owner ?? '', file: stopFile ?? '' };
}

/** Green only where everything leaves by itself: messages that wait for a person make it amber. */
export function lampOf(status: Facts & Pick<SendingStatus, 'heldCount' | 'unknownCount'>): Lamp {
  const state = sendingStateOf(status);
  if (state === 'killed' || state === 'stop-file') return 'red';
  return state === 'on' && status.heldCount + status.unknownCount === 0 ? 'green' : 'amber';
}

/** How many messages wait for a person's hands. */
export function byHandCount(
  status: Pick<SendingStatus, 'toPrintCount' | 'toCallCount' | 'toHandCount'>,
): number {
  return status.toPrintCount + status.toCallCount + status.toHandCount;
}
