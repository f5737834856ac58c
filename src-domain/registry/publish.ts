import { daysBetween, type Day } from '../days.ts';
import { basisNeeded } from './subjects.ts';
import { OVERDUE_LEAST_DAYS } from './visibility.ts';
import type { EntityKind, EvidenceGrade } from './words.ts';

// What must be true before a due may be published, each point with its own words: the owner's due diligence (RG5).

export const publishBars = [
  'not-overdue-long-enough',
  'nothing-open',
  'no-identifier',
  'no-proof',
  'dispute-open',
  'consent-missing',
  'contact-missing',
  'do-not-publish',
  'foreign-currency',
  'unmatched-money',
  'already-published',
  'smaller-than-least',
] as const;
export type PublishBar = (typeof publishBars)[number];

/** Below this a due is not worth a notice: ₹1,000. */
export const PUBLISH_LEAST_PAISE = 1_000_00;

export type PublishFacts = {
  readonly dueDay: Day;
  readonly amountPaise: number;
  readonly openPaise: number;
  readonly currency: string | null;
  readonly entity: EntityKind;
  readonly hasIdentifier: boolean;
  /** A verified way to tell the debtor: his mobile or mail address. */
  readonly hasContact: boolean;
  readonly evidence: EvidenceGrade;
  readonly isDisputed: boolean;
  readonly hasPublicationConsent: boolean;
  readonly isDoNotPublish: boolean;
  /** Money of this customer that is not matched to bills yet, in paise: he may have paid this one. */
  readonly unmatchedPaise: number;
  readonly isPublished: boolean;
};

/** Every reason against publishing on a day, in the order in which they are put right; none means it may go. */
export function publishBarsOf(due: PublishFacts, asOf: Day): readonly PublishBar[] {
  const bars: readonly (readonly [PublishBar, boolean])[] = [
    ['already-published', due.isPublished],
    ['nothing-open', due.openPaise <= 0],
    ['smaller-than-least', due.openPaise > 0 && due.openPaise < PUBLISH_LEAST_PAISE],
    ['not-overdue-long-enough', daysBetween(due.dueDay, asOf) < OVERDUE_LEAST_DAYS],
    ['foreign-currency', due.currency !== null],
    ['unmatched-money', due.unmatchedPaise > 0],
    ['dispute-open', due.isDisputed],
    ['do-not-publish', due.isDoNotPublish],
    ['no-identifier', !due.hasIdentifier],
    ['contact-missing', !due.hasContact],
    ['no-proof', due.evidence === 'claim'],
    ['consent-missing', basisNeeded({ entity: due.entity }) === 'consent' && !due.hasPublicationConsent],
  ];
  return bars.filter(([, stands]) => stands).map(([bar]) => bar);
}

/** The word that the owner types before his first publication, so that it is no slip of the hand. */
export function confirmationWord(openPaise: number): string {
  return String(Math.trunc(openPaise / 100));
}
