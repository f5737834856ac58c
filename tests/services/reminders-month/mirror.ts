import type { BookFile } from '#engine/storage/database.ts';

// The book as it stood at any moment, in the order in which SQLite committed it. Triggers write every change of a row into
// a table of the test's own; the mirror plays them again, so that what was true in the very transaction of a claim is known
// whatever was written a moment later.

/** A row as SQLite gives it: it knows no true and false. */
export type Row = Readonly<Record<string, string | number | null>>;
type Change = {
  readonly seq: number;
  readonly noun: string;
  readonly row: number;
  readonly fields: string | null;
};

/** Tables, and the columns by which their rows are asked for. */
const TABLES = {
  customers: [],
  bills: ['customer_id'],
  instalments: ['bill_id'],
  receipts: ['customer_id'],
  credits: ['customer_id'],
  allocations: ['bill_id', 'receipt_id', 'credit_id'],
  consents: ['customer_id'],
  suppressions: [],
  reminder_pauses: ['customer_id'],
  replies: ['customer_id'],
  gateways: [],
  settings: [],
  messages: ['customer_id', 'address'],
  message_events: [],
} as const;
export type Noun = keyof typeof TABLES;

const COLUMNS: Partial<Record<Noun, readonly string[]>> = {
  messages: [
    'id',
    'uid',
    'customer_id',
    'address',
    'channel',
    'state',
    'purpose',
    'for_day',
    'cadence_id',
    'gateway_id',
  ],
  message_events: ['id', 'message_id', 'at', 'kind'],
};
const ONLY: Partial<Record<Noun, string>> = {
  message_events: `new.kind in ('claimed', 'by-person')`,
  settings: `new.key like 'reminders-%'`,
};

/** Lets the book tell of every change from here on, and of each row that is in it now. */
export function listenTo(db: BookFile): void {
  db.write(({ sqlite }) => {
    sqlite.exec(
      'create table if not exists month_changes (seq integer primary key, noun text, row integer, fields text)',
    );
    for (const noun of nouns()) {
      const known =
        COLUMNS[noun] ??
        sqlite
          .prepare<[], { name: string }>(`pragma table_xinfo(${noun})`)
          .all()
          .map(({ name }) => name);
      const told = (of: string): string =>
        `json_object(${known.map((name) => `'${name}', ${of}.${name}`).join(', ')})`;
      const when = ONLY[noun] === undefined ? '' : `when ${ONLY[noun]}`;
      const write = (of: string, fields: string): string =>
        `insert into month_changes (noun, row, fields) values ('${noun}', ${of}.rowid, ${fields});`;
      sqlite.exec(
        `insert into month_changes (noun, row, fields) select '${noun}', new.rowid, ${told('new')} from ${noun} as new ${when.replace('when', 'where')};
         create trigger month_${noun}_added after insert on ${noun} ${when} begin ${write('new', told('new'))} end;
         create trigger month_${noun}_changed after update on ${noun} ${when} begin ${write('new', told('new'))} end;
         create trigger month_${noun}_gone after delete on ${noun} begin ${write('old', 'null')} end;`,
      );
    }
  });
}

function nouns(): readonly Noun[] {
  return Object.keys(TABLES) as Noun[];
}

export type Mirror = {
  /** Plays what was committed since; `onClaim` is told of each claim with the book as it was in that transaction. */
  readonly catchUp: (db: BookFile) => void;
  readonly rows: (noun: Noun) => ReadonlyMap<number, Row>;
  /** Rows by a column, in order of id. */
  readonly by: (noun: Noun, column: string, value: unknown) => readonly Row[];
  readonly one: (noun: Noun, id: number) => Row;
  readonly setting: (key: string) => unknown;
};

export function mirrorOf(onEvent: (event: Row, seq: number) => void): Mirror {
  const tables = new Map<Noun, Map<number, Row>>(nouns().map((noun) => [noun, new Map()]));
  const indexes = new Map<string, Set<number>>();
  let played = 0;
  const tableOf = (noun: Noun): Map<number, Row> => tables.get(noun) ?? new Map();
  const keysOf = (noun: Noun, row: Row): readonly string[] =>
    TABLES[noun].map((column) => `${noun}|${column}|${String(row[column])}`);
  const put = (noun: Noun, id: number, row: Row | null): void => {
    const before = tableOf(noun).get(id);
    if (before) for (const key of keysOf(noun, before)) indexes.get(key)?.delete(id);
    if (row === null) {
      tableOf(noun).delete(id);
      return;
    }
    tableOf(noun).set(id, row);
    for (const key of keysOf(noun, row)) indexes.set(key, (indexes.get(key) ?? new Set()).add(id));
  };
  const play = ({ seq, noun, row, fields }: Change): void => {
    const known = noun as Noun;
    const parsed = fields === null ? null : (JSON.parse(fields) as Row);
    played = seq;
    if (known === 'message_events' && parsed !== null) onEvent(parsed, seq);
    else put(known, row, parsed);
  };
  return {
    catchUp: (db) => {
      const news = db.read(({ sqlite }) =>
        sqlite
          .prepare<[number], Change>(
            'select seq, noun, row, fields from month_changes where seq > ? order by seq',
          )
          .all(played),
      );
      for (const change of news) play(change);
    },
    rows: tableOf,
    by: (noun, column, value) =>
      [...(indexes.get(`${noun}|${column}|${String(value)}`) ?? [])]
        .toSorted((a, b) => a - b)
        .map((id) => tableOf(noun).get(id) ?? {}),
    one: (noun, id) => {
      const row = tableOf(noun).get(id);
      if (row === undefined) throw new Error(`There is no row ${id} in ${noun}.`);
      return row;
    },
    setting: (key) => {
      const row = [...tableOf('settings').values()].find((one) => one['key'] === key);
      return row === undefined ? null : JSON.parse(String(row['value_json']));
    },
  };
}
