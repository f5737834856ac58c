import type { ConsentArtefact } from '#contract/registry/consents.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { addDays } from '#domain/days.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import type { Assurance, ChangeType, ConsentState } from '#domain/registry/words.ts';
import { ProblemError } from '../api/problem.ts';
import { instant } from '../clock.ts';
import { sha256 } from '../crypto.ts';
import { tokenOfKey } from '../ids.ts';
import { appendLeaf } from '../log/append-leaf.ts';
import { memberIdOf } from '../members/member-id.ts';
import { NOTICE_VERSION, noticeSha256 } from '../portal/privacy-notice.ts';
import type { Registry } from '../registry.ts';
import { spoilSummary } from '../store/checks.ts';
import {
  consentsOfSubject,
  insertLink,
  lockedConsent,
  setBlocked,
  setConsentState,
  type ConsentRow,
} from '../store/consents.ts';
import { contactsOf } from '../store/contacts.ts';
import type { Tx } from '../store/database.ts';
import { addChange } from '../store/feed.ts';
import { memberOf } from '../store/members.ts';
import { linkUrl, newLink, sendAlert } from './asking.ts';
import { openWay } from './contact-words.ts';
import { registerOwn } from './own-contact.ts';
import { storedRequest } from './requests.ts';
import { receiptWords } from './texts.ts';

/** What was said to a consent, by whom it is about or by who asked for it. */
export type ConsentAnswer = 'approve' | 'deny' | 'withdraw';

/** How the debtor answered. */
export type Capture = {
  readonly method: 'otp_sms' | 'otp_email';
  readonly assurance: Assurance;
  readonly contactKey: Buffer;
  /** Where the call came from; only its network is kept. */
  readonly address: string;
  /** In which the notice stood before him; the request's own where that is not known. */
  readonly lang: 'en' | 'hi' | null;
};

export type Answering = {
  readonly memberNo: number;
  readonly consentId: string;
  readonly answer: ConsentAnswer;
  /** Not needed to refuse or to take back: neither tells anything. */
  readonly capture: Capture | null;
};

const SUPERSEDED: Readonly<Record<ConsentAnswer, readonly ConsentState[]>> = {
  approve: ['sent', 'held'],
  deny: ['sent', 'held'],
  withdraw: ['sent', 'held', 'granted'],
};
const REACHED = { approve: 'granted', deny: 'denied', withdraw: 'revoked' } as const;
const CHANGES: Readonly<Record<ConsentAnswer, ChangeType>> = {
  approve: 'consent.granted',
  deny: 'consent.denied',
  withdraw: 'consent.revoked',
};

/** Where the consent stands on the wire: an end that passed is told even where no job has written it down. */
export function stateOf(
  { state, expires_at }: Pick<ConsentRow, 'state' | 'expires_at'>,
  now: number,
): ConsentState {
  const isOver = now >= expires_at && (state === 'sent' || state === 'held' || state === 'granted');
  return isOver ? 'expired' : state;
}

/** The debtor's answer. The same answer given twice is one; a consent that came to its end takes none. */
export async function answerConsent(registry: Registry, answering: Answering): Promise<ConsentState> {
  const { memberNo, consentId, answer } = answering;
  const link = answer === 'approve' ? newLink(registry) : null;
  const made = await registry.store.transaction(async (tx) => {
    const consent = await lockedConsent(tx, memberNo, consentId);
    if (consent === null) throw new ProblemError('not_found', 'There is no such request.');
    if (consent.state === REACHED[answer]) return { consent, isNew: false };
    const state = stateOf(consent, registry.now());
    if (!SUPERSEDED[answer].includes(state))
      throw new ProblemError('conflict', 'This request has been answered or is over.');
    await write(registry, tx, consent, answering);
    if (link !== null)
      await insertLink(tx, { link: link.hash, memberNo, consentId, expiresAt: consent.expires_at });
    return { consent, isNew: true };
  });
  if (made.isNew && link !== null && answering.capture !== null)
    await sendReceipt(registry, made.consent, linkUrl(registry, link.secret));
  return REACHED[answer];
}

async function write(registry: Registry, tx: Tx, consent: ConsentRow, answering: Answering): Promise<void> {
  const { memberNo, consentId, answer, capture } = answering;
  const { subject_key: subjectKey } = consent;
  let { artefact, assurance } = consent;
  if (answer === 'approve') {
    // Whoever was named by the asker alone decides nothing: it may be the asker's own telephone.
    if (capture === null || capture.assurance === 'A0')
      throw new ProblemError(
        'held',
        'It is not sure yet that this number belongs to the business. Nothing can be allowed from it.',
      );
    artefact = await newArtefact(registry, tx, consent, capture);
    assurance = capture.assurance;
    await registerOwn(registry, tx, { subjectKey, contactKey: capture.contactKey });
  }
  await setConsentState(tx, { memberNo, consentId, subjectKey, state: REACHED[answer], assurance, artefact });
  // Dues that rested on it are counted for nobody from now on.
  if (answer === 'withdraw' && consent.purpose === 'TC02') await spoilSummary(tx, subjectKey);
  const change = { type: CHANGES[answer], consent_id: consentId };
  await addChange(tx, { memberNo, at: registry.now(), change });
}

const LOOK_BACK_DAYS = 731;

