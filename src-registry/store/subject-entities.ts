import type { Day } from '#domain/days.ts';
import { byteas } from './arrays.ts';
import type { Tx } from './database.ts';

export type EntityRow = {
  readonly subject_key: Buffer;
  /** The PAN's fourth letter is P; null where the identifier holds no PAN. */
  readonly is_person: boolean | null;
  readonly holds_pan: boolean;
};

/** What was blinded, once each; in the order of keys, so that nobody waits in a ring. */
export async function seeEntities(tx: Tx, day: Day, entities: readonly EntityRow[]): Promise<void> {
  const once = new Map(entities.map((one) => [one.subject_key.toString('hex'), one]));
  const sorted = [...once].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  if (sorted.length === 0) return;
  await tx.rows({
    name: 'see-entities',
    text: `INSERT INTO subject_entity AS e (seen_on, subject_key, is_person, holds_pan)
           SELECT $1, w.* FROM unnest($2::bytea[], $3::boolean[], $4::boolean[]) AS w
           ON CONFLICT (subject_key) DO UPDATE SET seen_on = excluded.seen_on WHERE e.seen_on < excluded.seen_on`,
    values: [
      day,
      sorted.map((one) => one.subject_key),
      sorted.map((one) => one.is_person),
      sorted.map((one) => one.holds_pan),
    ],
  });
}

export type EntityAt = Omit<EntityRow, 'subject_key'> & {
  /** Which of the keys that were asked for. */
  readonly at: number;
};

/** Those of the keys that were ever blinded here. */
export async function entitiesOf(tx: Tx, keys: readonly Buffer[]): Promise<readonly EntityAt[]> {
  if (keys.length === 0) return [];
  return await tx.rows<EntityAt>({
    name: 'entities',
    text: `SELECT (w.n - 1)::integer AS at, e.is_person, e.holds_pan
           FROM unnest($1::bytea[]) WITH ORDINALITY AS w (subject_key, n)
           JOIN subject_entity e ON e.subject_key = w.subject_key`,
    values: [byteas(keys)],
  });
}

/** Of identifiers that nobody blinded since `until` and of which nobody has looked whether anything stands under them. */
export async function oldEntities(
  tx: Tx,
  { until, most }: { readonly until: Day; readonly most: number },
): Promise<readonly Buffer[]> {
  const rows = await tx.rows<{ readonly subject_key: Buffer }>({
    name: 'old-entities',
    text: 'SELECT subject_key FROM subject_entity WHERE seen_on <= $1 ORDER BY seen_on, subject_key LIMIT $2',
    values: [until, most],
  });
  return rows.map(({ subject_key }) => subject_key);
}

type Key = { readonly subject_key: Buffer };

/** Those under which a due, a consent, a contact or another name of a subject stands. */
export async function keysInUse(tx: Tx, keys: readonly Buffer[]): Promise<readonly Buffer[]> {
  const values = [[...keys]];
  const rows = [
    await tx.rows<Key>({
      name: 'keys-of-dues',
      text: 'SELECT DISTINCT subject_key FROM due WHERE subject_key = ANY ($1)',
      values,
    }),
    await tx.rows<Key>({
      name: 'keys-of-consents',
      text: 'SELECT DISTINCT subject_key FROM consent_of_subject WHERE subject_key = ANY ($1)',
      values,
    }),
    await tx.rows<Key>({
      name: 'keys-of-contacts',
      text: 'SELECT DISTINCT subject_key FROM contact WHERE subject_key = ANY ($1)',
      values,
    }),
    await tx.rows<Key>({
      name: 'keys-of-aliases',
      text: 'SELECT DISTINCT other_key AS subject_key FROM alias WHERE other_key = ANY ($1)',
      values,
    }),
  ];
  return rows.flat().map(({ subject_key }) => subject_key);
}

export async function dropEntities(tx: Tx, keys: readonly Buffer[], until: Day): Promise<void> {
  await tx.rows({
    name: 'drop-entities',
    text: 'DELETE FROM subject_entity WHERE subject_key = ANY ($1) AND seen_on <= $2',
    values: [[...keys], until],
  });
}

/** Looked at, and in use: the time counts anew. */
export async function keepEntities(tx: Tx, keys: readonly Buffer[], day: Day): Promise<void> {
  await tx.rows({
    name: 'keep-entities',
    text: 'UPDATE subject_entity SET seen_on = $2 WHERE subject_key = ANY ($1)',
    values: [[...keys], day],
  });
}
