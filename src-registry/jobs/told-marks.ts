import { visibilityOn, visibleFrom } from '#domain/registry/visibility.ts';
import type { Registry } from '../registry.ts';
import { spoilSummary } from '../store/checks.ts';
import { addChange } from '../store/feed.ts';
import { standingAfter, type DueKey, type StandingDue } from '../store/standing.ts';
import { setTold } from '../store/told.ts';
import { slicedJob, type Slice } from './sliced-job.ts';

// Days pass, and with them who may see a due changes without anybody doing anything. Once a night every member is told what
// has changed of his own since he was last told.

const DUES_A_SLICE = 500;

export const toldMarksJob = slicedJob({ name: 'told-marks', every: 'nightly', slice: overAllDues });

function overAllDues(): Slice {
  let after: DueKey | null = null;
  return async (registry) => {
    const dues = await standingAfter(registry.store, { after, now: registry.now(), most: DUES_A_SLICE });
    const byMember = Map.groupBy(dues, ({ memberNo }) => memberNo);
    for (const own of byMember.values()) await tellChanged(registry, own);
    after = dues.at(-1) ?? after;
    return dues.length === DUES_A_SLICE;
  };
}

async function tellChanged({ store, now, today }: Registry, dues: readonly StandingDue[]): Promise<void> {
  const changed = dues.flatMap((due) => {
    const visibility = visibilityOn(due.facts, today());
    // Of a new one he knows himself that nobody was told of it yet.
    return visibility === (due.told ?? 'notice-pending') ? [] : [{ due, visibility }];
  });
  if (changed.length === 0) return;
  await store.transaction(async (tx) => {
    for (const { due, visibility } of changed) {
      const { memberNo, subjectKey, dueRef, facts, told } = due;
      const isWritten = await setTold(tx, { subjectKey, memberNo, dueRef, told, visibility });
      if (!isWritten) continue;
      await spoilSummary(tx, subjectKey);
      await addChange(tx, {
        memberNo,
        at: now(),
        change: {
          type: 'due.visibility',
          due_ref: dueRef.toString('base64url'),
          visibility,
          visible_from: facts.noticeDay === null ? null : visibleFrom(facts),
        },
      });
    }
  });
}
