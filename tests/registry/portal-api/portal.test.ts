import { fromBase64, utf8 } from '#domain/registry/bytes.ts';
import { day } from '#domain/days.ts';
import { itemLeaf } from '#domain/registry/batches.ts';
import { readItem } from '#domain/registry/dues.ts';
import { isIncluded, leafHash } from '#domain/registry/merkle.ts';
import { readCheckpoint, readNote, readProof } from '#domain/registry/notes.ts';
import { sha256 } from '#registry/crypto.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
import { checkBody, debtor, granted, page, putDue, vouch } from '#tests/builders/registry/debtor.ts';
import { call, member, must, otpIn, type TestMember } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let reporter: TestMember;
let other: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  reporter = await member(registry, { legalName: 'Gupta Paper' });
  other = await member(registry);
});
beforeEach(async () => {
  await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
});

const newId = (): string => registry.registry.newId();

describe('a session', () => {
  it('is a cookie that scripts cannot read, for this site, encrypted, for an hour', async () => {
    const of = await debtor(registry);
    const { session_id } = await must(
      call(registry, 'askSession', {
        body: { schema: 'session.v1', mobile: of.mobile, identifier: null, lang: 'hi' },
      }),
    );
    const otp = otpIn(registry.sent.at(-1)?.text ?? '');
    const opened = await call(registry, 'openSession', { body: { session_id, otp } });
    const cookie = String(opened.headers['set-cookie']);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Max-Age=3600'])
      expect(cookie).toContain(part);
    // A password opens once.
    expect((await call(registry, 'openSession', { body: { session_id, otp } })).problem?.code).toBe(
      'otp_spent',
    );
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    expect((await call(registry, 'records', { headers })).status).toBe(200);
    registry.pass({ minutes: 60 });
    expect((await call(registry, 'records', { headers })).problem?.code).toBe('no_session');
    for (const job of registry.jobs) if (job.name === 'sessions') await job.run(registry.registry);
    expect(await registry.registry.store.rows({ text: 'SELECT 1 FROM session' })).toEqual([]);
  });

  it('is over when it is closed', async () => {
    const of = await debtor(registry);
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    await own.answer('closeSession');
    expect((await own.call('records')).problem?.code).toBe('no_session');
  });

  it('takes the same steps for a number that nobody knows', async () => {
    const known = await debtor(registry);
    await vouch(registry, reporter, known);
    await vouch(registry, other, known);
    const body = { schema: 'session.v1', mobile: known.mobile, identifier: known.pan, lang: 'en' } as const;
    const one = await must(call(registry, 'askSession', { body }));
    const two = await must(call(registry, 'askSession', { body: { ...body, mobile: '+919811199999' } }));
    expect(Object.keys(one)).toEqual(Object.keys(two));
    expect(one.expires_at).toBe(two.expires_at);
    expect(registry.sent.slice(-2).map(({ kind }) => kind)).toEqual(['otp', 'otp']);
    const wrong = await call(registry, 'askSession', { body: { ...body, identifier: 'NOTAPAN123' } });
    expect(wrong.problem?.at).toBe('body/identifier');
  });

  it('gives up after five wrong passwords, and after ten minutes', async () => {
    const of = await debtor(registry);
    const body = { schema: 'session.v1', mobile: of.mobile, identifier: null, lang: 'en' } as const;
    const { session_id } = await must(call(registry, 'askSession', { body }));
    const right = otpIn(registry.sent.at(-1)?.text ?? '');
    const wrong = right === '000000' ? '000001' : '000000';
    const guesses = await Promise.all(
      Array.from({ length: 7 }, () => call(registry, 'openSession', { body: { session_id, otp: wrong } })),
    );
    const codes = guesses.map(({ problem }) => problem?.code ?? '').toSorted();
    expect(codes).toEqual([
      'otp_spent',
      'otp_spent',
      'wrong_otp',
      'wrong_otp',
      'wrong_otp',
      'wrong_otp',
      'wrong_otp',
    ]);
    expect((await call(registry, 'openSession', { body: { session_id, otp: right } })).problem?.code).toBe(
      'otp_spent',
    );
    const later = await must(call(registry, 'askSession', { body }));
    const otp = otpIn(registry.sent.at(-1)?.text ?? '');
    registry.pass({ minutes: 10, seconds: 1 });
    const late = await call(registry, 'openSession', { body: { session_id: later.session_id, otp } });
    expect(late.problem?.code).toBe('otp_spent');
  });

  it('sends three passwords to a number in a day; what is asked for after that opens for no guess', async () => {
    const of = await debtor(registry);
    const body = { schema: 'session.v1', mobile: of.mobile, identifier: null, lang: 'en' } as const;
    const before = registry.sent.length;
    const { randomBytes } = registry.registry;
    let drawn = 0;
    Object.assign(registry.registry, {
      randomBytes: (size: number) => {
        const bytes = randomBytes(size);
        if (size === 4) drawn = Buffer.from(bytes).readUInt32BE();
        return bytes;
      },
    });
    let last = '';
    for (let at = 0; at < 6; at += 1) last = (await must(call(registry, 'askSession', { body }))).session_id;
    Object.assign(registry.registry, { randomBytes });
    expect(registry.sent.length - before).toBe(3);
    // The very one that was drawn and never left.
    const otp = String(drawn % 1_000_000).padStart(6, '0');
    const guessed = await call(registry, 'openSession', { body: { session_id: last, otp } });
    expect(guessed.problem?.code).toBe('wrong_otp');
    expect(registry.logged).toContain('otp.capped');
  });
});

