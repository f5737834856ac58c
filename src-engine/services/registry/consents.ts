import type { RegistryConsent } from '#contract/engine/registry.ts';
import { addDays, day } from '#domain/days.ts';
import {
  canonicalIdentifier,
  entityOfPan,
  identifiersOf,
  type Identifier,
  type Subject,
} from '#domain/registry/subjects.ts';
import { assurances, consentStates, type PurposeCode } from '#domain/registry/words.ts';
import { refuse } from '#domain/result.ts';
import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import { addLook, membershipRow, patchMembership } from '../../storage/registry.ts';
import {
  checkOfConsent,
  insertRegistryConsent,
  patchRegistryConsent,
  queuedConsents,
  registryConsentById,
  registryConsentRows,
  undecidedConsents,
  type RegistryConsentRow,
} from '../../storage/registry-consents.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { bodyOf, identifiersIn } from './consent-body.ts';
import { blindAll, subjectOf } from './identity.ts';
import { membered, OF_MEMBER, troubled, type Membered } from './link.ts';
import { CONTACT_MISSING } from './membership.ts';
import { wordIn } from './publish.ts';

/** A look: so long he may answer. A leave to report: so long it holds, the most that a registry allows; he may end it any day. */
const HELD_DAYS: Readonly<Record<PurposeCode, number>> = { TC01: 14, TC02: 1_095 };
type AskWish = {
  readonly customerId: number | null;
  readonly name: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly contact: { readonly mobile: string | null; readonly email: string | null };
  readonly purpose: PurposeCode;
  readonly withTrend: boolean;
  readonly language: 'en' | 'hi';
};

/** Written down first: without a network it is asked at the next sync. */
async function ask(context: BookContext, wish: AskWish): Promise<RegistryConsent> {
  const member = await membered(context);
  const { db, now, today, newId } = context;
  const { identifiers, mobile } = whoOf(wish);
  const consentId = newId();
  db.write((tx) => {
    insertRegistryConsent(tx, {
      consentId,
      customerId: wish.customerId,
      name: wish.name,
      identifiers: JSON.stringify(identifiers),
      contact: JSON.stringify({ mobile, email: wish.contact.email }),
      purpose: wish.purpose,
      state: 'queued',
      withTrend: wish.withTrend,
      language: wish.language,
      askedAt: now(),
      expiresDay: addDays(today, HELD_DAYS[wish.purpose]),
    });
    addLook(tx, { at: now(), what: 'asked', name: wish.name, consentId });
  });
  const trouble = await askQueued(context, member);
  context.changed('registry');
  // What only the network stands in the way of is asked later by itself.
  if (trouble?.reason === 'refused') throw troubled(trouble);
  return shownConsent(context, consentId);
}

function whoOf({ gstin, pan, contact }: AskWish): {
  readonly identifiers: readonly Identifier[];
  readonly mobile: string | null;
} {
  const mobile = oneForm('mobile', contact.mobile);
  if (mobile === null && contact.email === null) throw refused(CONTACT_MISSING.refusal);
  const identifiers = identifiersOf({ pan: oneForm('pan', pan), gstin: oneForm('gstin', gstin), mobile });
  if (identifiers.length > 0) return { identifiers, mobile };
  const sentence = 'Give a PAN, a GSTIN or a mobile number: the registry must know whom it is about.';
  throw refused(refuse('registry-identifier-missing', sentence).refusal);
}

function oneForm(kind: Identifier['kind'], value: string | null): string | null {
  if (value === null || value.trim() === '') return null;
  const checked = canonicalIdentifier({ kind, value });
  if (!checked.ok) throw refused(checked.refusal);
  return checked.value.value;
}

/** Asks for what was asked here while there was no network. */
export async function askQueued(context: BookContext, member: Membered): Promise<RegistryTrouble | null> {
  const { db, registry } = context;
  if (db.read(membershipRow)?.status === 'pending') return null;
  for (const row of db.read(queuedConsents)) {
    const subject = await subjectNow(context, member, row);
    if (subject === 'nobody') {
      db.write((tx) => patchRegistryConsent(tx, row.id, { state: 'expired' }));
      continue;
    }
    if ('ok' in subject) return subject;
    const asked = await registry.call(member.link, 'askConsent', {
      body: bodyOf(row, subject),
      idempotencyKey: row.consentId,
    });
    // One that will never be taken does not stand in the way of all others.
    if (!asked.ok && asked.reason === 'refused' && asked.code !== 'too_many' && !OF_MEMBER.has(asked.code)) {
      db.write((tx) => patchRegistryConsent(tx, row.id, { state: 'expired' }));
      return asked;
    }
    if (!asked.ok) return asked;
    const { status: state, assurance } = asked.value;
    db.write((tx) => {
      patchRegistryConsent(tx, row.id, { state, assurance, subject: JSON.stringify(subject) });
      patchMembership(tx, { clockOffsetMs: asked.clockOffsetMs });
    });
  }
  return null;
}

