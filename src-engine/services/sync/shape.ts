import type { Day } from '#domain/days.ts';
import type { TallyCompany, TallyVoucher, VoucherShape } from '#domain/tally/facts.ts';
import type { DayCount } from '#domain/tally/windows.ts';
import { patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import type { Run } from './runs.ts';
import { answerOf, targetOf } from './talk.ts';

type Probe = {
  readonly connection: ConnectionRow;
  readonly company: TallyCompany;
  readonly counts: readonly DayCount[];
};

/** A day with more vouchers than this is a dear question for what it answers. */
const PROBE_VOUCHERS_MOST = 500;
const PROBE_DAYS_MOST = 10;

/**
 * Some Tallys lose the types of allocations when these alone are asked for. Asked once, on a busy day: the cheap way is
 * taken only where both said the same of at least one bill; until then the dear way is right.
 */
export async function probeShape(run: Run, { connection, company, counts }: Probe): Promise<void> {
  if (connection.voucherShape !== null) return;
  const days = counts
    .filter(({ count }) => count > 0 && count <= PROBE_VOUCHERS_MOST)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, PROBE_DAYS_MOST);
  for (const { day } of days) {
    const full = await vouchersOf(run, company, { day, shape: 'every-field' });
    if (full === null) return;
    if (!full.some(hasBill)) continue;
    const cheap = await vouchersOf(run, company, { day, shape: 'allocations' });
    const isEqual = cheap !== null && textOf(cheap) === textOf(full);
    const voucherShape = isEqual ? 'allocations' : 'every-field';
    run.context.db.write((tx) => patchConnection(tx, { voucherShape }));
    return;
  }
}

async function vouchersOf(
  run: Run,
  company: TallyCompany,
  { day, shape }: { readonly day: Day; readonly shape: VoucherShape },
): Promise<readonly TallyVoucher[] | null> {
  const found: TallyVoucher[] = [];
  const on = targetOf(run.talk, company.name, true);
  const asked = run.talk.source.vouchers(on, { from: day, to: day, shape }, (voucher) => {
    found.push(voucher);
  });
  const answer = await answerOf(run.talk, asked);
  return answer.ok ? found : null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hasBill({ lines }: TallyVoucher): boolean {
  return lines.some((line) => line.allocations.some(({ ref }) => ref !== null));
}

function textOf(vouchers: readonly TallyVoucher[]): string {
  const parts = vouchers.map(({ guid, lines }) => {
    const said = lines.map(({ ledgerName, amountPaise, allocations }) => [
      ledgerName,
      amountPaise,
      allocations,
    ]);
    return `${guid} ${JSON.stringify(said)}`;
  });
  return parts.toSorted(compareText).join('\n');
}