describe('a contact that only one member vouches for', () => {
  it('sees what that member says and nothing of anybody else', async () => {
    const of = await debtor(registry);
    const attacker = await member(registry);
    await putDue(registry, of.key, { memberNo: reporter.memberNo });
    await putDue(registry, of.key, { memberNo: attacker.memberNo });
    await vouch(registry, attacker, { ...of, mobile: '+919811100007' });
    const consent = await granted(registry, other, of, { vouchedBy: reporter });
    await other.answer('check', { body: checkBody(registry, of, consent) });
    const his = await page(registry, { mobile: '+919811100007', identifier: of.pan });
    const { records } = await his.answer('records');
    expect(records.map((one) => one.reporter.member_id)).toEqual([attacker.member.member_id]);
    expect((await his.answer('looks')).looks).toEqual([]);
    expect((await his.answer('consentsOfSubject')).consents).toEqual([]);
    const exported = await his.answer('exportSubject');
    expect(exported.records).toHaveLength(1);
    expect(exported.consents).toEqual([]);
    const stranger = await page(registry, { mobile: '+919811100008', identifier: of.pan });
    expect((await stranger.answer('records')).records).toEqual([]);
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    expect((await own.answer('records')).records).toHaveLength(2);
    const dispute = {
      schema: 'dispute.v1',
      dispute_id: newId(),
      reporter: reporter.member.member_id,
      due_ref:
        (await own.answer('records')).records.find((one) => one.reporter.name === 'Gupta Paper')?.due_ref ??
        '',
      reason: 'not_mine',
      proof_sha256: null,
    } as const;
    expect((await his.call('openDispute', { body: dispute })).problem?.code).toBe('not_found');
    const block = { member_id: reporter.member.member_id, is_blocked: true };
    expect((await his.call('blockMember', { body: block })).problem?.code).toBe('not_found');
  });
});

