import { z } from 'zod';
import type { Day } from '#domain/days.ts';
import { isLive } from '#domain/registry/merge.ts';
import { visibilityOn, visibleFrom } from '#domain/registry/visibility.ts';
import { indiaDayOf, nextDayAt } from '../clock.ts';
import type { Registry } from '../registry.ts';
import { addChange, type NewChange } from '../store/feed.ts';
import { addReached } from '../store/notice-contacts.ts';
import {
  closeNotices,
  dropNotices,
  lastNoticeAt,
  lastReminderAt,
  putOff,
  queuedNotices,
  setNoticed,
  setNoticeFailed,
  takeNotices,
  type DueOf,
  type NoticeKind,
  type NoticeRow,
} from '../store/notices.ts';
import { standingOf, type StandingDue } from '../store/standing.ts';
import type { Tx } from '../store/database.ts';
import { deliver, type Delivered } from './deliver.ts';
import { endedWords, publicationWords, reminderWords } from './texts.ts';

// All that waits for one debtor leaves as one message, and no more than one a day: never one per due.

/** After a try that failed, in hours; then it is given up and the members are told. */
const WAIT_HOURS = [1, 3, 12, 24] as const;
const HOUR_MS = 3_600_000;
/** Longer than the last try to all his contacts takes. */
const SENDING_MS = 15 * 60_000;
/** A reminder names all that runs: what others would have reminded him of within these days was in it. */
const REMINDED_FOR_MS = 3 * 24 * HOUR_MS;

export async function tellSubject(registry: Registry, subjectKey: Buffer): Promise<void> {
  const { store, now } = registry;
  const rows = await queuedNotices(store, subjectKey);
  const last = await lastNoticeAt(store, subjectKey);
  if (last !== null && indiaDayOf(last) === registry.today()) {
    await putOff(store, { subjectKey, ids: idsOf(rows), until: nextDayAt(now()) });
    return;
  }
  const dues = await standingOf(store, subjectKey, now());
  const remindedAt = await lastReminderAt(store, subjectKey);
  const isReminded = remindedAt !== null && now() - remindedAt < REMINDED_FOR_MS;
  const round = roundOf(registry.today(), rows, { dues, isReminded });
  if (round.void.length > 0) await dropNotices(store, { subjectKey, ids: idsOf(round.void) });
  if (round.kind === null) return;
  // The try is written down first: whoever dies while sending has used it. A round that lost its lease over slow gateways does
  // not tell him what the next round tells him already.
  const tries = Math.max(...round.rows.map((row) => row.tries)) + 1;
  const wait = (WAIT_HOURS[tries - 1] ?? 0) * HOUR_MS;
  const taken = { subjectKey, ids: idsOf(round.rows), now: now(), until: now() + Math.max(wait, SENDING_MS) };
  if (!(await takeNotices(store, taken))) return;
  const { outcome, reached } = await sent(registry, subjectKey, round);
  const isOver = outcome === 'no-way' || tries > WAIT_HOURS.length;
  if (outcome === 'sent')
    await store.transaction((tx) => noteSent(registry, tx, { subjectKey, reached, round }));
  else if (isOver) await store.transaction((tx) => noteFailed(registry, tx, subjectKey, round));
  registry.log('notice.tried', { isSent: outcome === 'sent', dues: round.dues.length });
}

type Round = {
  readonly kind: NoticeKind | null;
  /** What the message is about. */
  readonly dues: readonly StandingDue[];
  readonly rows: readonly NoticeRow[];
  /** Rows whose dues need no message any more. */
  readonly void: readonly NoticeRow[];
};

type Standing = { readonly dues: readonly StandingDue[]; readonly isReminded: boolean };

/** What nobody was told of goes first; a reminder to the same debtor waits for another day. */
function roundOf(today: Day, rows: readonly NoticeRow[], { dues, isReminded }: Standing): Round {
  const ofKind = (kind: NoticeKind): readonly NoticeRow[] => rows.filter((row) => row.kind === kind);
  const [publications, reminders, ends] = [ofKind('publication'), ofKind('reminder'), ofKind('ended')];
  const open = dues.filter(({ facts }) => facts.state !== 'settled');
  const fresh = open.filter(({ facts }) => visibilityOn(facts, today) === 'notice-pending');
  const running = open.filter(({ facts }) => visibilityOn(facts, today) === 'notice-running');
  const ended = dues.filter(({ facts }) => !isLive(facts.state)).filter(namedIn(ends));
  const nothing = [
    ...(fresh.length === 0 ? publications : []),
    ...(running.length === 0 || isReminded ? reminders : []),
    ...(ended.length === 0 ? ends : []),
  ];
  if (publications.length > 0 && fresh.length > 0)
    return { kind: 'publication', dues: fresh, rows: publications, void: nothing };
  if (ended.length > 0) return { kind: 'ended', dues: ended, rows: ends, void: nothing };
  if (reminders.length > 0 && running.length > 0 && !isReminded)
    return { kind: 'reminder', dues: running, rows: reminders, void: nothing };
  return { kind: null, dues: [], rows: [], void: nothing };
}

