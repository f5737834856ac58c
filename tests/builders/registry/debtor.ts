import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { addDays, day, type Day } from '#domain/days.ts';
import type { Subject } from '#domain/registry/subjects.ts';
import type { DisputeState, DueState, EntityKind, EvidenceGrade } from '#domain/registry/words.ts';
import { instant } from '#registry/clock.ts';
import { keyOfToken } from '#registry/ids.ts';
import { seeEntities } from '#registry/store/subject-entities.ts';
import { call, gstinOf, must, otpIn, panOf, type Answered, type Ask, type TestMember } from './member.ts';
import type { TempRegistry } from './temp-registry.ts';
import type { EndpointName } from '#contract/registry.ts';

// A debtor: who he is, what he is asked, what he answers on his page, and dues of his as they stand in the tables.

export type Debtor = {
  readonly gstin: string;
  readonly pan: string;
  readonly mobile: string;
  /** By his PAN, as members name him. */
  readonly subject: Subject;
  readonly key: Buffer;
};

let debtors = 0;

/** One whom nobody has named yet. */
export async function debtor(registry: TempRegistry, entity: EntityKind = 'C'): Promise<Debtor> {
  debtors += 1;
  const gstin = gstinOf(2_000_000 + debtors, entity);
  const pan = panOf(gstin);
  const [token = null] = await registry.registry.blinder.blind([{ kind: 'pan', value: pan }]);
  if (token === null) throw new Error('The test made no PAN.');
  const subject = { pan: token, gstin: null, mobile: null, entity };
  const { store, today } = registry.registry;
  // As if a member had asked for the token.
  const seen = { subject_key: keyOfToken(token), is_person: entity === 'P', holds_pan: false };
  await seeEntities(store, today(), [seen]);
  return { gstin, pan, mobile: `+9197${String(debtors).padStart(8, '0')}`, subject, key: keyOfToken(token) };
}

export type ConsentWish = Partial<Omit<BodyOf<'askConsent'>, 'purpose' | 'contact'>> & {
  readonly purpose?: 'TC01' | 'TC02';
  readonly mobile?: string;
};

export function consentBody(
  registry: TempRegistry,
  of: Debtor,
  wish: ConsentWish = {},
): BodyOf<'askConsent'> {
  const { purpose = 'TC01', mobile = of.mobile, ...more } = wish;
  return {
    schema: 'consent-request.v1',
    consent_id: registry.registry.newId(),
    subject: of.subject,
    contact: { mobile, email: null },
    purpose: { code: purpose, text: purpose === 'TC01' ? 'Decide trade credit' : 'Report what is overdue' },
    scope: ['SUMMARY', 'TREND_24M'],
    fetch: 'ONETIME',
    expiry: addDays(registry.registry.today(), 14),
    data_life: { unit: 'DAY', value: 30 },
    lang: 'en',
    ...more,
  };
}

/** Another member says the same of his contact, so that it is believed: a month ago, unless it is said when. */
export async function vouch(
  registry: TempRegistry,
  by: Pick<TestMember, 'memberNo'>,
  of: Pick<Debtor, 'key' | 'mobile'>,
  daysAgo = 30,
): Promise<void> {
  const { contacts, store, today, now } = registry.registry;
  const firstAt = instant(now() - daysAgo * 86_400_000);
  const ct = await contacts.seal(of.key, of.mobile);
  await store.rows({
    text: `INSERT INTO contact (subject_key, contact_key, member_no, ct, lang, seen_on, first_at)
           VALUES ($1, $2, $3, $4, 'en', $5, $6) ON CONFLICT DO NOTHING`,
    values: [of.key, contacts.keyOf(of.mobile), by.memberNo, ct, today(), firstAt],
  });
}

export type Page = {
  readonly cookie: string;
  readonly csrf: string;
  /** Calls as the debtor, with the page's own word. */
  readonly call: <N extends EndpointName>(name: N, ask?: Ask<N>) => Promise<Answered<N>>;
  readonly answer: <N extends EndpointName>(name: N, ask?: Ask<N>) => Promise<AnswerOf<N>>;
};

export type PageWish = { readonly mobile: string; readonly identifier: string | null };

