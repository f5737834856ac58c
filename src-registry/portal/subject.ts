import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { visibleFrom } from '#domain/registry/visibility.ts';
import type { Debtor } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import { isSilent, visibilityOf } from '../checks/accounts.ts';
import { instant } from '../clock.ts';
import { answerConsent, blockMember, stateOf } from '../consents/answering.ts';
import { assuranceFor } from '../consents/contact-words.ts';
import { storedRequest } from '../consents/requests.ts';
import { memberIdOf, memberNoOf } from '../members/member-id.ts';
import type { Registry } from '../registry.ts';
import { blockedMembers, consentOf, consentsOfSubject } from '../store/consents.ts';
import { contactsOf } from '../store/contacts.ts';
import { disputesOfSubject, type DisputeRow } from '../store/disputes.ts';
import { membersOf, type MemberRow } from '../store/members.ts';
import { looksOf, recordsOf, type RecordPlace, type RecordRow } from '../store/records.ts';

// What a debtor sees and says of himself.

/** More than these are not shown at once. */
const RECORDS_MOST = 200;
const LOOKS_MOST = 1_000;

type Sees = (memberNo: number) => boolean;

/**
 * A contact that is not known as the subject's own sees what concerns the members who reported it, who know that already: a
 * stranger who names his own number for somebody else's PAN learns nothing.
 */
export async function sightOf(registry: Registry, debtor: Omit<Debtor, 'sessionId'>): Promise<Sees> {
  const members = await membersSeen(registry, debtor);
  return (memberNo) => members === null || members.includes(memberNo);
}

/** Null: all of them. */
async function membersSeen(
  registry: Registry,
  { subjectKey, contactKey, isWhole }: Omit<Debtor, 'sessionId'>,
): Promise<readonly number[] | null> {
  if (isWhole) return null;
  const rows = await contactsOf(registry.store, subjectKey);
  return rows.filter((row) => row.contact_key.equals(contactKey)).map((row) => row.member_no);
}

type Members = ReadonlyMap<number, MemberRow>;

async function membersByNo(
  registry: Registry,
  of: readonly { readonly member_no: number }[],
): Promise<Members> {
  const rows = await membersOf(registry.store, [...new Set(of.map(({ member_no }) => member_no))]);
  return new Map(rows.map((row) => [row.member_no, row]));
}

export function namedMember(members: Members, memberNo: number): { member_id: string; name: string } {
  return { member_id: memberIdOf(memberNo), name: members.get(memberNo)?.legal_name ?? '' };
}

type Record = AnswerOf<'records'>['records'][number];
export type Told = { readonly row: RecordRow; readonly record: Record };

export type ToldPage = { readonly told: readonly Told[]; readonly next: string | null };

/** Dues that are said of him, the newest first, with who says each and who can see it; from behind a place on. */
export async function recordsNow(
  registry: Registry,
  debtor: Debtor,
  after: string | null = null,
): Promise<ToldPage> {
  const { store } = registry;
  const seen = await membersSeen(registry, debtor);
  const rows = await recordsOf(store, debtor.subjectKey, {
    members: seen,
    after: readPlace(after),
    most: RECORDS_MOST + 1,
  });
  const page = rows.slice(0, RECORDS_MOST);
  const last = page.at(-1);
  const members = await membersByNo(registry, page);
  const disputes = new Map(
    (await disputesOfSubject(store, debtor.subjectKey)).map((one) => [placeOf(one), one]),
  );
  return {
    told: page.map((row) => ({ row, record: recordOf(registry, row, { members, disputes }) })),
    next: rows.length > page.length && last !== undefined ? placeText(last) : null,
  };
}

function placeText({ reported_at, member_no, due_ref }: RecordRow): string {
  return `${reported_at}.${member_no}.${due_ref.toString('base64url')}`;
}

function readPlace(text: string | null): RecordPlace | null {
  if (text === null) return null;
  const [at = '', memberNo = '', ref = ''] = text.split('.');
  return { reportedAt: Number(at), memberNo: Number(memberNo), dueRef: Buffer.from(ref, 'base64url') };
}

function placeOf({ member_no, due_ref }: Pick<DisputeRow, 'member_no' | 'due_ref'>): string {
  return `${member_no} ${due_ref.toString('hex')}`;
}

type Around = { readonly members: Members; readonly disputes: ReadonlyMap<string, DisputeRow> };

