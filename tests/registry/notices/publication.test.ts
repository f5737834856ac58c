import { addDays } from '#domain/days.ts';
import type { Due } from '#domain/registry/dues.ts';
import type { DueState } from '#domain/registry/words.ts';
import { tellSubject } from '#registry/notices/tell-subject.ts';
import { queueNotices } from '#registry/store/notice-queue.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
import { debtor, putDue, vouch, type Debtor, type DueRow } from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { feedOf, runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import type { Notice } from '#registry/notifier/notifier.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let asha: TestMember;
let bharat: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  asha = await member(registry, { legalName: 'Asha Traders' });
  bharat = await member(registry, { legalName: 'Bharat Steel' });
});
// Every test begins at ten in the morning of another day: one message a day is all that a debtor gets.
beforeEach(() => {
  registry.notifierSays('sent');
  const minutesOfDay = Math.floor((registry.registry.now() / 60_000 + 330) % (24 * 60));
  registry.pass({ days: 1, minutes: 10 * 60 - minutesOfDay });
});

/** Published and waiting, as a batch leaves it. */
async function publish(of: Debtor, by: TestMember, row: Partial<DueRow> = {}): Promise<string> {
  const ref = await putDue(registry, of.key, { memberNo: by.memberNo, noticeDay: null, ...row });
  const { store, now, newId } = registry.registry;
  const dueRefs = [ref.toString('base64url')];
  await queueNotices(store, {
    memberNo: by.memberNo,
    at: now(),
    notices: [{ id: newId(), subjectKey: of.key, dueRefs, kind: 'publication' }],
  });
  return ref.toString('base64url');
}

const round = (): Promise<void> => runJob(registry, 'notices');
const toldOf = ({ mobile }: Debtor): readonly Notice[] =>
  registry.sent.filter((one) => one.to.mobile === mobile && one.kind !== 'otp');

async function noticeDays(of: Debtor): Promise<readonly unknown[]> {
  const rows = await registry.registry.store.rows<{ notice_on: string | null; notice_failed: boolean }>({
    text: 'SELECT notice_on, notice_failed FROM due WHERE subject_key = $1 ORDER BY due_ref',
    values: [of.key],
  });
  return rows.map(({ notice_on, notice_failed }) => (notice_failed ? 'failed' : notice_on));
}

async function known(): Promise<Debtor> {
  const of = await debtor(registry);
  await vouch(registry, asha, of);
  return of;
}

