import { day } from '#domain/days.ts';
import { signingKey, newSeed } from '#registry/crypto.ts';
import { auditDatabase, type AuditFault } from '#registry/log/audit.ts';
import { signedCheckpoint } from '#registry/log/checkpoints.ts';
import { sequence } from '#registry/log/sequencer.ts';
import type { Tx } from '#registry/store/database.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
import { call, member, must } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { rootOf } from '#domain/registry/merkle.ts';
import { sha256 } from '#registry/crypto.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// What an insider with the whole database in his hands can do to it, and whether the proofs show it.
// BAAKI_TAMPERINGS: how many; BAAKI_SEED: which.

const TAMPERINGS = Number(process.env['BAAKI_TAMPERINGS'] ?? 100);
const SEED = Number(process.env['BAAKI_SEED'] ?? 6);

let registry: TempRegistry;
let told: readonly string[];
beforeAll(async () => {
  registry = await tempRegistry();
  const notes: string[] = [];
  for (let at = 0; at < 2; at += 1) {
    const seller = await member(registry);
    const { origin, now } = registry.registry;
    const of = { origin, memberId: seller.member.member_id, deviceId: 'd1', key: seller.key, now };
    const next = batcher(of);
    const dues = ['a', 'b', 'c', 'd'].map((ref) =>
      due({ ref, of: ref, grade: ref === 'a' ? 'claim' : 'doc' }),
    );
    const send = async (...of_: Parameters<typeof next.batch>): Promise<void> => {
      registry.pass({ seconds: 1 });
      await seller.answer('sendBatch', { body: next.batch(...of_), isZipped: true });
    };
    await send(dues);
    await send([
      due({ ref: 'a', of: 'a', rev: 2, state: 'settled' }),
      due({ ref: 'b', of: 'b', rev: 2, state: 'part' }),
    ]);
    await sequence(registry.registry);
    notes.push(await must(call(registry, 'checkpoint')));
    await send([
      due({ ref: 'b', of: 'b', rev: 3, state: 'settled' }),
      due({ ref: 'c', of: 'c', rev: 3, state: 'withdrawn' }),
    ]);
    await send([due({ ref: 'late', of: 'late', dueDay: day('2026-11-01'), invoiceDay: day('2026-10-01') })]);
  }
  await sequence(registry.registry);
  told = [...notes, await must(call(registry, 'checkpoint'))];
});

async function faultsIn(tx: Tx, notes: readonly string[] = []): Promise<readonly AuditFault[]> {
  const { origin, logKey, receiptKey, today } = registry.registry;
  const keys = { origin, logKey: logKey.publicKey, receiptKey: receiptKey.publicKey };
  return await auditDatabase(tx, { ...keys, today: today(), told: notes });
}

const UNDO = 'undo';

/** What the audit finds once this was done; it is undone afterwards. */
async function after(
  tamper: (tx: Tx) => Promise<void>,
  notes: readonly string[] = [],
): Promise<readonly AuditFault[]> {
  let found: readonly AuditFault[] = [];
  const work = async (tx: Tx): Promise<void> => {
    await tamper(tx);
    found = await faultsIn(tx, notes);
    throw new Error(UNDO);
  };
  await expect(registry.registry.store.transaction(work)).rejects.toThrow(UNDO);
  return found;
}

/** The same; null where the table itself refused it (a key twice, an amount below nothing). */
async function afterIfPossible(tamper: (tx: Tx) => Promise<void>): Promise<readonly AuditFault[] | null> {
  let isRefused = false;
  const tried = async (tx: Tx): Promise<void> => {
    try {
      await tamper(tx);
    } catch (error) {
      isRefused = error instanceof Error && 'code' in error && String(error.code).startsWith('23');
      throw isRefused ? new Error(UNDO) : error;
    }
  };
  const found = await after(tried);
  return isRefused ? null : found;
}

/** Tables of what was promised, their keys, and the columns that a member or the log stands for. */
const TABLES = {
  submission: [
    'device_no',
    'epoch',
    'seq',
    'kind',
    'digest',
    'root',
    'header',
    'signature',
    'body',
    'received_at',
    'receipt',
    'leaf',
  ],
  due: [
    'ver',
    'state',
    'entity',
    'invoice_on',
    'due_on',
    'amount_p',
    'open_p',
    'settled_on',
    'evidence',
    'evidence_hash',
    'basis_consent',
    'subject',
    'salt',
    'batch_id',
    'item_at',
    'content',
    'reported_at',
    'subject_key',
    'due_ref',
    'member_no',
  ],
  member_due: ['ver', 'state', 'settled_on', 'open_p', 'content', 'subject_key', 'due_ref', 'member_no'],
  log_leaf: ['idx', 'leaf'],
  log_tile: ['level', 'n', 'hashes'],
  log_head: ['size', 'checkpoint'],
  device: ['public_key'],
} as const;
type Table = keyof typeof TABLES;

