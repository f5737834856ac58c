import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { OTP_MINUTES, OTP_TRIES_MOST } from '#domain/registry/quotas.ts';
import { canonicalIdentifier, identifiersOf, type Identifier } from '#domain/registry/subjects.ts';
import type { Assurance } from '#domain/registry/words.ts';
import type { Debtor } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import { instant } from '../clock.ts';
import { beliefOf, keyOfWay, type Way } from '../consents/contact-words.ts';
import { registerOwn } from '../consents/own-contact.ts';
import { passwordWords } from '../consents/texts.ts';
import { keyOfToken } from '../ids.ts';
import { judgeOtp, newOtp, otpHash, sendOtp } from '../otps.ts';
import type { Registry } from '../registry.ts';
import {
  dropSession,
  insertSession,
  openSessionRow,
  sessionOf,
  takeSessionTry,
  type SessionRow,
} from '../store/sessions.ts';

// The debtor's session: a password to his contact, then a cookie of an hour that scripts cannot read, and a word that every
// writing call repeats in a header.

export const SESSION_COOKIE = 'baaki-registry';
export const CSRF_HEADER = 'x-csrf-token';
const SESSION_MS = 3_600_000;
const SECRET_BYTES = 32;

/**
 * The same answer and the same message whoever asks about whomever: a number that nobody reported opens a page on which
 * nothing stands.
 */
export async function askSession(
  registry: Registry,
  body: BodyOf<'askSession'>,
): Promise<AnswerOf<'askSession'>> {
  const [token] = await registry.blinder.blind([subjectIdentifier(body)]);
  if (!token) throw new ProblemError('bad_request', 'This is no PAN or GSTIN.', { at: 'body/identifier' });
  const way = { mobile: body.mobile, email: null };
  const id = registry.newId();
  const { otpHash, expiresAt } = await sentPassword(registry, { id, to: way, lang: body.lang });
  await insertSession(registry.store, {
    session_id: id,
    subject_key: keyOfToken(token),
    contact_key: keyOfWay(registry, way),
    // What stands under a number alone is that of whoever answers there.
    is_whole: body.identifier === null,
    is_link: false,
    otp_hash: otpHash,
    expires_at: expiresAt,
  });
  return { session_id: id, expires_at: instant(expiresAt) };
}

type Password = { readonly id: string; readonly to: Way; readonly lang: 'en' | 'hi' };

/**
 * Sends a password for a session. One that did not leave, because the contact had its three of the day, opens nothing: or
 * else whoever asks often enough could guess.
 */
export async function sentPassword(
  registry: Registry,
  { id, to, lang }: Password,
): Promise<{ readonly otpHash: Uint8Array; readonly expiresAt: number }> {
  const otp = newOtp(registry);
  const words = passwordWords({ registryName: registry.name, otp, minutes: OTP_MINUTES, lang });
  const sent = await sendOtp(registry, { to, kind: 'otp', lang, ...words });
  return {
    otpHash: sent === 'sent' ? otpHash(registry, id, otp) : registry.randomBytes(SECRET_BYTES),
    expiresAt: registry.now() + OTP_MINUTES * 60_000,
  };
}

/** As members name him: the PAN that a GSTIN holds, or the GSTIN itself. */
function subjectIdentifier({ mobile, identifier }: BodyOf<'askSession'>): Identifier {
  if (identifier === null) return { kind: 'mobile', value: mobile };
  const pan = canonicalIdentifier({ kind: 'pan', value: identifier });
  if (pan.ok) return pan.value;
  const [first] = identifiersOf({ pan: null, gstin: identifier, mobile: null });
  if (first === undefined)
    throw new ProblemError('bad_request', 'This is no PAN or GSTIN.', { at: 'body/identifier' });
  return first;
}

type Opened = { readonly answer: AnswerOf<'openSession'>; readonly cookie: string };

