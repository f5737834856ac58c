import { addDays, day } from '#domain/days.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import { reportShape } from '#contract/registry/consents.ts';
import { isSigned, publicKeyOf } from '#registry/crypto.ts';
import { setStatus } from '#registry/store/members.ts';
import {
  checkBody,
  debtor,
  granted,
  page,
  putDue,
  vouch,
  type Debtor,
} from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let asker: TestMember;
let reporters: TestMember[];
beforeAll(async () => {
  registry = await tempRegistry();
  asker = await member(registry);
  reporters = [];
  while (reporters.length < 4) reporters.push(await member(registry));
});

const reporter = (at: number): TestMember => reporters[at] ?? asker;

async function reportOn(of: Debtor, by: TestMember = asker): Promise<ReturnType<typeof reportShape.parse>> {
  const consent = await granted(registry, by, of, { vouchedBy: reporter(3) });
  return await by.answer('check', { body: checkBody(registry, of, consent) });
}

const looks = async (of: Debtor): Promise<readonly { outcome: string; member_no: number }[]> =>
  await registry.registry.store.rows({
    text: 'SELECT outcome, member_no FROM access_log WHERE subject_key = $1 ORDER BY at, look_id',
    values: [of.key],
  });

async function quotaBack(): Promise<void> {
  await registry.registry.store.rows({ text: 'DELETE FROM quota' });
  await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
}

