import type { PartyState, TieOutParty } from '#contract/engine/sync.ts';

type Bill = PartyState['bills'][number];

/** Whether anything of a party is not the same here and in Tally, be it only a due day. */
export function isDiffering({ tiesOut }: TieOutParty): boolean {
  return !tiesOut;
}

/** The engine names a cause for each bill that differs: a bill that was opened again may bear a later day here. */
export function isBillDiffering({ causes }: Bill): boolean {
  return causes.length > 0;
}

/** The largest difference first, whichever way it goes; then by name. */
export function bySize(a: TieOutParty, b: TieOutParty): number {
  return (
    Math.abs(b.differencePaise) - Math.abs(a.differencePaise) ||
    b.differingBillCount - a.differingBillCount ||
    a.name.localeCompare(b.name)
  );
}

/** Bills that differ stand first, the oldest of them on top. */
export function differingFirst(bills: readonly Bill[]): readonly Bill[] {
  const dayOf = (bill: Bill): string => bill.tallyBillDay ?? bill.baakiBillDay ?? '';
  return bills.toSorted(
    (a, b) => Number(isBillDiffering(b)) - Number(isBillDiffering(a)) || (dayOf(a) < dayOf(b) ? -1 : 1),
  );
}
