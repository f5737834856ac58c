import { addDays, daysBetween, type Day } from '#domain/days.ts';
import { disputeClock, disputeOn } from '#domain/registry/visibility.ts';
import { notifyMember } from '../members/contacts.ts';
import { deliver } from '../notices/deliver.ts';
import { answerWords, disputeClosedWords } from '../notices/texts.ts';
import type { Registry } from '../registry.ts';
import { spoilSummary } from '../store/checks.ts';
import type { Tx } from '../store/database.ts';
import {
  closeDispute,
  lockedClock,
  runningDisputes,
  setDisputeReminded,
  type ClockRow,
  type RunningDispute,
} from '../store/dispute-clocks.ts';
import { addChange } from '../store/feed.ts';
import { memberOf } from '../store/members.ts';
import { slicedJob, type Slice } from './sliced-job.ts';

// What the days do to a dispute: the member is reminded, silence is the debtor's word upheld, an answered one comes to its end.

const DISPUTES_A_SLICE = 200;
const EVERY_SECONDS = 3_600;

export const disputeClockJob = slicedJob({
  name: 'dispute-clocks',
  every: EVERY_SECONDS,
  slice: overRunning,
});

function overRunning(): Slice {
  let after: { readonly day: Day; readonly id: string } | null = null;
  return async (registry) => {
    const rows = await runningDisputes(registry.store, { after, most: DISPUTES_A_SLICE });
    for (const { opened_on: day, ...dispute } of rows) {
      await tick(registry, dispute);
      after = { day, id: dispute.dispute_id };
    }
    return rows.length === DISPUTES_A_SLICE;
  };
}

type Ticked =
  | { readonly kind: 'closed'; readonly row: ClockRow; readonly isUpheld: boolean }
  | { readonly kind: 'reminded'; readonly row: ClockRow; readonly answerBy: Day }
  | { readonly kind: 'nothing' };

/** The tables first, then the messages: who dies in between has told the member's feed already. */
async function tick(registry: Registry, dispute: RunningDispute): Promise<void> {
  const ticked = await registry.store.transaction((tx) => step(registry, tx, dispute));
  if (ticked.kind === 'closed') await tellDebtor(registry, dispute, ticked.isUpheld);
  if (ticked.kind === 'reminded') await tellMember(registry, ticked.row, ticked.answerBy);
}

async function step(registry: Registry, tx: Tx, dispute: RunningDispute): Promise<Ticked> {
  const row = await lockedClock(tx, dispute);
  if (row === null || (row.state !== 'open' && row.state !== 'contested')) return { kind: 'nothing' };
  const today = registry.today();
  // What was settled before he objected runs like all else.
  const hasMemberSettled =
    (row.due_state === 'settled' && row.due_dispute === 'resolved_paid') ||
    row.due_state === 'withdrawn' ||
    row.due_state === null;
  const facts = {
    state: row.state,
    openedDay: row.opened_on,
    answeredDay: row.answered_on,
    hasMemberSettled,
  };
  const state = disputeOn(facts, today);
  const told = { memberNo: row.member_no, at: registry.now() };
  const due_ref = row.due_ref.toString('base64url');
  const { dispute_id } = dispute;
  if (state !== row.state && state !== 'contested') {
    await closeDispute(tx, { ...dispute, ...row }, { state, day: today });
    await spoilSummary(tx, dispute.subject_key);
    await addChange(tx, {
      ...told,
      change: { type: 'dispute.closed', dispute_id, dispute_state: state, due_ref },
    });
    return { kind: 'closed', row, isUpheld: state === 'resolved_for_debtor' || state === 'resolved_paid' };
  }
  const come = remindersCome(row, today);
  if (come <= row.reminded) return { kind: 'nothing' };
  await setDisputeReminded(tx, dispute, come);
  const answerBy = addDays(row.opened_on, disputeClock.answerDays);
  await addChange(tx, {
    ...told,
    change: { type: 'dispute.deadline', dispute_id, due_ref, answer_by: answerBy },
  });
  return { kind: 'reminded', row, answerBy };
}

/** How many of the reminders are due by now; a server that stood still for days sends the last one only. */
function remindersCome({ opened_on, answered_on }: ClockRow, today: Day): number {
  const age = daysBetween(opened_on, today);
  return answered_on === null ? disputeClock.reminderDays.filter((days) => age >= days).length : 0;
}

async function tellMember(registry: Registry, { member_no }: ClockRow, answerBy: Day): Promise<void> {
  const member = await memberOf(registry.store, member_no);
  if (member === null || member.status === 'left') return;
  const words = answerWords({ registryName: registry.name, lang: member.lang, answerBy });
  await notifyMember(registry, member, { kind: 'dispute', ...words });
}

async function tellDebtor(
  registry: Registry,
  { subject_key: subjectKey }: RunningDispute,
  isUpheld: boolean,
): Promise<void> {
  const { name: registryName, publicUrl } = registry;
  const url = `${publicUrl}/login`;
  await deliver(registry, {
    subjectKey,
    kind: 'dispute',
    wordsIn: (lang) => disputeClosedWords({ registryName, lang, url, isUpheld }),
  });
}
