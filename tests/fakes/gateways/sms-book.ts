import type { DltScrubber } from '../dlt/scrubber.ts';
import type { Accepted } from './server.ts';

// What every SMS vendor keeps of its messages, whatever its interface looks like.

export type SmsRow = {
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
  readonly header: string;
  readonly at: number;
  status: 'sent' | 'delivered' | 'failed';
  /** The DLT code or the vendor's reason of a failure. */
  reason: string | null;
};

export type SmsWish = {
  readonly to: string;
  readonly text: string;
  readonly header: string;
  readonly entityId: string | null;
  readonly templateId: string | null;
  readonly ids?: Readonly<Record<string, string>>;
};

export type SmsBook = {
  readonly rows: readonly SmsRow[];
  /** Only what came through to a phone: not what DLT refused. */
  readonly accepted: readonly Accepted[];
  readonly take: (wish: SmsWish) => SmsRow;
  readonly deliver: (id: string) => void;
  readonly fail: (id: string, reason: string) => void;
};

export function smsBook(dlt: DltScrubber | null, now: () => number): SmsBook {
  const rows: SmsRow[] = [];
  const accepted: Accepted[] = [];
  const set = (id: string, status: SmsRow['status'], reason: string | null): void => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw new Error(`No message ${id}`);
    row.status = status;
    row.reason = reason;
  };
  return {
    rows,
    accepted,
    take: (wish) => {
      const { to, text, header, entityId, templateId, ids = {} } = wish;
      const verdict = dlt?.scrub({ entityId, templateId, header, text }) ?? null;
      const isRefused = verdict !== null && !verdict.ok;
      const row: SmsRow = {
        id: `31${String(rows.length + 1).padStart(10, '0')}`,
        to,
        text,
        header,
        at: now(),
        status: isRefused ? 'failed' : 'sent',
        reason: isRefused ? verdict.code : null,
      };
      rows.push(row);
      if (!isRefused) accepted.push({ to, text, ids: { header, ...ids }, at: row.at });
      return row;
    },
    deliver: (id) => set(id, 'delivered', null),
    fail: (id, reason) => set(id, 'failed', reason),
  };
}

/** '2026-11-22 17:05:09' in India, as Indian vendors write instants. */
export function indianText(instant: number): string {
  return new Date(instant + 19_800_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** The rows as the fault wants them: each twice, or an older state of each after the newer one. */
export function bentRows<T>(rows: readonly T[], older: (row: T) => T, fault: string | null): readonly T[] {
  if (fault === 'duplicate-status') return rows.flatMap((row) => [row, row]);
  if (fault === 'out-of-order-status') return [...rows, ...rows.map(older)];
  return rows;
}
