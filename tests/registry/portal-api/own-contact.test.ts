import { day } from '#domain/days.ts';
import type { Due } from '#domain/registry/dues.ts';
import { noticeSha256, noticeText } from '#registry/portal/privacy-notice.ts';
import { batcher, due, type Batcher } from '#tests/builders/registry/batch.ts';
import {
  checkBody,
  consentBody,
  debtor,
  page,
  putDue,
  vouch,
  type Debtor,
} from '#tests/builders/registry/debtor.ts';
import { call, member, otpIn, type TestMember } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

// Whose telephone it is: the debtor's own, the reporter's, or by now somebody else's.

let registry: TempRegistry;
let reporter: TestMember;
let second: TestMember;
let asker: TestMember;
let next: Batcher;
beforeAll(async () => {
  registry = await tempRegistry();
  reporter = await member(registry, { legalName: 'Gupta Paper' });
  second = await member(registry);
  asker = await member(registry);
  const { origin, now } = registry.registry;
  const { member_id: memberId } = reporter.member;
  next = batcher({ origin, memberId, deviceId: 'd1', key: reporter.key, now });
});
beforeEach(async () => {
  await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
  await registry.registry.store.rows({ text: 'DELETE FROM quota' });
});

const dueOf = (of: Debtor, wish: Parameters<typeof due>[0] = {}): Due =>
  due({ ref: `${of.mobile} ${wish.ref ?? ''}`, ...wish, of: of.subject.pan ?? '' });

async function report(of: Debtor, contact: string, ...dues: readonly Due[]): Promise<void> {
  const contacts = [{ subject: of.subject.pan ?? '', mobile: contact, email: null }];
  const body = next.batch(dues, { contacts });
  expect((await reporter.answer('sendBatch', { body })).errors).toEqual([]);
  await runJob(registry, 'notices');
}

async function approve(of: Debtor): Promise<string> {
  const { consent_id } = await asker.answer('askConsent', { body: consentBody(registry, of) });
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  await own.answer('answerConsent', { body: { consent_id, answer: 'approve' } });
  return consent_id;
}

const looked = async (of: Debtor): Promise<number> =>
  (await asker.answer('check', { body: checkBody(registry, of, await approve(of)) })).reporting_members.n;

const toldAt = (mobile: string): readonly string[] =>
  registry.sent
    .filter(({ to, kind }) => to.mobile === mobile && kind === 'publication')
    .map(({ kind }) => kind);

describe('a due that the debtor was told of at the reporter’s own telephone', () => {
  it('reaches no check before the debtor had his 21 days himself', async () => {
    const of = await debtor(registry);
    const fake = '+919111111111';
    const proven = (['irp', 'ack'] as const).map((grade) => dueOf(of, { ref: grade, grade }));
    await report(of, fake, dueOf(of), ...proven);
    expect(toldAt(fake)).toHaveLength(1);
    registry.pass({ days: 22 });
    // By the clock it could be seen. Nobody is answered through the false telephone, and now the true one turns up.
    const { consent_id } = await asker.answer('askConsent', {
      body: consentBody(registry, of, { mobile: fake }),
    });
    const false_ = await page(registry, { mobile: fake, identifier: of.pan });
    expect((await false_.call('answerConsent', { body: { consent_id, answer: 'approve' } })).status).not.toBe(
      200,
    );
    await asker.call('dropConsent', { params: { id: consent_id } });
    await vouch(registry, second, of);
    await vouch(registry, await member(registry), of);
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const seen = async (): Promise<readonly string[]> =>
      (await own.answer('records')).records.map(({ visibility, evidence }) => `${evidence} ${visibility}`);
    // Nobody has verified what the reporter calls signed or acknowledged.
    expect((await seen()).toSorted()).toEqual(
      ['ack', 'doc', 'irp'].map((grade) => `${grade} notice-pending`),
    );
    await runJob(registry, 'notices');
    expect(toldAt(of.mobile)).toHaveLength(1);
    expect(await looked(of)).toBe(0);
    registry.pass({ days: 20 });
    expect(await looked(of)).toBe(0);
    registry.pass({ days: 1 });
    expect(await looked(of)).toBe(1);
  });

  it('is not told anew where it was the debtor’s own telephone, however often he comes', async () => {
    const of = await debtor(registry);
    await vouch(registry, second, of);
    await report(of, of.mobile, dueOf(of));
    registry.pass({ days: 22 });
    expect(await looked(of)).toBe(1);
    expect(await looked(of)).toBe(1);
    expect(toldAt(of.mobile)).toHaveLength(1);
  });
});

