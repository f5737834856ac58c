import type { Registry } from '../registry.ts';
import { tokenOfKey } from '../ids.ts';
import { addChanges } from '../store/feed.ts';
import { releaseHeldDues } from '../store/held-dues.ts';
import { queueNotices } from '../store/notice-queue.ts';

/**
 * What a sudden swing held goes its way, notice first: by whoever runs the registry, after he asked the member, or by itself
 * once it was held long enough. How many; such as came later than `until` (UTC milliseconds) stay.
 */
export async function releaseHeld(
  registry: Registry,
  memberNo: number,
  until: number = registry.now(),
): Promise<number> {
  const at = registry.now();
  return await registry.store.transaction(async (tx) => {
    const released = await releaseHeldDues(tx, memberNo, until);
    const bySubject = Map.groupBy(released, ({ subject_key }) => tokenOfKey(subject_key));
    const notices = [...bySubject.values()].flatMap((rows) => {
      const [first] = rows;
      const dueRefs = rows.map(({ due_ref }) => due_ref.toString('base64url'));
      return first === undefined
        ? []
        : [{ id: registry.newId(), subjectKey: first.subject_key, dueRefs, kind: 'publication' as const }];
    });
    await queueNotices(tx, { memberNo, at, notices });
    const changes = released.map(
      ({ due_ref }) =>
        ({
          type: 'due.visibility',
          due_ref: due_ref.toString('base64url'),
          visibility: 'notice-pending',
          visible_from: null,
        }) as const,
    );
    await addChanges(tx, { memberNo, at, changes });
    return released.length;
  });
}