/** Names are ReBIT's; `notice` and `capture` are the record of ISO/IEC TS 27560. */
async function newArtefact(
  registry: Registry,
  tx: Tx,
  consent: ConsentRow,
  capture: Capture,
): Promise<string> {
  const request = storedRequest(consent.request);
  const member = await memberOf(tx, consent.member_no);
  const name = member?.legal_name ?? '';
  const today = registry.today();
  const at = instant(registry.now());
  const shownIn = capture.lang ?? consent.lang;
  const body: Omit<ConsentArtefact, 'sig' | 'log_index'> = {
    schema: 'consent.v1',
    consent_id: consent.consent_id,
    consentStart: at,
    consentExpiry: instant(consent.expires_at),
    consentMode: 'VIEW',
    fetchType: 'ONETIME',
    consentTypes: request.scope,
    DataConsumer: { id: memberIdOf(consent.member_no), name_hash: digestOf(name) },
    DataProvider: { id: registry.origin },
    Customer: { subject: tokenOfKey(consent.subject_key) },
    Purpose: {
      code: consent.purpose,
      refUri: `${registry.publicUrl}/purposes/${consent.purpose}`,
      text: request.purpose.text,
    },
    FIDataRange: { from: addDays(today, -LOOK_BACK_DAYS), to: today },
    DataLife: request.data_life,
    Frequency: { unit: 'ONCE', value: 1 },
    notice: {
      version: NOTICE_VERSION,
      lang: shownIn,
      sha256: noticeSha256(shownIn),
    },
    capture: {
      method: capture.method,
      assurance: capture.assurance,
      at,
      ip_prefix: networkOf(capture.address),
    },
  };
  const artefact = {
    ...body,
    sig: toBase64Url(registry.receiptKey.sign(Buffer.from(signedText(body), 'utf8'))),
  };
  await appendLeaf(registry, tx, leafBytes(artefact));
  return JSON.stringify(artefact);
}

/** What the log has of a consent: the hash of what was signed. It tells nothing once the artefact is erased. */
export function leafBytes(artefact: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(`reg/consent/v1|${digestOf(signedText(artefact))}`, 'utf8');
}

function digestOf(text: string): string {
  return toBase64Url(sha256(Buffer.from(text, 'utf8')));
}

/** The first three numbers of four, or the first three groups of eight: where, and not who. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, '');
  if (/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  return `${plain.split(':').slice(0, 3).join(':')}::/48`;
}

/**
 * To every contact of the subject that is known: whose consent it is not gets to know of it, too. The address of the consent
 * itself is for whom it was asked of, who alone is sent its password; all others come in by their own.
 */
async function sendReceipt(registry: Registry, consent: ConsentRow, link: string): Promise<void> {
  const { subject_key: key, member_no, purpose } = consent;
  const member = (await memberOf(registry.store, member_no))?.legal_name ?? '';
  const told = new Set<string>();
  for (const row of await contactsOf(registry.store, key)) {
    const contact = row.contact_key.toString('hex');
    if (told.has(contact)) continue;
    told.add(contact);
    const url = row.contact_key.equals(consent.contact_key) ? link : `${registry.publicUrl}/login`;
    const words = receiptWords({ registryName: registry.name, member, purpose, url, lang: row.lang });
    const to = await openWay(registry, key, row);
    await sendAlert(registry, { to, kind: 'consent', lang: row.lang, ...words }, 'receipt');
  }
}

/** Whoever asked takes it back; a check with it is refused from then on. */
export async function dropConsent(registry: Registry, memberNo: number, consentId: string): Promise<void> {
  await registry.store.transaction(async (tx) => {
    const consent = await lockedConsent(tx, memberNo, consentId);
    if (consent === null) throw new ProblemError('not_found', 'There is no such consent.');
    if (!SUPERSEDED.withdraw.includes(consent.state)) return;
    const { subject_key: subjectKey, assurance, artefact } = consent;
    await setConsentState(tx, { memberNo, consentId, subjectKey, state: 'revoked', assurance, artefact });
  });
}

export type Blocking = {
  readonly subjectKey: Buffer;
  readonly memberNo: number;
  readonly isBlocked: boolean;
};

/** A blocked member's requests reach nobody, and what he was allowed and has not used he is not any more. */
export async function blockMember(
  registry: Registry,
  { subjectKey, memberNo, isBlocked }: Blocking,
): Promise<void> {
  await registry.store.transaction((tx) =>
    setBlocked(tx, { subjectKey, memberNo, at: isBlocked ? registry.now() : null }),
  );
  if (!isBlocked) return;
  const open = (await consentsOfSubject(registry.store, subjectKey)).filter(
    ({ member_no, purpose, state }) =>
      member_no === memberNo && purpose === 'TC01' && SUPERSEDED.withdraw.includes(state),
  );
  for (const { consent_id: consentId } of open) await withdrawIfOpen(registry, memberNo, consentId);
}

/** One that was used or came to its end meanwhile keeps no other from being taken back. */
export async function withdrawIfOpen(registry: Registry, memberNo: number, consentId: string): Promise<void> {
  try {
    await answerConsent(registry, { memberNo, consentId, answer: 'withdraw', capture: null });
  } catch (error) {
    const isOver = error instanceof ProblemError && (error.code === 'conflict' || error.code === 'not_found');
    if (!isOver) throw error;
  }
}
