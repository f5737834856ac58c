import {
  identifierText,
  keyVersionOf,
  subjectKey,
  type Identifier,
  type Subject,
} from '#domain/registry/subjects.ts';
import type { IdentifierKind } from '#domain/registry/words.ts';
import type { RegistryLink, RegistryTrouble } from '../../adapters/registry-port.ts';
import type { ReadTx } from '../../storage/database.ts';
import { putToken, tokenOf, valueOf } from '../../storage/registry-tokens.ts';
import type { BookContext } from '../door.ts';

// Identifiers become tokens once, by the registry's blinder; after that only tokens leave.

const BLINDED_AT_ONCE = 500;

/** Blinds what has no token yet. What is done stays done: the next call goes on from there. */
export async function blindAll(
  { db, registry }: Pick<BookContext, 'db' | 'registry'>,
  link: RegistryLink,
  wish: { readonly identifiers: readonly Identifier[]; readonly keyVersion: string },
): Promise<RegistryTrouble | null> {
  const { keyVersion } = wish;
  const all = new Map(wish.identifiers.map((one) => [identifierText(one), one]));
  const missing = db.read((tx) => [...all.values()].filter((one) => tokenOf(tx, one, keyVersion) === null));
  for (let at = 0; at < missing.length; at += BLINDED_AT_ONCE) {
    const some = missing.slice(at, at + BLINDED_AT_ONCE);
    const ids = some.map(({ kind, value }) => ({ kind, value }));
    const asked = await registry.call(link, 'blind', {
      body: { schema: 'blind.v1', kv: keyVersion, ids },
    });
    if (!asked.ok) return asked;
    const { tokens } = asked.value;
    if (tokens.length !== some.length)
      return { ok: false, reason: 'foreign', code: 'BAD-ANSWER', retryAfterSeconds: null };
    db.write((tx) =>
      // An identifier that the registry says is none has an empty token, and is not asked about again.
      some.forEach((one, place) => putToken(tx, { ...one, keyVersion }, tokens[place] ?? '')),
    );
  }
  return null;
}

/** Null: something is not blinded yet, or nothing of it is an identifier. */
export function subjectOf(
  tx: ReadTx,
  {
    identifiers,
    entity,
  }: { readonly identifiers: readonly Identifier[]; readonly entity: Subject['entity'] },
  keyVersion: string,
): Subject | null {
  const tokens = new Map<IdentifierKind, string>();
  for (const one of identifiers) {
    const token = tokenOf(tx, one, keyVersion);
    if (token === null) return null;
    if (token !== '') tokens.set(one.kind, token);
  }
  if (tokens.size === 0) return null;
  return {
    pan: tokens.get('pan') ?? null,
    gstin: tokens.get('gstin') ?? null,
    mobile: tokens.get('mobile') ?? null,
    entity,
  };
}

/**
 * Whether a due was told of as somebody else's: the identifier of the very kind that it was told under is another one now.
 * That more is known of him than before, or less, makes him nobody else.
 */
export function isOtherNow(tx: ReadTx, identifiers: readonly Identifier[], told: Subject): boolean {
  const kind = told.pan !== null ? 'pan' : told.gstin !== null ? 'gstin' : 'mobile';
  const token = subjectKey(told);
  const now = identifiers.find((one) => one.kind === kind);
  if (token === null || now === undefined) return false;
  const toldOf = valueOf(tx, kind, token);
  if (toldOf !== null) return toldOf !== now.value;
  // Whose token it was is forgotten until it is made anew: only another token is another one.
  const own = tokenOf(tx, now, keyVersionOf(token) ?? '');
  return own !== null && own !== token;
}
