import { checkGstin, checkPan, panOfGstin } from '../gstin.ts';
import { tidyPhone } from '../phone.ts';
import { ok, refuse, type Result } from '../result.ts';
import {
  entityKinds,
  type EntityKind,
  type IdentifierKind,
  type ItemErrorCode,
  type PublicationBasis,
} from './words.ts';

/** One identifier of a debtor as both sides write it before it is blinded. */
export type Identifier = { readonly kind: IdentifierKind; readonly value: string };

/** What the registry ever hears of who a debtor is: tokens. */
export type Subject = {
  readonly pan: string | null;
  readonly gstin: string | null;
  readonly mobile: string | null;
  readonly entity: EntityKind;
};

/** `h1.` and 43 letters: HMAC-SHA-256 under key version h1. `o1.` is kept for an OPRF (RFC 9497). */
const TOKEN = /^([a-z][0-9]{1,3})\.([A-Za-z0-9_-]{43})$/;

/** The one right form, or 'pan-form', 'gstin-form', 'gstin-state', 'gstin-check', 'mobile-form'. */
export function canonicalIdentifier({ kind, value }: Identifier): Result<Identifier> {
  const plain = value.normalize('NFKC').replace(/[\u200b-\u200f\u2060\ufeff]/gu, '');
  if (kind === 'pan') return withValue(kind, checkPan(plain));
  if (kind === 'gstin') return withValue(kind, checkGstin(plain));
  const mobile = tidyPhone(plain)?.replaceAll(' ', '') ?? null;
  if (mobile !== null && /^\+91[6-9][0-9]{9}$/.test(mobile)) return ok({ kind, value: mobile });
  return refuse('mobile-form', 'This is no Indian mobile number of ten digits.', { field: 'mobile' });
}

function withValue(kind: IdentifierKind, checked: Result<string>): Result<Identifier> {
  return checked.ok ? ok({ kind, value: checked.value }) : checked;
}

/** What is hashed: 'pan:AAAPL1234C'. */
export function identifierText({ kind, value }: Identifier): string {
  return `${kind}:${value}`;
}

/** PAN where there is one or a normal GSTIN holds one; the others beside it. */
export function identifiersOf(of: {
  readonly pan: string | null;
  readonly gstin: string | null;
  readonly mobile: string | null;
}): readonly Identifier[] {
  const pan = of.pan ?? (of.gstin !== null && of.gstin[13] === 'Z' ? panOfGstin(of.gstin) : null);
  const all = [
    { kind: 'pan', value: pan },
    { kind: 'gstin', value: of.gstin },
    { kind: 'mobile', value: of.mobile },
  ] as const;
  return all.flatMap(({ kind, value }) => {
    if (value === null || value.trim() === '') return [];
    const checked = canonicalIdentifier({ kind, value });
    return checked.ok ? [checked.value] : [];
  });
}

export function entityOfPan(pan: string | null): EntityKind {
  const letter = pan?.[3];
  return entityKinds.find((kind) => kind === letter) ?? 'unknown';
}

/** A natural person's due, or one of somebody known by his mobile only, needs his publication consent (decision 17). */
export function basisNeeded({ entity }: Pick<Subject, 'entity'>): PublicationBasis {
  return entity === 'P' || entity === 'unknown' ? 'consent' : 'entity';
}

/** PAN before GSTIN before mobile; null where nothing is known. */
export function subjectKey({ pan, gstin, mobile }: Subject): string | null {
  return pan ?? gstin ?? mobile;
}

export function isWeak({ pan, gstin }: Subject): boolean {
  return pan === null && gstin === null;
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The key version a token was blinded under; null for what is no token. */
export function keyVersionOf(token: string): string | null {
  return TOKEN.exec(token)?.[1] ?? null;
}

/** What whoever blinds an identifier sees of it, and what is left of that beside the token. */
export type BlindedEntity = {
  /** The fourth letter of the PAN is P; null where the identifier holds no PAN. */
  readonly isPerson: boolean | null;
  /** A GSTIN in which the PAN stands: the PAN is the subject. */
  readonly holdsPan: boolean;
};

/** Null for a mobile, of which nothing is kept. */
export function blindedEntity({ kind, value }: Identifier): BlindedEntity | null {
  if (kind === 'mobile') return null;
  if (kind === 'pan') return { isPerson: value[3] === 'P', holdsPan: false };
  const pan = panOfGstin(value);
  return { isPerson: pan === null ? null : pan[3] === 'P', holdsPan: value[13] === 'Z' && pan !== null };
}

/** Whether the subject of an item is what was blinded: a person called a company would lose his say in it. */
export function entityError(
  { pan, gstin, entity }: Subject,
  blindedOf: (token: string) => BlindedEntity | null,
): ItemErrorCode | null {
  const tokens = [pan, gstin].filter((token) => token !== null);
  const blinded = tokens.map(blindedOf);
  if (blinded.includes(null)) return 'token_unknown';
  if (pan === null && blinded.some((one) => one?.holdsPan === true)) return 'pan_needed';
  const isPerson = entity === 'unknown' ? null : entity === 'P';
  const isOther = blinded.some((one) => one !== null && one.isPerson !== null && one.isPerson !== isPerson);
  return isPerson !== null && isOther ? 'entity_wrong' : null;
}
