import type { Row } from './mirror.ts';
import { clockAt, round, type Month } from './month.ts';

/** What is an end by the states of a message; everything else waits for something. */
const ENDS = [
  'delivered',
  'read',
  'undelivered',
  'bounced',
  'rejected',
  'skipped',
  'declined',
  'cancelled',
  'not-sent',
  'no-report',
  'user-confirmed',
  'user-cancelled',
];
/** Only a person goes on with these, and he has to know why. */
const FOR_A_PERSON = ['awaiting-approval', 'needs-person', 'handed-to-user'];
/** Ends that a person asks the reason of. */
const NEED_A_REASON = ['skipped', 'declined', 'cancelled', 'not-sent', 'rejected'];

export type Ended = {
  readonly byState: Readonly<Record<string, number>>;
  readonly unsettled: readonly string[];
};

/** Five more days on which nothing new is planned: what is under way comes to its end. */
export async function endOfMonth(month: Month): Promise<Ended> {
  const { book, size } = month;
  const { client } = book.engine;
  const { cadences } = await client.cadences.list();
  for (const { activeFrom: _, customerCount: __, problemCount: ___, ...cadence } of cadences)
    await client.cadences.save({ ...cadence, isOn: false });
  await client.reminders.savePolicy({ sendsThanks: false });
  month.during = 0;
  for (let day = size.days; day < size.days + 6; day += 1) {
    for (const hours of [10, 12, 20]) {
      await clockAt(month, day, hours);
      await round(month, 0);
    }
  }
  const rows = book.db.read(({ sqlite }) =>
    sqlite
      .prepare<[], Row>(
        `select m.id, m.channel, m.state, m.reason, m.why_json as why,
                (select group_concat(e.kind || coalesce(':' || e.detail, ''), ' > ') from message_events e where e.message_id = m.id) as events
           from messages m`,
      )
      .all(),
  );
  const text = (row: Row, name: string): string => String(row[name] ?? '');
  const byState: Record<string, number> = {};
  for (const row of rows) {
    const key = `${text(row, 'state')}${row['reason'] === null ? '' : ` (${text(row, 'reason')})`}`;
    byState[key] = (byState[key] ?? 0) + 1;
  }
  const unsettled = rows
    .filter((row) => !ENDS.includes(text(row, 'state')) || isUnexplained(row))
    .filter((row) => !FOR_A_PERSON.includes(text(row, 'state')) || isUnexplained(row))
    // A letter waits for the printer and a call for somebody to make it, until a person says so.
    .filter(
      (row) => !(text(row, 'state') === 'scheduled' && ['letter', 'call'].includes(text(row, 'channel'))),
    )
    .map((row) => `${text(row, 'id')} ${text(row, 'state')} ${text(row, 'reason')}: ${text(row, 'events')}`);
  return { byState, unsettled };
}

/** Its reason stands in the row, or its timeline ends in what the other side said. */
function isUnexplained(row: Row): boolean {
  const state = String(row['state']);
  if (!NEED_A_REASON.includes(state) && !FOR_A_PERSON.includes(state)) return false;
  return row['reason'] === null && !String(row['events'] ?? '').includes(':');
}