describe('a dispute', () => {
  const openedBy = async (wish: { readonly reason?: 'already_paid' | 'not_mine' } = {}) => {
    const of = await debtor(registry);
    await vouch(registry, reporter, of);
    await vouch(registry, other, of);
    const ref = await putDue(registry, of.key, { memberNo: reporter.memberNo });
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const body = {
      schema: 'dispute.v1',
      dispute_id: newId(),
      reporter: reporter.member.member_id,
      due_ref: ref.toString('base64url'),
      reason: wish.reason ?? 'already_paid',
      proof_sha256: null,
    } as const;
    return { of, own, body, opened: await own.answer('openDispute', { body }) };
  };

  it('hides the due at once and tells the member, who has seven days', async () => {
    const { of, own, body, opened } = await openedBy();
    expect(opened).toEqual({ dispute_id: body.dispute_id, state: 'open', answer_by: '2026-11-29' });
    expect(await own.answer('openDispute', { body })).toEqual(opened);
    expect((await own.answer('records')).records[0]).toMatchObject({
      visibility: 'masked',
      dispute: { reason: 'already_paid', state: 'open' },
    });
    const { changes } = await reporter.answer('changes', { query: { cursor: '0' } });
    expect(changes.find(({ dispute_id }) => dispute_id === body.dispute_id)).toMatchObject({
      type: 'due.disputed',
      answer_by: '2026-11-29',
      has_proof: false,
    });
    const consent = await granted(registry, other, of, { vouchedBy: reporter });
    expect((await other.answer('check', { body: checkBody(registry, of, consent) })).result).toBe(
      'no_record',
    );
    const second = { ...body, dispute_id: newId() };
    expect((await own.call('openDispute', { body: second })).problem?.code).toBe('conflict');
  });

  it('is closed for the debtor when the member accepts, and stays hidden while he contests', async () => {
    const { own, body } = await openedBy();
    const params = { id: body.dispute_id };
    const say = (answer: 'accept' | 'contest') =>
      reporter.call('answerDispute', {
        params,
        body: { schema: 'dispute-answer.v1', answer, evidence_sha256: null },
      });
    expect((await say('contest')).answer?.state).toBe('contested');
    expect((await own.answer('records')).records[0]?.visibility).toBe('masked');
    expect((await say('accept')).answer?.state).toBe('resolved_for_debtor');
    expect((await own.answer('records')).records[0]?.visibility).toBe('suppressed');
    expect((await say('contest')).problem?.code).toBe('conflict');
    const anew = { ...body, dispute_id: newId(), reason: 'duplicate' } as const;
    expect((await own.call('openDispute', { body: anew })).problem?.code).toBe('conflict');
    const asOther = other.call('answerDispute', {
      params,
      body: { schema: 'dispute-answer.v1', answer: 'accept', evidence_sha256: null },
    });
    expect((await asOther).problem?.code).toBe('not_found');
  });

  it('is paid where the member settled it meanwhile, whatever he answers', async () => {
    const { of, body } = await openedBy();
    // As his batch does it.
    const text = `UPDATE due SET state = 'settled', open_p = 0, settled_on = '2026-11-22', dispute = 'resolved_paid'
                  WHERE subject_key = $1`;
    await registry.registry.store.rows({ text, values: [of.key] });
    const answered = await reporter.answer('answerDispute', {
      params: { id: body.dispute_id },
      body: { schema: 'dispute-answer.v1', answer: 'contest', evidence_sha256: null },
    });
    expect(answered.state).toBe('resolved_paid');
  });

  it('that was decided for the member cannot hide the due again for the same reason', async () => {
    const { of, body } = await openedBy();
    await reporter.answer('answerDispute', {
      params: { id: body.dispute_id },
      body: { schema: 'dispute-answer.v1', answer: 'contest', evidence_sha256: null },
    });
    registry.pass({ days: 30 });
    await runJob(registry, 'dispute-clocks');
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const again = { ...body, dispute_id: newId() };
    expect((await own.call('openDispute', { body: again })).problem?.code).toBe('conflict');
    expect((await own.answer('records')).records[0]?.dispute?.state).toBe('resolved_for_reporter');
    const differently = { ...again, reason: 'amount_wrong' } as const;
    expect((await own.answer('openDispute', { body: differently })).state).toBe('open');
  });

  it('that came too late for an answer is the debtor’s word', async () => {
    const { body } = await openedBy();
    registry.pass({ days: 10 });
    const late = await reporter.call('answerDispute', {
      params: { id: body.dispute_id },
      body: { schema: 'dispute-answer.v1', answer: 'contest', evidence_sha256: null },
    });
    expect(late.problem?.code).toBe('conflict');
  });
});

