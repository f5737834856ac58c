import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openStore, type Store } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { tempDatabase, type TempDatabase } from '#tests/builders/registry/postgres.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isWhole, statements } from './statements.ts';

// What keeps the registry able to move to a distributed engine (docs/registry.md 7), read from the catalogue.

vi.setConfig({ hookTimeout: 60_000 });

let database: TempDatabase;
let store: Store;
beforeAll(async () => {
  database = await tempDatabase();
  store = openStore({ url: database.url, connectionsMost: 1, onTrouble: () => undefined });
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

type Index = {
  readonly table: string;
  readonly name: string;
  readonly isPrimary: boolean;
  readonly columns: readonly string[];
};

const uniqueIndexes = (): Promise<readonly Index[]> =>
  store.rows<Index>({
    text: `SELECT t.relname AS table, c.relname AS name, i.indisprimary AS "isPrimary",
             array(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, at)
                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum ORDER BY k.at) AS columns
           FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
           WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace`,
  });

const tables = async (): Promise<readonly string[]> => {
  const rows = await store.rows<{ name: string }>({
    text: `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
  });
  return rows.map(({ name }) => name);
};

async function countOf(text: string): Promise<readonly object[]> {
  return await store.rows({ text });
}

describe('the catalogue', () => {
  it('gives every table a primary key, whose first column begins every unique index', async () => {
    const indexes = await uniqueIndexes();
    const primary = new Map(
      indexes.filter(({ isPrimary }) => isPrimary).map(({ table, columns }) => [table, columns[0]]),
    );
    const all = await tables();
    expect(all.length).toBeGreaterThan(25);
    expect([...primary.keys()].toSorted()).toEqual(all.toSorted());
    const faults = indexes.filter(({ table, columns }) => columns[0] !== primary.get(table));
    expect(faults).toEqual([]);
  });

  it('has no foreign key, trigger, rule, sequence, deferrable constraint, function, type or view of its own', async () => {
    const ours = `'public'::regnamespace`;
    const none = [
      `SELECT conname FROM pg_constraint WHERE connamespace = ${ours} AND (contype = 'f' OR condeferrable)`,
      'SELECT tgname FROM pg_trigger WHERE NOT tgisinternal',
      `SELECT rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = ${ours}`,
      `SELECT relname FROM pg_class WHERE relnamespace = ${ours} AND relkind NOT IN ('r', 'p', 'i', 'I')`,
      `SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = ${ours} AND (a.attidentity <> '' OR a.attgenerated <> '')`,
      `SELECT proname FROM pg_proc WHERE pronamespace = ${ours}`,
      `SELECT typname FROM pg_type WHERE typnamespace = ${ours} AND typtype IN ('e', 'd', 'r')`,
      `SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'`,
    ];
    for (const text of none) expect(await countOf(text), text).toEqual([]);
  });

  it('spreads every table by the first column of its primary key', async () => {
    const file = path.resolve(import.meta.dirname, '../../../src-registry/store/distribution.citus.sql');
    const text = readFileSync(file, 'utf8');
    const spread = [...text.matchAll(/create_distributed_table\('([a-z_]+)', '([a-z_]+)'/g)].map(
      ([, table, column]) => `${table}.${column}`,
    );
    const references = [...text.matchAll(/create_reference_table\('([a-z_]+)'/g)].map(([, table]) => table);
    expect(references).toEqual(['migration']);
    const primary = (await uniqueIndexes()).filter(({ isPrimary }) => isPrimary);
    const expected = primary
      .filter(({ table }) => table !== 'migration')
      .map(({ table, columns }) => `${table}.${columns[0]}`);
    expect(spread.toSorted()).toEqual(expected.toSorted());
  });

  it('holds what belongs together in one kind of column: equal names have equal types', async () => {
    const rows = await store.rows<{ name: string; types: string }>({
      text: `SELECT a.attname AS name, string_agg(DISTINCT format_type(a.atttypid, a.atttypmod), ', ') AS types
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
               AND a.attname IN ('member_no', 'subject_key', 'due_ref', 'consent_id', 'batch_id', 'dispute_id')
             GROUP BY a.attname HAVING count(DISTINCT a.atttypid) > 1`,
    });
    expect(rows).toEqual([]);
  });
});

/** They pass over a whole small table once in ten minutes or a day. */
const SWEEPS = new Set(['drop-otp-counts', 'drop-quotas']);

describe('the statements', () => {
  it('are prepared where they run often, each under a name of its own', () => {
    const all = statements();
    const named = all.flatMap(({ name }) => (name === null ? [] : [name]));
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([]);
  });

  it('ask the engine for nothing that a distributed one does otherwise', () => {
    const never = [
      /\bserial\b/i,
      /\bnextval\b/i,
      /\b(?:listen|notify)\s/i,
      /\btemp(?:orary)?\s+table\b/i,
      /\bdeferrable\b/i,
      /\brandom\s*\(/i,
      /\bcurrent_(?:date|timestamp)\b/i,
      // What is asked for stands as it is: computing it is our own work, done before.
      /\b(?!(?:any|all|values|unnest|in|and|or|not|pg_\w+)\b)[a-z_]+\s*\(\$\d/i,
    ];
    const faults = statements().flatMap(({ file, name, text }) => {
      const isInsert = /^\s*insert\s+into\s+\w+(?:\s+as\s+\w+)?\s*\(/i.test(text);
      const plain = isInsert ? text.replace(/\bvalues\s*\(/i, 'VALUES (') : text;
      const bad = never.find((pattern) => pattern.test(plain));
      return bad ? [`${file} ${name}: ${bad.source}`] : [];
    });
    expect(faults).toEqual([]);
    const clocks = statements().filter(
      ({ file, text }) => /\bnow\s*\(/i.test(text) && file !== 'store/migrate.ts',
    );
    expect(clocks).toEqual([]);
  });

  it('find their rows by an index, from its first column on', async () => {
    const named = statements().filter((one) => one.name !== null && isWhole(one) && !SWEEPS.has(one.name));
    const faults: string[] = [];
    await explainStrictly();
    for (const { file, name, text } of named)
      for (const fault of await faultsOfPlan(text)) faults.push(`${file} ${name}: ${fault}`);
    expect(faults).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('are looked at by a test that finds what is wrong', async () => {
    await explainStrictly();
    expect(await faultsOfPlan('SELECT 1 FROM member WHERE legal_name = $1')).toHaveLength(1);
    expect(await faultsOfPlan('SELECT 1 FROM quota WHERE day < $1')).toHaveLength(1);
    expect(await faultsOfPlan('SELECT 1 FROM quota WHERE member_no = $1 AND day < $2')).toEqual([]);
  });
});

async function explainStrictly(): Promise<void> {
  await store.rows({ text: 'SET plan_cache_mode = force_generic_plan' });
  // Tables are empty here, and reading all of one would be the cheapest. It is still chosen where there is no other way.
  await store.rows({ text: 'SET enable_seqscan = off' });
}

type Plan = Readonly<Record<string, unknown>> & { readonly Plans?: readonly Plan[] };

async function faultsOfPlan(text: string): Promise<readonly string[]> {
  const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const nulls = Array<string>(count).fill('NULL').join(', ');
  await store.rows({ text: `PREPARE looked AS ${text}` });
  const [row] = await store.rows<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>({
    text: `EXPLAIN (FORMAT JSON) EXECUTE looked${count > 0 ? ` (${nulls})` : ''}`,
  });
  await store.rows({ text: 'DEALLOCATE looked' });
  const firsts = await firstColumns();
  return nodesOf((row?.['QUERY PLAN'] ?? []).map(({ Plan: plan }) => plan)).flatMap((node) => {
    if (node['Node Type'] === 'Seq Scan') return [`reads all of ${String(node['Relation Name'])}`];
    const index = firsts.get(String(node['Index Name']));
    if (!index || index.isPartial) return [];
    const condition = typeof node['Index Cond'] === 'string' ? node['Index Cond'] : '';
    const isFromFirst = new RegExp(`\\b${index.column}\\b`).test(condition);
    return isFromFirst ? [] : [`reads all of ${String(node['Index Name'])}`];
  });
}

function nodesOf(plans: readonly Plan[]): readonly Plan[] {
  return plans.flatMap((plan) => [plan, ...nodesOf(plan.Plans ?? [])]);
}

type First = { readonly column: string; readonly isPartial: boolean };

async function firstColumns(): Promise<ReadonlyMap<string, First>> {
  const rows = await store.rows<First & { readonly name: string }>({
    text: `SELECT c.relname AS name, a.attname AS column, i.indpred IS NOT NULL AS "isPartial"
           FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
           WHERE c.relnamespace = 'public'::regnamespace`,
  });
  return new Map(rows.map(({ name, ...first }) => [name, first]));
}