it('is not pushed off the list by a member who names five hundred others in a batch', async () => {
  const of = await debtor(registry);
  await vouch(registry, second, of);
  await vouch(registry, await member(registry), of);
  await putDue(registry, of.key, { memberNo: asker.memberNo });
  registry.pass({ days: 1 });
  const contacts = Array.from({ length: 500 }, (_one, at) => ({
    subject: of.subject.pan ?? '',
    mobile: `+9191${String(at).padStart(8, '0')}`,
    email: null,
  }));
  const body = next.batch([dueOf(of)], { contacts });
  expect((await reporter.answer('sendBatch', { body })).errors).toEqual([]);
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  expect((await own.answer('records')).records).toHaveLength(2);
});

describe('the page of a consent', () => {
  const linkIn = (mobile: string): string =>
    /\/c\/([A-Za-z0-9_-]+)/.exec(registry.sent.findLast(({ to }) => to.mobile === mobile)?.text ?? '')?.[1] ??
    '';

  it('says before “Allow” how many have reported something, and where he can object first', async () => {
    const of = await debtor(registry);
    await vouch(registry, second, of);
    await vouch(registry, reporter, of);
    await putDue(registry, of.key, { memberNo: reporter.memberNo });
    await putDue(registry, of.key, { memberNo: second.memberNo, noticeDay: null });
    await asker.answer('askConsent', { body: consentBody(registry, of) });
    const { body } = await registry.app.inject({
      url: `/c/${linkIn(of.mobile)}`,
      headers: { host: 'registry.test' },
    });
    expect(body).toContain('2 businesses have reported something about you');
    const [note, allow] = [body.indexOf('See it and object first'), body.indexOf('value="approve"')];
    expect(note > 0 && note < allow).toBe(true);
    // To whom nobody but the asker calls the debtor nothing is told.
    const stranger = await debtor(registry);
    await putDue(registry, stranger.key, { memberNo: reporter.memberNo });
    await asker.answer('askConsent', { body: consentBody(registry, stranger) });
    registry.pass({ days: 4 });
    await runJob(registry, 'held-consents');
    const held = await registry.app.inject({
      url: `/c/${linkIn(stranger.mobile)}`,
      headers: { host: 'registry.test' },
    });
    expect(held.statusCode).toBe(200);
    expect(held.body).not.toMatch(/reported something about you/);
  });

  it('opens no other page with its password, and is answered by mail as by mail', async () => {
    const of = { ...(await debtor(registry)), mobile: 'owner@debtor.example' };
    await vouch(registry, second, of);
    await vouch(registry, reporter, of);
    const wish = consentBody(registry, of);
    const contact = { mobile: null, email: of.mobile };
    await asker.answer('askConsent', { body: { ...wish, contact } });
    const sentTo = registry.sent.findLast(({ to }) => to.email === of.mobile);
    const link = /\/c\/([A-Za-z0-9_-]+)/.exec(sentTo?.text ?? '')?.[1] ?? '';
    await call(registry, 'askLinkOtp', { body: { link } });
    const otp = otpIn(registry.sent.findLast(({ kind }) => kind === 'otp')?.text ?? '');
    const [{ session_id } = { session_id: '' }] = await registry.registry.store.rows<{ session_id: string }>({
      text: 'SELECT session_id FROM session WHERE subject_key = $1',
      values: [of.key],
    });
    expect((await call(registry, 'openSession', { body: { session_id, otp } })).problem?.code).toBe(
      'otp_spent',
    );
    expect(
      (await call(registry, 'answerLink', { body: { link, otp, answer: 'approve', lang: 'hi' } })).status,
    ).toBe(200);
    const { artefact } = await asker.answer('consent', { params: { id: wish.consent_id } });
    expect(artefact?.capture).toMatchObject({ method: 'otp_email' });
    // What he agreed to is the notice that stood before him, letter by letter.
    const { body: shown } = await registry.app.inject({
      url: '/privacy?lang=hi',
      headers: { host: 'registry.test' },
    });
    expect(artefact?.notice).toEqual({ version: 'n1', lang: 'hi', sha256: noticeSha256('hi') });
    expect(shown).toContain(noticeText('hi').split('\n')[0]?.replace(/^# /, ''));
  });
});

describe('a telephone that the debtor has not used for a year', () => {
  it('is believed as two members’ word is, and forgotten when whoever has it now says that he is not the debtor', async () => {
    const of = await debtor(registry);
    await vouch(registry, second, of);
    await registry.registry.store.rows({
      text: 'UPDATE contact SET is_registered = true, used_on = $2 WHERE subject_key = $1',
      values: [of.key, registry.registry.today()],
    });
    const ref = await putDue(registry, of.key, { memberNo: reporter.memberNo, dueDay: day('2026-09-01') });
    const asked = async (): Promise<string> => {
      const { assurance, consent_id } = await asker.answer('askConsent', { body: consentBody(registry, of) });
      await asker.answer('dropConsent', { params: { id: consent_id } });
      // Asking is saying so, too: here one member alone has said it.
      const text = 'DELETE FROM contact WHERE member_no = $1';
      await registry.registry.store.rows({ text, values: [asker.memberNo] });
      return assurance;
    };
    expect(await asked()).toBe('A3');
    registry.pass({ days: 365 });
    await registry.registry.store.rows({ text: 'DELETE FROM quota' });
    expect(await asked()).toBe('A2');
    const now = await page(registry, { mobile: of.mobile, identifier: of.pan });
    // That he answers there is no use of it by the debtor.
    expect(await asked()).toBe('A2');
    const said = {
      schema: 'dispute.v1',
      dispute_id: registry.registry.newId(),
      reporter: reporter.member.member_id,
      due_ref: ref.toString('base64url'),
      reason: 'identity_wrong',
      proof_sha256: null,
    } as const;
    await now.answer('openDispute', { body: said });
    expect((await now.call('records')).problem?.code).toBe('no_session');
    await registry.registry.store.rows({ text: 'DELETE FROM quota' });
    expect(await asked()).toBe('A0');
  });
});

describe('a debtor of whom very much is said', () => {
  it('reads it page by page, each due once, and gets all of it when he asks for all', async () => {
    const of = await debtor(registry);
    await vouch(registry, reporter, of);
    await vouch(registry, second, of);
    const { store } = registry.registry;
    await store.rows({
      text: `INSERT INTO due (subject_key, member_no, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p,
               evidence, subject, salt, batch_id, item_at, content, reported_at, notice_on)
             SELECT $1, $2, substr(sha256(('p' || n)::bytea), 1, 16), 1, 'open', 'C', '2026-01-01', '2026-02-01', n, n,
               'doc', '{}', substr(sha256(('p' || n)::bytea), 1, 16), '00000000-0000-7000-8000-000000000000', 0, '\\x00',
               timestamptz '2026-08-20T00:00:00Z' + (n / 7) * interval '1 hour', '2026-09-01'
             FROM generate_series(1, 450) n`,
      values: [of.key, reporter.memberNo],
    });
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const seen: number[] = [];
    const sizes: number[] = [];
    for (let after: string | null = ''; after !== null;) {
      const query: Record<string, string> = after === '' ? {} : { after };
      const { records, next } = await own.answer('records', { query });
      seen.push(...records.map(({ amount_p }) => amount_p));
      sizes.push(records.length);
      after = next;
    }
    expect(sizes).toEqual([200, 200, 50]);
    expect(new Set(seen).size).toBe(450);
    expect((await own.answer('exportSubject')).records).toHaveLength(450);
    const headers = { host: 'registry.test', cookie: own.cookie };
    const first = (await registry.app.inject({ url: '/me', headers })).body;
    const href = /href="([^"]+)" id="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const cards = (html: string): number => html.split('class="card record"').length - 1;
    const following = (await registry.app.inject({ url: href, headers })).body;
    expect([cards(first), cards(following)]).toEqual([200, 200]);
  });
});

