import { z } from 'zod';
import { contactShape, languageField } from '#contract/registry/fields.ts';
import type { BodyOf, AnswerOf } from '#contract/registry.ts';
import { addDays } from '#domain/days.ts';
import { checkGstin, panOfGstin } from '#domain/gstin.ts';
import { OTP_MINUTES, OTP_TRIES_MOST } from '#domain/registry/quotas.ts';
import { PROBATION_DAYS } from '#domain/registry/visibility.ts';
import { ProblemError } from '../api/problem.ts';
import { instant } from '../clock.ts';
import { isWeakKey, sha256 } from '../crypto.ts';
import { keyOfToken } from '../ids.ts';
import { judgeOtp, newOtp, otpHash, sendOtp } from '../otps.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { addDevice, revokeDevices } from '../store/devices.ts';
import { addChange } from '../store/feed.ts';
import {
  addApplication,
  insertMember,
  lockedOutcome,
  memberNoOfPan,
  memberOf,
  openApplication,
  rejoinMember,
  setOutcome,
  takePan,
  takeTry,
  waitMember,
  type MemberRow,
} from '../store/members.ts';
import { contactOfMember, isForgotten, sealedMember, type Contact } from './contacts.ts';
import { TERMS_VERSION } from './limits.ts';
import { deviceIdOf } from './member-id.ts';
import { otpNotice } from './otp-notice.ts';
import { memberAnswer } from './answers.ts';

// Joining: whoever has a PAN is one member, once he is admitted. The answer never tells whether he is one already; if he is, the password goes
// to the contact that he registered, and a new device takes the place of the old ones.

type JoinBody = BodyOf<'join'>;

/** What stays sealed between the two steps. */
const applicationShape = z.object({
  pan: z.string(),
  gstin: z.string(),
  /** As it is written. */
  gstin_plain: z.string(),
  legal_name: z.string(),
  contact: contactShape,
  purpose: z.enum(['publish', 'check', 'both']),
  lang: languageField,
  device_key: z.string(),
  /** The member that had this PAN when the password was sent. */
  member_no: z.int().nullable(),
});
type Application = z.infer<typeof applicationShape>;

export async function join(registry: Registry, body: JoinBody): Promise<AnswerOf<'join'>> {
  const application = await applicationOf(registry, body);
  const to = await whereTo(registry, application);
  const otp = newOtp(registry);
  const sealed = await registry.contacts.seal(
    sealKeyOfApplication(body.application_id),
    JSON.stringify(application),
  );
  const { isNew, expiresAt } = await addApplication(registry.store, {
    id: body.application_id,
    body: sealed,
    // Nobody's password: one that never left, because the contact had its three of the day, opens nothing.
    otpHash: registry.randomBytes(OTP_HASH_BYTES),
    expiresAt: registry.now() + OTP_MINUTES * 60_000,
  });
  if (isNew) {
    const notice = otpNotice({ to, otp, lang: body.lang, registryName: registry.name });
    if ((await sendOtp(registry, notice)) === 'sent')
      await openApplication(registry.store, body.application_id, otpHash(registry, body.application_id, otp));
  }
  return {
    application_id: body.application_id,
    status: 'otp-sent',
    expires_at: instant(expiresAt),
  };
}

const OTP_HASH_BYTES = 32;

/** Control characters, and those that turn the direction of what follows: debtors read this name. */
const UNREADABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
/** An address or a telephone number in a name would make the registry's messages carry somebody's bait. */
const BAIT = /:\/\/|www\.|\.(?:com|in|net|org|io|ly|link|xyz|info|app|site|online|top|shop)\b|\p{Nd}{8}/iu;

async function applicationOf(registry: Registry, body: JoinBody): Promise<Application> {
  if (UNREADABLE.test(body.legal_name))
    throw new ProblemError('bad_request', 'A name is made of letters that can be read.', {
      at: 'body/legal_name',
    });
  if (BAIT.test(body.legal_name))
    throw new ProblemError('bad_request', 'A name holds no web address and no telephone number.', {
      at: 'body/legal_name',
    });
  if (isWeakKey(Buffer.from(body.device_key, 'base64url')))
    throw new ProblemError('bad_request', 'With this key anybody could sign.', { at: 'body/device_key' });
  const checked = checkGstin(body.gstin);
  if (!checked.ok) throw new ProblemError('bad_request', 'This is no GSTIN.', { at: 'body/gstin' });
  if (body.contact.mobile === null && body.contact.email === null)
    throw new ProblemError('bad_request', 'A mobile or a mail address is needed.', { at: 'body/contact' });
  if (body.terms_version !== TERMS_VERSION)
    throw new ProblemError('bad_request', `The terms are those of ${TERMS_VERSION}.`, {
      at: 'body/terms_version',
    });
  const gstin = checked.value;
  const pan = gstin[13] === 'Z' ? panOfGstin(gstin) : null;
  const [panToken, gstinToken] = await registry.blinder.blind([
    pan === null ? { kind: 'gstin', value: gstin } : { kind: 'pan', value: pan },
    { kind: 'gstin', value: gstin },
  ]);
  if (!panToken || !gstinToken)
    throw new ProblemError('bad_request', 'This is no GSTIN.', { at: 'body/gstin' });
  const { legal_name, contact, purpose, lang, device_key } = body;
  const member_no = await memberNoOfPan(registry.store, keyOfToken(panToken));
  return {
    pan: panToken,
    gstin: gstinToken,
    gstin_plain: gstin,
    legal_name,
    contact,
    purpose,
    lang,
    device_key,
    member_no,
  };
}

async function whereTo(registry: Registry, { member_no, contact }: Application): Promise<Contact> {
  const member = member_no === null ? null : await memberOf(registry.store, member_no);
  return member === null || isForgotten(member) ? contact : await contactOfMember(registry, member);
}

