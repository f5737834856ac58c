import type { Paise } from '#domain/money.ts';
import type { ReadTx, WriteTx } from './database.ts';

export type RunOutcome = 'done' | 'nothing-new' | 'failed' | 'stopped';

export type RunCounts = {
  readonly requestCount: number;
  /** Tally's own time of all requests together. */
  readonly tallyMilliseconds: number;
  readonly byteCount: number;
  readonly ledgerCount: number;
  readonly billCount: number;
  readonly voucherCount: number;
  /** Documents of the book. */
  readonly addedCount: number;
  readonly changedCount: number;
  readonly goneCount: number;
};

/** Instants are UTC milliseconds. */
export type RunEnd = RunCounts & {
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  readonly failureJson: string | null;
  /** Tally's total less the book's; null where it was not compared. */
  readonly differencePaise: Paise | null;
};

/** A run that is not over has no outcome and counts nothing yet. */
export type RunRow = Omit<RunEnd, 'endedAt' | 'outcome'> & {
  readonly runId: number;
  readonly kind: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: RunOutcome | null;
};

export function startRun(tx: WriteTx, run: { readonly kind: string; readonly startedAt: number }): number {
  const { lastInsertRowid } = tx.sqlite
    .prepare<typeof run>(
      `insert into sync_runs (kind, started_at, request_count, tally_milliseconds, byte_count, ledger_count,
                              bill_count, voucher_count, added_count, changed_count, gone_count)
       values (@kind, @startedAt, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
    )
    .run(run);
  return Number(lastInsertRowid);
}

export function endRun(tx: WriteTx, runId: number, end: RunEnd): void {
  tx.sqlite
    .prepare<RunEnd & { runId: number }>(
      `update sync_runs set ended_at = @endedAt, outcome = @outcome, failure_json = @failureJson,
              request_count = @requestCount, tally_milliseconds = @tallyMilliseconds, byte_count = @byteCount,
              ledger_count = @ledgerCount, bill_count = @billCount, voucher_count = @voucherCount,
              added_count = @addedCount, changed_count = @changedCount, gone_count = @goneCount,
              difference_paise = @differencePaise
        where id = @runId`,
    )
    .run({ ...end, runId });
}

/** Newest first. */
export function runRows(tx: ReadTx, most: number): readonly RunRow[] {
  return tx.sqlite
    .prepare<[number], RunRow>(
      `select id as runId, kind, started_at as startedAt, ended_at as endedAt, outcome, failure_json as failureJson,
              request_count as requestCount, tally_milliseconds as tallyMilliseconds, byte_count as byteCount,
              ledger_count as ledgerCount, bill_count as billCount, voucher_count as voucherCount,
              added_count as addedCount, changed_count as changedCount, gone_count as goneCount,
              difference_paise as differencePaise
         from sync_runs order by started_at desc, id desc limit ?`,
    )
    .all(most);
}

/** A process that was killed has left its run open: it was stopped, nobody knows when. Answers how many there were. */
export function endDanglingRuns(tx: WriteTx, now: number): number {
  return tx.sqlite
    .prepare(`update sync_runs set ended_at = ?, outcome = 'stopped' where ended_at is null`)
    .run(now).changes;
}
