import type { CheckResult } from '#contract/engine/registry.ts';
import { day } from '#domain/days.ts';
import type { Report } from '#contract/registry/consents.ts';
import { refuse } from '#domain/result.ts';
import { addLook, looksKept, membershipRow, patchMembership } from '../../storage/registry.ts';
import {
  checkOfConsent,
  checkRows,
  endedChecks,
  insertCheck,
  patchCheck,
  patchRegistryConsent,
  type CheckRow,
} from '../../storage/registry-consents.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { consentOf } from './consents.ts';
import { subjectIn } from './items.ts';
import { membered, pending, troubled } from './link.ts';

/** The one look that a consent is good for. Its id is kept before it is made: an answer that was lost is fetched again. */
async function check(context: BookContext, consentId: string): Promise<CheckResult> {
  const { db, registry, now, today, newId } = context;
  eraseEndedChecks(context);
  const consent = consentOf(context, consentId);
  const known = db.read((tx) => checkOfConsent(tx, consentId));
  if (known?.report) return opened(context, known);
  const subject = subjectIn({ subject: consent.subject ?? '' });
  if (consent.purpose !== 'TC01' || consent.state !== 'granted' || subject === null) throw notGranted();
  const { link, row: membership } = await membered(context);
  if (membership.status === 'pending') throw pending();
  const { customerId, name } = consent;
  const checkId = known?.checkId ?? newId();
  if (!known)
    db.write((tx) => insertCheck(tx, { checkId, consentId, customerId, name, validUntil: today, at: now() }));
  const body = { schema: 'check.v1', check_id: checkId, consent_id: consentId, subject } as const;
  const first = await registry.call(link, 'check', { body, idempotencyKey: checkId });
  const wasLost = !first.ok && first.code === 'already_used';
  const asked = wasLost ? await registry.call(link, 'report', { params: { id: checkId } }) : first;
  if (!asked.ok) throw troubled(asked);
  // The registry's word, and about somebody else: an older report that was put in this one's place.
  if (asked.value.check_id !== checkId)
    throw troubled({ ok: false, reason: 'foreign', code: 'BAD-ANSWER', retryAfterSeconds: null });
  const made = db.write((tx) => {
    const row = checkOfConsent(tx, consentId);
    if (!row) throw new Error('A check vanished while it was made.');
    patchCheck(tx, row.id, { report: asked.text, validUntil: asked.value.valid_until });
    patchRegistryConsent(tx, consent.id, { state: 'used' });
    addLook(tx, { at: now(), what: 'checked', name, consentId });
    patchMembership(tx, { clockOffsetMs: asked.clockOffsetMs });
    return checkOfConsent(tx, consentId);
  });
  context.changed('registry');
  if (!made) throw new Error('A check vanished while it was made.');
  return shown(context, made);
}

function notGranted(): Error {
  const sentence = 'The customer has not agreed to this look yet.';
  return refused(refuse('registry-consent-not-granted', sentence).refusal);
}

function opened(context: BookContext, row: CheckRow): CheckResult {
  const { db, now } = context;
  db.write((tx) => addLook(tx, { at: now(), what: 'opened', name: row.name, consentId: row.consentId }));
  return shown(context, row);
}

/** Results go when their time is over; that they were here stays. */
export function eraseEndedChecks({ db, now, today }: BookContext): void {
  const ended = db.read((tx) => endedChecks(tx, today));
  if (ended.length === 0) return;
  db.erase((tx) => {
    for (const { id, name, consentId } of ended) {
      patchCheck(tx, id, { report: null });
      addLook(tx, { at: now(), what: 'erased', name, consentId });
    }
  });
}

function shown({ db, registry }: BookContext, row: CheckRow): CheckResult {
  const text = row.report ?? '{}';
  // It was read by its shape when it came in.
  const report = JSON.parse(text) as Report;
  const receiptKey = db.read(membershipRow)?.receiptKey;
  const { checkId, name, customerId } = row;
  return {
    checkId,
    name,
    customerId,
    asOf: day(report.as_of),
    validUntil: day(report.valid_until),
    isSignatureGood: receiptKey !== undefined && registry.isSigned(receiptKey, text),
    ...factsOf(report),
  };
}

type Facts = Omit<CheckResult, 'checkId' | 'name' | 'customerId' | 'asOf' | 'validUntil' | 'isSignatureGood'>;

function factsOf(report: Report): Facts {
  const { reporting_members: members, settled_ratio: ratio, disputes, evidence } = report;
  return {
    isRecord: report.result === 'record',
    strength: report.match.strength,
    reporterCount: members.n,
    since: members.since,
    outstanding: report.outstanding.band,
    overdue: report.overdue.band,
    oldestDpd: report.oldest_dpd,
    worstDpd24m: report.worst_dpd_24m,
    settledShare: ratio?.by_count ?? null,
    medianDaysLate: ratio?.median_days_late ?? null,
    trend: report.trend_24m,
    disputesOpen: disputes.open,
    disputesForDebtor: disputes.resolved_for_debtor,
    disputesForReporter: disputes.resolved_for_reporter,
    evidence: { irp: evidence.irp, ack: evidence.ack, doc: evidence.doc, claim: evidence.claim },
    writtenOff: report.legal.written_off,
    withdrawn: report.legal.withdrawn,
    suppressed: report.suppressed,
  };
}

export const checkCalls = {
  check: bookDoor.registry.check.handler(({ context, input: { consentId } }) => check(context, consentId)),
  checks: bookDoor.registry.checks.handler(({ context, input: { customerId } }) => {
    eraseEndedChecks(context);
    return context.db.read((tx) => checkRows(tx, customerId ?? null)).map((row) => shown(context, row));
  }),
  looks: bookDoor.registry.looks.handler(({ context: { db } }) =>
    db.read(looksKept).map(({ at, what, name, consentId }) => ({ at, what, name, consentId })),
  ),
};