describe('the export', () => {
  it('holds every record with what proves it against the log, checked here without the registry', async () => {
    const of = await debtor(registry);
    await vouch(registry, reporter, of);
    await vouch(registry, other, of);
    const { member: me, key } = reporter;
    const make = batcher({
      origin: registry.registry.origin,
      memberId: me.member_id,
      deviceId: me.device_id,
      key,
      now: registry.registry.now,
    });
    const dues = ['a', 'b', 'c'].map((ref) =>
      due({ ref, of: of.subject.pan ?? '', dueDay: day('2026-09-01') }),
    );
    await reporter.answer('sendBatch', {
      body: make.batch([...dues, due({ ref: 'd', of: 'somebody else' })]),
    });
    for (const job of registry.jobs)
      if (job.name.includes('log') || job.name.includes('sequence')) await job.run(registry.registry);
    const consent = await granted(registry, other, of, { vouchedBy: reporter });
    await other.answer('check', { body: checkBody(registry, of, consent) });
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const exported = await own.answer('exportSubject');
    expect(exported.records).toHaveLength(3);
    expect(exported.looks.map(({ outcome }) => outcome)).toEqual(['no_record']);
    expect(exported.consents.map(({ consent_id }) => consent_id)).toEqual([consent]);
    for (const record of exported.records) {
      const item = readItem(record.item);
      if (typeof item === 'string') throw new Error('It is no item.');
      expect(item.salt).toBe(record.salt);
      const root = Buffer.from(record.batch_header.split('|').at(-1) ?? '', 'base64url');
      const { index, size, hashes } = record.item_proof;
      const proof = hashes.map((text) => fromBase64(text) ?? new Uint8Array(0));
      expect(isIncluded(sha256, { index, size, leaf: itemLeaf(sha256, item), proof, root })).toBe(true);
      const logged = readProof(record.log_proof ?? '');
      if (logged === null) throw new Error('It is not in the log.');
      const checkpoint = readCheckpoint(readNote(logged.checkpoint)?.text ?? '');
      const leaf = leafHash(sha256, utf8(record.batch_header));
      const place = { index: logged.index, size: checkpoint?.size ?? 0, proof: logged.hashes };
      expect(isIncluded(sha256, { ...place, leaf, root: checkpoint?.root ?? root })).toBe(true);
    }
    const asked = await own.answer('erase', { body: { schema: 'erase.v1', reason: 'Wrong PAN' } });
    expect(asked.status).toBe('received');
  });

  it('takes back what he allowed, however many requests somebody else made and dropped since', async () => {
    const of = await debtor(registry);
    const consent = await granted(registry, other, of, { vouchedBy: reporter });
    await registry.registry.store.rows({
      text: `INSERT INTO consent_of_subject (subject_key, consent_id, member_no, purpose, state, expires_at)
             SELECT $1, ('ffffffff-ffff-7fff-8fff-' || lpad(n::text, 12, '0'))::uuid, $2, 'TC01', 'revoked', '2027-01-01'
             FROM generate_series(1, 500) n`,
      values: [of.key, reporter.memberNo],
    });
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const taken = await own.call('answerConsent', { body: { consent_id: consent, answer: 'withdraw' } });
    expect(taken.answer?.state).toBe('revoked');
  });

  it('may ask to be erased, however often a stranger asked it of his PAN from a number of his own', async () => {
    const of = await debtor(registry);
    await vouch(registry, reporter, of);
    await vouch(registry, other, of);
    const stranger = await page(registry, { mobile: '+919911223344', identifier: of.pan });
    const ask = { body: { schema: 'erase.v1', reason: 'Not me' } } as const;
    for (let at = 0; at < 20; at += 1) await stranger.answer('erase', ask);
    expect((await stranger.call('erase', ask)).problem?.code).toBe('too_many');
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    expect((await own.answer('erase', ask)).status).toBe('received');
  });
});
