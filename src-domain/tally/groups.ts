import type { TallyGroup, TallyLedger, TallyThinLedger } from './facts.ts';

/** Which ledgers are customers: those under Sundry Debtors, or also bill-wise ones elsewhere that owe. */
export type LedgerScope = 'debtors' | 'bill-wise';

/** Groups by the key of their name. */
export type GroupTree = ReadonlyMap<string, TallyGroup>;

export const DEBTORS = 'Sundry Debtors';
const CREDITORS = 'Sundry Creditors';

/** A name as Tally compares it: case, spaces and hyphens do not count. */
export function tallyNameKey(name: string): string {
  const lower = name.normalize('NFC').toLowerCase();
  const key = lower.replace(/[\s-]+/gu, '');
  // A name of nothing but hyphens is one all the same.
  return key === '' ? lower.trim() : key;
}

export function groupTree(groups: readonly TallyGroup[]): GroupTree {
  return new Map(groups.map((group) => [tallyNameKey(group.name), group]));
}

/** The groups above a ledger, nearest first; ends at the root, at a missing parent, and where a circle closes. */
function groupsAbove(tree: GroupTree, parent: string | null): readonly TallyGroup[] {
  const above: TallyGroup[] = [];
  const seen = new Set<TallyGroup>();
  let next = parent;
  while (next !== null) {
    const group = tree.get(tallyNameKey(next));
    if (group === undefined || seen.has(group)) break;
    seen.add(group);
    above.push(group);
    next = group.parent;
  }
  return above;
}

/** Whether a ledger stands under the group that Tally reserves that name for, whatever the user calls it. */
export function isUnder(tree: GroupTree, parent: string | null, reservedName: string): boolean {
  const key = tallyNameKey(reservedName);
  return groupsAbove(tree, parent).some(
    (group) => group.reservedName !== null && tallyNameKey(group.reservedName) === key,
  );
}

export type CustomerChoice = {
  readonly tree: GroupTree;
  readonly scope: LedgerScope;
  /** Name keys of ledgers with an open debit bill (see owingNames). */
  readonly owing: ReadonlySet<string>;
};

/** Name keys of the parties that a bills report says owe something. */
export function owingNames(
  bills: readonly { readonly party: string; readonly balancePaise: number }[],
): ReadonlySet<string> {
  return new Set(bills.filter((bill) => bill.balancePaise > 0).map((bill) => tallyNameKey(bill.party)));
}

export function isCustomer(
  { tree, scope, owing }: CustomerChoice,
  ledger: Pick<TallyThinLedger, 'name' | 'parent' | 'isBillWise' | 'closingPaise'>,
): boolean {
  if (isUnder(tree, ledger.parent, DEBTORS)) return true;
  if (scope === 'debtors' || !ledger.isBillWise) return false;
  if ((ledger.closingPaise ?? 0) > 0) return true;
  // A supplier against whom one bill stands open still is a supplier while we owe more on the whole.
  return owing.has(tallyNameKey(ledger.name)) && !isUnder(tree, ledger.parent, CREDITORS);
}

/** The groups of a ledger from the outermost to its own, for display. */
export function groupPathOf(tree: GroupTree, ledger: Pick<TallyLedger, 'parent'>): readonly string[] {
  const above = groupsAbove(tree, ledger.parent).map((group) => group.name);
  if (above.length === 0 && ledger.parent !== null) return [ledger.parent];
  return above.toReversed();
}