describe('a notice', () => {
  it('is one message for all dues of all members, names them and the day, and starts the 21 days', async () => {
    const of = await known();
    const refs = [await publish(of, asha), await publish(of, asha), await publish(of, bharat)];
    await round();
    const [notice, ...more] = toldOf(of);
    expect(more).toEqual([]);
    const from = addDays(registry.registry.today(), 21);
    expect(notice).toMatchObject({ kind: 'publication', lang: 'en' });
    expect(notice?.text).toContain('3 unpaid bills');
    expect(notice?.text).toMatch(/(?:Asha Traders|Bharat Steel) and 1 more/);
    expect(notice?.text).toContain(`${from.slice(8)} `);
    expect(notice?.text).toContain('https://registry.test/login');
    expect(notice?.text).not.toMatch(/50,?000|INV|27[A-Z]{5}/);
    const today = registry.registry.today();
    expect(await noticeDays(of)).toEqual([today, today, today]);
    const changes = (await feedOf(registry, asha.memberNo)).filter((one) => refs.includes(one.due_ref ?? ''));
    expect(changes).toHaveLength(2);
    expect(changes[0]).toMatchObject({
      type: 'notice.status',
      notice: 'sent',
      visibility: 'notice-running',
      visible_from: from,
    });
  });

  it('leaves at most once a day for one debtor; what comes later waits for tomorrow', async () => {
    const of = await known();
    await publish(of, asha);
    await round();
    await publish(of, bharat);
    await round();
    expect(toldOf(of)).toHaveLength(1);
    registry.pass({ days: 1 });
    await round();
    expect(toldOf(of)).toHaveLength(2);
    expect(toldOf(of)[1]?.text).toContain('1 unpaid bill of yours');
  });

  it('does not leave at night', async () => {
    const of = await known();
    await publish(of, asha);
    registry.pass({ minutes: 10 * 60 });
    await round();
    expect(toldOf(of)).toEqual([]);
    registry.pass({ minutes: 12 * 60 + 59 });
    await round();
    expect(toldOf(of)).toEqual([]);
    registry.pass({ minutes: 1 });
    await round();
    expect(toldOf(of)).toHaveLength(1);
  });

  it('does not leave for what is settled, taken back, disputed or held by then', async () => {
    const of = await known();
    await publish(of, asha, { settledDay: registry.registry.today() });
    await publish(of, asha, { state: 'withdrawn' });
    await publish(of, asha, { dispute: 'open' });
    await publish(of, asha, { isHeld: true });
    await round();
    expect(toldOf(of)).toEqual([]);
    const queued = await registry.registry.store.rows({
      text: `SELECT 1 FROM notice WHERE subject_key = $1`,
      values: [of.key],
    });
    expect(queued).toEqual([]);
  });

  it('speaks the language of the contact, and goes to the contact that the debtor answered from alone', async () => {
    const of = await known();
    await vouch(registry, bharat, { ...of, mobile: '+919711111111' });
    await registry.registry.store.rows({
      text: `UPDATE contact SET lang = 'hi', is_registered = true WHERE subject_key = $1 AND member_no = $2`,
      values: [of.key, asha.memberNo],
    });
    await publish(of, asha);
    await round();
    expect(toldOf(of)[0]).toMatchObject({ lang: 'hi' });
    expect(toldOf(of)[0]?.text).toContain('बाकी बिल');
    expect(registry.sent.filter(({ to }) => to.mobile === '+919711111111')).toEqual([]);
  });

  it('is tried again for two days, and the member is told when it failed for good', async () => {
    const of = await known();
    const ref = await publish(of, asha);
    registry.notifierSays('failed');
    // An hour, three, twelve and a day after the one before.
    for (const hours of [0, 1, 3, 12, 24]) {
      registry.pass({ minutes: hours * 60 });
      await round();
    }
    const tries = async (): Promise<readonly object[]> =>
      await registry.registry.store.rows({
        text: 'SELECT state, tries FROM notice WHERE subject_key = $1',
        values: [of.key],
      });
    // Two of the waits end in the night: the round of the next morning is theirs.
    for (let more = 0; more < 4; more += 1) {
      registry.pass({ minutes: 12 * 60 });
      await round();
    }
    expect(await tries()).toEqual([{ state: 'failed', tries: 5 }]);
    expect(await noticeDays(of)).toEqual(['failed']);
    const told = (await feedOf(registry, asha.memberNo)).filter((one) => one.due_ref === ref);
    expect(told).toEqual([
      {
        type: 'notice.status',
        due_ref: ref,
        notice: 'failed',
        visibility: 'notice-pending',
        visible_from: null,
      },
    ]);
    // Nobody sees it before somebody was told: it waits for a contact that works.
    registry.notifierSays('sent');
    await round();
    expect(toldOf(of)).toEqual([]);
  });

  it('fails at once where nobody named a contact, and goes once there is one', async () => {
    const of = await debtor(registry);
    await publish(of, asha);
    await round();
    expect(await noticeDays(of)).toEqual(['failed']);
    await vouch(registry, asha, of);
    await registry.registry.store.rows({
      text: 'UPDATE due SET notice_failed = false, reported_at = $2 WHERE subject_key = $1',
      values: [of.key, '2026-09-01T00:00:00Z'],
    });
    registry.pass({ days: 1 });
    await runJob(registry, 'forgotten-notices');
    await round();
    expect(toldOf(of)).toHaveLength(1);
  });

  it('leaves once where two rounds come to the same debtor, the slow one late', async () => {
    const of = await known();
    await publish(of, asha);
    const two = [tellSubject(registry.registry, of.key), tellSubject(registry.registry, of.key)];
    await Promise.all(two);
    expect(toldOf(of)).toHaveLength(1);
  });

  it('is not lost and not doubled by a server that dies while it sends', async () => {
    const of = await known();
    await publish(of, asha);
    registry.notifierSays('failed');
    const dying = { ...registry.registry, notifier: { send: () => Promise.reject(new Error('killed')) } };
    await expect(registry.jobs.find(({ name }) => name === 'notices')?.run(dying)).rejects.toThrow('killed');
    registry.notifierSays('sent');
    // Whether it left nobody knows; its try was counted, and the next one waits.
    await round();
    expect(toldOf(of)).toEqual([]);
    registry.pass({ minutes: 61 });
    const other = await registry.second();
    await Promise.all([round(), runJob(other, 'notices')]);
    expect(toldOf(of)).toHaveLength(1);
    await round();
    expect(toldOf(of)).toHaveLength(1);
  });
});

