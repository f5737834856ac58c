import type { Stated } from '#domain/registry/merge.ts';
import { entityError, type BlindedEntity } from '#domain/registry/subjects.ts';
import type { ItemErrorCode } from '#domain/registry/words.ts';
import { keyOfToken } from '../ids.ts';
import type { Tx } from '../store/database.ts';
import { entitiesOf } from '../store/subject-entities.ts';

/** What was seen of the PANs and GSTINs of a batch when they were blinded: nothing of them is the member's word alone. */
export async function entityErrors(
  tx: Tx,
  stated: readonly Stated[],
): Promise<(stated: Stated) => ItemErrorCode | null> {
  const tokens = [
    ...new Set(
      stated.flatMap(({ due: { subject } }) => [subject.pan, subject.gstin].filter((one) => one !== null)),
    ),
  ];
  const rows = await entitiesOf(tx, tokens.map(keyOfToken));
  const known = new Map(
    rows.map(({ at, is_person, holds_pan }): [string | undefined, BlindedEntity] => [
      tokens[at],
      { isPerson: is_person, holdsPan: holds_pan },
    ]),
  );
  return ({ due: { subject } }) => entityError(subject, (token) => known.get(token) ?? null);
}
