import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { addDays, day } from '#domain/days.ts';
import { HOLD_HOURS, type Belief } from '#domain/registry/assurance.ts';
import { OTPS_PER_MOBILE } from '#domain/registry/quotas.ts';
import { isWeak, keyVersionOf, subjectKey } from '#domain/registry/subjects.ts';
import type { Assurance, PurposeCode } from '#domain/registry/words.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { KEY_VERSION } from '../blinder/blind.ts';
import { dayBegins } from '../clock.ts';
import { sha256 } from '../crypto.ts';
import { keyOfToken } from '../ids.ts';
import { refusePurpose } from '../members/may-call.ts';
import { refuseSuspended } from '../members/refuse-suspended.ts';
import { spendQuota } from '../members/spend-quota.ts';
import type { Notice } from '../notifier/notifier.ts';
import type { Registry } from '../registry.ts';
import { consentOf, insertConsent, isBlocked, openConsents, type ConsentRow } from '../store/consents.ts';
import { contactsOf } from '../store/contacts.ts';
import type { Tx } from '../store/database.ts';
import { lockMember } from '../store/devices.ts';
import { memberOf } from '../store/members.ts';
import { countOtp } from '../store/otps.ts';
import {
  beliefWith,
  keyOfWay,
  openWay,
  sealedWays,
  tellWays,
  waysOf,
  type SealedWay,
  type Way,
} from './contact-words.ts';
import { registerOwn } from './own-contact.ts';
import { requestWords, strangerWords } from './texts.ts';

type Ask = BodyOf<'askConsent'>;
type Asked = AnswerOf<'askConsent'>;

/** A look has to be decided on soon; leave to report lasts as long as open dues are kept. */
const DAYS_MOST: Readonly<Record<PurposeCode, number>> = { TC01: 30, TC02: 1_096 };
const LINK_BYTES = 16;
/** Alerts that one contact gets in a day, over all who ask; passwords are counted by themselves. */
const ALERTS_MOST = OTPS_PER_MOBILE;

export async function askConsent(registry: Registry, caller: Caller, body: Ask): Promise<Asked> {
  refuseSuspended(caller);
  refusePurpose(caller, body.purpose.code === 'TC01' ? 'check' : 'publish');
  const before = await consentOf(registry.store, caller.memberNo, body.consent_id);
  if (before !== null) return again(before, body);
  const key = await subjectOf(registry, caller, body);
  const [way] = waysOf(body.contact);
  if (way === undefined)
    throw new ProblemError('bad_request', 'A mobile or a mail address is needed.', { at: 'body/contact' });
  const isItselfAsked = await isItself(registry, body, key);
  // Whoever asks in vain leaves nothing behind: the quota is taken before anything is sealed for this subject.
  const isDenied = await registry.store.transaction((tx) => reserve(registry, tx, { caller, body, key }));
  const ways = isDenied ? [] : await sealedWays(registry, key, body.contact);
  const link = newLink(registry);
  const contactKey = keyOfWay(registry, way);
  const wish = { caller, body, key, ways, contactKey, isItself: isItselfAsked, link };
  const made = await registry.store.transaction((tx) => stored(registry, tx, wish));
  if (made.isNew && !isDenied) await tell(registry, { ...wish, way, state: made.state });
  return { consent_id: body.consent_id, status: made.state, assurance: made.assurance };
}

/** The same id asked twice is one request, whatever became of it. */
function again(before: ConsentRow, body: Ask): Asked {
  if (before.request !== requestText(body))
    throw new ProblemError('idempotency_mismatch', 'This consent was asked for with other words before.');
  const { consent_id, assurance } = before;
  return { consent_id, status: before.state === 'held' ? 'held' : 'sent', assurance };
}

/** What was asked, without how he is reached. */
function requestText(body: Ask): string {
  const { contact: _, ...request } = body;
  return JSON.stringify(request);
}

async function subjectOf(registry: Registry, { memberNo }: Caller, body: Ask): Promise<Buffer> {
  const token = subjectKey(body.subject);
  if (token === null || keyVersionOf(token) !== KEY_VERSION)
    throw new ProblemError('bad_request', 'Whom it is about is not said.', { at: 'body/subject' });
  const last = addDays(registry.today(), DAYS_MOST[body.purpose.code]);
  if (body.expiry < registry.today() || body.expiry > last)
    throw new ProblemError('bad_request', `It ends between today and ${last}.`, { at: 'body/expiry' });
  const key = keyOfToken(token);
  const member = await memberOf(registry.store, memberNo);
  if (member?.pan_key.equals(key))
    throw new ProblemError('bad_request', 'What stands about yourself is on your own page.', {
      at: 'body/subject',
    });
  return key;
}

/** Whether the subject is known as nothing but the very number that is asked. */
async function isItself(registry: Registry, { subject, contact }: Ask, key: Buffer): Promise<boolean> {
  if (!isWeak(subject) || contact.mobile === null) return false;
  const [token] = await registry.blinder.blind([{ kind: 'mobile', value: contact.mobile }]);
  return typeof token === 'string' && keyOfToken(token).equals(key);
}

export type Link = { readonly secret: string; readonly hash: Buffer };

/** Only a hash of it is kept: whoever copies the database cannot answer for anybody. */
export function newLink(registry: Registry): Link {
  const secret = Buffer.from(registry.randomBytes(LINK_BYTES)).toString('base64url');
  return { secret, hash: hashOfLink(secret) };
}

