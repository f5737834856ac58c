import type { MessageShown } from '#contract/engine/messages.ts';
import { standingOf, type Standing } from './message-views.ts';

type Asked = Pick<MessageShown, 'state' | 'purpose' | 'cadenceName' | 'stepNumber' | 'approvedAt'>;

/** The parts of the answer to "why was this sent, or not?": each is a key of the words. */
export type WhySent = {
  /** What made it: a step of a cadence, a payment, a person. */
  readonly because: 'step' | 'by-hand' | Exclude<MessageShown['purpose'], 'reminder'>;
  /** Whether it left, will, or never did. */
  readonly lead: 'left' | 'waiting' | 'not-sent';
  /** Who let it go; null where nothing left yet, and where it was nobody's to let go: a message by hand, an answer, a test. */
  readonly approval: 'by-person' | 'by-itself' | null;
};

const leads = {
  left: 'left',
  failed: 'left',
  waiting: 'waiting',
  'needs-you': 'waiting',
  'not-sent': 'not-sent',
} as const satisfies Record<Standing, WhySent['lead']>;

/** Whoever wrote it has let it go by that. */
const ownWords: ReadonlySet<WhySent['because']> = new Set(['by-hand', 'reply', 'test']);

export function whySent(message: Asked): WhySent {
  const lead = leads[standingOf(message.state)];
  return { because: becauseOf(message), lead, approval: approvalOf(message, lead) };
}

function becauseOf({ purpose, cadenceName, stepNumber }: Asked): WhySent['because'] {
  if (cadenceName !== null && stepNumber !== null) return 'step';
  return purpose === 'reminder' ? 'by-hand' : purpose;
}

function approvalOf(message: Asked, lead: WhySent['lead']): WhySent['approval'] {
  const because = becauseOf(message);
  if (ownWords.has(because)) return null;
  if (message.approvedAt !== null) return 'by-person';
  return lead === 'left' && because === 'step' ? 'by-itself' : null;
}
