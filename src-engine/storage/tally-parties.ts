import type { Day } from '#domain/days.ts';
import type { Paise } from '#domain/money.ts';
import { readCreditPeriod } from '#domain/tally/credit-period.ts';
import type { TallyAllocationType, TallyOpeningBill, TallyVoucherKind } from '#domain/tally/facts.ts';
import type { PartyFacts, PartyLine } from '#domain/tally/party.ts';
import type { ReadTx } from './database.ts';
import { oncePrepared } from './statements.ts';
import type { ConnectionRow } from './tally-connection.ts';
import { ledgerRow, ledgerRows, openBillsOf, openingBillsOf } from './tally-masters.ts';
import type { LedgerRow, OpenBillRow } from './tally-masters.ts';
import { shortGuid, VOUCHER_LINES } from './tally-vouchers.ts';

/** What of the connection the facts of a party need; without `historyFrom` its vouchers are left out. */
export type PartyFrame = Pick<ConnectionRow, 'companyGuid' | 'asOfDay' | 'booksFrom' | 'historyFrom'> &
  Pick<PartyFacts, 'today'>;

export type Party = { readonly ledger: LedgerRow; readonly facts: PartyFacts };

type LineRow = [
  ledgerId: number,
  lineId: number,
  voucherId: number,
  guid: string | null,
  day: Day,
  kind: TallyVoucherKind,
  number: string | null,
  narration: string | null,
  line: number,
  type: TallyAllocationType,
  ref: string | null,
  billDay: Day | null,
  dueDay: Day | null,
  amountPaise: Paise,
];

// The few lines of the ledgers lead (cross join), by their index, so that nothing has to be sorted by SQLite.
const LINES = `select l.ledger_id, l.id, v.id, v.guid, v.day, v.kind, v.number, v.narration, l.line, l.type, l.ref,
         l.bill_day, l.due_day, l.amount_paise
    from tally_lines l cross join tally_vouchers v on v.id = l.id / ${VOUCHER_LINES}
   where l.ledger_id between ? and ? and v.state = 0
   order by l.ledger_id`;

/** Lines of vouchers that count, in order of day, then of entry. */
export function partyLines(tx: ReadTx, ledgerId: number): readonly PartyLine[] {
  return linesOf(linesStatement(tx).all(ledgerId, ledgerId));
}

const linesStatement = oncePrepared((sqlite) => sqlite.prepare<[number, number], LineRow>(LINES).raw());

/** Vouchers are numbered in order of entry. */
function linesOf(rows: readonly LineRow[]): readonly PartyLine[] {
  const sorted = rows.toSorted((a, b) => {
    if (a[4] !== b[4]) return a[4] < b[4] ? -1 : 1;
    return a[2] - b[2] || a[8] - b[8] || a[1] - b[1];
  });
  let before: LineRow | undefined;
  let position = 0;
  return sorted.map((row) => {
    const [, , id, guid, day, kind, number, narration, line, type, ref, billDay, dueDay, amountPaise] = row;
    position = before !== undefined && before[2] === id && before[8] === line ? position + 1 : 0;
    before = row;
    const voucher = { voucherGuid: shortGuid(id, guid), day, kind, number, narration };
    return { ...voucher, line, position, type, ref, billDay, dueDay, amountPaise };
  });
}

/** All that is known of one ledger; null for a ledger that is not here. Throws where no bills were read yet. */
export function partyFactsOf(tx: ReadTx, ledgerId: number, frame: PartyFrame): PartyFacts | null {
  const ledger = ledgerRow(tx, { ledgerId });
  if (!ledger) return null;
  const lines = frame.historyFrom === null ? [] : partyLines(tx, ledgerId);
  const [openBills, openingBills] = [openBillsOf(tx, ledgerId), openingBillsOf(tx, ledgerId)];
  return factsOf(ledger, frame, { openBills, openingBills, lines });
}

function factsOf(
  { guid, isBillWise, creditPeriod, closingPaise }: LedgerRow,
  { companyGuid, asOfDay, today, booksFrom, historyFrom }: PartyFrame,
  { lines, ...bills }: Pick<PartyFacts, 'openBills' | 'openingBills' | 'lines'>,
): PartyFacts {
  if (asOfDay === null) throw new Error('No bills were read from Tally yet.');
  const ofHistory = historyFrom === null ? [] : lines.filter((line) => line.day >= historyFrom);
  return {
    ledgerGuid: guid.startsWith(`${companyGuid}-`) ? guid.slice(companyGuid.length + 1) : guid,
    isBillWise,
    creditDays: creditDaysOf(creditPeriod),
    closingPaise,
    asOf: asOfDay,
    today,
    booksFrom,
    historyFrom,
    ...bills,
    lines: ofHistory,
  };
}

