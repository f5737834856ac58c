import type { Day } from '#domain/days.ts';
import type {
  TallyCompany,
  TallyGroup,
  TallyIdentity,
  TallyLedger,
  TallyOpenBill,
  TallyThinLedger,
  TallyVoucher,
  VoucherShape,
} from '#domain/tally/facts.ts';
import {
  groupTree,
  isCustomer,
  owingNames,
  type CustomerChoice,
  type LedgerScope,
} from '#domain/tally/groups.ts';
import { isUnmoved, type Counters } from '#domain/tally/in-step.ts';
import { beginningOf, dayAskedFor, ourCompany, wholePeriod } from './company.ts';
import { moved, TallyStopped, truncated } from './failures.ts';
import { byParty, type PartyBills } from './party-bills.ts';
import type { Run } from './runs.ts';
import { ask, targetOf } from './talk.ts';

/** Masters and open bills of one moment: the counters did not move while they were read. */
export type BookRead = {
  readonly company: TallyCompany;
  readonly asOf: Day;
  readonly groups: readonly TallyGroup[];
  readonly choice: CustomerChoice;
  /** All ledgers there are. */
  readonly thin: readonly TallyThinLedger[];
  /** Whole ledgers by GUID: all that are kept, or those that changed. */
  readonly whole: ReadonlyMap<string, TallyLedger>;
  readonly reported: readonly PartyBills[];
  /** What changed since the counters of `since`; none where no history is here. */
  readonly vouchers: readonly TallyVoucher[];
};

/** What the book knows already, and so need not be read again. */
export type Since = {
  readonly masterCounter: number;
  /** Null: changed vouchers are not asked for. */
  readonly voucherCounter: number | null;
  readonly shape: VoucherShape;
  /** GUIDs of the ledgers that are kept, and of those among them that are customers. */
  readonly keptGuids: ReadonlySet<string>;
  readonly customerGuids: ReadonlySet<string>;
  readonly groups: readonly TallyGroup[];
};

export type ReadWish = {
  readonly known: TallyIdentity;
  readonly scope: LedgerScope;
  /** Null: everything anew. */
  readonly since: Since | null;
};

const READS_MOST = 5;

/** Reads until nothing moved in between, so that balances and bills are of one moment. */
export async function readBook(run: Run, wish: ReadWish, first: TallyCompany): Promise<BookRead> {
  let company = first;
  for (let times = 1; times <= READS_MOST; times += 1) {
    const partyWrites = run.runner.partyWrites;
    const read = await readOnce(run, wish, company);
    const after = await ourCompany(run.talk, wish.known);
    const isSteady = isUnmoved(company, after) && partyWrites === run.runner.partyWrites;
    if (isSteady) return { ...read, company: after };
    // A backup restored meanwhile must be seen as such by the next look, against the counters the book has.
    if (hasFallen(company, after)) break;
    company = after;
  }
  throw new TallyStopped(moved(READS_MOST));
}

function hasFallen(before: Counters, after: Counters): boolean {
  return (
    (after.masterCounter ?? 0) < (before.masterCounter ?? 0) ||
    (after.voucherCounter ?? 0) < (before.voucherCounter ?? 0)
  );
}

type ReadOnce = Omit<BookRead, 'company'>;

async function readOnce(run: Run, wish: ReadWish, company: TallyCompany): Promise<ReadOnce> {
  const { talk } = run;
  const { since, scope } = wish;
  const asOf = dayAskedFor(company, run.context.today);
  const on = targetOf(talk, company.name);
  run.at('groups', 0);
  const groups = await ask(talk, talk.source.groups(on));
  run.at('ledgers', 0);
  const thin = await ask(talk, talk.source.thinLedgers(on, asOf));
  // Cash and the profit and loss account are in every company: none at all was never whole.
  if (thin.length === 0) throw new TallyStopped(truncated(1, 0));
  const changed = since ? await wholeLedgers(run, company, { asOf, after: since.masterCounter }) : new Map();
  const vouchers = since === null ? [] : await changedVouchers(run, company, since);
  run.at('bills', 0);
  const bills = await openBills(run, company, asOf);
  const choice = { tree: groupTree(groups), scope, owing: owingNames(bills) };
  const isEnough = since !== null && !lacksLedgers({ since, groups, thin, choice, changed });
  const whole = isEnough ? changed : await everyWholeLedger(run, company, { asOf, thin, choice });
  return { asOf, groups, choice, thin, whole, reported: byParty(bills), vouchers };
}

