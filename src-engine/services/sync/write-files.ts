import { sumOf, ZERO, type Paise } from '#domain/money.ts';
import { balancesOfFiles } from '#domain/tally/file-balances.ts';
import type { TallyGroup, TallyLedger, TallyVoucher } from '#domain/tally/facts.ts';
import { groupTree, isCustomer, tallyNameKey, type CustomerChoice } from '#domain/tally/groups.ts';
import type { WriteTx } from '../../storage/database.ts';
import { endRun, startRun } from '../../storage/sync-runs.ts';
import { connectionRow, putConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import {
  groupRows,
  ledgerRows,
  openingBillsOf,
  putGroups,
  putLedgers,
  putOpeningBills,
  replaceOpenBills,
  setClosings,
  type OpenBillRow,
} from '../../storage/tally-masters.ts';
import { partyLines } from '../../storage/tally-parties.ts';
import { putSpooled, type VoucherSpool } from '../../storage/tally-spool.ts';
import type { BookContext } from '../door.ts';
import { putCustomers } from './customers.ts';
import { deriveInto } from './derive.ts';
import { DEFAULT_OPTIONS } from './options.ts';
import { ledgerIdsByName } from './put-period.ts';
import { keepTieOut } from './keep-tie-out.ts';

/** What all files of one import hold together. */
export type FilesRead = {
  readonly companyGuid: string;
  readonly companyName: string;
  readonly groups: ReadonlyMap<string, TallyGroup>;
  readonly ledgers: ReadonlyMap<string, TallyLedger>;
  readonly vouchers: VoucherSpool;
  readonly byteCount: number;
};

export type FilesReport = {
  companyName: string | null;
  ledgerCount: number;
  voucherCount: number;
  customerCount: number;
  openPaise: Paise;
  /** Vouchers that name a ledger which is in no file. */
  leftOutCount: number;
};

type Wish = { readonly files: FilesRead; readonly startedAt: number };

/** What the files hold goes over what earlier ones brought, by GUID; balances are reckoned from all of it. */
export function writeFiles(tx: WriteTx, context: BookContext, { files, startedAt }: Wish): FilesReport {
  const { now, today } = context;
  const at = now();
  const runId = startRun(tx, { kind: 'files', startedAt });
  const choice = writeMasters(tx, files);
  putCustomers(tx, { whole: files.ledgers, choice }, { now: at });
  const before = connectionRow(tx);
  const { companyGuid } = files;
  const strangers = strangerCounter(files);
  putSpooled(tx, files.vouchers, { companyGuid, ledgerIdOf: ledgerIdsByName(tx), look: strangers.look });
  const voucherCount = files.vouchers.count();
  const connection = connectionOf(files, before, { at, today });
  putConnection(tx, connection);
  writeBalances(tx, connection);
  const counts = deriveInto(tx, { connection, today, now: at, parties: 'all' });
  const differencePaise = keepTieOut(tx, connection, 'all');
  const customers = ledgerRows(tx).filter((row) => row.customerId !== null);
  const openPaise = sumOf(customers, (row) => row.closingPaise);
  endRun(tx, runId, {
    ...NOTHING_ASKED,
    endedAt: now(),
    byteCount: files.byteCount,
    ledgerCount: files.ledgers.size,
    voucherCount,
    addedCount: counts.added,
    changedCount: counts.changed,
    goneCount: counts.gone,
    differencePaise,
  });
  return {
    companyName: connection.companyName === '' ? null : connection.companyName,
    ledgerCount: files.ledgers.size,
    voucherCount,
    customerCount: customers.length,
    openPaise,
    leftOutCount: strangers.count(),
  };
}

const NOTHING_ASKED = {
  outcome: 'done',
  failureJson: null,
  requestCount: 0,
  tallyMilliseconds: 0,
  billCount: 0,
} as const;

function writeMasters(tx: WriteTx, files: FilesRead): CustomerChoice {
  const groups = new Map([...groupRows(tx).map((group) => [group.guid, group] as const), ...files.groups]);
  putGroups(tx, [...groups.values()]);
  const tree = groupTree([...groups.values()]);
  const choice: CustomerChoice = { tree, scope: DEFAULT_OPTIONS.scope, owing: new Set() };
  const known = new Set(ledgerRows(tx).map((row) => row.guid));
  const kept = [...files.ledgers.values()].filter(
    (ledger) => ledger.isBillWise || isCustomer(choice, ledger) || known.has(ledger.guid),
  );
  const ids = putLedgers(
    tx,
    kept.map((ledger) => wishOf(ledger, isCustomer(choice, ledger))),
  );
  for (const { guid, openingBills } of kept) putOpeningBills(tx, ids.get(guid) ?? 0, openingBills);
  return choice;
}

function wishOf(ledger: TallyLedger, isOurs: boolean) {
  const { guid, masterId, alterId, name, parent, isBillWise, creditPeriod, openingPaise } = ledger;
  const texts = { guid, masterId, alterId, name, parent, isBillWise, creditPeriod, openingPaise };
  return { ...texts, nameKey: tallyNameKey(name), isCustomer: isOurs, closingPaise: ZERO };
}

function connectionOf(
  { companyGuid, companyName, vouchers }: FilesRead,
  before: ConnectionRow | null,
  { at, today }: { readonly at: number; readonly today: ConnectionRow['asOfDay'] },
): ConnectionRow {
  const first = vouchers.firstDay();
  const known = before?.historyFrom ?? null;
  return {
    host: '',
    port: 0,
    product: 'unknown',
    companyNumber: null,
    booksFrom: null,
    isEducational: false,
    optionsJson: JSON.stringify(DEFAULT_OPTIONS),
    voucherShape: null,
    ...before,
    origin: 'files',
    companyGuid,
    companyName: companyName === '' ? (before?.companyName ?? '') : companyName,
    isConnected: false,
    isPaused: false,
    masterCounter: null,
    voucherCounter: null,
    asOfDay: today,
    syncedAt: at,
    inStepAt: null,
    historyFrom: known === null || (first !== null && first < known) ? first : known,
    isHistoryShown: true,
    failureJson: null,
  };
}

/** Every ledger's balance and open bills, as Tally's reports would have them today. */
function writeBalances(tx: WriteTx, { asOfDay }: ConnectionRow): void {
  if (asOfDay === null) return;
  const bills: OpenBillRow[] = [];
  const closings = new Map<number, Paise>();
  for (const { ledgerId, isBillWise, openingPaise } of ledgerRows(tx)) {
    const lines = partyLines(tx, ledgerId);
    const openingBills = openingBillsOf(tx, ledgerId);
    const found = balancesOfFiles({ isBillWise, openingPaise, openingBills, lines }, asOfDay);
    closings.set(ledgerId, found.closingPaise);
    for (const bill of found.openBills) bills.push({ ledgerId, ...bill });
  }
  setClosings(tx, closings);
  replaceOpenBills(tx, bills);
}

/** Counts vouchers that name a ledger which is in no file, as they go by. */
function strangerCounter({ ledgers }: FilesRead): {
  readonly look: (voucher: TallyVoucher) => void;
  readonly count: () => number;
} {
  const names = new Set([...ledgers.values()].map((ledger) => tallyNameKey(ledger.name)));
  // Tens of thousands of lines name the same few ledgers: a name is looked at once.
  const known = new Map<string, boolean>();
  const isKnown = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = names.has(tallyNameKey(name));
    known.set(name, found);
    return found;
  };
  let count = 0;
  return {
    look: ({ lines }) => {
      if (ledgers.size > 0 && lines.some((line) => !isKnown(line.ledgerName))) count += 1;
    },
    count: () => count,
  };
}
