import { addDays } from '#domain/days.ts';
import { countSubject } from '#registry/checks/summaries.ts';
import { COUNTED_FROM, spoilSummary } from '#registry/store/checks.ts';
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

// A subject that very many report on: counted by a job, and told as if every due had been read.

let registry: TempRegistry;
let asker: TestMember;
let reporter: TestMember;
let of: Debtor;
beforeAll(async () => {
  registry = await tempRegistry();
  asker = await member(registry);
  reporter = await member(registry);
  of = await debtor(registry);
  const { store } = registry.registry;
  await store.rows({
    text: `INSERT INTO member (member_no, pan_key, gstin_key, legal_name, contact_ct, purpose, terms_version, status, lang,
             joined_on, probation_until)
           SELECT n, sha256(('m' || n)::bytea), '\\x00', 'Member ' || n, '\\x00', 'both', '2026-11', 'active', 'en',
             '2026-01-01', '2026-03-01' FROM generate_series(1, 700) n`,
  });
  await store.rows({
    text: `INSERT INTO due (subject_key, member_no, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p,
             settled_on, evidence, subject, salt, batch_id, item_at, content, reported_at, notice_on)
           SELECT $1, 1 + n % 700, substr(sha256(('r' || n)::bytea), 1, 16), 1,
             CASE WHEN n % 4 = 0 THEN 'settled' ELSE 'open' END, 'C', date '2026-01-01' + (n % 180), date '2026-02-01' + (n % 180),
             20000, CASE WHEN n % 4 = 0 THEN 0 ELSE 20000 END, CASE WHEN n % 4 = 0 THEN date '2026-10-05' END, 'doc',
             '{}', '\\x00', '00000000-0000-7000-8000-000000000000', 0, '\\x00', '2026-08-20T00:00:00Z', '2026-09-01'
           FROM generate_series(1, ${COUNTED_FROM + 500}) n`,
    values: [of.key],
  });
});

async function report(by = asker): Promise<Record<string, unknown>> {
  await registry.registry.store.rows({ text: 'DELETE FROM quota' });
  await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
  const consent = await granted(registry, by, of, { vouchedBy: reporter });
  const {
    check_id: _a,
    consent_id: _b,
    sig: _c,
    ...facts
  } = await by.answer('check', {
    body: checkBody(registry, of, consent),
  });
  return facts;
}

/** Of India's clock. */
const minutesPastTen = (): number => Math.floor((registry.registry.now() / 60_000 - 270) % 1_440);

const summaries = (): Promise<readonly object[]> =>
  registry.registry.store.rows({ text: 'SELECT as_of, made_at FROM subject_summary' });
const runJob = async (): Promise<void> => {
  for (const job of registry.jobs) if (job.name === 'subject-summaries') await job.run(registry.registry);
};

