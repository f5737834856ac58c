// Aging of a million bills as of any day, from columns: how it stands to one plain pass over the same arrays, measured
// in the same run, so that the machine's own speed cancels out. Run: npm run bench
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { diceOf } from '#domain/demo.ts';
import { agingMatrix, bucketTotalsOn, columnsOf, type LedgerColumns } from '#domain/ledger-columns.ts';
import type { Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import { paise } from '#domain/money.ts';

const BILLS = 1_000_000;
const ALLOCATIONS = 1_500_000;
const CUSTOMERS = 5000;
const SPAN_DAYS = 1100;
const ROUNDS = 15;
const FIRST = day('2023-01-01');
const AS_OF = addDays(FIRST, 900);

function makeLedger(): Ledger {
  const dice = diceOf(7);
  const foreign = { currency: null, foreignMinor: null };
  const bills = Array.from({ length: BILLS }, (_, at): LedgerBill => {
    const billDay = addDays(FIRST, dice.between(0, SPAN_DAYS));
    const dueDay = addDays(billDay, dice.between(0, 90));
    const amountPaise = paise(dice.between(10_000, 50_000_000));
    const customerId = dice.between(1, CUSTOMERS);
    const fixed = { kind: 'invoice', number: null, instalments: null, ...foreign } as const;
    return { ...fixed, billId: at + 1, customerId, billDay, dueDay, amountPaise };
  });
  const moneyIn: LedgerMoneyIn[] = [];
  const allocations: LedgerAllocation[] = [];
  for (let at = 0; at < ALLOCATIONS; at += 1) {
    const bill = at % BILLS;
    const owed = bills[bill];
    if (!owed) continue;
    const on = addDays(owed.dueDay, dice.between(-20, 60));
    const amountPaise = paise(Math.floor(owed.amountPaise / 3));
    const { customerId } = owed;
    moneyIn.push({
      kind: 'receipt',
      documentId: at + 1,
      customerId,
      number: null,
      day: on,
      effectiveDay: on,
      amountPaise,
      ...foreign,
    });
    allocations.push({ bill, moneyIn: at, instalmentId: null, allocationDay: on, amountPaise });
  }
  return { bills, moneyIn, allocations };
}

/** The floor: every event's amount, added up. */
function plainPass({ paise: amounts, days }: LedgerColumns, asOf: number): number {
  let sum = 0;
  for (let at = 0; at < amounts.length; at += 1) if ((days[at] ?? 0) <= asOf) sum += amounts[at] ?? 0;
  return sum;
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const ledger = makeLedger();
let columns: LedgerColumns | undefined;
const buildMs = timed(() => (columns = columnsOf(ledger)));
if (!columns) throw new Error('No columns were made.');
const made = columns;
const months = Array.from({ length: 24 }, (_, at) => addDays(AS_OF, 30 * (at - 23)));
const floor: number[] = [];
const aging: number[] = [];
const trend: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  floor.push(timed(() => plainPass(made, 30_000)));
  aging.push(timed(() => agingMatrix(made, AS_OF)));
  trend.push(timed(() => bucketTotalsOn(made, months)));
}
const report = {
  bills: BILLS,
  allocations: ALLOCATIONS,
  events: made.days.length,
  buildMs: Math.round(buildMs),
  columnsMb: Math.round((made.days.length * (4 + 4 + 4 + 8 + 1)) / 1e6),
  floorMs: median(floor),
  agingMs: median(aging),
  agingToFloor: median(aging.map((ms, at) => ms / (floor[at] ?? 1))),
  trendMs: median(trend),
  trendToAging: median(trend.map((ms, at) => ms / (aging[at] ?? 1))),
};
const folder = path.resolve(import.meta.dirname, '../../test-results/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'aging.json'), JSON.stringify(report, null, 2));
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
