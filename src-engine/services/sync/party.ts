import type { PartyState } from '#contract/engine/sync.ts';
import { refuse } from '#domain/result.ts';
import { ZERO } from '#domain/money.ts';
import { reportDay } from '#domain/tally/edu-days.ts';
import { isUnmoved } from '#domain/tally/in-step.ts';
import type { TallyPartyState } from '../../adapters/ports.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { endRun, startRun } from '../../storage/sync-runs.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import {
  ledgerRow,
  openBillsOf,
  replaceOpenBills,
  setClosings,
  type LedgerRow,
} from '../../storage/tally-masters.ts';
import { accepted } from '../documents.ts';
import { failed, type BookContext } from '../door.ts';
import { setAhead } from './ahead.ts';
import { identityOf, ourCompany } from './company.ts';
import { deriveInto } from './derive.ts';
import { moved, TallyStopped } from './failures.ts';
import { keepTieOut } from './keep-tie-out.ts';
import { checkNow } from './keeper.ts';
import { runnerOf, stoppable, tellMoved } from './runner.ts';
import { ask, talkWith, targetOf, type Talk } from './talk.ts';
import { tieOutOne, type Tied } from './tie-out.ts';

/** What the last sync knows of a customer; null for one that is not from Tally. */
export function partyNow({ db }: BookContext, customerId: number): PartyState | null {
  return db.read((tx) => {
    const connection = connectionRow(tx);
    const ledger = ledgerRow(tx, { customerId });
    return connection && ledger ? stateOf(tx, connection, ledger) : null;
  });
}

function stateOf(tx: ReadTx, connection: ConnectionRow, ledger: LedgerRow): PartyState | null {
  const { asOfDay, syncedAt } = connection;
  if (asOfDay === null || syncedAt === null) return null;
  return showState(tieOutOne(tx, connection, ledger, asOfDay), { readAt: syncedAt, asOf: asOfDay });
}

function showState({ ledger, party }: Tied, at: Pick<PartyState, 'readAt' | 'asOf'>): PartyState {
  const { tallyPaise, onAccountPaise, tiesOut } = party;
  const bills = party.bills.map((bill) => ({
    ref: bill.ref,
    billId: bill.billId,
    tallyPaise: bill.tallyPaise,
    baakiPaise: bill.baakiPaise,
    tallyBillDay: bill.tallyBillDay,
    baakiBillDay: bill.baakiBillDay,
    tallyDueDay: bill.tallyDueDay,
    baakiDueDay: bill.baakiDueDay,
    causes: [...bill.causes],
  }));
  return { ...at, tallyPaise, onAccountPaise, isBillWise: ledger.isBillWise, tiesOut, bills };
}

/** Reads one customer's balance and bills from Tally now, and keeps them where they are other than was known. */
export function refreshParty(
  context: BookContext,
  customerId: number,
  signal?: AbortSignal,
): Promise<PartyState> {
  const runner = runnerOf(context.db);
  const reading = refresh(context, customerId, signal);
  runner.parties = Promise.allSettled([runner.parties, reading]).then(() => undefined);
  return reading;
}

async function refresh(
  context: BookContext,
  customerId: number,
  signal: AbortSignal | undefined,
): Promise<PartyState> {
  const { asOfDay } = known(context, customerId).connection;
  const asOf = reportDay(context.today, known(context, customerId).connection.isEducational);
  // All balances here are as of one day: one that has begun since is followed first.
  if (asOfDay !== asOf) await checkNow(context);
  let found = await readParty(context, customerId, signal);
  if (found.read.ledger?.guid !== found.ledger.guid) {
    // Renamed or deleted since: the counters say so too.
    await checkNow(context);
    found = await readParty(context, customerId, signal);
  }
  return keep(context, found);
}

type Known = { readonly connection: ConnectionRow; readonly ledger: LedgerRow };
type Found = Known & {
  readonly read: TallyPartyState;
  readonly talk: Talk;
  readonly startedAt: number;
  /** Tally's counters are not those up to which the book was read. */
  readonly isAhead: boolean;
  readonly companyName: string;
};

function known({ db }: BookContext, customerId: number): Known {
  return db.read((tx) => {
    const connection = connectionRow(tx);
    const ledger = ledgerRow(tx, { customerId });
    if (!connection?.isConnected || connection.asOfDay === null) {
      return accepted(refuse('not-connected', 'This book is not connected to a Tally.'));
    }
    if (!ledger) return accepted(refuse('not-from-tally', 'This customer is not from Tally.'));
    return { connection, ledger };
  });
}