export async function openSession(
  registry: Registry,
  { session_id: id, otp }: BodyOf<'openSession'>,
): Promise<Opened> {
  const { session, isWhole } = await answered(registry, { id, otp, isLink: false });
  const secret = Buffer.from(registry.randomBytes(SECRET_BYTES)).toString('base64url');
  const csrf = Buffer.from(registry.randomBytes(SECRET_BYTES)).toString('base64url');
  const expiresAt = registry.now() + SESSION_MS;
  const isOpen = await openSessionRow(registry.store, {
    sessionId: session.session_id,
    secretHash: hashOf(secret),
    csrf,
    isWhole,
    expiresAt,
  });
  if (!isOpen) throw spent();
  return {
    answer: { expires_at: instant(expiresAt), csrf },
    cookie: cookieOf(registry, `${id}.${secret}`, SESSION_MS / 1000),
  };
}

/** Who answered with the right password, and whether his contact is believed to be the subject's own. */
export async function answered(
  registry: Registry,
  { id, otp, isLink }: { readonly id: string; readonly otp: string; readonly isLink: boolean },
): Promise<{ readonly session: SessionRow; readonly isWhole: boolean; readonly assurance: Assurance }> {
  const session = await takeSessionTry(registry.store, { sessionId: id, isLink, triesMost: OTP_TRIES_MOST });
  if (session === null || session.otp_hash === null) throw spent();
  const state = { hash: session.otp_hash, tries: session.tries - 1, expiresAt: session.expires_at };
  const judged = judgeOtp(registry, { id, otp, state });
  if (judged === 'spent') throw spent();
  if (judged === 'wrong') throw new ProblemError('wrong_otp', 'The one-time password is another.');
  const { subject_key: subjectKey, contact_key: contactKey } = session;
  const own = { subjectKey, contactKey };
  const assurance = await registry.store.transaction(async (tx) => {
    const believed = await beliefOf(registry, tx, own);
    const isBelieved = registry.now() >= believed.from && believed.assurance !== 'A0';
    // A number that was not used for a year may be somebody else's: that he answers there says nothing yet.
    if (isBelieved && !believed.isFormer) await registerOwn(registry, tx, own);
    return isBelieved ? believed.assurance : 'A0';
  });
  return { session, isWhole: session.is_whole || assurance !== 'A0', assurance };
}

function spent(): ProblemError {
  return new ProblemError('otp_spent', 'The one-time password is no longer good. Ask for a new one.');
}

export async function closeSession(registry: Registry, { sessionId }: Debtor): Promise<string> {
  await dropSession(registry.store, sessionId);
  return cookieOf(registry, '', 0);
}

/** Whose session the request's cookie names; throws 'no_session'. A writing call says the session's own word, too. */
export async function debtorOf(registry: Registry, request: FastifyRequest): Promise<Debtor> {
  const session = await sessionOfRequest(registry, request);
  if (session === null) throw new ProblemError('no_session', 'Open a session first.');
  const said = request.headers[CSRF_HEADER];
  const isWriting = request.method !== 'GET' && request.method !== 'HEAD';
  if (isWriting && !(typeof said === 'string' && areEqual(said, session.csrf ?? '')))
    throw new ProblemError('not_allowed', 'This was not sent from the page of the session.');
  const {
    subject_key: subjectKey,
    session_id: sessionId,
    contact_key: contactKey,
    is_whole: isWhole,
  } = session;
  return { subjectKey, sessionId, contactKey, isWhole };
}

/** For pages, which show something else where there is none. */
export async function sessionOfRequest(
  registry: Registry,
  { headers }: Pick<FastifyRequest, 'headers'>,
): Promise<SessionRow | null> {
  const [, id = '', secret = ''] = COOKIE.exec(headers.cookie ?? '') ?? [];
  if (id === '') return null;
  const session = await sessionOf(registry.store, id);
  if (session === null || session.secret_hash === null || registry.now() >= session.expires_at) return null;
  return timingSafeEqual(hashOf(secret), session.secret_hash) ? session : null;
}

const COOKIE = new RegExp(
  `(?:^|; )${SESSION_COOKIE}=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})(?:;|$)`,
);

function cookieOf({ publicUrl }: Registry, value: string, seconds: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function areEqual(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}
