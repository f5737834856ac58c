import type { Day } from '../days.ts';
import type { Paise } from '../money.ts';
import type { CadenceScope, Channel, StepAnchor, Tone } from './words.ts';

/** One reminder of a cadence. `stepId` stays when the step is moved or reworded: it is what "already done" refers to. */
export type CadenceStep = {
  readonly stepId: string;
  readonly anchor: StepAnchor;
  /** Days after the anchor; negative = before. Only 'due' may be negative. */
  readonly days: number;
  /** The ladder: the first channel on which the customer can be reached is used. */
  readonly channels: readonly Channel[];
  readonly tone: Tone;
  /** Template by key; its channel and language are chosen when it is sent. */
  readonly templateKey: string;
  /** Send again every so many days; null = once. */
  readonly repeatEveryDays: number | null;
  /** At most so many times in all, the first among them; null = until paid or stopped. */
  readonly repeatMost: number | null;
  /** A person looks at it even where the cadence sends by itself (final notices). */
  readonly needsPerson: boolean;
  /** The letter that goes with it as PDF; null = none. */
  readonly attaches: 'outstanding' | 'statement' | 'letter-1' | 'letter-2' | 'letter-3' | null;
  /** The day on which it was moved to where it is: what had passed it by then is not reminded of as if it had been there. */
  readonly actsFrom?: Day | undefined;
};

export type Cadence = {
  readonly cadenceId: number;
  readonly name: string;
  readonly isOn: boolean;
  /** Rules act from this day on, never backwards: a step that was due before it is not caught up. */
  readonly activeFrom: Day;
  readonly steps: readonly CadenceStep[];
  /** Customers whose balance is below are left alone. */
  readonly minimumPaise: Paise;
  /** Days between two automatic messages about the same bill. */
  readonly gapDays: number;
  /** Days past due that are not chased. Steps before the due day are not touched by it. */
  readonly graceDays: number;
  /** Messages about one bill in all; null = no limit. */
  readonly mostPerBill: number | null;
  /** No reminder for bills later than this; they are for a person. Null = no end. */
  readonly stopAfterDays: number | null;
  /** True: runs leave without a person looking, but for steps that need one. */
  readonly isAutomatic: boolean;
};

/** Which cadence applies to whom. A null cadence means: none. */
export type CadenceAssignment = {
  readonly assignmentId: number;
  readonly scope: CadenceScope;
  /** Tag, customer id or bill id as text; '' for the company. */
  readonly scopeKey: string;
  readonly cadenceId: number | null;
  readonly activeFrom: Day;
};
