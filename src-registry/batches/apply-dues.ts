import { addDays, daysBetween, laterDay } from '#domain/days.ts';
import {
  isLive,
  isSwing,
  mergeDues,
  type KnownDue,
  type Merged,
  type Stated,
} from '#domain/registry/merge.ts';
import type { ItemErrorCode } from '#domain/registry/words.ts';
import { OVERDUE_LEAST_DAYS } from '#domain/registry/visibility.ts';
import { basisNeeded, isWeak } from '#domain/registry/subjects.ts';
import { tokenOfKey } from '../ids.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { memberDuesOf } from '../store/dues.ts';
import { claimEvidence } from '../store/evidence.ts';
import { publicationConsents } from '../store/publication-consents.ts';
import { setSwing } from '../store/submissions.ts';
import { entityErrors } from './entities.ts';
import { bytesOf, type Applied, type ApplyWish } from './sent-batch.ts';
import { writeDues } from './write-dues.ts';

/** A batch that was on its way for longer is judged as if it had been made so long ago. */
const LATE_DAYS_MOST = 31;

/** News: each due's newest version, as far as it may be said. */
export async function applyDues(registry: Registry, tx: Tx, wish: ApplyWish): Promise<Applied> {
  const { caller, read, isWhole } = wish;
  const { memberNo } = caller;
  const refs = new Set(read.stated.map(({ due }) => due.dueRef));
  const rows = await memberDuesOf(tx, memberNo, [...refs].map(bytesOf));
  const known = rows.map((row): JudgedDue => ({
    dueRef: row.due_ref.toString('base64url'),
    subject: tokenOfKey(row.subject_key),
    ver: row.ver,
    state: row.state,
    settledDay: row.settled_on,
    content: row.content.toString('base64url'),
    judged: row.judged,
  }));
  const barOf = await barsOf(registry, tx, wish, known);
  const asOf = laterDay(read.asOf, addDays(registry.today(), -LATE_DAYS_MOST));
  const merged = mergeDues(read.stated, { known, isWhole, asOf, barOf });
  const isHeld = await judgeSwing(registry, tx, wish, merged);
  const changes = await writeDues(registry, tx, { ...wish, written: merged.written, isHeld });
  return {
    appliedCount: merged.written.length,
    staleCount: merged.staleCount,
    errors: [...read.errors, ...merged.errors].toSorted((a, b) => a.i - b.i),
    questioned: [],
    changes,
  };
}

type JudgedDue = KnownDue & { readonly judged: Buffer | null };

type Bar = (stated: Stated, isFirst: boolean) => ItemErrorCode | null;

/** What may be said at all: on a ground, late enough, and on an invoice that nobody else has reported. */
async function barsOf(
  registry: Registry,
  tx: Tx,
  { caller, read, at }: ApplyWish,
  known: readonly JudgedDue[],
): Promise<Bar> {
  const isGranted = await grantsOf(tx, { caller, read, at });
  const places = new Map(known.map((one) => [`${one.dueRef} ${one.subject}`, one]));
  const knownOf = ({ due, subject }: Stated): JudgedDue | undefined => places.get(`${due.dueRef} ${subject}`);
  const entityErrorOf = await entityErrors(tx, read.stated, (stated) => knownOf(stated)?.judged ?? null);
  const today = registry.today();
  const asOf = read.asOf < today ? read.asOf : today;
  const plainBar: Bar = (stated, isFirst) => {
    const { due, subject } = stated;
    if (due.state === 'withdrawn') return null;
    // Who joined to look only tells nothing new; what he told before, he may settle and take back.
    if (isFirst && isLive(due.state) && caller.purpose === 'check') return 'bad_item';
    // What is settled on a day to come would never be old.
    if (due.settledDay !== null && due.settledDay > addDays(today, 1)) return 'bad_item';
    // Of whom only a mobile is known may be a person: called a company, he could not take his consent back.
    const isMiscalled = isWeak(due.subject) && basisNeeded(due.subject) !== 'consent';
    const entity = entityErrorOf(stated);
    // To say that somebody paid takes no more than that he is who he was.
    if (due.state === 'settled' && !isFirst) {
      const isOther = isMiscalled || entity === 'entity_wrong';
      return isOther ? (entity ?? 'bad_item') : null;
    }
    if (entity !== null) return entity;
    const isNeeded = basisNeeded(due.subject) === 'consent' || isWeak(due.subject);
    if (isNeeded && due.basis.basis !== 'consent') return 'basis_required';
    if (isMiscalled) return 'bad_item';
    if (due.basis.basis === 'consent' && !isGranted(due.basis.id, subject)) return 'basis_unknown';
    const isEarly = daysBetween(due.dueDay, asOf) < OVERDUE_LEAST_DAYS;
    return isFirst && isLive(due.state) && isEarly ? 'not_overdue' : null;
  };
  const verOf = (stated: Stated): number => knownOf(stated)?.ver ?? -1;
  const candidates = read.stated.filter(
    (stated) =>
      stated.due.evidence.g === 'irp' &&
      stated.due.state !== 'withdrawn' &&
      stated.ver > verOf(stated) &&
      plainBar(stated, verOf(stated) < 0) === null,
  );
  const isOwn = await ownersOf(tx, caller.memberNo, candidates);
  return (stated, isFirst) => plainBar(stated, isFirst) ?? (isOwn(stated) ? null : 'evidence_reused');
}