export function sealKeyOfApplication(applicationId: string): Uint8Array {
  return sha256(Buffer.from(`application|${applicationId}`, 'utf8'));
}

export async function confirmJoin(
  registry: Registry,
  { application_id: id, otp }: BodyOf<'confirmJoin'>,
): Promise<AnswerOf<'confirmJoin'>> {
  const row = await takeTry(registry.store, id, OTP_TRIES_MOST);
  const state = row && { hash: row.otp_hash, tries: row.tries - 1, expiresAt: row.expires_at };
  const judged = state === null ? 'spent' : judgeOtp(registry, { id, otp, state });
  if (judged === 'wrong') throw new ProblemError('wrong_otp', 'The one-time password is another.');
  if (row === null || judged === 'spent')
    throw new ProblemError('otp_spent', 'The one-time password is no longer good. Ask for a new one.');
  const opened = await registry.contacts.open(sealKeyOfApplication(id), row.body);
  const application = applicationShape.parse(JSON.parse(opened));
  const memberNo = application.member_no ?? newMemberNo(registry);
  const admission = await admissionOf(registry, { id, application, memberNo });
  const made = await registry.store.transaction((tx) => entered(registry, tx, admission));
  const member = await memberOf(registry.store, made.memberNo);
  if (member === null) throw new Error('A member vanished while he joined.');
  return await memberAnswer(registry, member, made.deviceNo);
}

function newMemberNo(registry: Registry): number {
  // 48 bits of chance: nobody counts the members by their numbers, and no sequence is shared.
  return Buffer.from(registry.randomBytes(6)).readUIntBE(0, 6) + 1;
}

type Admission = {
  readonly id: string;
  readonly application: Application;
  readonly memberNo: number;
  readonly contact: Buffer;
  /** Until whoever runs the registry has looked who this is. */
  readonly isWaiting: boolean;
};

/**
 * How he is reached is what he registered at first: the password of whoever comes back went there. Where that was forgotten
 * it may have gone to anybody, and he is looked at anew.
 */
async function admissionOf(
  registry: Registry,
  { id, application, memberNo }: Pick<Admission, 'id' | 'application' | 'memberNo'>,
): Promise<Admission> {
  const stored = application.member_no === null ? null : await memberOf(registry.store, memberNo);
  const before = stored === null || isForgotten(stored) ? null : stored;
  const contact = before === null ? application.contact : await contactOfMember(registry, before);
  const isKnown = before !== null && before.admitted_on !== null && isSame(before, application);
  const isWaiting = registry.admits === 'operator' && !isKnown;
  const { gstin_plain: gstin, legal_name } = application;
  const applied = isWaiting ? { applied: { gstin, legal_name } } : {};
  const sealed = await sealedMember(registry, memberNo, { ...contact, ...applied });
  return { id, application, memberNo, contact: sealed, isWaiting };
}

function isSame(before: MemberRow, { gstin, legal_name }: Application): boolean {
  const plain = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return before.gstin_key.equals(keyOfToken(gstin)) && plain(before.legal_name) === plain(legal_name);
}

type Entered = { readonly memberNo: number; readonly deviceNo: number };

async function entered(registry: Registry, tx: Tx, admission: Admission): Promise<Entered> {
  const { id, application, memberNo } = admission;
  const before = await lockedOutcome(tx, id);
  if (before?.member_no && before.device_no)
    return { memberNo: before.member_no, deviceNo: before.device_no };
  if (application.member_no === null) await addMember(registry, tx, admission);
  else await comeBack(registry, tx, admission);
  const publicKey = Buffer.from(application.device_key, 'base64url');
  const { deviceNo } = await addDevice(tx, { memberNo, publicKey, at: registry.now() });
  await setOutcome(tx, { id, memberNo, deviceNo });
  return { memberNo, deviceNo };
}

async function addMember(registry: Registry, tx: Tx, admission: Admission): Promise<void> {
  const { application, memberNo, contact, isWaiting } = admission;
  const panKey = keyOfToken(application.pan);
  // Whoever only waits has nobody's PAN: else anybody could keep its owner out. Where somebody else with this PAN was faster,
  // the password went to a contact that nobody vouched for: it opens nothing of his.
  if (!isWaiting && !(await takePan(tx, panKey, memberNo)))
    throw new ProblemError('otp_spent', 'The one-time password is no longer good. Ask for a new one.');
  const today = registry.today();
  await insertMember(tx, {
    member_no: memberNo,
    pan_key: panKey,
    gstin_key: keyOfToken(application.gstin),
    legal_name: application.legal_name,
    contact_ct: contact,
    purpose: application.purpose,
    terms_version: TERMS_VERSION,
    lang: application.lang,
    joined_on: today,
    probation_until: addDays(today, PROBATION_DAYS),
    ...(isWaiting ? { status: 'pending', pending_on: today } : { status: 'probation', admitted_on: today }),
  });
}

async function comeBack(
  registry: Registry,
  tx: Tx,
  { application, memberNo, contact, isWaiting }: Admission,
): Promise<void> {
  const at = registry.now();
  const today = registry.today();
  const enter = isWaiting ? waitMember : rejoinMember;
  await enter(tx, {
    member_no: memberNo,
    purpose: application.purpose,
    terms_version: TERMS_VERSION,
    lang: application.lang,
    contact_ct: contact,
    probation_until: addDays(today, PROBATION_DAYS),
    today,
  });
  for (const deviceNo of await revokeDevices(tx, { memberNo, at })) {
    const change = { type: 'key.revoked', device_id: deviceIdOf(deviceNo) } as const;
    await addChange(tx, { memberNo, at, change });
  }
}
