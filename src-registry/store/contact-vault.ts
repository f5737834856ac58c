import type { Day } from '#domain/days.ts';
import type { Tx } from './database.ts';

type Row = { readonly dek_wrapped: Buffer };

export async function dataKeyOf(tx: Tx, subjectKey: Uint8Array): Promise<Buffer | null> {
  const [row] = await tx.rows<Row>({
    name: 'data-key',
    text: 'SELECT dek_wrapped FROM contact_vault WHERE subject_key = $1',
    values: [subjectKey],
  });
  return row?.dek_wrapped ?? null;
}

/** The key that stands there afterwards: another's, where another was faster. */
export async function addDataKey(tx: Tx, subjectKey: Uint8Array, wrapped: Uint8Array): Promise<Buffer> {
  const [row] = await tx.rows<Row>({
    name: 'add-data-key',
    text: `INSERT INTO contact_vault AS v (subject_key, dek_wrapped) VALUES ($1, $2)
           ON CONFLICT (subject_key) DO UPDATE SET dek_wrapped = v.dek_wrapped RETURNING dek_wrapped`,
    values: [subjectKey, wrapped],
  });
  if (!row) throw new Error('The key of a contact could not be stored.');
  return row.dek_wrapped;
}

/** Of a subject, whose key goes again where nothing was sealed with it after all. */
type NewKey = { readonly subject: Uint8Array; readonly wrapped: Uint8Array };

/** The same for many subjects at once; in the order of subjects, so that nobody waits in a ring. */
export async function addDataKeys(
  tx: Tx,
  keys: readonly NewKey[],
  day: Day,
): Promise<readonly (Row & { readonly subject_key: Buffer })[]> {
  const bySubject = new Map(keys.map((key) => [Buffer.from(key.subject).toString('hex'), key]));
  const sorted = [...bySubject].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
  if (sorted.length === 0) return [];
  return await tx.rows<Row & { readonly subject_key: Buffer }>({
    name: 'add-data-keys',
    text: `INSERT INTO contact_vault AS v (idle_on, subject_key, dek_wrapped)
           SELECT $3, w.* FROM unnest($1::bytea[], $2::bytea[]) AS w
           ON CONFLICT (subject_key) DO UPDATE SET idle_on = excluded.idle_on RETURNING subject_key, dek_wrapped`,
    values: [sorted.map(({ subject }) => subject), sorted.map(({ wrapped }) => wrapped), day],
  });
}

export async function dropDataKey(tx: Tx, subjectKey: Uint8Array): Promise<void> {
  await tx.rows({
    name: 'drop-data-key',
    text: 'DELETE FROM contact_vault WHERE subject_key = $1',
    values: [subjectKey],
  });
}

export type IdleWish = { readonly until: Day; readonly most: number };

/** Keys of which nobody has looked since `until` whether anything is sealed with them. */
export async function idleKeys(tx: Tx, { until, most }: IdleWish): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'idle-keys',
    text: `SELECT subject_key FROM contact_vault WHERE idle_on IS NOT NULL AND idle_on <= $1
           ORDER BY idle_on, subject_key LIMIT $2`,
    values: [until, most],
  });
  return rows.map(({ subject_key }) => subject_key);
}

/** Those of the keys that something is sealed with: how a subject is reached, or what he asked to be erased. */
export async function usedKeys(tx: Tx, keys: readonly Buffer[]): Promise<readonly Buffer[]> {
  const contacts = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'used-by-contacts',
    text: 'SELECT DISTINCT subject_key FROM contact WHERE subject_key = ANY ($1)',
    values: [[...keys]],
  });
  const requests = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'used-by-requests',
    text: `SELECT DISTINCT subject_key FROM erase_request
           WHERE subject_key = ANY ($1) AND outcome IS DISTINCT FROM 'erased'`,
    values: [[...keys]],
  });
  return [...contacts, ...requests].map(({ subject_key }) => subject_key);
}

/** Nobody need look at them again. */
export async function keepKeys(tx: Tx, keys: readonly Buffer[], until: Day): Promise<void> {
  await tx.rows({
    name: 'keep-keys',
    text: 'UPDATE contact_vault SET idle_on = NULL WHERE subject_key = ANY ($1) AND idle_on <= $2',
    values: [[...keys], until],
  });
}

/** Whoever has just taken one up keeps it. */
export async function dropIdleKeys(tx: Tx, keys: readonly Buffer[], until: Day): Promise<void> {
  await tx.rows({
    name: 'drop-idle-keys',
    text: 'DELETE FROM contact_vault WHERE subject_key = ANY ($1) AND idle_on <= $2',
    values: [[...keys], until],
  });
}

/** What was sealed with it is gone: it is looked at in the next night. */
export async function setIdle(tx: Tx, keys: readonly Buffer[], day: Day): Promise<void> {
  await tx.rows({
    name: 'set-idle',
    text: 'UPDATE contact_vault SET idle_on = $2 WHERE subject_key = ANY ($1) AND idle_on IS NULL',
    values: [[...keys], day],
  });
}
