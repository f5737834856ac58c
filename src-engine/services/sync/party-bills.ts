import { sumOf } from '#domain/money.ts';
import type { TallyOpenBill } from '#domain/tally/facts.ts';
import { tallyNameKey } from '#domain/tally/groups.ts';
import type { WriteTx } from '../../storage/database.ts';
import { openBillText, openBillTexts } from '../../storage/tally-book-side.ts';
import { replaceOpenBills, type OpenBillRow } from '../../storage/tally-masters.ts';

/** What Tally's two reports say of one party. */
export type PartyBills = {
  /** As Tally compares names. */
  readonly nameKey: string;
  readonly bills: readonly Omit<TallyOpenBill, 'party'>[];
  /** The same as one text, to be held against what is stored. */
  readonly text: string;
};

/** The reports by party: made before anything is written, for a write keeps everybody waiting. */
export function byParty(bills: readonly TallyOpenBill[]): readonly PartyBills[] {
  // A party has some ten bills: its name is looked at once.
  const byName = Map.groupBy(bills, (bill) => bill.party);
  const parties = Map.groupBy(byName.keys(), tallyNameKey);
  return [...parties].map(([nameKey, names]) => {
    const own = addedUp(names.flatMap((name) => byName.get(name) ?? []));
    return { nameKey, bills: own, text: openBillText(own) };
  });
}

/** Two rows of one reference and day are one bill, as they are stored. */
function addedUp(bills: readonly TallyOpenBill[]): PartyBills['bills'] {
  const byBill = Map.groupBy(bills, ({ ref, billDay }) => `${billDay}|${ref}`);
  return [...byBill.values()].flatMap((own) => {
    const balancePaise = sumOf(own, (bill) => bill.balancePaise);
    const [first] = own;
    return first && balancePaise !== 0 ? [{ ...first, balancePaise }] : [];
  });
}

/** More ledgers than this are cheaper replaced with all the others. */
const SINGLY_MOST = 100;

/** Replaces the reports of the ledgers where they differ, and says which they are. Of others nothing is kept. */
export function putOpenBills(
  tx: WriteTx,
  parties: readonly PartyBills[],
  ledgerIdOf: (nameKey: string) => number | null,
): { readonly differing: ReadonlySet<number>; readonly billCount: number } {
  const before = openBillTexts(tx);
  const after = new Map<number, PartyBills>();
  for (const party of parties) {
    const ledgerId = ledgerIdOf(party.nameKey);
    if (ledgerId !== null) after.set(ledgerId, party);
  }
  const differing = new Set([...before.keys()].filter((ledgerId) => !after.has(ledgerId)));
  for (const [ledgerId, { text }] of after) if (before.get(ledgerId) !== text) differing.add(ledgerId);
  const rowsOf = (ledgerId: number): readonly OpenBillRow[] =>
    (after.get(ledgerId)?.bills ?? []).map(({ ref, billDay, dueDay, balancePaise }) => ({
      ledgerId,
      ref,
      billDay,
      dueDay,
      balancePaise,
    }));
  if (differing.size > SINGLY_MOST) replaceOpenBills(tx, [...after.keys()].flatMap(rowsOf));
  else for (const ledgerId of differing) replaceOpenBills(tx, rowsOf(ledgerId), { ledgerId });
  return { differing, billCount: [...after.values()].reduce((count, { bills }) => count + bills.length, 0) };
}