function recordOf(registry: Registry, row: RecordRow, { members, disputes }: Around): Record {
  const today = registry.today();
  // Of the same bill one may be left that was erased since, and is reported again.
  const dispute = row.dispute === null ? undefined : disputes.get(placeOf(row));
  const { due_on: dueDay, notice_on: noticeDay } = row;
  return {
    due_ref: row.due_ref.toString('base64url'),
    reporter: namedMember(members, row.member_no),
    state: row.state,
    visibility: visibilityOf(row, isSilent(members.get(row.member_no), today), today),
    visible_from: noticeDay === null ? null : visibleFrom({ dueDay, noticeDay }),
    invoice_on: row.invoice_on,
    due_on: dueDay,
    amount_p: row.amount_p,
    open_p: row.open_p,
    settled_on: row.settled_on,
    evidence: row.evidence,
    reported_at: instant(row.reported_at),
    dispute: dispute
      ? {
          dispute_id: dispute.dispute_id,
          reason: dispute.reason,
          state: row.dispute ?? dispute.state,
        }
      : null,
  };
}

export async function looksNow(registry: Registry, debtor: Debtor): Promise<AnswerOf<'looks'>['looks']> {
  const sees = await sightOf(registry, debtor);
  const rows = (await looksOf(registry.store, debtor.subjectKey, LOOKS_MOST)).filter((row) =>
    sees(row.member_no),
  );
  const members = await membersByNo(registry, rows);
  return rows.map(({ at, member_no, purpose, consent_id, outcome }) => ({
    at: instant(at),
    member: namedMember(members, member_no),
    purpose,
    consent_id,
    outcome,
  }));
}

export async function consentsNow(
  registry: Registry,
  debtor: Debtor,
): Promise<AnswerOf<'consentsOfSubject'>> {
  const sees = await sightOf(registry, debtor);
  const ids = (await consentsOfSubject(registry.store, debtor.subjectKey)).filter(({ member_no }) =>
    sees(member_no),
  );
  const members = await membersByNo(registry, ids);
  const consents: AnswerOf<'consentsOfSubject'>['consents'] = [];
  for (const { member_no, consent_id } of ids) {
    const consent = await consentOf(registry.store, member_no, consent_id);
    if (consent === null) continue;
    consents.push({
      consent_id,
      member: namedMember(members, member_no),
      purpose: consent.purpose,
      text: storedRequest(consent.request).purpose.text,
      state: stateOf(consent, registry.now()),
      asked_at: instant(consent.asked_at),
      expires_at: instant(consent.expires_at),
    });
  }
  return { consents };
}

export async function answerAsSubject(
  registry: Registry,
  debtor: Debtor,
  { consent_id: consentId, answer, lang }: BodyOf<'answerConsent'>,
  address: string,
): Promise<AnswerOf<'answerConsent'>> {
  const { subjectKey, contactKey, isWhole } = debtor;
  const sees = await sightOf(registry, debtor);
  const found = (await consentsOfSubject(registry.store, subjectKey)).find(
    ({ consent_id, member_no }) => consent_id === consentId && sees(member_no),
  );
  if (!found) throw new ProblemError('not_found', 'There is no such request.');
  const believed = await assuranceFor(registry, registry.store, { subjectKey, contactKey });
  const assurance = believed === 'A0' && isWhole ? 'A3' : believed;
  const capture = { method: 'otp_sms', assurance, contactKey, address, lang: lang ?? null } as const;
  const state = await answerConsent(registry, { memberNo: found.member_no, consentId, answer, capture });
  return { consent_id: consentId, state };
}

export async function blockAsSubject(
  registry: Registry,
  debtor: Debtor,
  { member_id, is_blocked: isBlocked }: BodyOf<'blockMember'>,
): Promise<AnswerOf<'blockMember'>> {
  const memberNo = memberNoOf(member_id);
  const { subjectKey } = debtor;
  const sees = await sightOf(registry, debtor);
  const [member] = memberNo === null || !sees(memberNo) ? [] : await membersOf(registry.store, [memberNo]);
  if (!member) throw new ProblemError('not_found', 'There is no such member.');
  await blockMember(registry, { subjectKey, memberNo: member.member_no, isBlocked });
  return { blocked: (await blockedMembers(registry.store, subjectKey)).filter(sees).map(memberIdOf) };
}