let state = SEED;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const oneOf = <One>(all: readonly One[]): One => all[random(all.length)] as One;

type Row = Readonly<Record<string, unknown>>;

/** Another value of the same kind. */
function changed(value: unknown, column: string): unknown {
  if (Buffer.isBuffer(value)) {
    const bytes = Buffer.from(value);
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    return bytes;
  }
  if (column === 'received_at' || column === 'reported_at')
    return new Date(Number(value) + 1_000).toISOString();
  if (typeof value === 'number') return value + (random(2) === 0 ? 1 : -1) * (1 + random(3));
  if (column.endsWith('_on'))
    return value === null ? '2026-10-01' : value === '2026-07-01' ? '2026-07-02' : '2026-07-01';
  if (column === 'state') return value === 'open' ? 'written_off' : 'open';
  if (column === 'evidence') return value === 'ack' ? 'doc' : 'ack';
  if (column === 'entity') return value === 'F' ? 'C' : 'F';
  if (column === 'evidence_hash') return Buffer.alloc(32, 7);
  if (column === 'basis_consent') return registry.registry.newId();
  if (column === 'batch_id') return registry.registry.newId();
  const text = String(value);
  const at = random(text.length);
  return `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`;
}

async function all(tx: Tx, table: Table): Promise<readonly (Row & { readonly at: string })[]> {
  return await tx.rows({ text: `SELECT ctid::text AS at, * FROM ${table}` });
}

async function set(tx: Tx, table: Table, at: string, values: Row): Promise<void> {
  const names = Object.keys(values);
  const list = names.map((name, index) => `${name} = $${index + 2}`).join(', ');
  await tx.rows({
    text: `UPDATE ${table} SET ${list} WHERE ctid = $1::tid`,
    values: [at, ...Object.values(values)],
  });
}

const WAYS = {
  edit: async (tx: Tx): Promise<void> => {
    const table = oneOf(Object.keys(TABLES) as Table[]);
    const row = oneOf(await all(tx, table));
    const column = oneOf<string>(TABLES[table]);
    const value = row[column];
    // Amounts stay within what the table itself allows.
    if (column === 'open_p' || column === 'amount_p')
      return set(tx, table, row.at, {
        [column]: column === 'open_p' ? (value === 7 ? 8 : 7) : Number(value) + 1,
      });
    return set(tx, table, row.at, { [column]: changed(value, column) });
  },
  delete: async (tx: Tx): Promise<void> => {
    const table = oneOf(Object.keys(TABLES) as Table[]);
    const row = oneOf(await all(tx, table));
    await tx.rows({ text: `DELETE FROM ${table} WHERE ctid = $1::tid`, values: [row.at] });
  },
  insert: async (tx: Tx): Promise<void> => {
    const table = oneOf(['submission', 'due', 'member_due', 'log_leaf', 'log_tile', 'log_queue'] as const);
    if (table === 'log_queue')
      return void (await tx.rows({
        text: `INSERT INTO log_queue VALUES (0, $1, '2026-11-22T00:00:00Z')`,
        values: [Buffer.from(registry.registry.randomBytes(32))],
      }));
    const { at: _, ...row } = oneOf(await all(tx, table));
    const keys = {
      submission: { batch_id: registry.registry.newId() },
      due: oneOf([
        { due_ref: changed(row['due_ref'], 'due_ref') },
        { subject_key: changed(row['subject_key'], 'subject_key') },
        { member_no: 424_242 },
      ]),
      member_due: { due_ref: changed(row['due_ref'], 'due_ref') },
      log_leaf: { idx: 1_000 + random(9), leaf: Buffer.from(registry.registry.randomBytes(32)) },
      log_tile: { n: 1 + random(9) },
    }[table];
    const made: Row = { ...row, ...keys };
    const names = Object.keys(made);
    const values = Object.entries(made).map(([name, value]) =>
      name.endsWith('_at') && typeof value === 'number' && name !== 'item_at'
        ? new Date(value).toISOString()
        : value,
    );
    await tx.rows({
      text: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')})`,
      values,
    });
  },
  reorder: async (tx: Tx): Promise<void> => {
    const swaps = [
      ['log_leaf', ['leaf']],
      ['submission', ['receipt']],
      ['submission', ['body']],
      ['submission', ['header', 'signature', 'leaf', 'digest', 'root', 'seq']],
      ['due', ['content', 'salt']],
      ['due', ['batch_id', 'item_at']],
      [
        'due',
        ['amount_p', 'open_p', 'state', 'settled_on', 'ver', 'content', 'salt', 'evidence', 'evidence_hash'],
      ],
      ['member_due', ['content']],
      ['device', ['public_key']],
    ] as const;
    const [table, columns] = oneOf(swaps);
    const rows = await all(tx, table);
    const first = oneOf(rows);
    const isOther = (row: Row): boolean => columns.some((name) => String(row[name]) !== String(first[name]));
    const second = oneOf(rows.filter(isOther));
    const take = (row: Row): Row => Object.fromEntries(columns.map((name) => [name, row[name]]));
    // The index of leaves has each once: the first makes room.
    if (table === 'log_leaf') await set(tx, table, first.at, { leaf: Buffer.alloc(32) });
    const [fresh] =
      table === 'log_leaf'
        ? await tx.rows<{ at: string }>({
            text: 'SELECT ctid::text AS at FROM log_leaf WHERE leaf = $1',
            values: [Buffer.alloc(32)],
          })
        : [first];
    await set(tx, table, second.at, take(first));
    await set(tx, table, fresh?.at ?? first.at, take(second));
  },
};