async function subjectNow(
  context: BookContext,
  { link, row: { keyVersion } }: Membered,
  row: RegistryConsentRow,
): Promise<Subject | RegistryTrouble | 'nobody'> {
  const identifiers = identifiersIn(row);
  const trouble = await blindAll(context, link, { identifiers, keyVersion });
  if (trouble) return trouble;
  const entity = entityOfPan(identifiers.find(({ kind }) => kind === 'pan')?.value ?? null);
  return context.db.read((tx) => subjectOf(tx, { identifiers, entity }, keyVersion)) ?? 'nobody';
}

/** The signed papers of those that were granted since. */
export async function fetchGranted(
  context: BookContext,
  { link }: Membered,
): Promise<RegistryTrouble | null> {
  const { db, registry, today } = context;
  const granted = db.read((tx) => undecidedConsents(tx, today)).filter(({ state }) => state === 'granted');
  for (const row of granted) {
    const asked = await registry.call(link, 'consent', { params: { id: row.consentId } });
    // One that the registry has forgotten does not stand in the way of all others.
    if (!asked.ok && asked.code === 'not_found') continue;
    if (!asked.ok) return asked;
    const { state, assurance, artefact } = asked.value;
    db.write((tx) =>
      patchRegistryConsent(tx, row.id, {
        state,
        assurance,
        artefact: artefact === null ? null : JSON.stringify(artefact),
      }),
    );
  }
  return null;
}

async function drop(context: BookContext, consentId: string): Promise<RegistryConsent> {
  const row = consentOf(context, consentId);
  if (row.state !== 'queued') {
    const { link } = await membered(context);
    const asked = await context.registry.call(link, 'dropConsent', { params: { id: consentId } });
    if (!asked.ok && asked.code !== 'not_found') throw troubled(asked);
  }
  context.db.write((tx) => patchRegistryConsent(tx, row.id, { state: 'revoked' }));
  context.changed('registry');
  return shownConsent(context, consentId);
}

export function consentOf({ db }: Pick<BookContext, 'db'>, consentId: string): RegistryConsentRow {
  const row = db.read((tx) => registryConsentById(tx, consentId));
  if (row) return row;
  const sentence = 'This consent is no longer in the book.';
  throw refused(refuse('registry-consent-gone', sentence).refusal);
}

function shownConsent(context: BookContext, consentId: string): RegistryConsent {
  return shown(context, consentOf(context, consentId));
}

/** What a day ends. */
const OPEN: ReadonlySet<RegistryConsent['state']> = new Set(['queued', 'sent', 'held', 'granted']);

function shown({ db, today }: Pick<BookContext, 'db' | 'today'>, row: RegistryConsentRow): RegistryConsent {
  const { consentId, customerId, name, purpose, askedAt } = row;
  const state = row.state === 'queued' ? 'queued' : (wordIn(consentStates, row.state) ?? 'expired');
  const expiresDay = day(row.expiresDay);
  const isOver = expiresDay < today && OPEN.has(state);
  return {
    consentId,
    customerId,
    name,
    purpose,
    state: isOver ? 'expired' : state,
    assurance: wordIn(assurances, row.assurance),
    askedAt,
    expiresDay,
    checkId: db.read((tx) => checkOfConsent(tx, consentId))?.checkId ?? null,
  };
}

export const consentCalls = {
  askConsent: bookDoor.registry.askConsent.handler(({ context, input }) => ask(context, input)),
  consents: bookDoor.registry.consents.handler(({ context, input: { customerId } }) =>
    context.db.read((tx) => registryConsentRows(tx, customerId ?? null)).map((row) => shown(context, row)),
  ),
  dropConsent: bookDoor.registry.dropConsent.handler(({ context, input: { consentId } }) =>
    drop(context, consentId),
  ),
};