describe('an objection', () => {
  it('may be made again to a bill that was found false and erased, and is reported once more', async () => {
    const of = await debtor(registry);
    await vouch(registry, second, of);
    await report(of, of.mobile, dueOf(of));
    const object = async (): Promise<string | undefined> => {
      const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
      const [record] = (await own.answer('records')).records;
      if (record === undefined) throw new Error('There is nothing to object to.');
      expect(record.dispute).toBeNull();
      const said = {
        schema: 'dispute.v1',
        dispute_id: registry.registry.newId(),
        proof_sha256: null,
      } as const;
      const place = {
        reporter: record.reporter.member_id,
        due_ref: record.due_ref,
        reason: 'not_mine',
      } as const;
      await own.answer('openDispute', { body: { ...said, ...place } });
      await reporter.answer('answerDispute', {
        params: { id: said.dispute_id },
        body: { schema: 'dispute-answer.v1', answer: 'accept', evidence_sha256: null },
      });
      return (await own.answer('records')).records[0]?.visibility;
    };
    expect(await object()).toBe('suppressed');
    registry.pass({ days: 31 });
    await runJob(registry, 'retention');
    await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
    await report(of, of.mobile, dueOf(of, { rev: 2 }));
    expect(await object()).toBe('suppressed');
  });

  it('under another one’s id is a conflict, and hides nothing', async () => {
    const said = {
      schema: 'dispute.v1',
      dispute_id: registry.registry.newId(),
      reporter: reporter.member.member_id,
      reason: 'already_paid',
      proof_sha256: null,
    } as const;
    const codes: unknown[] = [];
    for (const of of [await debtor(registry), await debtor(registry)]) {
      await vouch(registry, reporter, of);
      const ref = await putDue(registry, of.key, { memberNo: reporter.memberNo });
      const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
      const { problem } = await own.call('openDispute', {
        body: { ...said, due_ref: ref.toString('base64url') },
      });
      codes.push(problem?.code, (await own.answer('records')).records[0]?.visibility);
    }
    expect(codes).toEqual([undefined, 'masked', 'conflict', 'visible']);
  });
});
