import type { PlannedRow } from '#contract/engine/reminders.ts';
import type { Channel, SilenceReason } from '#domain/reminders/words.ts';

/** What makes a row worth a second look: a warning of the plan, a problem of its text, a step that wants a person. */
export type Mark = SilenceReason | 'problem' | 'needs-person' | 'edited';

/** A line of the list; of a customer with several messages only the first bears his name. */
export type RunItem = { readonly row: PlannedRow; readonly isFirst: boolean };

export type RunFilter = { readonly channel: Channel | null; readonly mark: Mark | null };
export const NO_FILTER: RunFilter = { channel: null, mark: null };

export function marksOf(
  row: Pick<PlannedRow, 'warnings' | 'problems' | 'needsPerson' | 'isEdited'>,
): readonly Mark[] {
  return [
    ...row.warnings,
    ...(row.problems.length > 0 ? (['problem'] as const) : []),
    ...(row.needsPerson ? (['needs-person'] as const) : []),
    ...(row.isEdited ? (['edited'] as const) : []),
  ];
}

/** A row whose text breaks a rule cannot be approved until it is changed. */
export function isBlocked({ problems }: Pick<PlannedRow, 'problems'>): boolean {
  return problems.some((one) => one.isBlocking);
}

/** The rows that pass the filter, each customer's together, customers in the order of the plan. */
export function itemsOf(rows: readonly PlannedRow[], { channel, mark }: RunFilter): readonly RunItem[] {
  const byCustomer = new Map<number, PlannedRow[]>();
  for (const row of rows) {
    if (channel !== null && row.channel !== channel) continue;
    if (mark !== null && !marksOf(row).includes(mark)) continue;
    const known = byCustomer.get(row.customerId);
    if (known) known.push(row);
    else byCustomer.set(row.customerId, [row]);
  }
  return [...byCustomer.values()].flatMap((own) => own.map((row, at) => ({ row, isFirst: at === 0 })));
}

/** Which channels and marks there are to filter by, with their counts. */
export function countsOf(rows: readonly PlannedRow[]): {
  readonly channels: ReadonlyMap<Channel, number>;
  readonly marks: ReadonlyMap<Mark, number>;
} {
  const channels = new Map<Channel, number>();
  const marks = new Map<Mark, number>();
  for (const row of rows) {
    channels.set(row.channel, (channels.get(row.channel) ?? 0) + 1);
    for (const mark of new Set(marksOf(row))) marks.set(mark, (marks.get(mark) ?? 0) + 1);
  }
  return { channels, marks };
}

/** What would be approved: everything but what was unticked and what a rule holds back. */
export function chosenOf(rows: readonly PlannedRow[], unticked: ReadonlySet<string>): readonly PlannedRow[] {
  return rows.filter((row) => !unticked.has(row.rowKey) && !isBlocked(row));
}

/** Unticks a row, or ticks it again; a blocked one stays as it is. */
export function tickOne(unticked: ReadonlySet<string>, row: PlannedRow): ReadonlySet<string> {
  if (isBlocked(row)) return unticked;
  const next = new Set(unticked);
  if (!next.delete(row.rowKey)) next.add(row.rowKey);
  return next;
}

/** Ticks all of these rows, or none of them where all are ticked; other rows stay as they are. */
export function tickAll(unticked: ReadonlySet<string>, rows: readonly PlannedRow[]): ReadonlySet<string> {
  const areAll = rows.every((row) => isBlocked(row) || !unticked.has(row.rowKey));
  const next = new Set(unticked);
  for (const { rowKey } of rows) {
    if (areAll) next.add(rowKey);
    else next.delete(rowKey);
  }
  return next;
}

export type RunTotals = {
  readonly messageCount: number;
  readonly customerCount: number;
  readonly costMicros: number;
  /** Messages whose price is not known, and are not in the cost. */
  readonly unpricedCount: number;
};

export function isDoneByHand(channel: Channel): boolean {
  return channel === 'letter' || channel === 'call';
}

/** Work of hands costs nothing here; every other message without a price is counted apart. */
export function totalsOf(rows: readonly PlannedRow[]): RunTotals {
  return {
    messageCount: rows.length,
    customerCount: new Set(rows.map(({ customerId }) => customerId)).size,
    costMicros: rows.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0),
    unpricedCount: rows.filter((row) => row.costMicros === null && !isDoneByHand(row.channel)).length,
  };
}

/** The row the keyboard stands on; where that is gone, the one that moved up into its place. */
export function standingOn(
  items: readonly RunItem[],
  stood: { readonly rowKey: string; readonly at: number },
): RunItem | undefined {
  return items.find(({ row }) => row.rowKey === stood.rowKey) ?? items[Math.min(stood.at, items.length - 1)];
}

/** Where the cursor goes from a key; undefined where the key does not move it. */
export function moveOf(
  key: string,
  from: number,
  wish: { readonly count: number; readonly page: number },
): number | undefined {
  const clamp = (index: number): number => Math.max(0, Math.min(wish.count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(from + 1);
    case 'ArrowUp':
      return clamp(from - 1);
    case 'PageDown':
      return clamp(from + wish.page);
    case 'PageUp':
      return clamp(from - wish.page);
    case 'Home':
      return clamp(0);
    case 'End':
      return clamp(wish.count - 1);
    default:
      return undefined;
  }
}

type Tested = { readonly gatewayId: number; readonly name: string; readonly hasReachedOwner: boolean };

/** The names of gateways that these messages go through and that have not reached their owner yet. */
export function untestedOf(
  rows: readonly Pick<PlannedRow, 'gatewayId'>[],
  gateways: readonly Tested[],
): readonly string[] {
  const used = new Set(rows.map(({ gatewayId }) => gatewayId));
  return gateways.flatMap(({ gatewayId, name, hasReachedOwner }) =>
    used.has(gatewayId) && !hasReachedOwner ? name : [],
  );
}
