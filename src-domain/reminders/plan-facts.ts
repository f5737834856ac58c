import type { Day } from '../days.ts';
import type { BillKind } from '../ledger.ts';
import type { Paise } from '../money.ts';
import type { Cadence, CadenceAssignment, CadenceStep } from './cadence.ts';
import type { MessageLanguage } from './languages.ts';
import type { SendingPolicy } from './policy.ts';
import type { MessageTemplate } from './template-facts.ts';
import type { Channel, MessageState, PauseKind, Purpose, SilenceReason } from './words.ts';

// What the planner reads and what it says. Plain values: the same facts give the same plan, whichever day it is asked
// for and whoever asks.

/** An open part of a bill: a bill in instalments gives one for each that is open. */
export type PlanItem = {
  readonly billId: number;
  readonly customerId: number;
  readonly kind: BillKind;
  readonly number: string | null;
  readonly billDay: Day;
  readonly dueDay: Day;
  /** What is still open of it, in the book's currency. */
  readonly openPaise: Paise;
  readonly currency: string | null;
  /** What is still open in the bill's own currency, in its minor unit. */
  readonly foreignMinor: number | null;
  readonly doNotChaseReason: string | null;
};

/** Where a customer can be reached on a channel, best first; already checked and written one way. */
export type PlanAddress = { readonly address: string; readonly toName: string };

export type PlanPause = {
  /** Null = all of this customer's bills. */
  readonly billId: number | null;
  readonly kind: PauseKind;
  /** Last day of the pause; null = until it is ended. */
  readonly until: Day | null;
};

export type PlanCustomer = {
  readonly customerId: number;
  readonly name: string;
  readonly language: MessageLanguage;
  readonly tags: readonly string[];
  readonly doNotChaseReason: string | null;
  readonly addresses: Readonly<Partial<Record<Channel, readonly PlanAddress[]>>>;
  readonly optedOut: readonly Channel[];
  readonly consented: readonly Channel[];
  /** What he has said of messages other than reminders; his “no” to reminders holds for those, too, his “yes” does not. */
  readonly otherWords?: readonly {
    readonly purpose: Purpose;
    readonly channel: Channel;
    readonly isGranted: boolean;
  }[];
  /** Addresses that bounced or were stopped. */
  readonly suppressed: readonly string[];
  readonly pauses: readonly PlanPause[];
  /** A reply that nobody has answered or marked. */
  readonly hasOpenReply: boolean;
  /** The day from which his newest money keeps him at rest, allocated or not (rest-after-money.ts). */
  readonly lastMoneyDay: Day | null;
  /** Receipts and credits that are applied to nothing. */
  readonly unallocatedPaise: Paise;
  /** Null for customers that are not from Tally. */
  readonly tiesOut: boolean | null;
};

/** A reminder that exists already: sent, on its way, or ended without leaving. */
export type PlanSent = {
  readonly customerId: number;
  readonly billIds: readonly number[];
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly address: string;
  readonly cadenceId: number | null;
  readonly stepId: string | null;
  readonly isAutomatic: boolean;
  /** The day it was for. */
  readonly day: Day;
  readonly state: MessageState;
  /** UTC milliseconds of the last news of it. */
  readonly changedAt: number;
  /** Its gateway can tell what became of it and was asked at least once. */
  readonly wasAsked?: boolean;
};

/** A gateway of the user that could be used. */
export type PlanGateway = {
  readonly gatewayId: number;
  readonly channel: Channel;
  readonly isPaused: boolean;
  /** Millionths of a rupee for one part, GST included; null = not known. */
  readonly pricePerPartMicros: number | null;
  readonly needsDlt: boolean;
  readonly needsWhatsappTemplate: boolean;
};

export type PlanFacts = {
  /** The day that is planned. */
  readonly day: Day;
  /** Minute of that day from which on messages can leave: 0 for a day to come, the present one for today. */
  readonly minute: number;
  readonly baseCurrency: string;
  readonly business: {
    readonly name: string;
    readonly phone: string | null;
    readonly vpa: string | null;
    readonly payeeName: string | null;
    /** Characters of a link of the payment gateway that is set up and on; null where there is none. */
    readonly payLinkChars: number | null;
  };
  readonly policy: SendingPolicy;
  readonly cadences: readonly Cadence[];
  readonly assignments: readonly CadenceAssignment[];
  readonly customers: readonly PlanCustomer[];
  /** In order of customer. */
  readonly items: readonly PlanItem[];
  readonly sent: readonly PlanSent[];
  readonly templates: readonly MessageTemplate[];
  readonly gateways: readonly PlanGateway[];
};

export type WhyPlanned = {
  /**
   * 'step-due' on its day, 'step-late' caught up, 'gentler-first' in place of the firmer step `before`, which has come but
   * must not be the first word, 'repeat', 'next-channel' after one that failed.
   */
  readonly code: 'step-due' | 'step-late' | 'gentler-first' | 'repeat' | 'next-channel';
  readonly values: Readonly<Record<string, string | number>>;
};

export type PlannedMessage = {
  /** Stable while nothing that matters has changed; docs/gateways.md 8.7. */
  readonly dedupeKey: string;
  readonly customerId: number;
  readonly purpose: Purpose;
  readonly cadenceId: number;
  readonly step: CadenceStep;
  readonly stepNumber: number;
  readonly channel: Channel;
  readonly gatewayId: number | null;
  readonly address: string;
  readonly toName: string;
  readonly template: MessageTemplate;
  readonly language: MessageLanguage;
  readonly items: readonly PlanItem[];
  readonly balancePaise: Paise;
  readonly overduePaise: Paise;
  readonly creditPaise: Paise;
  readonly subject: string | null;
  readonly text: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
  readonly parts: number | null;
  readonly costMicros: number | null;
  /** The day and the minutes of it in which it may leave. */
  readonly day: Day;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly why: WhyPlanned;
  /** Reasons to look twice; they do not hold it back. */
  readonly warnings: readonly SilenceReason[];
  readonly needsPerson: boolean;
};

/** Somebody who owes and gets nothing, and why. */
export type Silence = {
  readonly customerId: number;
  readonly billIds: readonly number[];
  readonly balancePaise: Paise;
  readonly reason: SilenceReason;
  readonly values: Readonly<Record<string, string | number>>;
  /** When that reason ends, where it is known. */
  readonly until: Day | null;
};

export type Plan = {
  readonly day: Day;
  readonly messages: readonly PlannedMessage[];
  readonly silences: readonly Silence[];
};