describe('the end of what a debtor was told of', () => {
  it('is one message for all that was paid or taken back; of what he never heard of he hears nothing', async () => {
    const of = await known();
    const { origin, now } = registry.registry;
    const next = batcher({ origin, memberId: asha.member.member_id, deviceId: 'd1', key: asha.key, now });
    const said = (ref: string, rev: number, state: DueState = 'open'): Due =>
      due({ ref: `${of.mobile} ${ref}`, of: of.subject.pan ?? '', rev, state });
    const send = async (...dues: readonly Due[]): Promise<void> => {
      expect((await asha.answer('sendBatch', { body: next.batch(dues) })).errors).toEqual([]);
    };
    await send(said('a', 1), said('b', 1), said('c', 1));
    await round();
    expect(toldOf(of)).toHaveLength(1);
    registry.pass({ days: 1 });
    await send(said('late', 4), said('a', 5, 'settled'), said('b', 5, 'withdrawn'));
    await send(said('late', 6, 'withdrawn'));
    await round();
    await round();
    expect(toldOf(of).slice(1)).toMatchObject([{ kind: 'ended' }]);
    expect(toldOf(of)[1]?.text).toContain('Asha Traders marked 2 bills of yours as paid or taken back');
    registry.pass({ days: 1 });
    await round();
    expect(toldOf(of)).toHaveLength(2);
  });
});

describe('what a swing held', () => {
  it('goes its way after a week, notice first, unless its member was stopped', async () => {
    const own = await tempRegistry();
    const seller = await member(own, { legalName: 'Asha Traders' });
    const { store } = own.registry;
    const of = await debtor(own);
    await vouch(own, seller, of);
    await store.rows({ text: 'UPDATE member SET stopped_on = $1', values: [own.registry.today()] });
    const { origin, now } = own.registry;
    const next = batcher({ origin, memberId: seller.member.member_id, deviceId: 'd1', key: seller.key, now });
    await seller.answer('sendBatch', { body: next.batch([due({ of: of.subject.pan ?? '' })]) });
    const state = async (): Promise<unknown> =>
      await store.rows({
        text: 'SELECT d.held, m.held_dues, m.live_dues FROM due d JOIN member m ON m.member_no = d.member_no',
      });
    const isHeld = [{ held: true, held_dues: 1, live_dues: 1 }];
    expect(await state()).toEqual(isHeld);
    own.pass({ days: 8 });
    await runJob(own, 'release-held');
    expect(await state()).toEqual(isHeld);
    await store.rows({ text: 'UPDATE member SET stopped_on = NULL' });
    own.pass({ days: 1 });
    await runJob(own, 'release-held');
    expect(await state()).toEqual([{ held: false, held_dues: 0, live_dues: 1 }]);
    await runJob(own, 'notices');
    expect(own.sent.filter(({ kind }) => kind === 'publication')).toHaveLength(1);
    expect((await feedOf(own, seller.memberNo)).at(-1)).toMatchObject({ notice: 'sent' });
  });
});

describe('a reminder', () => {
  it('comes on day 7 and day 14 after the notice, once each, and not on the days around', async () => {
    const of = await known();
    await publish(of, asha);
    await round();
    const kinds: string[] = [];
    for (let day = 1; day <= 30; day += 1) {
      registry.pass({ days: 1 });
      const before = toldOf(of).length;
      await runJob(registry, 'reminders');
      await runJob(registry, 'reminders');
      await round();
      await round();
      for (const one of toldOf(of).slice(before))
        kinds.push(`${day} ${one.kind} ${one.text.includes('a reminder')}`);
    }
    expect(kinds).toEqual(['7 reminder true', '14 reminder true']);
  });

  it('for dues told a day apart is one, for it names all that runs', async () => {
    const of = await known();
    await publish(of, asha);
    await round();
    registry.pass({ days: 1 });
    await publish(of, bharat);
    await round();
    const before = toldOf(of).length;
    const days: number[] = [];
    for (let day = 2; day <= 18; day += 1) {
      registry.pass({ days: 1 });
      await runJob(registry, 'reminders');
      await round();
      for (let told = before + days.length; told < toldOf(of).length; told += 1) days.push(day);
    }
    expect(days).toEqual([7, 14]);
    expect(toldOf(of).at(-1)?.text).toContain('2 unpaid bills');
  });

  it('is not written to whoever paid or objected meanwhile', async () => {
    const of = await known();
    await publish(of, asha);
    await publish(of, bharat);
    await round();
    await registry.registry.store.rows({
      text: `UPDATE due SET dispute = 'open' WHERE subject_key = $1 AND member_no = $2`,
      values: [of.key, asha.memberNo],
    });
    await registry.registry.store.rows({
      text: `UPDATE due SET state = 'settled', open_p = 0, settled_on = $3 WHERE subject_key = $1 AND member_no = $2`,
      values: [of.key, bharat.memberNo, registry.registry.today()],
    });
    registry.pass({ days: 7 });
    await runJob(registry, 'reminders');
    await round();
    expect(toldOf(of)).toHaveLength(1);
  });
});