const duesShape = z.object({ member_no: z.int(), due_refs: z.array(z.string()) });

function namedIn(rows: readonly NoticeRow[]): (due: StandingDue) => boolean {
  const named = new Set(
    rows.flatMap(({ dues }) => {
      const { member_no, due_refs } = duesShape.parse(JSON.parse(dues));
      return due_refs.map((ref) => `${member_no} ${ref}`);
    }),
  );
  return ({ memberNo, dueRef }) => named.has(`${memberNo} ${dueRef.toString('base64url')}`);
}

function idsOf(rows: readonly NoticeRow[]): readonly string[] {
  return rows.map(({ notice_id }) => notice_id);
}

const WORDS = { publication: publicationWords, reminder: reminderWords, ended: endedWords } as const;

async function sent(registry: Registry, subjectKey: Buffer, { kind, dues }: Round): Promise<Delivered> {
  const today = registry.today();
  const from = dues
    .map(({ facts }) => visibleFrom({ ...facts, noticeDay: facts.noticeDay ?? today }))
    .toSorted();
  const wish = {
    registryName: registry.name,
    members: [...new Set(dues.map(({ member }) => member.legal_name))],
    dueCount: dues.length,
    visibleFrom: from[0] ?? today,
    url: `${registry.publicUrl}/login`,
  };
  const words = WORDS[kind ?? 'publication'];
  return await deliver(registry, {
    subjectKey,
    kind: kind ?? 'publication',
    wordsIn: (lang) => words({ ...wish, lang }),
  });
}

type SentRound = {
  readonly subjectKey: Buffer;
  readonly reached: readonly Buffer[];
  readonly round: Round;
};

async function noteSent(
  registry: Registry,
  tx: Tx,
  { subjectKey, reached, round }: SentRound,
): Promise<void> {
  const today = registry.today();
  await closeNotices(tx, { subjectKey, ids: idsOf(round.rows), state: 'sent', at: registry.now() });
  // The members know themselves what has ended.
  if (round.kind === 'ended') return;
  if (round.kind === 'reminder') {
    await tellMembers(registry, tx, round.dues, () => ({
      type: 'notice.status',
      notice: 'sent',
      note: 'reminder',
    }));
    return;
  }
  await addReached(tx, { subjectKey, contactKeys: reached, day: today });
  const noticed = await setNoticed(tx, { subjectKey, dues: round.dues, day: today });
  await tellMembers(registry, tx, stillOf(round.dues, noticed), ({ facts }) => ({
    type: 'notice.status',
    notice: 'sent',
    visibility: visibilityOn({ ...facts, noticeDay: today }, today),
    visible_from: visibleFrom({ ...facts, noticeDay: today }),
  }));
}

async function noteFailed(registry: Registry, tx: Tx, subjectKey: Buffer, round: Round): Promise<void> {
  await closeNotices(tx, { subjectKey, ids: idsOf(round.rows), state: 'failed', at: registry.now() });
  if (round.kind === 'ended') return;
  if (round.kind === 'reminder') {
    await tellMembers(registry, tx, round.dues, () => ({
      type: 'notice.status',
      notice: 'failed',
      note: 'reminder',
    }));
    return;
  }
  const failed = await setNoticeFailed(tx, { subjectKey, dues: round.dues });
  await tellMembers(registry, tx, stillOf(round.dues, failed), () => ({
    type: 'notice.status',
    notice: 'failed',
    visibility: 'notice-pending',
    visible_from: null,
  }));
}

function stillOf(dues: readonly StandingDue[], written: readonly DueOf[]): readonly StandingDue[] {
  const keyOf = ({ memberNo, dueRef }: DueOf): string => `${memberNo}|${dueRef.toString('hex')}`;
  const keys = new Set(written.map(keyOf));
  return dues.filter((due) => keys.has(keyOf(due)));
}

/** In the order of members, so that two rounds never wait for each other's counters. */
async function tellMembers(
  registry: Registry,
  tx: Tx,
  dues: readonly StandingDue[],
  changeOf: (due: StandingDue) => NewChange,
): Promise<void> {
  for (const due of dues.toSorted((a, b) => a.memberNo - b.memberNo))
    await addChange(tx, {
      memberNo: due.memberNo,
      at: registry.now(),
      change: { ...changeOf(due), due_ref: due.dueRef.toString('base64url') },
    });
}
