import { addDays } from '#domain/days.ts';
import {
  alarmKinds,
  APPROVAL_WINDOW,
  ERASURE_WAIT_DAYS,
  isAlarming,
  UNANSWERED_DAYS,
  type AlarmKind,
} from '#domain/registry/alarms.ts';
import { ERASED_AFTER_DAYS } from '#domain/registry/visibility.ts';
import type { Registry } from '../registry.ts';
import {
  alarmCounts,
  approvalsOf,
  contributionsOf,
  falseReportsOf,
  NO_MEMBER,
  setAlarms,
  setContributed,
  stopMember,
  unmatchedOf,
  type Counted,
} from '../store/alarms.ts';
import type { Tx } from '../store/database.ts';
import { waitingErasures } from '../store/erasures.ts';
import { addChange } from '../store/feed.ts';

const DAY_MS = 86_400_000;

/** What the operator should look at is counted anew. */
export async function judgeMembers(registry: Registry): Promise<void> {
  for (const kind of alarmKinds) {
    const members = (await countedOf(registry, registry.store, kind)).filter(({ count, of_count }) =>
      isAlarming(kind, count, of_count),
    );
    await registry.store.transaction(async (tx) => {
      await setAlarms(tx, { kind, at: registry.now(), members });
      if (kind === 'false-reports') await stop(registry, tx, members);
    });
    registry.log('alarms', { count: members.length });
  }
}

async function countedOf(registry: Registry, tx: Tx, kind: AlarmKind): Promise<readonly Counted[]> {
  const now = registry.now();
  switch (kind) {
    case 'approval':
      return await approvalsOf(tx, {
        now,
        askedBefore: now - UNANSWERED_DAYS * DAY_MS,
        most: APPROVAL_WINDOW,
      });
    case 'false-reports':
      return await falseReportsOf(tx, addDays(registry.today(), -ERASED_AFTER_DAYS));
    case 'unmatched-tokens':
      return await unmatchedOf(tx);
    case 'erasures-late': {
      const { late, open } = await waitingErasures(tx, now - ERASURE_WAIT_DAYS * DAY_MS);
      return [{ member_no: NO_MEMBER, count: late, of_count: open }];
    }
  }
}

/** What they newly say is held until the operator has spoken to them; their machines hear of it. */
async function stop(registry: Registry, tx: Tx, members: readonly Counted[]): Promise<void> {
  for (const member of members) {
    if (!(await stopMember(tx, member, registry.today()))) continue;
    const change = { type: 'policy.changed', note: 'publishing-held' } as const;
    await addChange(tx, { memberNo: member.member_no, at: registry.now(), change });
  }
}

const MEMBERS_AT_ONCE = 1_000;

/** Who adds something that others could see may look as often as others. */
export async function noteContributions(registry: Registry): Promise<void> {
  const today = registry.today();
  const found = await contributionsOf(registry.store);
  const byDay = Map.groupBy(found, ({ is_seen, settled_on }) => (is_seen ? today : settled_on));
  for (const [day, members] of byDay) {
    if (day === null) continue;
    const memberNos = members.map(({ member_no }) => member_no);
    for (let at = 0; at < memberNos.length; at += MEMBERS_AT_ONCE)
      await setContributed(registry.store, memberNos.slice(at, at + MEMBERS_AT_ONCE), day);
  }
}

/** For /metrics: how many alarms of each kind there are, and how many members wait to be admitted. */
export async function alarmGauges({
  store,
}: Pick<Registry, 'store'>): Promise<Readonly<Record<string, number>>> {
  const { alarms, pending } = await alarmCounts(store);
  return {
    ...Object.fromEntries(
      alarmKinds.map((kind) => [`registry_alarms_${kind.replaceAll('-', '_')}`, alarms.get(kind) ?? 0]),
    ),
    registry_members_pending: pending,
  };
}
