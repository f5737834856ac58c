import type { PartyState } from '#contract/engine/sync.ts';

type Bill = PartyState['bills'][number];

/** What a fresh look at one party has brought; bills by their ref. */
export type PartyChanges = {
  readonly closing: { readonly beforePaise: number; readonly afterPaise: number } | null;
  readonly newBills: readonly string[];
  readonly closedBills: readonly string[];
  readonly movedBills: readonly string[];
};

/** Compares what Tally said of a party before and says now. */
export function partyChanges(before: PartyState | null, after: PartyState): PartyChanges {
  const were = openByRef(before?.bills ?? []);
  const are = openByRef(after.bills);
  const isMoved = (bill: Bill): boolean => {
    const was = were.get(bill.ref);
    return was !== undefined && (was.tallyPaise !== bill.tallyPaise || was.tallyDueDay !== bill.tallyDueDay);
  };
  return {
    closing:
      before === null || before.tallyPaise === after.tallyPaise
        ? null
        : { beforePaise: before.tallyPaise, afterPaise: after.tallyPaise },
    newBills: before === null ? [] : [...are.keys()].filter((ref) => !were.has(ref)),
    closedBills: [...were.keys()].filter((ref) => !are.has(ref)),
    movedBills: [...are.values()].filter(isMoved).map(({ ref }) => ref),
  };
}

function openByRef(bills: readonly Bill[]): ReadonlyMap<string, Bill> {
  return new Map(bills.filter(({ tallyPaise }) => tallyPaise !== 0).map((bill) => [bill.ref, bill]));
}