describe('a check', () => {
  it('says that nothing is known, and that this is no good record, of whom nobody reports', async () => {
    const of = await debtor(registry);
    const report = await reportOn(of);
    expect(report).toMatchObject({ result: 'no_record', reporting_members: { n: 0 }, trend_24m: null });
    expect(report.text).toContain('not a good record');
    expect(await looks(of)).toEqual([{ outcome: 'no_record', member_no: asker.memberNo }]);
  });

  it('tells of one reporter the bands and the age, and of three the months too, all of it signed', async () => {
    const of = await debtor(registry);
    await putDue(registry, of.key, { memberNo: reporter(0).memberNo, amountPaise: 75_000_00 });
    const one = await reportOn(of);
    expect(one).toMatchObject({
      result: 'record',
      reporting_members: { n: 1, since: null },
      outstanding: { band: '50k-1L' },
      overdue: { band: '50k-1L' },
      oldest_dpd: '91-180',
      settled_ratio: null,
      trend_24m: null,
      worst_dpd_24m: null,
      suppressed: ['trend', 'ratio', 'details'],
      reason: 'fewer_than_2_reporters',
    });
    await putDue(registry, of.key, { memberNo: reporter(1).memberNo, settledDay: day('2026-08-11') });
    await quotaBack();
    const two = await reportOn(of);
    expect(two.settled_ratio).toEqual({ by_count: 0.5, by_value_band: '40-50', median_days_late: '1-30' });
    expect(two.suppressed).toEqual(['trend']);
    await putDue(registry, of.key, { memberNo: reporter(2).memberNo, dueDay: day('2026-09-25') });
    await quotaBack();
    const three = await reportOn(of);
    expect(three.trend_24m).toHaveLength(24);
    expect(three.trend_24m?.slice(-3)).toEqual(['1', '2', '4']);
    expect(three.trend_24m?.[0]).toBe('-');
    expect(three).toMatchObject({ worst_dpd_24m: '91-180', reason: null, suppressed: [] });
    const key = publicKeyOf(registry.registry.receiptKey.publicKey);
    const sig = Buffer.from(three.sig, 'base64url');
    expect(isSigned(key, Buffer.from(signedText(three), 'utf8'), sig)).toBe(true);
    expect(isSigned(key, Buffer.from(signedText({ ...three, oldest_dpd: '0' }), 'utf8'), sig)).toBe(false);
  });

  it('leaves out what the asker says himself, and what the subject says of itself', async () => {
    const of = await debtor(registry);
    const itself = await member(registry, { gstin: of.gstin });
    await putDue(registry, of.key, { memberNo: asker.memberNo });
    await putDue(registry, of.key, { memberNo: itself.memberNo, settledDay: day('2026-08-01') });
    await quotaBack();
    expect((await reportOn(of)).result).toBe('no_record');
  });

  it('counts two memberships of one business once, and leaves both out when one of them asks', async () => {
    const of = await debtor(registry);
    const [one, two] = [await member(registry), await member(registry)];
    // As a merger of registrations would leave them.
    await registry.registry.store.rows({
      text: 'UPDATE member SET pan_key = (SELECT pan_key FROM member WHERE member_no = $1) WHERE member_no = $2',
      values: [one.memberNo, two.memberNo],
    });
    await putDue(registry, of.key, { memberNo: one.memberNo });
    await putDue(registry, of.key, { memberNo: two.memberNo });
    await quotaBack();
    expect((await reportOn(of)).reporting_members.n).toBe(1);
    await quotaBack();
    expect((await reportOn(of, two)).result).toBe('no_record');
  });

  it('shows only what is visible: notice over, no dispute, not held, not questioned, leave given, member in good standing', async () => {
    const of = await debtor(registry);
    const by = await member(registry);
    const memberNo = by.memberNo;
    const today = registry.registry.today();
    await putDue(registry, of.key, { memberNo, noticeDay: null });
    await putDue(registry, of.key, { memberNo, noticeDay: addDays(today, -20) });
    await putDue(registry, of.key, { memberNo, dispute: 'open' });
    await putDue(registry, of.key, { memberNo, dispute: 'contested' });
    await putDue(registry, of.key, { memberNo, dispute: 'resolved_for_debtor' });
    await putDue(registry, of.key, { memberNo, isHeld: true });
    await putDue(registry, of.key, { memberNo, questioned: 2 });
    await putDue(registry, of.key, { memberNo, entity: 'P' });
    await putDue(registry, of.key, { memberNo, entity: 'unknown', consentId: registry.registry.newId() });
    await putDue(registry, of.key, { memberNo, state: 'withdrawn' });
    await putDue(registry, of.key, { memberNo, dueDay: day('2023-11-01') });
    await putDue(registry, of.key, { memberNo, settledDay: day('2024-11-22') });
    const left = await member(registry);
    await putDue(registry, of.key, { memberNo: left.memberNo });
    await setStatus(registry.registry.store, left.memberNo, 'suspended');
    await quotaBack();
    expect((await reportOn(of)).result).toBe('no_record');
    await putDue(registry, of.key, { memberNo, noticeDay: addDays(today, -21) });
    await quotaBack();
    expect(await reportOn(of)).toMatchObject({
      result: 'record',
      reporting_members: { n: 1 },
      disputes: { open: 0, resolved_for_debtor: 0, resolved_for_reporter: 0 },
      legal: { withdrawn: 0 },
    });
    // How it stands with one member's dues is told among those of two.
    await putDue(registry, of.key, { memberNo: reporter(1).memberNo });
    await quotaBack();
    expect(await reportOn(of)).toMatchObject({
      reporting_members: { n: 2 },
      disputes: { open: 2, resolved_for_debtor: 1, resolved_for_reporter: 0 },
      legal: { withdrawn: 1 },
    });
  });

  it('shows a natural person’s due while his leave to report it stands, and no longer', async () => {
    const of = await debtor(registry, 'P');
    const by = await member(registry);
    const consentId = await granted(registry, by, of, {
      purpose: 'TC02',
      expiry: '2028-11-01',
      vouchedBy: reporter(3),
    });
    await putDue(registry, of.key, { memberNo: by.memberNo, entity: 'P', consentId });
    await quotaBack();
    expect((await reportOn(of)).result).toBe('record');
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    await own.answer('answerConsent', { body: { consent_id: consentId, answer: 'withdraw' } });
    await quotaBack();
    expect((await reportOn(of)).result).toBe('no_record');
  });

  it('tells no months where the debtor agreed to the summary alone', async () => {
    const of = await debtor(registry);
    for (const by of reporters) await putDue(registry, of.key, { memberNo: by.memberNo });
    await quotaBack();
    const consent = await granted(registry, asker, of, { vouchedBy: reporter(3), scope: ['SUMMARY'] });
    const report = await asker.answer('check', { body: checkBody(registry, of, consent) });
    expect(report).toMatchObject({ reporting_members: { n: 4 }, trend_24m: null, worst_dpd_24m: null });
  });

  it('is made once for each consent, whoever is faster, and answered again for whoever lost the answer', async () => {
    const of = await debtor(registry);
    await quotaBack();
    const consent = await granted(registry, asker, of, { vouchedBy: reporter(3) });
    const bodies = Array.from({ length: 6 }, () => checkBody(registry, of, consent));
    const all = await Promise.all(bodies.map((body) => asker.call('check', { body })));
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    const at = all.findIndex(({ status }) => status === 200);
    const body = bodies[at];
    if (!body) throw new Error('None was answered.');
    const again = await asker.answer('check', { body });
    expect(again).toEqual(all[at]?.answer);
    expect((await looks(of)).filter(({ outcome }) => outcome === 'no_record')).toHaveLength(1);
    expect((await asker.answer('consent', { params: { id: consent } })).state).toBe('used');
  });

  it('is answered after all where the server stopped between using the consent and the answer', async () => {
    const of = await debtor(registry);
    await quotaBack();
    const consent = await granted(registry, asker, of, { vouchedBy: reporter(3) });
    const body = checkBody(registry, of, consent);
    const text = `UPDATE consent SET state = 'used', check_id = $2 WHERE consent_id = $1`;
    await registry.registry.store.rows({ text, values: [consent, body.check_id] });
    expect((await asker.answer('check', { body })).result).toBe('no_record');
  });

  it('is one look: once its report may be kept no longer, the same check shows nothing of today', async () => {
    const of = await debtor(registry);
    await quotaBack();
    const wish = { vouchedBy: reporter(3), data_life: { unit: 'DAY', value: 1 } } as const;
    const body = checkBody(registry, of, await granted(registry, asker, of, wish));
    await asker.answer('check', { body });
    await putDue(registry, of.key, { memberNo: reporter(0).memberNo });
    registry.pass({ days: 2 });
    expect((await asker.call('check', { body })).problem?.code).toBe('already_used');
    // Nor where nothing was told yet and the consent has come to its end meanwhile.
    const cut = checkBody(registry, of, await granted(registry, asker, of, wish));
    await registry.registry.store.rows({
      text: `UPDATE consent SET state = 'used', check_id = $2 WHERE consent_id = $1`,
      values: [cut.consent_id, cut.check_id],
    });
    registry.pass({ days: 15 });
    expect((await asker.call('check', { body: cut })).problem?.code).toBe('already_used');
  });

  it('can be read again until it is no longer good, then it is erased', async () => {
    const of = await debtor(registry);
    await quotaBack();
    const consent = await granted(registry, asker, of, {
      vouchedBy: reporter(3),
      data_life: { unit: 'DAY', value: 5 },
    });
    const body = checkBody(registry, of, consent);
    const report = await asker.answer('check', { body });
    const params = { id: body.check_id };
    registry.pass({ days: 5 });
    expect(await asker.answer('report', { params })).toEqual(report);
    expect((await reporter(0).call('report', { params })).problem?.code).toBe('not_found');
    registry.pass({ days: 1 });
    expect((await asker.call('report', { params })).problem?.code).toBe('not_found');
    for (const job of registry.jobs) if (job.name === 'check-results') await job.run(registry.registry);
    const rows = await registry.registry.store.rows({
      text: 'SELECT 1 FROM check_result WHERE check_id = $1',
      values: [body.check_id],
    });
    expect(rows).toEqual([]);
  });

  it('is told to the debtor: on his page at once, and in one message for all looks since the last', async () => {
    const of = await debtor(registry);
    await quotaBack();
    await reportOn(of);
    await reporter(0).call('check', { body: checkBody(registry, of, registry.registry.newId()) });
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const seen = (await own.answer('looks')).looks.map(({ outcome, member: by }) => [by.member_id, outcome]);
    expect(seen).toEqual(
      expect.arrayContaining([
        [asker.member.member_id, 'no_record'],
        [reporter(0).member.member_id, 'refused'],
      ]),
    );
    await quotaBack();
    const before = registry.sent.length;
    for (const job of registry.jobs) if (job.name === 'look-alerts') await job.run(registry.registry);
    const told = registry.sent.slice(before).filter(({ to }) => to.mobile === of.mobile);
    expect(told).toHaveLength(1);
    expect(told[0]?.kind).toBe('access');
    expect(told[0]?.text).toContain(asker.member.legal_name);
    for (const job of registry.jobs) if (job.name === 'look-alerts') await job.run(registry.registry);
    expect(registry.sent.slice(before).filter(({ to }) => to.mobile === of.mobile)).toHaveLength(1);
  });

  it('counts the days past due at the moment of asking: past midnight in India, not of UTC', async () => {
    const of = await debtor(registry);
    const today = registry.registry.today();
    await putDue(registry, of.key, {
      memberNo: reporter(0).memberNo,
      dueDay: addDays(today, -60),
      noticeDay: addDays(today, -30),
    });
    await quotaBack();
    expect((await reportOn(of)).oldest_dpd).toBe('31-60');
    // From ten in the morning to a quarter past midnight in India: still the same day of UTC.
    registry.pass({ minutes: 14 * 60 + 15 });
    await vouch(registry, reporter(2), of);
    await quotaBack();
    const later = await reportOn(of);
    expect(later).toMatchObject({ as_of: addDays(today, 1), oldest_dpd: '61-90' });
  });
});
