import type { Stated } from '#domain/registry/merge.ts';
import { entityError, type BlindedEntity, type Subject } from '#domain/registry/subjects.ts';
import type { ItemErrorCode } from '#domain/registry/words.ts';
import { sha256 } from '../crypto.ts';
import { keyOfToken } from '../ids.ts';
import type { Tx } from '../store/database.ts';
import { entitiesOf } from '../store/subject-entities.ts';

const DIGEST_BYTES = 16;
const digests = new WeakMap<Subject, Buffer>();

/** Of everything that is judged here. */
export function subjectDigest(subject: Subject): Buffer {
  const known = digests.get(subject);
  if (known) return known;
  const { pan, gstin, entity } = subject;
  const text = JSON.stringify([pan, gstin, entity]);
  const made = Buffer.from(sha256(Buffer.from(text, 'utf8')).subarray(0, DIGEST_BYTES));
  digests.set(subject, made);
  return made;
}

/**
 * What was seen of the PANs and GSTINs of a batch when they were blinded: nothing of them is the member's word alone. Those of
 * a due that had the same ones before are right.
 */
export async function entityErrors(
  tx: Tx,
  stated: readonly Stated[],
  judgedOf: (stated: Stated) => Buffer | null,
): Promise<(stated: Stated) => ItemErrorCode | null> {
  const isJudged = (one: Stated): boolean => judgedOf(one)?.equals(subjectDigest(one.due.subject)) === true;
  const open = stated.filter((one) => !isJudged(one));
  const tokens = [
    ...new Set(
      open.flatMap(({ due: { subject } }) => [subject.pan, subject.gstin].filter((one) => one !== null)),
    ),
  ];
  const rows = await entitiesOf(tx, tokens.map(keyOfToken));
  const known = new Map(
    rows.map(({ at, is_person, holds_pan }): [string | undefined, BlindedEntity] => [
      tokens[at],
      { isPerson: is_person, holdsPan: holds_pan },
    ]),
  );
  const opened = new Set(open);
  return (one) =>
    opened.has(one) ? entityError(one.due.subject, (token) => known.get(token) ?? null) : null;
}
