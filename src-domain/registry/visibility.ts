import { addDays, dayOf, daysBetween, daysInMonth, laterDay, type Day } from '../days.ts';
import type { DisputeState, DueState, EntityKind, Visibility } from './words.ts';

// When a due may be seen by others, and when no longer. All days are India's. Numbers: docs/registry.md 5.

/** Past due before it may be published at all. */
export const OVERDUE_LEAST_DAYS = 45;
/** From the notice to the debtor until anybody may see it. */
export const NOTICE_DAYS = 21;
export const REMINDERS_AFTER_DAYS = [7, 14] as const;
/** The member may take all back before any notice leaves. */
export const UNDO_HOURS = 24;
export const PROBATION_DAYS = 60;
export const SETTLED_KEEP_MONTHS = 24;
export const SETTLED_KEEP_MONTHS_PERSON = 12;
export const OPEN_KEEP_MONTHS = 36;
/** Consents, looks, disputes and what was written to debtors. */
export const PROOF_KEEP_MONTHS = 36;
/** The bytes that members signed; their header and root stay. */
export const BATCH_KEEP_MONTHS = 13;
/** What was taken back or found to be false. */
export const ERASED_AFTER_DAYS = 30;
/** After the last open due of a debtor. */
export const CONTACT_KEEP_DAYS = 90;
export const ALIAS_KEEP_MONTHS = 12;
/** What was seen of an identifier when it was blinded, after nothing stands under it any more. */
export const ENTITY_KEEP_DAYS = 400;
/** After a member left: until then he comes back as who he was. */
export const LEFT_CONTACT_KEEP_DAYS = 30;
/** A contact that the debtor has not decided anything from for so long may be somebody else's number by now. */
export const CONTACT_USED_DAYS = 365;
/** A member asked about a missing due in two full reconciles in a row: it no longer counts. */
export const QUESTIONED_MOST = 2;

export type DueFacts = {
  readonly state: DueState;
  readonly dueDay: Day;
  readonly settledDay: Day | null;
  readonly entity: EntityKind;
  /** The day the notice reached the debtor's contact; null where none did yet. */
  readonly noticeDay: Day | null;
  readonly isNoticeFailed: boolean;
  readonly isConsentGiven: boolean;
  readonly dispute: DisputeState | null;
  readonly isMemberSuspended: boolean;
  readonly isHeld: boolean;
  readonly questionedCount: number;
};

/** What the registry shows of a due on a day. The first reason that hides it wins. */
export function visibilityOn(due: DueFacts, asOf: Day): Visibility {
  if (due.state === 'withdrawn' || isAgedOut(due, asOf)) return 'gone';
  if (due.isMemberSuspended) return 'suppressed';
  if (needsConsent(due.entity) && !due.isConsentGiven) return 'suppressed';
  if (due.dispute === 'open' || due.dispute === 'contested') return 'masked';
  if (due.dispute === 'resolved_for_debtor') return 'suppressed';
  if (due.isHeld) return 'held';
  if (due.questionedCount >= QUESTIONED_MOST && due.state !== 'settled') return 'stale';
  if (due.noticeDay === null) return 'notice-pending';
  const { overdue, noticed } = endsOn(asOf);
  return due.dueDay <= overdue && due.noticeDay <= noticed ? 'visible' : 'notice-running';
}

/** The first day on which others may see it, once the notice is out. */
export function visibleFrom({ dueDay, noticeDay }: Pick<DueFacts, 'dueDay' | 'noticeDay'>): Day {
  const overdue = addDays(dueDay, OVERDUE_LEAST_DAYS);
  return noticeDay === null ? overdue : laterDay(overdue, addDays(noticeDay, NOTICE_DAYS));
}

function needsConsent(entity: EntityKind): boolean {
  return entity === 'P' || entity === 'unknown';
}

export function isAgedOut(
  due: Pick<DueFacts, 'state' | 'settledDay' | 'dueDay' | 'entity'>,
  asOf: Day,
): boolean {
  const { settled, settledPerson, open } = endsOn(asOf);
  if (due.settledDay !== null) return due.settledDay <= (needsConsent(due.entity) ? settledPerson : settled);
  return due.dueDay <= open;
}

/** The last days that count, of a due looked at on a day. */
type Ends = {
  readonly asOf: Day;
  readonly overdue: Day;
  readonly noticed: Day;
  readonly open: Day;
  readonly settled: Day;
  readonly settledPerson: Day;
};

/** Thousands of dues are looked at on one day: its ends are reckoned once. */
let lastEnds: Ends | null = null;

function endsOn(asOf: Day): Ends {
  if (lastEnds?.asOf === asOf) return lastEnds;
  lastEnds = {
    asOf,
    overdue: addDays(asOf, 0 - OVERDUE_LEAST_DAYS),
    noticed: addDays(asOf, 0 - NOTICE_DAYS),
    open: agedBy(asOf, OPEN_KEEP_MONTHS),
    settled: agedBy(asOf, SETTLED_KEEP_MONTHS),
    settledPerson: agedBy(asOf, SETTLED_KEEP_MONTHS_PERSON),
  };
  return lastEnds;
}

/** The last day from which so many whole months have passed on `asOf`; the 31st counts as passed on the last day of a shorter month. */
export function agedBy(asOf: Day, months: number): Day {
  const [year = 0, month = 0, dayOfMonth = 0] = asOf.split('-').map(Number);
  const count = year * 12 + month - 1 - months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const last = daysInMonth(toYear, toMonth);
  const isLastDay = dayOfMonth === daysInMonth(year, month);
  return dayOf(toYear, toMonth, isLastDay ? last : Math.min(dayOfMonth, last)) ?? asOf;
}

/** Days that a member has for a debtor's word, reminders to him, and what follows silence. */
export const disputeClock = {
  answerDays: 7,
  reminderDays: [3, 5],
  silenceDays: 10,
  shownAfterDays: 30,
} as const;

export type DisputeFacts = {
  readonly state: DisputeState;
  readonly openedDay: Day;
  readonly answeredDay: Day | null;
  readonly hasMemberSettled: boolean;
};

/**
 * Where a dispute stands on a day. Settling wins over everything. Silence of ten days is the debtor's word upheld; a
 * contested one stays masked until day 30 and is then shown as upheld by the reporter.
 */
export function disputeOn(dispute: DisputeFacts, asOf: Day): DisputeState {
  if (dispute.state !== 'open' && dispute.state !== 'contested') return dispute.state;
  if (dispute.hasMemberSettled) return 'resolved_paid';
  const age = daysBetween(dispute.openedDay, asOf);
  if (dispute.answeredDay === null) return age >= disputeClock.silenceDays ? 'resolved_for_debtor' : 'open';
  return age >= disputeClock.shownAfterDays ? 'resolved_for_reporter' : 'contested';
}

/** Whether a reminder to the member is due on exactly this day. */
export function isDisputeReminderDay({ openedDay, answeredDay }: DisputeFacts, asOf: Day): boolean {
  const age = daysBetween(openedDay, asOf);
  return answeredDay === null && disputeClock.reminderDays.some((days) => days === age);
}