async function grantsOf(
  tx: Tx,
  { caller: { memberNo }, read, at }: Pick<ApplyWish, 'caller' | 'read' | 'at'>,
): Promise<(id: string, subject: string) => boolean> {
  const ids = new Set(
    read.stated.flatMap(({ due: { basis } }) => (basis.basis === 'consent' ? [basis.id] : [])),
  );
  const granted = await publicationConsents(tx, { memberNo, ids: [...ids], now: at });
  const subjects = new Map(granted.map((row) => [row.consent_id, tokenOfKey(row.subject_key)]));
  return (id, subject) => subjects.get(id) === subject;
}

/** An invoice that the tax portal signed may be reported once; whoever comes first has it. */
async function ownersOf(
  tx: Tx,
  memberNo: number,
  candidates: readonly Stated[],
): Promise<(stated: Stated) => boolean> {
  const claims = new Map<string, string>();
  for (const { due } of candidates) {
    const { h } = due.evidence;
    if (h !== null && !claims.has(h)) claims.set(h, due.dueRef);
  }
  const rows = await claimEvidence(
    tx,
    memberNo,
    [...claims].map(([hash, dueRef]) => ({ hash: bytesOf(hash), dueRef: bytesOf(dueRef) })),
  );
  const owners = new Map(rows.map((row) => [row.evidence_hash.toString('base64url'), row] as const));
  return ({ due }) => {
    const owner =
      due.evidence.g === 'irp' && due.evidence.h !== null ? owners.get(due.evidence.h) : undefined;
    return owner === undefined || (owner.member_no === memberNo && owner.due_ref.equals(bytesOf(due.dueRef)));
  };
}

/**
 * Whether new dues of this batch are held: because the member suddenly says so much more than before, or because too much of
 * what he said was false. Counts what he says on the way.
 */
async function judgeSwing(
  registry: Registry,
  tx: Tx,
  { caller, sender, read }: ApplyWish,
  { written, errors }: Merged,
): Promise<boolean> {
  const today = registry.today();
  const fresh = written.filter(({ stated, before }) => before === null && isLive(stated.due.state)).length;
  const step = written
    .map(
      ({ stated, before }) =>
        Number(isLive(stated.due.state)) - Number(before !== null && isLive(before.state)),
    )
    .reduce((sum, one) => sum + one, 0);
  const base = sender.base_on === today ? sender.base_dues : Math.max(0, sender.live_dues - sender.held_dues);
  const live = Math.max(0, sender.live_dues + step);
  const isOnProbation = caller.status === 'probation';
  const isSudden = step > 0 && isSwing({ baseCount: base, liveCount: live, isOnProbation });
  const isHeld = isSudden || sender.stopped_on !== null;
  const unmatched = errors.filter(({ code }) => code === 'token_unknown').length;
  await setSwing(tx, {
    memberNo: caller.memberNo,
    live,
    base,
    baseOn: today,
    held: sender.held_dues + (isHeld ? fresh : 0),
    said: read.stated.length,
    unmatched,
  });
  return isHeld;
}
