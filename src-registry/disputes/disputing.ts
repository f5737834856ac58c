import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { addDays } from '#domain/days.ts';
import { disputeClock, disputeOn } from '#domain/registry/visibility.ts';
import type { Debtor } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { beliefOf } from '../consents/contact-words.ts';
import { memberNoOf } from '../members/member-id.ts';
import type { Registry } from '../registry.ts';
import { spoilSummary } from '../store/checks.ts';
import { dropContact } from '../store/contacts.ts';
import type { Tx } from '../store/database.ts';
import { dropSessionsOf } from '../store/sessions.ts';
import {
  disputesOfSubject,
  insertDispute,
  lockedDispute,
  lockedDue,
  setAnswer,
  setDisputeOfDue,
  subjectOfDispute,
  type DisputeRow,
  type DueOfDispute,
} from '../store/disputes.ts';
import { addChange } from '../store/feed.ts';

type Opened = AnswerOf<'openDispute'>;

/** Hides the due at once, and tells the member that he has a week to answer. */
export async function openDispute(
  registry: Registry,
  debtor: Debtor,
  body: BodyOf<'openDispute'>,
  mayDispute: (memberNo: number) => boolean,
): Promise<Opened> {
  const memberNo = memberNoOf(body.reporter);
  if (memberNo === null || !mayDispute(memberNo)) throw noSuchDue();
  const { subjectKey } = debtor;
  const dueRef = Buffer.from(body.due_ref, 'base64url');
  return await registry.store.transaction(async (tx) => {
    const due = await lockedDue(tx, { subjectKey, memberNo, dueRef });
    if (due === null || due.state === 'withdrawn') throw noSuchDue();
    const all = await disputesOfSubject(tx, subjectKey);
    const same = all.find(({ dispute_id }) => dispute_id === body.dispute_id);
    if (same) return openedAnswer(same);
    const earlier = all.filter(({ member_no, due_ref }) => member_no === memberNo && due_ref.equals(dueRef));
    // One that was decided of a due that is erased decides nothing of the same bill reported again.
    if (due.dispute !== null) refuseAgain(earlier, body.reason);
    const opened = {
      subject_key: subjectKey,
      dispute_id: body.dispute_id,
      member_no: memberNo,
      due_ref: dueRef,
      reason: body.reason,
      opened_on: registry.today(),
      proof: body.proof_sha256 === null ? null : Buffer.from(body.proof_sha256, 'base64url'),
    };
    if (!(await insertDispute(tx, opened)))
      throw new ProblemError('conflict', 'Another objection has this id.', { at: 'body/dispute_id' });
    if (NOT_HE.has(body.reason)) await forgetStranger(registry, tx, debtor);
    await setDisputeOfDue(tx, { subjectKey, memberNo, dueRef }, 'open');
    await spoilSummary(tx, subjectKey);
    const made = openedAnswer({ ...opened, state: 'open', answered_on: null });
    await addChange(tx, {
      memberNo,
      at: registry.now(),
      change: {
        type: 'due.disputed',
        due_ref: body.due_ref,
        dispute_id: body.dispute_id,
        dispute_reason: body.reason,
        dispute_state: 'open',
        answer_by: made.answer_by,
        has_proof: body.proof_sha256 !== null,
      },
    });
    return made;
  });
}

/** Whoever says so of a number that the debtor has not used for a year has got the number after him, and is not asked again. */
const NOT_HE: ReadonlySet<string> = new Set(['not_mine', 'identity_wrong']);

async function forgetStranger(
  registry: Registry,
  tx: Tx,
  { subjectKey, contactKey }: Pick<Debtor, 'subjectKey' | 'contactKey'>,
): Promise<void> {
  const { isFormer } = await beliefOf(registry, tx, { subjectKey, contactKey });
  if (!isFormer) return;
  await dropContact(tx, { subjectKey, contactKey });
  await dropSessionsOf(tx, { subjectKey, contactKey });
}