describe('the audit', () => {
  it('finds nothing in a database that nobody touched, with every checkpoint that was told', async () => {
    expect(await faultsIn(registry.registry.store, told)).toEqual([]);
  });

  it(
    `finds each of ${TAMPERINGS} edits, deletions, insertions and reorderings`,
    { timeout: Math.max(120_000, TAMPERINGS * 100) },
    async () => {
      const missed: string[] = [];
      const ways = Object.keys(WAYS) as (keyof typeof WAYS)[];
      for (let done = 0; done < TAMPERINGS;) {
        const [way, before] = [oneOf(ways), state];
        const found = await afterIfPossible(WAYS[way]);
        if (found === null) continue;
        done += 1;
        if (found.length === 0) missed.push(`${way} ${before}`);
      }
      expect(missed).toEqual([]);
    },
  );

  it('finds a log that was cut short or rewritten and signed anew, by a checkpoint that somebody kept', async () => {
    const shortened = async (tx: Tx): Promise<void> => {
      const leaves = await tx.rows<{ leaf: Buffer }>({ text: 'SELECT leaf FROM log_leaf ORDER BY idx' });
      const kept = leaves.slice(0, -1).map(({ leaf }) => leaf);
      const note = signedCheckpoint(registry.registry, kept.length, rootOf(sha256, kept));
      await tx.rows({ text: 'DELETE FROM log_leaf WHERE idx = $1', values: [kept.length] });
      await tx.rows({ text: 'UPDATE log_tile SET hashes = $1', values: [Buffer.concat(kept)] });
      await tx.rows({ text: 'UPDATE log_head SET size = $1, checkpoint = $2', values: [kept.length, note] });
    };
    expect(await after(shortened, told)).toContain('log-history');
    const swapped = async (tx: Tx): Promise<void> => {
      const leaves = await tx.rows<{ leaf: Buffer }>({ text: 'SELECT leaf FROM log_leaf ORDER BY idx' });
      const turned = leaves.map(({ leaf }) => leaf).toReversed();
      await tx.rows({ text: 'DELETE FROM log_leaf' });
      for (const [idx, leaf] of turned.entries())
        await tx.rows({ text: 'INSERT INTO log_leaf VALUES (0, $1, $2)', values: [idx, leaf] });
      await tx.rows({ text: 'UPDATE log_tile SET hashes = $1', values: [Buffer.concat(turned)] });
      const note = signedCheckpoint(registry.registry, turned.length, rootOf(sha256, turned));
      await tx.rows({ text: 'UPDATE log_head SET checkpoint = $1', values: [note] });
    };
    expect(await after(swapped)).toEqual([]);
    expect(await after(swapped, told)).toEqual(['log-history']);
  });

  it('finds signatures by another key, and takes what retention erased', async () => {
    const { origin, logKey, receiptKey, today } = registry.registry;
    const own = { origin, logKey: logKey.publicKey, receiptKey: receiptKey.publicKey, today: today() };
    const other = signingKey(newSeed()).publicKey;
    const { store } = registry.registry;
    expect(await auditDatabase(store, { ...own, logKey: other })).toEqual(['log-signature']);
    expect(await auditDatabase(store, { ...own, receiptKey: other })).toEqual(['batch-receipt']);
    const erased = async (tx: Tx): Promise<void> => {
      for (const table of ['due', 'member_due'])
        await tx.rows({ text: `DELETE FROM ${table} WHERE state = 'withdrawn'` });
    };
    expect(await after(erased)).toEqual(['due-missing']);
    registry.pass({ days: 30 });
    expect(await after(erased)).toEqual([]);
    const withoutBodies = (tx: Tx): Promise<void> =>
      tx.rows({ text: 'UPDATE submission SET body = NULL' }).then(() => undefined);
    expect(await after(withoutBodies)).toEqual([]);
  });
});
