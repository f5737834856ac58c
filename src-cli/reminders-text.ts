import type { Book } from '#contract/engine/books.ts';
import type { PlanShown, SendingStatus } from '#contract/engine/reminders.ts';
import { formatDay } from '#domain/days.ts';
import { formatMoney, mulDiv } from '#domain/money.ts';
import { tableText } from './table-text.ts';

const left = (heading: string) => ({ heading, align: 'left' }) as const;
const right = (heading: string) => ({ heading, align: 'right' }) as const;

/** Millionths of a rupee as rupees. */
function cost(micros: number | null): string {
  return micros === null ? '–' : formatMoney(mulDiv(micros, 1, 10_000));
}

export function planText({ name }: Book, plan: PlanShown): string {
  const { day, rows, silences, totals, rowsHash } = plan;
  const title = `${name}: what would be sent on ${formatDay(day)}`;
  const messages = tableText({
    columns: [left('Customer'), left('Channel'), left('To'), right('Owed'), right('Cost'), left('Text')],
    rows: rows.map((row) => [
      row.customerName,
      row.channel,
      row.address,
      formatMoney(row.balancePaise),
      cost(row.costMicros),
      row.problems.some((one) => one.isBlocking)
        ? `cannot leave: ${row.problems[0]?.detail.en ?? ''}`
        : row.text,
    ]),
    footer: [
      `${totals.messageCount} messages`,
      '',
      '',
      formatMoney(totals.balancePaise),
      cost(totals.costMicros),
      '',
    ],
  });
  const silent = tableText({
    columns: [left('Gets nothing'), right('Owed'), left('Why'), left('Until')],
    rows: silences.map((one) => [
      one.customerName,
      formatMoney(one.balancePaise),
      one.reason,
      one.until === null ? '' : formatDay(one.until),
    ]),
  });
  return [title, '', messages, '', silent, '', `Approve it with --hash ${rowsHash}`].join('\n');
}

export function statusText({ name }: Book, status: SendingStatus): string {
  const lines: readonly (readonly [string, string | number])[] = [
    ['Sending is stopped', stoppedBy(status)],
    ['Only rehearsed', status.isDryRun ? 'yes' : 'no'],
    ['To approve today', status.toApproveCount],
    ['Scheduled', status.scheduledCount],
    ['Held back', status.heldCount],
    ['Leaving', status.sendingCount],
    ['Not known whether they left', status.unknownCount],
    ['To print', status.toPrintCount],
    ['To call', status.toCallCount],
    ['To send by hand', status.toHandCount],
    ['Replies that wait', status.repliesCount],
    ['Payments to confirm', status.claimsCount],
    ['Sent today', status.sentTodayCount],
    ['Spent today', cost(status.spentTodayMicros)],
    ['Spent this month', cost(status.spentMonthMicros)],
  ];
  const elsewhere = status.heldElsewhere;
  const held =
    elsewhere === null
      ? []
      : [`Messages leave from elsewhere: ${elsewhere.owner}${elsewhere.isCopy ? ' (this is a copy)' : ''}.`];
  const table = tableText({
    columns: [left(name), right('')],
    rows: lines.map(([what, value]) => [what, String(value)]),
  });
  return [table, ...held].join('\n');
}

function stoppedBy({ isKilled, stopFile }: SendingStatus): string {
  if (stopFile !== null) return `yes, by the file ${stopFile} in the data folder`;
  return isKilled ? 'yes' : 'no';
}