export function hashOfLink(secret: string): Buffer {
  return Buffer.from(sha256(Buffer.from(`consent|${secret}`, 'utf8')));
}

export function linkUrl({ publicUrl }: Registry, secret: string): string {
  return `${publicUrl}/c/${secret}`;
}

type Asking = { readonly caller: Caller; readonly body: Ask; readonly key: Buffer };

/** Throws where he may not ask now; true where the debtor blocked him, who is not to find that out. */
async function reserve(registry: Registry, tx: Tx, { caller, body, key }: Asking): Promise<boolean> {
  await refuseOpen(registry, tx, { caller, body, key });
  await spendQuota(registry, tx, { caller, kind: 'consents', asked: 1 });
  return await isBlocked(tx, key, caller.memberNo);
}

async function refuseOpen(registry: Registry, tx: Tx, { caller, body, key }: Asking): Promise<void> {
  const open = await openConsents(tx, {
    memberNo: caller.memberNo,
    subjectKey: key,
    purpose: body.purpose.code,
    now: registry.now(),
  });
  if (open.some((id) => id !== body.consent_id))
    throw new ProblemError('conflict', 'He was asked already and has not answered yet.');
}

type Wish = Asking & {
  /** None for a member whom the debtor blocked. */
  readonly ways: readonly SealedWay[];
  readonly contactKey: Buffer;
  readonly isItself: boolean;
  readonly link: Link;
};

type Stored = { readonly state: 'sent' | 'held'; readonly assurance: Assurance; readonly isNew: boolean };

async function stored(registry: Registry, tx: Tx, wish: Wish): Promise<Stored> {
  const { caller, body, key, ways, contactKey, link } = wish;
  const { memberNo } = caller;
  // Two requests of one member wait here for each other: the second one finds the first.
  await lockMember(tx, memberNo);
  const before = await consentOf(tx, memberNo, body.consent_id);
  if (before !== null) {
    const { status, assurance } = again(before, body);
    return { state: status, assurance, isNew: false };
  }
  await refuseOpen(registry, tx, wish);
  const now = registry.now();
  const told = { subjectKey: key, memberNo, lang: body.lang, day: registry.today(), at: now, ways };
  const belief = await beliefWith(registry, tx, { subjectKey: key, contactKey, memberNo });
  await tellWays(tx, told);
  if (wish.isItself && ways.length > 0) await registerOwn(registry, tx, { subjectKey: key, contactKey });
  const assurance = wish.isItself ? 'A3' : belief.assurance;
  const heldUntil = wish.isItself ? null : holdOf(belief, now);
  const state = heldUntil === null ? 'sent' : 'held';
  await insertConsent(tx, {
    member_no: memberNo,
    consent_id: body.consent_id,
    subject_key: key,
    request: requestText(body),
    purpose: body.purpose.code,
    state,
    assurance,
    lang: body.lang,
    asked_at: now,
    expires_at: endOf(body.expiry),
    life_days: body.data_life.value,
    contact_key: contactKey,
    link: link.hash,
    held_until: heldUntil,
  });
  return { state, assurance, isNew: true };
}

/** Until when the request waits before anybody may answer it; null where it goes out at once. */
function holdOf({ assurance, from }: Belief, now: number): number | null {
  if (assurance === 'A0') return now + HOLD_HOURS * 3_600_000;
  return from > now ? from : null;
}

/** It holds through its last day of India's calendar. */
function endOf(expiry: string): number {
  return dayBegins(addDays(day(expiry), 1));
}

async function tell(
  registry: Registry,
  { caller, body, key, way, link, state }: Wish & { readonly way: Way; readonly state: 'sent' | 'held' },
): Promise<void> {
  const member = (await memberOf(registry.store, caller.memberNo))?.legal_name ?? '';
  const words = { registryName: registry.name, member, url: linkUrl(registry, link.secret), lang: body.lang };
  if (state === 'sent') {
    const notice = requestWords({ ...words, purpose: body.purpose.code });
    await sendAlert(registry, { to: way, kind: 'consent', lang: body.lang, ...notice });
    return;
  }
  const rows = await contactsOf(registry.store, key);
  const seen = new Set([registry.contacts.keyOf(way.mobile ?? way.email ?? '')].map(hex));
  for (const row of rows) {
    if (seen.has(hex(row.contact_key))) continue;
    seen.add(hex(row.contact_key));
    const to = await openWay(registry, key, row);
    await sendAlert(registry, {
      to,
      kind: 'consent',
      lang: row.lang,
      // The request's own address answers with a password that goes to the stranger.
      ...strangerWords({ ...words, url: `${registry.publicUrl}/login`, lang: row.lang }),
    });
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/**
 * Nobody is flooded: a contact gets three of these a day, whoever asks. Receipts are counted by themselves: whoever uses up
 * the day's alerts cannot hide by it what was allowed in somebody's name.
 */
export async function sendAlert(
  registry: Registry,
  notice: Notice,
  counted: 'alert' | 'receipt' = 'alert',
): Promise<void> {
  const contact = notice.to.mobile ?? notice.to.email;
  if (contact === null) return;
  const key = registry.contacts.keyOf(`${counted}|${contact}`);
  const sent = await countOtp(registry.store, key, registry.today());
  if (sent > ALERTS_MOST) registry.log('alert.capped');
  else await registry.notifier.send(notice);
}
