import { day, type Day } from '#domain/days.ts';
import type { TallyOpenBill, TallyVoucher } from '#domain/tally/facts.ts';
import type { TallySource, TallyTarget, TallyFailureCode } from '../../../../src-engine/adapters/ports.ts';
import { createFakeCompany, type FakeCompany } from '../../../fakes/tally/book.ts';
import { outstandingOf } from '../../../fakes/tally/oracle.ts';

/** A day that every Tally obeys, Educational ones too. */
export const asOf = day('2026-03-31');
export const books = { from: day('2025-04-01'), to: asOf };

/** A small company: bills, an advance, money on account, an optional and a cancelled voucher, odd names. */
export function smallCompany(name = 'Asha & Sons "मोहन"'): FakeCompany {
  const company = createFakeCompany({ name, booksFrom: '2025-04-01' });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  company.createLedger({ name: 'HDFC Bank', parent: 'Bank Accounts' });
  for (const party of ['Mohan & <Sons>', 'शर्मा ट्रेडर्स', 'The "Best" Shop']) {
    company.createLedger({
      name: party,
      parent: 'Sundry Debtors',
      billWise: true,
      creditPeriod: '30 Days',
      opening: 50_000,
      openingBills: [{ ref: 'OLD-1', billDate: '2025-02-10', period: '30 Days', amount: 50_000 }],
    });
    sell(company, party, { date: '2025-05-02', ref: 'S1', amount: 123_456 });
    sell(company, party, { date: '2025-11-15', ref: 'S2', amount: 77_700 });
    receive(company, party, { date: '2025-12-01', ref: 'S1', amount: 100_000 });
    receive(company, party, { date: '2026-01-05', ref: null, amount: 5_000 });
  }
  company.createLedger({ name: 'Early Payer', parent: 'Sundry Debtors', billWise: true });
  receive(company, 'Early Payer', { date: '2026-02-01', ref: 'ADV-1', amount: 9_900 });
  company.createLedger({ name: 'Cash Customer', parent: 'Sundry Debtors', billWise: false, opening: 1_000 });
  company.createVoucher({
    type: 'Sales',
    date: '2025-11-20',
    optional: true,
    lines: [
      { ledger: 'Cash Customer', amount: 4_000 },
      { ledger: 'Sales', amount: -4_000 },
    ],
  });
  return company;
}

type Entry = { readonly date: string; readonly ref: string | null; readonly amount: number };

export function sell(company: FakeCompany, party: string, { date, ref, amount }: Entry): void {
  company.createVoucher({
    type: 'Sales',
    date,
    lines: [
      { ledger: party, amount, bills: ref === null ? [] : [{ type: 'New Ref', ref, amount }] },
      { ledger: 'Sales', amount: 0 - amount },
    ],
  });
}

function receive(company: FakeCompany, party: string, { date, ref, amount }: Entry): void {
  const type = ref?.startsWith('ADV') ? ('Advance' as const) : ('Agst Ref' as const);
  company.createVoucher({
    type: 'Receipt',
    date,
    lines: [
      { ledger: party, amount: 0 - amount, bills: ref === null ? [] : [{ type, ref, amount: 0 - amount }] },
      { ledger: 'HDFC Bank', amount },
    ],
  });
}

/** What a whole read says, in one plain value to compare; or why there is none. */
export type Seen = { readonly failure: TallyFailureCode } | { readonly parties: readonly SeenParty[] };
export type SeenParty = {
  readonly name: string;
  readonly closing: number | null;
  readonly bills: readonly string[];
};

/** Every read of a first sync, one after the other, and what they say together. */
export async function seenBy(source: TallySource, on: TallyTarget): Promise<Seen> {
  const groups = await source.groups(on);
  if (!groups.ok) return { failure: groups.failure.code };
  const thin = await source.thinLedgers(on, asOf);
  if (!thin.ok) return { failure: thin.failure.code };
  const whole = new Set<string>();
  const ledgers = await source.ledgers(on, { asOf }, (ledger) => whole.add(ledger.name));
  if (!ledgers.ok) return { failure: ledgers.failure.code };
  const bills: TallyOpenBill[] = [];
  for (const side of ['receivable', 'payable'] as const) {
    const answer = await source.openBills(on, side, books);
    if (!answer.ok) return { failure: answer.failure.code };
    bills.push(...answer.value);
  }
  const parties = thin.value
    .filter(({ name }) => whole.has(name))
    .map(({ name, closingPaise }) => ({
      name,
      closing: closingPaise ?? 0,
      bills: bills.filter(({ party }) => party === name).map(billText),
    }));
  return { parties: parties.toSorted(byName) };
}

/** The same, as the fake's own slow oracle has it. */
export function truthOf(company: FakeCompany, on: Day = asOf): Seen {
  const inScope = new Set(
    [...company.view().ledgers.values()]
      .filter(({ billWise, parentId }) => billWise || parentId === company.group('Sundry Debtors').masterId)
      .map(({ name }) => name),
  );
  const parties = outstandingOf(company, on)
    .filter(({ name }) => inScope.has(name))
    .map(({ name, closing, bills }) => ({
      name,
      closing,
      bills: bills
        .map(({ ref, billDay, dueDay, balance }) => `${ref} ${billDay} ${dueDay} ${balance}`)
        .toSorted(),
    }));
  return { parties: parties.toSorted(byName) };
}

export function sorted(seen: Seen): Seen {
  return 'failure' in seen
    ? seen
    : { parties: seen.parties.map((party) => ({ ...party, bills: party.bills.toSorted() })) };
}

function byName(a: SeenParty, b: SeenParty): number {
  return a.name < b.name ? -1 : 1;
}

export function billText({ ref, billDay, dueDay, balancePaise }: TallyOpenBill): string {
  return `${ref} ${billDay} ${dueDay} ${balancePaise}`;
}

/** Vouchers of a window with their counts beforehand, by number of the day. */
export async function vouchersOf(
  source: TallySource,
  on: TallyTarget,
  shape: 'every-field' | 'allocations',
): Promise<readonly TallyVoucher[] | TallyFailureCode> {
  const counts = await source.voucherCounts(on, books);
  if (!counts.ok) return counts.failure.code;
  const expected = [...counts.value.values()].reduce((sum, count) => sum + count, 0);
  const vouchers: TallyVoucher[] = [];
  const answer = await source.vouchers(on, { ...books, shape, expected }, (one) => vouchers.push(one));
  return answer.ok ? vouchers : answer.failure.code;
}