/** Months are no number of days by themselves. */
function creditDaysOf(period: string | null): number | null {
  const { value } = readCreditPeriod(period);
  return value?.unit === 'days' ? value.count : null;
}

/** Lines read at once; a single ledger with more is still read whole. */
const LINES_MOST = 20_000;
const LEDGERS_MOST = 500;

/** Many parties in order of ledger id, a bounded number of lines at a time; the caller may write between two of them. */
export function* everyParty(
  tx: ReadTx,
  frame: PartyFrame,
  isWanted: (ledger: LedgerRow) => boolean = (ledger) => ledger.customerId !== null,
): Generator<Party, void> {
  const counts = frame.historyFrom === null ? new Map<number, number>() : lineCounts(tx);
  let chunk: LedgerRow[] = [];
  // Lines between the first and the last ledger of the chunk, those of unwanted ones too.
  let size = 0;
  for (const ledger of ledgerRows(tx)) {
    const own = counts.get(ledger.ledgerId) ?? 0;
    if (chunk.length > 0 && (size + own > LINES_MOST || chunk.length >= LEDGERS_MOST)) {
      yield* partiesOf(tx, frame, chunk);
      chunk = [];
    }
    if (chunk.length === 0) size = 0;
    if (!isWanted(ledger) && chunk.length === 0) continue;
    if (isWanted(ledger)) chunk.push(ledger);
    size += own;
  }
  yield* partiesOf(tx, frame, chunk);
}

function lineCounts(tx: ReadTx): ReadonlyMap<number, number> {
  return new Map(
    tx.sqlite
      .prepare<[], [number, number]>('select ledger_id, count(*) from tally_lines group by ledger_id')
      .raw()
      .all(),
  );
}

function* partiesOf(tx: ReadTx, frame: PartyFrame, ledgers: readonly LedgerRow[]): Generator<Party, void> {
  const [first, last] = [ledgers[0]?.ledgerId, ledgers.at(-1)?.ledgerId];
  if (first === undefined || last === undefined) return;
  const lines = new Map<number, LineRow[]>();
  if (frame.historyFrom !== null) {
    const rows = tx.sqlite.prepare<[number, number], LineRow>(LINES).raw().all(first, last);
    for (const row of rows) {
      const own = lines.get(row[0]);
      if (own) own.push(row);
      else lines.set(row[0], [row]);
    }
  }
  const bills = billsBetween(tx, first, last);
  for (const ledger of ledgers) {
    const { ledgerId } = ledger;
    const facts = factsOf(ledger, frame, {
      openBills: bills.open.get(ledgerId) ?? [],
      openingBills: bills.opening.get(ledgerId) ?? [],
      lines: linesOf(lines.get(ledgerId) ?? []),
    });
    lines.delete(ledgerId);
    yield { ledger, facts };
  }
}

function billsBetween(tx: ReadTx, first: number, last: number) {
  const open = tx.sqlite
    .prepare<[number, number], OpenBillRow>(
      `select ledger_id as ledgerId, ref, bill_day as billDay, due_day as dueDay, balance_paise as balancePaise
         from tally_open_bills where ledger_id between ? and ? order by ledger_id, ref, bill_day`,
    )
    .all(first, last);
  const opening = tx.sqlite
    .prepare<[number, number], Omit<TallyOpeningBill, 'isAdvance'> & { readonly ledgerId: number }>(
      `select ledger_id as ledgerId, ref, bill_day as billDay, due_day as dueDay, amount_paise as amountPaise
         from tally_opening_bills where ledger_id between ? and ? order by ledger_id, position`,
    )
    .all(first, last)
    .map((row) => ({ ...row, isAdvance: row.amountPaise < 0 }));
  return { open: byLedger(open), opening: byLedger(opening) };
}

function byLedger<T extends { readonly ledgerId: number }>(
  rows: readonly T[],
): ReadonlyMap<number, readonly Omit<T, 'ledgerId'>[]> {
  const found = new Map<number, Omit<T, 'ledgerId'>[]>();
  for (const { ledgerId, ...row } of rows) {
    const own = found.get(ledgerId);
    if (own) own.push(row);
    else found.set(ledgerId, [row]);
  }
  return found;
}
