import type { ConsentState } from '#domain/registry/words.ts';
import { ProblemError } from '../api/problem.ts';
import { instant } from '../clock.ts';
import { answerConsent, blockMember } from '../consents/answering.ts';
import { hashOfLink } from '../consents/asking.ts';
import { openWay } from '../consents/contact-words.ts';
import { sha256 } from '../crypto.ts';
import type { Registry } from '../registry.ts';
import { consentOf, consentOfLink, type ConsentRow } from '../store/consents.ts';
import { contactsOf, type ContactRow } from '../store/contacts.ts';
import { dropSession, insertSession } from '../store/sessions.ts';
import { answered, sentPassword } from './sessions.ts';

// The address in the message that a debtor gets of a consent. It shows what is asked; to answer takes a password that is
// sent to the contact the consent was asked of, and that nobody but the page is told.

export async function consentByLink(registry: Registry, link: string): Promise<ConsentRow | null> {
  const found = await consentOfLink(registry.store, hashOfLink(link));
  return found === null ? null : await consentOf(registry.store, found.member_no, found.consent_id);
}

async function known(registry: Registry, link: string): Promise<ConsentRow> {
  const consent = await consentByLink(registry, link);
  if (consent === null) throw new ProblemError('not_found', 'There is no such request.');
  return consent;
}

async function contactRow(
  { store }: Registry,
  subjectKey: Buffer,
  contactKey: Buffer,
): Promise<ContactRow | null> {
  const rows = await contactsOf(store, subjectKey);
  return rows.find(({ contact_key }) => contact_key.equals(contactKey)) ?? null;
}

export async function askLinkOtp(registry: Registry, link: string): Promise<{ readonly expires_at: string }> {
  const consent = await known(registry, link);
  const { subject_key: key, contact_key, lang } = consent;
  const row = await contactRow(registry, key, contact_key);
  if (row === null) throw new ProblemError('not_found', 'There is no such request.');
  const id = sessionIdOf(link);
  const { otpHash, expiresAt } = await sentPassword(registry, {
    id,
    to: await openWay(registry, key, row),
    lang,
  });
  await insertSession(registry.store, {
    session_id: id,
    subject_key: key,
    contact_key,
    is_whole: false,
    is_link: true,
    otp_hash: otpHash,
    expires_at: expiresAt,
  });
  return { expires_at: instant(expiresAt) };
}

export type LinkAnswer = 'approve' | 'deny' | 'withdraw' | 'block';

export async function answerLink(
  registry: Registry,
  said: {
    readonly link: string;
    readonly otp: string;
    readonly answer: LinkAnswer;
    readonly address: string;
    readonly lang?: 'en' | 'hi' | undefined;
  },
): Promise<ConsentState | 'blocked'> {
  const consent = await known(registry, said.link);
  const { member_no: memberNo, consent_id: consentId, subject_key: subjectKey } = consent;
  const { session, assurance } = await answered(registry, {
    id: sessionIdOf(said.link),
    otp: said.otp,
    isLink: true,
  });
  await dropSession(registry.store, session.session_id);
  if (said.answer === 'block') {
    await blockMember(registry, { subjectKey, memberNo, isBlocked: true });
    return 'blocked';
  }
  const row = await contactRow(registry, subjectKey, session.contact_key);
  const isMail = row !== null && (await openWay(registry, subjectKey, row)).email !== null;
  const capture = {
    method: isMail ? 'otp_email' : 'otp_sms',
    assurance,
    contactKey: session.contact_key,
    address: said.address,
    lang: said.lang ?? null,
  } as const;
  return await answerConsent(registry, { memberNo, consentId, answer: said.answer, capture });
}

/** One password at a time for one address: a new one takes the place of the last. */
function sessionIdOf(link: string): string {
  const bytes = Buffer.from(sha256(Buffer.from(`session|${link}`, 'utf8'))).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
