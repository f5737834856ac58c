import type { SilenceShown } from '#contract/engine/reminders.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';

export type SilenceGroup = {
  readonly reason: SilenceReason;
  readonly silences: readonly SilenceShown[];
  readonly balancePaise: number;
};

/** Who gets nothing, by reason: the reason of most customers first, in it the largest balance first. */
export function silenceGroups(silences: readonly SilenceShown[]): readonly SilenceGroup[] {
  const byReason = new Map<SilenceReason, SilenceShown[]>();
  for (const one of silences) {
    const known = byReason.get(one.reason);
    if (known) known.push(one);
    else byReason.set(one.reason, [one]);
  }
  return [...byReason]
    .map(([reason, own]) => ({
      reason,
      silences: own.toSorted((a, b) => b.balancePaise - a.balancePaise),
      balancePaise: own.reduce((sum, { balancePaise }) => sum + balancePaise, 0),
    }))
    .toSorted((a, b) => b.silences.length - a.silences.length || a.reason.localeCompare(b.reason));
}