/** One at a time, and what was decided for the reporter is not opened again for the same reason: that would hide it for ever. */
function refuseAgain(earlier: readonly DisputeRow[], reason: DisputeRow['reason']): void {
  if (earlier.some(({ state }) => state === 'open' || state === 'contested'))
    throw new ProblemError('conflict', 'You object to this one already.');
  if (earlier.some(({ state }) => state === 'resolved_for_debtor'))
    throw new ProblemError('conflict', 'This was decided for you: nobody else sees it.');
  if (earlier.some((one) => one.state === 'resolved_for_reporter' && one.reason === reason))
    throw new ProblemError('conflict', 'This was decided for this reason before.');
}

function noSuchDue(): ProblemError {
  return new ProblemError('not_found', 'There is no such due of yours.');
}

function openedAnswer({ dispute_id, state, opened_on }: Omit<DisputeRow, 'subject_key'>): Opened {
  return { dispute_id, state, answer_by: addDays(opened_on, disputeClock.answerDays) };
}

/** The member's word: the debtor is right, or he is not. A due that was settled meanwhile needs none. */
export async function answerDispute(
  registry: Registry,
  { memberNo }: Caller,
  disputeId: string,
  body: BodyOf<'answerDispute'>,
): Promise<AnswerOf<'answerDispute'>> {
  const subjectKey = await subjectOfDispute(registry.store, memberNo, disputeId);
  if (subjectKey === null) throw new ProblemError('not_found', 'There is no such dispute of yours.');
  const proof = body.evidence_sha256 === null ? null : Buffer.from(body.evidence_sha256, 'base64url');
  const state = await registry.store.transaction(async (tx) => {
    const dispute = await lockedDispute(tx, subjectKey, disputeId);
    if (dispute === null) throw new ProblemError('not_found', 'There is no such dispute of yours.');
    return await answer(registry, tx, { dispute, wish: body.answer, proof });
  });
  return { dispute_id: disputeId, state };
}

type Wish = {
  readonly dispute: DisputeRow;
  readonly wish: 'accept' | 'contest';
  readonly proof: Uint8Array | null;
};

/** The settlement that ends a dispute says so at the due itself; what was settled before may be objected to like all else. */
function isPaid({ state, dispute }: DueOfDispute): boolean {
  return state === 'settled' && dispute === 'resolved_paid';
}

async function answer(
  registry: Registry,
  tx: Tx,
  { dispute, wish, proof }: Wish,
): Promise<DisputeRow['state']> {
  const { subject_key: subjectKey, member_no: memberNo, due_ref: dueRef, dispute_id: disputeId } = dispute;
  // Whatever the due says by now is about another dispute: of one that is paid nothing is written any more.
  if (dispute.state === 'resolved_paid') return dispute.state;
  const due = await lockedDue(tx, { subjectKey, memberNo, dueRef });
  const stands = disputeOn(
    {
      state: dispute.state,
      openedDay: dispute.opened_on,
      answeredDay: dispute.answered_on,
      hasMemberSettled: due !== null && isPaid(due),
    },
    registry.today(),
  );
  const wanted = wish === 'accept' ? 'resolved_for_debtor' : 'contested';
  if (stands === wanted) return stands;
  const isOpen =
    stands === 'open' || (stands === 'contested' && wish === 'accept') || stands === 'resolved_paid';
  if (!isOpen) throw new ProblemError('conflict', 'This dispute is closed.');
  const state = stands === 'resolved_paid' ? stands : wanted;
  await setAnswer(tx, { subjectKey, disputeId, state, day: registry.today(), proof });
  await setDisputeOfDue(tx, { subjectKey, memberNo, dueRef }, state);
  if (state !== 'contested') {
    const change = { type: 'dispute.closed', dispute_id: disputeId, dispute_state: state } as const;
    await addChange(tx, { memberNo, at: registry.now(), change });
  }
  return state;
}