type Ledgers = ReadonlyMap<string, TallyLedger>;

async function wholeLedgers(
  run: Run,
  company: TallyCompany,
  { asOf, after, of = null }: { readonly asOf: Day; readonly after?: number; readonly of?: number | null },
): Promise<Ledgers> {
  const { talk } = run;
  const found = new Map<string, TallyLedger>();
  const wish = { asOf, ...(after === undefined ? {} : { afterAlterId: after }) };
  await ask(
    talk,
    talk.source.ledgers(targetOf(talk, company.name), wish, (ledger) => {
      found.set(ledger.guid, ledger);
      run.at('ledgers', found.size, of);
    }),
  );
  return found;
}

type Thin = { readonly thin: readonly TallyThinLedger[]; readonly choice: CustomerChoice };

function isKept({ choice }: Pick<Thin, 'choice'>, ledger: TallyThinLedger): boolean {
  return ledger.isBillWise || isCustomer(choice, ledger);
}

/** Held against the thin list, which came by another request: a ledger may not be missing. */
async function everyWholeLedger(
  run: Run,
  company: TallyCompany,
  { asOf, thin, choice }: Thin & { readonly asOf: Day },
): Promise<Ledgers> {
  const wanted = thin.filter((ledger) => isKept({ choice }, ledger));
  const found = await wholeLedgers(run, company, { asOf, of: wanted.length });
  const missing = wanted.filter(({ guid }) => !found.has(guid)).length;
  if (missing > 0) throw new TallyStopped(truncated(wanted.length, wanted.length - missing));
  return found;
}

type Lacking = Thin & {
  readonly since: Since;
  readonly groups: readonly TallyGroup[];
  readonly changed: Ledgers;
};

/** Whether a group that moved or was renamed brought ledgers of which no more than the thin row is known. */
function lacksLedgers({ since, groups, thin, choice, changed }: Lacking): boolean {
  if (!isSameTree(since.groups, groups)) return true;
  return thin.some((ledger) => {
    if (changed.has(ledger.guid)) return false;
    if (isCustomer(choice, ledger)) return !since.customerGuids.has(ledger.guid);
    return ledger.isBillWise && !since.keptGuids.has(ledger.guid);
  });
}

function isSameTree(before: readonly TallyGroup[], now: readonly TallyGroup[]): boolean {
  const known = new Map(before.map((group) => [group.guid, group]));
  return (
    before.length === now.length &&
    now.every((group) => {
      const was = known.get(group.guid);
      return (
        was?.name === group.name && was.parent === group.parent && was.reservedName === group.reservedName
      );
    })
  );
}

async function changedVouchers(
  run: Run,
  company: TallyCompany,
  { voucherCounter, shape }: Since,
): Promise<readonly TallyVoucher[]> {
  if (voucherCounter === null || (company.voucherCounter ?? 0) <= voucherCounter) return [];
  const { talk } = run;
  const found: TallyVoucher[] = [];
  const wish = { ...wholePeriod(company, run.context.today), shape, afterAlterId: voucherCounter };
  run.at('changes', 0);
  await ask(
    talk,
    talk.source.vouchers(targetOf(talk, company.name), wish, (voucher) => {
      found.push(voucher);
      run.at('changes', found.length);
    }),
  );
  return found;
}

/** Both of Tally's reports: a customer's advance stands among the payables. */
export async function openBills(
  run: Pick<Run, 'talk'>,
  company: TallyCompany,
  asOf: Day,
): Promise<readonly TallyOpenBill[]> {
  const { talk } = run;
  const on = targetOf(talk, company.name);
  const period = { from: beginningOf(company) ?? asOf, to: asOf };
  const receivable = await ask(talk, talk.source.openBills(on, 'receivable', period));
  const payable = await ask(talk, talk.source.openBills(on, 'payable', period));
  return [...receivable, ...payable];
}
