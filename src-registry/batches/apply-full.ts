import { QUESTIONED_MOST } from '#domain/registry/visibility.ts';
import { isLive } from '#domain/registry/merge.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { memberDuesOf, type MemberDueRow } from '../store/dues.ts';
import { questionUnseen, setQuestioned, setSeen, type QuestionedRow } from '../store/reconciles.ts';
import { fullParts } from '../store/submissions.ts';
import { bytesOf, type Applied, type ApplyWish } from './sent-batch.ts';
import type { ItemError, Named } from './read-batch.ts';

/** More than these are not told at once; the rest is asked about with the next reconcile. */
const QUESTIONED_TOLD_MOST = 2_000;

/**
 * A part of a full reconcile: the member names what he has, the registry answers with where it differs. Nothing is deleted
 * because it was not named: it is asked about, and after two reconciles it no longer counts.
 */
export async function applyFull(
  _registry: Registry,
  tx: Tx,
  { caller, read, at }: ApplyWish,
): Promise<Applied> {
  const { memberNo } = caller;
  const refs = read.named.map(({ item: [dueRef] }) => bytesOf(dueRef));
  const rows = Map.groupBy(await memberDuesOf(tx, memberNo, refs), ({ due_ref }) =>
    due_ref.toString('base64url'),
  );
  const errors = [
    ...read.errors,
    ...read.named.flatMap((one) => differences(one, rows.get(one.item[0]) ?? [])),
  ];
  const asked = await setSeen(tx, { memberNo, at, dueRefs: refs });
  await setQuestioned(tx, { memberNo, rows: asked, add: 0 });
  const unseen = read.body.kind === 'full_end' ? await questioned(tx, memberNo, read.body.full_id ?? '') : [];
  return {
    appliedCount: read.body.items.length - errors.length,
    staleCount: 0,
    errors: errors.toSorted((a, b) => a.i - b.i),
    questioned: unseen.slice(0, QUESTIONED_TOLD_MOST).map(({ due_ref }) => due_ref.toString('base64url')),
    changes: unseen
      .filter((row) => row.questioned === QUESTIONED_MOST)
      .map(({ due_ref }) => ({
        type: 'due.visibility',
        due_ref: due_ref.toString('base64url'),
        visibility: 'stale',
      })),
  };
}

/** Settled and withdrawn ones may have been kept long enough here and be gone: that is no difference. */
function differences({ at, item }: Named, rows: readonly MemberDueRow[]): readonly ItemError[] {
  const [, ver, state, openPaise] = item;
  if (rows.length === 0) return isLive(state) ? [{ i: at, code: 'not_known' }] : [];
  const isSame = rows.some((row) => row.ver === ver && row.state === state && row.open_p === openPaise);
  return isSame ? [] : [{ i: at, code: 'not_known' }];
}

/** Once for a reconcile, however often its end is sent. */
async function questioned(tx: Tx, memberNo: number, fullId: string): Promise<readonly QuestionedRow[]> {
  const { began_at, ends } = await fullParts(tx, memberNo, fullId);
  if (began_at === null || ends > 1) return [];
  const rows = await questionUnseen(tx, memberNo, began_at);
  await setQuestioned(tx, { memberNo, rows, add: 1 });
  return rows;
}