/** Times a party is read because the books moved between its bills and its balance. */
const READS_MOST = 3;

async function readParty(context: BookContext, customerId: number, asked?: AbortSignal): Promise<Found> {
  const { connection, ledger } = known(context, customerId);
  const { host, port, asOfDay } = connection;
  const startedAt = context.now();
  return await stoppable(runnerOf(context.db), async (stop) => {
    const signal = asked ? AbortSignal.any([asked, stop]) : stop;
    const talk = talkWith(context.tally, { host, port }, signal);
    try {
      let before = await ourCompany(talk, identityOf(connection));
      for (let times = 0; times < READS_MOST; times += 1) {
        // By the name it bears now: a company that was renamed moves no counter.
        const on = targetOf(talk, before.name);
        const read = await ask(talk, context.tally.party(on, ledger.name, asOfDay ?? context.today));
        const after = await ourCompany(talk, identityOf(connection));
        if (isUnmoved(before, after)) {
          const isAhead = !isUnmoved(connection, after);
          return { connection, ledger, read, talk, startedAt, isAhead, companyName: after.name };
        }
        before = after;
      }
    } catch (error) {
      throw error instanceof TallyStopped ? failed(error.failure) : error;
    }
    throw failed(moved(READS_MOST));
  });
}

function keep(context: BookContext, found: Found): PartyState {
  const { ledger, read, companyName } = found;
  const { db, now } = context;
  if (companyName !== found.connection.companyName) {
    db.write((tx) => patchConnection(tx, { companyName }));
    context.changed('sync');
  }
  const runner = runnerOf(db);
  const isSame = db.read((tx) => isAsKnown(tx, ledger, read));
  if (!isSame && read.ledger?.guid === ledger.guid) {
    db.write((tx) => writeParty(tx, context, found));
    runner.partyWrites += 1;
    context.changed('sync', 'customers', 'bills', 'receipts', 'credits', 'aging');
    tellMoved(runner);
  }
  return db.read((tx) => {
    const connection = connectionRow(tx);
    const row = ledgerRow(tx, { ledgerId: ledger.ledgerId });
    const state = connection && row ? stateOf(tx, connection, row) : null;
    if (!state) throw new Error('A party that was read is not in the book.');
    return { ...state, readAt: now() };
  });
}

function isAsKnown(tx: ReadTx, ledger: LedgerRow, read: TallyPartyState): boolean {
  const row = ledgerRow(tx, { ledgerId: ledger.ledgerId });
  if (row?.closingPaise !== (read.ledger?.closingPaise ?? ZERO)) return false;
  const textOf = (bills: readonly { ref: string; billDay: string; dueDay: string; balancePaise: number }[]) =>
    JSON.stringify(
      bills
        .map(({ ref, billDay, dueDay, balancePaise }) => [ref, billDay, dueDay, balancePaise])
        .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
    );
  return textOf(openBillsOf(tx, ledger.ledgerId)) === textOf(read.bills);
}

function writeParty(
  tx: WriteTx,
  context: BookContext,
  { ledger, read, talk, startedAt, isAhead }: Found,
): void {
  const { now, today } = context;
  const { ledgerId } = ledger;
  const connection = connectionRow(tx);
  if (!connection) throw new Error('This book is not tied to a Tally.');
  if (isAhead) setAhead(tx, true);
  const runId = startRun(tx, { kind: 'party', startedAt });
  const rows = read.bills.map(({ ref, billDay, dueDay, balancePaise }) => ({
    ledgerId,
    ref,
    billDay,
    dueDay,
    balancePaise,
  }));
  replaceOpenBills(tx, rows, { ledgerId });
  setClosings(tx, new Map([[ledgerId, read.ledger?.closingPaise ?? ZERO]]));
  const at = now();
  const counts = deriveInto(tx, { connection, today, now: at, parties: new Set([ledgerId]) });
  keepTieOut(tx, connection, new Set([ledgerId]));
  endRun(tx, runId, {
    ...talk.costs,
    endedAt: at,
    outcome: 'done',
    failureJson: null,
    ledgerCount: 1,
    billCount: rows.length,
    voucherCount: 0,
    addedCount: counts.added,
    changedCount: counts.changed,
    goneCount: counts.gone,
    differencePaise: null,
  });
}
