import type { ReadTx } from './database.ts';
import { oncePrepared } from './statements.ts';

// When facts of reminders may have changed, noticed by the file itself: messages that go on, leases and rates move nothing
// here, so that what was read for a check need not be read again after each of them. Of the tables that are filled in bulk
// rows added are those above the last id seen, which costs a bulk write nothing; the rest is counted by triggers of this
// connection only, which are rolled back together with the write.

type Watched = {
  readonly table: string;
  /** Columns whose change matters; '' = any. */
  readonly columns?: string;
  /** Rows that matter, of the new or the old row. */
  readonly when?: (row: 'new' | 'old') => string;
};

/** The owner's own rules. */
const RULES: readonly Watched[] = [
  { table: 'settings', when: (row) => `${row}.key in ('reminders-policy', 'business')` },
  { table: 'cadences' },
  { table: 'cadence_assignments' },
  { table: 'message_templates' },
  {
    table: 'gateways',
    columns: 'kind, channel, is_on, place, price_per_part_micros, gst_bps, paused_at, removed_at',
  },
];

const PEOPLE: readonly Watched[] = [
  { table: 'contacts' },
  { table: 'customer_tags' },
  { table: 'consents' },
  { table: 'suppressions' },
  { table: 'reminder_pauses' },
  { table: 'replies', columns: 'customer_id, answered_at, kind' },
  { table: 'tally_ledgers', columns: 'customer_id, gone_at' },
  { table: 'tally_differences' },
];

/** Filled in bulk: rows added are seen by their ids. */
const BULK = ['customers', 'bills', 'instalments', 'receipts', 'credits', 'allocations'] as const;

const COUNT = (part: string): string => `update watched_facts set times = times + 1 where part = '${part}';`;

function triggersOf(part: string, { table, columns, when }: Watched, hasInserts: boolean): string {
  const on = (event: string, row: 'new' | 'old'): string =>
    `create temp trigger if not exists watched_${table}_${event.slice(0, 6)} after ${event} on main.${table}
       ${when === undefined ? '' : `when ${when(row)}`} begin ${COUNT(part)} end;`;
  const changed = columns === undefined ? 'update' : `update of ${columns}`;
  return [hasInserts ? on('insert', 'new') : '', on(changed, 'new'), on('delete', 'old')].join('\n');
}

const WATCH = `
  create temp table if not exists watched_facts (part text primary key, times integer not null) without rowid;
  insert or ignore into temp.watched_facts values ('rules', 0), ('people', 0);
  ${RULES.map((one) => triggersOf('rules', one, true)).join('\n')}
  ${PEOPLE.map((one) => triggersOf('people', one, true)).join('\n')}
  ${BULK.map((table) => triggersOf('people', { table }, false)).join('\n')}`;

const counted = oncePrepared((sqlite) => {
  sqlite.exec(WATCH);
  const ids = BULK.map((table) => `(select max(id) from ${table})`).join();
  return {
    rules: sqlite.prepare<[], unknown[]>(`select times from temp.watched_facts where part = 'rules'`).raw(),
    people: sqlite.prepare<[], unknown[]>(`select sum(times), ${ids} from temp.watched_facts`).raw(),
    others: sqlite.prepare<[], unknown[]>('pragma data_version').raw(),
  };
});

/** Another text whenever the policy, who writes, the cadences, the texts or the gateways may have changed. */
export function rulesVersion(tx: ReadTx): string {
  const { rules, others } = counted(tx);
  return `${String(rules.get())}|${String(others.get())}`;
}

/** Another text whenever anything may have changed of which the facts of a customer are made, but for messages. */
export function factsVersion(tx: ReadTx): string {
  const { people, others } = counted(tx);
  return `${String(people.get())}|${String(others.get())}`;
}