/** He asks for a password, gets it and opens his page. */
export async function page(registry: TempRegistry, { mobile, identifier }: PageWish): Promise<Page> {
  const before = registry.sent.length;
  const { session_id } = await must(
    call(registry, 'askSession', { body: { schema: 'session.v1', mobile, identifier, lang: 'en' } }),
  );
  const otp = otpIn(registry.sent.slice(before).find(({ kind }) => kind === 'otp')?.text ?? '');
  const opened = await call(registry, 'openSession', { body: { session_id, otp } });
  const csrf = (await must(Promise.resolve(opened))).csrf;
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
  const asDebtor: Page['call'] = (name, ask = {}) =>
    call(registry, name, { ...ask, headers: { cookie, 'x-csrf-token': csrf, ...ask.headers } });
  return { cookie, csrf, call: asDebtor, answer: (name, ask) => must(asDebtor(name, ask)) };
}

/** What was put into the table as told of was told to his own contact. */
export async function asIfTold(registry: TempRegistry, of: Pick<Debtor, 'key' | 'mobile'>): Promise<void> {
  await registry.registry.store.rows({
    text: `INSERT INTO notice_contact (subject_key, contact_key, told_on)
           SELECT DISTINCT subject_key, $2::bytea, notice_on FROM due WHERE subject_key = $1 AND notice_on IS NOT NULL
           ON CONFLICT DO NOTHING`,
    values: [of.key, registry.registry.contacts.keyOf(of.mobile)],
  });
}

/** The member and another have long named the contact, the member asks, the debtor approves: a consent that stands. */
export async function granted(
  registry: TempRegistry,
  seller: TestMember,
  of: Debtor,
  wish: ConsentWish & { readonly vouchedBy: TestMember },
): Promise<string> {
  const { vouchedBy, ...more } = wish;
  await vouch(registry, vouchedBy, of);
  await vouch(registry, seller, of);
  await asIfTold(registry, of);
  const { consent_id } = await seller.answer('askConsent', { body: consentBody(registry, of, more) });
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  await own.answer('answerConsent', { body: { consent_id, answer: 'approve' } });
  return consent_id;
}

export type DueRow = {
  readonly memberNo: number;
  readonly state?: DueState;
  readonly entity?: EntityKind;
  readonly dueDay?: Day;
  readonly amountPaise?: number;
  readonly openPaise?: number;
  readonly settledDay?: Day | null;
  readonly evidence?: EvidenceGrade;
  readonly noticeDay?: Day | null;
  readonly dispute?: DisputeState | null;
  readonly isHeld?: boolean;
  readonly questioned?: number;
  readonly consentId?: string | null;
  readonly reportedAt?: string;
};

let rows = 0;

/** Straight into the table: visible unless it is said otherwise. Its reference. */
export async function putDue(registry: TempRegistry, key: Buffer, row: DueRow): Promise<Buffer> {
  rows += 1;
  const ref = Buffer.alloc(16);
  ref.writeUInt32BE(rows, 0);
  const settledDay = row.settledDay ?? null;
  const amount = row.amountPaise ?? 50_000_00;
  await registry.registry.store.rows({
    text: `INSERT INTO due (subject_key, member_no, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p,
             settled_on, evidence, subject, salt, batch_id, item_at, content, reported_at, notice_on, held, questioned,
             dispute, basis_consent)
           VALUES ($1, $2, $3, 1, $4, $5, $6, $6, $7, $8, $9, $10, '{}', $3, $11, 0, '\\x00', $12, $13, $14, $15, $16,
             $17)`,
    values: [
      key,
      row.memberNo,
      ref,
      row.state ?? (settledDay === null ? 'open' : 'settled'),
      row.entity ?? 'C',
      row.dueDay ?? day('2026-08-01'),
      amount,
      row.openPaise ?? (settledDay === null ? amount : 0),
      settledDay,
      row.evidence ?? 'doc',
      registry.registry.newId(),
      row.reportedAt ?? '2026-09-20T00:00:00Z',
      row.noticeDay === undefined ? day('2026-09-20') : row.noticeDay,
      row.isHeld ?? false,
      row.questioned ?? 0,
      row.dispute ?? null,
      row.consentId ?? null,
    ],
  });
  return ref;
}

export function checkBody(
  registry: TempRegistry,
  of: Pick<Debtor, 'subject'>,
  consentId: string,
  checkId: string = registry.registry.newId(),
): BodyOf<'check'> {
  return { schema: 'check.v1', check_id: checkId, consent_id: consentId, subject: of.subject };
}
