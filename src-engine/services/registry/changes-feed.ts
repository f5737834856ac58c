import type { Change } from '#contract/registry/batches.ts';
import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import type { WriteTx } from '../../storage/database.ts';
import { membershipRow, patchMembership } from '../../storage/registry.ts';
import { patchRegistryConsent, registryConsentById } from '../../storage/registry-consents.ts';
import { disputeById, patchDispute, putDispute } from '../../storage/registry-disputes.ts';
import { dueOfRef, patchDue } from '../../storage/registry-dues.ts';
import type { BookContext } from '../door.ts';
import type { Membered } from './link.ts';

const PAGE = 500;
/** A feed that never ends is none. */
const PAGES_MOST = 200;

export type Fed =
  | {
      readonly kind: 'fed';
      readonly pollAfterSeconds: number;
      readonly count: number;
      /** How the member himself stands has changed. */
      readonly isAboutMember: boolean;
    }
  | RegistryTrouble;

/** What the registry has to say since the last time; each page with its cursor in one transaction. */
export async function readChanges(context: BookContext, { row, link }: Membered): Promise<Fed> {
  const { db, registry } = context;
  let count = 0;
  let isAboutMember = false;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const cursor = db.read(membershipRow)?.cursor ?? row.cursor;
    const asked = await registry.call(link, 'changes', { query: { cursor, limit: String(PAGE) } });
    if (!asked.ok) return asked;
    const { changes, next, more, poll_after_s: pollAfterSeconds } = asked.value;
    db.write((tx) => {
      for (const change of changes) apply(tx, change);
      patchMembership(tx, { cursor: next, clockOffsetMs: asked.clockOffsetMs });
    });
    count += changes.length;
    isAboutMember ||= changes.some(({ type }) => type === 'policy.changed');
    if (changes.some(({ type, device_id }) => type === 'key.revoked' && device_id === row.deviceId))
      return REVOKED;
    if (!more || next === cursor) return { kind: 'fed', pollAfterSeconds, count, isAboutMember };
  }
  return { ok: false, reason: 'foreign', code: 'ENDLESS-FEED', retryAfterSeconds: null };
}

/** Said with a last page: this machine was taken off the membership. */
const REVOKED: RegistryTrouble = {
  ok: false,
  reason: 'refused',
  code: 'revoked_key',
  retryAfterSeconds: null,
};

function apply(tx: WriteTx, change: Change): void {
  switch (change.type) {
    case 'due.visibility':
      return setVisibility(tx, change);
    case 'due.disputed':
      return openDispute(tx, change);
    case 'dispute.deadline':
    case 'dispute.closed':
      return moveDispute(tx, change);
    case 'consent.granted':
      return setConsent(tx, change, 'granted');
    case 'consent.denied':
      return setConsent(tx, change, 'denied');
    case 'consent.revoked':
      return setConsent(tx, change, 'revoked');
    case 'notice.status':
      return setNotice(tx, change);
    case 'batch.applied':
    case 'check.ready':
    case 'key.revoked':
    case 'policy.changed':
      return;
  }
}

function setVisibility(tx: WriteTx, { due_ref, visibility, visible_from }: Change): void {
  const due = due_ref === undefined ? undefined : dueOfRef(tx, due_ref);
  if (!due || visibility === undefined) return;
  patchDue(tx, due.id, { visibility, ...(visible_from !== undefined && { visibleFrom: visible_from }) });
}

/** A notice that did not reach him starts no days: his number or mail address is to be looked at. */
function setNotice(tx: WriteTx, change: Change): void {
  setVisibility(tx, change);
  const due = change.due_ref === undefined ? undefined : dueOfRef(tx, change.due_ref);
  if (due && change.notice !== undefined) patchDue(tx, due.id, { notice: change.notice });
}

function openDispute(tx: WriteTx, change: Change): void {
  const { due_ref, dispute_id: disputeId, dispute_reason: reason, answer_by, dispute_state } = change;
  if (disputeId === undefined || reason === undefined) return;
  const due = due_ref === undefined ? undefined : dueOfRef(tx, due_ref);
  putDispute(tx, {
    disputeId,
    dueId: due?.id ?? null,
    reason,
    state: dispute_state ?? 'open',
    openedAt: Date.parse(change.at),
    answerBy: answer_by ?? null,
  });
  // The registry hides it at once; so does what is shown here, should that change come in later.
  if (due) patchDue(tx, due.id, { visibility: change.visibility ?? 'masked' });
}

function moveDispute(tx: WriteTx, { dispute_id, dispute_state, answer_by }: Change): void {
  const dispute = dispute_id === undefined ? undefined : disputeById(tx, dispute_id);
  if (!dispute) return;
  patchDispute(tx, dispute.id, {
    ...(dispute_state !== undefined && { state: dispute_state }),
    ...(answer_by !== undefined && { answerBy: answer_by }),
  });
}

function setConsent(tx: WriteTx, { consent_id }: Change, state: 'granted' | 'denied' | 'revoked'): void {
  const consent = consent_id === undefined ? undefined : registryConsentById(tx, consent_id);
  // A consent that was used stays used, though word of the grant may come after.
  if (!consent || (consent.state === 'used' && state === 'granted')) return;
  patchRegistryConsent(tx, consent.id, { state });
}
