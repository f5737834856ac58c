import type { Events } from './ledger-events.ts';

/** Amounts under an age day without the days on which they came about. */
export type Amounts = Pick<Events, 'length' | 'dueDays' | 'billDays' | 'rows' | 'paise' | 'documents'>;

/**
 * What was open after all events of a day and before: one amount for each document, where the events have one for each
 * thing that happened to it. Most of what ever happened is settled long since, so that a sum as of a day is made of the
 * last snapshot before it and of the events after that.
 */
export type Snapshot = {
  readonly day: number;
  /** How many of the sorted events are in it. */
  readonly end: number;
  readonly open: Amounts;
};

const SNAPSHOTS = 8;
const EVENTS_BETWEEN_LEAST = 4096;

/** About `between` events stand between one snapshot and the next. */
export function snapshotsOf(
  events: Events,
  between: number = Math.max(EVENTS_BETWEEN_LEAST, Math.ceil(events.length / SNAPSHOTS)),
): readonly Snapshot[] {
  const running = runningAmounts(events);
  const snapshots: Snapshot[] = [];
  for (let at = 0; at < events.length; at += 1) {
    running.add(at);
    const day = events.days[at] ?? 0;
    const isLastOfDay = at + 1 === events.length || (events.days[at + 1] ?? 0) > day;
    const before = snapshots.at(-1)?.end ?? 0;
    if (!isLastOfDay || at + 1 - before < between) continue;
    snapshots.push({ day, end: at + 1, open: running.open() });
  }
  return snapshots;
}

type Running = { readonly add: (at: number) => void; readonly open: () => Amounts };

/** Slot 0 is nobody's: a document without a slot has it. */
function runningAmounts({ documents, rows, dueDays, billDays, paise: amounts, length }: Events): Running {
  let most = 0;
  for (let at = 0; at < length; at += 1) most = Math.max(most, Math.abs(documents[at] ?? 0));
  const slotOf = {
    bills: new Int32Array(most + 1),
    receipts: new Int32Array(most + 1),
    credits: new Int32Array(most + 1),
  };
  // Instalments of a bill but the first that was met stand apart, by bill and due day.
  const apart = new Map<string, number>();
  const firstEvent: number[] = [-1];
  const sums: number[] = [0];
  const newSlot = (at: number): number => {
    firstEvent.push(at);
    sums.push(0);
    return sums.length - 1;
  };
  const slotAt = (at: number): number => {
    const document = documents[at] ?? 0;
    const isBill = ((rows[at] ?? 0) & 1) === 1;
    const slots = isBill ? slotOf.bills : document > 0 ? slotOf.receipts : slotOf.credits;
    const id = Math.abs(document);
    const known = slots[id] ?? 0;
    if (known === 0) return (slots[id] = newSlot(at));
    if (dueDays[firstEvent[known] ?? 0] === dueDays[at]) return known;
    const key = `${document}:${dueDays[at]}`;
    const slot = apart.get(key) ?? newSlot(at);
    apart.set(key, slot);
    return slot;
  };
  return {
    add: (at) => {
      const slot = slotAt(at);
      sums[slot] = (sums[slot] ?? 0) + (amounts[at] ?? 0);
    },
    open: () => {
      let count = 0;
      for (const sum of sums) if (sum !== 0) count += 1;
      const open = amountsOfLength(count);
      let to = 0;
      sums.forEach((sum, slot) => {
        if (sum === 0) return;
        const at = firstEvent[slot] ?? 0;
        open.dueDays[to] = dueDays[at] ?? 0;
        open.billDays[to] = billDays[at] ?? 0;
        open.rows[to] = rows[at] ?? 0;
        open.paise[to] = sum;
        open.documents[to] = documents[at] ?? 0;
        to += 1;
      });
      return open;
    },
  };
}

function amountsOfLength(length: number): Amounts {
  return {
    length,
    dueDays: new Int32Array(length),
    billDays: new Int32Array(length),
    rows: new Int32Array(length),
    paise: new Float64Array(length),
    documents: new Int32Array(length),
  };
}

/** The last snapshot of a day or before; null when the day is before them all. */
export function snapshotBefore(snapshots: readonly Snapshot[], day: number): Snapshot | null {
  return snapshots.findLast((one) => one.day <= day) ?? null;
}