describe('a subject with more dues than are read one by one', () => {
  it('is counted by the first who asks, and told from that count to the next, the same', async () => {
    expect(await summaries()).toEqual([]);
    const first = await report();
    expect(await summaries()).toHaveLength(1);
    expect(await report()).toEqual(first);
    expect(first).toMatchObject({
      result: 'record',
      reporting_members: { n: 700, verified: 700, since: '2026-08' },
    });
  });

  it('leaves out what the asker says, as if his dues had never been counted', async () => {
    const without = await report();
    await putDue(registry, of.key, {
      memberNo: asker.memberNo,
      dueDay: addDays(registry.registry.today(), -400),
    });
    registry.pass({ minutes: 16 });
    await runJob();
    const other = await report(reporter);
    expect(other).toMatchObject({ reporting_members: { n: 701 }, oldest_dpd: '>180' });
    expect(await report()).toEqual({ ...without, log: expect.anything() as unknown });
  });

  it('is counted anew every quarter of an hour, and when a new day begins', async () => {
    const [before] = await summaries();
    registry.pass({ minutes: 5 });
    await runJob();
    expect(await summaries()).toEqual([before]);
    registry.pass({ minutes: 11 });
    await runJob();
    expect(await summaries()).not.toEqual([before]);
    registry.pass({ days: 1 });
    // Nobody counted it this morning: whoever asks is told of today all the same.
    expect(await report()).toMatchObject({ as_of: registry.registry.today() });
    expect(await summaries()).toMatchObject([{ as_of: registry.registry.today() }]);
  });

  it('is counted anew past midnight of India, be the last count ever so young', async () => {
    // From ten in the morning to ten minutes to midnight, and twenty minutes on.
    registry.pass({ minutes: 13 * 60 + 50 - minutesPastTen() });
    const evening = await report();
    registry.pass({ minutes: 20 });
    expect(await report()).not.toMatchObject({ as_of: evening['as_of'] });
    expect(await summaries()).toMatchObject([{ as_of: registry.registry.today() }]);
    registry.pass({ minutes: 9 * 60 + 50 });
  });

  it('hides what its debtor objects to at once, not only after the next count', async () => {
    const mine = await member(registry);
    const ref = await putDue(registry, of.key, { memberNo: mine.memberNo });
    registry.pass({ minutes: 16 });
    await runJob();
    const before = await report();
    await vouch(registry, asker, of);
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    await own.answer('openDispute', {
      body: {
        schema: 'dispute.v1',
        dispute_id: registry.registry.newId(),
        reporter: mine.member.member_id,
        due_ref: ref.toString('base64url'),
        reason: 'not_mine',
        proof_sha256: null,
      },
    });
    const after = await report();
    const countOf = (one: Record<string, unknown>): number => (one['reporting_members'] as { n: number }).n;
    expect(countOf(after)).toBe(countOf(before) - 1);
    expect(after).toMatchObject({ disputes: { open: 1 } });
  });

  it('is read due by due again when few are left', async () => {
    await registry.registry.store.rows({
      text: 'DELETE FROM due WHERE subject_key = $1 AND member_no < 600',
      values: [of.key],
    });
    registry.pass({ minutes: 16 });
    await runJob();
    expect(await summaries()).toEqual([]);
    expect(await report()).toMatchObject({ result: 'record' });
  });

  it('is told to nobody as it was counted while its debtor objected, be it the first count there is', async () => {
    const { store } = registry.registry;
    const crowd = await debtor(registry);
    await store.rows({
      text: `INSERT INTO due (subject_key, member_no, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p,
               evidence, subject, salt, batch_id, item_at, content, reported_at, notice_on)
             SELECT $1, $2, substr(sha256(('c' || n)::bytea), 1, 16), 1, 'open', 'C', '2026-01-01', '2026-02-01', 20000,
               20000, 'doc', '{}', '\\x00', '00000000-0000-7000-8000-000000000000', 0, '\\x00',
               '2026-08-20T00:00:00Z', '2026-09-01' FROM generate_series(1, ${COUNTED_FROM + 1}) n`,
      values: [crowd.key, reporter.memberNo],
    });
    let pages = 0;
    const rows: typeof store.rows = async (statement) => {
      // Between two pages of the count: what comes now is not seen by it.
      if (statement.name === 'dues-after' && (pages += 1) === 2) await spoilSummary(store, crowd.key);
      return await store.rows(statement);
    };
    await countSubject({ ...registry.registry, store: { ...store, rows } }, crowd.key, null);
    const text = 'SELECT as_of FROM subject_summary WHERE subject_key = $1';
    expect(pages).toBeGreaterThan(2);
    expect(await store.rows({ text, values: [crowd.key] })).toEqual([{ as_of: '0001-01-01' }]);
    await runJob();
    expect(await store.rows({ text, values: [crowd.key] })).toEqual([{ as_of: registry.registry.today() }]);
  });

  it('says nothing below nothing where the asker’s own was paid after the count', async () => {
    const { store } = registry.registry;
    const unpaid = await debtor(registry);
    await store.rows({
      text: `INSERT INTO due (subject_key, member_no, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p,
               evidence, subject, salt, batch_id, item_at, content, reported_at, notice_on)
             SELECT $1, 1 + n % 3, substr(sha256(('u' || n)::bytea), 1, 16), 1, 'open', 'C', '2026-01-01', '2026-02-01',
               20000, 20000, 'doc', '{}', '\\x00', '00000000-0000-7000-8000-000000000000', 0, '\\x00',
               '2026-08-20T00:00:00Z', '2026-09-01' FROM generate_series(1, ${COUNTED_FROM + 1}) n`,
      values: [unpaid.key],
    });
    const consent = await granted(registry, asker, unpaid, { vouchedBy: reporter });
    await putDue(registry, unpaid.key, { memberNo: asker.memberNo });
    await countSubject(registry.registry, unpaid.key, null);
    await store.rows({
      text: `UPDATE due SET state = 'settled', open_p = 0, settled_on = $3, evidence = 'irp'
             WHERE subject_key = $1 AND member_no = $2`,
      values: [unpaid.key, asker.memberNo, registry.registry.today()],
    });
    const told = await asker.answer('check', { body: checkBody(registry, unpaid, consent) });
    expect(told).toMatchObject({
      reporting_members: { n: 3 },
      settled_ratio: { by_count: 0, by_value_band: '0-10', median_days_late: null },
      evidence: { irp: 0 },
    });
  });
});
